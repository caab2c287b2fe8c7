"""Where a group may be as lines for the terminal: regions with counts, and nothing of any one account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from inconcert.verbs.locate import percent

if TYPE_CHECKING:
    from inconcert.verbs.locate import Kind, Located, LocatedItem

CHANCES_SHOWN, ITEMS_SHOWN, COUNTS_SHOWN, CONFLICTS_SHOWN = 4, 20, 12, 8
_HEADS = {"province": "Provinces", "country": "Countries", "clock": "Clocks"}


def located_lines(found: Located) -> Iterator[str]:
    """Everything, the conclusion first."""
    yield f"{found.group}{f' “{found.name}”' if found.name else ''}: level {found.level}"
    yield f"  {found.statement}"
    yield f"  Words are those of the {found.yardstick}. A working paper of the analyst: where a group sits says nothing of who runs it."
    if not found.stands:
        yield "  Somebody entered, retracted or measured something since: run it again."
    yield ""
    yield "Where they may sit"
    for kind, head in _HEADS.items():
        its = [one for one in found.chances if one.kind == kind][:CHANCES_SHOWN]
        if its:
            yield f"  {head}: " + "; ".join(f"{one.name} {percent(one.chance)} ({one.word})" for one in its)
    for one in (found.anywhere, found.staged):
        yield f"  Or: {one.name}, {percent(one.chance)} ({one.word})"
    yield ""
    yield "Signs, and how each may mislead"
    for item in found.items[:ITEMS_SHOWN]:
        yield from _item(item)
    if len(found.items) > ITEMS_SHOWN:
        yield f"  {len(found.items) - ITEMS_SHOWN:,} more are in the table place_items."
    if not found.items:
        yield "  None: what is likely is what was likely before."
    yield from _conflicts(found)
    yield ""
    yield "What each family weighs, counted once"
    for title, most, spread, capped in found.families.values():
        yield f"  {title}: a factor of {10**spread:,.1f} between regions{f', held to {10**most:,.0f}' if capped else ''}"
    yield ""
    yield "Accounts by region that platforms' labels or check-ins show"
    for count in found.counts[:COUNTS_SHOWN]:
        yield f"  {count.name}: {count.accounts}"
    if not found.counts:
        yield "  None."
    labels, accounts = found.set_aside
    if labels:
        yield f"  Set aside: {labels:,} {'label' if labels == 1 else 'labels'} that name no region known here ({accounts} accounts each, at most)."
    yield from ("", *found.notes)


def _item(item: LocatedItem) -> Iterator[str]:
    yield (
        f"  {item.key}: {item.says}"
        if item.key.startswith("P")
        else f"  {item.says}"
    )  # fmt: skip
    yield f"    {_favours(item)} ({item.kind}; {item.counts})"
    yield "    or: " + "; ".join(f"{one.says}, {percent(one.chance)}" for one in item.readings)
    if item.says_otherwise:
        yield f"    other reading, as entered: {item.says_otherwise}"
    if item.sources:
        yield f"    seen in: {'; '.join(item.sources)}"


def _favours(item: LocatedItem) -> str:
    """What the sign favours; a factor of no more than one favours nothing."""
    low, high = _factor(item.weight.low), _factor(item.weight.high)
    if float(high.replace(",", "")) <= 1:
        return f"favours no region: {item.favours} by {low} to {high} against anywhere"
    return f"favours {item.favours} by {low} to {high} against anywhere"


def _conflicts(found: Located) -> Iterator[str]:
    """Each once, those of signs that count first."""
    order = [item.key for item in found.items]
    told = [
        (item.key, *one)
        for item in found.items
        for one in item.conflicts
        if order.index(one[0]) > order.index(item.key)
    ]
    if told:
        yield ""
        yield "Conflicts that remain"
    for one, other, says, reasons in told[:CONFLICTS_SHOWN]:
        yield f"  {one} and {other}: {says}"
        yield f"    both can be true if: {'; '.join(reasons)}"
    if len(told) > CONFLICTS_SHOWN:
        yield f"  {len(told) - CONFLICTS_SHOWN:,} more are in the table place_items."


def _factor(log: float) -> str:
    return f"{10**log:,.1f}"


def kind_lines(known: Mapping[str, Kind]) -> Iterator[str]:
    """Each kind with its ways of misleading."""
    for name, kind in known.items():
        hand = "; entered by hand" if kind.by_hand else ""
        yield f"{name}: {kind.title} (family {kind.family}{hand})"
        yield f"    or: {kind.way}, {percent(kind.otherwise)}; set up to look so, {percent(kind.staged)}"
