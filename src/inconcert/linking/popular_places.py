"""Places that everybody uses or that many owners share: whoever links to them has that in common with millions.

Written by hand from what is known worldwide, and from the private part of the public suffix list, whose entries are domains under which
anybody can have a name (github.io, blogspot.com). What is missing here is caught by the control; what the control does not hold, because
it is small, is caught here. A name below a shared suffix (name.github.io) has one owner and counts.
"""

from __future__ import annotations

import re
from functools import cache

from inconcert.normalise.hosts import ALIASES
from inconcert.normalise.link_lists import SHORTENERS

PLATFORMS: frozenset[str] = frozenset(
    {
        # networks, messengers, video
        "twitter.com", "facebook.com", "instagram.com", "threads.net", "threads.com", "youtube.com", "youtu.be", "tiktok.com", "linkedin.com",
        "reddit.com", "redd.it", "pinterest.com", "tumblr.com", "snapchat.com", "discord.com", "discord.gg", "telegram.org", "telegram.me", "t.me",
        "telesco.pe", "whatsapp.com", "wa.me", "signal.org", "viber.com", "line.me", "vk.com", "vk.ru", "ok.ru", "weibo.com", "weibo.cn", "qq.com",
        "weixin.qq.com", "wechat.com", "zhihu.com", "douyin.com", "bilibili.com", "kuaishou.com", "xiaohongshu.com", "douban.com", "tieba.baidu.com",
        "bsky.app", "mastodon.social", "truthsocial.com", "gab.com", "gettr.com", "parler.com", "rumble.com", "odysee.com", "bitchute.com",
        "dailymotion.com", "vimeo.com", "twitch.tv", "rutube.ru", "dzen.ru", "flickr.com", "imgur.com", "giphy.com", "tenor.com", "quora.com",
        "medium.com", "substack.com", "livejournal.com", "pixnet.net", "ptt.cc", "dcard.tw", "mixcloud.com", "soundcloud.com", "spotify.com",
        "clubhouse.com", "kick.com", "patreon.com", "onlyfans.com", "linktr.ee", "beacons.ai", "about.me", "carrd.co", "gravatar.com",
        # pages of links, payments and donations, streams
        "bio.link", "bio.site", "lnk.bio", "linkin.bio", "campsite.bio", "taplink.cc", "tap.bio", "solo.to", "allmylinks.com", "snipfeed.co",
        "hoo.be", "komi.io", "msha.ke", "milkshake.app", "linktree.com", "potofu.me", "lit.link", "instabio.cc", "mssg.me", "heylink.me",
        "withkoji.com", "many.link", "contactin.bio", "direct.me", "stan.store", "buymeacoffee.com", "ko-fi.com", "boosty.to", "paypal.me",
        "cash.app", "venmo.com", "donorbox.org", "betterplace.org", "leetchi.com", "campact.de", "chng.it", "gofund.me", "streamyard.com",
        "restream.io", "lnk.to", "ffm.to", "song.link", "smarturl.it", "deezer.com", "tidal.com", "shazam.com", "podbean.com", "spreaker.com",
        "anchor.fm", "bandcamp.com", "apple.news", "fb.watch", "m.me", "pin.it", "instagr.am", "tg.me", "zalo.me", "vk.me", "max.ru",
        "change.org", "avaaz.org", "petitions.net", "openpetition.de", "gofundme.com", "kickstarter.com", "eventbrite.com", "meetup.com",
        # searching, mail, storage, pages that anybody makes
        "google.com", "goo.gl", "googleusercontent.com", "gmail.com", "google.de", "google.fr", "google.co.uk", "bing.com", "yahoo.com", "duckduckgo.com",
        "yandex.ru", "yandex.com", "mail.ru", "baidu.com", "sogou.com", "so.com", "naver.com", "daum.net", "outlook.com", "live.com", "proton.me",
        "icloud.com", "dropbox.com", "mega.nz", "mediafire.com", "wetransfer.com", "box.com", "archive.org", "archive.is", "archive.ph", "archive.today",
        "archive.md", "archive.vn", "ghostarchive.org", "12ft.io", "ampproject.org", "feedburner.com", "threadreaderapp.com", "nitter.net",
        "yewtu.be", "vxtwitter.com", "fxtwitter.com", "fixupx.com", "twimg.com", "fbcdn.net", "ytimg.com", "disqus.com", "hootsuite.com",
        "paper.li", "wakelet.com", "calameo.com", "yumpu.com", "imgbb.com", "ibb.co", "postimg.cc", "streamable.com", "gfycat.com", "coub.com",
        "mailchi.mp", "campaign-archive.com", "list-manage.com", "eepurl.com", "1drv.ms", "handle.net", "4chan.org", "8kun.top", "minds.com", "steemit.com",
        "onelink.me", "app.link", "page.link", "over-blog.com", "canalblog.com", "skyrock.com", "ameblo.jp", "tistory.com", "note.com",
        "neocities.org", "000webhostapp.com", "infinityfreeapp.com", "godaddysites.com", "strikingly.com", "webnode.com", "ucoz.ru", "narod.ru",
        "perma.cc", "pastebin.com", "telegra.ph", "justpaste.it", "docdroid.net", "scribd.com", "issuu.com", "slideshare.net", "prezi.com",
        "notion.so", "notion.site", "canva.com", "figma.com", "typeform.com", "surveymonkey.com", "forms.gle", "wordpress.com", "wordpress.org",
        "blogger.com", "blogspot.com", "wix.com", "weebly.com", "squarespace.com", "webflow.io", "ghost.org", "jimdo.com", "tilda.cc", "bigcartel.com",
        # code, companies, shops
        "github.com", "gitlab.com", "bitbucket.org", "sourceforge.net", "stackoverflow.com", "stackexchange.com", "npmjs.com", "pypi.org",
        "microsoft.com", "apple.com", "amazon.com", "amazon.de", "amazon.co.uk", "amazonaws.com", "cloudfront.net", "cloudflare.com", "akamai.net",
        "ebay.com", "etsy.com", "aliexpress.com", "alibaba.com", "taobao.com", "tmall.com", "jd.com", "walmart.com", "shopify.com", "paypal.com",
        "stripe.com", "visa.com", "netflix.com", "disneyplus.com", "imdb.com", "steampowered.com", "roblox.com", "zoom.us", "teams.microsoft.com",
        "adobe.com", "openai.com", "chatgpt.com", "coinbase.com", "binance.com", "booking.com", "airbnb.com", "tripadvisor.com", "uber.com",
        # other names of the same, and pages of links
        "fb.com", "yt.be", "youtube-nocookie.com", "vkontakte.ru", "g.co", "goo.gle", "amp.dev",
        "graph.org", 
        # knowledge and public bodies
        "wikipedia.org", "wikimedia.org", "wikidata.org", "wikileaks.org", "britannica.com", "fandom.com", "researchgate.net", "academia.edu", "arxiv.org",
        "nature.com", "science.org", "sciencedirect.com", "springer.com", "doi.org", "jstor.org", "ssrn.com", "un.org", "who.int", "europa.eu", "nato.int",
        "worldbank.org", "imf.org", "icrc.org", "amnesty.org", "hrw.org", "nasa.gov", "nih.gov", "cdc.gov", "state.gov", "whitehouse.gov", "congress.gov",
        "gov.uk", "parliament.uk", "bundestag.de", "bundesregierung.de", "kremlin.ru", "mid.ru", "gov.cn", "fmprc.gov.cn", "mfa.gov.cn",
    }
)  # fmt: skip
"""Platforms, services and public bodies."""

