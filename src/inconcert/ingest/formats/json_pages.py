"""Objects that hold lists of objects, taken apart."""

from __future__ import annotations

import functools

from inconcert.ingest.formats.json_walk import walk
from inconcert.ingest.formats.json_window import Window
from inconcert.ingest.formats.repeated_names import REPEATED
from inconcert.ingest.natives import Item
from inconcert.ingest.shape import Native, unfold


def unfolded(item: Item, written: str, encoding: str, under: frozenset[str]) -> list[Item]:
    """The objects in the lists of an item at the paths `under`, each with the members around its list as head and with what
    was written for it; the item itself if it has none.

    written: the item as `encoding.text_of` gives it.
    """
    if item.record is None or not may_unfold(item.record, under):
        return [item]
    found = list(unfold(item.record, under))
    if len(found) == 1 and found[0][0] is item.record:
        return [item]
    text = Window(iter([(written, "\ufffd" in item.text)]), encoding)
    inner = sorted(walk(text, under), key=lambda one: one[0])
    if sum(one.record is not None for _, one in inner) != len(found):  # a name that is there twice: the last counts
        return [item._replace(record=record, head=head) for record, head in found]
    heads = iter(found)
    items = [one if one.record is None else one._replace(head=next(heads)[1]) for _, one in inner]
    if item.reason == REPEATED and all(one.reason is None for one in items):  # around them, not in them
        items[0] = items[0]._replace(reason=REPEATED)
    return items


def may_unfold(record: Native, under: frozenset[str]) -> bool:
    """Whether an object has a member through which one of the paths goes."""
    return not record.keys().isdisjoint(_first_names(under))


@functools.cache
def _first_names(under: frozenset[str]) -> frozenset[str]:
    """The members of an outermost object through which the paths go."""
    return frozenset(path.partition(".")[0] for path in under)
