"""Posts and objects as the publishable page shows them: masked, defanged, cut."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from inconcert.report import words
from inconcert.report.evidence import Quote, Witness
from inconcert.report.hostile_text import defanged, shortened
from inconcert.report.pseudonyms import Pseudonyms
from inconcert.schema import NEAR

QUOTE_AT_MOST, OBJECT_AT_MOST = 600, 160
"""Characters printed of a quoted post, and of the object of an action."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_NAMED_OBJECT = {"url", "domain", "hashtag", "hashtag_sequence", "media", "near_text", "near_media"}
"""Kinds whose object is worth printing; of the others it is a number, a hash or an account."""


def quoted(quote: Quote, *, names: Pseudonyms) -> Mapping[str, Any]:
    """A post as the page shows it: text masked, defanged, cut; `more` is how many characters were cut."""
    text, more = shortened(quote.text or "", QUOTE_AT_MOST, length=quote.length)
    language = quote.language if quote.language and _LANGUAGE.fullmatch(quote.language) else None
    return {
        "author": names.of(quote.account_id),
        "time": None if quote.time_us is None else words.moment(quote.time_us, quote.precision),
        "text": defanged(names.masked(text)),
        "more": more,
        "language": language,
        "known": quote.text is not None,
    }


def named_object(witness: Witness, *, names: Pseudonyms, clusters: Mapping[tuple[str, str], str]) -> str | None:
    """The object of an action as text, None where it would tell the reader nothing or name an account.

    clusters: (kind, cluster id) -> what a cluster of near-identical texts or pictures is: its text, or what it consists of.
    """
    if witness.kind not in _NAMED_OBJECT:
        return None
    if witness.kind in NEAR:
        words, more = shortened(clusters.get((witness.kind, witness.object_id), ""), OBJECT_AT_MOST)
        said = " ".join(defanged(names.masked(words)).split()) + (" …" if more else "")
        id = defanged(names.masked(witness.object_id[:OBJECT_AT_MOST]))
        return f"{id}: {said}" if said else id
    mark = "#" if witness.kind == "hashtag" and not witness.object_id.startswith("#") else ""
    text, more = shortened(witness.object_id, OBJECT_AT_MOST)
    return mark + defanged(names.masked(text)) + (" …" if more else "")
