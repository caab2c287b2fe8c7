"""What a search found, as a page shows it: with nobody named who should not be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from inconcert.browse.names import Who, masked, who
from inconcert.browse.posts import Place
from inconcert.browse.view import View
from inconcert.hunting.query import Term
from inconcert.hunting.word_marks import word_marks

_FOUND = """
SELECT p.import_id, p.row_ref, p.account FROM posts AS p SEMI JOIN (
    SELECT post FROM post_places SEMI JOIN wanted USING (import_id, row_ref)
) USING (post)
"""


@dataclass(frozen=True)
class Stretch:
    """A stretch of a text, masked.   spans: places in it of the words looked for, (first character, end)."""

    text: str
    spans: tuple[tuple[int, int], ...]


def found_posts(view: View, places: Sequence[Place], *, names: bool = False) -> dict[Place, Who]:
    """Who wrote the posts that lie there; posts of a control, which the view does not hold, left out."""
    wanted = pa.table(
        {
            "import_id": pa.array([place.import_id for place in places], pa.string()),
            "row_ref": pa.array([place.row_ref for place in places], pa.int64()),
        }
    )
    rows = view.rows(_FOUND, wanted=wanted)
    people = who(view, [row["account"] for row in rows], names)
    return {Place(row["import_id"], row["row_ref"]): people[row["account"]] for row in rows}


def stretches(view: View, texts: Sequence[str], terms: Sequence[Term], *, names: bool = False) -> list[Stretch]:
    """Texts masked, with the places of the terms in what is left of them: a masked name is no longer found."""
    shown = [text or "" for text in masked(view, texts, names)]
    return [Stretch(text, word_marks(text, terms)) for text in shown]
