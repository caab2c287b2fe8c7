"""`sources`: what can be read, what each kind of file says, and what that is good for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from inconcert.errors import UnknownName
from inconcert.fields import fields_of
from inconcert.ingest.importer import Importer
from inconcert.ingest.importers import IMPORTERS
from inconcert.ingest.usable import ACCOUNT_FIELDS
from inconcert.normalise.platforms import platform_name
from inconcert.verbs.enabled import held, indicators, kinds

_NAMES = frozenset({"account_id", "handle", "platform", "observed_at"})
"""Fields that name an author and do not describe one."""
_HELD = {"post_media": "media", "threat_indicators": "indicators"}
"""What is called in fewer words than its table."""

SPELLED: dict[str, str] = {
    "9gag": "9GAG",
    "bilibili": "Bilibili (哔哩哔哩, B站)",
    "douyin": "Douyin (抖音)",
    "tiktok": "TikTok",
    "truthsocial": "Truth Social",
    "twitter": "X (Twitter)",
    "vk": "VK (ВКонтакте)",
    "web": "The web: feeds, pages and files",
    "weibo": "Weibo (微博)",
    "xiaohongshu": "Xiaohongshu (小红书, RedNote)",
    "youtube": "YouTube",
}
"""A platform as people write it, where that is more than its name with a capital."""


@dataclass(frozen=True)
class Source:
    """One kind of file that is recognised; see `ingest.importer.Importer` for the fields of that name.

    fields: our field -> what it is, of those that such files can fill.
    holds: what there is in such files, in words: posts, accounts, media, documents, indicators, trends.
    by_columns: columns of a table, or keys of flat objects, that tell such a file: all of one set.
    by_keys: keys of nested objects that tell it, likewise.   under: paths of the lists in which these may lie.
    told: what tells it besides, in words.
    kinds: kinds of action that can be compared.   indicators: measures that can be taken, each with what must be given
    beside the posts ("" when nothing must).
    """

    name: str
    title: str
    platform: str | None
    table: str
    fields: Mapping[str, str]
    holds: tuple[str, ...]
    by_columns: tuple[tuple[str, ...], ...]
    by_keys: tuple[tuple[str, ...], ...]
    under: tuple[str, ...]
    told: str
    kinds: tuple[str, ...]
    indicators: Mapping[str, str]
    zone: str | None
    layout: str
    note: str | None
    export: str
    lacks: str


def sources(name: str | None = None) -> tuple[Source, ...]:
    """All of them in the order in which they are tried, the one of that name, or those of a platform or tool of that name, as
    weibo, 微博 or zeeschuimer; UnknownName when there is none."""
    if name is None or name in IMPORTERS:
        return tuple(_source(one) for one in IMPORTERS.values() if name in (None, one.name))
    found = [one for one in IMPORTERS.values() if _speaks_of(one, name)]
    if not found:
        raise UnknownName("format", name, IMPORTERS)
    return tuple(_source(one) for one in found)


def _speaks_of(importer: Importer, words: str) -> bool:
    platform, said = platform_name(words), " ".join(words.casefold().split())
    told = f"{importer.name} {importer.title} {importer.export}"
    return platform == importer.platform or bool(
        said and re.search(rf"(?<!\w){re.escape(said)}(?!\w)", told.casefold())
    )


def spelled(platform: str) -> str:
    """A platform as people write it."""
    return SPELLED.get(platform, platform.capitalize())


def _source(importer: Importer) -> Source:
    known = fields_of(importer.table)
    given = _fields(importer)
    compared = importer.table == "posts"
    return Source(
        name=importer.name,
        title=importer.title,
        platform=importer.platform,
        table=importer.table,
        fields={field: known[field] for field in known if field in given},
        holds=_holds(importer, given),
        by_columns=tuple(tuple(sorted(names)) for names in importer.signatures),
        by_keys=tuple(
            tuple(key.replace("|", " or ") for key in keys.split())
            for keys in (importer.shape.told_by if importer.shape is not None else ())
        ),
        under=importer.shape.under if importer.shape is not None else (),
        told=importer.shape.told if importer.shape is not None else "",
        kinds=kinds(given) if compared else (),
        indicators=indicators(held(given)) if compared else {},
        zone=importer.zone,
        layout=importer.layout,
        note=importer.note,
        export=importer.export,
        lacks=importer.lacks,
    )


def _fields(importer: Importer) -> frozenset[str]:
    own = importer.columns.keys() | set(importer.shape.fields if importer.shape is not None else ())
    return frozenset(own | ({"account_id"} if importer.account_in_file_name else set()))


def _holds(importer: Importer, given: frozenset[str]) -> tuple[str, ...]:
    if importer.table != "posts":
        return (_HELD.get(importer.table, importer.table),)
    told = (
        ("posts", not given <= ACCOUNT_FIELDS),
        ("accounts", bool(given & (ACCOUNT_FIELDS - _NAMES))),
        ("media", "media" in given),
    )
    return tuple(name for name, there in told if there)
