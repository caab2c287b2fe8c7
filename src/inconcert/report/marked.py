"""What was left out of a text and what was put in, marked: the later wording with both in their places."""

from __future__ import annotations

from markupsafe import Markup

from inconcert.report.hostile_text import visible
from inconcert.rewriting.align import Segment, align
from inconcert.rewriting.tokens import phrase_key

LEFT_OUT_AT_MOST = 160
"""Characters printed of one stretch that was left out."""

_DENSE = "\u0e00"
"""From here on lie the scripts that are written without spaces, as far as this matters here."""


def marked(before: str, after: str, *, cut: bool = False) -> Markup:
    """The later text with what it left out of the earlier one struck, and what it put in marked; nothing in it can act.

    cut: whether either text was cut at its end, so that a change there says nothing and is not marked.
    """
    segments = align(before, after).segments
    last = max((i for i, segment in enumerate(segments) if segment.kind == "same" and segment.after.tokens), default=-1)
    parts: list[Markup] = []
    end = " "
    for i, segment in enumerate(segments):
        if segment.kind == "same" or (cut and i > last):
            parts.append(visible(segment.after.text))
        else:
            parts.append(_change(segment, after_space=end.isspace()))
        end = segment.after.text[-1:] or end
    return Markup("").join(parts)


def example(before: str, after: str, change: tuple[str, str], around: int) -> tuple[Markup, Markup] | None:
    """Both texts around the first place where the change (before, after) was made, what was replaced struck in the one and
    what replaced it marked in the other; None where it is not found. around: characters shown on either side."""
    segments = align(before, after).segments
    wanted = [phrase_key(side) for side in change]
    for i, segment in enumerate(segments):
        if segment.kind != "same" and [phrase_key(side.text) for side in (segment.before, segment.after)] == wanted:
            sides = []
            for side, tag in (("before", "del"), ("after", "ins")):
                texts = [getattr(one, side).text for one in segments]
                sides.append(_excerpt("".join(texts[:i]), texts[i], "".join(texts[i + 1 :]), tag, around))
            return sides[0], sides[1]
    return None


def _change(segment: Segment, *, after_space: bool) -> Markup:
    """A change; words that were left out do not run into their neighbours."""
    out, put = segment.before.text, segment.after.text
    if len(out) > LEFT_OUT_AT_MOST:
        out = out[:LEFT_OUT_AT_MOST] + "…"
    space = Markup(" ") if segment.before.text[:1] < _DENSE else Markup("")
    if out and put:
        return _tagged("del", out) + space + _tagged("ins", put)
    if put:
        return _tagged("ins", put)
    return _tagged("del", out) + space if after_space else space + _tagged("del", out)


def _tagged(tag: str, text: str) -> Markup:
    return Markup("<{0}>{1}</{0}>").format(Markup(tag), visible(text)) if text else Markup("")


def _excerpt(head: str, words: str, tail: str, tag: str, around: int) -> Markup:
    if len(head) > around:
        head = "…" + _after_space(head[-around:])
    if len(tail) > around:
        tail = _after_space(tail[:around][::-1])[::-1] + "…"
    return visible(head) + _tagged(tag, words) + visible(tail)


def _after_space(text: str) -> str:
    """The text from its first whole word on, if that is near its beginning."""
    start, space, rest = text.partition(" ")
    return rest if space and len(start) < len(text) // 3 else text
