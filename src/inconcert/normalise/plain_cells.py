"""Cells of plain words, of a list of words or links as Python writes it, or of one link: read many at once, as `lists` reads each.

These are the commonest cells by far; what is in any other form is left to `lists`.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inconcert.normalise.absent import MARKERS

_WORD = "[0-9A-Za-z_]+"
_WORDS = f"^{_WORD}( {_WORD})*$"
_LISTED = r"[0-9A-Za-z_:/.?&=%~+\-]+"
_LIST = rf"^\['{_LISTED}(', '{_LISTED})*'\]$"
_LINK = r"^https?://[!-~]*$"
_MORE_TO_DO = r"[|,;\\#@]"
"""Signs at which a link ends, or that do not belong to a name or a hashtag."""
_OF_NUMBERS = ".0"
"""What may be an id that went through a column of numbers."""
_MARKERS = pa.array(sorted(MARKERS))


def plain_items(cells: pa.Array) -> tuple[NDArray[np.bool_], pa.ListArray]:
    """Which cells are of that kind, and the items of each of these; cells: strings, none NULL."""
    words = pc.match_substring_regex(cells, _WORDS)
    listed = pc.and_not(pc.match_substring_regex(cells, _LIST), pc.match_substring(cells, _OF_NUMBERS))
    link = pc.and_not(pc.match_substring_regex(cells, _LINK), pc.match_substring_regex(cells, _MORE_TO_DO))
    plain = pc.or_(pc.or_(words, link), listed)
    bare = pc.replace_substring(pc.utf8_slice_codeunits(cells.filter(listed), 2, -2), "', '", " ")
    items = pc.split_pattern(pc.replace_with_mask(cells, listed, bare).filter(plain), " ")
    found: NDArray[np.bool_] = plain.to_numpy(zero_copy_only=False).copy()
    absent = pc.is_in(pc.list_flatten(items), value_set=_MARKERS).to_numpy(zero_copy_only=False)
    if absent.any():
        whole = np.ones(len(items), dtype=bool)
        whole[pc.list_parent_indices(items).to_numpy()[absent]] = False
        items = items.filter(pa.array(whole))
        found[found] = whole
    return found, items
