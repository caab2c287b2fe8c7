"""The entities of a case as this browser may see them, read once for each state of the ledger and of the view."""

from __future__ import annotations

from functools import lru_cache

from starlette.requests import Request

from inconcert.browse.accounts_called import accounts_called
from inconcert.case import Case
from inconcert.verbs.entity_look import EntityLook, entity_look
from inconcert.verbs.look import View, texts_shown
from inconcert.web.views import named, view_of
from inconcert.web.workbench import workbench_of

_LOOKS = 4


def look_of(request: Request) -> EntityLook | None:
    """The entities of the case of a request; None when nobody brought any."""
    case = workbench_of(request).case(request.path_params["case"])
    its = case.ledger.stat()
    return _look(case, view_of(request), named(request), (its.st_mtime_ns, its.st_size))


@lru_cache(maxsize=_LOOKS)
def _look(case: Case, view: View, names: bool, moment: tuple[int, int]) -> EntityLook | None:
    return entity_look(
        case,
        lambda spelt: {} if names else accounts_called(view, spelt),
        lambda texts: texts_shown(view, list(texts), names=names),
    )
