"""Words by which a sentence says what a network is, whose it is, or that something is proven, in the languages most reports are written in.

Lists find words and not meanings: they mark honest sentences, and let through what they do not know.
"""

from __future__ import annotations

_POWER = r"(?:states?|governments?|regimes?|kremlin|party|army|military|ministry|police|intelligence)"
_BODY = (
    r"(?:police|ministr(?:y|ies)|bureaus?|governments?|agenc(?:y|ies)|militar(?:y|ies)|compan(?:y|ies)|firms?|contractors?|officials?|officers?"
    r"|decision-makers?|hackers?|secret services?|embass(?:y|ies)|regime|Kremlin|Party)"
)
_RUN = (
    "run", "operated", "directed", "controlled", "funded", "financed", "paid", "ordered", "orchestrated", "commissioned", "approved", "sponsored",
    "backed", "managed", "staffed", "hired", "launched", "mounted", "conducted", "organised", "organized", "driven",
)  # fmt: skip
_DOES = (
    r"(?:runs?|ran|operates?|operated|directs?|directed|approves?|approved|orders?|ordered|controls?|controlled|funds?|funded|hires?|hired"
    r"|commissions?|commissioned|orchestrates?|orchestrated)"
)
_OPERATION = r"(?:personas?|accounts?|networks?|operations?|campaigns?|narratives?|spamouflage|it|them|G\d+)"
_STATES = r"(?:state|government|military|party|regime|Kremlin|police|intelligence)"
_TIED = r"(?:tied|linked|connected|affiliated|connections?|ties|links?)"
_NAMED = r"(?:the\s+)?(?!G\d)(?:[A-Z]\w+|state\b|government\b|party\b|police\b)"
_DATED = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"

FOLDED: dict[str, tuple[str, ...]] = {
    "nobody real": (
        r"\bfak(?:e|ed|ery|es)\b", r"\b(?:ro|spam)?bots?\b", r"\bbotnet", r"\bcyborgs?\b", r"\btroll(?:s|ing|fabrik\w*)?\b", r"\b(?:sock)?puppets?\b",
        r"(?:\bnot?|n't) (?:real|genuine)\b", r"\bautomated (?:account|user|profile)", r"\baccounts? (?:is|are|was|were) automated\b", r"\bastro ?turf",
        r"\bfalsch\w* (?:konten|konto|profil)", r"\bgef(?:ä|ae)lscht", r"\bfaux (?:compte|profil)", r"\b(?:cuenta|conta|perfil|account|profil)\w* (?:son |são |sono )?fals[aoi]s?\b",
        r"\bsahte\b", r"\b(?:бот|тролл|трол)(?:ы|ов|и|ів|я|ей|лей)?\b",
        r"\b(?:фейк|фальшив|поддельн|підробн)", "机器人", "機器人", "水军", "水軍", "五毛(?![钱錢])", "(?:假|虚假|虛假)(?:的)?(?:账号|帳號|账户|帳戶|用户|用戶)",
        "ボット", "偽アカウント", "工作員", "(?:가짜|유령) ?계정", "댓글 ?부대", "봇", r"وهمي", r"مزيف", r"ذباب", r"\b(?:ال)?روبوت", r"جعلی", r"\bربات",
    ),
    "proven": (
        r"\bprov(?:e[sdn]?|ing)\b", r"\bproof\b", r"\bundoubted", r"\b(?:no|without(?: any)?|beyond(?: any| all| reasonable)*) doubt\b", r"\bundeniabl",
        r"\bcertainly\b(?<!almost certainly)", r"\bdefinitely\b", r"\bconclusive", r"\birrefutabl", r"\bunmistakabl", r"\bbewei(?:s|st|sen)\b", r"\bbewiesen", r"\bzweifellos\b",
        r"\bprouv", r"\b(?:demuestra|comprova|dimostra)", r"\bдоказ", "证明", "證明", "证实", "證實", "証明", "증명", r"(?:ي|ت)ثبت", r"kanıtl",
    ),
    "synchronised": (r"\bbeyond chance\b",),
    "coordinated": (
        r"\bco ?ordin", r"\bkoordin", r"\bcoordonn", r"\b(?:с)?координ", "协同", "協同", "协调一致", r"منسق", r"\borchestrat", r"\bin concert\b",
        r"\bconcerted\b", r"\bin lockstep\b",
    ),
    "inauthentic": (
        r"(?:\bnot|n't) authentic\b", r"\bin ?auth?enti", r"\binaut[ée]nti", r"\bunecht", r"\bнеаутент", r"\bpersonas?\b", r"\bcovert", r"\bdeceptive",
    ),
    "attributed": (
        r"\battribu[téíi]", r"\bzugeschrieben",
        rf"\b{_POWER}[ -](?:backed|sponsored|linked|run|controlled|directed|funded|affiliated|aligned|owned|organi[sz]ed|paid|led)\b",
        r"\b(?:run|operated|controlled|directed|orchestrated|commanded|steered|masterminded|commissioned|financed|funded|paid|sponsored|managed|"
        r"instructed|employed|hired|co ?ordinated) (?:by|from|out of)\b",
        r"\bpaid to (?:post|write|share|comment)", r"\bpaid (?:post|comment|account)", r"\bon behalf of\b", r"\borchestrat", r"\bpuppet ?master", r"\bpulls? the strings\b",
        r"\b(?:agents?|operatives?|prox(?:y|ies)|mouthpieces?) (?:of|for)\b", r"\bbehind (?:it|them|(?:this|that|these|those|the) (?:account|group|network|campaign|post|operation)s?)\b",
        r"(?<!: who )(?<!^who )\b(?:is|are|was|were|stands?) behind\b", r"\bgesteuert", r"\bgelenkt", r"\bim auftrag\b", r"\bsteck\w* (?:da)?hinter", r"\bpilot(?:é|ée|és|ées) par\b",
        r"\b(?:à|a) la solde\b", r"\b(?:controlad|pagad|dirigid|manejad|operad)[oa]s? (?:por|desde)\b", r"\b(?:controllat|pagat|gestit)[aieo] da\b",
        r"\b(?:управля|керу|проплач|оплачен|заказн|куриру)", "操控", "操纵", "操縱", "幕后", "幕後", "受雇", "受僱", "黒幕", "操られ", "배후", "조종", r"تدير(?:ه|ها)",
        r"مدفوع", r"yönetil",
    ),
    "an operation": (
        r"\b(?:covert|influence|information|disinformation|psychological|propaganda|interference) (?:operation|campaign)", r"\bdisinforma",
        r"\bpropagand", r"\bdesinforma", r"\bdésinforma", r"\bоперация (?:кремля|влияния)", r"\b(?:дезінформ|дезинформ|пропаганд)", "虚假信息", "宣传战",
        r"\b(?:is|are|was|were|be) an? (?:\w+ ){0,2}operation\b", r"\boperaci(?:ó|o)n de\b", r"\bopération d[ue]\b", r"^operation (?!at|in|of|on)\w", r"\bforeign interference\b",
    ),
}  # fmt: skip
"""What is said -> patterns for a text that is folded: lower case, marks of hyphens and emphasis as blanks."""

