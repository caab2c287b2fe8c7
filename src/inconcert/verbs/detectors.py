"""The kinds of action that are compared."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.schema import KINDS, WINDOWS_US


@dataclass(frozen=True)
class Detector:
    """One kind of action: its name, what two accounts must have in common, and the time scales, seconds."""

    kind: str
    common: str
    windows_s: tuple[float, ...]


def detectors() -> list[Detector]:
    """Every kind, each of which is also compared without time."""
    return [Detector(kind, common, tuple(w / 1e6 for w in WINDOWS_US)) for kind, common in KINDS.items()]
