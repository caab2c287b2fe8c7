"""What the server knows: the folder it serves, the work it does, and for each browser who looks and whether names are shown."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from starlette.requests import Request

from inconcert.case import Case, is_case, open_case
from inconcert.errors import UnknownName
from inconcert.web.brought import Brought
from inconcert.web.jobs import Jobs

MOST_SESSIONS = 1_000


@dataclass
class Session:
    """One browser.   named: cases whose accounts are shown under their real names.   author: who judges.   zone: of hours and days."""

    named: set[str] = field(default_factory=set)
    author: str = ""
    zone: str = "UTC"


@dataclass(frozen=True)
class Workbench:
    """root: folder whose cases are served; only: the one case of it that is, None for all.   token: see `security.Guard`."""

    root: Path
    only: str | None
    token: str
    clock: Callable[[], datetime]
    jobs: Jobs
    brought: Brought
    sessions: dict[str, Session] = field(default_factory=dict)

    def cases(self) -> list[str]:
        """Names of the folders that are cases, sorted; without those that no address or command line can hold."""
        names = sorted(
            path.name for path in self.root.iterdir() if _called(path.name) and path.is_dir() and is_case(path)
        )
        return [name for name in names if self.only in (None, name)]

    def case(self, name: str) -> Case:
        """The case of that name; UnknownName when none is served under it."""
        if name not in (known := self.cases()):
            raise UnknownName("case", name, known)
        return open_case(self.root / name)

    def session(self, id: str | None) -> tuple[str, Session]:
        """The session of that id, or a new one."""
        if id is not None and id in self.sessions:
            return id, self.sessions[id]
        while len(self.sessions) >= MOST_SESSIONS:
            del self.sessions[next(iter(self.sessions))]
        id = secrets.token_urlsafe(18)
        return id, self.sessions.setdefault(id, Session())


def _called(name: str) -> bool:
    """Whether a folder is called something that can stand in an address, and in a command line without being taken for an option."""
    return not name.startswith("-") and not any("\ud800" <= letter <= "\udfff" for letter in name)


def workbench_of(request: Request) -> Workbench:
    """The workbench that answers a request."""
    bench: Workbench = request.app.state.workbench
    return bench


def cookie_of(request: Request) -> str:
    """Name of the cookie that holds the session: browsers tell servers of one machine apart by it alone, not by their ports."""
    return f"inconcert-{request.url.port}"


def session_of(request: Request) -> Session:
    """The session of a request; the same object however often it is asked for.

    Who comes by a link on another site is nobody for this one page: the browser keeps back what it holds of us, and a new session
    would take the place of the one that it has.
    """
    if not hasattr(request.state, "session"):
        id = request.cookies.get(cookie_of(request))
        if id is None and request.headers.get("sec-fetch-site") == "cross-site":
            request.state.session_id, request.state.session = None, Session()
        else:
            request.state.session_id, request.state.session = workbench_of(request).session(id)
    session: Session = request.state.session
    return session
