"""Measure the workbench in a browser, and write what was measured into README.md between its markers.

    python benchmarks/workbench_case.py make && python benchmarks/workbench_case.py measure   # the case, and its pages prepared
    python benchmarks/workbench.py                                                            # every page, the network, a search
    python benchmarks/workbench.py --clicks 30min --case build/benchmarks/workbench-1000000/case

First byte: median of ROUNDS requests on one connection, after a first one that is told apart. Interactive: from the address to the network
drawn and answering, in Chromium without a graphics card (median of 3). Memory: VmHWM of the server, the most it ever held. Clicks: a scripted user on
127.0.0.1 who clicks what can be clicked, goes back, and writes into fields; nothing it does leaves the machine, and forms that begin
long work or write a file are left out.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import http.client
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from inconcert.case import Case, open_case
from inconcert.verbs import look
from inconcert.verbs.prepare import prepare
from inconcert.web.rendering import path

ROUNDS = 20
HERE = Path(__file__).resolve().parent
README = HERE / "README.md"
STATIC = HERE.parent / "src" / "inconcert" / "web" / "static"
BEGIN, END = "<!-- workbench: written by workbench.py -->", "<!-- workbench: end -->"
AIM_MS, SEARCH_MS, INTERACTIVE_MS, MEMORY_MIB, WEIGHT_KB = 300, 500, 3_000, 1_536, 1_500
CHROMIUM = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
DRAWN = "document.documentElement?.dataset.drawn === 'yes'"
LONG = "form[action*='/import'], form[action*='/make'], form[action*='/write'], form[action*='/indicators'], form[action*='/begin'], form[action*='/cancel']"
"""Forms that a random user leaves alone: they begin work of minutes."""
PAUSE_S = 0.05


@contextlib.contextmanager
def server(case: Path) -> Iterator[tuple[str, int]]:
    """(address, process id) of a server of one case, ended afterwards."""
    command = [sys.executable, "-m", "inconcert", "serve", str(case), "--no-open", "--port", "0"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", cwd=case.parent)
    try:
        said = running.stdout.readline() if running.stdout else ""
        address = re.search(r"http://127\.0\.0\.1:\d+", said)
        if address is None:
            raise RuntimeError(f"the server did not start: {said}")
        yield address[0], running.pid
    finally:
        running.send_signal(signal.SIGINT)
        try:
            running.wait(30)
        except subprocess.TimeoutExpired:
            running.kill()


def pages(case: Case) -> tuple[dict[str, str], dict[str, str]]:
    """(pages by name, searches by name), of the middle and the heaviest of each kind."""
    view, name = prepare(case), case.path.name
    edges = look.network_data(view)
    key, edge = edges["nodes"]["key"], edges["edges"]
    pair = key[edge["source"][0]], key[edge["target"][0]]
    busiest = view.rows("SELECT key FROM accounts ORDER BY n_posts DESC, account LIMIT 1")[0]["key"]
    post = view.rows("SELECT import_id, row_ref, text FROM posts WHERE post = (SELECT max(post) // 2 FROM posts)")[0]
    words = post["text"].split()
    asked = {
        "cases": "/",
        "case": path(name),
        "import": path(name, "import"),
        "network": path(name, "network"),
        "network.json": path(name, "network.json"),
        "groups": path(name, "groups"),
        "group": path(name, "group", "G1"),
        "account": path(name, "account", pair[0]),
        "account, the busiest": path(name, "account", busiest),
        "edge": path(name, "edge", *pair),
        "post": path(name, "post", post["import_id"], post["row_ref"]),
        "search, its form": path(name, "search"),
        "sets": path(name, "sets"),
        "judgements": path(name, "judgements"),
        "notes": path(name, "notes"),
        "report": path(name, "report"),
    }
    searches = {
        "a word": path(name, "search", q=words[-1]),
        "part of a word": path(name, "search", q=f"*{words[-1][:3]}*"),
        "three words": path(name, "search", q=" ".join(words[:3])),
        "a group": path(name, "search", group="G1"),
        "a page of an account": path(name, "search", account=pair[0]),
    }
    return asked, searches


def first_bytes_ms(address: str, asked: Mapping[str, str], rounds: int) -> dict[str, tuple[float, float, int, int]]:
    """Name -> (first request, median of the others, bytes, status)."""
    found = {}
    parts = urlsplit(address)
    for name, target in asked.items():
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
        took, size, status = [], 0, 0
        for _ in range(1 + rounds):
            began = time.perf_counter()
            connection.request("GET", target)
            answer = connection.getresponse()
            took.append((time.perf_counter() - began) * 1000)
            size, status = len(answer.read()), answer.status
        connection.close()
        found[name] = took[0], statistics.median(took[1:]), size, status
        sys.stdout.write(f"{name:28} {took[0]:8.0f} {found[name][1]:8.0f} ms {size:10,} bytes {status}\n")
        sys.stdout.flush()
    return found


def memory_mib(pid: int, what: str) -> float:
    """VmRSS, what the process holds now, or VmHWM, the most it held."""
    line = re.search(rf"^{what}:\s+(\d+) kB$", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    return int(line[1]) / 1024 if line else 0.0


def weight_kb() -> tuple[float, float]:
    """Kilobytes of every file that pages load beside themselves: as they are, and packed."""
    content = [one.read_bytes() for one in STATIC.rglob("*") if one.suffix in (".js", ".css", ".svg")]
    return sum(map(len, content)) / 1000, sum(len(gzip.compress(one)) for one in content) / 1000


@contextlib.contextmanager
def browser() -> Iterator[Any]:
    """Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        running = p.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        yield running
        running.close()


