"""Draw docs/report.png from a report, with Chromium: python docs/make_picture.py [REPORT/index.html]

The summary at the head of the page, and beside it the figures of the smallest group of the highest level: fewer lines are
easier to see.
"""

from __future__ import annotations

import base64
import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Locator, sync_playwright

PICTURE = Path(__file__).with_name("report.png")
REPORT = Path("inconcert-demo/case/report/index.html")
HEIGHT, GAP = 960, 20

SIDE_BY_SIDE = """
<body style="margin:0;padding:{gap}px;background:#dfe3e8;display:flex;gap:{gap}px;width:max-content">
{images}
</body>"""


def draw(browser: Browser, report: Path) -> bytes:
    """The picture, PNG."""
    page = browser.new_page(viewport={"width": 1100, "height": HEIGHT}, reduced_motion="reduce")
    page.goto(report.resolve().as_uri())
    parts = [page.screenshot()]
    groups = page.locator("article.group").all()
    if groups:
        group = min(groups, key=_level_and_size)
        first = group.locator("figure").first.bounding_box()
        box = group.bounding_box()
        if first and box:
            clip = {"x": box["x"], "y": first["y"] - 16, "width": box["width"], "height": HEIGHT}
            parts.append(page.screenshot(clip=clip, full_page=True))
    images = "".join(
        f'<img style="background:#fff" src="data:image/png;base64,{base64.b64encode(part).decode()}">' for part in parts
    )
    sheet = browser.new_page(viewport={"width": 2000, "height": HEIGHT + 2 * GAP})
    sheet.set_content(SIDE_BY_SIDE.format(gap=GAP, images=images))
    return sheet.locator("body").screenshot()


def _level_and_size(group: Locator) -> tuple[int, int]:
    level, title = group.locator(".badge").first.inner_text(), group.locator("h3").inner_text()
    return -int(level.removeprefix("L")), int("".join(re.findall(r"([\d,]+) account", title)).replace(",", ""))


def main(report: Path) -> None:
    """Write the picture of a report."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        PICTURE.write_bytes(draw(browser, report))
        browser.close()
    print(f"{PICTURE}: {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else REPORT)
