"""Words of people that claim what no measurement here carries: who somebody is, whose hand it is, that it is certain.

A list finds words and not meanings: it marks honest sentences, and lets through what it does not know. So it marks, pages say that
it is a list, and whoever signs answers for the rest. What is denied in English ("this does not prove") claims nothing and is left.
"""

from __future__ import annotations

import re
from functools import cache

from inconcert.normalise.text import fold

_POWER = r"(?:states?|governments?|regimes?|kremlin|party|army|military|ministry|police|intelligence)"
_ALWAYS = (
    # nobody real
    r"\bfak(?:e|ed|ery|es)\b", r"\b(?:ro|spam)?bots?\b", r"\bbotnet", r"\bcyborgs?\b", r"\btroll(?:s|ing|fabrik\w*)?\b", r"\b(?:sock)?puppets?\b",
    r"(?:\bnot?|n't) (?:real|genuine)\b", r"\bautomated (?:account|user|profile)", r"\baccounts? (?:is|are|was|were) automated\b", r"\bastro ?turf",
    r"\bfalsch\w* (?:konten|konto|profil)", r"\bgef(?:ä|ae)lscht", r"\bfaux (?:compte|profil)", r"\b(?:cuenta|conta|perfil|account|profil)\w* (?:son |são |sono )?fals[aoi]s?\b",
    r"\bsahte\b", r"\b(?:бот|тролл|трол)(?:ы|ов|и|ів|я|ей|лей)?\b",
    r"\b(?:фейк|фальшив|поддельн|підробн)", "机器人", "機器人", "水军", "水軍", "五毛(?![钱錢])", "(?:假|虚假|虛假)(?:的)?(?:账号|帳號|账户|帳戶|用户|用戶)",
    "ボット", "偽アカウント", "工作員", "(?:가짜|유령) ?계정", "댓글 ?부대", "봇", r"وهمي", r"مزيف", r"ذباب", r"\b(?:ال)?روبوت", r"جعلی", r"\bربات",
    # whose hand
    rf"\b{_POWER}[ -](?:backed|sponsored|linked|run|controlled|directed|funded|affiliated|aligned|owned|organi[sz]ed|paid|led)\b",
    r"\b(?:run|operated|controlled|directed|orchestrated|commanded|steered|masterminded|commissioned|financed|funded|paid|sponsored|managed|"
    r"instructed|employed|hired|co ?ordinated) (?:by|from|out of)\b",
    r"\bpaid to (?:post|write|share|comment)", r"\bpaid (?:post|comment|account)", r"\bon behalf of\b", r"\borchestrat", r"\bpuppet ?master", r"\bpulls? the strings\b",
    r"\b(?:agents?|operatives?|prox(?:y|ies)|mouthpieces?) (?:of|for)\b", r"\bbehind (?:it|them|(?:this|that|these|those|the) (?:account|group|network|campaign|post|operation)s?)\b",
    r"\b(?:is|are|was|were|stands?) behind\b", r"\bgesteuert", r"\bgelenkt", r"\bim auftrag\b", r"\bsteck\w* (?:da)?hinter", r"\bpilot(?:é|ée|és|ées) par\b",
    r"\b(?:à|a) la solde\b", r"\b(?:controlad|pagad|dirigid|manejad|operad)[oa]s? (?:por|desde)\b", r"\b(?:controllat|pagat|gestit)[aieo] da\b",
    r"\b(?:управля|керу|проплач|оплачен|заказн|куриру)", "操控", "操纵", "操縱", "幕后", "幕後", "受雇", "受僱", "黒幕", "操られ", "배후", "조종", r"تدير(?:ه|ها)",
    r"مدفوع", r"yönetil",
    # what it is
    r"\b(?:covert|influence|information|disinformation|psychological|propaganda|interference) (?:operation|campaign)", r"\bdisinforma",
    r"\bpropagand", r"\bdesinforma", r"\bdésinforma", r"\bоперация (?:кремля|влияния)", r"\b(?:дезінформ|дезинформ|пропаганд)", "虚假信息", "宣传战",
    r"\b(?:is|are|was|were|be) an? (?:\w+ ){0,2}operation\b", r"\boperaci(?:ó|o)n de\b", r"\bopération d[ue]\b", r"^operation (?!at|in|of|on)\w", r"\bforeign interference\b",
    # certainty
    r"\bprov(?:e[sdn]?|ing)\b", r"\bproof\b", r"\bundoubted", r"\b(?:no|without(?: any)?|beyond(?: any| all| reasonable)*) doubt\b", r"\bundeniabl",
    r"\bcertainly\b", r"\bdefinitely\b", r"\bconclusive", r"\birrefutabl", r"\bunmistakabl", r"\bbewei(?:s|st|sen)\b", r"\bbewiesen", r"\bzweifellos\b",
    r"\bprouv", r"\b(?:demuestra|comprova|dimostra)", r"\bдоказ", "证明", "證明", "证实", "證實", "証明", "증명", r"(?:ي|ت)ثبت", r"kanıtl",
)  # fmt: skip
_BELOW: dict[str, tuple[str, ...]] = {
    "L3": (r"\battribu[téíi]", r"\bzugeschrieben"),
    "L2": (r"(?:\bnot|n't) authentic\b", r"\bin ?auth?enti", r"\binaut[ée]nti", r"\bunecht", r"\bнеаутент"),
    "L1": (r"\bco ?ordin", r"\bkoordin", r"\bcoordonn", r"\b(?:с)?координ", "协同", "協同", "协调一致", r"منسق"),
    "L0": (r"\bbeyond chance\b",),
}  # fmt: skip
"""Level -> beginnings of words that it and those below it do not carry, in the languages that most reports are written in."""

_NO = r"\b(?:not|\w+n't|cannot|nothing|nobody|never|neither|nor|no)\b"
_DENIED = re.compile(
    rf"{_NO}(?: (?:by|it|itself|themselves|here|yet|alone|any|be|been|a|an|is|are|that))* $"
    rf"|{_NO}(?: (?:here|by itself|alone|yet))? (?:proves?|shows?|says?|tells?|known?|found|claimed|evidence|sign)"
    r" (?:who|whether|that|if|which|what|of|for)\b(?:(?!\b(?:but|yet|although|though|while|and|because|so)\b)[^,:])*$"
)
"""What stands before such a word where it is denied."""


def overclaims(level: str, clause: str) -> bool:
    """Whether a clause of a person holds words that claim more than any measurement, or than the level, carries."""
    plain = " ".join(re.sub(r"[-\u2010-\u2015_*]", " ", fold(clause).replace("\u2019", "'")).split())
    return any(not _DENIED.search(plain[: found.start()]) for found in _words(level).finditer(plain))


@cache
def _words(level: str) -> re.Pattern[str]:
    higher = (pattern for below, patterns in _BELOW.items() if level <= below for pattern in patterns)
    return re.compile("|".join((*_ALWAYS, *higher)))
