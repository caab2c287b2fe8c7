"""A secret of this user on this machine. It lies outside every case, so that no case can bring it along."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from inconcert.errors import CaseError

BYTES = 32


def user_secret() -> bytes:
    """32 random bytes, made at the first call and kept in $XDG_STATE_HOME/inconcert/key or ~/.local/state/inconcert/key, mode 0600.

    CaseError when they cannot be kept: views sealed with others would have to be made again by every process.
    """
    file = _home() / "inconcert" / "key"
    try:
        if not file.exists():
            _make(file)
        secret = file.read_bytes()
    except OSError as error:
        raise CaseError(
            f"{file} cannot be kept: {error.strerror}. Set XDG_STATE_HOME to a folder that you may write."
        ) from error
    if len(secret) != BYTES:
        raise CaseError(f"{file} holds {len(secret)} bytes instead of {BYTES}. Delete it; it is made again.")
    return secret


def _home() -> Path:
    """Of the XDG Base Directory Specification, by which a relative path counts as none."""
    named = Path(os.environ.get("XDG_STATE_HOME", ""))
    return named if named.is_absolute() else Path("~/.local/state").expanduser()


def _make(file: Path) -> None:
    """Whole or not at all; of two processes at once, both use what the first one made."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(os.urandom(BYTES))
        with suppress(FileExistsError):
            os.link(draft, file)
    finally:
        Path(draft).unlink()
