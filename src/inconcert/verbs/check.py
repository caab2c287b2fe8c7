"""`check`: a draft held against the evidence of a case, and its words against a yardstick."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from inconcert.case import Case
from inconcert.indicators.standing_groups import standing_groups
from inconcert.verbs import two_texts
from inconcert.verbs.judgements import decided_now
from inconcert.yardstick.remarks import Carried, Remark, remarks
from inconcert.yardstick.sentences import sentences
from inconcert.yardstick.yardsticks import PHIA, yardstick


@dataclass(frozen=True)
class Checked:
    """What was found in a draft.

    sentences: how many it has, without those of others.   remarks: in the order of the draft.   groups: how many groups of the case
    it was held against; None without a case.   notes: how the file was read.
    """

    draft: str
    yardstick: str
    sentences: int
    remarks: tuple[Remark, ...]
    groups: int | None
    notes: tuple[str, ...]

    @property
    def exceeding(self) -> int:
        """Sentences that claim more than the evidence carries."""
        return len({(one.line, one.sentence) for one in self.remarks if one.kind == "exceeds"})


def check(draft: Path, case: Case | None = None, *, scale: str = PHIA.name) -> Checked:
    """Mark the sentences of a draft that claim more than the case carries, or use words of no yardstick.

    draft: plain text or Markdown, in English.   case: whose newest groups it speaks of; without one only words are checked.
    scale: phia or icd203. InputError for a file that is no text or too large; UnknownName for a yardstick there is not.
    """
    chosen = yardstick(scale)
    text = two_texts.read(draft)
    carried = list(_carried(case)) if case is not None else []
    found = tuple(remarks(text.text, chosen, carried))
    n_sentences = sum(1 for _ in sentences(text.text))
    return Checked(str(draft), chosen.title, n_sentences, found, len(carried) if case is not None else None, text.notes)


def _carried(case: Case) -> Iterator[Carried]:
    """Every group of the newest run as it stands now; those set aside carry nothing. A group that people made of others carries what
    its weakest part does."""
    clustered = case.run("cluster")
    if clustered is None:
        return
    levels = {row["group_id"]: row["level"] for row in standing_groups(clustered, case.run("indicators")).to_pylist()}
    now = decided_now(case)
    for group in now.groups.values():
        parts = [levels[base] for part in group.id.split("+") if (base := part.split(".")[0]) in levels]
        level = "L0" if now.aside(group.id) is not None or not parts else min(parts)
        yield Carried(tuple(name for name in (group.id, group.name) if name), level)
