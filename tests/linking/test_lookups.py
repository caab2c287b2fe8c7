"""Addresses in reports on threats, and reports that repeat what was public."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from inconcert.errors import InputError
from inconcert.linking.first_published import first_published, months_between
from inconcert.linking.known_addresses import Hit, canonical, known_addresses
from inconcert.linking.published import published
from inconcert.linking.recycled import IN_PART, NEW, RECYCLED, TOO_FEW, recycled
from inconcert.linking.tactics import rarities
from inconcert.linking.timeline import timeline

from .made_material import indicator


def test_a_hit_shows_how_long_ago_its_address_was_published():
    report = indicator("ip", "185.220.101.37", comment="scans for log4j, 2021-12")
    hits = [
        Hit(12, "185.220.101.37", datetime(2022, 11, 16, 1, 6, 50, tzinfo=UTC)),
        Hit(13, "52.17.54.30", datetime(2022, 11, 16, tzinfo=UTC)),
    ]
    (found,) = known_addresses(hits, [report, indicator("domain", "185.220.101.37")])
    assert (found.row, found.published, found.stated, found.months) == (12, "2021-12", True, 11)


@pytest.mark.parametrize(
    ("published", "seen", "months"),
    [
        ("2021-12", "2022-11-16", 11),
        ("2021-12-17", "2022-11-16", 10),
        ("2021", "2022-01-01", 12),
        ("2022-12-01", "2022-11-16", -1),
    ],
)
def test_whole_months(published: str, seen: str, months: int):
    assert months_between(published, date.fromisoformat(seen)) == months


def test_the_date_of_a_comment_goes_before_that_of_the_import():
    assert first_published(indicator("ip", "192.0.2.1", comment="seen 2021-12-10 and 2020-03")).on == "2020-03"
    assert first_published(indicator("ip", "192.0.2.1", comment="case 12345-2021-12-10-9")).on == "2022-01-01"
    assert not first_published(indicator("ip", "192.0.2.1")).stated


def test_addresses_have_one_spelling():
    assert canonical(" 2001:DB8:0::1 ") == "2001:db8::1"
    assert canonical("192.0.2.300") is None


def report(n: int) -> list:
    return [indicator("ip", f"192.0.2.{i}", sha256="cd" * 32, row=i) for i in range(1, n + 1)]


def older(n: int, **more) -> list:
    return [indicator("ip", f"192.0.2.{i}", comment=f"20{10 + i % 5}-03", **more) for i in range(1, n + 1)]


def test_a_report_of_old_indicators_is_recycled_with_first_dates():
    beside = [
        indicator(kind, value, sha256="cd" * 32) for kind, value in (("domain", "github.com"), ("technique", "T0049"))
    ]
    told = recycled([*report(20), *beside], older(18))
    assert (told.verdict, told.n, len(told.repeated), told.left_out) == (RECYCLED, 20, 18, 2)
    assert (told.first, told.last) == ("2010-03", "2014-03")
    assert told.low < told.share < told.high


def test_what_is_new_is_not_called_recycled():
    assert recycled(report(60), []).verdict == NEW
    assert recycled(report(40), older(12)).verdict == IN_PART
    assert recycled(report(3), older(3)).verdict == TOO_FEW
    assert recycled([], older(3)).n == 0


def test_the_report_itself_and_later_publications_do_not_count():
    assert recycled(report(20), older(18, sha256="cd" * 32)).repeated == ()
    assert len(recycled(report(20), older(18), before="2012-01-01").repeated) == 7


def test_the_timeline_tells_what_came_before_its_publication():
    row = {"group_id": "G1", "operation": "night", "kind": "domain", "value": "own.media", "how": "exact", "carriers": 3, "counts": True,
           "first_us": 1_640_995_200_000_000, "last_us": 1_672_531_200_000_000, "public_on": "2022-06", "public_stated": True}  # fmt: skip
    rows = [
        row,
        row | {"value": "late.media", "first_us": 1_672_531_200_000_000},
        row | {"counts": False},
        row | {"first_us": None},
    ]
    found = timeline([*rows, row | {"public_stated": False, "value": "z"}], "G1", frozenset({"night"}))
    assert [(one.value, one.first_day, one.before) for one in found] == [
        ("own.media", "2022-01-01", True), ("z", "2022-01-01", None), ("late.media", "2023-01-01", False),
    ]  # fmt: skip


def test_an_address_of_version_four_written_as_one_of_six_is_itself():
    assert canonical("::ffff:192.0.2.1") == "192.0.2.1"
    assert canonical("fe80::1%eth0") == "fe80::1"


def test_more_listings_of_hits_than_fit_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("inconcert.linking.known_addresses.MOST_KNOWN", 5)
    hits = [Hit(n, "192.0.2.1", datetime(2022, 11, 16, tzinfo=UTC)) for n in range(3)]
    its = [indicator("ip", "192.0.2.1", operation=f"op {n}") for n in range(2)]
    with pytest.raises(InputError, match="more than 5 times"):
        known_addresses(hits, its)
    assert len(known_addresses(hits[:2], its)) == 4


@pytest.mark.parametrize(
    ("kind", "value"),
    [("host", "www.github.io"), ("domain", "www.co.uk"), ("host", "www.blogspot.com"), ("domain", "blogspot.co.uk"), ("domain", "google.co.in"),
     ("host", "maps.google.ru"), ("domain", "yandex.by"), ("domain", "amazon.com.br"), ("domain", "fb.watch"), ("domain", "lnk.bio"),
     ("url", "https://bit.ly/?a=b"), ("url", "http://bit.ly#"), ("url", "https://facebook.com:8080/"), ("url", "https://twitter.com/home")],
)  # fmt: skip
def test_what_millions_use_is_left_out_however_it_is_written(kind: str, value: str):
    made = published([indicator(kind, value)])
    assert (made.rows.num_rows, sum(made.left_out.values())) == (0, 1), value


@pytest.mark.parametrize(
    ("kind", "value"),
    [("host", "night.github.io"), ("host", "night.blogspot.de"), ("host", "night.neocities.org"), ("domain", "google-news.site"),
     ("domain", "amazon.website"), ("url", "https://bit.ly/3abc"), ("url", "https://twitter.com/night/status/1"), ("url", "https://night.site/home")],
)  # fmt: skip
def test_what_one_owner_has_at_such_a_place_is_kept(kind: str, value: str):
    assert published([indicator(kind, value)]).rows.num_rows == 1, value


def test_a_library_takes_no_bundled_report_out_of_the_count():
    """Operations that bear the names of bundled reports made techniques of these reports seem rare."""
    report = [indicator("technique", "T0049", operation=f"2020-0{n}-report") for n in range(1, 8)]
    own = [indicator("technique", "T0049", operation="night")]
    named = [indicator("technique", "T0002", operation=one.operation) for one in report]
    alone, beside = rarities(published(own), report), rarities(published([*own, *named]), report)
    of_night = published([*own, *named]).operations.index("night")
    assert beside[of_night, "T0049"] > 0.4
    assert alone[0, "T0049"] > 0.9
