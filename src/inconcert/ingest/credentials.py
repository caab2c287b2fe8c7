"""Credentials that still open an account, known by where they stand: a member of JSON, a head of HTTP, a line of settings.

A word of a post is none, whatever it says: only keys of an unmistakable form are looked for in running text.
"""

from __future__ import annotations

import csv
import re
from itertools import islice

_NAMES = (
    r"(?:access|refresh|auth|oauth|bearer|session)_?token(?:_?secret)?|(?:client|consumer|app|api)_?secret|api_?key|secret_?key|"
    r"private_?key|session_?string|(?-i:sessionid)|sessdata|li_at|z_c0"
)
_MEMBER = re.compile(rf'"({_NAMES})"\s{{0,9}}:\s{{0,9}}"([^"\s\\]{{16,}})"'.encode(), re.IGNORECASE)
_PASSWORD = re.compile(rb'"(password|passwd)"\s{0,9}:\s{0,9}"([^"\s\\]{6,})"', re.IGNORECASE)
_BLANKED = re.compile(rb"(?i)(.)\1{5,}|redacted|removed|hidden|\*{3}|<|\[")
"""Values that somebody took out already."""
_LONGEST_BYTES = 4_000
"""Longer values are no credentials but data."""

_KEYS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (
        re.compile(rb"-----BEGIN (?:[A-Z]{2,10} )?PRIVATE KEY(?: BLOCK)?-----(?:\s|\\n|\\r){1,8}[A-Za-z0-9+/=:]{16,}"),
        "a private key",
    ),
    (
        re.compile(rb"(?<![A-Za-z0-9+/])(?:AKIA|ASIA)(?=[A-Z]{0,15}[2-7])[A-Z2-7]{16}(?![A-Za-z0-9+/])"),
        "a key of Amazon Web Services",
    ),
    (re.compile(rb"(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60})"), "a token of GitHub"),
    (re.compile(rb"(?<![A-Za-z0-9_])xox[abprs]-\d{6,}-[A-Za-z0-9-]{16,}"), "a token of Slack"),
    (re.compile(rb"(?<![A-Za-z0-9_])ya29\.[A-Za-z0-9_-]{40,}"), "an access token of Google"),
)

_JSON = re.compile(rb"\s*(?:\{|\[\s*\{)")
_WARC = re.compile(rb"WARC/\d")
_HEAD = re.compile(rb"(?im)^(cookie|authorization|proxy-authorization):[ \t]{0,9}([^\s][^\r\n]{7,})")
_HAR = re.compile(rb'\s*\{\s*"log"\s*:\s*\{')
_HAR_HEAD = re.compile(
    rb'"name"\s{0,9}:\s{0,9}"(cookie|set-cookie|authorization|proxy-authorization)"\s{0,9},\s{0,9}"value"\s{0,9}:\s{0,9}"([^"]{8,})"',
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
    rb"(?im)^(?:export +)?([A-Z0-9_.]{0,60}(?:SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|ACCESS_KEY|PRIVATE_KEY|API_HASH)[A-Z0-9_]{0,20})"
    rb" *= *[\"']?([^\s\"']{8,})"
)
_SETTING_LINES = 20

_COLUMN = re.compile(rf"(?:{_NAMES}|password|passwd|cookies?)", re.IGNORECASE)
_ROWS_TRIED = 20
_CELL_MIN = 8


def credentials(text: bytes) -> str | None:
    """What the beginning of a text, UTF-8, shows of credentials, in words and without them; None when it shows none."""
    if _WARC.match(text):
        return _at(text, _HEAD, "a head '{}' of a request")
    if text.lstrip()[:1] == b"<":  # what a page says was public
        return None
    if _HAR.match(text[:_BEGINNING_BYTES]):
        return _at(text, _HAR_HEAD, "a head '{}' of a request, with its value") or _at(text, _MEMBER, "a member '{}'")
    for key, what in _KEYS:
        if found := key.search(text):
            return f"{what}, in line {_line(text, found)}"
    if _COOKIE_FILE.match(text):
        return "cookies of a browser"
    if _JSON.match(text):
        if all(sign.search(text[:_BEGINNING_BYTES]) for sign in _COOKIES):
            return "cookies of a browser"
        return _at(text, _MEMBER, "a member '{}' with a value") or _at(text, _PASSWORD, "a member '{}' with a value")
    lines = [
        line
        for line in text[:_BEGINNING_BYTES].splitlines()
        if line.strip() and not line.lstrip().startswith((b"#", b"["))
    ]
    if lines and all(_SETTING.match(line) for line in lines[:_SETTING_LINES]):
        return _at(text, _SECRET, "a setting '{}'")
    return _in_a_column(text[:_BEGINNING_BYTES].decode("utf-8", "replace"))


def _at(text: bytes, sign: re.Pattern[bytes], words: str) -> str | None:
    """The first place that has it and whose value nobody took out."""
    for found in sign.finditer(text):
        if len(found[2]) <= _LONGEST_BYTES and not _BLANKED.search(found[2]):
            return f"{words.format(found[1].decode())}, in line {_line(text, found)}"
    return None


def _line(text: bytes, found: re.Match[bytes]) -> str:
    before = text.count(b"\n", 0, found.start())
    return f"{before + 1:,}"


def _in_a_column(text: str) -> str | None:
    """A column of a table that is named for credentials and has some."""
    header = text.split("\n", 1)[0]
    if not _COLUMN.search(header):
        return None
    separator = max(",;\t|", key=header.count)
    try:
        rows = list(islice(csv.reader(text.splitlines(), delimiter=separator), _ROWS_TRIED))
    except csv.Error:
        return None
    for place, name in enumerate(rows[0]):
        if not _COLUMN.fullmatch(name.strip().strip('"').lower()):
            continue
        if any(
            len(row) > place and len(row[place].strip()) >= _CELL_MIN and " " not in row[place].strip()
            for row in rows[1:]
        ):
            return f"a column '{name.strip()[:60]}' with values"
    return None
