"""What `inconcert entities` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inconcert.verbs.add_entities import AddedEntities
    from inconcert.verbs.entities import Around, Entities, ExportedEntities, Post, ShownEntity, ShownTie
    from inconcert.verbs.entity_owners import Owners
    from inconcert.verbs.entity_paths import EntityPaths
    from inconcert.verbs.name_person import NamedPerson

SHOWN = 12
ASIDE_SHOWN = 5
_SIGNS = {"confirmed": "——", "reported": "- -", "assessed": "···", "possible": " ? "}


def overview(held: Entities) -> Iterator[str]:
    """What a case holds."""
    yield f"{held.things:,} entities, {held.ties:,} ties"
    yield "  " + ", ".join(f"{name} {count:,}" for name, count in held.schemata.items())
    yield "  ties: " + ", ".join(f"{strength} {count:,}" for strength, count in held.strengths.items())
    if held.dangling:
        yield f"  ties one end of which no file holds, or with too many ends: {held.dangling:,}"
    for file in held.files:
        yield f"{file.label}  {file.value['file']}: {file.value['kind']}, by {file.by}, {file.at}"
    if held.withheld:
        yield f"private persons who are not named: {len(held.withheld):,}"
        yield from (f"  {one.id}, {_ties(one.ties)}" for one in held.withheld)


def added(done: Sequence[AddedEntities], case: Path) -> Iterator[str]:
    """What was brought, what was read from notices, and what was set aside."""
    for one in done:
        already = ", in the case already" if one.already else ""
        yield f"{one.label}  {one.file}: {one.kind}, {one.entities:,} entities, {_ties(one.ties)}, by {one.by}{already}"
        for notice in one.notices:
            yield f"  notice, row {notice.row}"
            for field, found in notice.fields.items():
                yield f"    {field.replace('_', ' ')}: {found.value}  (line {found.witness.line}: “{found.witness.words}”)"
            for target in notice.targets:
                goal = "to be reached" if target.promised else "a number, not said to be a goal"
                yield f"    target: {target.number:,} {target.thing}, {goal}  (line {target.witness.line}: “{target.witness.words}”)"
            if notice.missing:
                yield f"    not found: {', '.join(name.replace('_', ' ') for name in notice.missing)}"
        if one.aside:
            yield f"  set aside: {len(one.aside):,}"
            yield from (
                f"    row {bad.row}: {bad.reason}{f' ({bad.value})' if bad.value else ''}"
                for bad in one.aside[:ASIDE_SHOWN]
            )
        if one.withheld:
            yield f"  private persons whose details were not entered: {len(one.withheld):,}"
            yield from (f"    {person.id}, {_ties(person.ties)}" for person in one.withheld[:SHOWN])
            if len(one.withheld) > SHOWN:
                yield f"    and {len(one.withheld) - SHOWN:,} more"
            yield f"  To name one: inconcert entities {case} --ask PERSON --because REASON, then --approve PERSON by somebody else"


def found(entities: Sequence[ShownEntity]) -> Iterator[str]:
    """Entities, a line each."""
    if not entities:
        yield "there are no such entities"
    for one in entities:
        kind = f"{one.schema}, {', '.join(one.keywords)}" if one.keywords else one.schema
        yield f"{one.id}: {one.name} ({kind}), {_ties(one.ties)}"


def around(near: Around) -> Iterator[str]:
    """The neighbourhood as a list: every tie with what it rests on."""
    steps = max((one.steps or 0 for one in near.entities), default=0)
    yield f"{near.middle.name} ({near.middle.schema}): {len(near.entities):,} entities within {steps} step{'s' * (steps != 1)}, {len(near.ties):,} ties"
    if len(near.middle.names) > 1:
        yield f"  also: {', '.join(near.middle.names[1:])}"
    for tie in near.ties:
        yield from _tie(tie, "  ")
    if near.left_out:
        yield f"{near.left_out:,} more entities lie within these steps."
    if near.file is not None:
        yield f"figure: {near.file}"


def paths(ways: EntityPaths) -> Iterator[str]:
    """Paths, the best first, each with its weakest link."""
    from inconcert.verbs.entity_paths import NOT_A_FINDING

    start = f"{ways.group[0]} ({ways.group[1]})" if ways.group else ways.starts[0].name
    more = "" if ways.complete else ", and more that were not looked for"
    yield f"{start} to {ways.goal.name}: {len(ways.paths):,} paths of at most {ways.most_steps} steps{more}"
    for strength in _SIGNS:
        its = [way for way in ways.paths if way.strength == strength and not way.incidental]
        if its:
            yield f"  weakest link {strength}: {len(its):,}"
    if through := sum(way.incidental for way in ways.paths):
        yield f"  only by way of a common place, a mention or a report: {through:,}"
    for number, way in enumerate(ways.paths[:SHOWN], start=1):
        aside = "; it passes a place, a mention or a report" if way.incidental else ""
        yield f"{number}. {way.strength}, {len(way.steps)} step{'s' * (len(way.steps) != 1)}{aside}"
        for step in way.steps:
            yield from _tie(step.tie, "   ", step.beside)
        weakest = "; ".join(f"{tie.source_name} {tie.relation} {tie.target_name} ({tie.id})" for tie in way.weakest)
        same = "every link" if len(way.weakest) == len(way.steps) else weakest
        yield f"   weakest link: {same}, {way.strength}"
    if len(ways.paths) > SHOWN:
        yield f"and {len(ways.paths) - SHOWN:,} more: --json"
    yield NOT_A_FINDING


def owners(owned: Owners) -> Iterator[str]:
    """Owners with their chains and the product of shares along each."""
    more = "" if owned.complete else ", and more by longer chains that were not looked for"
    yield f"owners of {owned.company.name}: {len(owned.owners):,}{more}"
    for owner in owned.owners:
        yield f"{owner.name}: {owner.told}"
        for chain in owner.chains:
            links = " × ".join(f"{tie.amount or 'not stated'} ({tie.id})" for tie in chain.ties)
            names = [owner.name, *(_owned(tie) for tie in chain.ties)]
            yield f"  {' → '.join(names)}: {links} = {chain.told}, {chain.strength}{', ended' if chain.ended else ''}"
        if owner.open:
            yield f"  left open by ties without a stated share: {', '.join(owner.open)}; they may repeat the others, or add to them"


def posts(roles: Sequence[Post]) -> Iterator[str]:
    """Posts and affiliations, each once."""
    if not roles:
        yield "no posts are stated"
    for one in roles:
        dated = f", {one.when}" if one.when else ""
        yield f"{one.person}: {one.role} {one.body}{dated}, {one.strength} ({', '.join(one.ties)})"
        yield from (f"    {line}" for line in one.proof)


def exported(done: ExportedEntities) -> Iterator[str]:
    """What was written."""
    yield f"{done.file}: {done.entities:,} entities, {done.statements:,} statements"
    if done.withheld:
        yield f"  private persons who are not named in it: {done.withheld:,}"


def named(done: NamedPerson, case: Path) -> Iterator[str]:
    """What was asked or approved, and what comes next."""
    yield f"{done.label}: {done.person} {'may be named' if done.approved else 'was asked for'}, by {done.by}"
    if done.approved:
        yield from (f"  Add the file once more, its details were never entered: {file}" for file in done.again)
    else:
        yield f"  Somebody else has to approve it: inconcert entities {case} --approve {done.person} --because REASON --by NAME"


def _tie(tie: ShownTie, indent: str, beside: int = 0) -> Iterator[str]:
    facts = ", ".join(part for part in (tie.amount, tie.when, tie.strength) if part)
    more = f", and {beside} more between the two" if beside else ""
    note = f" [{tie.note}]" if tie.note else ""
    yield f"{indent}{_SIGNS[tie.strength]} {tie.id}  {tie.source_name} {tie.relation} {tie.target_name}: {facts}{note}{more}"
    yield from (f"{indent}       {line}" for line in tie.proof)


def _ties(number: int) -> str:
    return f"{number:,} tie{'s' * (number != 1)}"


def _owned(tie: ShownTie) -> str:
    return tie.source_name if tie.relation in ("owned by", "subsidiary of") else tie.target_name
