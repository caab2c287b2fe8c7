"""Files that hold what nobody should read into a case by accident, and archives of such files: the case keeps an original
whole, so that one such file in an archive, or one such record in a file, is enough."""

from __future__ import annotations

from pathlib import Path

from inconcert.case import Case, scratch
from inconcert.errors import InputError
from inconcert.ingest.sensitive import look_for_sensitive
from inconcert.ingest.stream.members import Unread, members

_FOLDER = "members"


def refuse_sensitive_members(case: Case, file: Path, name: str, *, insist_private: bool) -> str | None:
    """What a file, or the first such file within an archive, shows, in words, if the user insists; None when there is none.

    InputError when there is one and the user does not insist. Every file is looked through to its end, before anything of
    it is kept. Under the lock of the case, as what needs to be unpacked is unpacked there.
    """
    for one in members(file, name, case.path / scratch.NAME / _FOLDER):
        if isinstance(one, Unread):
            continue
        inside = f"{name}/{one.path}" if one.path else name
        seen = look_for_sensitive(one.stream, inside)
        if seen is None:
            continue
        if not insist_private:
            raise InputError(seen.refusal(inside))
        return f"{seen.words}, in {inside}" if one.path else seen.words
    return None
