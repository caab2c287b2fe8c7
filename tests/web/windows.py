"""Windows of a real browser that note every complaint, question, and request to another machine."""

from __future__ import annotations

import re
import time
from typing import Any
from urllib.parse import urlsplit

import pytest

playwright = pytest.importorskip(
    "playwright.sync_api", reason="playwright is not installed: pip install 'inconcert[dev]'"
)

WAITS_MS = 30_000
"""How long a window waits for anything: a loaded machine must not turn a test red."""
DRAWN = "document.documentElement.dataset.drawn === 'yes'"


def until(page: Any, expression: str) -> None:
    """Wait until an expression holds in the page; TimeoutError when it does not. Playwright's own wait evaluates text as script
    within the page, which the policy of our pages forbids."""
    give_up = time.monotonic() + WAITS_MS / 1000
    while not _holds(page, expression):
        if time.monotonic() > give_up:
            raise TimeoutError(f"{page.url}: not {expression}")
        page.wait_for_timeout(50)


def _holds(page: Any, expression: str) -> bool:
    """Whether it holds now; not while the page gives way to the next one."""
    try:
        return bool(page.evaluate(f"document.documentElement !== null && ({expression})"))
    except playwright.Error as error:
        if "context was destroyed" in str(error) or "navigation" in str(error):
            return False
        raise


class Windows:
    """Opens windows of a browser.   complaints: what none of them may say; `hit` is what injected script calls."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser
        self._contexts: list[Any] = []
        self.complaints: list[str] = []

    def open(self, *, width: int = 1440, scheme: str = "light", **options: Any) -> Any:
        """A page in a browser profile of its own."""
        context = self._browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", **options
        )
        self._contexts.append(context)
        context.set_default_timeout(WAITS_MS)
        context.expose_function("hit", lambda *said: self.complaints.append(f"executed: {said}"))
        page = context.new_page()
        self._watch(page)
        return page

    def _watch(self, page: Any) -> None:
        page.on("console", lambda message: self._said(page, message))
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("dialog", lambda dialog: self._asked(page, dialog))
        page.on("request", self._requested)

    def _said(self, page: Any, message: Any) -> None:
        # what the software renderer says of itself is no fault of a page
        if message.type in ("error", "warning") and not re.search(
            r"GPU stall|GL Driver Message|software WebGL", message.text
        ):
            self.complaints.append(f"{page.url}: {message.type}: {message.text} {message.location}")

    def _asked(self, page: Any, dialog: Any) -> None:
        self.complaints.append(f"{page.url}: dialog: {dialog.message}")
        dialog.dismiss()

    def _requested(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname != "127.0.0.1":
            self.complaints.append(f"request to {request.url}")

    def close(self) -> None:
        """Close them all."""
        for context in self._contexts:
            context.close()
        self._contexts.clear()
