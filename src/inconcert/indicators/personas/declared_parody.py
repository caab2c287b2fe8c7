"""Accounts that say themselves that they are not whom they show: parody, fans, tributes."""

from __future__ import annotations

import re
import unicodedata

_WORDS = (
    r"parody|parodies|parodie|parodia|paródia|parodying|satire|satirical|satira|sátira|satirique|spoof|fan|fans|fanpage|fanaccount|"
    r"fanclub|fanpagina|fanbase|fanseite|fansite|stan|stans|tribute|unofficial|inofficial|inoffiziell|inoffizielle|inoffizieller|"
    r"admirer|admirers|admiratrice|admirateur|supporters|impersonator|lookalike|roleplay|commentary|пародия|пародийный|фан|фанат|фанаты|"
    r"сатира|неофициальный|неофициальная|hayran|hayranları|resmi değil|non officiel|non officielle|non ufficiale|no oficial|não oficial|"
    r"not affiliated|no affiliation|not the real|not real|nicht echt|fake account|role play|fan account"
)
_SPACED = re.compile(rf"(?<![^\W\d_])(?:{_WORDS})(?![^\W\d_])")
_DENSE = re.compile(
    r"粉丝|粉絲|后援会|後援會|应援|應援|非官方|非本人|恶搞|惡搞|戏仿|戲仿|反串|ファン|パロディ|非公式|なりきり|팬페이지|팬계정|팬클럽|패러디|비공식|"
    r"محاكاة ساخرة|معجب|ساخر|غير رسمي"
)
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")


def declared_parody(*shown: str | None) -> str | None:
    """The word by which names or bios say so, in lower case; None where none does. Words within others do not count."""
    for text in shown:
        if text:
            plain = _HUMPS.sub(" ", unicodedata.normalize("NFKC", text[:1_000])).casefold().replace("_", " ")
            found = _SPACED.search(plain) or _DENSE.search(plain)
            if found:
                return found[0]
    return None
