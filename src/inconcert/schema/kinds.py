"""Kinds of action that detectors compare, and the time scales at which they do."""

from __future__ import annotations

KINDS: dict[str, str] = {
    "share": "the post that was shared (repost, retweet, forward)",
    "reply": "the post that was replied to",
    "mention": "the account that was mentioned",
    "hashtag": "one hashtag, case-folded",
    "hashtag_sequence": "three or more hashtags of one post, in their order",
    "url": "a canonical link",
    "domain": "the registrable domain of a link",
    "text": "the text, exact after normalisation, of 25 characters (12 in CJK scripts) or more",
    "media": "an image or video, by platform id or file hash",
    "near_text": "a cluster of near-identical texts, two or more of them distinct; see copies",
    "near_media": "a cluster of near-identical images or video frames under two ids or more; see picture_copies",
}
"""Kinds of action that detectors compare, and what their object is."""

NEAR: dict[str, str] = {"near_text": "text", "near_media": "media"}
"""Kinds that find again, in other forms, what another kind finds: together they are one kind of evidence."""

WINDOWS_US: tuple[int, ...] = (10_000_000, 60_000_000, 600_000_000, 3_600_000_000, 21_600_000_000)
"""The time scales, microseconds: 10 s, 1 min, 10 min, 1 h, 6 h. Untimed is NULL in tables."""
