"""Captures of the browser extension Zeeschuimer; one file a platform. The importer of several platforms comes last."""

from inconcert.ingest.importer import Importer
from inconcert.ingest.tools.zeeschuimer.any_platform import any_platform
from inconcert.ingest.tools.zeeschuimer.bilibili import ZEESCHUIMER_BILIBILI
from inconcert.ingest.tools.zeeschuimer.douyin import ZEESCHUIMER_DOUYIN
from inconcert.ingest.tools.zeeschuimer.gab import ZEESCHUIMER_GAB
from inconcert.ingest.tools.zeeschuimer.imgur import ZEESCHUIMER_IMGUR
from inconcert.ingest.tools.zeeschuimer.instagram import ZEESCHUIMER_INSTAGRAM
from inconcert.ingest.tools.zeeschuimer.ninegag import ZEESCHUIMER_9GAG
from inconcert.ingest.tools.zeeschuimer.pinterest import ZEESCHUIMER_PINTEREST
from inconcert.ingest.tools.zeeschuimer.threads import ZEESCHUIMER_THREADS
from inconcert.ingest.tools.zeeschuimer.tiktok import ZEESCHUIMER_TIKTOK
from inconcert.ingest.tools.zeeschuimer.tiktok_comments import ZEESCHUIMER_TIKTOK_COMMENTS
from inconcert.ingest.tools.zeeschuimer.truth import ZEESCHUIMER_TRUTH
from inconcert.ingest.tools.zeeschuimer.x import ZEESCHUIMER_X
from inconcert.ingest.tools.zeeschuimer.xiaohongshu import ZEESCHUIMER_XIAOHONGSHU
from inconcert.ingest.tools.zeeschuimer.xiaohongshu_comments import ZEESCHUIMER_XIAOHONGSHU_COMMENTS

_PLATFORMS: tuple[Importer, ...] = (
    ZEESCHUIMER_X,
    ZEESCHUIMER_TIKTOK,
    ZEESCHUIMER_TIKTOK_COMMENTS,
    ZEESCHUIMER_INSTAGRAM,
    ZEESCHUIMER_THREADS,
    ZEESCHUIMER_DOUYIN,
    ZEESCHUIMER_XIAOHONGSHU,
    ZEESCHUIMER_XIAOHONGSHU_COMMENTS,
    ZEESCHUIMER_BILIBILI,
    ZEESCHUIMER_9GAG,
    ZEESCHUIMER_IMGUR,
    ZEESCHUIMER_GAB,
    ZEESCHUIMER_TRUTH,
    ZEESCHUIMER_PINTEREST,
)
ZEESCHUIMER: tuple[Importer, ...] = (*_PLATFORMS, any_platform(_PLATFORMS))