NEWS: frozenset[str] = frozenset(
    {
        "bbc.com", "bbc.co.uk", "cnn.com", "nytimes.com", "washingtonpost.com", "wsj.com", "usatoday.com", "latimes.com", "nypost.com", "foxnews.com",
        "nbcnews.com", "cbsnews.com", "abcnews.go.com", "go.com", "npr.org", "pbs.org", "msnbc.com", "cnbc.com", "bloomberg.com", "forbes.com", "time.com",
        "newsweek.com", "politico.com", "politico.eu", "thehill.com", "axios.com", "vox.com", "theatlantic.com", "newyorker.com", "economist.com",
        "ft.com", "reuters.com", "apnews.com", "afp.com", "dpa.com", "upi.com", "businessinsider.com", "buzzfeed.com", "huffpost.com", "vice.com",
        "theverge.com", "wired.com", "techcrunch.com", "arstechnica.com", "theguardian.com", "telegraph.co.uk", "thetimes.co.uk", "independent.co.uk",
        "dailymail.co.uk", "thesun.co.uk", "mirror.co.uk", "express.co.uk", "metro.co.uk", "standard.co.uk", "sky.com", "itv.com", "channel4.com",
        "spiegel.de", "bild.de", "welt.de", "zeit.de", "faz.net", "sueddeutsche.de", "tagesschau.de", "zdf.de", "ard.de", "stern.de", "focus.de", "n-tv.de",
        "t-online.de", "tagesspiegel.de", "taz.de", "dw.com", "rnd.de", "nzz.ch", "srf.ch", "orf.at", "derstandard.at", "krone.at", "lemonde.fr",
        "lefigaro.fr", "liberation.fr", "leparisien.fr", "20minutes.fr", "bfmtv.com", "francetvinfo.fr", "france24.com", "rfi.fr", "euronews.com",
        "lepoint.fr", "lexpress.fr", "mediapart.fr", "repubblica.it", "corriere.it", "lastampa.it", "ansa.it", "ilsole24ore.com", "rai.it", "elpais.com",
        "elmundo.es", "abc.es", "lavanguardia.com", "rtve.es", "publico.pt", "rtp.pt", "nos.nl", "nrc.nl", "volkskrant.nl", "telegraaf.nl", "vrt.be",
        "lesoir.be", "dr.dk", "svt.se", "aftonbladet.se", "expressen.se", "nrk.no", "vg.no", "yle.fi", "hs.fi", "err.ee", "delfi.ee", "delfi.lv", "delfi.lt",
        "lrt.lt", "onet.pl", "wp.pl", "tvn24.pl", "gazeta.pl", "wyborcza.pl", "pap.pl", "idnes.cz", "novinky.cz", "ceskatelevize.cz", "sme.sk", "index.hu",
        "telex.hu", "hvg.hu", "digi24.ro", "g4media.ro", "novinite.com", "bta.bg", "kathimerini.gr", "ekathimerini.com", "hurriyet.com.tr", "trtworld.com",
        "aa.com.tr", "pravda.com.ua", "ukrinform.net", "unian.net", "unian.ua", "obozrevatel.com", "rbc.ua", "suspilne.media", "kyivpost.com",
        "kyivindependent.com", "rt.com", "sputniknews.com", "tass.ru", "tass.com", "ria.ru", "rg.ru", "kommersant.ru", "rbc.ru", "lenta.ru", "gazeta.ru",
        "iz.ru", "mk.ru", "kp.ru", "vesti.ru", "1tv.ru", "ntv.ru", "meduza.io", "novayagazeta.ru", "themoscowtimes.com", "svoboda.org", "rferl.org", "voanews.com",
        "xinhuanet.com", "news.cn", "people.com.cn", "people.cn", "chinadaily.com.cn", "globaltimes.cn", "huanqiu.com", "cgtn.com", "cctv.com", "thepaper.cn",
        "sina.com.cn", "sina.cn", "sohu.com", "163.com", "ifeng.com", "toutiao.com", "guancha.cn", "caixin.com", "scmp.com", "hk01.com", "mingpao.com",
        "rthk.hk", "hongkongfp.com", "udn.com", "ltn.com.tw", "chinatimes.com", "cna.com.tw", "taipeitimes.com", "ettoday.net", "setn.com", "epochtimes.com",
        "ntdtv.com", "rfa.org", "nhk.or.jp", "asahi.com", "yomiuri.co.jp", "mainichi.jp", "nikkei.com", "japantimes.co.jp", "kyodonews.net", "chosun.com",
        "joins.com", "donga.com", "hani.co.kr", "yna.co.kr", "koreaherald.com", "straitstimes.com", "channelnewsasia.com", "bangkokpost.com", "rappler.com",
        "inquirer.net", "philstar.com", "gmanetwork.com", "abs-cbn.com", "kompas.com", "detik.com", "tempo.co", "thestar.com.my", "malaysiakini.com",
        "vnexpress.net", "timesofindia.com", "indiatimes.com", "thehindu.com", "hindustantimes.com", "indianexpress.com", "ndtv.com", "india.com", "dawn.com",
        "geo.tv", "thedailystar.net", "aljazeera.com", "aljazeera.net", "alarabiya.net", "skynewsarabia.com", "presstv.ir", "irna.ir", "tasnimnews.com",
        "haaretz.com", "jpost.com", "timesofisrael.com", "ynetnews.com", "ynet.co.il", "ahram.org.eg", "africanews.com", "news24.com", "dailymaverick.co.za",
        "nation.africa", "punchng.com", "premiumtimesng.com", "vanguardngr.com", "abc.net.au", "smh.com.au", "theage.com.au", "news.com.au", "sbs.com.au",
        "nzherald.co.nz", "stuff.co.nz", "cbc.ca", "ctvnews.ca", "theglobeandmail.com", "thestar.com", "nationalpost.com", "globo.com", "uol.com.br",
        "folha.uol.com.br", "estadao.com.br", "clarin.com", "lanacion.com.ar", "infobae.com", "eltiempo.com", "eluniversal.com.mx", "telesurtv.net", "msn.com",
        "news.yahoo.com", "drudgereport.com", "breitbart.com", "zerohedge.com", "infowars.com", "dailycaller.com", "theintercept.com", "propublica.org",
        "bellingcat.com", "snopes.com", "politifact.com", "factcheck.org", "espn.com", "goal.com", "marca.com", "weather.com", "accuweather.com",
    }
)  # fmt: skip
"""News sites that people far from their country know; also what look-alike domains imitate."""

