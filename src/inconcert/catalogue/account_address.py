"""The account that a link to a profile names: its native id where the address has it, else its handle."""

from __future__ import annotations

import re
from typing import NamedTuple

from inconcert.normalise.folding import fold_name
from inconcert.normalise.profile_links import profile

_LANGUAGE = re.compile(r"\Ahttps://[a-z]{2}(?:-[a-z]{2})?\.(?=[a-z]+\.)")
_BY_ID = re.compile(r"/(?:channel|i/user|intent/user|profile\.php|u)(?:/|\?)")
_NUMBERED = frozenset({"facebook", "weibo"})
"""Platforms on which a number in the place of a name is an id."""


class Address(NamedTuple):
    """kind: account or handle.   value: native id, or handle folded as the case folds it."""

    kind: str
    value: str
    platform: str


def account_address(url: str) -> Address | None:
    """What a canonical link (`normalise.urls.link`) to a profile names, also under a host for one language
    (es.quora.com); None for links to anything else."""
    found = profile(url) or profile(_LANGUAGE.sub("https://", url))
    if found is None:
        return None
    platform, name = found
    if platform == "vk" and re.fullmatch(r"id\d+", name):
        return Address("account", name.removeprefix("id"), platform)
    numbered = platform in _NUMBERED and name.isdecimal() and "/n/" not in url
    if numbered or name.startswith("did:") or (platform != "reddit" and _BY_ID.search(url)):
        return Address("account", name, platform)
    handle = fold_name(name)
    return Address("handle", handle, platform) if handle else None
