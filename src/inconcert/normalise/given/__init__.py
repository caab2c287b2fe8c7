"""What investigators bring along with the posts, one file a table: lists of accounts, events, storylines, followers,
documents, published indicators, lists of trends, manifests of media."""

from inconcert.normalise.given.documents import DOCUMENTS
from inconcert.normalise.given.events import EVENTS
from inconcert.normalise.given.follows import FOLLOWS
from inconcert.normalise.given.lists import LISTS
from inconcert.normalise.given.post_media import POST_MEDIA
from inconcert.normalise.given.sheet import GivenSheet, ReadRows
from inconcert.normalise.given.storylines import STORYLINES
from inconcert.normalise.given.threat_indicators import THREAT_INDICATORS
from inconcert.normalise.given.trends import TRENDS

SHEETS: dict[str, GivenSheet] = {
    one.name: one for one in (LISTS, EVENTS, STORYLINES, FOLLOWS, DOCUMENTS, POST_MEDIA, THREAT_INDICATORS, TRENDS)
}
"""Name of the table -> how its files are read."""

__all__ = ["SHEETS", "GivenSheet", "ReadRows"]
