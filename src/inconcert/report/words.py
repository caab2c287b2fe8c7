"""Numbers in plain words: counts, chances, times and kinds of action as a newspaper would say them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

DID: dict[str, str] = {
    "share": "shared the same post",
    "reply": "replied to the same post",
    "mention": "mentioned the same account",
    "hashtag": "used the same hashtag",
    "hashtag_sequence": "used the same hashtags in the same order",
    "url": "posted the same link",
    "domain": "linked to the same site",
    "text": "posted the same text",
    "media": "posted the same picture or video",
    "near_text": "posted a near-identical text",
    "near_media": "posted a near-identical picture or video",
}
"""What two accounts did, by kind of action."""

NOUN: dict[str, str] = {
    "share": "shared posts",
    "reply": "replies to a post",
    "mention": "mentions of an account",
    "hashtag": "hashtags",
    "hashtag_sequence": "rows of hashtags",
    "url": "links",
    "domain": "linked sites",
    "text": "identical texts",
    "media": "pictures and videos",
    "near_text": "near-identical texts",
    "near_media": "near-identical pictures and videos",
    "combined": "several kinds of action together",
}
"""What was compared, by kind of action."""

PRECISION: dict[str, str] = {"s": "second", "min": "minute", "day": "day"}
"""The precision times carry, in words."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNITS = ((86_400_000_000, "day"), (3_600_000_000, "hour"), (60_000_000, "minute"), (1_000_000, "second"))


def count(n: int, one: str, many: str | None = None) -> str:
    """`1 post`, `1,234 posts`, `no posts`."""
    return f"{f'{n:,}' if n else 'no'} {one if n == 1 else many or one + 's'}"


def joined(parts: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}" if len(parts) > 1 else "".join(parts)


def number(x: float) -> str:
    """A number to two figures: `0.034`, `12`, `1,234`, `4.1 × 10⁻⁹`; values too small for a computer as `< 10⁻³⁰⁰`."""
    if x == 0:
        return "0"
    if math.isinf(x):
        return "∞"
    if abs(x) < 1e-300:
        return "< 10⁻³⁰⁰"
    exponent = math.floor(math.log10(abs(x)))
    if -4 <= exponent < 5:
        plain = f"{x:,.{max(0, 1 - exponent)}f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    mantissa = x / 10.0**exponent
    return f"{mantissa:.1f}".removesuffix(".0") + f" × 10{str(exponent).translate(_SUPERSCRIPT)}"


def signed(x: float) -> str:
    """A difference with its sign, to two places: `+0.31`, `−1.20`."""
    return f"{x:+.2f}".replace("-", "−")


def probability(p: float) -> str:
    """A p- or q-value as a number; 0 is one too small to be written."""
    return number(p) if p > 0 else "< 10⁻³⁰⁰"


def percent(share: float) -> str:
    """A share in [0, 1] as whole percent, never rounded to nothing or everything: `92%`, `less than 1%`."""
    if 0 < share < 0.005:
        return "less than 1%"
    if 0.995 <= share < 1:
        return "more than 99%"
    return f"{math.floor(share * 100 + 0.5)}%"


def odds(p: float) -> str:
    """A chance as `1 in 20,000`; above one in two as percent."""
    if p > 0.5:
        return percent(p)
    if p < 1e-12:
        return "less than 1 in a million million"
    one_in = 1 / p
    digits = 1 - math.floor(math.log10(one_in)) if one_in >= 10 else 0
    return f"1 in {round(one_in, digits):,.0f}"


def false_alarms(q: float, what: str = "groups") -> str:
    """A q-value as the false alarms to expect among a thousand findings of that strength."""
    start = f"Of 1,000 {what} reported on evidence at least as strong as this,"
    thousand = q * 1000
    if 0.95 <= thousand < 1.5:
        return f"{start} about 1 would be expected to be a false alarm."
    if thousand >= 1.5:
        return f"{start} about {thousand:,.0f} would be expected to be false alarms."
    rarity = "one in a million" if q < 1e-6 else odds(q).replace("1 in", "one in")
    rarity = f"fewer than {rarity}" if q < 1e-6 else f"about {rarity}"
    return f"{start} fewer than 1 would be expected to be a false alarm ({rarity})."


def duration(time_us: int) -> str:
    """A length of time in its two largest units: `0 seconds`, `12 seconds`, `2 hours 5 minutes`."""
    left, parts = round(time_us / 1e6) * 1_000_000, []
    for unit_us, name in _UNITS:
        n, rest = divmod(left, unit_us)
        if n:
            parts.append((unit_us, count(n, name)))
        left = rest
    if not parts:
        return "0 seconds" if time_us == 0 else "less than a second"
    return " ".join(text for _, text in parts[:2])


def apart(gap_us: int, precision: str | None) -> str:
    """How far apart two times of that precision are: `in the same minute`, `12 seconds apart`."""
    if gap_us:
        return f"{duration(gap_us)} apart"
    return "on the same day" if precision == "day" else f"in the same {PRECISION[precision or 's']}"


def window(window_us: int | None) -> str:
    """A time scale: `within 10 seconds`, `at any time`."""
    return "at any time" if window_us is None else f"within {duration(window_us)}"


def moment(time_us: int, precision: str | None = "s") -> str:
    """A time in UTC no finer than its source gives it: `2024-05-03 14:02:07`."""
    layout = {"day": "%Y-%m-%d", "min": "%Y-%m-%d %H:%M"}.get(precision or "s", "%Y-%m-%d %H:%M:%S")
    return (_EPOCH + timedelta(microseconds=time_us)).strftime(layout)


def day(time_us: int) -> str:
    """A date in UTC as `3 May 2024`."""
    date = _EPOCH + timedelta(microseconds=time_us)
    return f"{date.day} {date:%B} {date.year}"


def period(first_us: int, last_us: int) -> str:
    """`3 May 2024` or `3 May 2024 to 7 June 2024`."""
    first, last = day(first_us), day(last_us)
    return first if first == last else f"{first} to {last}"
