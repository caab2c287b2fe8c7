"""One spelling for hashtags and for names of accounts, which sites compare without regard to case."""

from __future__ import annotations

import re

from inconcert.normalise.text import fold

MAX_HASHTAG = 200
"""Longer ones, characters, are damage."""

_NAME = re.compile(r"[\w.\-]{1,30}(?:@[\w.\-]+)?")


def fold_hashtag(tag: str) -> str | None:
    """NFKC, case-folded, without its sign, invisible characters, and the mark of topics on Xiaohongshu; None if empty."""
    words = " ".join(fold(tag).split()).strip("# ").removesuffix("[话题]")
    return words if 0 < len(words) <= MAX_HASHTAG else None


def fold_name(name: str) -> str | None:
    """A handle, case-folded and without @; a longer id, which may tell upper from lower case, stays as it is."""
    bare = name.strip("@＠ ")
    return (fold(bare) if _NAME.fullmatch(bare) else bare) or None
