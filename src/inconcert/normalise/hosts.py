"""Host names: one spelling, the main host behind mobile and AMP hosts, and the registrable domain.

Names are kept in their ASCII form (punycode, UTS #46 mapping): look-alike letters of other scripts stay visible there.
The public suffix list is the copy inside the `tldextract` wheel; nothing is ever fetched.
"""

from __future__ import annotations

import functools
import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import idna

if TYPE_CHECKING:
    import tldextract

ALTERNATES: frozenset[str] = frozenset({"www", "m", "mobile", "amp"})
"""Labels below the registrable domain under which a site shows the same pages again."""

ALIASES: dict[str, str] = {"x.com": "twitter.com", "youtube-nocookie.com": "youtube.com"}
"""Main hosts that are a second name of another."""

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_\-]{0,61}[a-z0-9_])?")
_ADDRESS = re.compile(r"\[[0-9a-f:.]+\]|[0-9.]+")


@dataclass(frozen=True)
class Host:
    """A host: its main name, and its registrable domain (None for addresses and unknown top-level domains)."""

    name: str
    domain: str | None


@functools.lru_cache(maxsize=1 << 16)
def host(raw: str) -> Host | None:
    """The host written as `raw` (no port, no user); None when host names or addresses cannot look like that."""
    name = raw.lower()
    if _ADDRESS.fullmatch(name):
        return _address(name)
    try:
        if not name.isascii():
            name = ".".join(_ascii(label) for label in idna.uts46_remap(name, std3_rules=False).split("."))
    except (idna.IDNAError, UnicodeError):
        return None
    name = name.removesuffix(".")
    if len(name) > 253 or "." not in name or not all(map(_LABEL.fullmatch, name.split("."))):
        return None
    domain = _list().extract_str(name).top_domain_under_public_suffix or None
    name = _main(name, domain) if domain else name
    if name in ALIASES:
        return host(ALIASES[name])
    return Host(name, domain)


def _main(name: str, domain: str) -> str:
    """The name without the labels that only say how the page is shown (en.m.wikipedia.org -> en.wikipedia.org)."""
    labels = name.removesuffix(domain).rstrip(".").split(".")
    return ".".join([*(label for label in labels if label and label not in ALTERNATES), domain])


def _ascii(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def _address(name: str) -> Host | None:
    try:
        address = ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return None
    return Host(f"[{address}]" if address.version == 6 else str(address), None)


@functools.cache
def _list() -> tldextract.TLDExtract:
    import tldextract  # slow to load, and needed by files with links alone

    return tldextract.TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)
