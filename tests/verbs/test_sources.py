"""`sources`: what every importer reads and what that enables, derived from its fields."""

from __future__ import annotations

import pytest

from inconcert import schema
from inconcert.errors import UnknownName
from inconcert.fields import fields_of
from inconcert.indicators.catalogue import INDICATORS
from inconcert.ingest.importer import Importer
from inconcert.ingest.importers import IMPORTERS
from inconcert.verbs.enabled import BESIDE
from inconcert.verbs.sources import Source, sources


def made(monkeypatch: pytest.MonkeyPatch, *fields: str, table: str = "posts") -> Source:
    """The source of an importer with these fields."""
    columns = {field: (field,) for field in fields}
    monkeypatch.setitem(IMPORTERS, "made", Importer("made", "made up", (), columns, table=table))
    (source,) = sources("made")
    return source


def test_every_importer_is_told_with_words_for_each_of_its_fields() -> None:
    found = {source.name: source for source in sources()}
    assert list(found) == list(IMPORTERS)
    for name, source in found.items():
        assert source.fields, name
        assert set(source.fields) <= set(fields_of(source.table)), name
        assert set(source.kinds) <= set(schema.KINDS), name
        assert set(source.indicators) <= set(INDICATORS), name
        assert (source.kinds == () and not source.indicators) or source.table == "posts", name
    assert "share" in found["x_io_archive"].kinds
    assert found["x_io_archive_users"].kinds == ()
    assert "creation-bursts" in found["x_io_archive_users"].indicators
    assert set(schema.KINDS) == set(found["table"].kinds)


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        (("shared_id",), {"share"}),
        (("reply_to_id",), {"reply"}),
        (("mentions",), {"mention"}),
        (("hashtags",), {"hashtag", "hashtag_sequence"}),
        (("urls",), {"url", "domain"}),
        (("domains",), {"domain"}),
        (("media",), {"media", "near_media"}),
        (("likes", "place"), set()),
        (("text",), {"text", "near_text", "mention", "hashtag", "hashtag_sequence", "url", "domain"}),
    ],
)
def test_the_kinds_of_action_follow_from_the_fields(
    monkeypatch: pytest.MonkeyPatch, fields: tuple[str, ...], kinds: set[str]
) -> None:
    assert set(made(monkeypatch, "post_id", "account_id", *fields).kinds) == kinds


def test_the_indicators_follow_from_the_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = made(monkeypatch, "post_id", "account_id", "media")
    timed = made(monkeypatch, "post_id", "account_id", "media", "created_at")
    assert "working-hours" not in bare.indicators
    assert timed.indicators["working-hours"] == ""
    assert timed.indicators["event-onset"] == "events"
    assert "impersonation" not in timed.indicators
    assert "impersonation" in made(monkeypatch, "account_id", "handle").indicators
    # what rests on other files alone is no reason to ask for this one
    assert not {"sudden-follows", "follower-injection", "chronology"} & set(timed.indicators)
    assert {table for beside in timed.indicators.values() for table in beside.split(", ") if table} <= set(BESIDE)


def test_a_source_of_another_table_enables_no_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    source = made(monkeypatch, "document_id", "text", table="documents")
    assert (source.kinds, source.indicators) == ((), {})
    assert source.fields["text"] == fields_of("documents")["text"]


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"No format is called 'weibo_serch'\. Did you mean 'weibo_search'"):
        sources("weibo_serch")
