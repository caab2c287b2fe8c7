"""Objects of a file that are understood and hold nothing of what is imported, in words."""

from __future__ import annotations

from collections.abc import Mapping

KINDS_TOLD = 8


def passed_words(passed: Mapping[str, int], sought: str) -> str:
    """ "123 objects hold no posts: 100 likes, 23 service messages"; the commonest kinds first."""
    by_count = sorted(passed.items(), key=lambda item: (-item[1], item[0]))
    told = [f"{count:,} {kind}" for kind, count in by_count[:KINDS_TOLD]]
    if len(by_count) > KINDS_TOLD:
        told.append(f"{sum(count for _, count in by_count[KINDS_TOLD:]):,} of other kinds")
    total = sum(passed.values())
    objects = "object holds" if total == 1 else "objects hold"
    return f"{total:,} {objects} no {sought}: {', '.join(told)}"


def passed_note(passed: Mapping[str, int], sought: str) -> tuple[str, ...]:
    """The sentence as a note; none when nothing was passed."""
    return (f"{passed_words(passed, sought)}.",) if passed else ()
