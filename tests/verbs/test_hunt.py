"""From one title, the accounts that carry it are found on every platform; and nothing is claimed that the texts do not show."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw
from scipy.stats import beta

from inconcert.case import Case, create_case, write_parquet
from inconcert.errors import InputError
from inconcert.hunting.picture_search import look
from inconcert.verbs.hunt import hunt
from inconcert.verbs.ingest import ingest
from inconcert.verbs.init import init

from .conftest import NOW, rows

START = datetime(2026, 3, 1, tzinfo=UTC)
TITLE = "The harbour commission hides its secret toll on grain"
CHINESE, TRADITIONAL = "粮食税之一：港口委员会的秘密账本", "糧食稅之一：港口委員會的秘密賬本"
PLATFORMS = ("twitter", "weibo", "facebook")
EXACT: dict[str, Callable[[random.Random], str]] = {
    "as it is": lambda rng: TITLE,
    "case and punctuation": lambda rng: f"«{TITLE.upper()}»!",
    "full width": lambda rng: "".join(chr(ord(c) + 0xFEE0) if c != " " else c for c in TITLE),
    "hashtag": lambda rng: f"#{TITLE.title().replace(' ', '')} share",
    "hidden characters": lambda rng: "\u200b".join(TITLE),
    "within a longer post": lambda rng: (
        f"Read this today, friends: {TITLE}. {_chatter(rng)} https://example.org/{rng.random()}"
    ),
    "chinese": lambda rng: f"【{CHINESE}】{rng.randrange(999)}",
    "traditional": lambda rng: f"{TRADITIONAL} 轉發{rng.randrange(999)}",
    "chinese hashtag": lambda rng: f"#{CHINESE}# 快看",
}
NEAR: dict[str, Callable[[random.Random], str]] = {
    "changed word": lambda rng: TITLE.replace("grain", rng.choice(["timber", "fish", "salt"])),
    "changed name": lambda rng: TITLE.replace("harbour", rng.choice(["railway", "river", "market"])),
    "changed in chinese": lambda rng: CHINESE.replace("港口", rng.choice(["铁路", "市场"])),
}
_WORDS = (
    "the a its of on in and commission harbour secret toll grain hides open new report about price city vote water bridge "
    "train winter school market minister budget street council doctor music garden player season weather road night letter "
    "history museum number island border summer office window family paper company record village animal"
)
_PARTS = ("The harbour commission", "hides its secret", "its secret toll", "toll on grain", "commission hides its")
_SIGNS = "港口委员会秘密账本粮食税新闻市场铁路今天我们城市天气学校音乐医生桥梁冬季博物馆家庭记录"
_CHINESE_PARTS = ("粮食税之二：", "港口委员会", "秘密账本", "粮食税之一")


def _chatter(rng: random.Random) -> str:
    return " ".join(rng.choices(_WORDS.split(), k=rng.randint(4, 14)))


def _alike(rng: random.Random) -> str:
    """What the crowd posts: words of the titles, a part of one in every post."""
    if rng.random() < 0.3:
        before, after = ("".join(rng.choices(_SIGNS, k=rng.randint(2, 12))) for _ in range(2))
        return f"{before}{rng.choice(_CHINESE_PARTS)}{after}{rng.randrange(9999)}"
    return f"{_chatter(rng)} {rng.choice(_PARTS)} {_chatter(rng)}"


def _write(file: Path, posts: Iterable[tuple[str, str, str]], seed: int = 1) -> Path:
    """(account, platform, text) as a CSV."""
    rng = random.Random(seed)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["post_id", "account_id", "platform", "created_at", "text"])
        for n, (account, platform, text) in enumerate(posts):
            when = START + timedelta(seconds=rng.randrange(3_000_000))
            writer.writerow([f"{file.stem}{n}", account, platform, when.isoformat(), text])
    return file


@pytest.fixture(scope="module")
def planted() -> dict[str, str]:
    """Account -> the variant it posts: 250 accounts, every fifth only comes near."""
    kinds = [list(NEAR)[n // 5 % len(NEAR)] if n % 5 == 0 else list(EXACT)[n % len(EXACT)] for n in range(250)]
    return {f"keel{n:03}": kind for n, kind in enumerate(kinds)}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, planted: dict[str, str]) -> Case:
    """250 planted accounts among 4,000 on three platforms, and a control crowd of 3,000, one of which has the title too."""
    folder = tmp_path_factory.mktemp("hunt")
    rng = random.Random(11)
    crowd = [*range(4000), *(rng.randrange(4000) for _ in range(2000))]
    posts = [(f"crowd{n}", PLATFORMS[n % 3], _alike(rng)) for n in crowd]
    for n, (account, kind) in enumerate(planted.items()):
        posts.append((account, PLATFORMS[n % 3], {**EXACT, **NEAR}[kind](rng)))
        posts += [(account, PLATFORMS[n % 3], _alike(rng)) for _ in range(2)]
    rng.shuffle(posts)
    control = [(f"quiet{n}", "x", _alike(rng)) for n in range(3000)]
    control.append(("quiet7", "x", f"I read that {TITLE}"))
    case = init(folder / "case", now=NOW)
    ingest(case, [_write(folder / "posts.csv", posts)], now=NOW)
    ingest(case, [_write(folder / "control.csv", control, 2)], role="control", now=NOW)
    return case


def tree(case: Case) -> dict[str, str]:
    """Every file of a case and its hash."""
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(case.path.rglob("*")) if p.is_file()}


def test_from_one_title_the_planted_accounts_are_found(world: Case, planted: dict[str, str]) -> None:
    """Row M11: the title in two languages, as the reference investigation had it."""
    before = tree(world)
    answer = hunt(world, [TITLE, CHINESE])
    assert tree(world) == before

    posts = answer.posts.to_pylist()
    exact = {row["account_id"] for row in posts if row["kind"] == "exact"}
    assert exact == {account for account, kind in planted.items() if kind in EXACT}
    near = {row["account_id"] for row in posts} - exact
    wanted = {account for account, kind in planted.items() if kind in NEAR}
    assert wanted <= near
    accounts = answer.accounts.to_pylist()
    found = {row["account_id"] for row in accounts}
    assert len(found & planted.keys()) == 250
    # of 4,000 others, each of whom posts a part of a title, at most 0.2 % are wrongly found (95 % bound)
    false = len(found - planted.keys())
    assert answer.searched_accounts == 4250
    assert beta.ppf(0.95, false + 1, 4000 - false) < 0.002
    assert {row["platform"] for row in accounts} == set(PLATFORMS)

    ranks = [row["rank"] for row in posts]
    assert ranks == sorted(ranks)
    assert ranks[-1] == len({row["post_id"] for row in posts})
    kinds = [row["kind"] for row in posts]
    assert kinds == sorted(kinds)
    assert [row["rank"] for row in accounts] == list(range(1, len(accounts) + 1))
    order = [(-row["exact_passages"], -row["passages"], -row["posts"]) for row in accounts]
    assert order == sorted(order)


def test_the_control_crowd_says_how_telling_a_passage_is(world: Case) -> None:
    title, chinese = hunt(world, [TITLE, CHINESE]).passages
    assert (title.control_accounts, title.control_exact_accounts) == (1, 1)
    assert (chinese.control_accounts, chinese.control_exact_accounts) == (0, 0)
    assert title.control_share_at_most == pytest.approx(beta.ppf(0.95, 2, 2999))
    assert chinese.control_share_at_most == pytest.approx(beta.ppf(0.95, 1, 3000))
    posts = hunt(world, [TITLE, CHINESE]).posts.to_pylist()
    assert "quiet7" not in {row["account_id"] for row in posts}
    # what nobody of the crowd says comes before what some of it say
    first = [row["passage"] for row in posts if row["kind"] == "exact"]
    assert first == sorted(first, reverse=True)


def test_every_match_is_marked_in_the_raw_text(world: Case, planted: dict[str, str]) -> None:
    for row in hunt(world, [TITLE, CHINESE]).posts.to_pylist():
        spans = [tuple(map(int, span.split("-"))) for span in row["marks"].split()]
        assert spans
        assert all(0 <= first < end <= len(row["text"]) for first, end in spans)
        marked = row["text"][spans[0][0] : spans[0][1]]
        if planted.get(row["account_id"]) in ("traditional", "chinese hashtag", "chinese"):
            assert marked in (CHINESE, TRADITIONAL)
        elif planted.get(row["account_id"]) in ("as it is", "within a longer post"):
            assert marked == TITLE


def test_batches_change_nothing(world: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = hunt(world, [TITLE, CHINESE])
    monkeypatch.setattr("inconcert.verbs.hunt_texts.BATCH", 37)
    monkeypatch.setattr("inconcert.verbs.hunt_texts._BYTES", 500)
    assert hunt(world, [TITLE, CHINESE]) == whole


def small(folder: Path, texts: dict[str, str]) -> Case:
    """A case in which each account posted one text."""
    case = init(folder / "case", now=NOW)
    ingest(case, [_write(folder / "small.csv", ((account, "x", text) for account, text in texts.items()))], now=NOW)
    return case


def test_passages_of_one_post_stand_together_and_without_a_control_nothing_is_said_of_it(tmp_path: Path) -> None:
    both = f"{CHINESE} {TITLE}"
    answer = hunt(small(tmp_path, {"a": TITLE, "b": both, "c": "nothing of it"}), [TITLE, CHINESE, "not there at all"])
    assert [(row["account_id"], row["passage"]) for row in answer.posts.to_pylist()] == [("b", 1), ("b", 2), ("a", 1)]
    assert [(row["account_id"], row["passages"]) for row in answer.accounts.to_pylist()] == [("b", 2), ("a", 1)]
    assert answer.control_accounts is None
    assert {one.control_share_at_most for one in answer.passages} == {None}
    assert [one.accounts for one in answer.passages] == [2, 1, 0]


def test_a_file_of_titles_is_read_and_what_it_holds_is_said(tmp_path: Path) -> None:
    case = small(tmp_path, {"a": TITLE, "b": "#谷物之城 的故事", "c": CHINESE})
    titles = tmp_path / "titles.txt"
    titles.write_bytes(
        f"\ufeff# titles of the first wave\r\n\r\n{TITLE}\r\n  {TITLE.upper()}!\n#谷物之城\n\n#\n".encode()
    )
    answer = hunt(case, [CHINESE], file=titles)
    assert [one.text for one in answer.passages] == [CHINESE, TITLE, "#谷物之城"]
    assert [one.accounts for one in answer.passages] == [1, 1, 1]
    assert answer.notes == (
        "titles.txt: passages: 3, blank lines: 2, comments: 2.",
        "Passages that say the same as one before them and are not hunted for twice: 1.",
        "1 of 3 passages are short (fewer than 12 letters, or 6 in Chinese, Japanese, Korean or Thai) and match only word for "
        "word: people happen upon short words.",
    )


def test_what_cannot_be_hunted_for_is_refused_with_a_remedy(tmp_path: Path) -> None:
    case = small(tmp_path, {"a": TITLE})
    empty = tmp_path / "empty.txt"
    empty.write_text("# nothing\n\n")
    picture = tmp_path / "picture.txt"
    picture.write_bytes(bytes(range(256)) * 20)
    for arguments, said in [
        ({}, "No passage was given"),
        ({"passages": ["?!"]}, "no letter or digit"),
        ({"passages": [TITLE], "least": 0.2}, "from 0.5 to 1"),
        ({"file": tmp_path / "absent.txt"}, "There is no file"),
        ({"file": empty}, "blank lines: 1, comments: 1"),
        ({"file": picture}, "not text"),
        ({"passages": [TITLE], "csv": case.path / "data" / "found.csv"}, "nothing but the case writes"),
        ({"passages": [TITLE], "csv": tmp_path / "no" / "found.csv"}, "no folder"),
        ({"passages": [TITLE], "csv": tmp_path}, "is a folder"),
    ]:
        with pytest.raises(InputError, match=said):
            hunt(case, **arguments)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="holds no posts"):
        hunt(create_case(tmp_path / "bare", now=NOW), [TITLE])


def test_the_csv_runs_nothing_and_says_what_it_rests_on(tmp_path: Path) -> None:
    evil = f'=HYPERLINK("http://example.org","{TITLE}")'
    case = small(tmp_path, {"@a": evil, "-b": TITLE})
    target = tmp_path / "found.csv"
    hunt(case, [TITLE], csv=target)
    with target.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {line["text"] for line in lines} == {"'" + evil, TITLE}
    assert {line["account_id"] for line in lines} == {"'@a", "'-b"}
    assert {(line["least"], line["program"]) for line in lines} == {
        ("0.75", f"inconcert {hunt(case, [TITLE]).versions['inconcert']}")
    }
    assert {line["import_id"] for line in lines} == set(case.imports())


def test_long_texts_are_kept_around_the_passage(tmp_path: Path) -> None:
    text = "grain " * 20_000 + TITLE + " toll" * 20_000
    answer = hunt(small(tmp_path, {"a": text}), [TITLE])
    (row,) = answer.posts.to_pylist()
    first, end = map(int, row["marks"].split("-"))
    assert len(row["text"]) == 2_000
    if row["kind"] == "exact":
        assert row["text"][first - row["text_start"] : end - row["text_start"]] == TITLE


@pytest.fixture
def pictured(tmp_path: Path) -> Case:
    """A post whose title is only in its picture, a profile with it in its picture, its name and its bio, and one in the text."""
    case = create_case(tmp_path / "case", now=NOW)
    first, second = TITLE[:22], TITLE[22:]
    line = {"frame": 0, "left": 0.1, "right": 0.9, "confidence": 0.9, "import_id": "i1"}
    with case.writing("data", "i1") as folder:
        tables: dict[str, list[dict[str, Any]]] = {
            "imports": [{"import_id": "i1", "role": "case"}],
            "posts": [
                {"post_id": "p1", "platform": "x", "account_id": "a", "kind": "post", "text": "look at this"},
                {"post_id": "p2", "platform": "x", "account_id": "b", "kind": "share", "text": TITLE},
                {"post_id": "p3", "platform": "x", "account_id": "b", "kind": "post", "text": None},
            ],
            "accounts": [
                {"account_id": "c", "platform": "x", "handle": "cee", "display_name": TITLE, "bio": f"I say: {TITLE}"}
            ],
            "media": [
                {
                    "media_id": "m1",
                    "use": "post",
                    "post_id": "p1",
                    "account_id": "a",
                    "platform": "x",
                    "sha256": "aa",
                    "time_us": 5,
                },
                {"media_id": "m2", "use": "avatar", "account_id": "c", "platform": "x", "sha256": "aa"},
            ],
            "picture_texts": [
                {**line, "sha256": "aa", "top": 0.1, "bottom": 0.15, "text": first},
                {**line, "sha256": "aa", "top": 0.16, "bottom": 0.21, "text": second},
            ],
        }
        for name, given in tables.items():
            write_parquet(rows(name, *given), folder / f"{name}.parquet")
    return case


def test_words_in_pictures_and_profiles_are_hunted_too(pictured: Case) -> None:
    answer = hunt(pictured, [TITLE])
    found = {(row["account_id"], row["source"], row["kind"]) for row in answer.posts.to_pylist()}
    assert found == {
        ("a", "picture", "exact"),
        ("b", "post", "exact"),
        ("c", "name of the profile", "exact"),
        ("c", "profile", "exact"),
        ("c", "picture of the profile", "exact"),
    }
    (title,) = answer.passages
    assert (title.exact_posts, title.picture_posts, title.accounts) == (2, 1, 3)
    accounts = {row["account_id"]: row for row in answer.accounts.to_pylist()}
    assert accounts["b"]["shares"] == 1
    assert (accounts["c"]["in_profile"], accounts["c"]["posts"], accounts["c"]["handle"]) == (True, 0, "cee")


@pytest.fixture
def drawn(tmp_path: Path) -> Case:
    """A case whose posts show one picture: its file, recompressed and smaller, cropped, and another one; that picture beside it."""
    rng = np.random.default_rng(4)
    blots = [
        Image.effect_mandelbrot((640, 480), (-2 + n, -1.5, 1 + n / 2, 1.5), 60 + n).convert("RGB") for n in range(2)
    ]
    for blot in blots:
        pen = ImageDraw.Draw(blot)
        for _ in range(90):
            x, y = rng.integers(0, 600), rng.integers(0, 440)
            pen.rectangle(
                (x, y, x + rng.integers(8, 90), y + rng.integers(8, 70)), fill=tuple(rng.integers(0, 255, 3).tolist())
            )

    def written(image: Image.Image, kind: str) -> bytes:
        image.save(out := io.BytesIO(), kind)
        return out.getvalue()

    files = {
        "as it is": written(blots[0], "PNG"),
        "smaller": written(blots[0].resize((320, 240)), "JPEG"),
        "cropped": written(blots[0].crop((60, 40, 600, 460)), "PNG"),
        "another": written(blots[1], "PNG"),
    }
    case = create_case(tmp_path / "case", now=NOW)
    seen = {name: look(data) for name, data in files.items()}
    with case.writing("data", "i1") as folder:
        write_parquet(rows("imports", {"import_id": "i1", "role": "case"}), folder / "imports.parquet")
        posts = ({"post_id": name, "account_id": name, "platform": "x"} for name in files)
        write_parquet(rows("posts", *posts), folder / "posts.parquet")
        media = (
            {
                "media_id": name,
                "use": "post",
                "post_id": name,
                "account_id": name,
                "platform": "x",
                "sha256": its.sha256,
            }
            for name, its in seen.items()
        )
        write_parquet(rows("media", *media), folder / "media.parquet")
        pictures = (
            {
                "sha256": its.sha256,
                "quality": 100,
                "pdq": its.pdq.astype(">u8").tobytes().hex(),
                "features": its.described[0],
            }
            for its in seen.values()
        )
        write_parquet(rows("pictures", *pictures), folder / "pictures.parquet")
    blots[0].save(tmp_path / "sought.png")
    return case


def test_a_picture_is_found_again_whole_smaller_and_in_part(drawn: Case, tmp_path: Path) -> None:
    case = drawn
    answer = hunt(case, ["a title nobody has"], image=[tmp_path / "sought.png"])
    found = {row["post_id"]: (row["passage"], row["kind"], row["source"]) for row in answer.posts.to_pylist()}
    assert found == {
        "as it is": (2, "same bytes", "picture"),
        "smaller": (2, "near-identical", "picture"),
        "cropped": (2, "part", "picture"),
    }
    assert answer.posts["post_id"][0].as_py() == "as it is"
    picture = answer.passages[1]
    assert (picture.text, picture.kind, picture.exact_posts, picture.near_posts) == ("sought.png", "picture", 1, 2)
    assert "pdqhash" in answer.versions
    assert answer.notes == (
        "No words were read in the pictures of this case, so that passages in pictures are not found.",
    )
    assert hunt(case, image=[tmp_path / "sought.png"]).posts.num_rows == 3
    lines = "\n".join(hunted(case, "--image", str(tmp_path / "sought.png")))
    assert "3 accounts, 1 of them with the same bytes, on x" in lines
    assert "passage 1 same bytes, picture " in lines


def test_what_is_no_picture_cannot_be_hunted_for(drawn: Case, tmp_path: Path) -> None:
    (tmp_path / "words.png").write_text("not a picture")
    (tmp_path / "cut.png").write_bytes((tmp_path / "sought.png").read_bytes()[:2000])
    Image.new("RGB", (200, 200), "white").save(tmp_path / "plain.png")
    for name, said in {
        "words": "is no picture",
        "cut": "cannot be decoded",
        "plain": "too plain",
        "gone": "There is no file",
    }.items():
        with pytest.raises(InputError, match=said):
            hunt(drawn, image=[tmp_path / f"{name}.png"])


def hunted(case: Case, *arguments: str, columns: int = 80) -> Iterator[str]:
    """Lines that the command prints."""
    done = subprocess.run(
        [sys.executable, "-c", "from inconcert.cli import main; main()", "hunt", str(case.path), *arguments],
        env={"COLUMNS": str(columns)}, text=True, encoding="utf-8", capture_output=True, check=True,
    )  # fmt: skip
    yield from done.stdout.splitlines()


def test_the_terminal_marks_the_passage_and_nothing_in_it_hides_or_acts(tmp_path: Path) -> None:
    evil = f"\x1b[31m\u202e see http://example.org/x\n{TITLE} \u200b end"
    lines = list(hunted(small(tmp_path, {"a\x1b[0m": evil}), TITLE))
    text = "\n".join(lines)
    assert f"»{TITLE}«" in text.replace("\n       ", " ")
    assert "⟨U+001B⟩[31m⟨U+202E⟩ see hxxp://example.org/x↵" in text
    assert not any(sign in text for sign in "\x1b\u202e\u200b")
    assert "no control crowd" in text


def test_json_holds_everything_exactly(tmp_path: Path) -> None:
    answer = json.loads("\n".join(hunted(small(tmp_path, {"a": TITLE + "\u202e"}), TITLE, "--least", "0.9", "--json")))
    assert answer["posts"][0]["text"] == TITLE + "\u202e"
    assert answer["parameters"] == {"passages": [TITLE], "image": [], "least": 0.9}
    assert answer["versions"].keys() >= {"inconcert", "numpy", "opencc"}
