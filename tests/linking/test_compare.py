"""What ties a group to an operation and what never does: the traps of names, places and words that everybody has."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from inconcert.linking.timeline import only_after

from .made_material import compared, hows, indicator, use, verdicts

OWN = [("domain", "rrn-world.media"), ("domain", "welt.pics"), ("hashtag", "nightcourier")]
LIBRARY = [indicator(kind, value) for kind, value in OWN]


def test_a_known_member_is_recovered_and_an_unrelated_group_is_not():
    other = [indicator("domain", "quite-another.site", operation="day")]
    found = compared([*LIBRARY, *other], OWN)
    assert verdicts(found) == {"night": "linked", "day": "no evidence"}
    assert verdicts(compared([*LIBRARY, *other], [("domain", "garden-club.site")])) == {
        "night": "no evidence",
        "day": "no evidence",
    }


def test_a_single_thing_or_a_single_member_does_not_link():
    assert verdicts(compared(LIBRARY, OWN[:1])) == {"night": "possibly"}
    assert verdicts(compared(LIBRARY, OWN, carriers=1, members=2))["night"] != "linked"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("domain", "youtube.com"), ("domain", "t.co"), ("domain", "bit.ly"), ("domain", "github.io"), ("domain", "blogspot.com"), ("domain", "bild.de"),
        ("domain", "bio.link"), ("domain", "buymeacoffee.com"), ("domain", "ampproject.org"), ("host", "cdn.ampproject.org"), ("domain", "reurl.cc"), ("host", "web.archive.org"),
        ("host", "en.wikipedia.org"), ("host", "drive.google.com"), ("url", "https://youtube.com/"), ("url", "https://bit.ly/"), ("hashtag", "news"),
        ("text", "Good morning everyone, have a great day!"), ("text", "good morning"), ("text", "早上好"), ("domain", ""), ("text", "   "), ("hashtag", ""),
    ],
)  # fmt: skip
def test_what_everybody_uses_never_links_whatever_the_control_says(kind: str, value: str):
    from inconcert.normalise.text import text_hash

    shown = ("text_hash", text_hash(value) or "none") if kind == "text" else (kind, value)
    found = compared(
        [indicator(kind, value), *(indicator("domain", f"own{n}.site", operation="other") for n in range(2))], [shown]
    )
    assert verdicts(found).get("night") in (None, "could not be compared")
    assert found.items.num_rows == 0


def test_a_name_below_a_shared_suffix_has_one_owner():
    names = [("domain", "night-courier.github.io"), ("domain", "night-herald.netlify.app")]
    assert verdicts(compared([indicator(*name) for name in names], names)) == {"night": "linked"}


def test_a_page_on_a_platform_is_a_page_of_its_own():
    pages = [("url", "https://youtube.com/watch?v=aaaaaaaaaaa"), ("url", "https://t.co/AbCdEf")]
    assert verdicts(compared([indicator(*page) for page in pages], pages)) == {"night": "linked"}


def test_what_ordinary_accounts_use_is_worth_nothing():
    found = compared(LIBRARY, OWN, control=OWN, users=400)
    assert verdicts(found) == {"night": "no evidence"}
    assert max(found.items["bits"].to_pylist()) < 1.5


def test_a_library_of_everything_the_control_shows_links_nobody():
    everything = [indicator("domain", f"place{n}.site") for n in range(1000)]
    extra = [use(f"c{n}", "domain", f"place{n}.site", f"p{n}") for n in range(1000)]
    own = [("domain", f"place{n}.site") for n in range(1000, 1005)]
    found = compared([*everything, *(indicator(*one) for one in own)], own, extra=extra)
    assert verdicts(found) == {"night": "no evidence"}
    assert set(found.items["showing"].to_pylist()) == {1000}


def test_a_small_control_bounds_what_a_match_is_worth():
    few, many = (compared(LIBRARY, OWN, ordinary=n).items["bits"].to_pylist()[0] for n in (30, 3000))
    assert few < 4 < many
    assert verdicts(compared(LIBRARY, OWN, ordinary=0)) == {"night": "no evidence"}


@pytest.mark.parametrize(
    ("published", "shown", "how"),
    [
        ("bildung.ltd", "bildung.pics", "same name, other suffix"),
        ("spiegelnews.ltd", "spiegelnevs.top", "one letter apart"),
        ("wahrheit.site", "wahrheit-heute.site", "name within a longer one"),
        ("paypal-hilfe.site", "paypa1-hilfe.site", "look-alike letters"),
        ("lemonde.top", "xn--lmonde-3of.top", "look-alike letters"),
        ("courier-desk.top", "c0urler-desk.top", "look-alike letters"),
    ],
)
def test_a_near_domain_counts_less_than_an_exact_one(published: str, shown: str, how: str):
    near = compared([indicator("domain", published)], [("domain", shown)])
    exact = compared([indicator("domain", shown)], [("domain", shown)])
    assert hows(near) == {(shown, how)}
    assert near.items["bits"][0].as_py() == pytest.approx(exact.items["bits"][0].as_py() - 2)


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("bild.ltd", "bild.de"), ("paypa1.com", "paypal.com"), ("paypa1.top", "paypal.com"), ("localpapper.ltd", "localpaper.de"), ("xn--lmonde-3of.top", "lemonde.fr"),
        ("thetimes.ltd", "thetimes.co.uk"), ("news.ltd", "news.site"), ("nac.ltd", "nac.top"), ("mirror-seven1.top", "mirror-seven2.top"), ("spiegel.ltd", "spiegel-garten.at"),
    ],
)  # fmt: skip
def test_what_may_be_the_original_or_is_called_like_everybody_is_near_to_nothing(published: str, shown: str):
    assert hows(compared([indicator("domain", published)], [("domain", shown)])) == set()


def test_a_near_domain_that_ordinary_people_use_too_does_not_count():
    assert (
        hows(
            compared(
                [indicator("domain", "bildung.ltd")],
                [("domain", "bildung.pics")],
                control=[("domain", "bildung.pics")],
                users=1,
            )
        )
        == set()
    )


def test_handles_are_known_again_by_platform_digits_and_earlier_names():
    library = [
        indicator("handle", "lucymiller48213", platform="twitter"),
        indicator("handle", "rebecca_t", platform="facebook"),
    ]
    found = compared(
        library, [], profiles={"g0": "lucymiller48213", "g1": "lucymiller99417", "g2": "rebecca_t", "c1": "somebody"}
    )
    assert hows(found) == {
        ("lucymiller48213", "exact"), ("lucymiller99417", "same handle, other digits"), ("rebecca_t", "same handle, other platform"),
    }  # fmt: skip


def test_a_form_of_handle_that_ordinary_people_have_too_is_worth_little():
    library = [indicator("handle", "user_name48213")]
    usual = {f"c{n}": f"user_name{10_000 + n}" for n in range(300)}
    found = compared(library, [], profiles={"g0": "user_name99417", **usual})
    assert found.items["bits"].to_pylist() == [0.0]


def test_near_copies_of_a_published_text_count_as_near():
    wordings = [{"kind": "text_hash", "cluster": "T1", "value": value} for value in ("aa", "bb")]
    found = compared([indicator("text_hash", "aa")], [("near_text", "T1")], wordings=wordings)
    assert hows(found) == {("T1", "near copy")}
    assert found.items["kind"].to_pylist() == ["text_hash"]


def test_pictures_near_to_a_published_hash_count_as_near():
    one = "f0e1d2c3b4a59687" * 4
    near = f"{int(one, 16) ^ 0b1011:064x}"
    assert hows(compared([indicator("image_hash", one)], [("image_hash", near)])) == {(near, "near copy")}
    assert hows(compared([indicator("image_hash", "0" * 64)], [("image_hash", f"{1:064x}")])) == set()


def test_a_link_its_domain_and_its_text_are_one_piece_of_evidence():
    library = [
        indicator("domain", "own.media"),
        indicator("url", "https://own.media/a"),
        indicator("text_hash", "cc"),
        indicator("host", "own.media"),
    ]
    together = [use(f"g{n}", item.kind, item.value, f"post{n}") for n in range(10) for item in library]
    found = compared(library, [], extra=together)
    assert set(found.items["evidence"].to_pylist()) == {1}
    assert found.items["counts"].to_pylist().count(True) == 1
    assert found.links["evidence"].to_pylist() == [1]


def test_what_a_published_account_alone_posts_counts_with_it():
    library = [indicator("account", "g0"), indicator("domain", "own.media"), indicator("domain", "own2.media")]
    extra = [
        use("g0", "account", "g0", None),
        use("g0", "domain", "own.media", "p1"),
        use("g0", "domain", "own2.media", "p2"),
    ]
    assert set(compared(library, [], extra=extra).items["evidence"].to_pylist()) == {1}


def test_one_reader_of_a_source_among_many_members_does_not_link_them():
    """A member who reads six of its sites, and another who passed one of them on."""
    sites = [("domain", f"mirror-{letter}.site") for letter in "abcdef"]
    extra = [use("g0", *site, f"p {site[1]}") for site in sites] + [use("g1", *sites[0], "of another")]
    for members in (30, 100, 3000):
        found = compared([indicator(*site) for site in sites], [], members=members, extra=extra)
        assert verdicts(found)["night"] != "linked"
        assert found.links["evidence"][0].as_py() <= 2


def test_followers_of_a_subject_are_not_linked_by_its_hashtags():
    tags = [("hashtag", f"forzacity{n}") for n in range(12)]
    library = [indicator(*tag) for tag in [*tags, ("domain", "forza-city.site")]]
    assert verdicts(compared(library, tags, members=30)) == {"night": "no evidence"}
    assert verdicts(compared(library, [*tags, ("domain", "forza-city.site")], members=30)) == {"night": "possibly"}


def test_a_group_asked_for_alone_pays_for_all():
    alone, among = (compared(LIBRARY, OWN, groups=groups).links.to_pylist()[0] for groups in (1, 64))
    assert among["paid"] == pytest.approx(alone["paid"] + 6)


@pytest.mark.parametrize(
    ("comment", "posted", "of_readers"),
    [("disclosed 2022-09-27", "2022-10-01", True), ("disclosed 2022-09-27", "2022-09-01", False), ("", "2022-10-01", False)],
)  # fmt: skip
def test_those_who_report_on_an_operation_show_what_was_published_of_it(comment: str, posted: str, of_readers: bool):
    """Journalists and debunkers post its domains once these are known: the verdict is on likeness, and the sentence says who else shows it."""
    at = int(datetime.fromisoformat(posted).replace(tzinfo=UTC).timestamp()) * 1_000_000
    extra = [use(f"g{n}", *one, f"{n} {one[1]}", time_us=at) for n in range(10) for one in OWN]
    found = compared([indicator(*one, comment=comment) for one in OWN], [], extra=extra)
    assert ("those who report on it" in found.links["says"][0].as_py()) == of_readers
    assert only_after(found.items.to_pylist()) == of_readers


def test_tactics_alone_never_link_and_kinds_that_no_post_shows_are_not_compared():
    reports = [indicator("technique", "T0049.002", operation=f"report {n}") for n in range(40)]
    library = [indicator("technique", "T0049.002"), indicator("ip", "192.0.2.1", operation="addresses")]
    found = compared(library, [("domain", "own.media")], reports=reports)
    assert verdicts(found) == {"night": "could not be compared", "addresses": "could not be compared"}
    assert {row["operation"]: row["not_compared"] for row in found.links.to_pylist()} == {
        "night": "technique",
        "addresses": "ip",
    }


def test_more_comparisons_cost_more():
    crowded = [*LIBRARY, *(indicator("domain", f"none{n}.site", operation=f"other {n}") for n in range(63))]
    alone, among = (compared(library, OWN).links.to_pylist() for library in (LIBRARY, crowded))
    paid = {row["operation"]: row["paid"] for row in among}
    assert paid["night"] == pytest.approx(6, abs=0.1)
    assert alone[0]["paid"] == pytest.approx(1)


def test_sentences_claim_no_more_than_the_lowest_level_carries():
    from inconcert.report.claims import exceeds

    for found in (compared(LIBRARY, OWN), compared(LIBRARY, OWN[:1]), compared(LIBRARY, [("domain", "garden.site")])):
        for row in found.links.to_pylist():
            assert not exceeds("L0", row["says"])
            assert not exceeds("L0", row["would_change"])


def test_witnesses_are_the_first_posts():
    extra = [use(f"g{n}", "domain", "own.media", f"p{n}", time_us=100 - n) for n in range(8)]
    row = compared([indicator("domain", "own.media")], [], extra=extra).items.to_pylist()[0]
    assert [one["post_id"] for one in json.loads(row["witnesses"])] == ["p7", "p6", "p5", "p4", "p3"]
    assert (row["first_us"], row["last_us"], row["posts"], row["carriers"]) == (93, 100, 8, 8)
