"""Tables that Bazhuayu (Octoparse) makes of Weibo's search pages with the names of columns it finds by itself."""

from __future__ import annotations

from inconcert.ingest.importer import Importer, signature

WEIBO_BAZHUAYU = Importer(
    name="weibo_bazhuayu",
    title="Bazhuayu (Octoparse), posts of Weibo",
    signatures=(signature("标题", "txt", "from1"),),
    columns={
        "account_id": ("标题链接",),
        "handle": ("标题",),
        "text": ("txt",),
        "created_at": ("from1",),
        "client": ("from2",),
        "media": ("图片",),
        "observed_at": ("当前时间", "采集时间", "抓取时间"),
    },
    respelled={
        "account_id": (
            (r"^(?:https?:)?//(?:www\.)?weibo\.com/(?:u/)?(\d{5,20})(?:[/?#].*)?$", r"\1"),
            (r"^.*\D.*$", ""),
        )
    },
    platform="weibo",
    zone="Asia/Shanghai",
    note=(
        "Read on an assumption: 标题 is the author, txt the text, from1 the time. Weibo leaves out the year of posts of the "
        "running year; such times are read only where a column says when the page was captured (当前时间, 采集时间 or 抓取时间)."
    ),
    plausible={"text": (0.9, 1.0), "handle": (0.99, 1.0)},
    export="In Bazhuayu, add the fields 当前时间 and 标题链接 to the task before it runs, and export as CSV.",
    lacks=(
        "Ids of posts, so that a post met twice counts once only if nothing in it changed; counts, places, regions. Without "
        "标题链接 the author's name stands for the id (name:张三), and does not meet the accounts of other files."
    ),
    layout=(
        "The four columns 标题, txt, from1 and 图片 as seen in exports, with 标题 the author; 标题链接 as the link to the "
        "author, from2 as the posting application and the columns of the time of capture are known from memory. Other templates name their columns otherwise."
    ),
    version="2",
)
