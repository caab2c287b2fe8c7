"""An assessment as lines for the terminal; likelihood and confidence are never in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from inconcert.verbs.attribute import HERE, LADDER, QUESTIONS

if TYPE_CHECKING:
    from inconcert.verbs.attribute import Assessment, Item, Outcome
    from inconcert.verbs.attribution_entries import Kind

SETTLING_SHOWN = 5


def assessment_lines(a: Assessment) -> Iterator[str]:
    """Everything, conclusions first."""
    yield f"{a.group}{f' “{a.name}”' if a.name else ''}: level {a.level}; attribution: {_reach(a)}"
    yield f"  Words are those of the {a.yardstick}."
    if a.aside:
        yield f"  It was set aside ({a.aside}) and is no finding."
    if a.level < "L4":
        yield (
            f"  A working paper, not a finding: it {a.why_not_higher}."
            if a.level < "L3"
            else f"  Not signed: nothing is attributed. A signature would be on what has the hash {a.sha256[:12]}."
        )
    yield from _signatures(a)
    for answer in a.answers:
        yield ""
        yield QUESTIONS[answer.question]
        if answer.question == "actor" and a.told_apart and a.leading is not None:
            yield f"  The likeliest: {a.leading.title}, {a.leading.words.text}."
        else:
            yield f"  {answer.answer}"
        if answer.question == "actor" and a.told_apart:
            yield from _outcomes(a)
        elif answer.alternatives:
            yield f"  It may also be: {', '.join(answer.alternatives)}."
        if answer.confidence:
            yield f"  Confidence: {answer.confidence}."
        yield from (f"    {reason}" for reason in answer.because)
    if not a.told_apart:
        yield from _if_nobody(a)
    yield from _hypotheses(a)
    yield from _evidence(a)
    yield from _waterfall(a)
    yield from _what_would_change(a)
    yield from _frames(a)
    yield from _said(a)


def _reach(a: Assessment) -> str:
    """How far the attribution goes; of a known network nobody signed for, that it is likeness."""
    if a.level < "L4" and a.rung != "none":
        return f"none ({LADDER['none']}; what it shows was published of a network that has a name, which says nothing of who runs it)"
    return f"{a.rung.replace('_', ' ')} ({LADDER[a.rung]})"


def _outcomes(a: Assessment) -> Iterator[str]:
    then = "" if a.told_apart else "if nobody is behind it: "
    yield from (f"  {then}{_outcome(one)}" for one in sorted(a.outcomes, key=lambda one: -one.chance.point))


def _if_nobody(a: Assessment) -> Iterator[str]:
    yield ""
    yield "The explanations that accuse nobody, against each other alone"
    if not a.outcomes:
        yield "  Fewer than two of them are left, so that there is nothing to compare."
    yield from _outcomes(a)
    if a.confidence is not None:
        yield f"  Confidence: {a.confidence.level}."
        yield from (f"    {reason}" for _, reason in a.confidence.reasons)
    yield "  Whether somebody is behind it is not said below level L3; the evidence below says only to which side each item points."


def _outcome(one: Outcome) -> str:
    return f"{', '.join(one.ids)} {one.title}: {one.words.text} ({_range(one)})"


def _range(one: Outcome) -> str:
    ends = [_percent(chance) for chance in (one.chance.low, one.chance.high)]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def _percent(chance: float) -> str:
    return "less than 1%" if chance < 0.01 else "more than 99%" if chance > 0.99 else f"{chance:.0%}"


def _signatures(a: Assessment) -> Iterator[str]:
    for one in a.sign_offs:
        yield f"  {one.label} signed by {one.by}, {one.at}{f': {one.about}, {one.word}' if one.word else ''}; {one.state}"
        if one.text:
            yield f"    “{one.text}”"


def _hypotheses(a: Assessment) -> Iterator[str]:
    yield ""
    yield "Hypotheses, with their weights before any evidence"
    for one in a.hypotheses:
        aside = f" (set aside: {one.aside})" if one.aside is not None else ""
        like = f", like {one.like}" if one.like else ""
        yield f"  {one.id} {one.title}{like}: {one.prior.low:g} to {one.prior.high:g}{aside}"
    if a.withheld:
        yield f"  not weighed below level L3: {', '.join(f'{one.id} {one.says}' for one in a.withheld)}"


def _evidence(a: Assessment) -> Iterator[str]:
    yield ""
    if not a.matrix.rows:
        yield "Evidence"
        yield from (line for item in a.items for line in _item(a, item))
    else:
        yield "Evidence, the most diagnostic first (CC very consistent ... II very inconsistent)"
    found = {item.key: item for item in a.items}
    for row in a.matrix.rows:
        yield from _item(a, found[row.key])
        rated = "  ".join(f"{id} {rating}" for id, rating in row.ratings.items())
        apart = f"{10**row.diagnosticity:.3g}"
        told = (
            f"up to {apart} times likelier under one than under another"
            if apart != "1"
            else "as likely under each of them"
        )
        yield f"    {rated}   {told}"
    if a.matrix.inconsistency:
        scores = ", ".join(f"{id} {score}" for id, score in a.matrix.inconsistency.items())
        yield f"  Inconsistency, 1 for I and 2 for II: {scores}"
    for item, label, by, because in a.left_out:
        yield f"  left out: {item.key} ({label} by {by}: {because})"
    for finding in a.unweighed:
        yield f"  not weighed: {finding.key}"
    if a.unused:
        yield f"  entries that fit nothing that stands: {', '.join(a.unused)}"


def _item(a: Assessment, item: Item) -> Iterator[str]:
    graded = f"graded {item.grade.text}, {item.grade.words}" if item.grade else "measured"
    elsewhere = "" if item.found_by == HERE else f"; found by {item.found_by}"
    yield f"  {item.key} [{item.category}, {item.access}; {item.family}; {graded}{elsewhere}]"
    yield f"    {item.text}"
    yield f"    source: {item.source}"
    yield f"    points to: {a.points[item.key]}"


def _waterfall(a: Assessment) -> Iterator[str]:
    if a.pair is None:
        return
    yield ""
    yield f"Odds of {a.pair[0]} against {a.pair[1]}"
    for step in a.waterfall:
        ends = " to ".join(f"{10**end:.2g}" for end in (step.weight.low, step.weight.high))
        led = f", by {', '.join(step.leading)}" if step.leading else ""
        wide = f", widened by {', '.join(step.widening)}" if step.widening else ""
        yield f"  {step.label}: {10**step.weight.point:.2g} ({ends}){led}{wide}{', held to its cap under some hypothesis' if step.capped else ''}"


def _what_would_change(a: Assessment) -> Iterator[str]:
    if a.leading is None:
        return
    supposed = "" if a.told_apart else "if nobody is behind it: "
    changing = [one for one in a.removals if one.word_changes or one.lead_changes]
    yield ""
    yield (
        "What changes the words when it is taken away"
        if changing
        else "No single item or family changes the words when it is taken away"
    )
    for one in changing:
        then = one.of(a.leading.ids)
        leads = f"; “{one.leading.title}” would lead" if one.lead_changes else ""
        yield f"  without the {one.what} {one.key}: {supposed}{then.title}: {then.words.text} ({_range(then)}){leads}"
    yield ""
    yield "What evidence would settle it, if it were found"
    for found in (one for one in a.settling[:SETTLING_SHOWN] if one.moves > 0):
        yield f"  {found.kind} ({found.title}): {supposed}{found.then.title}: {found.then.words.text}"


def _frames(a: Assessment) -> Iterator[str]:
    yield ""
    yield "Attribution grid"
    for cell in a.grid:
        if cell.items:
            yield f"  {cell.category}, {cell.access}: {', '.join(cell.items)}"
    empty = [f"{cell.category} {cell.access}" for cell in a.grid if not cell.items]
    if empty:
        yield f"  nothing: {', '.join(empty)}"
    borne = [step for step in a.spectrum if step.items]
    if borne:
        yield "State responsibility: steps that items bear on, if a state is in it at all"
        yield from (f"  state-{step.step} ({step.means}): {', '.join(step.items)}" for step in borne)


def _said(a: Assessment) -> Iterator[str]:
    warned = [claim for claim in a.claims if claim.warning]
    if warned:
        yield ""
        yield "Words that say more than the evidence carries"
        yield from (f"  {claim.claim}: {claim.warning}" for claim in warned)
    if a.dissents:
        yield ""
        yield "Dissent"
    for one in a.dissents:
        yield f"  {one.label} {one.by} on {one.about}: {one.word}. {one.because}"
        if one.warning:
            yield f"    {one.warning}"


def kind_lines(known: Mapping[str, Kind]) -> Iterator[str]:
    """Kinds of evidence with weights and reasons."""
    for kind in known.values():
        unit = "chance to show it" if kind.unit == "shown" else "powers of ten"
        yield f"{kind.name}: {kind.title} [{kind.category}, {kind.access}; {kind.family}; {unit}]"
        yield f"    {_weights(kind)}"
        yield f"    {kind.reason}"


def _weights(kind: Kind) -> str:
    return ", ".join(f"{form} {weight.low:g} to {weight.high:g}" for form, weight in kind.weights.items())
