"""How sure a sentence says it is: words of a yardstick, words of none, and words of confidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from inconcert.yardstick.yardstick import Band, Yardstick
from inconcert.yardstick.yardsticks import YARDSTICKS

VAGUE: tuple[str, ...] = (
    "possibly", "possible", "potentially", "hypothetically", "perhaps", "maybe", "conceivably", "plausibly", "plausible", "presumably",
    "apparently", "seemingly", "arguably", "reportedly", "allegedly", "alleged", "ostensibly", "supposedly", "may", "might", "could",
    "seem to", "seems to", "seemed to", "seems that", "appear to", "appears to", "appeared to", "appears that", "appears at times", "suggest", "suggests", "suggested", "suggesting", "indicate", "indicates",
    "indicated", "indicating", "hint", "hints", "hinting", "believe", "believes", "believed", "suspect", "suspects", "suspected", "most likely",
    "more likely than not", "cast doubt", "cast doubts", "casts doubt", "not conclusive", "inconclusive", "hypothesis", "growing body of evidence",
    "one explanation", "as likely as not", "chances are", "in all likelihood", "tacit", "deeply connected", "closely linked", "tied to",
)  # fmt: skip
"""Words that leave open how likely something is: they are in no yardstick."""
SURE: tuple[str, ...] = (
    "prove", "proves", "proved", "proven", "proof", "undoubtedly", "without doubt", "without a doubt", "no doubt", "beyond doubt", "beyond any doubt", "beyond reasonable doubt", "certainly",
    "definitely", "definitively", "clearly", "obviously", "unmistakably", "unquestionably", "conclusively", "irrefutably", "smoking gun", "must be", "must have been",
    "confirms that", "confirmed that", "confirm that", "we know that", "100 %", "100%", "strongly suggest", "strongly suggests", "strongly suggested", "strongly indicate", "strongly indicates",
    "strong evidence", "confidently", "leave no doubt", "leaves no doubt", "geolocated",
)  # fmt: skip
"""Words that claim as good as certainty, or the strength of a proof, in no scale."""
CONFIDENCE = re.compile(
    r"\b(?:high|moderate|medium|low|full|great|some|little|reasonable)\s+(?:analytic(?:al)?\s+)?confidence\b", re.I
)
RATED = frozenset({"high", "moderate", "low"})
"""Words of confidence that both yardsticks define."""
_COMPARED = r"(?<!\bmost )(?<!\bmore )(?<!\bless )(?<!\bleast )(?<!\bas )(?<!\bequally )(?<!\bhow )"


@dataclass(frozen=True)
class Term:
    """Words within a sentence that say how sure it is.

    words: as written.   start: where.   band: of the yardstick that has them; None for words of no yardstick.
    scales: names of the yardsticks that have them.   sure: whether they claim as good as certainty.
    """

    words: str
    start: int
    band: Band | None
    scales: tuple[str, ...]
    sure: bool = False


def terms(text: str, preferred: Yardstick) -> list[Term]:
    """Every word of likelihood in a text, in order, none within another. preferred: whose band is meant where both have a word."""
    found: list[Term] = []
    end = 0
    for one in sorted(_all(text, preferred), key=lambda term: (term.start, -len(term.words))):
        if one.start >= end:
            found.append(one)
            end = one.start + len(one.words)
    return found


def confidences(text: str) -> list[str]:
    """The words of confidence in a text, as written."""
    return [found[0] for found in CONFIDENCE.finditer(text)]


def _all(text: str, preferred: Yardstick) -> Iterator[Term]:
    for found in _LIKELY.finditer(text):
        bands = _BANDS[found[0].lower()]
        band = bands.get(preferred.name) or next(iter(bands.values()))
        yield Term(found[0], found.start(), band, tuple(bands))
    for found in _OTHER.finditer(text):
        yield Term(found[0], found.start(), None, (), found[0].lower() in SURE)


def _scale_words() -> dict[str, dict[str, Band]]:
    """Spelling -> {name of a yardstick: band}."""
    spelled: dict[str, dict[str, Band]] = {}
    for scale in YARDSTICKS.values():
        for band in scale.bands:
            for word in (band.term, *band.others):
                bare = word.removeprefix("a ").removeprefix("roughly ")
                spelled.setdefault(bare, {})[scale.name] = band
                if bare.endswith("probable"):  # an adverb says the same
                    spelled.setdefault(bare.removesuffix("probable") + "probably", {})[scale.name] = band
                if bare.startswith("almost certain"):
                    spelled.setdefault("almost certainly", {})[scale.name] = band
    return spelled


def _any_of(words: Iterable[str], unless: str = "") -> re.Pattern[str]:
    """Any of some words, the longest first, as whole words in any case."""
    listed = "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))
    return re.compile(rf"{unless}(?<![\w-])(?:{listed})(?![\w-])", re.IGNORECASE | re.ASCII)


_BANDS = _scale_words()
_LIKELY = _any_of(_BANDS, _COMPARED)
_OTHER = _any_of((*VAGUE, *SURE))
