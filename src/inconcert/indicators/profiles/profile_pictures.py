"""Profile pictures of a group beside those of its control: shared ones, default ones, and eyes where generators put them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
from scipy.stats import binomtest

from inconcert.indicators.evidence import enrichment
from inconcert.indicators.facts import MEMBERS, PORTRAITS, Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.reading import Point, Reading, Witness, too_little

SHARED, DEFAULT, LEADS = "shared-picture", "default-picture", "generated-eyes"

_Counted = tuple[list[str], int, int]
"""Accounts behind it, how many were counted, and of how many."""
_ROW = {
    SHARED: "of the pictures they chose, those that several chose",
    DEFAULT: "the platform's default picture",
    LEADS: "eyes where generators put them",
}
_WHY = {
    SHARED: "its profile picture is that of another member too",
    DEFAULT: "it keeps the platform's default picture",
    LEADS: "the eyes of its profile picture stand where generators put them",
}
_PICTURES = """
SELECT {of}.group_id, {of}.account_id, picture_id, default_picture, faces, lead FROM portraits
INNER JOIN {of} ON {of}.account_id = portraits.account_id
ORDER BY {of}.group_id, {of}.account_id, picture_id"""


@dataclass(frozen=True, kw_only=True)
class ProfilePictures(Indicator):
    """How many members share a picture, have none of their own, or one whose eyes stand where generators put them.

    least: fewest pictures on either side of a comparison.
    """

    name: ClassVar[str] = "profile-pictures"
    id: ClassVar[str] = "D18"
    family: ClassVar[str] = "avatars"
    about: ClassVar[str] = (
        "profile pictures that are shared, default, or drawn as generators draw faces, beside a control"
    )
    cites: ClassVar[str] = (
        "Yang et al. 2024, Characteristics and prevalence of fake profiles with AI-generated faces (GANEyeDistance)"
    )
    measures: ClassVar[dict[str, str]] = {
        SHARED: "share of the distinct pictures that members chose which more than one of them shows, against the same among controls: a "
        "badge that forty show is one picture",
        DEFAULT: "share of members with a picture that is the platform's default, beside controls; a description, since newcomers keep "
        "it and controls may be older",
        LEADS: "share of distinct pictures with one face whose eyes stand where generators put them, against controls: only ever a share",
    }
    needs: ClassVar[tuple[str, ...]] = ("portraits",)
    minimum: ClassVar[str] = "10 profile pictures in the group and 10 in its control"
    confounders: ClassVar[tuple[str, ...]] = (
        "a movement's badge, a mourning ribbon, or the emblem of a party, a club or a campaign, shown by its supporters",
        "fans with the picture of one star",
        "people who keep the default because they only read",
        "artistic portraits and a fashion for drawn faces",
    )
    disarm: ClassVar[tuple[str, ...]] = ("T0145.001", "T0145.002")
    figure: ClassVar[Figure] = Figure("shares", "share of accounts", "")

    least: int = 10

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """Three readings a group."""
        members, controls = (
            _by_group(facts.engine.sql(_PICTURES.format(of=of)).to_pylist()) for of in ("members", "controls")
        )
        groups = [
            row["group_id"]
            for row in facts.engine.sql("SELECT DISTINCT group_id FROM members ORDER BY group_id").to_pylist()
        ]
        return [
            self._reading(measure, group, count(members.get(group, [])), count(controls.get(group, [])))
            for group in groups
            for measure, count in ((SHARED, _shared), (DEFAULT, _default), (LEADS, _leads))
        ]

    def _reading(self, measure: str, group: str, of: _Counted, control: _Counted) -> Reading:
        (accounts, k, n), (_, k_control, n_control) = of, control
        if min(n, n_control) < self.least:
            what = {LEADS: "pictures with one face", SHARED: "different profile pictures"}.get(
                measure, "profile pictures"
            )
            return too_little(
                measure, "group", group, group_id=group, n=n, unit="pictures", scale="share",
                lacking=f"{n} {what} of members and {n_control} of controls; it needs {self.least} of each",
            )  # fmt: skip
        beside = binomtest(k_control, n_control).proportion_ci(0.95, method="wilson")
        found = enrichment(k, n, k_control, n_control)
        said = {
            SHARED: "different profile pictures that members chose are shown by more than one of them",
            DEFAULT: "keep the platform's default picture",
            LEADS: "of the distinct pictures with one face have their eyes where generators put them",
        }[measure]
        what = " members with a picture" if measure == DEFAULT else ""
        tested = measure != DEFAULT
        caution = "" if tested else " Newcomers keep it more often, so this is not tested."
        if measure == SHARED:
            caution = f" {len(accounts)} members show one of them."
        return Reading(
            measure=measure, subject="group", subject_id=group, group_id=group, n=n, unit="pictures", scale="share",
            value=found.share, low=found.low, high=found.high, control=found.control, n_control=n_control,
            p_value=found.p_value if tested else None, lr=found.ratio.value if tested else None,
            lr_low=found.ratio.low if tested else None, lr_high=found.ratio.high if tested else None,
            says=f"{k} of {n}{what} {said} ({found.share:.0%}, 95% interval {found.low:.0%} to {found.high:.0%}), against {k_control} of "
            f"{n_control} in the control ({found.control:.0%}).{caution}",
            points=(
                Point("group", found.share, low=found.low, high=found.high, label=_ROW[measure]),
                Point("control", found.control, low=float(beside.low), high=float(beside.high), label=_ROW[measure]),
            ),
            witnesses=tuple(Witness(account, None, _WHY[measure]) for account in accounts[:20]),
        )  # fmt: skip

    @classmethod
    def example(cls) -> Example:
        """Thirty members of whom twenty share seven pictures; sixty controls with pictures of their own."""
        rows = [
            {"account_id": f"m{i}", "picture_id": f"shared{i % 7}" if i < 20 else f"m{i}.png", "default_picture": False, "faces": None, "lead": None}
            for i in range(30)
        ] + [
            {"account_id": f"c{i}", "picture_id": f"c{i}.png", "default_picture": i % 20 == 0, "faces": None, "lead": None} for i in range(60)
        ]  # fmt: skip
        group = {
            name: pa.Table.from_pylist(
                [{"group_id": "G1", "account_id": f"{letter}{i}"} for i in range(n)], schema=MEMBERS.arrow
            )
            for name, letter, n in (("members", "m", 30), ("controls", "c", 60))
        }
        return Example(
            {"portraits": pa.Table.from_pylist(rows, schema=PORTRAITS.arrow), **group}, frozenset({(SHARED, "G1")})
        )


def _by_group(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["group_id"], []).append(row)
    return groups


def _own(rows: list[dict[str, Any]]) -> dict[str, set[str]]:
    """The pictures each account chose."""
    own: dict[str, set[str]] = {}
    for row in rows:
        own.setdefault(row["account_id"], set())
        if not row["default_picture"]:
            own[row["account_id"]].add(row["picture_id"])
    return own


def _shared(rows: list[dict[str, Any]]) -> _Counted:
    """Accounts that share a picture they chose; different pictures that several chose, and all different pictures chosen.

    Friends who show one badge are one picture and not as many draws as there are friends."""
    own = _own(rows)
    users = Counter(picture for pictures in own.values() for picture in pictures)
    shared = {picture for picture, n in users.items() if n > 1}
    return [account for account, pictures in own.items() if pictures & shared], len(shared), len(users)


def _default(rows: list[dict[str, Any]]) -> _Counted:
    own = _own(rows)
    kept = [account for account, pictures in own.items() if not pictures]
    return kept, len(kept), len(own)


def _leads(rows: list[dict[str, Any]]) -> _Counted:
    """Of distinct pictures with one face: an account for each whose eyes are where generators put them, and how many there are.

    What forty accounts copied is one draw and not forty, and an account with several pictures is one."""
    faces: dict[str, tuple[str, bool]] = {}
    seen: set[str] = set()
    for row in rows:
        if row["faces"] == 1 and row["picture_id"] not in faces and row["account_id"] not in seen:
            faces[row["picture_id"]] = row["account_id"], bool(row["lead"])
            seen.add(row["account_id"])
    leads = [account for account, lead in faces.values() if lead]
    return leads, len(leads), len(faces)
