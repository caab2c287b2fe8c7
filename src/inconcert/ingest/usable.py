"""Whether anything could come of a file: authors to compare, and something that two of them could have in common."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from inconcert.errors import InputError
from inconcert.fields import FIELDS
from inconcert.ingest.importer import Importer
from inconcert.ingest.nearest import Nearest

ACCOUNT_FIELDS = frozenset(
    {
        "account_id", "handle", "display_name", "bio", "location", "account_language", "account_url",
        "account_created_at", "followers", "following", "platform", "account_posts", "verified", "declared_bot",
        "account_status", "avatar", "account_ip_region", "observed_at",
    }
)  # fmt: skip
"""Fields that describe the author; a file with no other field is a list of accounts."""
OBJECT_FIELDS = ("shared_id", "reply_to_id", "mentions", "hashtags", "urls", "domains", "text", "title", "media")
"""Fields that two accounts can have in common."""

_COLUMNS_NAMED = 40
_NAME_CHARACTERS = 60


def check_mapping(
    mapping: Mapping[str, str],
    importer: Importer,
    columns: tuple[str, ...],
    name: str,
    *,
    nearest: Nearest | None = None,
) -> None:
    """InputError, with the columns and the remedy, when a file has no authors, or posts without anything to compare.

    columns: all of the file.   name: what messages call it.   nearest: the tool whose files have most of its columns.
    """
    names = ", ".join(f"'{column[:_NAME_CHARACTERS]}'" for column in columns[:_COLUMNS_NAMED])
    names += ", ..." if len(columns) > _COLUMNS_NAMED else ""
    names += f". Of the files that are known, {nearest}" if nearest is not None else ""
    if not {"account_id", "handle"} & mapping.keys():
        if importer.account_in_file_name:
            author_in(name)
        else:
            raise InputError(
                f"{name} has no column that names the author of a post, so no two accounts can be compared. "
                f"Its columns: {names}. Say which one it is: --map account_id=COLUMN"
            )
    if not ACCOUNT_FIELDS.issuperset(mapping) and not set(OBJECT_FIELDS) & mapping.keys():
        raise InputError(
            f"{name} has no column of texts, links, hashtags, mentions, shared posts or replies, so no two accounts could be "
            f"found doing the same. Its columns: {names}. Say which one it is, for instance: --map text=COLUMN "
            f"(fields: {', '.join(field for field in FIELDS if field in OBJECT_FIELDS)})"
        )


def author_in(file: str) -> str:
    """The author that the name of a file states, also of one in an archive; InputError when it states none."""
    author = PurePosixPath(file).name.split(".")[0]
    if not author.isdigit():
        raise InputError(
            f"{file} has no column of authors; such files are named after the user, as in 1234567890.csv. Rename it so."
        )
    return author
