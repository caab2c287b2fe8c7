"""Media that an export names by files of its own: the same name in another export is another picture.

Programs number what they save (photos/photo_1.jpg of Telegram Desktop, IMG-20240101-WA0001.jpg of WhatsApp, 1.jpg), so that two
exports have names in common and nothing else. Such a name stands for a picture together with the import that it was read by;
whether two are equal is told by the files themselves. Names that a platform gives, long ids and hashes, mean the same everywhere.
"""

from __future__ import annotations

import re

_MARK = "export:"
_FILE = re.compile(
    r"(?i)(?!https?://)[^:?#\0]*\.(?:jpe?g|png|gif|webp|bmp|tiff?|heic|heif|avif|jfif|mp4|m4v|mov|webm|mkv|avi|3gp|ogv|mpe?g|wmv|flv)"
)
_FOLDER = re.compile(r".*[/\\]", re.DOTALL)
_ENDING = re.compile(r"\.\w{2,4}$")
_OF_A_PLATFORM = re.compile(
    r"(?!(?:IMG|VID|PXL|MVIMG|DSC|DCIM|PHOTO|VIDEO|IMAGE|FILE|STICKER|SCREENSHOT|WHATSAPP|SIGNAL|MMEXPORT|WX_CAMERA|LV_|SAVE)[\d_-])"
    r"(?:[0-9a-f]{24,}|\d{17,}(?:[-_]\w+)*|(?=\w*[0-9])(?=\w*[A-Za-z])[A-Za-z0-9]{20,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})",
    re.IGNORECASE,
)


def of_export(name: str, import_id: str) -> str:
    """The object for a value of media: of the file of an export, its name and the import that read it; else the value."""
    if not _FILE.fullmatch(name) or _OF_A_PLATFORM.fullmatch(_ENDING.sub("", _FOLDER.sub("", name))):
        return name
    return f"{_MARK}{import_id}/{name}"


def name_in_export(media_id: str) -> tuple[str | None, str]:
    """(import, name of the file) of the object for a file of an export; (None, the object) for others."""
    if not media_id.startswith(_MARK):
        return None, media_id
    import_id, _, name = media_id[len(_MARK) :].partition("/")
    return import_id, name
