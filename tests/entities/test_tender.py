"""Notices: buyer, supplier, service, numbers and the project's number, each with the words it was read from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.entities.graph import graph
from inconcert.entities.notice_entities import read_notices
from inconcert.entities.notice_text import notices
from inconcert.entities.tender import Notice, read_notice

CHINESE = """结果公示
一、项目编号：{number}
二、项目名称：{service}
三、采购人：{buyer}
四、中标供应商：{supplier}
五、中标金额：人民币12.5万元
六、发布日期：2021年1月8日
"""
ENGLISH = """<!doctype html><html><head><title>Buyer: nobody</title></head><body><script>Supplier: nobody</script>
<table><tr><th>Project number</th><td>{number}</td></tr><tr><th>Buyer</th><td>{buyer}</td></tr>
<tr><th>Supplier</th><td>{supplier}</td></tr><tr><th>Services</th><td>{service}</td></tr></table>
<p>The account has to reach 800,000 followers within one year.</p></body></html>"""
CASES = [
    (CHINESE, "YCCG-2012-CS228-01", "某市公安局", "北京某某信息技术有限公司", "舆情推送服务"),
    (ENGLISH, "YCCG-2012-CS228-01", "Bureau of a City", "Starry Data Ltd", "Pushing of opinion news"),
]


def only(text: str) -> Notice:
    ((row, words),) = notices(text)
    return read_notice(words, row)


@pytest.mark.parametrize(("form", "number", "buyer", "supplier", "service"), CASES)
def test_the_fields_of_a_notice_are_read_with_their_words(
    form: str, number: str, buyer: str, supplier: str, service: str
):
    notice = only(form.format(number=number, buyer=buyer, supplier=supplier, service=service))
    assert {name: notice.fields[name].value for name in ("project_number", "buyer", "supplier", "service")} == {
        "project_number": number, "buyer": buyer, "supplier": supplier, "service": service,
    }  # fmt: skip
    for found in notice.fields.values():
        assert found.value in found.witness.words
        assert found.witness.line >= 1


@pytest.mark.parametrize(
    ("words", "number", "thing", "promised"),
    [
        ("一年内粉丝数达到80万", 800_000, "followers", True),
        ("the account has to reach 800,000 followers", 800_000, "followers", True),
        ("0.8 million followers is the target", 800_000, "followers", True),
        ("粉丝不少于８０万", 800_000, "followers", True),
        ("每日推送信息不少于200条", 200, "posts", True),
        ("it has 12,000 followers", 12_000, "followers", False),
        ("全年阅读量1.2亿", 120_000_000, "views", False),
    ],
)
def test_numbers_to_be_reached_are_read_in_both_scripts(words: str, number: int, thing: str, promised: bool):
    (target,) = only(f"Buyer: a city\n{words}").targets
    assert (target.number, target.thing, target.promised) == (number, thing, promised)
    assert target.witness.line == 2


def test_what_no_rule_finds_is_said():
    notice = only("采购人：某局\n")
    assert set(notice.missing) == {"project_number", "service", "supplier", "amount", "date", "target"}
    assert only("Once upon a time.").fields == {}


def test_words_of_scripts_and_heads_of_pages_are_no_fields():
    notice = only(ENGLISH.format(number="AB-2020-1-1", buyer="City", supplier="Firm", service="Posts"))
    assert "nobody" not in str(notice)


def test_a_label_without_a_value_takes_no_other_label():
    notice = only("Buyer:\nSupplier: Firm A\n")
    assert "buyer" not in notice.fields
    assert notice.fields["supplier"].value == "Firm A"


def test_each_row_of_a_table_is_a_notice_and_bad_rows_are_set_aside():
    table = "Project number,Buyer,Supplier,Services\nAB-1-2-3,City,Firm A,Watching\n,,,\nAB-1-2-4,Town,Firm B,Writing\nx,,,\n"
    read, found = read_notices(table, "list", "list.csv")
    assert [(one.row, one.fields["buyer"].value) for one in found] == [(2, "City"), (4, "Town")]
    assert [one.row for one in read.aside] == [5]
    world = graph(read.entities)
    assert sorted((world.name(tie.source), tie.relation, world.name(tie.target)) for tie in world.ties) == [
        ("City", "ordered", "Watching"), ("Firm A", "supplied", "Watching"), ("Firm B", "supplied", "Writing"), ("Town", "ordered", "Writing"),
    ]  # fmt: skip
    assert {tie.strength for tie in world.ties} == {"reported"}


def test_a_body_that_is_known_by_name_is_that_one():
    read, _ = read_notices(
        CHINESE.format(number="A-1-B-2", service="服务", buyer="某局", supplier="某公司"),
        "n",
        "n.txt",
        {"某局": "bureau"},
    )
    assert "bureau" in {one.id for one in read.entities}


@given(st.text(max_size=400))
def test_any_text_is_read_without_harm(text: str):
    read, found = read_notices(text, "x", "x.txt")
    assert all(one.missing for one in found)
    assert len(read.aside) + len(found) <= max(1, text.count("\n") + 1)


def test_no_number_is_too_long_to_read():
    notice = read_notice("buyer: a\nto reach " + "9" * 400 + " views, 500 posts and 1,500 followers")
    assert [(one.number, one.thing) for one in notice.targets] == [(500, "posts"), (1500, "followers")]


@pytest.mark.parametrize("filler", ["9", "999,", "999 ", "buyer: x|", "7 views "])
def test_a_notice_of_one_long_line_is_read_once(filler: str):
    """Each of these took hours, since every character of the line began a search through the rest of it."""
    notice = read_notice(f"project number: A-1\n{filler * 60_000}\nbuyer: a")
    assert notice.fields["project_number"].value == "A-1"
    assert notice.fields["buyer"].witness.line in (2, 3)


def test_signs_that_stand_for_many_make_a_notice_no_longer():
    ((_, words),) = notices("buyer: a\n" + "\ufdfa" * 900_000)
    assert len(words) <= 1_000_000
