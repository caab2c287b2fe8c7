"""Hostile, huge and odd tables of copies: the page stays safe, small and truthful."""

from __future__ import annotations

import hashlib
import json
import math
from pathlib import Path

import made_up_case
import made_up_copies
import numpy as np
import pytest
from made_up_case import Tables
from made_up_copies import PLATFORMS
from parsed_page import parse
from test_report_extremes import HOSTILE

from inconcert.report import contact_sheet, thumbnails
from inconcert.verbs.report import report


def page_of(folder: Path, tables: Tables) -> str:
    return report(made_up_case.write(folder, tables)).read_text(encoding="utf-8")


def hostile_copies() -> Tables:
    """Every text of copies, substitutions, clues and leads is bait."""
    tables = made_up_copies.nothing_found()
    assert tables.copies is not None
    assert tables.describe is not None
    members = [m["account_id"] for m in tables.members if m["group_id"] == "G1"]
    bait = [text + " padded to be long enough to compare" for text in HOSTILE]
    clusters = [
        made_up_copies.cluster(tables, (bait[i], bait[(i + 1) % len(bait)]), members, language=HOSTILE[0], platforms=2)
        for i in range(len(bait))
    ]
    common = made_up_copies.cluster(tables, (bait[3],), members, ordinary=HOSTILE[3])
    for row in [*tables.posts, *tables.actions, *tables.copies["near_actions"]]:
        if row["platform"] == PLATFORMS[1]:
            row["platform"] = "<i>birds</i>\u202e"
    for row in tables.copies["copy_clusters"]:
        row["platforms"] = "<i>birds</i>\u202e,exampletown"
    for i, row in enumerate(tables.copies["rewrites"]):
        row |= {"substitutions": json.dumps([[HOSTILE[i % 9], HOSTILE[(i + 1) % 9]]]), "entity_swap": True}
        made_up_copies.template(
            tables, HOSTILE[i % 9], HOSTILE[(i + 1) % 9], [clusters[i % len(clusters)]], q_value=1e-9
        )
        tables.copies["templates"][-1]["post_ids"] = json.dumps([row["post_id"], 7, None])
    image = made_up_copies.encoded(made_up_copies.picture(5))
    made_up_copies.picture_cluster(tables, [(image, HOSTILE[0], -3)], members[:5], ordinary=None, kind=HOSTILE[3])
    made_up_copies.picture_cluster(tables, [(image + b"x", "part", 4)], members[:5], ordinary=HOSTILE[4])
    sha256 = hashlib.sha256(image).hexdigest()
    places = [(0.9, 0.9, 0.1, 0.1), (math.nan, 0.0, 2.0, -4.0), (0.0, 0.0, 0.0, 0.0), (1.0, 1.0, 1.0, 1.0)]
    for place, text in zip(places, HOSTILE, strict=False):
        made_up_copies.clue(tables, sha256, place, text, "<b>clock</b>")
    tables.picture_texts[0]["frame"] = 99
    tables.describe["group_languages"] = [
        {"group_id": "G1", "language": HOSTILE[0], "posts": 3, "accounts": 2, "share": 1.0, "share_others": 0.0}
    ]
    tables.describe["cross_language"] = [
        {
            "group_id": "G1",
            "kind": HOSTILE[0] if i == 5 else "url",
            "object_id": HOSTILE[i],
            "languages": f"en,{HOSTILE[0]}",
            "accounts": 3,
            "posts": 4,
            "accounts_others": 0,
            "least_gap_us": None,
            "post_ids": json.dumps({HOSTILE[0]: ["p00001", "nowhere"]}),
        }
        for i in range(9)
    ]
    assert common
    return tables


def test_hostile_copies_cannot_act_hide_or_flood(folder: Path) -> None:
    index = report(made_up_case.write(folder, hostile_copies()))
    for file in (index, index.parent / "accounts.html"):
        html = file.read_text(encoding="utf-8")
        page = parse(html)
        assert page.unbalanced == []
        assert sum(element.tag == "script" for element in page.elements) <= 2
        assert not [element for element in page.elements if element.tag in ("i", "iframe", "form", "object", "embed")]
        assert not [a for element in page.elements for a in element.attributes if a.startswith("on")]
        assert all((element.attributes["src"] or "").startswith("data:image/jpeg;") for element in page.having("src"))
        assert sum(element.tag == "h1" for element in page.elements) == 1
        assert not set(html) & set("\u202e\u202c\u200b\x00\x07")
        assert "http://evil" not in html
        assert len(html) < 900_000
    html = index.read_text(encoding="utf-8")
    ids = [element.attributes["id"] for element in parse(html).having("id")]
    assert len(ids) == len(set(ids))
    assert "⟨U+202E⟩" in html
    assert "496 more marks" in html


