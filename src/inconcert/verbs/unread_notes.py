"""What was passed over in an archive or a folder, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from inconcert.ingest.stream.members import Unread

_REASONS_TOLD = 5
_NAMES_TOLD = 3


def unread_notes(name: str, unread: Sequence[Unread]) -> Iterator[str]:
    """What else lies in the archive or folder of that name: by kind, and why what should have been read was not."""
    passed = [one for one in unread if one.reason is None]
    if passed:
        kinds = Counter(one.kind for one in passed)
        told = "; ".join(
            f"{count:,} {kind} ({_names([one.path for one in passed if one.kind == kind])})"
            for kind, count in kinds.most_common()
        )
        yield f"{name} also holds what was not read: {told}."
    unreadable = [one for one in unread if one.reason is not None]
    yield from (str(one.reason) for one in unreadable[:_REASONS_TOLD])
    if rest := [one.path for one in unreadable[_REASONS_TOLD:]]:
        yield f"{len(rest):,} more files in {name} could not be read ({_names(rest)})."


def _names(paths: Sequence[str]) -> str:
    return ", ".join(paths[:_NAMES_TOLD]) + (", ..." if len(paths) > _NAMES_TOLD else "")
