"""What Inconcert knows of one tool's exports: how to recognise them, and which column is which field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from inconcert.errors import UnknownName
from inconcert.fields import fields_of
from inconcert.ingest.formats.names import folded
from inconcert.ingest.shape import Shape

TOGETHER, EITHER = " + ", " | "
"""Between columns that are one field together, and between those of which the first that is there is the field."""


@dataclass(frozen=True)
class Importer:
    """Reads the files of one tool.

    name: short, stored with every import.   title: the tool, as people call it.
    signatures: sets of column names; a file that has all names of one of them is taken for this tool's.
    unlike: column names that such a file never has, where a file of another kind completes a signature too.
    columns: our field -> its column, the first that the file has. A column may serve two fields, and one field may need
    several columns: "latitude + longitude" is both together, "Final Link | Link" the first that is there in each record;
    see `joined`.
    respelled: field -> (pattern of RE2, replacement), one or several, one after the other: how its values are put into
    the spelling of their platform, so that ids meet those of other tools: a number out of an address, t1_ before a bare
    id. Other values stay; an empty one is absent.
    platform: where the posts are from, None when the tool reads several platforms.
    absent: words this tool writes into the cells of deleted or withheld things.
    nobody: words that this tool is known to write in place of an author who is gone or hidden; None: see `nobody`.
    html: whether the text is HTML.
    account_in_file_name: whether the file, not a column, names the author: "1234567890.csv".
    note: what everybody who uses such files should know.
    shape: how its native objects become records, where it writes nested ones; then the fields are named by the shape.
    general: whether it also takes files of other importers, to which it gives way where they fit as well.
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
    respelled: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    platform: str | None = None
    absent: frozenset[str] = frozenset()
    nobody: frozenset[str] | None = None
    html: bool = False
    account_in_file_name: bool = False
    note: str | None = None
    shape: Shape | None = None
    general: bool = False
    table: str = "posts"
    zone: str | None = None
    plausible: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    export: str = ""
    lacks: str = ""
    layout: str = "documented"
    version: str = field(default="1")
    unlike: frozenset[str] = frozenset()

    def recognises(self, columns: Iterable[str]) -> int:
        """How many column names speak for this tool; 0 when no signature is complete, or a name speaks against it."""
        present = {folded(column) for column in columns}
        if not present.isdisjoint(map(folded, self.unlike)):
            return 0
        return max((len(s) for s in self.signatures if {folded(name) for name in s} <= present), default=0)


def signature(*names: str) -> frozenset[str]:
    """Column names that together tell a tool's file."""
    return frozenset(names)


def find_mapping(
    importer: Importer, columns: tuple[str, ...], chosen: Mapping[str, str], *, shaped: bool = False
) -> dict[str, str]:
    """{field: column} for a file, in the order of the fields of its table.

    shaped: the columns are the fields themselves.
    chosen: the user's own {field: column}, or {field: "column + column"}, which goes before; an empty column means that
    the field is not to be read.
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
        if column and (found := _as_the_file_spells(column, columns, by_spelling)) is None:
            raise UnknownName("column of the file", column, columns)
        if column and found is not None:
            mapping[name] = found
    taken = set(mapping.values())
    for name in known:
        if name in chosen:
            continue
        hints = (name,) if shaped else importer.columns.get(name, ())
        spelled = (_as_the_file_spells(hint, columns, by_spelling) for hint in hints)
        found = next((column for column in spelled if column is not None and column not in taken), None)
        if found is not None:
            mapping[name] = found
    return {name: mapping[name] for name in known if name in mapping}


def _as_the_file_spells(hint: str, columns: tuple[str, ...], by_spelling: Mapping[str, str]) -> str | None:
    """The column of that name; of "latitude + longitude" both, of "Final Link | Link" those that the file has; else "
    "None."""
    if hint in columns:
        return hint
    if TOGETHER not in hint and EITHER not in hint:
        return by_spelling.get(folded(hint))
    sign = TOGETHER if TOGETHER in hint else EITHER
    names = hint.split(sign)
    found = [column for name in names if (column := by_spelling.get(folded(name))) is not None]
    return sign.join(found) if found and (sign == EITHER or len(found) == len(names)) else None


def parts_of(column: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of the file that an entry of a mapping stands for."""
    if column in columns:
        return (column,)
    return tuple(column.split(TOGETHER if TOGETHER in column else EITHER))


def joined(field: str, column: str, parts: Sequence[pa.Array]) -> pa.Array:
    """One column of strings out of the `parts_of` an entry of a mapping.

    Of columns written with |, the first that is there. Of columns written with +, those that are there, with commas
    between; an id needs all of them, and has - between.
    """
    if len(parts) == 1:
        return parts[0]
    if TOGETHER not in column:
        return pc.coalesce(*parts)
    if field.endswith("_id"):
        return pc.binary_join_element_wise(*parts, "-", null_handling="emit_null")
    together = parts[0]
    for part in parts[1:]:  # Arrow drops the rows where all are absent when it is asked to skip them
        both = pc.binary_join_element_wise(together, part, ", ")
        together = pc.coalesce(both, together, part)
    return together


def respelled(importer: Importer, field: str, values: pa.Array) -> pa.Array:
    """A column of strings in the spelling of its platform, as `Importer.respelled` says."""
    changes = importer.respelled.get(field, ())
    for pattern, replacement in changes:
        values = pc.replace_substring_regex(values, pattern, replacement)
    return _filled(values) if changes else values


def _filled(values: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(values, ""), pa.scalar(None, pa.string()), values)
