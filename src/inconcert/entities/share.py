"""A share in a company as an interval: what is stated is exact, what is not may be anything."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_PERCENT = re.compile(
    r"(?P<sign>[<>≥≤~]|about |over |under |at least |up to )?\s*(?P<low>\d{1,3}(?:[.,]\d+)?)\s*(?:[-–]\s*(?P<high>\d{1,3}(?:[.,]\d+)?))?\s*%?"
)
_AT_LEAST = (">", "≥", "over", "at least")
_AT_MOST = ("<", "≤", "under", "up to")


@dataclass(frozen=True)
class Share:
    """Lowest and highest value it may have, 0 to 1.   stated: whether a source gives a number."""

    low: float
    high: float
    stated: bool

    def __post_init__(self) -> None:
        if not 0.0 <= self.low <= self.high <= 1.0:
            raise ValueError(f"a share lies between 0 and 1, not {self.low} to {self.high}")

    def times(self, other: Share) -> Share:
        """The share that is held through another; stated when both are."""
        return Share(self.low * other.low, self.high * other.high, self.stated and other.stated)


UNKNOWN = Share(0.0, 1.0, False)
WHOLE = Share(1.0, 1.0, True)


def share_of(written: str | None) -> Share:
    """The share a text states ("2.3%", "25-50", "over 50 %"), in percent; UNKNOWN where it states none that can be one."""
    match = _PERCENT.fullmatch((written or "").strip().lower())
    if match is None:
        return UNKNOWN
    low = float(match["low"].replace(",", ".")) / 100
    high = float(match["high"].replace(",", ".")) / 100 if match["high"] else low
    sign = (match["sign"] or "").strip()
    if sign in _AT_LEAST:
        high = 1.0
    elif sign in _AT_MOST:
        low = 0.0
    elif sign:  # about a number: no bound follows from it
        return UNKNOWN
    if not (0.0 <= low <= high <= 1.0):
        return UNKNOWN
    return Share(low, high, True)


def together(shares: list[Share]) -> Share:
    """The sum of shares that do not overlap, cut at the whole; stated when each is."""
    low = min(math.fsum(one.low for one in shares), 1.0)
    high = min(math.fsum(one.high for one in shares), 1.0)
    return Share(low, max(low, high), all(one.stated for one in shares))


def percent(share: Share) -> str:
    """The share in words: "17.70 %", "0 to 17.88 %", "not stated"."""
    if not share.stated and share.low == 0.0 and share.high == 1.0:
        return "not stated"
    if math.isclose(share.low, share.high, abs_tol=5e-7):
        return f"{share.low:.2%}".replace("%", " %")
    return f"{share.low:.2%} to {share.high:.2%}".replace("%", " %")
