"""The assessments of a case as the report is handed them: of one that nobody signed, no more than that there is one."""

from __future__ import annotations

from inconcert.attribution.signature import LAPSED, STANDS
from inconcert.case import Case
from inconcert.indicators.standing_groups import standing_groups
from inconcert.judgement.decided import FOUND
from inconcert.judgement.weighed import weighed
from inconcert.report.assessed import Assessed, SignedPaper
from inconcert.verbs.attribute import Assessment, assessment
from inconcert.verbs.judgements import decided_now


def assessed_groups(case: Case) -> tuple[Assessed, ...]:
    """Of every group of the newest run into whose assessment somebody entered something that stands; none that was set aside."""
    clustered = case.run("cluster")
    entered = [one.group for one in weighed(case.statements()) if one.group is not None and one.retracted is None]
    if clustered is None or not entered:
        return ()
    now = decided_now(case)
    about = {its.id for group in entered if (its := now.found(group)[0]) is not None}
    rows = standing_groups(clustered, case.run("indicators")).to_pylist()
    return tuple(
        _assessed(assessment(case, id))
        for id in (row["group_id"] for row in rows if row["level"] != "L0")
        if id in about and id in now.groups and now.groups[id].how == FOUND and now.aside(id) is None
    )


def _assessed(its: Assessment) -> Assessed:
    lapsed = any(one.state == LAPSED for one in its.sign_offs)
    return Assessed(its.group, its.level, its.why_not_higher, lapsed, _signed(its))


def _signed(its: Assessment) -> SignedPaper | None:
    signatures = tuple(one for one in its.sign_offs if one.state == STANDS)
    if not signatures or its.leading is None or its.confidence is None:
        return None
    by_id = {one.id: one for one in its.hypotheses}
    return SignedPaper(
        leading=its.leading, named=by_id[its.leading.ids[0]].named, outcomes=its.outcomes, titles={id: one.title for id, one in by_id.items()},
        yardstick=its.yardstick, confidence=its.confidence, items=its.items, matrix=its.matrix, pair=its.pair, waterfall=its.waterfall,
        removals=its.removals, settling=its.settling, dissents=its.dissents, signatures=signatures, sha256=its.sha256,
    )  # fmt: skip
