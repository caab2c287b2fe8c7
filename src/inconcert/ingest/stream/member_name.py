"""The names of files in archives: bytes of an unknown encoding, written by a stranger, to be shown and never to be used as paths."""

from __future__ import annotations

import re
import unicodedata

NAME_CHARACTERS_MAX = 300

_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_DOUBLE_BYTE_RUN_MIN = 2.0  # mean length: high bytes stand in pairs in GBK, alone between Latin letters in CP437


def decoded(name: bytes) -> str:
    """The name as text: UTF-8, else GB 18030 where its bytes come in pairs, else CP437 as zip archives say."""
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        runs = [len(run) for run in _HIGH_RUN.findall(name)]
    if sum(runs) >= _DOUBLE_BYTE_RUN_MIN * len(runs):
        try:
            return name.decode("gb18030")
        except UnicodeDecodeError:
            pass
    return name.decode("cp437")


def shown(name: str) -> str:
    """The name as a relative path with "/" between its parts, without "..", control characters and overlong middles."""
    plain = "".join(character for character in name if unicodedata.category(character)[0] != "C")
    path = "/".join(part for part in re.split(r"[/\\]+", plain) if part.strip() not in ("", ".", ".."))
    if len(path) > NAME_CHARACTERS_MAX:
        path = f"{path[: NAME_CHARACTERS_MAX // 2]}…{path[-NAME_CHARACTERS_MAX // 2 :]}"
    return path or "(no name)"


class UniqueNames:
    """Names of the files of one archive; of two with one name the second becomes "posts.csv (2)"."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}

    def unique(self, name: str) -> str:
        """The name, or that name with the first free number."""
        found = name
        while found in self._taken:
            self._counts[name] = self._counts.get(name, 1) + 1
            found = f"{name} ({self._counts[name]})"
        self._taken.add(found)
        return found
