"""The languages of each group beside all others, accounts that changed theirs, and what posts in two languages share."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from inconcert.report.post_references import Asked, Reference, quotes
from inconcert.report.pseudonyms import order

GROUPS_AT_MOST, LANGUAGES_AT_MOST, SWITCHES_AT_MOST, LEADS_PER_GROUP, LEADS_AT_MOST = 12, 6, 12, 4, 24
"""Groups drawn, languages of each, changes of language listed, and cross-language leads of one group and in all."""

POSTS_PER_LANGUAGE = 2
"""Posts given for each language of a lead."""

UNKNOWN = "unknown"

NAMES: dict[str, str] = {
    "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali",
    "bo": "Tibetan", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "ga": "Irish", "gl": "Galician", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian",
    "kk": "Kazakh", "km": "Khmer", "kn": "Kannada", "ko": "Korean", "ku": "Kurdish", "ky": "Kyrgyz", "lo": "Lao",
    "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi",
    "ms": "Malay", "my": "Burmese", "nb": "Norwegian", "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian Nynorsk",
    "pa": "Punjabi", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sd": "Sindhi",
    "si": "Sinhala", "sk": "Slovak", "sl": "Slovene", "so": "Somali", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish",
    "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "tg": "Tajik", "th": "Thai", "ti": "Tigrinya", "tl": "Tagalog",
    "tr": "Turkish", "ug": "Uyghur", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "zh": "Chinese",
    "zh-Hans": "Chinese, simplified", "zh-Hant": "Chinese, traditional",
}  # fmt: skip
"""Language code -> name, of the larger ones; others go by their code."""

THINGS: dict[str, str] = {
    "near_media": "a near-identical picture",
    "media": "the same picture or video",
    "url": "the same link",
    "hashtag": "the same hashtag",
    "name": "the same name in Latin letters",
    "number": "the same number",
}
"""Kind of a cross-language lead -> what the posts have in common."""

_SHARES = """
SELECT group_id, language, posts, accounts, share, share_others FROM group_languages SEMI JOIN standing USING (group_id)
ORDER BY group_id, language = 'unknown', posts DESC, language
"""
_SWITCHES = f"""
SELECT s.*, p.post_id FROM (
    SELECT * FROM language_switches SEMI JOIN standing USING (group_id) WHERE q_value <= $1
    ORDER BY q_value, account_id, at_us LIMIT {SWITCHES_AT_MOST}
) AS s LEFT JOIN (
    SELECT account_id, epoch_us(created_at) AS at_us, min(post_id) AS post_id FROM posts GROUP BY ALL
) AS p USING (account_id, at_us)
ORDER BY s.q_value, s.account_id, s.at_us
"""
_SWITCHED = """
SELECT count(DISTINCT account_id) FROM language_switches SEMI JOIN standing USING (group_id) WHERE q_value <= ?
"""
_ACCOUNTS = """
SELECT DISTINCT lower(name) FROM (SELECT handle AS name FROM accounts UNION ALL SELECT account_id FROM posts)
WHERE lower(name) IN (SELECT unnest($1))
"""
_LEADS = f"""
SELECT * FROM (
    SELECT *, row_number() OVER (
        PARTITION BY group_id
        ORDER BY accounts / (accounts + accounts_others) DESC, accounts DESC, posts DESC, kind, object_id
    ) AS place
    FROM cross_language SEMI JOIN standing USING (group_id)
) WHERE place <= {LEADS_PER_GROUP}
ORDER BY place, accounts DESC, group_id LIMIT {LEADS_AT_MOST}
"""


@dataclass(frozen=True)
class GroupLanguages:
    """Languages of one group, most posts first: rows of `group_languages`; further ones and posts of unknown language counted."""

    group_id: str
    rows: tuple[Mapping[str, Any], ...]
    further: int
    unknown: int


@dataclass(frozen=True)
class Switch:
    """One account that changed its language: the row of `language_switches`, and its first post after the change."""

    number: str
    row: Mapping[str, Any]
    post: Reference | None


@dataclass(frozen=True)
class Lead:
    """One thing that members' posts in different languages share: the row of `cross_language`, posts by language.
    names_account: whether the thing is a name that an account of the case goes by."""

    number: str
    row: Mapping[str, Any]
    names_account: bool
    posts: tuple[tuple[str, Reference], ...]


@dataclass(frozen=True)
class Languages:
    """groups: the strongest of the report; further: how many more.   switched: members with a q-value of at most alpha.
    found: cross-language leads of groups, of which `leads` are printed."""

    groups: tuple[GroupLanguages, ...]
    further: int
    switched: int
    switches: tuple[Switch, ...]
    found: int
    leads: tuple[Lead, ...]

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every post given."""
        of_leads = [post for lead in self.leads for _, post in lead.posts]
        return (*(switch.post for switch in self.switches if switch.post is not None), *of_leads)


def languages(con: duckdb.DuckDBPyConnection, alpha: float) -> Languages:
    """What is known of languages. Reads group_languages, language_switches, cross_language, standing (group_id) and posts."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in con.sql(_SHARES).to_arrow_table().to_pylist():
        rows.setdefault(row["group_id"], []).append(row)
    strongest = sorted(rows, key=order)
    switches = con.sql(_SWITCHES, params=[alpha]).to_arrow_table().to_pylist()
    leads = con.sql(_LEADS).to_arrow_table().to_pylist()
    by_language = {
        f"X{n}": [
            (language, f"X{n}.{language}.{k}", str(id))
            for language, ids in sorted(json.loads(row["post_ids"] or "{}").items())
            for k, id in enumerate(ids[:POSTS_PER_LANGUAGE], 1)
        ]
        for n, row in enumerate(leads, 1)
    }
    asked = [Asked(number, id) for its in by_language.values() for _, number, id in its]
    asked += [Asked(f"W{n}", row["post_id"], row["account_id"]) for n, row in enumerate(switches, 1) if row["post_id"]]
    found = quotes(con, asked)
    names = [row["object_id"].lower() for row in leads if row["kind"] == "name"]
    accounts = {name for (name,) in con.execute(_ACCOUNTS, [names]).fetchall()}
    return Languages(
        groups=tuple(_group(id, rows[id]) for id in strongest[:GROUPS_AT_MOST]),
        further=len(strongest[GROUPS_AT_MOST:]),
        switched=con.execute(_SWITCHED, [alpha]).fetchall()[0][0],
        switches=tuple(
            Switch(f"W{n}", row, Reference(f"W{n}", "change of language", found[f"W{n}"]) if f"W{n}" in found else None)
            for n, row in enumerate(switches, 1)
        ),
        found=con.execute("SELECT count(*) FROM cross_language SEMI JOIN standing USING (group_id)").fetchall()[0][0],
        leads=tuple(
            Lead(
                f"X{n}",
                row,
                row["kind"] == "name" and row["object_id"].lower() in accounts,
                tuple(
                    (code, Reference(at, row["object_id"], found[at]))
                    for code, at, _ in by_language[f"X{n}"]
                    if at in found
                ),
            )
            for n, row in enumerate(leads, 1)
        ),
    )


def name(code: str) -> str:
    """The name of a language; its code where it is not one of NAMES."""
    return NAMES.get(code, code)


def _group(group_id: str, rows: list[dict[str, Any]]) -> GroupLanguages:
    known = [row for row in rows if row["language"] != UNKNOWN]
    return GroupLanguages(
        group_id=group_id,
        rows=tuple(known[:LANGUAGES_AT_MOST]),
        further=len(known[LANGUAGES_AT_MOST:]),
        unknown=sum(row["posts"] for row in rows if row["language"] == UNKNOWN),
    )
