"""Storylines: which signs told them, and in which languages, is said."""

from __future__ import annotations

import pyarrow as pa

from inconcert import schema
from inconcert.evaluate.indicators.trial import readings
from inconcert.indicators.content.storylines import TOLD, TOLD_BY_MEMBERS, Storylines
from inconcert.indicators.facts import POSTS
from inconcert.indicators.reading import Reading


def told(languages: list[str | None], tagged: int) -> dict[str, Reading]:
    """Twenty members, a post each, with the phrase; the first `tagged` of them with the hashtag, too."""
    tables = dict(Storylines.example().tables)
    texts = ["the sea is empty, they say", "他們說大海空了"]
    rows = [
        row | {"text": texts[0], "language": languages[i % len(languages)]} if row["account_id"][0] == "m" else row
        for i, row in enumerate(tables["posts"].to_pylist())
    ]
    tags = [
        {
            "account_id": f"m{i}",
            "kind": "hashtag",
            "object_id": "emptysea",
            "post_id": f"m{i}",
            "platform": "x",
            "time_us": None,
        }
        for i in range(tagged)
    ]
    sign = {
        "storyline": "N1",
        "title": "the sea is empty",
        "kind": "hashtag",
        "pattern": "emptysea",
        "import_id": "",
        "row_ref": 9,
    }
    tables["posts"] = pa.Table.from_pylist(rows, schema=POSTS.arrow)
    tables["actions"] = pa.Table.from_pylist(tags, schema=schema.ACTIONS.arrow)
    tables["storylines"] = pa.Table.from_pylist(
        [*tables["storylines"].to_pylist(), sign], schema=schema.STORYLINES.arrow
    )
    return {r.measure: r for r in readings(Storylines(), tables, 1)}


def test_the_sentence_says_which_signs_matched_how_often():
    assert "Posts of members by sign: phrase 20, hashtag 7." in told(["en"], 7)[TOLD_BY_MEMBERS].says
    assert told(["en"], 0)[TOLD_BY_MEMBERS].says.endswith("by sign: phrase 20.")


def test_at_most_three_languages_are_named_and_unknown_is_none():
    assert "(language: en)" in told(["en", None], 0)[TOLD].says
    assert "(languages: zh, en, ru and 1 more)" in told(["zh", "en", "zh", "ru", "de", "zh", "en", "ru"], 0)[TOLD].says
    assert "language" not in told([None], 0)[TOLD].says
