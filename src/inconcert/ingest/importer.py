"""What Inconcert knows of one tool's exports: how to recognise them, and which column is which field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from inconcert.errors import UnknownName
from inconcert.fields import fields_of
from inconcert.ingest.formats.names import folded
from inconcert.ingest.shape import Shape


@dataclass(frozen=True)
class Importer:
    """Reads the files of one tool.

    name: short, stored with every import.   title: the tool, as people call it.
    signatures: sets of column names; a file that has all names of one of them is taken for this tool's.
    columns: our field -> its column, the first that the file has. A column may serve two fields.
    platform: where the posts are from, None when the tool reads several platforms.
    absent: words this tool writes into the cells of deleted or withheld things.
    html: whether the text is HTML.
    account_in_file_name: whether the file, not a column, names the author: "1234567890.csv".
    note: what everybody who uses such files should know.
    shape: how its native objects become records, where it writes nested ones; then the fields are named by the shape.
    table: what its records are: posts (with their accounts), or one of `normalise.given.SHEETS`, whose fields it then names.
    zone: of times that are written without one, when the tool always writes them in that zone: "Asia/Shanghai".
    plausible: shares of records in which a field is filled, lowest and highest, that such files ordinarily have: outside, an
    import warns. Fields not named may be filled or not.
    export: how to get such files, for people; one or two sentences.
    lacks: what such files do not say that an investigator may expect.
    layout: "documented", or in words which assumption is made about a layout that is known from memory only.
    version: raised whenever the same bytes would give other records.
    """

    name: str
    title: str
    signatures: tuple[frozenset[str], ...]
    columns: Mapping[str, tuple[str, ...]]
    platform: str | None = None
    absent: frozenset[str] = frozenset()
    html: bool = False
    account_in_file_name: bool = False
    note: str | None = None
    shape: Shape | None = None
    table: str = "posts"
    zone: str | None = None
    plausible: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    export: str = ""
    lacks: str = ""
    layout: str = "documented"
    version: str = field(default="1")

    def recognises(self, columns: Iterable[str]) -> int:
        """How many column names speak for this tool; 0 when no signature is complete."""
        present = {folded(column) for column in columns}
        return max((len(s) for s in self.signatures if {folded(name) for name in s} <= present), default=0)


def signature(*names: str) -> frozenset[str]:
    """Column names that together tell a tool's file."""
    return frozenset(names)


def find_mapping(
    importer: Importer, columns: tuple[str, ...], chosen: Mapping[str, str], *, shaped: bool = False
) -> dict[str, str]:
    """{field: column} for a file, in the order of the fields of its table.

    shaped: the columns are the fields themselves.
    chosen: the user's own {field: column}, which goes before; an empty column means that the field is not to be read.
    UnknownName for a field or column that does not exist. Names are compared without regard to case, spaces, _ and -.
    """
    known = fields_of(importer.table)
    by_spelling: dict[str, str] = {}
    for column in columns:
        by_spelling.setdefault(folded(column), column)
    mapping: dict[str, str] = {}
    for name, column in chosen.items():
        if name not in known:
            raise UnknownName("field", name, known)
        if column and column not in columns and folded(column) not in by_spelling:
            raise UnknownName("column of the file", column, columns)
        if column:
            mapping[name] = column if column in columns else by_spelling[folded(column)]
    taken = set(mapping.values())
    for name in known:
        if name in chosen:
            continue
        hints = (by_spelling.get(folded(hint)) for hint in ((name,) if shaped else importer.columns.get(name, ())))
        found = next((hint for hint in hints if hint is not None and hint not in taken), None)
        if found is not None:
            mapping[name] = found
    return {name: mapping[name] for name in known if name in mapping}
