"""Published files of every format, read to the last row: each row is an indicator or set aside with its reason."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from inconcert.catalogue import published_file, record
from inconcert.catalogue import stix as stix_bundle
from inconcert.catalogue.published_file import records
from inconcert.catalogue.recognised import recognised
from inconcert.catalogue.record import Record, SetAside
from inconcert.errors import InputError

from .published import META, META_TYPED, misp, stix, written


def told(file: Path) -> list[tuple[int, str, str, str | None, str | None]]:
    """(row, kind, value, platform, operation) of the indicators of a file."""
    found = []
    for one in records(file, file.name):
        if isinstance(one, Record):
            its = recognised(one.value, one.type, one.platform, posted=one.posted)
            if not isinstance(its, str):
                found.append((one.row, its.kind, its.value, its.platform, one.operation))
    return found


def reasons(file: Path) -> list[str]:
    """Why the others are none."""
    every = [
        one if isinstance(one, SetAside) else recognised(one.value, one.type, one.platform, posted=one.posted)
        for one in records(file, file.name)
    ]
    return [one.reason if isinstance(one, SetAside) else one for one in every if isinstance(one, SetAside | str)]


@pytest.mark.parametrize("comment", ["Comments", "Note", "comment", "NOTES"])
@pytest.mark.parametrize("case", [str, str.upper, str.lower])
def test_meta_in_every_spelling_of_its_header(tmp_path: Path, comment: str, case: type[str]):
    head, _, body = META.format(comment=comment).partition("\n")
    file = written(tmp_path, "meta.csv", f"{case(head)}\n{body}")
    assert told(file) == [
        (2, "handle", "harbourfan", "twitter", None), (3, "host", "harbour-post.example.com", None, None),
        (4, "text", "The harbour was never meant for you and yours.", None, None),
    ]  # fmt: skip
    assert reasons(file) == ["says how many there are, not which", "names a step of the kill chain and no indicator"]
    assert [one.comment for one in records(file, "x") if isinstance(one, Record)][
        1
    ] == "0.9.4 Acquiring X / Twitter accounts; seen in May"


def test_meta_with_types(tmp_path: Path):
    assert told(written(tmp_path, "meta.csv", META_TYPED)) == [
        (1, "domain", "harbour-post.com", None, None), (2, "url", "https://harbour-post.com/a", None, None),
        (3, "handle", "harbour_post", "telegram", None),
    ]  # fmt: skip


def test_every_row_of_metas_files_is_told(shared_data: Path):
    """A row is an indicator or has a reason; the numbers are those of the files as published."""
    found = {}
    for file in sorted((shared_data / "meta_threat_research").glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = sum(1 for row in csv.reader(opened) if row) - 1
        assert len(told(file)) + len(reasons(file)) == rows
        found[file.name[:12]] = Counter(kind for _, kind, *_ in told(file))
    doppelganger = found["Q2_2023_Dopp"]
    assert (doppelganger.total(), doppelganger["domain"] + doppelganger["host"]) == (6494, 6164)
    spamouflage = found["Q2_2023_Spam"]
    assert spamouflage["text"] + spamouflage["hashtag"] == 273
    assert spamouflage["handle"] + spamouflage["account"] + spamouflage["url"] + spamouflage["host"] == 249
    china_russia = found["2022_09_remo"]
    assert (china_russia.total(), china_russia["domain"] + china_russia["host"]) == (350, 314)
    assert found["Online_Opera"].total() == 0


def test_accounts_counted_by_meta_are_sizes_and_no_indicators(shared_data: Path):
    file = next((shared_data / "meta_threat_research").glob("Q2_2023_Spamouflage*.csv"))
    assert reasons(file).count("says how many there are, not which") == 4


def test_stix(tmp_path: Path):
    file = written(tmp_path, "bundle.json", stix())
    assert told(file) == [
        (4, "domain", "harbour-post.com", None, "Harbour campaign"), (4, "url", "https://harbour-post.com/a", None, "Harbour campaign"),
        (5, "handle", "harbourfan", "twitter", "Long network"),
        (7, "handle", "harbour_post", "telegram", "Harbour campaign"), (7, "account", "777", "telegram", "Harbour campaign"),
        (7, "name", "Harbour Post", "telegram", "Harbour campaign"), (8, "ip", "1.2.3.4", None, "Harbour campaign"),
        (9, "email", "desk@harbour-post.com", None, None), (10, "technique", "T0049.002", None, "Harbour campaign"),
    ]  # fmt: skip
    why = Counter(reasons(file))
    assert why["a pattern without an equality of a kind that is read"] == 1
    assert why["an object of this id came before in the file"] == 1
    assert why["revoked by its publisher"] == 1
    assert why["a technique that no operation of the bundle uses"] == 1
    assert why["STIX object of type relationship"] == 5


@pytest.mark.parametrize(
    "around", [lambda event: event, lambda event: {"response": [event]}, lambda event: [event, event]]
)
def test_misp(tmp_path: Path, around):
    once = [
        ("domain", "harbour-post.com", None), ("ip", "1.2.3.4", None), ("account", "12345", "twitter"), ("handle", "harbour_post", "telegram"),
        ("account", "777", "telegram"), ("text", "The harbour is ours.", None), ("technique", "T0049.002", None),
    ]  # fmt: skip
    event = around(misp())
    file = written(tmp_path, "event.json", json.dumps(event))
    times = 2 if isinstance(event, list) else 1
    assert [its[1:4] for its in told(file)] == once * times
    assert {its[4] for its in told(file)} == {"Harbour campaign"}
    assert Counter(reasons(file))["deleted by its publisher"] == times


def test_plain_lists(tmp_path: Path):
    file = written(
        tmp_path,
        "list.txt",
        "# a remark\nharbour-post[.]com\n\nhxxps://t[.]me/harbour_post\n#HarbourForAll\n@HarbourFan\n",
    )
    assert told(file) == [
        (2, "domain", "harbour-post.com", None, None), (3, "handle", "harbour_post", "telegram", None), (4, "hashtag", "harbourforall", None, None),
        (5, "handle", "harbourfan", None, None),
    ]  # fmt: skip
    assert reasons(file) == ["a remark"]


@pytest.mark.parametrize(
    ("head", "line", "expected"),
    [("handle", "Harbour_Fan", ("handle", "harbour_fan")), ("User ID", "12345678", ("account", "12345678")), ("Hashtags", "harbour", ("hashtag", "harbour")),
     ("domain", "harbour-post.com", ("domain", "harbour-post.com")), ("sha256", "a" * 64, ("file_hash", "a" * 64))],
)  # fmt: skip
def test_the_first_line_of_a_list_may_say_what_the_others_are(
    tmp_path: Path, head: str, line: str, expected: tuple[str, str]
):
    assert next(its[1:3] for its in told(written(tmp_path, "list.csv", f"{head}\n{line}\n{line}2\n"))) == expected


def test_tables_by_the_names_of_their_columns(tmp_path: Path):
    file = written(
        tmp_path, "t.csv", "Screen Name,Platform,Operation,Comment\nHarbourFan,X,Harbour,first\nother one,X,Harbour,\n"
    )
    assert told(file) == [(1, "handle", "harbourfan", "twitter", "Harbour")]
    assert reasons(file) == ["no handle, though its source says so"]
    wide = written(tmp_path, "w.csv", "domain,email\nharbour-post.com,desk@harbour-post.com\n")
    assert [its[1] for its in told(wide)] == ["domain", "email"]
    descriptors = written(
        tmp_path,
        "d.json",
        json.dumps([{"raw_indicator": "harbour-post.com", "type": "DOMAIN"}, {"raw_indicator": "x", "type": "DOMAIN"}]),
    )
    assert [its[1:3] for its in told(descriptors)] == [("domain", "harbour-post.com")]


def test_packed_files_are_read(tmp_path: Path):
    assert len(told(written(tmp_path, "m.csv.gz", gzip.compress(META_TYPED.encode())))) == 3


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a,b\n1,2\n", "no column of indicators"),
        (b"\x89PNG\r\n", "PNG image"),
        (b"", "0 bytes|nothing"),
        (b"\0" * 100, "binary|white space|nothing"),
    ],
)
def test_files_of_something_else_are_refused_with_a_remedy(tmp_path: Path, content: bytes, says: str):
    with pytest.raises(InputError, match=says):
        records(written(tmp_path, "x.csv", content), "x.csv")


def test_more_records_than_anybody_publishes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(published_file, "RECORDS_AT_MOST", 3)
    assert record.RECORDS_AT_MOST >= 100_000
    with pytest.raises(InputError, match="more than 3 records"):
        records(written(tmp_path, "x.csv", "domain,note\n" + "a.com,\n" * 4), "x.csv")


@pytest.mark.parametrize("name", ["a.csv", "b.json"])
def test_more_characters_than_anybody_publishes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str):
    for module in (published_file, stix_bundle):
        monkeypatch.setattr(module, "CHARACTERS_AT_MOST", 50_000)
    objects = [{"type": "url", "id": f"url--{n}", "value": "a" * 19_000} for n in range(3)]
    content = (
        {"type": "bundle", "id": "bundle--1", "objects": objects}
        if name == "b.json"
        else "text,note\n" + ("a" * 19_000 + ",\n") * 3
    )
    with pytest.raises(InputError, match="million characters together"):
        records(written(tmp_path, name, content), name)


@pytest.mark.parametrize("filler", ["a", "a:b", "'\\", "x='"])
def test_a_pattern_that_nothing_ends_is_read_once(tmp_path: Path, filler: str):
    """Each of these took hours, since every character began a search through the rest of the pattern."""
    pattern = f"[domain-name:value = 'harbour-post.com'] {filler * 200_000}"
    bundle = {"type": "bundle", "id": "bundle--1", "objects": [{"type": "indicator", "id": "indicator--1", "pattern": pattern}]}  # fmt: skip
    assert [value for _, _, value, _, _ in told(written(tmp_path, "b.json", bundle))] == ["harbour-post.com"]


def test_a_value_that_nothing_ends_is_none(tmp_path: Path):
    bundle = {"type": "bundle", "id": "bundle--1", "objects": [{"type": "indicator", "id": "indicator--1", "pattern": "[domain-name:value = 'harbour-post.com"}]}  # fmt: skip
    assert reasons(written(tmp_path, "b.json", bundle)) == ["a pattern without an equality of a kind that is read"]


def test_a_report_that_ties_everything_to_an_operation_is_walked_once(tmp_path: Path):
    """Asked from every object, the ties of one report are walked as often as it has objects."""
    objects: list[dict[str, object]] = [{"type": "url", "id": f"url--{n}", "value": f"https://harbour-post.com/{n}"} for n in range(3_000)]  # fmt: skip
    refs = [one["id"] for one in objects]
    objects += [{"type": "report", "id": "report--1", "object_refs": [*refs, "campaign--1"]}]
    objects += [{"type": "campaign", "id": "campaign--1", "name": "Harbour"}]
    found = told(written(tmp_path, "b.json", {"type": "bundle", "id": "bundle--1", "objects": objects}))
    assert len(found) == 3_000
    assert {operation for *_, operation in found} == {"Harbour"}
