"""Whether a text begins as JSON, at once or after a comment or an assignment of JavaScript, as some archives are written."""

from __future__ import annotations

import re

_BEGINNING_BYTES = 64 << 10
_JSON = re.compile(rb"\s*(?:\{|\[\s*\{)")
_BEFORE = re.compile(
    rb"\s+|//[^\n]*\n|/\*.*?\*/|(?:var|let|const|export default|return)\s|[\w$][\w$.]{0,199}(?:\[[^\]\n]{1,99}\])*\s{0,9}=|"
    rb"[\w$.]{1,200}\(|\)\]\}'?,?",
    re.DOTALL,
)
_STEPS_MAX = 1_000


def is_json(text: bytes) -> bool:
    """Whether an object, or a list of objects, is the first thing in it."""
    return _JSON.match(text) is not None


def is_script(text: bytes) -> bool:
    """Whether an object, or a list of objects, comes after what JavaScript has before it: `window.YTD.tweets.part0 = [ {`."""
    text, place = text[:_BEGINNING_BYTES], 0
    for _ in range(_STEPS_MAX):
        before = _BEFORE.match(text, place)
        if before is None:
            break
        place = before.end()
    return place > 0 and _JSON.match(text, place) is not None
