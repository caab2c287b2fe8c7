"""Case notes: what somebody wrote down, about what, and from which sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from inconcert.judgement import membership
from inconcert.judgement.membership import Membership
from inconcert.judgement.retraction import Retraction, retractions
from inconcert.judgement.sets import is_row
from inconcert.ledger import Statement

NOTED = "noted"
SOURCE_KINDS = ("address", "file", "post", "words")


@dataclass(frozen=True)
class Source:
    """Where something is to be seen.

    kind: "address" (a web address, never opened), "file" (kept in the case), "post" or "words" (a book, a talk).
    text: as given.   sha256: of the file kept in raw/.   post: (import id, row).
    """

    kind: str
    text: str
    sha256: str | None = None
    post: tuple[str, int] | None = None


@dataclass(frozen=True)
class Note:
    """One note.

    number: 4 for N4.   id: of its statement.   at: UTC, RFC 3339.   text: Markdown.   about: "G1", a set, an account id or a
    post as "import/row"; "" for the case.   about_kind: group, set, account, post or case.   group: the group as it was.
    """

    number: int
    id: str
    at: str
    by: str
    text: str
    about: str
    about_kind: str
    group: Membership | None
    sources: tuple[Source, ...]
    retracted: Retraction | None

    @property
    def label(self) -> str:
        """N4."""
        return f"N{self.number}"


ABOUT_KINDS = ("case", "group", "set", "account", "post")


def notes(statements: Sequence[Statement]) -> list[Note]:
    """All of good form, oldest first, those taken back among them."""
    taken_back = retractions(statements)
    known: dict[str, frozenset[str]] = {}
    found = []
    for number, said in enumerate((s for s in statements if s.says == NOTED), start=1):
        try:
            found.append(_read(said, number, known, taken_back.get(said.id)))
        except ValueError:
            continue  # `forms` tells it to whoever verifies the case
    return found


def note_value(
    text: str, about_kind: str, about: str, group: Membership | None, sources: Sequence[Source]
) -> dict[str, Any]:
    """What the statement of a note holds."""
    return {
        "text": text,
        "about_kind": about_kind,
        "about": about,
        "group": membership.written(group, {}) if group is not None else None,
        "sources": [
            {"kind": one.kind, "text": one.text, "sha256": one.sha256, "post": list(one.post) if one.post else None}
            for one in sources
        ],
    }


def note_faults(statements: Sequence[Statement]) -> Iterator[tuple[Statement, str]]:
    """Notes of bad form, and what is wrong with each."""
    for said in statements:
        if said.says == NOTED:
            try:
                _read(said, 0, {}, None)
            except ValueError as error:
                yield said, str(error)


def _read(said: Statement, number: int, known: dict[str, frozenset[str]], retracted: Retraction | None) -> Note:
    value = said.value
    if not isinstance(value, dict) or not all(isinstance(value.get(k), str) for k in ("text", "about", "about_kind")):
        raise ValueError("a note without a text")
    if value["about_kind"] not in ABOUT_KINDS:
        raise ValueError("a note about no known kind of thing")
    if not isinstance(value.get("sources"), list):
        raise ValueError("a note whose sources are no list")
    group = membership.read(value["group"], known) if value.get("group") is not None else None
    return Note(
        number, said.id, said.at, said.by, value["text"], value["about"], value["about_kind"], group,
        tuple(_source(one) for one in value["sources"]), retracted,
    )  # fmt: skip


def _source(value: Any) -> Source:
    if not isinstance(value, dict) or value.get("kind") not in SOURCE_KINDS or not isinstance(value.get("text"), str):
        raise ValueError("a note with a source of no known kind")
    sha256, post = value.get("sha256"), value.get("post")
    if sha256 is not None and not isinstance(sha256, str):
        raise ValueError("a note with a source whose hash is no text")
    if post is None:
        return Source(value["kind"], value["text"], sha256)
    if not isinstance(post, list) or len(post) != 2 or not isinstance(post[0], str) or not is_row(post[1]):
        raise ValueError("a note with a source that is no post")
    return Source(value["kind"], value["text"], sha256, (post[0], post[1]))
