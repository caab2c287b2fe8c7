"""What a procurement notice says: buyer, supplier, service, numbers to be reached, and number of the project.

Read by rules, in Chinese and English: a label and what stands after it, or a number and the thing it counts. Every field comes with the
words it rests on; what no rule finds is said to be not found.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass

FIELDS: Mapping[str, tuple[str, ...]] = {
    "project_number": (
        "项目编号", "采购项目编号", "采购编号", "招标编号", "项目号", "project number", "project no", "tender number", "tender no",
        "procurement number", "reference number", "reference no", "contract number",
    ),
    "service": (
        "采购项目名称", "项目名称", "服务内容", "采购内容", "标的名称", "服务名称", "project name", "project title", "services",
        "service", "subject of the contract", "scope of services", "scope", "title",
    ),
    "buyer": (
        "采购人名称", "采购单位名称", "采购人", "采购单位", "招标人", "采购方", "甲方", "buyer", "purchaser", "procuring entity",
        "contracting authority", "procuring authority", "client",
    ),
    "supplier": (
        "中标供应商名称", "成交供应商名称", "中标供应商", "成交供应商", "供应商名称", "中标人", "中标单位", "成交人", "供应商", "乙方",
        "successful supplier", "winning bidder", "successful bidder", "supplier", "contractor", "awarded to",
    ),
    "amount": (
        "中标金额", "中标(成交)金额", "成交金额", "合同金额", "预算金额", "最高限价", "contract value", "contract price", "amount", "budget",
        "value",
    ),
    "date": (
        "中标日期", "成交日期", "公告日期", "发布日期", "合同签订日期", "award date", "date of award", "published", "publication date",
        "date",
    ),
}  # fmt: skip
"""Field -> labels that stand before it."""

_LABELS = {
    field: re.compile(
        rf"(?im)(?:^|[;;。|]\s*|[一二三四五六七八九十\d]{{1,4}}[、.]\s*)(?P<label>{'|'.join(map(re.escape, sorted(labels, key=len, reverse=True)))})"
        r"\s*(?:[:|]+|\n)\s*(?P<value>[^\n|;;。]{1,300})"
    )
    for field, labels in FIELDS.items()
}
_ANY_LABEL = re.compile(
    rf"(?i)\s*(?:{'|'.join(re.escape(label) for labels in FIELDS.values() for label in labels)})\s*(?:[:|]|$)"
)

_CODE = re.compile(r"(?<![A-Za-z0-9-])[A-Z]{2,8}(?:-[A-Z0-9]{1,8}){2,5}(?![A-Za-z0-9-])")
# begun only where a number begins, and no longer than any goal: a line of a million digits is read once
_NUMBER = (
    r"(?<!\d)(?<!\d[,.])(?P<number>\d{1,3}(?:[, ]\d{3}){1,5}(?!\d)|\d{1,15}(?:\.\d{1,15})?)"
    r"\s*(?P<scale>亿|万|千|million|thousand|m(?![a-z])|k(?![a-z]))?\s*"
)
_THINGS = {
    "followers": "粉丝|关注者|followers|fans|subscribers",
    "views": "阅读量|播放量|浏览量|展现量|曝光量|次阅读|次播放|views|impressions|reads",
    "posts": "条(?:推文|帖文|帖子|信息|微博|舆情)?|篇|posts|tweets|articles|reports|messages",
    "accounts": "账号|账户|个?帐号|accounts",
    "comments": "评论|跟帖|comments|replies",
}
_BEFORE = r"(?:(?P<thing_before>粉丝|关注者|阅读量|播放量|浏览量|曝光量)(?:数量?|总数|量)?(?:达到?|不少于|不低于|增至|至少|超过|:)*\s*)"
_TARGETS = (
    *(
        (thing, re.compile(rf"(?i){_NUMBER}(?:个|名|次|新增|additional|new|further|genuine|real)?\s*(?:{words})"))
        for thing, words in _THINGS.items()
    ),
    *((None, re.compile(rf"(?i){_BEFORE}{_NUMBER}")) for _ in (0,)),
)
_SCALES = {"亿": 10**8, "万": 10**4, "千": 10**3, "million": 10**6, "m": 10**6, "thousand": 10**3, "k": 10**3}
_PROMISED = re.compile(
    r"(?i)目标|达到|不少于|不低于|增至|至少|新增|增加|考核|要求|每[日天月年周]|target|at least|reach|no fewer|not less|minimum|raise|grow|increase|gain|per (?:day|month|year|week)|within|a (?:day|month|year)"
)
_NEARBY = 60


@dataclass(frozen=True)
class Witness:
    """Words of the notice, as they were read, and where they begin: 1-based line and character in it."""

    words: str
    line: int
    character: int


_Place = Callable[[int, int], Witness]


@dataclass(frozen=True)
class Found:
    """One field.   value: without the label.   witness: the words it rests on.   others: further values of that field."""

    value: str
    witness: Witness
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """A number that somebody is to reach.   thing: followers, views, posts, accounts or comments.   promised: words near it say
    that it is a goal; without them it may only describe."""

    number: int
    thing: str
    promised: bool
    witness: Witness


@dataclass(frozen=True)
class Notice:
    """row: line or row of the file at which it begins.   fields: by names of FIELDS.   missing: those no rule found."""

    row: int
    fields: Mapping[str, Found]
    targets: tuple[Target, ...]
    missing: tuple[str, ...]


def read_notice(text: str, row: int = 1) -> Notice:
    """The notice in a text that `tidy` made."""
    fields = {}
    place = _places(text)
    for field, labels in _LABELS.items():
        if found := _labelled(text, labels, place):
            fields[field] = found
    if "project_number" not in fields and (code := _CODE.search(text)):
        fields["project_number"] = Found(code.group(), place(code.start(), code.end()))
    targets = _targets(text, place)
    missing = [name for name in FIELDS if name not in fields] + ([] if targets else ["target"])
    return Notice(row, fields, targets, tuple(missing))


def _labelled(text: str, labels: re.Pattern[str], place: _Place) -> Found | None:
    found: list[tuple[str, Witness]] = []
    for match in labels.finditer(text):
        value = match["value"].strip(" :,.|")
        if value and not _ANY_LABEL.match(match["value"]):
            found.append((value, place(match.start("label"), match.end("value"))))
    if not found:
        return None
    others = dict.fromkeys(value for value, _ in found[1:] if value != found[0][0])
    return Found(found[0][0], found[0][1], tuple(others))


def _targets(text: str, place: _Place) -> tuple[Target, ...]:
    found: dict[tuple[int, str], Target] = {}
    for thing, pattern in _TARGETS:
        for match in pattern.finditer(text):
            number = float(match["number"].replace(",", "").replace(" ", "")) * _SCALES.get(
                (match["scale"] or "").lower(), 1
            )
            of = thing or next(name for name, words in _THINGS.items() if match["thing_before"] in words.split("|"))
            around = text[max(0, match.start() - _NEARBY) : match.end() + _NEARBY]
            where = place(match.start(), match.end())
            found.setdefault((round(number), of), Target(round(number), of, bool(_PROMISED.search(around)), where))
    return tuple(sorted(found.values(), key=lambda one: (one.witness.line, one.witness.character, one.thing)))


def _places(text: str) -> _Place:
    """What tells the words between two places of the text, and where they begin."""
    begins = [0, *(sign.end() for sign in re.finditer("\n", text))]

    def place(start: int, end: int) -> Witness:
        line = bisect_right(begins, start)
        return Witness(" ".join(text[start:end].split()), line, start - begins[line - 1] + 1)

    return place
