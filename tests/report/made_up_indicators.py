"""A run `indicators` on a made-up case: one made-up indicator for every kind of chart, in every state; nobody in it exists."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import numpy as np
from made_up_case import DAY_US, START_US, Tables, with_groups
from made_up_points import FIGURES, POINTS

from inconcert.indicators.facts import Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.reading import Point, Reading


class MadeUp(Indicator):
    """An indicator that measures nothing; subclasses say what they are like."""

    id: ClassVar[str] = "D0"
    about: ClassVar[str] = "a made-up measure"
    cites: ClassVar[str] = "nobody"
    needs: ClassVar[tuple[str, ...]] = ()
    disarm: ClassVar[tuple[str, ...]] = ("T0146",)
    measures: ClassVar[Mapping[str, str]] = {}

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        return []

    @classmethod
    def example(cls) -> Example:
        return Example({}, frozenset())


def _made_up(name: str, family: str, figure: Figure, minimum: str, confounders: tuple[str, ...]) -> type[Indicator]:
    its = {"name": name, "family": family, "figure": figure, "minimum": minimum, "confounders": confounders}
    return type("".join(part.title() for part in name.split("-")), (MadeUp,), its)


KNOWN: dict[str, type[Indicator]] = {
    one.name: one
    for one in (
        _made_up("working-hours", "place", FIGURES["clock"], "100 posts on 14 days", ("shift workers", "schedulers")),
        _made_up("zone", "place", FIGURES["curve"], "100 posts on 14 days", ("posting for an audience elsewhere",)),
        _made_up(
            "creation-bursts",
            "creation",
            FIGURES["histogram"],
            "10 accounts",
            ("a course in which all sign up", "a news event"),
        ),
        _made_up(
            "handles", "creation", FIGURES["shares"], "10 handles", ("people who take the name they are offered",)
        ),
        _made_up("hand-off", "automation", FIGURES["strip"], "20 changes", ("colleagues who share a desk",)),
        _made_up(
            "followers",
            "engagement",
            FIGURES["scatter"],
            "400 followers",
            ("a newspaper that recommended the account",),
        ),
        _made_up("impact", "none", FIGURES["bars"], "1 post", ("people who reply to object",)),
        _made_up("renames", "repurposing", FIGURES["strip"], "50 posts", ("a sale of the account", "a wedding")),
    )
}


def reading(
    tables: Tables,
    indicator: str,
    state: str,
    *,
    measure: str = "",
    subject: str = "group",
    subject_id: str = "G1",
    group_id: str | None = None,
    points: Sequence[Point] = (),
    witnesses: Sequence[tuple[str, str | None, str]] = (),
    **more: Any,
) -> int:
    """Add a reading with what it draws and rests on; its number."""
    its = tables.indicators
    assert its is not None
    number = len(its["indicators"]) + 1
    tested, told = state in ("found", "not found"), state != "too little"
    known = KNOWN.get(indicator)
    row = {
        "reading": number,
        "indicator": indicator,
        "measure": measure or indicator,
        "family": known.family if known else "none",
        "subject": subject,
        "subject_id": subject_id,
        "group_id": subject_id if subject == "group" else group_id,
        "state": state,
        "n": 34,
        "unit": "accounts",
        "scale": "share",
        "value": 0.62 if told else None,
        "low": 0.45 if told else None,
        "high": 0.77 if told else None,
        "control": 0.21 if told else None,
        "n_control": 170 if told else None,
        "p_value": {"found": 1e-5, "not found": 0.4}.get(state),
        "q_value": {"found": 4e-4, "not found": 0.6}.get(state),
        "lr": 12.0 if tested else None,
        "lr_low": {"found": 4.0, "not found": 0.4}.get(state),
        "lr_high": {"found": 38.0, "not found": 1.6}.get(state),
        "says": "21 of 34 accounts (62%, 95% interval 45% to 77%) do so, against 21% of 170 in the control.",
        "lacking": None if told else "6 posts on 3 days; it needs 100 on 14",
        **more,
    }
    if not told:
        row["says"] = f"Too little to say: {row['lacking']}."
    its["indicators"].append(row)
    its["indicator_points"] += [{"reading": number, **vars(point)} for point in points]
    its["indicator_witnesses"] += [
        {"reading": number, "account_id": account, "post_id": post, "why": why} for account, post, why in witnesses
    ]
    return number


def empty(tables: Tables) -> Tables:
    """The tables with a run in which nothing was measured yet."""
    names = ("indicators", "indicator_points", "indicator_witnesses", "controls", "control_balance", "standings")
    tables.indicators = {name: [] for name in (*names, "indicators_not_run")}
    return tables


def with_indicators(*, level: str = "L3") -> Tables:
    """The groups of made_up_case with readings in every state; G1 stands at `level`."""
    tables = empty(with_groups())
    its = tables.indicators
    assert its is not None
    first = [p["post_id"] for p in tables.posts if p["account_id"] == "harbourwatch200"]
    reading(
        tables, "working-hours", "described", points=POINTS["clock"](), unit="posts", n=4_210, scale="hours", value=9.0, low=8.0,
        high=11.0, control=None, n_control=None,
        says="Its 4,210 posts fit an office day in UTC+7 to UTC+9 best (95% set), with a gap at noon.",
    )  # fmt: skip
    reading(tables, "zone", "not found", points=POINTS["curve"](), unit="posts", n=4_210)
    reading(
        tables, "creation-bursts", "found", points=POINTS["histogram"](), value=11.0, low=7.2, high=15.9, control=1.3, n_control=170,
        scale="count", says="11 of 34 accounts were made within 9 days of March 2021, against 1.3 expected from 170 controls.",
        witnesses=[(f"harbourwatch{200 + i}", None, "made on 4 March 2021") for i in range(7)],
    )  # fmt: skip
    for i, (measure, state) in enumerate(
        (("default-handle", "found"), ("random-letters", "not found"), ("date-digits", "too little"))
    ):
        its_points = [
            p for p in POINTS["shares"]() if p.label == list(dict.fromkeys(q.label for q in POINTS["shares"]()))[i]
        ]
        reading(
            tables, "handles", state, measure=measure, points=its_points,
            says="21 of 34 handles, as harbourwatch_handle_3, are the platform's proposal (62%, 95% interval 45% to 77%), against 21% of 170.",
        )  # fmt: skip
    reading(tables, "hand-off", "too little", measure="hand-offs", lacking="6 changes between accounts; it needs 20")
    reading(
        tables, "hand-off", "found", measure="hand-offs", subject="pair", subject_id="harbourwatch200|harbourwatch201", group_id="G1",
        n=31, unit="changes", scale="ratio", value=3.1, low=2.2, high=4.4, control=1.0, n_control=999,
        points=[
            Point({"G1-01": "harbourwatch200", "G1-02": "harbourwatch201"}.get(p.layer, "harbourwatch202"), p.x, x_end=p.x_end, label=p.label)
            for p in POINTS["strip"]()
        ],
        says="harbourwatch200 and harbourwatch201 took turns 31 times within 5 minutes, 3.1 times as often (2.2 to 4.4) as on shifted days.",
        witnesses=[("harbourwatch200", first[0], "ends at 09:14:02"), ("harbourwatch201", None, "begins 40 seconds later")],
    )  # fmt: skip
    for i in range(30):
        reading(
            tables, "renames", "found" if i == 4 else "not found", subject="account", subject_id=f"harbourwatch{200 + i}", group_id="G1",
            says=f"harbourwatch{200 + i} changed its handle to @harbourwatch_handle_{i} after 214 days of silence.",
            points=POINTS["strip"]() if i == 4 else (),
        )  # fmt: skip
    reading(
        tables, "impact", "described", points=POINTS["bars"](), n=2_110, unit="engagements", value=0.07, low=0.04, high=0.31,
        control=None, n_control=None,
        says="Between 4% and 31% of 2,110 engagements came from outside the group.",
    )  # fmt: skip
    reading(tables, "handles", "not found", measure="default-handle", subject_id="G2", points=POINTS["shares"]()[:2])
    reading(tables, "working-hours", "too little", subject_id="G2")
    reading(
        tables, "followers", "found", subject="followed", subject_id="u10004", points=POINTS["scatter"](), unit="followers", n=1_500,
        scale="count", value=1.0, low=None, high=None, control=None, n_control=None,
        says="Among 1,500 followers of u10004 (neighbour_4), one block of 125 was made within 20 days, long before they followed.",
        witnesses=[("u10007", None, "in block 1"), ("u10009", None, "in block 1, neighbour_9 by name")],
    )  # fmt: skip
    reading(
        tables,
        "impact",
        "described",
        subject="storyline",
        subject_id="harbour-jobs",
        says="410 posts tell it, on 2 platforms.",
    )
    reading(
        tables, "followers", "too little", subject="hashtag", subject_id="HarbourJobs", lacking="12 posts; it needs 30"
    )
    reading(tables, "handles", "found", measure="default-handle", subject_id="list:watched", points=POINTS["shares"]())
    its["standings"] += [
        {
            "group_id": "G1",
            "level": level,
            "families": json.dumps(
                [
                    {"family": "creation", "indicator": "creation-bursts", "measure": "bursts", "lr_low": 4.0},
                    {"family": "automation", "indicator": "hand-off", "measure": "hand-offs", "lr_low": 8.5},
                ]
            ),
            "why_not_higher": "needs a person: who is behind a group is signed by an analyst",
        },
        {"group_id": "G2", "level": "L1", "families": "[]", "why_not_higher": "needs a stable membership"},
        {"group_id": "G3", "level": "L0", "families": "[]", "why_not_higher": "needs a q-value"},
    ]
    its["controls"] += [
        {"group_id": "G1", "account_id": f"u{10_000 + i}", "source": "data", "distance": 0.4} for i in range(170)
    ]
    for trait, difference in (
        ("posts", 0.08),
        ("first post", -0.61),
        ("last post", 0.02),
        ("share of topics", 1.7),
        ("language", None),
    ):
        its["control_balance"].append(
            {
                "group_id": "G1", "trait": trait, "mean_group": 1.0, "mean_control": 0.9, "difference": difference,
                "accounts": 34, "accounts_control": 170,
            }
        )  # fmt: skip
    its["indicators_not_run"] += [
        {"indicator": "lead-lag", "needs": "lists"},
        {"indicator": "reply-floods", "needs": "posts.reply_to_id, posts.likes or posts.views"},
    ]
    tables.events = [
        event(4, "Council votes on the harbour"),
        event(5, "Ferry strike begins", days=12, precision="month"),
        event(5.2, "<b>March</b> of the fishers \u202e"),
        event(31, "Minister resigns"),
    ]
    return tables


def event(day: float, title: str, *, days: float = 1, precision: str = "day") -> dict[str, Any]:
    """A row of `events`."""
    first = START_US + round(day * DAY_US)
    return {
        "event_id": title, "title": title, "first_us": first, "last_us": first + round(days * DAY_US), "precision": precision,
        "source": None, "note": None, "import_id": "0e0e0e0e0e0e0e0e", "row_ref": 1,
    }  # fmt: skip
