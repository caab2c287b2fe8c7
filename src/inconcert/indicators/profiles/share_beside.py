"""The reading of a sign that single accounts show: its share in a group, beside that in the control."""

from __future__ import annotations

from collections.abc import Mapping

from scipy.stats import binomtest

from inconcert.indicators.evidence import enrichment
from inconcert.indicators.reading import Point, Reading, Witness, too_little

Signs = Mapping[str, str | None]
"""Account -> what shows the sign, in words; None where it does not. Accounts that cannot show it are absent."""

_WITNESSES = 20


def share_beside(
    measure: str,
    group_id: str,
    own: Signs,
    control: Signs,
    *,
    who: str,
    words: str,
    row: str,
    min_accounts: int,
    min_control: int,
    alpha: float,
) -> Reading:
    """The share of the members that show a sign, by `evidence.enrichment`; too little below either minimum.

    who: which accounts can show it, as follows `40 accounts`. words: what those that show it have, up to the number of the control's.
    row: the same for a row of the picture.
    alpha: largest p-value at which accounts are named.
    """
    n, m = len(own), len(control)
    if n < min_accounts or m < min_control:
        return too_little(
            measure, "group", group_id, group_id=group_id, n=n, unit="accounts", scale="share",
            lacking=f"{n} members and {m} control accounts {who}; it needs {min_accounts} and {min_control}: import profiles, or "
            "give a control",
        )  # fmt: skip
    k, k_control = (sum(why is not None for why in signs.values()) for signs in (own, control))
    rich = enrichment(k, n, k_control, m)
    beside = binomtest(k_control, m).proportion_ci(0.95, method="wilson")
    shown = sorted((why, account) for account, why in own.items() if why is not None)
    return Reading(
        measure=measure, subject="group", subject_id=group_id, group_id=group_id,
        n=n, unit="accounts", scale="share", value=rich.share, low=rich.low, high=rich.high,
        control=rich.control, n_control=m,
        p_value=rich.p_value, lr=rich.ratio.value, lr_low=rich.ratio.low, lr_high=rich.ratio.high,
        says=(
            f"{k} of the {n} accounts of the group {who} ({rich.share:.0%}, 95% interval {rich.low:.0%} to {rich.high:.0%}) "
            f"{words} {k_control} of {m} ({rich.control:.1%}) do (p = {rich.p_value:.2g})."
        ),
        points=(
            Point(layer="group", x=rich.share, low=rich.low, high=rich.high, label=row),
            Point(layer="control", x=rich.control, low=float(beside.low), high=float(beside.high), label=row),
        ),
        witnesses=tuple(Witness(account, None, why) for why, account in shown[:_WITNESSES]) if rich.p_value <= alpha else (),
    )  # fmt: skip
