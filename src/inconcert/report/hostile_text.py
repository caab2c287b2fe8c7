"""Text written by strangers, made safe to print: nothing in it can act, be clicked, hide or flood the page."""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

MARKS_AT_MOST = 4
"""Combining marks printed on one letter; more of them climb over the neighbouring lines."""

_DOT = r"[.\u3002\uff0e\uff61]"
_LABEL = r"[^\W_](?:[\w-]{0,62}[^\W_])?"
_HOST = re.compile(rf"(?<![\w.-]){_LABEL}(?:{_DOT}{_LABEL})+")
_POWER = re.compile(r"\d+\.\d+e[+-]?\d+")
_NUMERIC = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_WEB = re.compile(r"(?i)\bh(tt)(ps?://)")
_SCHEME = re.compile(r"(?i)\b(?!hxxps?:)([a-z][a-z0-9+.-]{1,15})://")

_TAG = re.compile(r"</?span[^>]*>")

_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
"""Characters that Unicode calls letters, marks or symbols but that print nothing."""

_SHOWN_FORMAT = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
"""Format characters that do print: signs that enclose or precede numbers in Arabic and Syriac."""

_JOINING = ("ARABIC", "SYRIAC", "NKO", "MANDAIC", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA",
            "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "MYANMAR", "KHMER", "TIBETAN")  # fmt: skip
"""Scripts whose spelling needs the zero-width joiner and non-joiner."""


def defanged(text: str) -> str:
    """The text with every link made unclickable, as in hxxps://example[.]org; the same when applied twice."""
    return _HOST.sub(_defang_host, _SCHEME.sub(r"\1[:]//", _WEB.sub(r"hxx\2", text)))


def _defang_host(match: re.Match[str]) -> str:
    host = match.group()
    last = re.split(_DOT, host)[-1]
    if not _NUMERIC.fullmatch(host) and (len(last) < 2 or last.isdecimal() or _POWER.fullmatch(host)):
        return host
    return re.sub(_DOT, "[.]", host)


def visible(text: str) -> Markup:
    """The text as HTML in which no character hides.

    Controls, bidi marks, zero-width, blank, private and unassigned characters appear as their code, a run of the same
    one as code and count; line breaks and tabs stay. Joiners stay where a script or an emoji is spelt with them.
    """
    if text.isascii() and text.isprintable():
        return escape(text)
    parts: list[Markup] = []
    start = 0
    while start < len(text):
        end = start + 1
        if _is_hidden(text, start):
            while end < len(text) and text[end] == text[start]:
                end += 1
            parts.append(_code(text[start], end - start))
        elif _is_mark(text[start]):
            while end < len(text) and _is_mark(text[end]) and not _is_hidden(text, end):
                end += 1
            parts.append(_marks(text[start:end]))
        else:
            while end < len(text) and not _is_mark(text[end]) and not _is_hidden(text, end):
                end += 1
            parts.append(escape(text[start:end]))
        start = end
    return Markup("").join(parts)


def shortened(text: str, most: int, *, length: int | None = None) -> tuple[str, int]:
    """The first `most` characters, and how many are left out; `length` where the text itself was cut before."""
    text = text.replace("\r\n", "\n")
    return text[:most], max(len(text), length or 0) - len(text[:most])


def one_line(text: str, most: int) -> str:
    """A strange text as plain letters for a label: one line, no links, what hides shown by its code, at most `most` characters."""
    line, more = shortened(" ".join(text[: 8 * most].split()), most)
    return Markup(_TAG.sub("", visible(defanged(line)))).unescape() + ("…" if more else "")


def _code(character: str, times: int) -> Markup:
    count = f" × {times:,}" if times > 1 else ""
    return Markup('<span class="code">⟨U+{:04X}{}⟩</span>').format(ord(character), count)


def _marks(run: str) -> Markup:
    more = len(run) - MARKS_AT_MOST
    note = Markup('<span class="code">⟨{} more marks⟩</span>').format(f"{more:,}") if more > 0 else Markup("")
    return escape(run[:MARKS_AT_MOST]) + note


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me")


def _is_hidden(text: str, i: int) -> bool:
    c = text[i]
    if c in "\n\t" or c in _SHOWN_FORMAT:
        return False
    if c in _BLANK:
        return True
    before, after = text[i - 1 : i], text[i + 1 : i + 2]
    if c in "\ufe0e\ufe0f":
        return not (before and (before in "0123456789#*" or unicodedata.category(before)[0] == "S" or before in "‼⁉"))
    if "\ufe00" <= c <= "\ufe0d" or "\U000e0100" <= c <= "\U000e01ef":
        return True
    if c in "\u200c\u200d":
        return not (_joins(before) and _joins(after)) and not (c == "\u200d" and _pictures(before, after))
    return unicodedata.category(c) in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")


def _joins(character: str) -> bool:
    return bool(character) and unicodedata.name(character, "").startswith(_JOINING)


def _pictures(before: str, after: str) -> bool:
    """Whether a joiner stands between two parts of one emoji."""
    if not before or not after:
        return False
    return (before == "\ufe0f" or unicodedata.category(before) in ("So", "Sk")) and unicodedata.category(after)[
        0
    ] == "S"
