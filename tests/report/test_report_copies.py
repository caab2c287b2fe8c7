"""The sections on copies, rewritten copies, pictures and languages: what they say, show and leave out."""

from __future__ import annotations

import base64
import io
import itertools
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import made_up_case
import made_up_copies
import pytest
from parsed_page import parse
from PIL import Image

from inconcert.case import Case
from inconcert.errors import MissingExtra
from inconcert.report import thumbnails
from inconcert.verbs.report import report

SECTIONS = ("copies", "rewritten", "pictures", "clues", "languages", "avatars")


def page_of(folder: Path, tables: made_up_case.Tables) -> str:
    return report(made_up_case.write(folder, tables)).read_text(encoding="utf-8")


def section(html: str, id: str) -> str:
    found = re.search(rf'<section id="{id}">.*?</section>', html, re.DOTALL)
    assert found is not None
    return found[0]


def words_of(html: str) -> str:
    """What stands between the tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def pictures_of(html: str) -> list[bytes]:
    """The bytes of every picture in a page."""
    return [base64.b64decode(data) for data in re.findall(r'src="data:image/jpeg;base64,([^"]*)"', html)]


def test_the_page_stays_well_formed_quiet_and_within_its_policy(copies_page: str) -> None:
    page = parse(copies_page)
    assert page.unbalanced == []
    ids = [element.attributes["id"] for element in page.having("id")]
    assert len(ids) == len(set(ids))
    links = [element.attributes["href"] for element in page.having("href")]
    assert all(link is not None and link[:1] == "#" and link[1:] in ids for link in links)
    assert all(
        (element.attributes["src"] or "").startswith("data:image/jpeg;base64,") for element in page.having("src")
    )
    assert all(element.attributes["alt"] for element in page.elements if element.tag == "img")
    assert not page.having("style")
    assert "img-src data:" in copies_page
    assert not re.search(r"https?://(?!www\.w3\.org/)|@import|url\((?!#)", copies_page)
    levels = [int(element.tag[1]) for element in page.elements if re.fullmatch(r"h[1-6]", element.tag)]
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))
    assert [id for id in ids if id in SECTIONS] == list(SECTIONS)
    assert all(f'<li><a href="#{id}">' in copies_page for id in SECTIONS)


def test_a_cluster_says_how_far_it_spread_and_who_carried_it(copies_page: str) -> None:
    said = words_of(section(copies_page, "copies"))
    assert "4 texts were posted by several accounts, 2 of them in more than one wording." in said
    assert "T1 54 accounts, 54 posts 5 wordings · birdsite, exampletown, photo wall and video hall" in said
    assert "carried by all 34 accounts of G1" in said
    assert "the commonest wording, 39 posts by 39 accounts" in said
    assert "First 2024-03-09 09:00, last 2024-03-09 13:21 UTC; half of 54 accounts had posted it after" in said
    assert "Chinese, simplified" in said
    for shape in range(4):
        assert f'class="mark p{shape}"' in section(copies_page, "copies")


def test_ordinary_texts_are_apart_with_the_reason(copies_page: str) -> None:
    said = words_of(section(copies_page, "copies"))
    before, after = said.split("Texts that strangers repeat")
    assert "I signed the petition" not in before
    assert (
        "Share button : it is what a share button or an app writes for its users (3 accounts of the control)" in after
    )


def test_differences_between_wordings_are_marked_in_place(copies_page: str) -> None:
    html = " ".join(section(copies_page, "copies").split())
    assert "Officials in <del>Beijing</del> <ins>Washington</ins> confirmed on Monday" in html
    assert "confirmed <del>on Monday</del> that" in html
    assert "<del>4,000</del> <ins>9,000</ins> people" in html
    assert "大力支持" in html
    assert "<del>北京</del><ins>東京</ins>方面" in html


def test_templates_are_listed_by_their_significance_with_an_example(copies_page: str) -> None:
    html = " ".join(section(copies_page, "rewritten").split())
    said = words_of(section(copies_page, "rewritten"))
    assert "3 substitutions were met more than once; 2 of them recur" in said
    assert '<td class="change"><del>Beijing</del> → <ins>Washington</ins></td>' in html
    assert "Officials in <del>Beijing</del> confirmed" in html
    assert "Officials in <ins>Washington</ins> confirmed" in html
    assert "2 × 10⁻⁶" in said
    assert 'id="S3"' not in html
    assert "In 2 texts a wording is mostly unchanged, but a name or a number stands in the place of another." in said


def test_every_number_on_the_page_leads_to_a_record(copies_case: Case, copies_page: str) -> None:
    working = (copies_case.path / "report" / "accounts.html").read_text(encoding="utf-8")
    clues = {"C1", "C2"}
    leads = {"X1", "X2", "X3", "R1", "R2"}
    numbers = set(re.findall(r'<b class="number">([^<]+)</b>', copies_page)) - clues - leads
    numbers |= set(re.findall(r'<tr id="(W\d+)">', copies_page))
    assert {
        "T1.1",
        "T1.5",
        "T4.1",
        "S1.1 before",
        "S1.1 after",
        "R2 after",
        "P1.3",
        "C1.2",
        "X1.en.1",
        "W1",
    } <= numbers | {"T4.1"}
    for number in sorted(numbers):
        assert f'<th scope="row">{number}</th>' in working
    assert '<th scope="row">T1, account 20</th>' in working
    assert parse(working).unbalanced == []


def test_no_account_is_named_in_words_or_pictures(copies_case: Case, copies_page: str) -> None:
    page = parse(copies_page)
    printed = page.said + page.quotes + page.claims + json.dumps([element.attributes for element in page.elements])
    assert not re.search(r"harbourwatch\d|harbourwatch_|lumenfan|neighbour_|u1\d{4}|paper200", printed)
    assert "which an account goes by too and is not printed here" in " ".join(page.said.split())
    working = (copies_case.path / "report" / "accounts.html").read_text(encoding="utf-8")
    assert "harbourwatch_handle_3" in working
    # profile pictures and legible cuttings are in the working file alone
    assert len(pictures_of(copies_page)) == 5 + 2
    assert len(pictures_of(working)) == 2 + 2
    assert max(max(Image.open(io.BytesIO(data)).size) for data in pictures_of(copies_page)) == thumbnails.BOXED_SIDE


def test_candidates_that_did_not_pass_have_no_languages(copies_page: str) -> None:
    html = section(copies_page, "languages")
    assert "G3" not in html
    assert html.count('class="mix"') == 2
    assert "Changes, clearest first" in html
    assert len(re.findall(r'<tr id="W\d+">', html)) == 1


def test_pictures_are_drawn_anew_without_the_notes_of_their_files(copies_page: str) -> None:
    for data in pictures_of(copies_page):
        image = Image.open(io.BytesIO(data))
        assert image.format == "JPEG"
        assert not image.getexif()
        assert "comment" not in image.info
        assert b"SECRET" not in data


def test_a_contact_sheet_says_how_each_file_was_joined(copies_page: str) -> None:
    said = words_of(section(copies_page, "pictures"))
    assert "P1 18 accounts, 18 posts 4 files" in said
    assert "carried by 14 of the 34 accounts of G1" in said
    assert "near-identical 6 of 256 bits differ 5 posts by 5 accounts P1.2" in said
    assert "shares a part 88 of 256 bits differ" in said
    assert "Plain picture : it shows too little" in said


def test_clues_are_hints_with_their_uncertainty(copies_page: str) -> None:
    said = words_of(section(copies_page, "clues"))
    assert "machines misread" in said
    assert "C2 Possibly: window title, read as Harbour plan, week 12 - TextPad" in said
    assert "83% sure of the letters" in said
    assert "Nothing to see" not in said


def test_languages_stand_beside_others_and_leads_are_no_copies(copies_page: str) -> None:
    said = words_of(section(copies_page, "languages"))
    assert "Chinese, simplified 40% / 1% 160 posts, 22 accounts" in said
    assert "Persian 8% 32 posts, 4 accounts" in said
    assert "40 posts of unknown language." in said
    assert "W1 G1-08 Spanish: 97% of 40 posts Chinese, simplified: 90% of 22 posts" in said
    assert "That is a lead to follow, and not a copy" in said
    assert (
        "9 members posted the same link, hxxps://harbour-facts[.]example/truth?id=7 , in English and Chinese"
        in said.replace("id=7,", "id=7 ,")
    )


def test_faces_are_a_lead_of_the_group_with_the_rate_of_error_of_the_control(copies_page: str) -> None:
    said = words_of(section(copies_page, "avatars"))
    assert "9 leads among 12 faces (75%) 3 leads among 240 faces of the control crowd" in said
    assert "1% of ordinary faces, between less than 1% and 4% with 95% confidence" in said
    assert "too few" in said
    assert "a lead and never more" in said


def test_a_near_identical_text_as_evidence_has_its_words_and_its_place(copies_page: str) -> None:
    said = " ".join(parse(copies_page).said.split())
    assert "accounts posted a near-identical text: T1: Officials in Beijing confirmed on Monday" in said
    assert re.search(r'</bdi> \(<a href="#T1">its spread</a>\)', copies_page)


def test_words_say_no_more_than_the_evidence(copies_page: str) -> None:
    said = " ".join(parse(section(copies_page, id)).said.lower() for id in SECTIONS)
    assert not re.search(r"\b(fake|bots?|trolls?|operators?|campaign|inauthentic|coordinat\w*|attribut\w*)\b", said)


def test_cases_from_before_have_no_sections_and_limits_say_what_is_needed(groups_page: str) -> None:
    assert not [id for id in SECTIONS if f'id="{id}"' in groups_page]
    said = words_of(groups_page)
    assert "Near-identical texts and pictures were not looked for in the run reported here" in said
    assert "inconcert describe adds them." in said
    assert "hold none: shared posts, replies to a post, mentions of an account" in said
    assert "pictures and videos, near-identical" not in said


def test_empty_tables_give_one_line(folder: Path) -> None:
    html = page_of(folder, made_up_copies.nothing_found())
    assert parse(html).unbalanced == []
    assert "No text of this case was posted by more than one account" in words_of(section(html, "copies"))
    assert not [id for id in ("rewritten", "pictures", "clues", "avatars") if f'id="{id}"' in html]
    said = words_of(html)
    assert "The groups have no posts of their own whose language could be told." in said
    assert "No text was found in several wordings that could be compared." in said
    assert "The case holds no files of pictures or videos" in said


def test_descriptions_of_earlier_groups_are_left_out(folder: Path) -> None:
    case = made_up_case.write(folder, made_up_copies.with_copies())
    cluster = case.run("cluster")
    assert cluster is not None
    case.record_run(
        "cluster",
        parameters={**cluster.info["parameters"], "seed": 8},
        inputs=cluster.info["inputs"],
        versions=cluster.info["versions"],
        seed=8,
        engine="kernels",
        tables={name: cluster.table(name) for name in cluster.tables},
        counts={},
        duration_s=1.0,
    )
    html = report(case).read_text(encoding="utf-8")
    assert 'id="languages"' not in html
    assert 'id="copies"' in html
    assert "were described for groups of an earlier run" in words_of(html)


def test_copies_found_after_the_comparison_are_shown_but_not_said_to_be_compared(folder: Path) -> None:
    tables = made_up_copies.with_copies()
    copies, tables.copies = tables.copies, None
    case = made_up_case.write(folder, tables)
    made_up_case.optional_run(case, "copies", ["0123456789abcdef"], copies)
    html = report(case).read_text(encoding="utf-8")
    assert "Near-identical texts and pictures were not looked for in the run reported here" in words_of(html)
    assert "T1 54 accounts, 54 posts" in words_of(section(html, "copies"))


def test_without_the_part_that_opens_pictures_it_says_how_to_get_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(data: bytes) -> Any:
        raise MissingExtra("Reading pictures", "media")

    monkeypatch.setattr(thumbnails, "open_picture", missing)
    html = page_of(folder, made_up_copies.with_copies())
    assert parse(html).unbalanced == []
    assert "<img" not in html
    for id in ("pictures", "clues"):
        assert "pip install 'inconcert[media]'" in words_of(section(html, id))
    assert "near-identical 6 of 256 bits differ" in words_of(section(html, "pictures"))


def test_files_that_are_gone_or_damaged_leave_a_word_in_their_place(folder: Path) -> None:
    tables = made_up_copies.with_copies()
    tables.files[1] = tables.files[1][: len(tables.files[1]) // 3]
    broken = b"\x89PNG\r\n\x1a\n" + b"\0" * 200
    crowd = [f"u{10_000 + i}" for i in range(30)]
    made_up_copies.picture_cluster(tables, [(broken, "same bytes", 0), (b"<svg onload=x>", "part", 9)], crowd)
    html = page_of(folder, tables)
    assert parse(html).unbalanced == []
    said = words_of(section(html, "pictures"))
    assert thumbnails.NO_FILE in said  # the truncated file has another hash than the table says
    assert thumbnails.NO_PICTURE in said
    assert "<svg onload" not in html


def test_writing_twice_gives_the_same_page(copies_case: Case, copies_page: str) -> None:
    told: list[str] = []
    report(copies_case, progress=lambda stage, done, total=None: told.append(stage))
    assert told[-1] == "the report is up to date"
