"""Whatever the fields of a case hold, on no page does anything run, ask, leave the machine, or push the page out of its window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import compile_path
from starlette.testclient import TestClient
from tests.web.addresses import addresses, patterns
from tests.web.conftest import PORT, TOKEN
from tests.web.hostile_case import hostile_case
from tests.web.serving import Served
from tests.web.windows import DRAWN, Windows, until

from inconcert.case import Case
from inconcert.verbs.prepare import prepare
from inconcert.web.app import application
from inconcert.web.rendering import path

ABSENT = "(Not Found)"
"""What the browser says of the page that is asked for and not there."""
OUTSIDE = "() => [...document.querySelectorAll('[src], link[href], form[action], object, embed, base, meta[http-equiv]')].filter(one => one.matches('object, embed, base, meta') || new URL(one.getAttribute('src') ?? one.getAttribute('href') ?? one.getAttribute('action'), location).origin !== location.origin).map(one => one.outerHTML.slice(0, 200))"
BAD_LINKS = "() => [...document.querySelectorAll('a[href], area[href]')].filter(one => !new URL(one.getAttribute('href'), location).href.startsWith(location.origin + '/')).map(one => one.outerHTML.slice(0, 200))"
HANDLERS = "() => [...document.querySelectorAll('*')].filter(one => [...one.attributes].some(its => its.name.startsWith('on') || its.name === 'srcdoc')).map(one => one.outerHTML.slice(0, 200))"


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The hostile case; no test changes it."""
    folder = tmp_path_factory.mktemp("hostile") / "cases"
    folder.mkdir()
    return hostile_case(folder)


def test_every_page_is_looked_at(evil: Case) -> None:
    """Each route that answers with a page has an address in the list that these tests and others go through."""
    opened = [address.split("?")[0] for address in addresses(evil).values()]
    missed = [one for one in patterns() if not any(compile_path(one)[0].match(address) for address in opened)]
    assert missed == []


@pytest.mark.browser
@pytest.mark.parametrize(("width", "named"), [(1440, False), (390, False), (1440, True), (390, True)])
def test_nothing_runs_and_nothing_sticks_out(
    windows: Windows, serve: Callable[[Path], Served], evil: Case, width: int, named: bool
) -> None:
    url = serve(evil.path.parent).url
    page = windows.open(width=width)
    if named:
        page.goto(f"{url}/c/evil/")
        page.get_by_role("button", name="Names hidden").click()
        page.get_by_role("button", name="Names shown").wait_for()
    for name, address in addresses(evil).items():
        page.goto(url + address)
        if name == "network":
            until(page, DRAWN)
        hover_and_focus(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        for asked in (OUTSIDE, BAD_LINKS, HANDLERS):
            assert page.evaluate(asked) == [], name
        assert page.locator("h1").count() == 1, name
        hidden = set(page.evaluate("document.body.innerText")) & set("\u202e\u202c\u2066\u200b\x00\x07\x1b")
        assert not hidden, (name, hidden)
    windows.complaints[:] = [one for one in windows.complaints if ABSENT not in one]


def hover_and_focus(page: Any) -> None:
    """Open what can be opened, and go over everything as a mouse and a Tab key would."""
    page.evaluate(
        """() => {
          for (const one of document.querySelectorAll('details')) one.open = true;
          for (const one of [...document.querySelectorAll('main *')].slice(0, 3000)) {
            one.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));
            if (one.tabIndex >= 0) one.focus({preventScroll: true});
          }
        }"""
    )


def test_a_name_of_a_megabyte_does_not_make_a_page_of_megabytes(evil: Case) -> None:
    (row,) = prepare(evil).rows("SELECT key FROM accounts WHERE id LIKE 'ring0%'")
    with TestClient(
        application(evil.path.parent, port=PORT, token=TOKEN), base_url=f"http://127.0.0.1:{PORT}"
    ) as browser:
        browser.get("/")
        browser.post("/c/evil/names", headers={"x-inconcert-token": TOKEN})
        page = browser.get(path("evil", "account", row["key"])).text
    assert "Names shown" in page
    assert "further characters" in page
    assert "h" * 2_001 not in page
    assert len(page) < 300_000


@pytest.mark.browser
def test_the_title_is_text(windows: Windows, serve: Callable[[Path], Served], evil: Case) -> None:
    page = windows.open()
    page.goto(f"{serve(evil.path.parent).url}/c/evil/")
    assert "<script>hit('title')</script> ⟨U+202E⟩eltit" in page.title()
