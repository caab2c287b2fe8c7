"""Encodings by the names the web gives them: the mark of a file, or what its server, page or feed says."""

from __future__ import annotations

import codecs

from resiliparse.parse.encoding import map_encoding_to_html5

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_LARGER = {"gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs"}
"""Pages name the smaller set of characters and are written in the larger."""


def web_encoding(content: bytes, label: str | None) -> str | None:
    """Python's name of the encoding that the mark or else the label states; None when neither does.

    Labels the web does not know state nothing: among Python's own are some that make a text of any bytes.
    """
    marked = next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)
    if marked is not None or not label:
        return marked
    known = map_encoding_to_html5(label.strip(" \"'"), fallback_utf8=False)
    return _LARGER.get(known, known) if known else None
