"""Links that need no more than one spelling of their host: read many at once, as `urls.link` reads each.

Such a link has a host in lower case, no port, no parameters, no fragment, and a path of plain words; nearly all links of an
export are of this kind, and few hosts occur. All others go one by one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inconcert.normalise.hosts import Host, host
from inconcert.normalise.link_lists import SHORTENERS
from inconcert.normalise.urls import MAX_LENGTH, link

_PLAIN = r"^https?://(?P<host>[a-z0-9][a-z0-9.\-]*)(?P<path>(?:/[A-Za-z0-9_\-][A-Za-z0-9_.~\-]*)*)/*$"
_AMP = "[/.]amp"
"""Pages for telephones are marked by this in the host or the path, in several ways."""
_OWN_RULES = frozenset({"youtube.com", "youtu.be"})


class Links(NamedTuple):
    """Arrays of one length: url, domain and reason as in `urls.Link`."""

    url: pa.Array
    domain: pa.Array
    reason: pa.Array


def links(values: pa.Array) -> Links:
    """`urls.link` of each value, NULL for NULL; called once per distinct value that is not plain."""
    coded = values.dictionary_encode()
    plain, found = _plain(coded.dictionary)
    others = [link(value) for value in coded.dictionary.filter(pa.array(~plain)).to_pylist()]
    rest = Links(*(pa.array(column, pa.string()) for column in zip(*others, strict=True))) if others else _NONE
    place = np.where(plain, np.cumsum(plain), np.count_nonzero(plain) + np.cumsum(~plain)) - 1
    spread = pa.array(place).take(coded.indices)
    return Links(*(pa.concat_arrays(both).take(spread) for both in zip(found, rest, strict=True)))


def _plain(values: pa.Array) -> tuple[NDArray[np.bool_], Links]:
    """Which values are plain links, and what each of these is."""
    cut = pc.extract_regex(values, _PLAIN)
    short = pc.less_equal(pc.binary_length(values), MAX_LENGTH)
    fits = pc.and_(pc.and_(cut.is_valid(), short), pc.invert(pc.match_substring_regex(values, _AMP)))
    hosts, paths = pc.struct_field(cut, "host").dictionary_encode(), pc.struct_field(cut, "path")
    known = [_known(name) for name in hosts.dictionary.to_pylist()]
    usual = pa.array([one is not None for one in known], pa.bool_()).take(hosts.indices)
    plain = pc.and_(fits, pc.fill_null(usual, False))
    name = pa.array([one and one.name for one in known], pa.string()).take(hosts.indices.filter(plain))
    domain = pa.array([one and one.domain for one in known], pa.string()).take(hosts.indices.filter(plain))
    path = paths.filter(plain)
    path = pc.if_else(pc.equal(path, ""), "/", path)
    url = pc.binary_join_element_wise(pc.binary_join_element_wise("https://", name, ""), path, "")
    mask: NDArray[np.bool_] = plain.to_numpy(zero_copy_only=False).copy()
    return mask, Links(url, domain, pa.nulls(len(url), pa.string()))


def _known(name: str) -> Host | None:
    """The host of that name, where its links follow the general rules."""
    found = host(name) if name not in SHORTENERS else None
    return found if found is not None and found.name not in SHORTENERS | _OWN_RULES else None


_NONE = Links(*(pa.array([], pa.string()),) * 3)
