"""Credentials that still open an account, known by where they stand: a member of JSON, a head of HTTP, a line of settings.

A word of a post is none, whatever it says: only keys of an unmistakable form are looked for in running text.
"""

from __future__ import annotations

import re

from inconcert.ingest.credential_names import BLANKED, HEADS, KEYS, LONGEST_BYTES, NAMES, PASSWORDS, SETTINGS
from inconcert.ingest.json_begins import is_json, is_script
from inconcert.ingest.sensitive_columns import columns_of_credentials, filled, header_in

_MEMBER = re.compile(rf'"({NAMES})"\s{{0,9}}:\s{{0,9}}"([^"\s\\]{{16,}})"'.encode(), re.IGNORECASE)
_PASSWORD = re.compile(rf'"({PASSWORDS})"\s{{0,9}}:\s{{0,9}}"([^"\s\\]{{6,}})"'.encode(), re.IGNORECASE)

_WARC = re.compile(rb"WARC/\d")
_HEAD = re.compile(
    rb"(?i)(?:^|\n)[A-Z]{3,10} [^\s]{1,4000} HTTP/\d(?:\.\d)?\r?\n(?:[^\r\n]{1,4000}\r?\n){0,100}?"
    rb"(cookie|authorization|proxy-authorization):[ \t]{0,9}([^\s][^\r\n]{7,})"
)
"""Within the request: a page that explains cookies line by line is none."""
_HAR = re.compile(rb'\s*\{\s*"log"\s*:\s*\{')
_HAR_HEAD = re.compile(
    rf'"name"\s{{0,9}}:\s{{0,9}}"({HEADS})"\s{{0,9}},\s{{0,9}}"value"\s{{0,9}}:\s{{0,9}}"([^"]{{8,}})"'.encode(),
    re.IGNORECASE,
)
_COOKIE_FILE = re.compile(rb"# (?:Netscape )?HTTP Cookie File")
_COOKIES = (
    re.compile(rb'"(?:httpOnly|hostOnly)"\s{0,9}:'),
    re.compile(rb'"domain"\s{0,9}:'),
    re.compile(rb'"value"\s{0,9}:\s{0,9}"[^"]'),
)
_BEGINNING_BYTES = 64 << 10

_SETTING = re.compile(rb"(?:export +)?[A-Za-z_][A-Za-z0-9_.]{0,80} *= *\S")
_SECRET = re.compile(
    rf"(?im)^(?:export +)?([A-Z0-9_.]{{0,60}}(?:{SETTINGS})[A-Z0-9_]{{0,20}})"
    rf" *= *[\"']?([^\s\"']{{8,}})".encode()
)
_SETTING_LINES = 20

MEMBERS_SCREEN = rf'(?i:"(?:{NAMES}|{PASSWORDS})"\s*:\s*"[^"\s\\]|"name"\s*:\s*"(?:{HEADS})")'
REQUESTS_SCREEN = r"(?i:\n(?:cookie|authorization|proxy-authorization):)"
"""What a stretch of a text must match to hold credentials of that kind, in the language of RE2."""


def kind_of(text: bytes) -> str:
    """What the beginning of a text shows it to be: warc, page, har, json, script (JSON after an assignment), settings or text."""
    if _WARC.match(text):
        return "warc"
    if text.lstrip()[:1] == b"<":
        return "page"
    if _HAR.match(text[:_BEGINNING_BYTES]):
        return "har"
    if is_json(text):
        return "json"
    if is_script(text):
        return "script"
    lines = [
        line
        for line in text[:_BEGINNING_BYTES].splitlines()
        if line.strip() and not line.lstrip().startswith((b"#", b"["))
    ]
    return "settings" if lines and all(_SETTING.match(line) for line in lines[:_SETTING_LINES]) else "text"


def credentials(text: bytes) -> str | None:
    """What the beginning of a text, UTF-8, shows of credentials, in words and without them; None when it shows none."""
    kind = kind_of(text)
    if kind != "page" and _COOKIE_FILE.match(text):
        return "cookies of a browser"
    if kind in ("json", "script") and all(sign.search(text[:_BEGINNING_BYTES]) for sign in _COOKIES):
        return "cookies of a browser"
    return keys(text, kind, 0) or (_in_a_column(text) if kind == "text" else None)


def keys(text: bytes, kind: str, line: int) -> str | None:
    """What a stretch of a text shows of credentials.   kind: see `kind_of`.   line: line ends before the stretch."""
    if kind == "page":  # what a page says was public
        return None
    if kind == "warc":
        return _at(text, _HEAD, "a head '{}' of a request", line)
    if kind == "har":
        return _at(text, _HAR_HEAD, "a head '{}' of a request, with its value", line) or _at(
            text, _MEMBER, "a member '{}'", line
        )
    for key, what in KEYS:
        if found := key.search(text):
            return f"{what}, in line {_line(text, found.start(), line)}"
    if kind in ("json", "script"):
        words = "a member '{}' with a value"
        return _at(text, _MEMBER, words, line) or _at(text, _PASSWORD, words, line)
    return _at(text, _SECRET, "a setting '{}'", line) if kind == "settings" else None


def _at(text: bytes, sign: re.Pattern[bytes], words: str, line: int) -> str | None:
    """The first place that has it and whose value nobody took out."""
    for found in sign.finditer(text):
        if len(found[2]) <= LONGEST_BYTES and not BLANKED.search(found[2]):
            return f"{words.format(found[1].decode())}, in line {_line(text, found.start(1), line)}"
    return None


def _line(text: bytes, place: int, before: int) -> str:
    number = before + text.count(b"\n", 0, place) + 1
    return f"{number:,}"


def _in_a_column(text: bytes) -> str | None:
    """A column of a table that is named for credentials and has some."""
    header = header_in(text[:_BEGINNING_BYTES])
    places = columns_of_credentials(header.names) if header is not None else []
    if header is None or not places:
        return None
    name = filled(iter([text[:_BEGINNING_BYTES]]), header, places, secret=True)
    return f"a column '{name}' with values" if name else None
