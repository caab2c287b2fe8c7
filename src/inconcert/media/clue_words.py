"""What screens, browsers, sites and editors write by themselves, in Chinese, English and a few more languages.

Every pattern is bounded, and `words` bounds what it is tried on: a picture may be made to be slow to read.
"""

from __future__ import annotations

import re
from typing import Any

from inconcert.media.lines import Line

_MOST = 200  # characters of a line that are looked at


def _any(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_TIME = r"(?:[上下]午|晚上|凌晨|早上)?\s?\d{1,2}[:：][0-5]\d(?:[:：][0-5]\d)?\s?(?:[ap]\.?m\.?|[上下]午)?"
_DATE = r"(?:\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}月\d{1,2}日)"
_DAY = (
    r"(?:(?:星期|周|週)[一二三四五六日天]|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s?\d{1,2},?)"
)
_HOST = r"(?:[\w-]+\.)+(?:com|net|org|cn|hk|tw|io|co|gov|edu|info|me|tv|ru|uk|us|de|fr|jp|kr|in|top|xyz|cc|site|online)"
_PROGRAMS = (
    r"google chrome|chromium|mozilla firefox|microsoft.?edge|opera|safari|360.{0,8}浏览器|qq浏览器|搜狗.{0,4}浏览器"
    r"|notepad(?:\+\+)?|记事本|記事本|microsoft word|word|excel|powerpoint|wps(?: office)?|photoshop|画图|小畫家|paint"
    r"|visual studio code|outlook|telegram|tweetdeck|hootsuite|vmware.*|virtualbox.*|teamviewer|anydesk|todesk|向日葵.*"
    r"|remote desktop connection|远程桌面连接|adspower.*|multilogin.*|gologin.*"
)
_EMULATORS = r"bluestacks|noxplayer|ldplayer|memu|mumu ?player|夜神模拟器|雷电模拟器|逍遥模拟器|mumu模拟器|adspower|multilogin|todesk"
_MAKERS = (
    r"capcut|剪映|kinemaster|inshot|viva ?video|vivacut|power ?director|filmora(?:go|9)?|wondershare|video ?show|video ?leap"
    r"|canva|shutterstock|getty ?images|istock|adobe ?stock|alamy|dreamstime|123rf|depositphotos|视觉中国|东方ic|图虫"
    r"|美图秀秀|美图|meitu|faceu|必剪|快影|秒剪|爱剪辑|小影|bandicam|apowersoft|movavi|renderforest|animaker|powtoon"
    r"|synthesia|heygen|d-id|picsart|faceapp|reface|alight motion"
)
_SITES = r"tik ?tok|抖音|douyin|快手|kwai|小红书|西瓜视频|bilibili|哔哩哔哩|微博|weibo|微视|火山小视频|好看视频|秒拍|likee|triller"
_MADE = r"(?:(?:made|created|edited|powered|video)\s(?:with|by|on|in|using)\s|由\s?|使用\s?)?"
_NAME = r"(?:\s*(?:[@＠]\s?\S{1,30}|号?\s?[:：]\s?\S{1,30}|\.com\S*|app|剪辑|制作|[®™©])){0,2}"

CLOCK = _any(rf"(?=.*\d)(?:(?:{_TIME}|{_DATE}|{_DAY})\s*){{1,4}}")
"""A time, a date, a day of the week, or several of them, and nothing else."""
SURE_CLOCK = _any(rf"[ap]m|[上下]午|{_DATE}|{_DAY}")
"""What a bare 12:34 lacks, which may be the length of a clip."""
BEGINS_WITH_TIME = _any(rf"{_TIME}(?:\s|$)")
SIGNAL = _any(
    r"\b[2-5]g\+?(?!\w)|\b(?:vo)?lte\b|\d{1,3}\s?%|\d\s?[km]b?/s|中国移动|中国联通|中国电信|中國移動|中華電信"
    r"|china (?:mobile|unicom|telecom)"
)
"""What stands in the bar of a phone beside the time."""
TASKBAR = _any(
    r"type here to search|在这里输入你要搜索的内容|在這裡輸入文字來搜尋|输入你要搜索的内容|ask me anything|有问题尽管问我"
)
MENUS = _any(
    r"\b(?:file|edit|view|history|bookmarks|window|help|go|format|tools|tabs|develop|insert|文件|编辑|显示|前往|窗口|帮助|视图"
    r"|历史记录|书签|格式|插入|工具|檔案|編輯|檢視|視窗|輔助說明)\b"
)
"""Words of a menu; three of them in a row make one."""
ADDRESS = _any(
    rf"(?:https?:?//|file:///?|chrome://|edge://|about:|www\.)\S+|localhost(?::\d+)?(?:/\S*)?"
    rf"|\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?::\d+)?(?:/\S*)?|{_HOST}(?::\d+)?(?:[/?]\S*)?"
)
EMPTY_ADDRESS = _any(
    r"search (?:(?:google|bing|with \w+) )?or (?:type|enter) (?:a |web )?(?:url|address)|搜索或输入(?:网|web)|输入网址"
    r"|搜尋或輸入網址"
)
PATH = _any(r"(?<!\w)[a-z]:[\\/]\S|(?:此电脑|这台电脑|本機|this pc)\s?[>›»]|(?:users|用户|home)\s?[>›»]\s?\S")
"""A place on the operator's own disk."""
TITLE = _any(rf"\S.*\s?[-–—]\s?(?:{_PROGRAMS})\s?[×x]?|(?:{_EMULATORS})[\s\d.\-:()（）x]*")
"""What ends in the name of a program, or is that of one which pretends to be a phone or another computer."""
TAB = _any(r"(?:[×✕✖]|\sx|…|\.\.\.?)$|\S\s[-–—|_]\s\S|\S_\S")
"""What tabs have and the menu of a site has not: a sign to close, a title cut short, the name of a site after a dash."""
TRENDING = _any(
    r"微博热搜榜?|热搜榜?|热搜话题|实时热[搜点](?:榜)?|百度热搜|抖音热[榜点搜]|头条热榜|知乎热榜|热门话题|今日热[榜点]|微博熱搜榜?"
    r"|熱搜榜?|熱門話題|推特趋势|流行趋势|推薦趨勢|為你推薦的趨勢|当前趋势|trends for you|trending(?: now| topics| searches)?"
    r"|trending in [\w ]+|what.?s happening|(?:worldwide|united states|hong kong|taiwan) trends|popular now"
    r"|top (?:searches|trends)|今日のトレンド|いまどうしてる|актуальные темы"
)
MAKER = _any(rf"\W*{_MADE}(?:{_MAKERS}){_NAME}\W*")
"""The mark of an editor or of an agency, with no other words."""
SITE = _any(rf"\W*{_MADE}(?:{_SITES}){_NAME}\W*|[@＠]\s?\S{{2,30}}|weibo\.com/\S+")
"""The mark of a site or of its user."""


def words(line: Line) -> str:
    """Of a line, what the patterns are tried on."""
    text: Any = line["text"]
    return str(text)[:_MOST].strip()


def is_address(text: str) -> bool:
    """Whether a line is an address, with no more around it than a browser shows there."""
    parts = text.replace("|", " ").split()
    addresses = [part for part in parts if ADDRESS.fullmatch(part)]
    alone = len(addresses) == 1 and sum(map(len, parts)) - len(addresses[0]) <= 12
    return alone or EMPTY_ADDRESS.search(text) is not None
