"""Files of pictures and videos: which a post or a profile carries, and whether a page may show one."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.browse.names import number
from inconcert.browse.view import View

DRAWN = ("image/png", "image/jpeg", "image/gif", "image/webp")
"""Types that a page shows; none of them can hold a script or fetch anything."""

_OF_POST = """
SELECT m.sha256, m.mime, m.width, m.height FROM media AS m JOIN post_places AS p USING (post)
WHERE p.import_id = $1 AND p.row_ref = $2 ORDER BY m.sha256
"""


@dataclass(frozen=True)
class File:
    """One file.   mime: by its content, None when it could not be opened.   width, height: pixels.   shown: whether pages show it."""

    sha256: str
    mime: str | None
    width: int | None
    height: int | None

    @property
    def shown(self) -> bool:
        """Whether it is of a type that pages show."""
        return self.mime in DRAWN


def post_media(view: View, import_id: str, row_ref: int) -> tuple[File, ...]:
    """The files that a post carries, of those the case holds."""
    return tuple(File(**row) for row in view.rows(_OF_POST, [import_id, row_ref]))


def avatars(view: View, key: str) -> tuple[File, ...]:
    """The pictures of an account's profile that the case holds. UnknownName for the account."""
    query = "SELECT sha256, mime, width, height FROM media WHERE account = ? AND use = 'avatar' ORDER BY sha256"
    return tuple(File(**row) for row in view.rows(query, [number(view, key)]))


def shown_type(view: View, sha256: str) -> str | None:
    """The type under which a page may show the file of that hash; None when it may not, or no post or profile carries it."""
    row = view.row("SELECT mime FROM files WHERE sha256 = ?", [sha256])
    return row["mime"] if row is not None and row["mime"] in DRAWN else None
