"""Eight digits at the end of a handle that can be read as a date."""

from __future__ import annotations

import re
from datetime import date

FIRST_YEAR, LAST_YEAR = 1900, 2025
UNIFORM = 0.001_199_19
"""Share of the numbers 00000000 to 99999999 that can be read as a date of these years in any of the three orders."""

_EIGHT = re.compile(r"(?<![0-9])[0-9]{8}\Z")
_ORDERS = (((0, 4), (4, 6), (6, 8)), ((4, 8), (2, 4), (0, 2)), ((4, 8), (0, 2), (2, 4)))  # YYYYMMDD, DDMMYYYY, MMDDYYYY


def eight_digits(handle: str) -> str | None:
    """The last eight characters, where they are digits and no digit comes before them."""
    found = _EIGHT.search(handle.strip())
    return found[0] if found else None


def as_date(digits: str) -> date | None:
    """The first date of 1900 to 2025 that eight digits are, as YYYYMMDD, DDMMYYYY or MMDDYYYY; None where they are none."""
    for year, month, day in _ORDERS:
        if FIRST_YEAR <= int(digits[slice(*year)]) <= LAST_YEAR:
            try:
                return date(int(digits[slice(*year)]), int(digits[slice(*month)]), int(digits[slice(*day)]))
            except ValueError:
                continue
    return None
