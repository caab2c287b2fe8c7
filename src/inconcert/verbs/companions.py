"""Files that tools write beside those that were read, and that a case would be richer for."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow.parquet as pq

from inconcert.case import Case
from inconcert.verbs.import_result import ImportResult

_USERS = "the descriptions of its accounts (name, bio, date of creation, followers)"
_COMPANIONS = {
    "x_io_archive": ("x_io_archive_users", f"The archive also has a file of users: {_USERS}. Ingest it too."),
    "x_io_archive_users": ("x_io_archive", "These are the accounts alone. Ingest the file of tweets of the same archive too."),
    "weibo_crawler": ("weibo_crawler_users", f"weibo-crawler also writes users.csv: {_USERS}. Ingest it too."),
    "tiktok_research": ("tiktok_research_users", f"The Research API answers for users too: {_USERS}. Ingest those answers too."),
    "youtube_comments": ("youtube_videos", "The videos commented on are in another file of YouTube Data Tools. Ingest it too."),
}  # fmt: skip
"""Importer -> the importer of what lies beside such files, and what it is good for. What one importer reads of several files
(`activitypub`: outbox.json and actor.json) is told by what its import lacks."""

_NO_ACTOR = "Names of accounts are in another file of the archive, actor.json. Ingest it too; likes.json and bookmarks.json hold no posts."


def on_companions(case: Case, role: str, results: Sequence[ImportResult]) -> list[str]:
    """A sentence for each kind of file that was read now and whose companion the case does not hold."""
    read = {one.importer for one in results if not one.already}
    held = {
        pq.read_table(part, columns=["importer"])["importer"][0].as_py()
        for either in (role, "given")
        for part in case.parts("imports", either)
    }
    notes = [note for name, (companion, note) in _COMPANIONS.items() if name in read and companion not in held]
    if "activitypub" in read and not any(_names(case, one) for one in results if one.importer == "activitypub"):
        notes.append(_NO_ACTOR)
    return notes


def _names(case: Case, result: ImportResult) -> bool:
    """Whether an import gives any account a name."""
    file = case.path / "data" / result.import_id / "accounts.parquet"
    names = pq.read_table(file, columns=["display_name"])["display_name"]
    return bool(names.null_count < len(names))
