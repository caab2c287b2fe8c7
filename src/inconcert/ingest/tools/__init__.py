"""The tools whose exports are recognised by their columns; one file a tool. To add one: its file, and a name in this list."""

from inconcert.ingest.importer import Importer
from inconcert.ingest.tools.activitypub import ACTIVITYPUB
from inconcert.ingest.tools.bazhuayu import WEIBO_BAZHUAYU
from inconcert.ingest.tools.bluesky_jetstream import BLUESKY_JETSTREAM
from inconcert.ingest.tools.bluesky_repository import BLUESKY_REPOSITORY
from inconcert.ingest.tools.bluesky_view import BLUESKY
from inconcert.ingest.tools.brandwatch import BRANDWATCH
from inconcert.ingest.tools.coortweet import COORTWEET, COORTWEET_WIDE
from inconcert.ingest.tools.crowdtangle import CROWDTANGLE_FACEBOOK, CROWDTANGLE_GROUPS, CROWDTANGLE_INSTAGRAM
from inconcert.ingest.tools.crowdtangle_api import CROWDTANGLE_API
from inconcert.ingest.tools.documents_table import DOCUMENTS_TABLE
from inconcert.ingest.tools.feed import FEED
from inconcert.ingest.tools.fourcat import FOURCAT, FOURCAT_TELEGRAM, FOURCAT_X
from inconcert.ingest.tools.fourcat_platforms import (
    FOURCAT_BLUESKY,
    FOURCAT_INSTAGRAM,
    FOURCAT_THREADS,
    FOURCAT_TIKTOK,
    FOURCAT_VK,
)
from inconcert.ingest.tools.html_page import HTML_PAGE
from inconcert.ingest.tools.ira_clemson import IRA_CLEMSON
from inconcert.ingest.tools.json_feed import JSON_FEED
from inconcert.ingest.tools.junkipedia import JUNKIPEDIA
from inconcert.ingest.tools.mastodon import MASTODON
from inconcert.ingest.tools.meltwater import MELTWATER
from inconcert.ingest.tools.meta_content_library import META_CONTENT_LIBRARY, META_CONTENT_LIBRARY_COMMENTS
from inconcert.ingest.tools.pdf import PDF
from inconcert.ingest.tools.plain_text import PLAIN_TEXT
from inconcert.ingest.tools.reddit import REDDIT_COMMENTS, REDDIT_SUBMISSIONS
from inconcert.ingest.tools.telegram_desktop import TELEGRAM_DESKTOP
from inconcert.ingest.tools.telethon import TELETHON
from inconcert.ingest.tools.threat_indicators import (
    INDICATOR_LIST,
    META_THREAT_RESEARCH,
    MISP_ATTRIBUTES,
    MISP_EVENT,
    STIX,
    THREAT_EXCHANGE,
)
from inconcert.ingest.tools.tiktok import TIKTOK_COMMENTS, TIKTOK_RESEARCH, TIKTOK_USERS
from inconcert.ingest.tools.vk import VK
from inconcert.ingest.tools.warc import WARC
from inconcert.ingest.tools.weibo import (
    WEIBO_CRAWLER,
    WEIBO_CRAWLER_COMMENTS,
    WEIBO_CRAWLER_DATABASE,
    WEIBO_CRAWLER_USERS,
    WEIBO_SEARCH,
)
from inconcert.ingest.tools.weibo_hot_search import WEIBO_HOT_SEARCH
from inconcert.ingest.tools.weibo_status import WEIBO_STATUS
from inconcert.ingest.tools.x_api import X_API_V2, X_API_V2_USERS
from inconcert.ingest.tools.x_api_v1 import X_API_V1, X_API_V1_USERS
from inconcert.ingest.tools.x_io_archive import MEDIA, TWEETS, USERS
from inconcert.ingest.tools.youtube import YOUTUBE_CHANNELS, YOUTUBE_COMMENTS, YOUTUBE_VIDEOS
from inconcert.ingest.tools.youtube_api import YOUTUBE_API
from inconcert.ingest.tools.zeeschuimer import ZEESCHUIMER

TOOLS: tuple[Importer, ...] = (
    TWEETS,
    USERS,
    MEDIA,
    X_API_V2,
    X_API_V2_USERS,
    X_API_V1,
    X_API_V1_USERS,
    FOURCAT_X,
    FOURCAT_TELEGRAM,
    FOURCAT_TIKTOK,
    FOURCAT_INSTAGRAM,
    FOURCAT_THREADS,
    FOURCAT_BLUESKY,
    FOURCAT_VK,
    FOURCAT,
    CROWDTANGLE_FACEBOOK,
    CROWDTANGLE_GROUPS,
    CROWDTANGLE_INSTAGRAM,
    CROWDTANGLE_API,
    META_CONTENT_LIBRARY,
    META_CONTENT_LIBRARY_COMMENTS,
    TIKTOK_RESEARCH,
    TIKTOK_USERS,
    TIKTOK_COMMENTS,
    WEIBO_CRAWLER,
    WEIBO_CRAWLER_USERS,
    WEIBO_CRAWLER_DATABASE,
    WEIBO_SEARCH,
    WEIBO_CRAWLER_COMMENTS,
    WEIBO_STATUS,
    WEIBO_BAZHUAYU,
    REDDIT_COMMENTS,
    REDDIT_SUBMISSIONS,
    YOUTUBE_VIDEOS,
    YOUTUBE_COMMENTS,
    YOUTUBE_CHANNELS,
    YOUTUBE_API,
    MELTWATER,
    BRANDWATCH,
    JUNKIPEDIA,
    MASTODON,
    ACTIVITYPUB,
    BLUESKY,
    BLUESKY_JETSTREAM,
    BLUESKY_REPOSITORY,
    TELEGRAM_DESKTOP,
    TELETHON,
    VK,
    IRA_CLEMSON,
    COORTWEET,
    COORTWEET_WIDE,
    META_THREAT_RESEARCH,
    MISP_ATTRIBUTES,
    MISP_EVENT,
    STIX,
    THREAT_EXCHANGE,
    INDICATOR_LIST,
    WEIBO_HOT_SEARCH,
    *ZEESCHUIMER,
    FEED,
    JSON_FEED,
    WARC,
    HTML_PAGE,
    PDF,
    PLAIN_TEXT,
    DOCUMENTS_TABLE,
)
