"""A word for somebody who is gone is no account; an account that is called so is one where the source gives ids."""

from __future__ import annotations

import pyarrow as pa
import pytest

from inconcert.ingest.nobody import NO_NAMES, PLAIN_WORDS, without_nobody, words_of
from inconcert.ingest.tools.reddit import REDDIT_COMMENTS
from inconcert.ingest.tools.table import TABLE
from inconcert.ingest.tools.tiktok import TIKTOK_RESEARCH

WORDS = words_of(TABLE)


def found(**columns: list[str | None]) -> tuple[dict[str, list[str | None]], list[bool]]:
    kept, nobody = without_nobody({name: pa.array(values, pa.string()) for name, values in columns.items()}, WORDS)
    return {name: values.to_pylist() for name, values in kept.items()}, nobody.tolist()


@pytest.mark.parametrize(
    "word", ["unknown", "Unknown", "DELETED", "[deleted]", "anonymous", "匿名", "N/A", "null", "None", "-"]
)
def test_a_word_alone_is_nobody(word: str) -> None:
    for field in ("account_id", "handle"):
        assert found(**{field: [word, "ann"]}) == ({field: [None, "ann"]}, [True, False])


def test_whoever_has_an_id_is_somebody() -> None:
    assert found(account_id=["1", "unknown", "unknown"], handle=["unknown", "ann", "deleted"]) == (
        {"account_id": ["1", None, None], "handle": ["unknown", "ann", None]},
        [False, False, True],
    )


def test_records_without_any_author_are_left_to_others() -> None:
    assert found(handle=[None, ""])[1] == [False, False]
    assert found(text=["unknown"]) == ({"text": ["unknown"]}, [False])


def test_a_tool_of_one_platform_may_name_an_account_so() -> None:
    assert words_of(TABLE) == NO_NAMES | PLAIN_WORDS
    assert words_of(TIKTOK_RESEARCH) == NO_NAMES
    assert "[deleted]" in words_of(REDDIT_COMMENTS)
    assert "unknown" not in words_of(REDDIT_COMMENTS)
