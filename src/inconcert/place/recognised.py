"""Which region a label means: what a platform, a profile or a person wrote, which may be anything.

Only names that are wholly a region's, or a city's, count: a text in which a country occurs somewhere is no place. What is not known is set aside by
whoever asked, never guessed.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from inconcert.place.regions import regions

MOST = 200
"""Characters of a label that are looked at."""
PARTS = 8

_BEFORE = re.compile(
    r"^(?:(?:发布于|發佈於|来自|來自|ip\s?属地|ip\s?屬地|属地)[\s:：]*|(?:ip location|location|from|in)[\s:：]+)",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u4e00-\u9fff]{4,12}")
_BETWEEN = re.compile(r"[,，、;；|/·•>›\n\t]|\s[-–—]\s")
_ENDS = (
    "特别行政区",
    "特別行政區",
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "省",
    "市",
    " province",
    " city",
    " municipality",
)


def recognised(label: str) -> str | None:
    """The code of the region that a label names, the smallest of several that lie in one another; None for no region, and for several apart.

    Understood are names of countries in many languages, codes (HK, CN-JS), provinces of China, larger cities that one region alone has, and these
    in any order between commas and the like.
    """
    text = unicodedata.normalize("NFKC", label[:MOST]).strip()
    if not text or any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in text):
        return None
    found = _named(text)
    if found is None:
        parts = [part for part in _BETWEEN.split(text) if part.strip()]
        known = {code for part in parts[:PARTS] if (code := _named(part)) is not None} if len(parts) > 1 else set()
        found = _smallest(known)
    return found


def _smallest(known: set[str]) -> str | None:
    countries = {code.partition("-")[0] for code in known}
    provinces = {code for code in known if "-" in code}
    if len(countries) != 1 or len(provinces) > 1:
        return None
    return next(iter(provinces or countries))


def _named(text: str) -> str | None:
    plain = " ".join(_BEFORE.sub("", text.strip()).split())
    if re.fullmatch(r"[A-Z]{2}(?:-[A-Z]{2})?", plain):
        return plain if plain in regions() else None
    for name in _forms(plain.casefold()):
        code = _names().get(name) or _cities().get(name)
        if code is not None:
            return code
    return None


def _forms(name: str) -> Iterator[str]:
    yield name
    for end in _ENDS:
        if name.endswith(end) and len(name) > len(end):
            yield name.removesuffix(end)
    if name.startswith(("中国", "中國")) and len(name) > 2:
        for form in _forms(name[2:].strip()):
            if _names().get(form, "").startswith("CN-"):
                yield form
    for size in (2, 3):  # 江苏盐城 and 江苏省盐城市, as some platforms write it
        head = name[:size]
        if len(name) >= size + 2 and _HAN.fullmatch(name) and _names().get(head, "").startswith("CN-"):
            yield head


@cache
def _names() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for code, its in regions().items():
        for name in its.names:
            found.setdefault(name, code)
    return found


@cache
def _cities() -> Mapping[str, str]:
    text = files("inconcert.place").joinpath("cities.csv").read_text("utf-8")
    return {row["name"]: row["region"] for row in csv.DictReader(text.splitlines())}
