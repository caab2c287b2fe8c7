"""Tables of an import of media files: which post carries which file, and what the files show."""

from __future__ import annotations

import pyarrow as pa

from inconcert.schema.table import F64, I32, I64, B, Column, S, Table

_n = True

MEDIA = Table(
    "media",
    "one image or video of one post, or of one profile, whose file the case holds",
    (
        Column("media_id", S, "the object of the action of kind media; the SHA-256 when the export names none"),
        Column("use", S, "post, or avatar: the picture of a profile"),
        Column("post_id", S, "post that carries it; NULL for an avatar", _n),
        Column("account_id", S, "who posted it, or whose profile it is of"),
        Column("platform", S, "where"),
        Column("time_us", I64, "when it was posted; NULL where the source gives no time, and for avatars", _n),
        Column("file", S, "path of the file in the folder it was read from"),
        Column("sha256", S, "of its bytes; see pictures, and the originals of the case"),
        Column("import_id", S, "import that read it"),
    ),
)

PICTURES = Table(
    "pictures",
    "one image, or one frame of a video or animation, by the hash of its file",
    (
        Column("sha256", S, "of the file"),
        Column("frame", I32, "number of the frame kept, from 0; 0 for a still image"),
        Column("at_s", F64, "seconds from the start of the video; NULL for a still image", _n),
        Column("mime", S, "by content, never by name, e.g. image/png"),
        Column("bytes", I64, "size of the file"),
        Column("width", I32, "pixels, as shown (orientation applied)"),
        Column("height", I32, "pixels"),
        Column("duration_s", F64, "of the video; NULL for a still image", _n),
        Column("pdq", S, "PDQ hash, 64 hex digits"),
        Column("quality", I32, "PDQ quality, 0 to 100; below 50 the hash says little"),
        Column(
            "features", pa.binary(), "description of its details that survives crops and borders; see media/features"
        ),
        Column("software", S, "program that wrote it, by its own metadata", _n),
        Column("import_id", S, "import that read it"),
    ),
)

PICTURE_TEXTS = Table(
    "picture_texts",
    "one line of text read in a picture, or one clue for the analyst to look at",
    (
        Column("sha256", S, "of the file"),
        Column("frame", I32, "as in pictures"),
        Column("left", F64, "share of the width, 0 to 1"),
        Column("top", F64, "share of the height, 0 to 1"),
        Column("right", F64, "share of the width, 0 to 1"),
        Column("bottom", F64, "share of the height, 0 to 1"),
        Column("text", S, "as read; machines misread, the picture decides"),
        Column("confidence", F64, "of the reader, 0 to 1"),
        Column(
            "clue",
            S,
            "what it may be: window title, browser tab, address bar, taskbar, status bar, clock, trending panel, watermark",
            _n,
        ),
        Column("import_id", S, "import that read it"),
    ),
)

FACES = Table(
    "faces",
    "one picture of a profile under the test for generated faces",
    (
        Column("sha256", S, "of the file"),
        Column("faces", I32, "faces found"),
        Column(
            "eye_distance",
            F64,
            "distance of the eyes from where generators put them, share of the side; NULL unless one face",
            _n,
        ),
        Column("generated_lead", B, "distance at most the threshold: a lead, never a verdict on one picture"),
        Column("import_id", S, "import that read it"),
    ),
)