def many(n: int) -> Tables:
    """A case whose copies run found n clusters of texts, substitutions, picture clusters, switches and leads."""
    tables = made_up_copies.with_copies()
    assert tables.copies is not None
    assert tables.describe is not None
    copies, describe = tables.copies, tables.describe
    first = copies["copy_clusters"][0] | {"texts": 4_000}
    own = next(row for row in copies["copies"] if row["cluster_id"] == "T1")
    template, swapped = copies["templates"][0], next(row for row in copies["rewrites"] if row["entity_swap"])
    sheet, file = copies["picture_clusters"][0], copies["picture_copies"][0]
    for i in range(n):
        id = f"T{i + 100}"
        reason = "headline" if i % 2 else None
        copies["copy_clusters"].append(first | {"cluster_id": id, "ordinary": reason, "accounts": 1_000 + i})
        copies["copies"].append(own | {"cluster_id": id})
        copies["rewrites"].append(swapped | {"cluster_id": id})
        copies["templates"].append(template | {"template_id": f"S{i + 100}", "cluster_ids": json.dumps([id])})
        copies["picture_clusters"].append(
            sheet | {"cluster_id": f"P{i + 100}", "ordinary": "plain picture" if i % 2 else None}
        )
        copies["picture_copies"].append(file | {"cluster_id": f"P{i + 100}"})
        describe["language_switches"].append(describe["language_switches"][0] | {"at_us": i})
        describe["cross_language"].append(describe["cross_language"][0] | {"object_id": f"https://a.example/{i}"})
        describe["group_languages"].append(describe["group_languages"][0] | {"language": f"x{i}", "posts": 1})
    for i in range(4_000):
        copies["copies"].append(own | {"text_hash": f"{i:032x}", "posts": 1})
    return tables


def test_ten_thousand_clusters_make_a_bounded_page_that_counts_them_all(folder: Path) -> None:
    html = page_of(folder, many(10_000))
    page = parse(html)
    assert page.unbalanced == []
    assert len(html.encode()) < 1_000_000
    said = " ".join((page.said + page.quotes).split())
    assert "10,004 texts were posted by several accounts" in said
    assert "The 12 largest of 5,001" in said
    assert "The 12 most significant of 10,002" in said
    assert "10,003 pictures or videos were posted by several accounts" in said
    assert "4 of 10,003 leads are printed." in said
    assert "9,997 further languages" in said
    assert html.count('class="copy"') == 8 + 6


def test_pictures_beyond_the_room_of_the_page_are_left_out_and_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contact_sheet, "SHEETS_BYTES", 7_000)
    tables = made_up_copies.with_copies()
    html = page_of(folder, tables)
    assert parse(html).unbalanced == []
    assert thumbnails.NO_ROOM in html
    drawn = html.split('<section id="pictures">')[1].split("</section>")[0].count("<img")
    assert 1 <= drawn < 5


def test_groups_give_way_to_the_sections_so_that_the_page_keeps_its_bound(folder: Path) -> None:
    tables = made_up_copies.with_copies()
    rng = np.random.default_rng(4)
    for n in range(11, 72):
        text = (f"{n} " + "long text " * 70,)
        made_up_case.circle(rng, tables, f"G{n}", 60, 25, texts=text, hour=n % 24, prefix=f"ring{n}x")
        made_up_case.group(f"G{n}", "L2", tables, q_value=n * 1e-6)
    made_up_case.finish(tables, copies=0)
    describe_all(tables)
    html = page_of(folder, tables)
    assert 1_000_000 < len(html.encode()) < 5_000_000
    page = parse(html)
    ids = {element.attributes["id"] for element in page.having("id")}
    assert {element.attributes["href"] for element in page.having("href")} <= {f"#{id}" for id in ids}
    assert html.count('class="mix"') == 12
    assert "The 12 strongest groups are here" in html
    assert "The 40 strongest groups are here" in html
    assert "of <b>G71</b>" in html


def describe_all(tables: Tables) -> None:
    """Give every group languages and profile pictures, and have a member of each carry the first text."""
    assert tables.copies is not None
    assert tables.describe is not None
    language, avatars = tables.describe["group_languages"][0], tables.describe["group_avatars"][0]
    text = next(row for row in tables.actions if row["object_id"] == tables.copies["copy_clusters"][2]["text_hash"])
    for group in tables.groups:
        id = group["group_id"]
        tables.describe["group_languages"].append(language | {"group_id": id, "language": "de"})
        tables.describe["group_avatars"].append(avatars | {"group_id": id})
    last = [row["account_id"] for row in tables.members if row["group_id"] == "G71"]
    tables.actions += [text | {"account_id": account} for account in last]


def test_copies_without_times_posts_or_files_still_make_a_page(folder: Path) -> None:
    tables = made_up_copies.with_copies()
    assert tables.copies is not None
    lost = {p["post_id"] for p in tables.posts[::2]}
    tables.posts = [p for p in tables.posts if p["post_id"] not in lost]
    for row in tables.posts:
        row["created_at"] = row["created_precision"] = None
    for row in [*tables.actions, *tables.media, *tables.copies["near_actions"]]:
        row["time_us"] = None
    for row in [*tables.copies["copy_clusters"], *tables.copies["picture_clusters"]]:
        row["first_us"] = row["last_us"] = None
    for row in tables.witnesses:
        row["gap_us"] = row["chance"] = None
    tables.reference.clear()
    tables.account_tests.clear()
    tables.files.clear()
    html = page_of(folder, tables)
    page = parse(html)
    assert page.unbalanced == []
    assert 'class="spread"' not in html
    assert thumbnails.NO_FILE in page.said
    assert "None" not in page.said.replace("None of the", "")
