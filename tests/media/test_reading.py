"""Words in pictures: what is drawn is read back, where it stands, from any kind of picture, and without a network."""

from __future__ import annotations

import difflib
import itertools
import socket
import unicodedata
from importlib import metadata

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from inconcert import schema
from inconcert.errors import InconcertError, MissingExtra
from inconcert.media import reading
from inconcert.media.reading import cleaned, picture_texts

from . import drawn

ENGLISH = ["Harbour workers accepted the contract.", "Line 42 opens on Monday, 7:30!", "See what others never said"]
SIMPLIFIED = ["美国霸权病之一：到处煽动", "网络空间不是法外之地", "港口工人投票结束罢工"]
TRADITIONAL = ["願榮光歸香港", "時代的聲音與國際關係", "網絡空間不是法外之地"]
BASE = Image.new("RGB", (420, 90), "white")
drawn.write(BASE, (20, 24), "Ferry line 42 opens", 36)


def texts(image: Image.Image) -> list[str]:
    return [line["text"] for line in picture_texts(image, "ab", 0)]


def errors(expected: str, read: str) -> float:
    """Share of the expected signs, blanks apart, that were not read in their order."""
    expected, read = expected.replace(" ", ""), read.replace(" ", "")
    found = difflib.SequenceMatcher(None, expected, read, autojunk=False).get_matching_blocks()
    return 1 - sum(block.size for block in found) / len(expected)


@pytest.fixture(scope="module")
def screen() -> list[dict]:
    return picture_texts(drawn.browser(), "ab" * 32, 3)


@pytest.mark.parametrize("size", [14, 28])
def test_latin_lines_are_read_back_in_order(size: int):
    image = Image.new("RGB", (28 * size, 8 * size), "white")
    for k, line in enumerate(ENGLISH):
        drawn.write(image, (20, 10 + 2 * size * k), line, size)
    read = texts(image)
    assert len(read) == len(ENGLISH)
    assert errors("".join(ENGLISH), "".join(read)) <= 0.02


@pytest.mark.parametrize("lines", [SIMPLIFIED, TRADITIONAL], ids=["simplified", "traditional"])
def test_chinese_lines_are_read_back_in_their_own_form(lines: list[str]):
    image = Image.new("RGB", (520, 200), "white")
    for k, line in enumerate(lines):
        drawn.write_chinese(image, (20, 45 + 60 * k), line)
    read = texts(image)
    assert len(read) == len(lines)
    assert errors("".join(lines), "".join(read)) <= 0.04


def test_a_tab_of_a_screenshot_is_read_and_named_with_its_place(screen: list[dict]):
    tab = next(line for line in screen if line["text"].startswith("Reply queue"))
    assert tab["text"] == "Reply queue 14 - Desk"
    assert tab["clue"] == "browser tab"
    # drawn from (40, 15) in letters of 17 pixels on a screen of 1600 by 900
    assert (tab["left"] * 1600, tab["top"] * 900) == pytest.approx((40, 15), abs=8)
    assert tab["bottom"] * 900 == pytest.approx(36, abs=8)
    assert 190 < tab["right"] * 1600 < 260


def test_the_parts_of_a_screenshot_are_told_apart(screen: list[dict]):
    clue = {line["text"]: line["clue"] for line in screen}
    assert clue["https://harbour-daily.example.com/story/4411"] == "address bar"
    assert clue["Trending now"] == clue["Dock strike"] == clue["New ferry line"] == "trending panel"
    assert clue["5:42 PM"] == clue["4/26/2022"] == "clock"
    assert clue["Type here to search"] == "taskbar"
    assert clue["Port workers vote to end the strike"] is None
    assert clue["which raises wages by four percent and limits night shifts."] is None


def test_rows_are_of_the_schema_and_go_from_top_to_bottom(screen: list[dict]):
    table = schema.PICTURE_TEXTS.check(pa.Table.from_pylist([{**line, "import_id": "i"} for line in screen]))
    assert set(table["frame"].to_pylist()) == {3}
    for low, high in (("left", "right"), ("top", "bottom")):
        assert all(0 <= line[low] < line[high] <= 1 for line in screen)
    assert all(reading.LEAST_CONFIDENCE <= line["confidence"] <= 1 for line in screen)
    middles = [line["top"] + line["bottom"] for line in screen]
    assert all(later > earlier - 0.03 for earlier, later in itertools.pairwise(middles))


def test_a_long_strip_is_read_in_pieces_with_every_line_once():
    numbers = [f"Entry {k} of the log" for k in range(101, 141)]
    image = Image.new("RGB", (420, 4300), "white")
    for k, line in enumerate(numbers):
        drawn.write(image, (30, 40 + 106 * k), line, 28)
    read = picture_texts(image, "ab", 0)
    assert [line["text"] for line in read] == numbers
    assert read[20]["top"] * 4300 == pytest.approx(40 + 106 * 20, abs=14)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "PA", "RGBA", "CMYK", "YCbCr", "LAB", "HSV", "I", "F"])
