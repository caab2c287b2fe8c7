"""What a sentence asserts about a network: that it is coordinated, inauthentic, somewhere, or somebody's."""

from __future__ import annotations

import re

LEVELS: dict[str, str] = {"coordinated": "L2", "inauthentic": "L3", "located": "L3", "attributed": "L4"}
"""Assertion -> level of the claim ladder that carries it, weakest first."""
NEVER = re.compile(r"\b(?:fak(?:e|ed|ery|es)|(?:ro)?bots?|trolls?|sock ?puppets?)\b", re.IGNORECASE)
"""Words that no measurement carries, whatever the level."""

_BODY = (
    r"(?:police|ministr(?:y|ies)|bureaus?|governments?|agenc(?:y|ies)|militar(?:y|ies)|compan(?:y|ies)|firms?|contractors?|officials?|officers?"
    r"|decision-makers?|hackers?|secret services?|embass(?:y|ies)|regime|Kremlin|Party)"
)
_RUN = (
    "run", "operated", "directed", "controlled", "funded", "financed", "paid", "ordered", "orchestrated", "commissioned", "approved", "sponsored",
    "backed", "managed", "staffed", "hired", "launched", "mounted", "conducted", "organised", "organized", "driven",
)  # fmt: skip
_DOES = r"(?:runs?|ran|operates?|operated|directs?|directed|approves?|approved|orders?|ordered|controls?|controlled|funds?|funded|hires?|hired|commissions?|commissioned|orchestrates?|orchestrated)"
_OPERATION = r"(?:personas?|accounts?|networks?|operations?|campaigns?|narratives?|spamouflage|it|them|G\d+)"
_STATES = r"(?:state|government|military|party|regime|Kremlin|police|intelligence)"
_TIED = r"(?:tied|linked|connected|affiliated|connections?|ties|links?)"
_NAMED = r"(?:the\s+)?(?:[A-Z]\w+|state\b|government\b|party\b|police\b)"

_ATTRIBUTED = (
    rf"\b(?:{'|'.join(_RUN)})(?:,?\s+[\w-]+){{0,4}}\s+by\b",
    rf"\b{_STATES}[- ](?:backed|sponsored|linked|run|aligned|directed|funded|controlled|affiliated|owned)\b",
    rf"\bbehind\s+(?:it|them|this|these|{_NAMED}|the\s+{_OPERATION})",
    r"\b(?:is|are|was|were)\s+behind\b",
    r"\b(?:on behalf of|responsible for|agents? of|belongs? to|perpetrat\w+|culprits?|mastermind\w*)\b",
    r"\battribut(?:e|es|ed|able|ion)\b",
    r"\btroll (?:farm|factor)\w*|\bnexus\b|\bcontracted (?:out )?to\b|\b(?:done|written|made|posted) by (?:hired|paid)\b",
    rf"\b{_BODY}\b(?:\s+[\w,-]+){{0,6}}?\s+{_DOES}\s+(?:[\w-]+\s+){{0,4}}?{_OPERATION}\b",
    rf"\b[A-Z]\w+\s+(?:runs|ran|operates|operated|directs|directed|controls|controlled)\s+(?:[\w-]+\s+){{0,3}}?(?:{_OPERATION}\b|[A-Z])",
    rf"\b{_TIED}\s+(?:to|with)\s+{_NAMED}",
    rf"\b{_BODY}\b.{{0,80}}\bare\s+{_TIED}\b",
    rf"\bsupports?\s+(?:the\s+|this\s+){_OPERATION}\b",
)
_LOCATED = (
    r"\b(?:sits?|based|located|geolocated|operat(?:e|es|ed|ing)|works?|working|posts?|posting|posted)\s+(?:out of|in|from)\s+(?:the\s+)?"
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|English|Chinese|Russian|UTC\b|G\d)[A-Z]"
)
_INAUTHENTIC = r"\b(?:inauthentic\w*|personas?|covert\w*|influence operations?|disinformation (?:campaign|network|operation)s?|astroturf\w*|deceptive\w*)\b"
_COORDINATED = r"\b(?:coordinat\w+|orchestrat\w+|in concert|concerted|in lockstep)\b"
_PATTERNS: dict[str, re.Pattern[str]] = {
    "attributed": re.compile("|".join(_ATTRIBUTED)),  # names of bodies begin with a capital
    "located": re.compile(_LOCATED),
    "inauthentic": re.compile(_INAUTHENTIC, re.IGNORECASE),
    "coordinated": re.compile(_COORDINATED, re.IGNORECASE),
}
_DENIED = re.compile(
    r"\b(?:no|not|never|nobody|nothing|neither|nor|cannot|can't|couldn't|doesn't|don't|didn't|isn't|aren't|wasn't|unknown|unclear|without|whether)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\?\W*$")


def denied(own: str) -> bool:
    """Whether a sentence holds a denial, or asks.

    Such a sentence is taken to claim nothing: the check would rather miss a claim than teach its users to write around it.
    """
    return _DENIED.search(own) is not None or _ASKED.search(own) is not None


def assertion(own: str) -> str | None:
    """The highest of LEVELS that a sentence asserts; None when it asserts none of them, denies them, or asks.

    own: a sentence in English without the words of others.
    """
    if denied(own):
        return None
    return next((what for what in reversed(LEVELS) if _PATTERNS[what].search(own)), None)
