"""Posts and comments of Reddit: archives of Pushshift and Arctic Shift, answers of the API, and tables made of them.

Ids are full names: t3_ for posts, t1_ for comments, so that replies meet what they answer whichever tool wrote them.
Accounts go by their names, which never change there; the archives of earlier years have nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from inconcert.ingest.importer import Importer, signature
from inconcert.ingest.shape import Native, Passed, Shape, Unfit

_GONE = frozenset({"[deleted]", "[removed]", "[ Removed by Reddit ]", "[deleted by user]"})
_SITE = "https://www.reddit.com"
_LINK = re.compile(r"https?://[^\s<>()\[\]\"]+[^\s<>()\[\]\".,;:!?'*_]")
_UNDER = ("data.children", "data")
_FIELDS = {
    "handle": "author",
    "account_created_at": "author_created_utc",
    "created_at": "created_utc",
    "channel_id": "subreddit",
    "likes": "score",
    "replies": "num_comments",
}
_LATER_GONE = ("was_deleted_later", "was_initially_deleted", "removal_type")
_OTHER_KINDS = {
    "t2": "accounts",
    "t4": "messages",
    "t5": "subreddits",
    "t6": "awards",
    "more": "stubs of more comments",
}
_SHAPED = (
    *_FIELDS,
    "post_id",
    "post_url",
    "title",
    "text",
    "thread_id",
    "reply_to_id",
    "shared_id",
    "urls",
    "media",
    "edited_at",
    "deleted",
    "observed_at",
)


def _inside(native: Native) -> Native:
    """The thing itself, where the API wraps it: {"kind": "t3", "data": {...}}."""
    inner = native.get("data")
    return inner if isinstance(inner, dict) and "kind" in native else native


def _is_comment(thing: Native) -> bool:
    return "body" in thing and ("link_id" in thing or "parent_id" in thing)


def _is_post(thing: Native) -> bool:
    return "title" in thing and "subreddit" in thing and ("selftext" in thing or "num_comments" in thing)


def _comment_fits(native: Native, head: Mapping[str, Any]) -> bool:
    return _is_comment(thing := _inside(native)) and "created_utc" in thing


def _post_fits(native: Native, head: Mapping[str, Any]) -> bool:
    return _is_post(thing := _inside(native)) and "created_utc" in thing


def _records(native: Native, head: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    thing = _inside(native)
    if thing is not native and (kind := str(native.get("kind"))) in _OTHER_KINDS:
        raise Passed(_OTHER_KINDS[kind])
    is_comment = _is_comment(thing)
    if not (is_comment or _is_post(thing)):
        raise Unfit("neither a post nor a comment of Reddit: body, or title and subreddit are missing")
    later = thing.get("_meta")
    later = later if isinstance(later, dict) else {}
    edited = thing.get("edited")
    link = thing.get("permalink")
    record = _comment(thing) if is_comment else _post(thing)
    for field, name in _FIELDS.items():
        record[field] = thing.get(name)
    record["post_url"] = _SITE + link if isinstance(link, str) and link.startswith("/") else link
    record["edited_at"] = edited if isinstance(edited, str) else None
    record["deleted"] = _deleted(thing, later)
    record["observed_at"] = later.get("retrieved_2nd_on") or thing.get("retrieved_on") or thing.get("retrieved_utc")
    return [record]


def _comment(thing: Native) -> dict[str, Any]:
    return {
        "post_id": _full("t1_", thing.get("id")),
        "text": thing["body"],
        "urls": _links(thing["body"]),
        "thread_id": _full("t3_", thing.get("link_id")),
        "reply_to_id": _full("t1_", thing.get("parent_id")),
        "title": None,
        "shared_id": None,
        "media": None,
    }


def _post(thing: Native) -> dict[str, Any]:
    """A post with the link it was made for; one that only leads to the post itself is none."""
    id = _full("t3_", thing.get("id"))
    link = None if thing.get("is_self") is True else thing.get("url_overridden_by_dest") or thing.get("url")
    found = _links(thing.get("selftext"))
    return {
        "post_id": id,
        "title": thing.get("title"),
        "text": thing.get("selftext"),
        "thread_id": id,
        "reply_to_id": None,
        "shared_id": thing.get("crosspost_parent"),
        "urls": [link, *found] if isinstance(link, str) else found,
        "media": link if thing.get("post_hint") in ("image", "hosted:video") else None,
    }


def _links(text: Any) -> list[str]:
    return _LINK.findall(text) if isinstance(text, str) and "://" in text else []


def _full(prefix: str, id: Any) -> str | None:
    if not isinstance(id, str):
        return None
    return id if "_" in id else prefix + id


def _deleted(thing: Native, later: Native) -> bool:
    """Whether it was gone at the last capture."""
    return bool(
        thing.get("removed_by_category")
        or (later and any(map(later.get, _LATER_GONE)))
        or str(thing.get("body", thing.get("selftext"))) in _GONE
    )


_SUBREDDIT = ((r"^r/", ""),)
_ADDRESS = ((r"^/r/", _SITE + "/r/"),)
_EDITED = ((r"(?i)^(?:false|true|0)$", ""),)
_TABLE = {
    "handle": ("author", "author.name"),
    "account_created_at": ("author_created_utc",),
    "created_at": ("created_utc",),
    "edited_at": ("edited",),
    "observed_at": ("retrieved_on", "retrieved_utc"),
    "post_url": ("permalink",),
    "channel_id": ("subreddit", "subreddit.display_name", "subreddit.display_name_prefixed"),
    "likes": ("score", "ups"),
}
_EXPORT = (
    "The monthly files RC_* and RS_* (zst) of the archives, dumps of single subreddits, or answers of the API kept as "
    "JSON; tables with the same columns are read as well."
)
_LACKS = (
    "Votes and who gave them; posts that were gone before the archive came by; numeric dates of joining in older files."
)

REDDIT_COMMENTS = Importer(
    name="reddit_comments",
    title="Reddit, comments",
    shape=Shape(
        _comment_fits,
        _records,
        _SHAPED,
        under=_UNDER,
        told_by=("body created_utc link_id|parent_id", "kind data.body data.created_utc data.link_id|data.parent_id"),
    ),
    signatures=(signature("body", "created_utc", "parent_id"),),
    columns={
        **_TABLE,
        "post_id": ("name", "fullname", "id"),
        "text": ("body",),
        "thread_id": ("link_id",),
        "reply_to_id": ("parent_id",),
    },
    platform="reddit",
    absent=_GONE,
    nobody=_GONE,
    respelled={
        "post_id": ((r"^([0-9a-z]+)$", r"t1_\1"),),
        "channel_id": _SUBREDDIT,
        "post_url": _ADDRESS,
        "edited_at": _EDITED,
    },
    plausible={
        "post_id": (0.99, 1.0),
        "handle": (0.6, 1.0),
        "created_at": (0.99, 1.0),
        "text": (0.6, 1.0),
        "reply_to_id": (0.99, 1.0),
    },
    export=_EXPORT,
    lacks=_LACKS,
    version="2",
)

REDDIT_SUBMISSIONS = Importer(
    name="reddit_submissions",
    title="Reddit, submissions",
    shape=Shape(
        _post_fits,
        _records,
        _SHAPED,
        under=_UNDER,
        told_by=(
            "title subreddit created_utc selftext|num_comments",
            "kind data.title data.subreddit data.created_utc data.selftext|data.num_comments",
        ),
    ),
    signatures=(signature("title", "selftext", "created_utc"), signature("title", "num_comments", "created_utc")),
    columns={
        **_TABLE,
        "post_id": ("name", "fullname", "id"),
        "title": ("title",),
        "text": ("selftext",),
        "thread_id": ("name", "fullname", "id"),
        "shared_id": ("crosspost_parent",),
        "urls": ("url",),
        "replies": ("num_comments",),
    },
    platform="reddit",
    absent=_GONE,
    nobody=_GONE,
    respelled={
        "post_id": ((r"^([0-9a-z]+)$", r"t3_\1"),),
        "thread_id": ((r"^([0-9a-z]+)$", r"t3_\1"),),
        "channel_id": _SUBREDDIT,
        "post_url": _ADDRESS,
        "edited_at": _EDITED,
    },
    plausible={"post_id": (0.99, 1.0), "handle": (0.6, 1.0), "created_at": (0.99, 1.0), "title": (0.9, 1.0)},
    export=_EXPORT,
    lacks=_LACKS,
    version="2",
)
