"""Files in which names stand for all ids."""

from __future__ import annotations

from collections.abc import Mapping

from inconcert.schema.named import MARK, NAMES_APART


def named_note(platform: str | None, mapping: Mapping[str, str]) -> tuple[str, ...]:
    """What the user should know of a file of that kind, in words.   mapping: {field: column}."""
    if platform not in NAMES_APART or "account_id" in mapping or "handle" not in mapping:
        return ()
    return (
        f"The file has no ids of authors; their names stand for them, written {MARK}NAME. Two people of one name are one, who changes "
        "the name is another, and neither meets the accounts of files that have ids.",
    )
