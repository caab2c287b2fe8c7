"""Posts as they come into being, before they get ids: columns of equal length."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inconcert.synthetic.texts import Strings

NONE = -1
"""Stands for no post and no account in the columns of codes."""


@dataclass(frozen=True)
class Drafts:
    """A draft's code is its position among all drafts of the world; other drafts refer to it by that.

    account: code of its author. time_us: when. text: "" for a pure share, whose text is that of the shared post.
    share_of, reply_to: code of a draft, or NONE. url: "" for none. hashtags: space-separated without signs, in order.
    media: "" for none. collected: whether the export holds it.
    """

    account: NDArray[np.int64]
    time_us: NDArray[np.int64]
    text: Strings
    share_of: NDArray[np.int64]
    reply_to: NDArray[np.int64]
    url: Strings
    hashtags: Strings
    media: Strings
    collected: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.account)

    def joined(self, other: Drafts) -> Drafts:
        """These drafts, then the others."""
        columns: dict[str, Any] = {
            f.name: np.concatenate([getattr(self, f.name), getattr(other, f.name)]) for f in fields(self)
        }
        return Drafts(**columns)


def drafts(
    account: NDArray[np.int64],
    time_us: NDArray[np.int64],
    *,
    text: Strings | None = None,
    share_of: NDArray[np.int64] | None = None,
    reply_to: NDArray[np.int64] | None = None,
    url: Strings | None = None,
    hashtags: Strings | None = None,
    media: Strings | None = None,
    collected: bool = True,
) -> Drafts:
    """Drafts of these accounts at these times; what is not given is absent."""
    n = len(account)

    def words(column: Strings | None) -> Strings:
        return np.full(n, "", dtype=object) if column is None else column

    def codes(column: NDArray[np.int64] | None) -> NDArray[np.int64]:
        return np.full(n, NONE, dtype=np.int64) if column is None else column

    return Drafts(
        account=account,
        time_us=time_us,
        text=words(text),
        share_of=codes(share_of),
        reply_to=codes(reply_to),
        url=words(url),
        hashtags=words(hashtags),
        media=words(media),
        collected=np.full(n, collected),
    )