def test_every_mode_of_picture_is_read(mode: str):
    image = BASE.convert("L").convert(mode) if mode in ("LA", "I", "F") else BASE.convert(mode)
    assert texts(image) == ["Ferry line 42 opens"]


@pytest.mark.parametrize("most", [65535, 4095])
def test_deep_grey_is_read_whatever_range_it_uses(most: int):
    grey = np.asarray(BASE.convert("L")).astype(np.uint16) * (most // 255)
    image = Image.fromarray(grey)
    assert image.mode == "I;16"
    assert texts(image) == ["Ferry line 42 opens"]


@pytest.mark.parametrize("ink", ["white", "black"])
def test_words_on_a_transparent_ground_stay_readable(ink: str):
    image = Image.new("RGBA", BASE.size, (0, 0, 0, 0))
    drawn.write(image, (20, 24), "Words on glass 7", 36, ink)
    assert texts(image) == ["Words on glass 7"]


@pytest.mark.parametrize(
    "image",
    [
        Image.new("RGB", (1, 1), "red"),
        Image.new("L", (3000, 2000)),
        Image.new("RGBA", (60, 40), (0, 0, 0, 0)),
        Image.fromarray(np.full((50, 50), np.nan, np.float32)),
        Image.fromarray(np.random.default_rng(1).integers(0, 255, (6000, 1, 3), dtype=np.uint8)),
        Image.fromarray(np.random.default_rng(1).integers(0, 255, (2, 6000, 3), dtype=np.uint8)),
        Image.fromarray(np.random.default_rng(1).integers(0, 255, (300, 400, 3), dtype=np.uint8)),
    ],
    ids=["one pixel", "all black", "all transparent", "not numbers", "one wide", "two high", "noise"],
)
def test_a_picture_without_words_has_no_lines(image: Image.Image):
    assert texts(image) == []


@given(st.integers(1, 60_000), st.integers(1, 60_000))
def test_pieces_cover_a_picture_of_any_shape_and_stay_small(width: int, height: int):
    scale = reading._scale(width, height)
    size = (max(1, int(width * scale)), max(1, int(height * scale)))
    pieces = reading._pieces(*size)
    assert len(pieces) <= reading.MOST_PIECES
    assert all(b[2] - b[0] <= reading.SIDE and b[3] - b[1] <= reading.SIDE for b in pieces)
    assert all((b[2] - b[0]) * (b[3] - b[1]) <= reading.SIDE**2 / 2 for b in pieces)
    for axis in (0, 1):
        stretches = sorted({(b[axis], b[axis + 2]) for b in pieces})
        assert (stretches[0][0], stretches[-1][1]) == (0, size[axis])
        assert all(b[0] <= a[1] - reading.LAP for a, b in itertools.pairwise(stretches))


def test_the_same_picture_gives_the_same_lines(screen: list[dict]):
    texts(BASE)
    assert picture_texts(drawn.browser(), "ab" * 32, 3) == screen


def test_nothing_is_printed_and_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("opened a connection")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    monkeypatch.setattr(reading, "_engine", reading._engine.__wrapped__)
    assert texts(BASE) == ["Ferry line 42 opens"]
    assert capfd.readouterr() == ("", "")


def test_missing_weights_are_an_error_with_its_remedy_and_no_fetch(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "_WEIGHTS", {**reading._WEIGHTS, "Rec": "absent.onnx"})
    monkeypatch.setattr(reading, "_engine", reading._engine.__wrapped__)
    with pytest.raises(InconcertError, match=r"absent\.onnx.*nothing is fetched.*pip install"):
        texts(BASE)


def test_without_the_extra_the_command_is_said(monkeypatch: pytest.MonkeyPatch):
    def absent(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(reading.metadata, "distribution", absent)
    with pytest.raises(MissingExtra, match=r"pip install 'inconcert\[ocr\]'"):
        reading.weights()


@given(st.text(st.characters()))
def test_cleaning_drops_only_what_no_table_can_hold_on_a_line(text: str):
    line = cleaned(text)
    assert (line.encode() and line == " ".join(line.split())) or not line
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in line)
    assert [s for s in line if s != " "] == [
        s for s in text if not s.isspace() and unicodedata.category(s) not in ("Cc", "Cs")
    ]


def test_bidirectional_marks_stay_for_the_report_to_show():
    assert cleaned("safe\u202eexe.txt\x07\n") == "safe\u202eexe.txt"


def test_the_reader_itself_knows_no_control_signs():
    import onnxruntime

    alphabet = (
        onnxruntime.InferenceSession(str(reading.weights()["Rec"])).get_modelmeta().custom_metadata_map["character"]
    )
    signs = set(alphabet) - set("\r\n")
    assert {"a", "国", "國"} <= signs
    assert not [sign for sign in signs if unicodedata.category(sign).startswith("C")]
