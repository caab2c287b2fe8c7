"""Which imports of a case count: those that were withdrawn do not, and those read again without them stand in for others.

Nothing is removed. The ledger's newest statement of a withdrawal, or of taking one back, holds the whole state, so that one
line puts all of it into force.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from inconcert.case.scratch import WROTE
from inconcert.ledger import Statement

WITHDREW, RESTORED = "withdrew", "restored"
STANDS_FOR = "stands for"
"""Fact of an import that was made to stand in for another: it counts only while a withdrawal says so."""


@dataclass(frozen=True)
class Withdrawals:
    """withdrawn: {import id: reason}, as the user withdrew them.   gone: they, and retries of what they set aside.

    stands_for: {import id: the import that stands in for it, None where nothing of it is left}.
    absent: all imports that do not count.
    """

    withdrawn: Mapping[str, str] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    stands_for: Mapping[str, str | None] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()

    def standing(self, import_id: str) -> str | None:
        """The import that counts for that one: itself, the one in its place, or None."""
        if import_id in self.stands_for:
            return self.stands_for[import_id]
        return None if import_id in self.absent else import_id


def withdrawals(statements: Sequence[Statement]) -> Withdrawals:
    """The state that the ledger tells."""
    state: Mapping[str, Any] = {"withdrawn": {}, "gone": [], "stands_for": {}}
    stand_ins = set()
    for said in statements:
        if said.says in (WITHDREW, RESTORED):
            state = said.value
        elif said.says == WROTE and said.about.startswith("data/") and STANDS_FOR in said.value:
            stand_ins.add(said.about.removeprefix("data/"))
    stands_for = state["stands_for"]
    absent = {*state["gone"], *stands_for, *stand_ins} - {*stands_for.values()}
    return Withdrawals(state["withdrawn"], tuple(state["gone"]), stands_for, frozenset(absent))