WRITTEN: dict[str, tuple[str, ...]] = {
    "located": (
        rf"\b(?:sits?|based|located|geolocated|operat(?:e|es|ed|ing)|works?|working|posts?|posting|posted)\s+(?:out of|in|from)\s+(?:the\s+)?"
        rf"(?!{_DATED}|English|Chinese|Russian|UTC\b|G\d)[A-Z]",
    ),
    "attributed": (
        rf"\b(?:{'|'.join(_RUN)})(?:,?\s+[\w-]+){{0,4}}\s+by\b",
        rf"\b{_STATES}[- ](?:backed|sponsored|linked|run|aligned|directed|funded|controlled|affiliated|owned)\b",
        rf"\bbehind\s+(?:it|them|this|these|{_NAMED}|the\s+{_OPERATION})",
        r"(?<!: who )(?<!^who )\b(?:is|are|was|were)\s+behind\b",
        r"\b(?:on behalf of|responsible for|agents? of|belongs? to|perpetrat\w+|culprits?|mastermind\w*)\b",
        r"\btroll (?:farm|factor)\w*|\bnexus\b|\bcontracted (?:out )?to\b|\b(?:done|written|made|posted) by (?:hired|paid)\b",
        rf"\b{_BODY}\b(?:\s+[\w,-]+){{0,6}}?\s+{_DOES}\s+(?:[\w-]+\s+){{0,4}}?{_OPERATION}\b",
        rf"\b[A-Z]\w+\s+(?:runs|ran|operates|operated|directs|directed|controls|controlled)\s+(?:[\w-]+\s+){{0,3}}?(?:{_OPERATION}\b|[A-Z])",
        rf"\b{_TIED}\s+(?:to|with)\s+{_NAMED}",
        rf"\b{_BODY}\b.{{0,80}}\bare\s+{_TIED}\b",
        rf"\bsupports?\s+(?:the\s+|this\s+){_OPERATION}\b",
    ),
}
"""What is said -> patterns for a text with its capitals: names of bodies and places begin with one."""