def interactive_ms(running: Any, url: str) -> float:
    """From the address to the picture drawn, and a script answered."""
    page = running.new_page(viewport={"width": 1440, "height": 900})
    began = time.perf_counter()
    page.goto(url, wait_until="commit")
    while not page.evaluate(DRAWN):
        page.wait_for_timeout(20)
    took = (time.perf_counter() - began) * 1000
    page.close()
    return took


def click_about(running: Any, address: str, start: str, pid: int, seconds: float, seed: int) -> dict[str, Any]:
    """A user who clicks at random; what complained, and the memory of the server by fifths of the time."""
    chance = random.Random(seed)
    context = running.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=False)
    complaints: list[str] = []
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.on(
        "console", lambda message: complaints.append(f"{page.url}: {message.text}") if message.type == "error" else None
    )
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on(
        "response", lambda answer: complaints.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None
    )
    page.on(
        "request",
        lambda one: (
            None if one.url.startswith((address, "data:", "blob:")) else complaints.append(f"request to {one.url}")
        ),
    )
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.goto(address + start)
    began, clicks, held, places = time.monotonic(), 0, [], set()
    while (passed := time.monotonic() - began) < seconds:
        if len(held) <= passed / seconds * 5:
            held.append(memory_mib(pid, "VmRSS"))
        places.add(re.sub(r"a-\w{8,}|G\d+|/\d+$", "…", urlsplit(page.url).path))
        clicks += _click(page, chance)
        if not page.url.startswith(address):
            page.goto(address + start)
        page.wait_for_timeout(PAUSE_S * 1000)
    held.append(memory_mib(pid, "VmRSS"))
    context.close()
    return {"clicks": clicks, "complaints": complaints, "held": held, "places": sorted(places), "seconds": seconds}


def _click(page: Any, chance: random.Random) -> int:
    from playwright.sync_api import Error

    try:
        fate = chance.random()
        if fate < 0.08:
            page.go_back()
            return 1
        if fate < 0.14:
            page.keyboard.press(chance.choice(["j", "k", "/", "?", "Escape", "Tab", "Enter"]))
            return 1
        shown = page.locator("a[href], button, summary, select, input[type=checkbox], input[type=range], #stage")
        count = shown.count()
        if not count:
            page.go_back()
            return 1
        one = shown.nth(chance.randrange(count))
        if one.evaluate(f"one => !!one.closest({LONG!r}) || one.matches('[download], [target=_blank]')"):
            return 0
        if one.evaluate("one => one.id === 'stage'"):
            box = one.bounding_box()
            page.mouse.click(box["x"] + chance.random() * box["width"], box["y"] + chance.random() * box["height"])
        else:
            one.click(timeout=1_000, no_wait_after=True)
        return 1
    except Error:
        return 0  # hidden, covered or gone meanwhile: a user would not have clicked it either


