"""Texts that many people post without knowing of each other, and by what sign they are known: named, and no evidence."""

from __future__ import annotations

import re

IN_THE_CONTROL = "in the control"
HEADLINE = "headline"
SHARE_BUTTON = "share button"
QUOTATION = "quotation"
WIRE_COPY = "wire copy"

WORDS: dict[str, str] = {
    IN_THE_CONTROL: "the ordinary crowd posted it too",
    HEADLINE: "nearly all posts of it carry the same link: it is the title of a page, and the link is compared instead",
    SHARE_BUTTON: "it is what a share button or an app writes for its users",
    QUOTATION: "it stands in quotation marks: somebody is quoted",
    WIRE_COPY: "it carries the mark of a news agency: newsrooms print it word for word",
}
"""Reason -> why such a text is no sign of acting together."""

LINKED = 0.8
"""Share of a text's posts with one and the same link from which it is a headline."""
QUOTED = 0.8
"""Share of a text's characters inside quotation marks from which it is a quotation."""
BACKGROUND_ACCOUNTS = 2
"""Accounts of the control crowd from which a text is common property; one may have been caught by chance."""
_HEAD = 2000

_SHARE_BUTTON = re.compile(
    r"\bvia @\w+\s*(?:https?://\S++\s*+)*+$|^(?:i )?(?:just )?(?:liked|added|uploaded|posted|shared|saved|published|checked in|voted|signed|donated|"
    r"completed|scored|listening to|now playing|#nowplaying)\b.{0,40}\b(?:a|an|the|my|this|to|at|on|in|for|by)\b.{0,60}(?:@youtube|youtube|"
    r"video|photo|playlist|petition|poll|facebook|instagram|soundcloud|spotify|foursquare|swarm|strava|quiz)\b|"
    r"\b(?:sign (?:this|the|my) petition|add your name|share this (?:post|video|page)|read (?:the )?full (?:story|article) (?:at|on)|"
    r"click (?:here|the link) to|download the app|people followed me|unfollowed me|daily (?:stats|followers)|new followers)\b|"
    r"(?:分享自|来自|分享图片|转发微博|我发表了|我参与了|我分享了|快来|一起来)(?:@|#|【|《|$)|@(?:youtube|soundcloud|change|ukchange)\s*(?:https?://\S++\s*+)*+$",
    re.IGNORECASE | re.DOTALL,
)
_AGENCY = re.compile(
    r"\((?:reuters|ap|afp|dpa|ansa|efe|upi|pa|tass|xinhua|kyodo|yonhap|bloomberg)\)|\b(?:reuters|afp|associated press) ?[-–—]|"
    r"(?:新华社|中新社|中新网|法新社|路透社|美联社|共同社|塔斯社).{0,12}(?:电|讯|報道|报道)|/ ?(?:тасс|риа новости|интерфакс) ?/|"
    r"\b(?:тасс|риа новости) ?[-–—/]",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|「[^「」]*」|『[^『』]*』|„[^„“”]*[“”]|\"[^\"]*\"")


def shape(text: str) -> str | None:
    """The reason a text shows by itself: share button, wire copy or quotation; None for people's own words.

    Looks at its first 2,000 characters. These are rules of thumb: they take away evidence and never add any.
    """
    head = text[:_HEAD]
    if _SHARE_BUTTON.search(head):
        return SHARE_BUTTON
    if _AGENCY.search(head[:200]):
        return WIRE_COPY
    bare = re.sub(r"https?://\S+|[@#]\w+", "", head).strip()
    inside = sum(len(part[0]) for part in _QUOTED.finditer(bare))
    return QUOTATION if bare and inside >= QUOTED * len(bare) else None


def ordinary(text: str, *, own_posts: int, with_commonest_link: int, background_accounts: int) -> str | None:
    """Why a cluster of near-identical texts is no object of its own; None when it is one.

    text: its representative. own_posts: posts of it that are not shares; with_commonest_link: of them, those with the
    link most of them have; background_accounts: accounts of the control crowd that carry it.
    """
    if background_accounts >= BACKGROUND_ACCOUNTS:
        return IN_THE_CONTROL
    if own_posts and with_commonest_link >= LINKED * own_posts:
        return HEADLINE
    return shape(text)
