"""What a refanged value is on the web: an IP address, the account of a profile, a domain, a host or a page."""

from __future__ import annotations

import functools
import ipaddress
import re
from typing import TYPE_CHECKING, NamedTuple

from inconcert.catalogue.account_address import account_address
from inconcert.normalise.hosts import host
from inconcert.normalise.urls import link

if TYPE_CHECKING:
    import tldextract

_PORT = re.compile(r":\d{1,5}\Z")


class Recognised(NamedTuple):
    """kind: of indicator.KINDS.   value: normalised.   platform: of accounts and handles, where it is known."""

    kind: str
    value: str
    platform: str | None = None


def ip_address(text: str) -> str | None:
    """The address, without the port; not a range, which is many."""
    bare = text.strip("[]")
    for candidate in (bare, _PORT.sub("", bare)):
        try:
            return one_spelling(ipaddress.ip_address(candidate))
        except ValueError:
            continue
    return None


def one_spelling(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    """An address of version 4 that is written as one of version 6 is itself; the name of a network card is no part of one."""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address).partition("%")[0]


def is_range(text: str) -> bool:
    """Whether it is a range of addresses, as 10.0.0.0/8."""
    try:
        return "/" in text and bool(ipaddress.ip_network(text, strict=False))
    except ValueError:
        return False


def on_the_web(text: str) -> Recognised | None:
    """An account, domain, host or address of a page; None for what is none of them."""
    if any(map(str.isspace, text)) or "." not in text:
        return None
    url = link(text).url
    if url is None or "://" not in url:
        return None
    if (account := account_address(url)) is not None:
        return Recognised(account.kind, account.value, account.platform)
    place, _, path = url.partition("://")[2].partition("/")
    site = host(place)
    if path or site is None:
        return Recognised("url", url)
    if site.domain is None:
        number = ip_address(site.name)
        return Recognised("ip", number) if number else None
    own = site.name == site.domain and not _suffixes().extract_str(site.name).is_private
    return Recognised("domain" if own else "host", site.name)


@functools.cache
def _suffixes() -> tldextract.TLDExtract:
    """The public suffix list, as `normalise.hosts` has it; here it also tells suffixes that many owners share."""
    import tldextract  # slow to load

    return tldextract.TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)
