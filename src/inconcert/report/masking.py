"""Names in what indicators write: whoever a sentence, a label or a reason names goes by a pseudonym on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from inconcert.report.measured import Measured
from inconcert.report.pseudonyms import Pseudonyms

_WORD = re.compile(r"[^\s\"'“”‘’«»(),;:!?<>|/]+")
_LONGEST = 4_000
"""Characters of one text looked at; the rest is cut, since no sentence of an indicator is as long."""


def masker(reading: Measured, names: Pseudonyms, named: Mapping[str, tuple[str, ...]]) -> Callable[[str], str]:
    """A function that masks texts of one reading.

    named: account -> handles and names. Of the accounts the reading is about or rests on, ids, handles and names are replaced
    wherever they stand; of all others where they cannot be words of the language, or where a text is nothing else.
    """
    own: dict[str, str] = {}
    if reading.row["subject"] in ("account", "followed"):
        own[reading.row["subject_id"]] = names.of(reading.row["subject_id"])
    for seen in reading.witnesses:
        own[seen.account_id] = names.of(seen.account_id)
    for id, name in list(own.items()):
        own |= dict.fromkeys((also for spelt in named.get(id, ()) for also in _spellings(spelt) if len(also) > 2), name)
    everybody = dict(names.by_handle) | {id: names.of(id) for id in named}
    for id, also in named.items():
        everybody |= {one.casefold(): names.of(id) for spelt in also for one in _spellings(spelt)}
    exact = _any_of(own)

    def masked(text: str) -> str:
        text = text[:_LONGEST]
        whole = text.strip().lstrip("@")
        name = own.get(whole) or names.by_id.get(whole) or names.by_handle.get(whole.casefold())
        if name is None and (telling(whole) or " " in whole):
            name = everybody.get(whole) or everybody.get(whole.casefold())
        if name is not None:
            return name
        if exact is not None:
            text = exact.sub(lambda m: own[m[1]], text)
        text = _WORD.sub(lambda m: _named(m[0], everybody), text)
        return names.masked(text)

    return masked


def _spellings(name: str) -> tuple[str, ...]:
    """A name as stored, with its white space collapsed, and cut as labels cut it."""
    plain = " ".join(name.split())
    return tuple(dict.fromkeys((name, plain, plain[:60], plain[:80])))


def _any_of(own: Mapping[str, str]) -> re.Pattern[str] | None:
    longest_first = sorted((one for one in own if one), key=lambda one: (-len(one), one))
    return re.compile(rf"(?<!\w)[@＠]?({'|'.join(map(re.escape, longest_first))})(?!\w)") if longest_first else None


def _named(word: str, everybody: Mapping[str, str]) -> str:
    bare = word.strip(".@#")
    if not telling(word) or not bare:
        return word
    name = everybody.get(bare) or everybody.get(bare.casefold())
    return word.replace(bare, name).lstrip("@") if name is not None else word


def tokens(text: str) -> list[str]:
    """The words of a text, marks of punctuation left out."""
    return _WORD.findall(text)


def telling(token: str) -> bool:
    """Whether a word looks like the name of an account rather than one of the language."""
    return len(token) > 3 and (token.startswith("@") or "_" in token or any(c.isdigit() for c in token))