OF_MANY_OWNERS: frozenset[str] = frozenset(
    {
        "tumblr.com", "wordpress.com", "medium.com", "substack.com", "livejournal.com", "pixnet.net", "blogspot.com", "weebly.com", "wix.com", "wixsite.com",
        "jimdo.com", "jimdofree.com", "webflow.io", "carrd.co", "tilda.ws", "ghost.io", "blogger.com", "bandcamp.com", "itch.io", "fandom.com",
        "over-blog.com", "canalblog.com", "skyrock.com", "tistory.com", "neocities.org", "000webhostapp.com", "infinityfreeapp.com", "godaddysites.com",
        "strikingly.com", "webnode.com", "ucoz.ru", "narod.ru", "stan.store", "mystrikingly.com",
    }
)  # fmt: skip
"""Platforms on which each owner has a host: those hosts count, and not the platform."""

IN_EVERY_COUNTRY = frozenset({"google", "amazon", "ebay", "yandex", "yahoo", "blogspot", "booking", "tripadvisor"})
"""Names under which a platform is found below the suffix of nearly every country."""
EVERYBODYS_PAGES = frozenset(
    {
        "home", "login", "signin", "signup", "register", "explore", "search", "index", "index.html", "index.php", "feed", "about", "help", "settings",
    }
)  # fmt: skip
"""Pages of a platform that are nobody's."""

