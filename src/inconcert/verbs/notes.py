"""`notes`: what somebody wrote down about a case, with sources, under that person's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from inconcert.case import Case
from inconcert.copies.searchable import searchable
from inconcert.errors import InputError
from inconcert.hunting.passage import lettered
from inconcert.hunting.query import Query, Term, query
from inconcert.hunting.word_kernel import places
from inconcert.judgement import notes as written
from inconcert.judgement.membership import Membership
from inconcert.judgement.notes import NOTED, Note, Source, note_value
from inconcert.judgement.sets import standing_set
from inconcert.judgement.wording import NOTE_AT_MOST, SOURCE_AT_MOST, SOURCES_AT_MOST, author, one_line, prose
from inconcert.progress import Progress, silent
from inconcert.verbs.accounts_named import accounts_named
from inconcert.verbs.judgements import decided_now
from inconcert.verbs.waiting import PATIENCE_S, waiting

_ADDRESS = re.compile(r"(?i)[a-z][a-z0-9+.-]*:(?://)?\S+")
_POST = re.compile(r"(?:post:)?(?P<import>[0-9a-f]{16})/(?P<row>[1-9]\d{0,17})")


@dataclass(frozen=True)
class Noted:
    """A note that was entered.   label: N4, by which it can be retracted."""

    label: str
    by: str
    about: str
    about_kind: str
    sources: tuple[Source, ...]


def notes(case: Case, *, find: Sequence[str] = ()) -> list[Note]:
    """Every note, oldest first, those taken back among them; of those that stand, the ones that answer `find`, if it is given.

    find: words of a search, as `search` takes them. InputError when they hold nothing to look for.
    """
    every = written.notes(case.statements())
    if not find:
        return every
    sought = query(find)
    return [note for note in every if note.retracted is None and _answers(note, sought)]


def add_note(
    case: Case,
    text: str,
    *,
    by: str,
    about: str = "",
    sources: Sequence[str] = (),
    patience_s: float = PATIENCE_S,
    progress: Progress = silent,
) -> Noted:
    """Enter a note.

    text: Markdown.   about: a group (G1), a set, a post (IMPORT/ROW) or an account; "" for the case.   sources: web addresses,
    which are never opened; files, which are copied into raw/; posts (IMPORT/ROW); anything else is kept as words.
    UnknownName for an account nobody has; InputError for a post that is not in the case, an unreadable file or a text that
    is empty or too long; CaseInUse.
    """
    who, said = author(by), prose("The note", text, NOTE_AT_MOST)
    if len(sources) > SOURCES_AT_MOST:
        raise InputError(f"{len(sources)} sources are too many; {SOURCES_AT_MOST} are the most for one note.")
    given = [one_line("A source", source, SOURCE_AT_MOST) for source in sources]
    with waiting(case, patience_s):
        kind, of, group = _about(case, about.strip())
        found = [_source(case, source, progress) for source in given]
        case.say(f"{kind}:{of}" if of else kind, NOTED, note_value(said, kind, of, group, found), by=who)
        label = written.notes(case.statements())[-1].label
    return Noted(label, who, of, kind, tuple(found))


def _about(case: Case, about: str) -> tuple[str, str, Membership | None]:
    """(kind of thing, what it is called, the group as it is)."""
    if not about:
        return "case", "", None
    clustered = case.run("cluster")
    groups = decided_now(case).groups if clustered is not None else {}
    if clustered is not None and about in groups:
        return "group", about, Membership(about, clustered.id, groups[about].base)
    if standing_set(case.statements(), about) is not None:
        return "set", about, None
    if match := _POST.fullmatch(about):
        return "post", "{}/{}".format(*_post(case, match)), None
    return "account", accounts_named(case, [about])[0], None


def _source(case: Case, source: str, progress: Progress) -> Source:
    if match := _POST.fullmatch(source):
        return Source("post", source, post=_post(case, match))
    file = Path(source)
    if _is_file(file):
        return Source("file", file.name, sha256=case.store_original(file, progress))
    return Source("address" if _ADDRESS.fullmatch(source) else "words", source)


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except (OSError, ValueError):
        return False  # too long for a path, or with a zero byte in it


def _post(case: Case, match: re.Match[str]) -> tuple[str, int]:
    """(import id, row) of a post that the case holds; InputError otherwise."""
    import_id, row = match["import"], int(match["row"])
    for part in case.parts("posts"):
        if part.parent.name == import_id:
            rows = pq.read_table(part, columns=["row_ref"], filters=pc.field("row_ref") == row)
            if rows.num_rows:
                return import_id, row
    raise InputError(
        f"The case holds no post {import_id}/{row}. Name the import and the row that 'inconcert search' prints beside a post."
    )


def _answers(note: Note, sought: Query) -> bool:
    form = lettered(pa.array([searchable("\n".join([note.text, *(source.text for source in note.sources)]))]))

    def there(term: Term) -> bool:
        return bool(len(places(form.letters, form.border, term.letters, term.open_start, term.open_end, 1)))

    return all(there(term) for term in sought.all) and not any(there(term) for term in sought.none)
