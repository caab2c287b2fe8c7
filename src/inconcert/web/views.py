"""The view of a case that a page reads; while there is none, the page says that it is being prepared."""

from __future__ import annotations

from zoneinfo import available_timezones

from starlette.requests import Request

from inconcert.verbs.look import View
from inconcert.verbs.prepare import prepared
from inconcert.web.workbench import session_of, workbench_of


class NotPrepared(Exception):
    """A case that has changed since its pages were prepared, or of which nothing was prepared yet."""

    def __init__(self, case: str) -> None:
        super().__init__(case)
        self.case = case


def view_of(request: Request) -> View:
    """The view of the case of this request. UnknownName for the case; NotPrepared, which leads to a page that waits."""
    name = request.path_params["case"]
    view = prepared(workbench_of(request).case(name))
    if view is None:
        raise NotPrepared(name)
    return view


def named(request: Request) -> bool:
    """Whether this browser shows the accounts of the case under their real names."""
    return request.path_params["case"] in session_of(request).named


def zone_of(request: Request) -> str:
    """The zone that is asked for, known or not; without one, that which this browser chose last, so that a judgement, another account
    or the way back does not lose it."""
    session, asked = session_of(request), request.query_params.get("zone")
    if asked in available_timezones():
        session.zone = asked
    return asked or session.zone
