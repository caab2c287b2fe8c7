"""The seal of a view: only what this user's own `prepare` made is shown.

Figures and sentences of a view go into pages as they are. A case from a stranger could bring a view with scripts in it along, so a
view counts only with an HMAC-SHA-256 of its key and of every file in it, made with the secret of this user.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from inconcert.ledger import canonical

SEAL = "seal"
"""Name of the file that holds it, beside those it speaks for."""
_DIGITS = 64


def seal(folder: Path, key: str, secret: bytes) -> None:
    """Seal the view in a folder as the one of that key, once all its files are written."""
    (folder / SEAL).write_bytes(_of(folder, key, secret))


def sealed(folder: Path, key: str, secret: bytes) -> bool:
    """Whether the owner of the secret sealed the view in a folder as the one of that key, and it is unchanged. Reads all of it."""
    try:
        with (folder / SEAL).open("rb") as file:
            found = file.read(_DIGITS + 1)
        return hmac.compare_digest(found, _of(folder, key, secret))
    except OSError:
        return False


def _of(folder: Path, key: str, secret: bytes) -> bytes:
    """OSError when something in the folder is no ordinary file: a database may read files beside its own."""
    hashes = {}
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or not path.is_file():
            raise OSError(f"{path} is no ordinary file")
        if path.name != SEAL:
            with path.open("rb") as file:
                hashes[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return hmac.new(secret, canonical([key, hashes]), hashlib.sha256).hexdigest().encode("ascii")
