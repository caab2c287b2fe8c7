"""Words that stand in place of an author who is gone, hidden or unknown: taken for a name, they would be one account that acts
with everybody.

Which words, is decided by the source. A tool that says which it writes is believed (`Importer.nobody`). A tool of one platform
writes names as the platform allows them, so that no name is a word in brackets, "-" or "匿名", but one may be "unknown". In a
table of no known tool a plain word is taken for nobody too. Whoever has an id is somebody, whatever the name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

if TYPE_CHECKING:
    from inconcert.ingest.importer import Importer

NO_NAMES = frozenset(
    {
        "[deleted]", "[deleted by user]", "[deleted user]", "[removed]", "[ removed by reddit ]", "[unknown]", "[anonymous]",
        "(deleted)", "(unknown)", "<deleted>", "<unknown>", "deleted account", "deleted user", "unknown user", "unknown author",
        "anonymous user", "n/a", "#n/a", "null", "none", "nan", "undefined", "-", "--", "—", "?",
        "匿名", "匿名用户", "匿名用戶", "匿名网友", "未知", "未知用户", "不明", "已注销", "用户已注销", "账号已注销", "该账号已注销",
    }
)  # fmt: skip
"""What no platform allows as the name of an account, in lower case."""
PLAIN_WORDS = frozenset(
    {"unknown", "deleted", "anonymous", "anon", "removed", "suspended", "unbekannt", "anonym", "inconnu", "anonyme"}
)
"""What may be the name of an account on some platform, in lower case."""

AUTHORS = ("account_id", "handle")
"""Fields that say who an author is."""
SAID = "the word stands for an author who is gone, hidden or unknown, and for no account"


def words_of(importer: Importer) -> frozenset[str]:
    """The words that stand for nobody in the files of a tool."""
    if importer.nobody is not None:
        return importer.nobody
    return NO_NAMES if importer.platform is not None else NO_NAMES | PLAIN_WORDS


def without_nobody(
    columns: dict[str, pa.Array], words: frozenset[str]
) -> tuple[dict[str, pa.Array], NDArray[np.bool_]]:
    """The fields of records without such words for authors, and which records have no author for that reason.

    columns: arrays of strings by field, of one length.
    """
    authors = [field for field in AUTHORS if field in columns]
    spelled = pa.array(
        sorted({form for word in words for form in (word, word.upper(), word.title(), word.capitalize())})
    )
    said = {field: pc.is_in(columns[field], value_set=spelled) for field in authors}
    if not any(pc.any(one).as_py() for one in said.values()):
        return columns, np.zeros(len(next(iter(columns.values()), ())), bool)
    nothing = pa.scalar(None, pa.string())
    found = dict(columns)
    if "account_id" in said:
        found["account_id"] = pc.if_else(said["account_id"], nothing, columns["account_id"])
    has_id = _filled(found["account_id"]) if "account_id" in found else np.zeros(len(columns[authors[0]]), bool)
    if "handle" in said:
        found["handle"] = pc.if_else(pc.and_(said["handle"], pa.array(~has_id)), nothing, columns["handle"])
    somebody = has_id | (_filled(found["handle"]) if "handle" in found else False)
    named = np.logical_or.reduce([one.to_numpy(zero_copy_only=False) for one in said.values()])
    return found, named & ~somebody


def _filled(column: pa.Array) -> NDArray[np.bool_]:
    filled: NDArray[np.bool_] = pc.fill_null(pc.not_equal(column, ""), False).to_numpy(zero_copy_only=False)
    return filled
