"""The tools whose exports are recognised by their columns; one file a tool. To add one: its file, and a name in this list."""

from inconcert.ingest.importer import Importer
from inconcert.ingest.tools.coortweet import COORTWEET, COORTWEET_WIDE
from inconcert.ingest.tools.crowdtangle import CROWDTANGLE_FACEBOOK, CROWDTANGLE_INSTAGRAM
from inconcert.ingest.tools.fourcat import FOURCAT, FOURCAT_TELEGRAM, FOURCAT_X
from inconcert.ingest.tools.ira_clemson import IRA_CLEMSON
from inconcert.ingest.tools.mastodon import MASTODON
from inconcert.ingest.tools.meltwater import MELTWATER
from inconcert.ingest.tools.meta_content_library import META_CONTENT_LIBRARY
from inconcert.ingest.tools.reddit import REDDIT_COMMENTS, REDDIT_SUBMISSIONS
from inconcert.ingest.tools.tiktok import TIKTOK_RESEARCH
from inconcert.ingest.tools.weibo import WEIBO_CRAWLER, WEIBO_CRAWLER_DATABASE, WEIBO_CRAWLER_USERS, WEIBO_SEARCH
from inconcert.ingest.tools.x_api import X_API_V1, X_API_V2, X_API_V2_USERS
from inconcert.ingest.tools.x_io_archive import TWEETS, USERS
from inconcert.ingest.tools.youtube import YOUTUBE_API, YOUTUBE_COMMENTS, YOUTUBE_VIDEOS

TOOLS: tuple[Importer, ...] = (
    TWEETS,
    USERS,
    X_API_V2,
    X_API_V2_USERS,
    X_API_V1,
    FOURCAT_X,
    FOURCAT_TELEGRAM,
    FOURCAT,
    CROWDTANGLE_FACEBOOK,
    CROWDTANGLE_INSTAGRAM,
    META_CONTENT_LIBRARY,
    TIKTOK_RESEARCH,
    WEIBO_CRAWLER,
    WEIBO_CRAWLER_USERS,
    WEIBO_CRAWLER_DATABASE,
    WEIBO_SEARCH,
    REDDIT_COMMENTS,
    REDDIT_SUBMISSIONS,
    YOUTUBE_VIDEOS,
    YOUTUBE_COMMENTS,
    YOUTUBE_API,
    MELTWATER,
    MASTODON,
    IRA_CLEMSON,
    COORTWEET,
    COORTWEET_WIDE,
)