def table(measured: dict[str, Any]) -> str:
    """What goes into README.md."""
    lines = [f"Case: {measured['posts']:,} posts, {measured['accounts']:,} accounts, {measured['groups']} groups. Machine: {os.cpu_count()} cores, load {measured['load']:.0f} meanwhile.", "",
             "| page | first request, ms | first byte, median of 20, ms | aim | kilobytes |", "| --- | ---: | ---: | ---: | ---: |"]  # fmt: skip
    for kind, aim in (("pages", AIM_MS), ("searches", SEARCH_MS)):
        for name, (first, median, size, status) in measured[kind].items():
            what = f"search: {name}" if kind == "searches" else name
            mark = "" if median <= aim else ", **missed**"
            lines.append(
                f"| {what}{'' if status == 200 else f' ({status})'} | {first:,.0f} | {median:,.0f} | ≤ {aim}{mark} | {size / 1000:,.0f} |"
            )
    rows = [
        ("network page interactive, ms (median of 3)", statistics.median(measured["interactive"]), INTERACTIVE_MS),
        ("most memory of the server, MiB", measured["memory"], MEMORY_MIB),
        ("weight of scripts and styles, kB", measured["weight"][0], WEIGHT_KB),
    ]
    lines += ["", "| | measured | aim |", "| --- | ---: | ---: |"]
    lines += [
        f"| {what} | {value:,.0f} | ≤ {aim:,}{'' if value <= aim else ', **missed**'} |" for what, value, aim in rows
    ]
    return "\n".join(lines)


def clicked(told: dict[str, Any], case: str) -> str:
    """One line on the random user."""
    held = ", ".join(f"{one:.0f}" for one in told["held"])
    return (
        f"Random clicking on {case}: {told['seconds'] / 60:.0f} min, {told['clicks']:,} clicks on {len(told['places'])} kinds of page, "
        f"{len(told['complaints'])} complaints (error pages, console, requests elsewhere); memory of the server by fifths of the time: {held} MiB."
    )


def write(pages_told: str | None, clicks_told: str | None) -> None:
    """Replace what was measured again; the rest between the markers stays."""
    text = README.read_text("utf-8")
    if BEGIN not in text:
        text = text.replace("## Results\n", f"### In the browser\n\n{BEGIN}\n{END}\n\n## Results\n", 1)
    before, _, rest = text.partition(BEGIN)
    old, _, after = rest.partition(END)
    kept = old.strip().split("\n\nRandom clicking")
    told = pages_told or kept[0]
    last = clicks_told or (f"Random clicking{kept[1]}" if len(kept) > 1 else "")
    README.write_text(f"{before}{BEGIN}\n\n{told}\n\n{last}\n\n{END}{after}".replace("\n\n\n", "\n\n"), "utf-8")


def seconds_of(text: str) -> float:
    """Seconds of "30min", "90s", "1h"."""
    found = re.fullmatch(r"(\d+)(s|min|h)", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"'{text}' is no length of time; write 30min, 90s or 1h")
    return int(found[1]) * {"s": 1, "min": 60, "h": 3600}[found[2]]


def main() -> None:
    """The command line of the module's head."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", type=Path, default=Path("build/benchmarks/workbench-1000000/case"))
    parser.add_argument("--clicks", type=seconds_of, help="only click about for so long: 30min")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="into README.md")
    args = parser.parse_args()
    case = open_case(args.case.resolve())
    prepare(case)
    with server(case.path) as (address, pid), browser() as running:
        if args.clicks:
            told = click_about(running, address, path(case.path.name), pid, args.clicks, args.seed)
            line = clicked(told, args.case.name)
            sys.stdout.write("\n".join([line, *told["places"], *dict.fromkeys(told["complaints"])]) + "\n")
            if args.write:
                write(None, line)
            return
        asked, searches = pages(case)
        about = look.overview(prepare(case))
        measured = {
            "posts": about.facts.posts, "accounts": about.facts.accounts, "groups": sum(about.levels.values()),
            "pages": first_bytes_ms(address, asked, args.rounds),
            "searches": first_bytes_ms(address, searches, args.rounds),
            "interactive": [interactive_ms(running, address + asked["network"]) for _ in range(3)],
            "memory": memory_mib(pid, "VmHWM"), "weight": weight_kb(), "load": os.getloadavg()[1],
        }  # fmt: skip
    told = table(measured)
    sys.stdout.write(told + "\n")
    if args.write:
        write(told, None)


if __name__ == "__main__":
    main()
