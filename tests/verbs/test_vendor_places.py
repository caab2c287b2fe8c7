"""Places that a listening service claims for posts arrive as it counts them, and are told to be unverified claims."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from inconcert.case import create_case
from inconcert.verbs.ingest import ingest

NOW = datetime(2026, 11, 21, 20, 31, tzinfo=UTC)
COUNTS = {("A", "P", "Far Land"): 8, ("B", "P", "Far Land"): 8, ("C", "Q", "Far Land"): 7, ("", "", "Near Land"): 5}
EARLIER = [
    "Date",
    "Headline",
    "URL",
    "Opening Text",
    "Hit Sentence",
    "Source",
    "Influencer",
    "Country",
    "State",
    "City",
    "Twitter Screen Name",
]
LATER = [
    "Date",
    "URL",
    "Source Name",
    "Title",
    "Opening Text",
    "Hit Sentence",
    "Sentiment",
    "Reach",
    "Author Handle",
    "Country",
    "State",
    "City",
]


def export(path: Path, columns: list[str], encoding: str, delimiter: str) -> Path:
    places = [place for place, count in COUNTS.items() for _ in range(count)]
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=delimiter, extrasaction="ignore")
        writer.writeheader()
        for number, (city, state, country) in enumerate(places):
            handle = f"@user{number % 9}"
            writer.writerow(
                {
                    "Date": f"01-Nov-2022 05:{number:02}PM",
                    "URL": f"https://twitter.com/user{number % 9}/status/{1587000000000000000 + number}",
                    "Source": "Twitter",
                    "Source Name": "Twitter",
                    "Hit Sentence": f"a sentence of some length, number {number}",
                    "Influencer": handle,
                    "Author Handle": handle,
                    "Twitter Screen Name": handle,
                    "Country": country,
                    "State": state,
                    "City": city,
                }
            )
    return path


@pytest.mark.parametrize(("columns", "encoding", "delimiter"), [(EARLIER, "utf-16", "\t"), (LATER, "utf-8-sig", ",")])
def test_counts_of_places_reappear_as_claims_of_the_vendor(
    columns: list[str], encoding: str, delimiter: str, tmp_path: Path
) -> None:
    case = create_case(tmp_path / "case", now=NOW)
    (result,) = ingest(case, [export(tmp_path / "export.csv", columns, encoding, delimiter)], now=NOW)
    assert (result.importer, result.rows_kept) == ("meltwater", 28)
    (part,) = case.parts("posts", "case")
    posts = pq.read_table(part).to_pylist()
    assert Counter(post["place"] for post in posts) == {
        ", ".join(filter(None, place)): count for place, count in COUNTS.items()
    }
    assert {post["platform"] for post in posts} == {"twitter"}
    assert all(post["ip_region"] is None for post in posts)
    assert any("claims of the vendor, unverified" in note for note in result.notes)
