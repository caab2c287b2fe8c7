"""Who signed an assessment, and whether the signature still stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inconcert.judgement.weighed import Weighed

STANDS, LAPSED = "stands", "lapsed"
"""LAPSED: what was signed is no longer what is weighed, or may no longer be signed."""


@dataclass(frozen=True)
class Signed:
    """One signature.   label: A6.   about, word, confidence: what was signed.   state: STANDS or LAPSED."""

    label: str
    by: str
    at: str
    about: str
    word: str
    confidence: str
    text: str
    state: str


def signed(entries: Sequence[Weighed], sha256: str | None) -> tuple[Signed, ...]:
    """Those among these entries, oldest first.   sha256: of what is weighed now, None when nobody may sign it."""
    return tuple(_signed(one, sha256) for one in entries if one.what == "sign-off")


def _signed(one: Weighed, sha256: str | None) -> Signed:
    said = one.value
    state = STANDS if said["sha256"] == sha256 else LAPSED
    return Signed(one.label, one.by, one.at, said["about"], said["word"], said["confidence"], said["text"], state)
