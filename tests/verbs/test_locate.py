"""`locate`: below L3 nothing, regions with counts and no person, conflicts in sight, entries of people, and a run that is computed again alike."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.case import Case, open_case
from inconcert.cli.command import inconcert
from inconcert.cli.outcome import Outcome
from inconcert.cli.place_lines import located_lines
from inconcert.cli.terminal import plain
from inconcert.errors import InputError, UnknownName
from inconcert.judgement.forms import form_faults
from inconcert.judgement.located import LOCATED
from inconcert.place.counted import FEWER, FEWEST, counted
from inconcert.place.kinds import STAGED
from inconcert.place.regions import regions
from inconcert.progress import silent
from inconcert.report.place_map import NOWHERE, place_map
from inconcert.verbs.attribute import assessment
from inconcert.verbs.draw_place import draw_place
from inconcert.verbs.judge import judge
from inconcert.verbs.judgements import retract
from inconcert.verbs.locate import Located, locate, located
from inconcert.verbs.place_entries import Clue, Photo, Review, enter_place
from inconcert.verbs.recompute import AGAIN, recompute_run
from inconcert.verbs.results import result
from inconcert.verbs.verify import verify

from .conftest import NOW
from .located_case import BELOW, GROUP, HOSTILE, MEMBERS, OTHERS, accounts, made_located, measured, posts

CLUE = Clue(
    text="A panel of trends for Hong Kong stands beside the picture", region="Hong Kong", kind="screen", source="screenshot in post p-a3-0",
    grade="B2", otherwise="An exit of a VPN in Hong Kong shows the same panel",
)  # fmt: skip


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return made_located(tmp_path / "case")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Located:
    case = made_located(tmp_path_factory.mktemp("located") / "case")
    locate(case, GROUP)
    return located(case, GROUP)


def run(*words: object) -> Result:
    return CliRunner().invoke(inconcert, [str(word) for word in words], obj=Outcome(), catch_exceptions=True)


def photo(tmp_path: Path, **given: object) -> Photo:
    for name in ("avatar.png", "street.png"):
        (tmp_path / name).write_bytes(name.encode())
    fields: dict[str, object] = {
        "text": "A police station", "region": "盐城", "picture": tmp_path / "avatar.png", "view": tmp_path / "street.png",
        "features": ("gable with three windows", "lamp left of the gate"), "source": "map service", "grade": "B2", "otherwise": "a borrowed picture",
    }  # fmt: skip
    return Photo(**{**fields, **given})  # type: ignore[arg-type]


def named(its: Located, key: str):
    return next(item for item in its.items if item.key == key)


def again(case: Case) -> Located:
    locate(case, GROUP)
    return located(case, GROUP)


def test_the_group_is_located_in_a_sentence_of_one_yardstick(found: Located):
    assert found.statement == "The people who run G1 sit in China: between likely and almost certain (70% to 99%)."
    assert (found.leading.code, found.yardstick, found.stands) == ("CN", "PHIA probability yardstick", True)


def test_below_l3_nothing_is_located_and_what_lacks_is_said(case: Case):
    for refused in (
        lambda: locate(case, BELOW),
        lambda: located(case, BELOW),
        lambda: enter_place(case, BELOW, CLUE, by="Ann Lee"),
    ):
        with pytest.raises(
            InputError, match=r"G2 stands at level L2, and nothing is located below L3.*needs 2 of 4 independent kinds"
        ):
            refused()
    assert not [said for said in case.statements() if said.says == LOCATED]
    with pytest.raises(UnknownName):
        locate(case, "G9")


def test_a_group_that_falls_below_l3_is_located_no_longer(case: Case):
    locate(case, GROUP)
    measured(case, "L2", version="2")
    with pytest.raises(InputError, match="nothing is located below L3"):
        located(case, GROUP)
    with pytest.raises(InputError, match="no places yet"):
        result(case, "places")
    assert assessment(case, GROUP).answers[2].names == ""


def test_a_group_set_aside_is_located_no_longer(case: Case):
    judge(case, [GROUP], "set-aside", "a crowd after all", by="Ann Lee")
    with pytest.raises(InputError, match="was set aside"):
        locate(case, GROUP)


def test_yancheng_jiangsu_and_hong_kong_coexist_with_reasons(found: Located):
    """M31: signs of three places stay beside one another, each with its strength, and with what would make them true at once."""
    labels, check_in, hong_kong = (
        named(found, key) for key in ("region-label/CN-JS", "check-in/CN-JS", "region-label/HK")
    )
    assert labels.weight.point > hong_kong.weight.point > 0
    assert check_in.says == "Fewer than 5 accounts give Jiangsu (China) as the place of posts."
    assert (labels.counts, hong_kong.counts) == ("leads its family", "contradicts what leads it")
    against = {other: reasons for other, _, reasons in hong_kong.conflicts}
    assert set(against) >= {"region-label/CN-JS", "check-in/CN-JS"}
    assert {"work at several places", "an exit of a VPN or proxy", STAGED} <= set(against["region-label/CN-JS"])


def test_the_ledger_of_accounts_has_places_strength_and_conflict(case: Case):
    """M31, account by account, in the working file alone."""
    locate(case, GROUP)
    rows = {(row["account_id"], row["kind"], row["region"]): row for row in result(case, "place_accounts").to_pylist()}
    assert rows["a0", "region-label", "CN-JS"]["strength"] == 1.0
    assert rows["a0", "check-in", "CN-JS"]["post_id"] == "p-a0-0"
    both = rows["a11", "region-label", "CN-JS"], rows["a11", "region-label", "HK"]
    assert [(row["strength"], json.loads(row["conflicts"])) for row in both] == [(0.5, ["HK"]), (0.5, ["CN-JS"])]
    assert json.loads(rows["a0", "profile-place", "FR"]["conflicts"]) == ["CN-JS"]
    assert not [key for key in rows if key[0] in OTHERS]


def test_every_item_has_both_other_readings_and_elsewhere_always_holds_mass(found: Located):
    for item in found.items:
        innocent, staged = item.readings
        assert innocent.says
        assert staged.says == STAGED
        assert 0 < innocent.chance.high < 1
    assert "VPN" in named(found, "region-label/CN-JS").readings[0].says
    assert found.anywhere.chance.low > 0
    assert found.staged.chance.low > 0


def test_nothing_shown_tells_of_a_single_person(found: Located, case: Case):
    locate(case, GROUP)
    texts = [
        json.dumps(plain(found)),
        found.map.svg,
        found.chart.svg,
        run("locate", case.path, GROUP).output,
        run("locate", case.path, GROUP, "--json").output,
    ]
    for text in texts:
        assert not [
            one for one in (*MEMBERS, *OTHERS) if f'"{one}"' in text or f"p-{one}-" in text or f" {one} " in text
        ]
        assert "script" not in text
        assert "\u202e" not in text
    told = {one.code: one.accounts for one in found.counts}
    assert told == {"CN": "9", "CN-JS": "9", "HK": FEWER}
    few = [item for item in found.items if item.accounts == FEWER]
    assert {item.sources for item in few} == {("the table place_accounts of the run",)}


def test_few_accounts_are_never_counted_out():
    assert [counted(n) for n in (0, 1, 4, 5, 1200)] == ["none", FEWER, FEWER, "5", "1,200"]
    assert FEWEST == 5


def test_a_map_without_regions_says_so():
    assert place_map("G1", {}).notes[0] == NOWHERE
    assert NOWHERE not in place_map("G1", {"HK": FEWER}).notes


def test_a_sign_that_weighs_nothing_for_a_region_is_not_said_to_favour_it(found: Located):
    one = found.items[0]
    flat = replace(one, weight=type(one.weight)(-0.05, -0.03, 0.0))
    told = "\n".join(located_lines(replace(found, items=(flat,))))
    assert f"favours no region: {one.favours} by 0.9 to 1.0 against anywhere" in told


def test_labels_that_name_nothing_are_set_aside_and_counted(found: Located, case: Case):
    assert found.set_aside == (2, FEWER)
    locate(case, GROUP)
    aside = result(case, "places_set_aside").to_pylist()
    assert {(row["kind"], row["label"]) for row in aside} == {
        ("region-label", HOSTILE[:200]),
        ("profile-place", HOSTILE[:200]),
    }


def test_a_clue_counts_with_its_grade_and_keeps_its_other_reading(case: Case):
    """M33: a trends panel of Hong Kong is a clue, with the reading as an exit of a VPN beside it."""
    done = enter_place(case, GROUP, CLUE, by="Ann Lee")
    assert (done.label, done.by) == ("P1", "Ann Lee")
    its = named(again(case), "P1")
    assert its.favours == "Hong Kong"
    assert its.says_otherwise == CLUE.otherwise
    assert its.readings[0].says == "an exit of a VPN or proxy"
    assert its.readings[0].chance.point > 0.3
    assert "region-label/CN-JS" in {other for other, _, _ in its.conflicts}
    assert its.sources == ("screenshot in post p-a3-0 (B2), entered by Ann Lee as P1",)
    poor = made_located(case.path.parent / "poor")
    enter_place(poor, GROUP, Clue(**{**vars(CLUE), "grade": "E5"}), by="Ann Lee")
    assert named(again(poor), "P1").weight.point < its.weight.point


def test_a_picture_of_a_place_counts_whole_once_a_second_person_agrees_and_not_while_one_disagrees(
    case: Case, tmp_path: Path
):
    """M32: the sheet lists pairs and features; a second reviewer agrees or not."""
    enter_place(case, GROUP, photo(tmp_path), by="Ann Lee")
    assert verify(case, recompute=False).intact
    first = named(again(case), "P1")
    assert "1. gable with three windows 2. lamp left of the gate" in first.says
    assert "Nobody else has looked at it." in first.says
    with pytest.raises(InputError, match="entered by Ann Lee: somebody else"):
        enter_place(case, GROUP, Review("P1", True, "it is"), by="ann  lee")
    enter_place(case, GROUP, Review("P1", True, "the lamp has a dent"), by="Bo Chen")
    assert not located(case, GROUP).stands
    agreed = named(again(case), "P1")
    assert agreed.weight.point > first.weight.point
    assert "Bo Chen agrees: the lamp has a dent" in agreed.says
    enter_place(case, GROUP, Review("P1", False, "the gable has four"), by="Cy Diaz")
    disputed = named(again(case), "P1")
    assert disputed.weight.ends == (0.0, 0.0, 0.0)
    assert "Cy Diaz disagrees" in disputed.says
    retract(case, "P3", by="Cy Diaz", because="I looked at another house", kind="P")
    assert named(again(case), "P1").weight == agreed.weight


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"region": "Atlantis"}, "no country, province"), ({"grade": "Z9"}, "no grade"), ({"kind": "rumour"}, "kind of clue"),
        ({"text": " "}, "is empty"), ({"source": ""}, "is empty"), ({"otherwise": ""}, "other reading"), ({"text": "x" * 9_000}, "9,000 characters"),
    ],
)  # fmt: skip
def test_a_clue_that_lacks_something_is_refused(case: Case, wrong: dict[str, str], says: str):
    with pytest.raises(InputError, match=says):
        enter_place(case, GROUP, Clue(**{**vars(CLUE), **wrong}), by="Ann Lee")
    assert not [said for said in case.statements() if said.says == LOCATED]


def test_a_picture_needs_two_files_and_a_feature(case: Case, tmp_path: Path):
    whole = photo(tmp_path)
    for wrong, says in (
        ({"features": ()}, "1 to 30 features"), ({"picture": tmp_path / "none.png"}, "no file"), ({"view": whole.picture}, "are one file"),
    ):  # fmt: skip
        with pytest.raises(InputError, match=says):
            enter_place(case, GROUP, photo(tmp_path, **wrong), by="Ann Lee")
    with pytest.raises(UnknownName):
        enter_place(case, GROUP, Review("P7", True, "yes"), by="Bo Chen")


def test_a_run_is_computed_again_alike_also_after_the_ledger_went_on(case: Case):
    enter_place(case, GROUP, CLUE, by="Ann Lee")
    first = locate(case, GROUP)
    assert locate(case, GROUP).already
    retract(case, "P1", by="Ann Lee", because="misread", kind="P")
    assert recompute_run(case, first, AGAIN["locate"], silent).differs == ()
    assert locate(case, GROUP).id != first.id


def test_what_people_entered_is_checked_for_its_form(case: Case):
    enter_place(case, GROUP, CLUE, by="Ann Lee")
    assert verify(case, recompute=False).intact
    case.say(
        f"group:{GROUP}",
        LOCATED,
        {"what": "review", "text": "x", "agrees": True, "group": case.statements()[-1].value["group"]},
        by="Bo Chen",
    )
    case.say(f"group:{GROUP}", LOCATED, {"what": "dowsing"}, by="Bo Chen")
    assert [what for _, what in form_faults(case.statements())] == [
        "a review of no entry about a place, or one that neither agrees nor disagrees", "an entry about a place of no known kind",
    ]  # fmt: skip
    assert [item.key for item in again(case).items if item.key.startswith("P")] == ["P1"]


def test_accounts_that_people_removed_do_not_count(case: Case):
    before = {one.code: one.accounts for one in again(case).counts}
    judge(case, [GROUP], "remove", "a newsroom", accounts=MEMBERS[:5], by="Ann Lee")
    assert not located(case, GROUP).stands
    assert {one.code: one.accounts for one in again(case).counts} == before | {"CN": FEWER, "CN-JS": FEWER}


def test_without_any_sign_the_posterior_is_the_prior_and_no_place_is_named(tmp_path: Path):
    bare = made_located(
        tmp_path / "bare",
        posts=[{**row, "ip_region": None, "place": None, "language": None} for row in posts()],
        accounts=[{**row, "location": None, "language": None} for row in accounts()],
    )  # fmt: skip
    measured(bare, readings=(), version="2")
    its = again(bare)
    assert its.items == ()
    assert its.statement.startswith("Where the people who run G1 sit is not known")
    assert [one.chance.point for one in its.chances] == pytest.approx([one.prior for one in its.chances])
    assert ": none" in its.map.svg


def test_the_assessment_takes_the_labels_over_and_answers_where(case: Case):
    before = assessment(case, GROUP)
    assert before.answers[2].answer == "This was not examined."
    locate(case, GROUP)
    after = assessment(case, GROUP)
    assert {item.kind for item in after.items} - {item.kind for item in before.items} == {"region-label", "check-in"}
    place = after.answers[2]
    assert (place.question, place.names) == ("place", "China")
    assert any("false flag" in other for other in place.alternatives)
    assert all(family.spread <= 1.0 + 1e-9 for family in after.families if family.family == "place")


def test_the_command_shows_enters_reviews_retracts_draws_and_lists(case: Case, tmp_path: Path):
    clue = (
        "--clue",
        "trends of Hong Kong",
        "--region",
        "HK",
        "--source",
        "post 17",
        "--grade",
        "B2",
        "--or",
        "a VPN exit",
    )
    done = run("locate", case.path, GROUP, *clue, "--by", "Ann Lee")
    assert done.exit_code == 0
    assert done.output.startswith("P1: clue “trends of Hong Kong”, Hong Kong, graded B2, by Ann Lee\n")
    done = run("locate", case.path, GROUP, "--review", "P1", "--agree", "--because", "so do I", "--by", "Bo Chen")
    assert done.output.startswith("P2: agrees with P1: so do I, by Bo Chen\n")
    shown = run("locate", case.path, GROUP)
    assert "P1: trends of Hong Kong. Bo Chen agrees: so do I" in shown.output
    assert "Conflicts that remain" in shown.output
    assert run("locate", case.path, GROUP, "--retract", "P2", "--because", "x", "--by", "Bo Chen").exit_code == 0
    assert "region-label: region label of a platform" in run("locate", case.path, GROUP, "--kinds").output
    folder = tmp_path / "pictures"
    assert run("locate", case.path, GROUP, "--draw", folder).exit_code == 0
    assert (folder / "place_map.svg").read_text("utf-8").startswith("<svg xmlns=")
    refused = run("locate", case.path, GROUP, "--draw", folder)
    assert isinstance(refused.exception, InputError)
    for words in (
        ("--clue", "x", "--review", "P1"),
        ("--photo", "a"),
        ("--review", "P1"),
        ("--kinds", "--retract", "P1"),
    ):
        assert run("locate", case.path, GROUP, *words, "--by", "Ann Lee").exit_code != 0


def test_pictures_are_not_overwritten(found: Located, tmp_path: Path):
    draw_place(found, tmp_path / "a")
    with pytest.raises(InputError, match="is there already"):
        draw_place(found, tmp_path / "a")
    draw_place(found, tmp_path / "a", force=True)
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="is a file"):
        draw_place(found, tmp_path / "file")


@settings(max_examples=15, deadline=None)
@given(
    st.text(max_size=30),
    st.dictionaries(
        st.one_of(st.sampled_from(sorted(regions())), st.text(max_size=5)),
        st.sampled_from([FEWER, "5", "19", "8 or more", "1,234"]),
        max_size=30,
    ),
)
def test_the_map_is_safe_and_whole_whatever_it_is_given(group: str, told: dict[str, str]):
    import xml.etree.ElementTree as Tree

    drawing = place_map(group.replace("\x00", ""), told)
    tree = Tree.fromstring(str(drawing.svg))
    names = {element.tag.rpartition("}")[2] for element in tree.iter()}
    assert names <= {"svg", "title", "defs", "pattern", "rect", "path", "text", "tspan"}
    assert "circle" not in names  # no points for anybody
    assert not any("href" in key for element in tree.iter() for key in element.attrib)


def test_the_case_opens_again_with_its_entries(case: Case):
    enter_place(case, GROUP, CLUE, by="Ann Lee")
    locate(case, GROUP)
    assert located(open_case(case.path, clock=lambda: NOW), GROUP).stands
