"""Clues: the words and places of screens are found, the same words in what people write are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.media.clues import clues


def line(text: str, left: float, top: float, width: float = 0.1, height: float = 0.02) -> dict:
    return {"left": left, "top": top, "right": left + width, "bottom": top + height, "text": text}


def named(*lines: dict) -> dict[str, str | None]:
    return {line["text"]: clue for line, clue in zip(lines, clues(lines), strict=True)}


def alone(text: str, left: float, top: float, width: float = 0.1) -> str | None:
    return clues([line(text, left, top, width)])[0]


@pytest.mark.parametrize("clock", ["9:41", "下午3:07", "21:05"])
def test_the_bar_of_a_phone(clock: str):
    found = named(
        line(clock, 0.05, 0.01), line("中国移动 5G", 0.7, 0.01), line("83%", 0.9, 0.01), line("今日说法", 0.3, 0.2)
    )
    assert found == {clock: "clock", "中国移动 5G": "status bar", "83%": "status bar", "今日说法": None}
    assert alone(f"{clock} 5G 83%", 0.05, 0.01, 0.9) == "status bar"


@pytest.mark.parametrize(
    "clock", ["5:42 PM", "2022/4/26", "26.04.2022", "周二 17:05", "17:05 星期二", "Tue Apr 26 10:42 AM", "上午 9:12"]
)
def test_the_clock_of_a_taskbar(clock: str):
    found = named(line(clock, 0.85, 0.96), line("Recycle folder", 0.3, 0.96), line("the end.", 0.3, 0.5))
    assert found == {clock: "clock", "Recycle folder": "taskbar", "the end.": None}


def test_the_length_of_a_clip_is_no_clock():
    assert alone("12:34", 0.9, 0.96) is None
    assert named(line("12:34", 0.9, 0.95), line("2022/4/26", 0.9, 0.97))["12:34"] == "clock"


@pytest.mark.parametrize("text", ["At 5:42 PM the ship left", "2022/4/26 was a Tuesday", "Score 3:12 after extra time"])
def test_a_sentence_with_a_time_is_no_clock(text: str):
    assert alone(text, 0.7, 0.96, 0.25) is None
    assert alone(text, 0.1, 0.02, 0.25) is None


def test_the_bar_of_a_mac():
    found = named(line("Finder File Edit View Go", 0.02, 0.01, 0.3), line("Tue 10:42 AM", 0.88, 0.01))
    assert found == {"Finder File Edit View Go": "taskbar", "Tue 10:42 AM": "clock"}


@pytest.mark.parametrize(
    "address",
    ["https://example.com/a?b=1", "example.com", "不安全 | 192.168.1.20:8080/admin", "localhost:3000/tasks", "www.example.cn",
     "Search Google or type a URL", "搜索或输入网址", "chrome://extensions"],
)  # fmt: skip
def test_an_address_bar_and_the_tabs_above_it(address: str):
    found = named(line("任务群 - 飞书", 0.05, 0.02), line("X", 0.16, 0.02, 0.01), line(address, 0.1, 0.07, 0.4),
                  line("Home", 0.1, 0.12), line("A sentence below.", 0.1, 0.3))  # fmt: skip
    assert found == {"任务群 - 飞书": "browser tab", "X": "browser tab", address: "address bar", "Home": None,
                     "A sentence below.": None}  # fmt: skip


def test_tabs_without_an_address_are_known_by_their_looks():
    tabs = [line("Orders - Console", 0.02, 0.01), line("Inbox (14) ×", 0.2, 0.01), line("New tab", 0.4, 0.01)]
    assert set(clues(tabs)) == {"browser tab"}
    menu = [line("Home", 0.02, 0.01), line("World", 0.2, 0.01), line("Sport", 0.4, 0.01)]
    assert set(clues(menu)) == {None}
    assert set(clues([{**tab, "top": 0.5, "bottom": 0.52} for tab in tabs])) == {None}


@pytest.mark.parametrize("text", ["Read more on https://example.com/a today, and tell your friends", "example.com"])
def test_an_address_in_the_page_is_no_bar(text: str):
    assert alone(text, 0.1, 0.6, 0.5) is None


@pytest.mark.parametrize("path", [r"C:\Users\operator7\Desktop\list.txt", "D:/素材/第3批", "此电脑 > 桌面 > 任务"])
def test_a_path_of_the_own_disk_is_found_anywhere(path: str):
    assert alone(path, 0.3, 0.5, 0.3) == "address bar"


@pytest.mark.parametrize(
    "title",
    [
        "list.txt - Notepad",
        "话术.docx - WPS Office",
        "Reply - Google Chrome",
        "雷电模拟器",
        "BlueStacks 5.9.140",
        "list – 记事本 ×",
    ],
)
def test_window_titles(title: str):
    assert alone(title, 0.4, 0.4, 0.2) == "window title"


@pytest.mark.parametrize("text", ["I like Word - and Excel too", "She writes in Notepad", "Paint the town"])
def test_names_of_programs_in_a_sentence_are_no_title(text: str):
    assert alone(text, 0.4, 0.4, 0.2) is None


@pytest.mark.parametrize("heading", ["微博热搜", "热搜榜", "熱搜榜", "What’s happening", "Trends for you", "TRENDING"])
def test_a_panel_of_trends_ends_at_a_gap_and_at_its_side(heading: str):
    topics = [line(f"topic {k}", 0.7, 0.24 + 0.04 * k, 0.15) for k in range(5)]
    page = [
        line("a sentence of the page beside it", 0.1, 0.24, 0.5),
        line("far below", 0.7, 0.8),
        line("above", 0.7, 0.1),
    ]
    found = named(line(heading, 0.7, 0.2, 0.12), *topics, *page)
    assert {text for text, clue in found.items() if clue == "trending panel"} == {heading, *(t["text"] for t in topics)}


def test_a_sentence_about_trends_is_no_panel():
    found = named(line("This is trending in every city, look:", 0.1, 0.2, 0.4), line("so much", 0.1, 0.24))
    assert set(found.values()) == {None}


@pytest.mark.parametrize(
    "mark", ["CapCut", "剪映", "Made with KineMaster", "InShot", "shutterstock®", "Canva", "gettyimages", "由剪映制作", "Filmora9",
             "shutterstock.com · 1"]
)  # fmt: skip
def test_marks_of_editors_and_agencies_are_found_anywhere(mark: str):
    assert alone(mark, 0.45, 0.5) == ("watermark" if mark != "shutterstock.com · 1" else None)


@pytest.mark.parametrize("mark", ["TikTok @user81", "抖音号: 88123", "@harbour_news", "抖音", "小红书"])
def test_marks_of_sites_are_found_in_a_corner_only(mark: str):
    assert alone(mark, 0.85, 0.93) == alone(mark, 0.03, 0.05) == "watermark"
    assert alone(mark, 0.45, 0.5) is None


def test_an_address_is_a_mark_below_and_an_address_bar_above():
    assert alone("weibo.com/u/123", 0.85, 0.93) == "watermark"
    assert alone("weibo.com/u/123", 0.03, 0.05) == "address bar"


@pytest.mark.parametrize("text", ["TikTok may be banned", "I made it with CapCut last night", "Canva costs too much"])
def test_sentences_about_editors_are_no_mark(text: str):
    assert alone(text, 0.85, 0.93) is None


TRAPS = [
    "@",
    "capcut@",
    "1:11",
    "1.1.11",
    "a.",
    "- ",
    "a - word",
    "::",
    "trending in a ",
    "抖音:",
    "localhost:1",
    "C:\\",
    "周二",
]


@given(st.lists(st.builds(line, st.text() | st.sampled_from(TRAPS).map(lambda trap: trap * 5000 + "!"),
                          *[st.floats(0, 1)] * 4), max_size=10))  # fmt: skip
def test_any_lines_get_a_known_clue_or_none(lines: list[dict]):
    known = {
        "clock",
        "status bar",
        "taskbar",
        "address bar",
        "browser tab",
        "window title",
        "trending panel",
        "watermark",
    }
    found = clues(lines)
    assert len(found) == len(lines)
    assert set(found) <= known | {None}
