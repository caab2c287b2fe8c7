"""A table of posts and affiliations, a row each: person, role, body, start, end, strength, source."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping

from inconcert.entities import values
from inconcert.entities.entity import Entity, Statement
from inconcert.entities.names import folded
from inconcert.entities.reading import Aside, Read, aside
from inconcert.entities.relations import MEMBER, OFFICES
from inconcert.entities.strength import REPORTED, strength

COLUMNS = ("person", "role", "body", "start", "end", "strength", "source")
_NEEDED = {"person", "role", "body"}
_MOST_ROWS = 100_000
_OFFICES = frozenset(verb.replace("_", " ").rpartition(" ")[0] for verb in OFFICES) - {""}
_MEMBER = frozenset(verb.replace("_", " ").rpartition(" ")[0] for verb in MEMBER)


def is_posts_table(head: Iterable[str]) -> bool:
    """Whether these are columns of such a table."""
    return {name.strip().lower() for name in head} >= _NEEDED


def read_posts_table(text: str, dataset: str, known: Mapping[str, str] | None = None) -> Read:
    """The persons, bodies and posts of such a table; rows without person, role or body are set aside.

    known: folded name -> id of the entities there are already; exactly that name is taken to be the same.
    """
    reader = csv.reader(io.StringIO(text, newline=""))
    entities: list[Entity] = []
    wrong: list[Aside] = []
    head: list[str] = []
    for _ in range(_MOST_ROWS):
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            wrong.append(aside(reader.line_num, "", str(error)))
            continue
        if not head:
            head = [cell.strip().lower() for cell in cells]
        elif any(cells):
            try:
                entities += _post(dict(zip(head, cells, strict=False)), dataset, known or {})
            except ValueError as error:
                wrong.append(aside(reader.line_num, ",".join(cells), str(error)))
    return Read("table of posts", dataset, tuple(entities), tuple(wrong))


def _post(row: Mapping[str, str], dataset: str, known: Mapping[str, str]) -> list[Entity]:
    said = {name: " ".join(row.get(name, "").split()) for name in COLUMNS}
    for name in sorted(_NEEDED):
        if not said[name]:
            raise ValueError(f"a row without {name}")
    person, body = (
        known.get(folded(said[name]), f"{dataset}-{_hash(name, folded(said[name]))}") for name in ("person", "body")
    )
    strong = strength(said["strength"]) if said["strength"] else REPORTED
    sources = tuple(code.strip() for code in said["source"].split(";") if code.strip())
    of, joint = said["role"], said["role"].rpartition(" ")
    words = of if joint[2] in ("of", "at", "in", "by") else f"{of} of"
    plain = folded(of if words != of else joint[0])
    office = any(folded(post) in plain for post in _OFFICES)
    schema = "Directorship" if office else "Membership" if plain in _MEMBER else "Employment"
    ends = {"Directorship": ("director", "organization"), "Membership": ("member", "organization")}.get(
        schema, ("employee", "employer")
    )
    id = f"{dataset}-{_hash('post', person, folded(words), body, said['start'], said['end'], *sources)}"
    told = [(ends[0], person), (ends[1], body), ("role", words), ("startDate", said["start"]), ("endDate", said["end"])]
    return [
        _entity(person, "Person", [("name", said["person"])], dataset, strong, sources),
        _entity(body, "Organization", [("name", said["body"])], dataset, strong, sources),
        _entity(id, schema, [(prop, value) for prop, value in told if value], dataset, strong, sources),
    ]


def _entity(
    id: str, schema: str, said: list[tuple[str, str]], dataset: str, strong: str, sources: tuple[str, ...]
) -> Entity:
    kind = {"startDate": "date", "endDate": "date"}
    return Entity(
        id,
        schema,
        tuple(
            Statement(
                id,
                schema,
                prop,
                values.value(kind.get(prop, "string"), value),
                dataset,
                strength=strong,
                sources=sources,
            )
            for prop, value in said
        ),
    )


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
