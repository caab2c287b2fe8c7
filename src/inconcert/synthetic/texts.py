"""Sentences made from word lists, many at once: remarks, headlines, dispatches, appeals, chain posts, hashtags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from inconcert.synthetic.words import (
    ADJECTIVES,
    APPEALS,
    CHAINS,
    HEADLINES,
    JOINTS,
    LEDES,
    PAPERS,
    PLACES,
    REMARKS,
    TAG_MATTERS,
)

Strings = NDArray[np.object_]
LANGUAGES = frozenset(REMARKS)
Grammar = Mapping[str, Sequence[Sequence[str]]]


def _sentences(grammar: Grammar, languages: Strings, rng: np.random.Generator) -> Strings:
    """One sentence for each entry of `languages`: a word of each list of its grammar, joined; {n} is a number."""
    sentences = np.empty(len(languages), dtype=object)
    for language, lists in grammar.items():
        rows = np.flatnonzero(languages == language)
        picks = [rng.integers(len(words), size=len(rows)) for words in lists]
        numbers = rng.integers(2, 98, size=len(rows))
        joint, stop = JOINTS[language]
        for row, number, *pick in zip(rows, numbers, *picks, strict=True):
            words = joint.join(words[i] for words, i in zip(lists, pick, strict=True))
            sentences[row] = words.replace("{n}", str(number)) + stop
    return sentences


THIRD = 0.3
"""Share of remarks that go on for a third sentence."""


def remarks(languages: Strings, rng: np.random.Generator) -> Strings:
    """What ordinary people say in their own words, two sentences or three.

    Two alike are rarer than one in a hundred million pairs, and two of which most phrases are the same, as near-identical
    texts are, rarer than one in a million: a single sentence of these lists would be that far too often.
    """
    said = _followed(_sentences(REMARKS, languages, rng), _sentences(REMARKS, languages, rng), languages)
    more = np.flatnonzero(rng.random(len(languages)) < THIRD)
    said[more] = _followed(said[more], _sentences(REMARKS, languages[more], rng), languages[more])
    return said


def _followed(first: Strings, second: Strings, languages: Strings) -> Strings:
    """Each sentence of `first` with that of `second` after it."""
    joints = {language: joint for language, (joint, _) in JOINTS.items()}
    return np.array(
        [f"{a}{joints[lang]}{b}" for a, b, lang in zip(first, second, languages, strict=True)], dtype=object
    )


def chains(languages: Strings, rng: np.random.Generator) -> Strings:
    """Chain posts that people copy from each other."""
    return _sentences(CHAINS, languages, rng)


def appeals(languages: Strings, rng: np.random.Generator) -> Strings:
    """Texts of a campaign, two claims each: two texts of one claim would often be near-identical."""
    return _followed(_sentences(APPEALS, languages, rng), _sentences(APPEALS, languages, rng), languages)


def headlines(languages: Strings, rng: np.random.Generator) -> Strings:
    """Headlines of articles, each with a place in front."""
    titles = _sentences(HEADLINES, languages, rng)
    places = _choice(PLACES, languages, rng)
    stops = {language: stop for language, (_, stop) in JOINTS.items()}
    for i, language in enumerate(languages):
        titles[i] = f"{places[i]}: {titles[i].removesuffix(stops[language])}"
    return titles


def dispatches(languages: Strings, rng: np.random.Generator) -> Strings:
    """Wire copy: a headline and a second sentence, the same for every newspaper that prints it."""
    copy = _sentences({language: [words] for language, words in LEDES.items()}, languages, rng)
    for i, title in enumerate(headlines(languages, rng)):
        joint, stop = JOINTS[languages[i]]
        copy[i] = f"{title}{stop}{joint}{copy[i]}"
    return copy


def reworded(texts: Strings, language: str, share: float, rng: np.random.Generator) -> Strings:
    """Each text with that share of its words, or of its characters where words are not spaced, replaced at random.

    The replacements are words (characters) of ordinary remarks in the language.
    """
    joint = JOINTS[language][0]
    pool = [unit for words in REMARKS[language] for phrase in words for unit in (phrase.split() if joint else phrase)]
    out = np.empty(len(texts), dtype=object)
    for i, text in enumerate(texts):
        units = text.split(joint) if joint else list(text)
        for k in np.flatnonzero(rng.random(len(units)) < share):
            units[k] = pool[rng.integers(len(pool))]
        out[i] = joint.join(units)
    return out


def hashtags(languages: Strings, rng: np.random.Generator) -> Strings:
    """One hashtag each, without the sign."""
    tags: Strings = _choice(PLACES, languages, rng) + _choice(TAG_MATTERS, languages, rng)
    return np.array([tag.replace(" ", "").replace("-", "") for tag in tags], dtype=object)


def sites(n: int, rng: np.random.Generator) -> Strings:
    """Host names of n newspapers, all different, under the domain that is reserved for examples."""
    names = [f"{adjective}-{paper}" for adjective in ADJECTIVES for paper in PAPERS]
    picks = rng.permutation(len(names))
    return np.array([f"{names[picks[i % len(names)]]}{i // len(names) or ''}.example" for i in range(n)], dtype=object)


def images(n: int, rng: np.random.Generator) -> Strings:
    """Ids of n images."""
    return np.array([f"img{m:012x}" for m in rng.integers(16**12, size=n)], dtype=object)


def _choice(words: Mapping[str, Sequence[str]], languages: Strings, rng: np.random.Generator) -> Strings:
    """One word of each language asked for."""
    picks = rng.random(len(languages))
    return np.array(
        [words[language][int(u * len(words[language]))] for language, u in zip(languages, picks, strict=True)],
        dtype=object,
    )