_COUNTRY = re.compile(r"(?:com?\.)?[a-z]{2}")

SHORT: frozenset[str] = SHORTENERS | frozenset(
    {
        "bitly.com", "shorte.st", "u.to", "t2m.io", "bl.ink", "urlz.fr", "reurl.cc", "lihi.cc", "ppt.cc", "pse.is", "linkd.in", "surl.li", "shrtco.de",
    }
)  # fmt: skip
"""Shorteners, those that normalising leaves as they are among them."""

POPULAR: frozenset[str] = PLATFORMS | NEWS | SHORT | frozenset(ALIASES)


def shared_place(name: str) -> str | None:
    """Why a domain or host is nobody's own, in words; None when one owner may be behind it. name: as `normalise.hosts` writes it.

    A host of a platform (en.wikipedia.org) is the platform's, unless its users have hosts there.
    """
    if name in SHORT:
        return "a shortener: it hides where its links lead"
    if name in PLATFORMS or name in ALIASES:
        return "a platform or service that everybody uses"
    if name in NEWS:
        return "a news site known worldwide"
    if name.removeprefix("www.") in suffixes():
        return "a suffix under which many owners have names"
    if (label := _in_every_country(name)) is not None:
        return f"{label} under the suffix of one country"
    above = name
    while "." in (above := above.partition(".")[2]):
        if (label := _in_every_country(above)) is not None and f"{label}.com" not in OF_MANY_OWNERS:
            return f"a part of {above}"
        if above in POPULAR and above not in OF_MANY_OWNERS and above not in suffixes():
            return f"a part of {above}"
    return None


def shared_page(url: str) -> str | None:
    """Why a canonical link is nobody's own page, in words; None when one owner may be behind it."""
    place, _, path = url.partition("://")[2].partition("/")
    name = re.split("[?#:]", place)[0]
    page = re.split("[?#]", path)[0]
    if page == "":
        return shared_place(name)
    return f"a page of {name} for everybody" if page in EVERYBODYS_PAGES and shared_place(name) else None


def _in_every_country(name: str) -> str | None:
    """The name of such a platform."""
    label, _, suffix = name.removeprefix("www.").partition(".")
    return label if label in IN_EVERY_COUNTRY and _COUNTRY.fullmatch(suffix) else None


@cache
def suffixes() -> frozenset[str]:
    """Every public suffix, the private ones among them, as in the copy of the list inside the tldextract wheel."""
    import tldextract  # slow to load

    found = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True).tlds
    return frozenset(suffix.removeprefix("*.") for suffix in found if not suffix.startswith("!"))
