"""What investigators bring along with the posts, one file a table: lists of accounts, events, storylines, followers."""

from inconcert.normalise.given.events import EVENTS
from inconcert.normalise.given.follows import FOLLOWS
from inconcert.normalise.given.lists import LISTS
from inconcert.normalise.given.sheet import GivenSheet, ReadRows
from inconcert.normalise.given.storylines import STORYLINES

SHEETS: dict[str, GivenSheet] = {one.name: one for one in (LISTS, EVENTS, STORYLINES, FOLLOWS)}
"""Name of the table -> how its files are read."""

__all__ = ["SHEETS", "GivenSheet", "ReadRows"]
