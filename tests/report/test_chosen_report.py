"""What was chosen for a report: it shows less and says so, hides no finding, and no words beside it claim more than the level carries."""

from __future__ import annotations

import html
import re
from pathlib import Path

import made_up_case
import made_up_copies
import pytest

from inconcert.case import Case
from inconcert.errors import InputError, UnknownName
from inconcert.judgement.forms import form_faults
from inconcert.report.claims import REMOVED
from inconcert.verbs.choose import choose
from inconcert.verbs.judgements import retract
from inconcert.verbs.notes import add_note
from inconcert.verbs.report import report


@pytest.fixture
def case(folder: Path) -> Case:
    return made_up_case.write(folder, made_up_case.with_groups())


def page(case: Case) -> str:
    return report(case).read_text(encoding="utf-8")


def words(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def links(text: str) -> list[str]:
    """Targets within the page that are not there."""
    return [target for target in re.findall(r'href="#([^"]+)"', text) if f'id="{target}"' not in text]


def test_a_group_that_is_left_out_stays_in_the_table_and_who_chose_is_said(case: Case):
    before = page(case)
    choose(case, by="Ann Lee", leave_out=["G1"])
    text = page(case)
    assert '<article class="group" id="G1"' in before
    assert 'id="G1"' not in text
    overview = words(
        text[text.index('<table class="overview">') : text.index("</table>", text.index('<table class="overview">'))]
    )
    assert "G1 L2" in overview
    assert "Chosen by Ann Lee, 2024-06-01 (R1): 1 group of the table is not described below (G1)." in words(text)
    assert words(before[before.index('class="lead"') :])[:300] == words(text[text.index('class="lead"') :])[:300]
    assert links(text) == []


def test_all_groups_may_be_left_out(case: Case):
    every = re.findall(r'<article class="group" id="(G\d+)"', page(case))
    choose(case, by="Ann", leave_out=every)
    text = page(case)
    assert 'id="groups"' not in text
    assert links(text) == []


def test_sections_and_pictures_are_left_out_without_dead_links(folder: Path):
    case = made_up_case.write(folder, made_up_copies.with_copies())
    before = page(case)
    choose(
        case,
        by="Ann",
        leave_out=["copies", "pictures", "languages"],
        without=["G1:network", "G1:heat", "G1:timeline", "volume:timeline"],
    )
    text = page(case)
    for id in ("copies", "pictures", "languages"):
        assert f'<section id="{id}"' in before
        assert f'<section id="{id}"' not in text
    assert "Network picture of G1" in before
    assert "Network picture of G1" not in text
    assert "No post of these accounts has a time" not in text
    assert "No post of this case has a time" not in text
    assert "Left out: Same words, Same pictures and Languages. Pictures left out: 4." in words(text)
    assert links(text) == []


def test_words_stand_beside_what_they_are_about_under_a_name_and_are_held_to_the_level(case: Case):
    choose(case, by="Ann Lee", texts={
        "found": "# Why now\n\nTwo weeks *before* the vote, see [a law](https://law.example/x).",
        "G1": "They post at night. They are in**authent**ic trolls.",
        "outside": "![p](https://evil.example/p.png) <b>x</b> @harbourwatch230",
        "volume": "- one\n- two",
    })  # fmt: skip
    text = page(case)
    assert "<strong>Why now</strong>" in text
    assert "Two weeks <em>before</em> the vote, see a law (<code>hxxps://law[.]example/x</code>)" in text
    group = words(text[text.index('id="G1"') :])
    assert f"They post at night. {REMOVED} Ann Lee, 2024-06-01 (R1)" in group
    assert "<img src=" not in text.replace('<img src="data:', "")
    assert "&lt;b&gt;x&lt;/b&gt;" in text
    assert "harbourwatch230" not in text
    assert "<li>one</li>" in text[text.index('<section id="volume">') :]


def test_the_newest_choice_holds_and_taking_it_back_restores_the_one_before(case: Case):
    before = page(case)
    add_note(case, "The railing is missing.", by="Ann")
    assert page(case) == before
    choose(case, by="Ann", leave_out=["G2"], zone="Asia/Tokyo", notes=True)
    first = page(case)
    assert "The railing is missing." in first
    choose(case, by="Ben", texts={"G2": "Seen by hand."})
    assert "Seen by hand." in page(case)
    retract(case, "R2", by="Ben", because="x")
    assert page(case) == first
    assert report(case, whole=True).read_text("utf-8") == before
    retract(case, "R1", by="Ben", because="x")
    assert page(case) == before
    assert list(form_faults(case.statements())) == []


def test_a_preview_is_the_same_bytes_and_enters_nothing_in_the_case(case: Case, tmp_path: Path):
    choose(case, by="Ann", leave_out=["G2"])
    said = case.ledger.read_bytes()
    shown = report(case, to=tmp_path / "preview")
    assert case.ledger.read_bytes() == said
    written = report(case)
    assert [(written.parent / name).read_bytes() for name in ("index.html", "accounts.html")] == [
        (shown.parent / name).read_bytes() for name in ("index.html", "accounts.html")
    ]


def test_what_is_not_there_cannot_be_chosen(case: Case):
    for wrong in ({"leave_out": ["G99"]}, {"leave_out": ["claims"]}, {"leave_out": ["found"]}, {"without": ["G1:face"]}, {"texts": {"limits": "x"}}, {"zone": "Mars/Base"}):  # fmt: skip
        with pytest.raises(UnknownName):
            choose(case, by="Ann", **wrong)  # type: ignore[arg-type]
    with pytest.raises(InputError):
        choose(case, by="", leave_out=["G1"])
    with pytest.raises(InputError):
        choose(case, by="Ann", texts={"G1": " "})
