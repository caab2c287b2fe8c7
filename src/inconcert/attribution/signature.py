"""Who signed an assessment, and whether the signature still stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def signed(entries: Sequence[Weighed], now: Mapping[str, str] | None) -> tuple[Signed, ...]:
    """Those among these entries, oldest first.

    now: what would be signed: about, word, confidence and the sha256 of what is weighed, each of which a statement must say to stand; None
    when nobody may sign.
    """
    return tuple(_signed(one, now) for one in entries if one.what == "sign-off")


def _signed(one: Weighed, now: Mapping[str, str] | None) -> Signed:
    said = one.value
    state = STANDS if now is not None and all(said[name] == its for name, its in now.items()) else LAPSED
    return Signed(one.label, one.by, one.at, said["about"], said["word"], said["confidence"], said["text"], state)
