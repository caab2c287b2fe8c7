"""Items and weighings made by hand, for tests of the room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from inconcert.attribution.families import FAMILIES
from inconcert.attribution.grading import Grade
from inconcert.attribution.hypotheses import TEMPLATE, Hypothesis
from inconcert.attribution.item import Item
from inconcert.attribution.ranges import Range
from inconcert.attribution.weighing import Weighing
from inconcert.yardstick.yardsticks import PHIA

IDS = tuple(one.id for one in TEMPLATE)


def item(
    key: str,
    weights: Mapping[str, float | tuple[float, float]],
    family: str = "content",
    category: str = "behavioural",
    grade: Grade | None = None,
    access: str = "open",
    steps: tuple[str, str] | None = None,
    source: str = "here",
) -> Item:
    """An item; a weight of one number has no range, hypotheses left out weigh 0."""
    ranges = {id: _range(weights.get(id, 0.0)) for id in IDS}
    return Item(
        key=key, text=f"text of {key}", kind="", family=family, category=category, access=access, grade=grade, source=source,
        found_by="this case", weights=ranges, steps=steps,
    )  # fmt: skip


def _range(weight: float | tuple[float, float]) -> Range:
    low, high = weight if isinstance(weight, tuple) else (weight, weight)
    return Range(low, (low + high) / 2, high)


def weighing(
    items: Sequence[Item] = (), hypotheses: Sequence[Hypothesis] = TEMPLATE, *, apart: bool = True
) -> Weighing:
    """A weighing in PHIA's words, at L3 unless told otherwise."""
    return Weighing(tuple(hypotheses), tuple(items), PHIA, apart)


@st.composite
def ranges(draw: st.DrawFn, least: float = -3, most: float = 3) -> Range:
    return Range(*sorted(draw(st.lists(st.floats(least, most, width=32), min_size=3, max_size=3))))


@st.composite
def items(draw: st.DrawFn, key: str = "", families: Sequence[str] = tuple(FAMILIES)) -> Item:
    """Any item."""
    weights = {id: draw(ranges()) for id in IDS}
    return Item(
        key=key or draw(st.text("abcdefgh", min_size=1, max_size=6)), text="", kind="", family=draw(st.sampled_from(families)),
        category="technical", access="open", grade=None, source="", found_by="", weights=weights,
    )  # fmt: skip


def many(most: int = 6) -> st.SearchStrategy[list[Item]]:
    """Items with keys of their own."""
    return st.lists(items(), max_size=most, unique_by=lambda one: one.key)
