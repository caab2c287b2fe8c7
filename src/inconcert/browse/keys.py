"""Keys that stand for accounts in addresses: the same for the life of a case, and telling nothing of the account."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence

PREFIX = "a-"
LETTERS = 8
"""Letters of a key, five bits each; more where two accounts would share one."""

_ALL = 52


def account_keys(stamp: str, ids: Sequence[str]) -> list[str]:
    """The key of each account; ids: all different.   stamp: what tells this case from others, see `State.stamp`.

    The letters are those of the lower-case base32 of SHA-256 of stamp and id.
    """
    head = hashlib.sha256(f"{stamp}\n".encode())
    whole = []
    for id in ids:
        digest = head.copy()
        digest.update(id.encode("utf-8", "surrogatepass"))
        whole.append(base64.b32encode(digest.digest()).decode("ascii").lower()[:_ALL])
    lengths = [LETTERS] * len(ids)
    unsure = list(range(len(ids)))
    while unsure:
        times = Counter(whole[i][: lengths[i]] for i in unsure)
        unsure = [i for i in unsure if times[whole[i][: lengths[i]]] > 1 and lengths[i] < _ALL]
        for i in unsure:
            lengths[i] += 1
    return [PREFIX + letters[:length] for letters, length in zip(whole, lengths, strict=True)]
