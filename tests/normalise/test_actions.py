"""Which actions a record gives, and which it does not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert import schema
from inconcert.normalise.absent import MARKERS
from normalise.tables import did, kinds, read

LONG = "We all stand behind this one and only decision"


def test_a_post_gives_every_kind_it_holds() -> None:
    done = read(
        {
            "post_id": "1", "created_at": "1714557600", "text": LONG, "urls": "['https://www.example.com/x?utm_source=y']",
            "hashtags": "['One', 'Two', 'THREE', 'one']", "mentions": "['@Bob']", "media": "m1|m2", "reply_to_id": "9",
        }
    )  # fmt: skip
    assert did(done, "url") == ["https://example.com/x"]
    assert did(done, "domain") == ["example.com"]
    assert did(done, "hashtag") == ["one", "two", "three"]
    assert did(done, "hashtag_sequence") == ["one two three"]
    assert did(done, "mention") == ["bob"]
    assert did(done, "media") == ["m1", "m2"]
    assert did(done, "reply") == ["9"]
    assert len(did(done, "text")) == 1
    assert did(done, "share") == []
    for row in done.actions.to_pylist():
        assert (row["account_id"], row["post_id"], row["time_us"]) == ("a", "1", 1_714_557_600_000_000)


def test_a_share_of_a_known_post_is_one_action() -> None:
    share = {"post_id": "2", "shared_id": "1", "text": f"RT @bob: {LONG}", "urls": "https://e.com/x", "hashtags": "a b c",
             "mentions": "bob", "media": "m1", "domains": "e.com", "reply_to_id": "7"}  # fmt: skip
    done = read(share)
    assert did(done, "share") == ["1"]
    assert kinds(done) == {"share"}
    assert done.posts["kind"].to_pylist() == ["share"]


@pytest.mark.parametrize("extra", [{"is_share": "True"}, {"is_share": "retweet"}, {"text": f"RT @bob: {LONG}"}])
def test_a_share_of_an_unknown_post_is_its_text(extra: dict[str, str]) -> None:
    plain = read({"text": LONG})
    done = read(
        {"post_id": "2", "text": LONG, "urls": "https://e.com/x", "hashtags": "a b c", "mentions": "bob", **extra}
    )
    assert kinds(done) == {"text"}
    assert did(done, "text") == did(plain, "text")
    assert done.posts["kind"].to_pylist() == ["share"]


def test_a_share_without_id_and_words_is_its_links_and_hashtags() -> None:
    done = read({"text": "RT @bob: look https://t.co/x #Tag", "is_share": "1"})
    assert kinds(done) == {"url", "hashtag"}
    assert did(done, "url") == ["https://t.co/x"]


def test_a_share_of_a_share_mark_that_is_neither_true_nor_false_is_told() -> None:
    done = read({"text": LONG, "is_share": "perhaps"})
    assert done.rejects["column"].to_pylist() == ["is_share"]
    assert done.rejects["fatal"].to_pylist() == [False]
    assert done.posts["kind"].to_pylist() == ["post"]


def test_a_quote_has_its_own_words_and_shares_nothing() -> None:
    done = read({"post_id": "2", "quoted_id": "1", "text": LONG})
    assert kinds(done) == {"text"}
    assert done.posts["kind"].to_pylist() == ["quote"]
    assert done.posts["quoted_id"].to_pylist() == ["1"]


def test_a_share_of_ones_own_post_is_kept() -> None:
    done = read({"post_id": "1", "text": LONG}, {"post_id": "2", "shared_id": "1"})
    assert did(done, "share") == ["1"]


def test_a_post_is_no_reply_to_and_no_share_of_itself() -> None:
    """Conversation ids and thread ids name the first post in the first post itself."""
    done = read({"post_id": "1", "reply_to_id": "1", "shared_id": "1", "quoted_id": "1", "text": LONG})
    assert kinds(done) == {"text"}
    assert done.posts["kind"].to_pylist() == ["post"]


def test_the_author_replied_to_is_not_mentioned_again() -> None:
    row = {"reply_to_account": "Bob", "mentions": "['@bob', 'carol']"}
    assert did(read({**row, "reply_to_id": "9"}), "mention") == ["carol"]
    assert did(read(row), "mention") == ["bob", "carol"]
    assert did(read({**row, "reply_to_id": "9"}, {"mentions": "bob"}), "mention") == ["carol", "bob"]


def test_ids_of_accounts_that_tell_case_apart_keep_it() -> None:
    assert did(read({"mentions": "['r69kGNjtBCQOQc8nW3IJvAk3X9bDkldxiFev+MZNH4=']"}), "mention") == [
        "r69kGNjtBCQOQc8nW3IJvAk3X9bDkldxiFev+MZNH4="
    ]


def test_two_hashtags_are_no_sequence_and_order_counts() -> None:
    assert did(read({"hashtags": "a b a b"}), "hashtag_sequence") == []
    done = read({"hashtags": "a b c"}, {"hashtags": "c b a"})
    assert did(done, "hashtag_sequence") == ["a b c", "c b a"]


def test_a_sequence_is_of_one_record_whatever_other_records_of_the_post_hold() -> None:
    done = read(
        {"post_id": "1", "hashtags": "a b"},
        {"post_id": "1", "hashtags": "a b c"},
        {"post_id": "1", "hashtags": "a b c"},
    )
    assert did(done, "hashtag") == ["a", "b", "c"]
    assert did(done, "hashtag_sequence") == ["a b c"]


def test_hashtags_are_folded() -> None:
    done = read({"hashtags": "['ＭＡＧＡ', 'maga', 'Straße', 'STRASSE', '美食[话题]']"})
    assert did(done, "hashtag") == ["maga", "strasse", "美食"]


def test_an_empty_list_is_no_object() -> None:
    """Regression: "[]" counted as a shared link."""
    for marker in sorted(MARKERS):
        row = dict.fromkeys(("shared_id", "reply_to_id", "urls", "domains", "hashtags", "mentions", "media"), marker)
        done = read({"text": "hello", **row})
        assert len(done.actions) == 0, marker
        assert done.posts["kind"].to_pylist() == ["post"]


@settings(deadline=None)
@given(
    st.sampled_from(["urls", "hashtags", "mentions", "media", "domains"]),
    st.sampled_from(sorted(m for m in MARKERS if "'" not in m)),
)
def test_absent_items_of_a_list_are_no_objects(name: str, marker: str) -> None:
    assert len(read({"text": "hello", name: f"['{marker}', '']"}).actions) == 0


def test_what_the_source_does_not_list_is_found_in_the_text() -> None:
    done = read({"text": "@Bob see https://example.com/x. #One"})
    assert (did(done, "mention"), did(done, "url"), did(done, "hashtag")) == (
        ["bob"],
        ["https://example.com/x"],
        ["one"],
    )
    listed = read({"text": "@Bob see https://example.com/x. #One", "urls": "[]", "hashtags": "", "mentions": None})
    assert len(listed.actions) == 0


def test_links_that_are_none_are_told_unless_they_stand_in_a_text() -> None:
    done = read(
        {"post_id": "1", "urls": "https://e.com/x mailto:a@e.com"}, {"post_id": "2", "urls": "http://localhost/"}
    )
    assert did(done, "url") == ["https://e.com/x"]
    assert done.rejects.select(["row_ref", "column", "value", "fatal"]).to_pylist() == [
        {"row_ref": 1, "column": "urls", "value": "mailto:a@e.com", "fatal": False},
        {"row_ref": 2, "column": "urls", "value": "http://localhost/", "fatal": False},
    ]
    assert len(read({"text": "try http://localhost/ first"}).rejects) == 0


def test_a_list_cut_off_is_told() -> None:
    done = read({"hashtags": "['a', 'b"})
    assert did(done, "hashtag") == ["a"]
    assert "cut off" in done.rejects["reason"][0].as_py()


def test_domains_come_from_links_and_from_their_own_column_once() -> None:
    done = read({"urls": "https://www.bbc.co.uk/1 https://t.co/x", "domains": "bbc.co.uk, www.cnn.com, 3498"})
    assert did(done, "domain") == ["bbc.co.uk", "cnn.com", "3498"]


def test_a_post_on_several_rows_acts_once_on_each_object() -> None:
    """As in data sets with one row per post and object."""
    row = {"post_id": "1", "created_at": "1714557600", "urls": "url_1"}
    done = read({**row, "hashtags": "x"}, {**row, "hashtags": "y"}, {**row, "account_id": "b", "hashtags": "x"})
    assert did(done, "url") == ["url_1", "url_1"]
    assert did(done, "hashtag") == ["x", "y", "x"]


def test_actions_hold_only_known_kinds_and_no_empty_object() -> None:
    done = read({"text": LONG + " #a #b #c https://e.com @x", "media": "m", "reply_to_id": "3"}, {"shared_id": "4"})
    assert kinds(done) == set(schema.KINDS) - set(schema.NEAR)
    assert "" not in done.actions["object_id"].to_pylist()
    assert done.actions.schema == schema.ACTIONS.arrow
