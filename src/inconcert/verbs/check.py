"""`check`: a draft held against the evidence of a case, and its words against a yardstick."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from inconcert.attribution.signature import STANDS
from inconcert.case import Case
from inconcert.indicators.standing_groups import standing_groups
from inconcert.verbs import two_texts
from inconcert.verbs.attribute import Assessment, assessment
from inconcert.verbs.judgements import decided_now
from inconcert.yardstick.remarks import Carried, Remark, remarks
from inconcert.yardstick.sentences import sentences
from inconcert.yardstick.yardsticks import PHIA, yardstick

_CALLED: dict[str, tuple[str, ...]] = {
    "state": ("state", "state body", "government"),
    "contractor": ("contractor", "contractors", "firm", "company"),
    "volunteers": ("volunteers", "volunteer"),
    "other-state": ("another state", "other state"),
}
"""Form of a hypothesis that nobody gave a name -> words by which a sentence speaks of it."""


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
    its weakest part does; one whose assessment is signed, and the signature stands, carries who was signed for."""
    clustered = case.run("cluster")
    if clustered is None:
        return
    levels = {row["group_id"]: row["level"] for row in standing_groups(clustered, case.run("indicators")).to_pylist()}
    now = decided_now(case)
    for group in now.groups.values():
        parts = [levels[base] for part in group.id.split("+") if (base := part.split(".")[0]) in levels]
        level = "L0" if now.aside(group.id) is not None or not parts else min(parts)
        names = tuple(name for name in (group.id, group.name) if name)
        signed = _signed(assessment(case, group.id), names) if level == "L3" and group.id in levels else None
        yield signed or Carried(names, level)


def _signed(assessed: Assessment, names: tuple[str, ...]) -> Carried | None:
    """What a standing signature carries; None without one."""
    if assessed.leading is None or not any(one.state == STANDS for one in assessed.sign_offs):
        return None
    by_id = {one.id: one for one in assessed.hypotheses}
    actor, words = by_id[assessed.leading.ids[0]], assessed.leading.words
    others = tuple(one.title for one in by_id.values() if one.named and one.id != actor.id)
    called = (actor.title,) if actor.named else _CALLED.get(actor.form, (actor.title,))
    return Carried(names, assessed.level, words.least, words.text, called, actor.named, others)
