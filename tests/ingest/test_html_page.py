"""Saved pages: the words a reader sees, in the encoding the page is in."""

from __future__ import annotations

import pytest

from inconcert.errors import InputError
from inconcert.ingest.formats.html_page import is_html, page

from .conftest import Read

CHINESE = "各单位要加强舆论引导工作，定期报告。" * 3
BODY = "<html><head>{}<title>T</title></head><body><p>{}</p></body></html>"


@pytest.mark.parametrize(
    ("encoding", "meta", "charset"),
    [
        ("utf-8", '<meta charset="utf-8">', None),
        ("gb18030", '<meta charset="gb2312">', None),
        ("gb18030", "", "GBK"),
        ("utf-16", "", None),
        ("utf-8-sig", '<meta charset="gbk">', "big5"),
        ("big5", '<meta http-equiv="Content-Type" content="text/html; charset=big5">', None),
        ("gb18030", "", None),
    ],
)
def test_the_encoding_is_that_of_mark_server_page_or_bytes(encoding: str, meta: str, charset: str | None) -> None:
    chinese = CHINESE if encoding != "big5" else "各單位要加強輿論引導工作"
    content = BODY.format(meta, chinese).encode(encoding)
    assert is_html(content)
    assert page(content, charset)["text"] == chinese


@pytest.mark.parametrize("label", ["unicode_escape", "utf-7", "rot13", "no-such", "idna", "\x00"])
def test_encodings_that_the_web_does_not_know_are_passed_over(label: str) -> None:
    assert page(BODY.format("", "\\u0041 +AGE-").encode(), label)["text"] == "\\u0041 +AGE-"


def test_what_no_reader_sees_is_left_out() -> None:
    html = """<html><body><p>seen</p><script>a()</script><style>b</style><p hidden>c</p><template>d</template><!-- e --></body>"""
    assert page(html.encode())["text"] == "seen"


@pytest.mark.parametrize("tag", [b"<div>", b"<a><b>", b"<table>", b"<select><option>", b"<![CDATA[", b"&#x41;<"])
def test_a_page_of_nothing_but_tags_is_read_or_refused(tag: bytes, read: Read) -> None:
    with pytest.raises(InputError, match="100,000 tags"):
        read(b"<html>" + tag * 200_001, "a.html")
    page(b"<html>" + tag * 3_000 + b"end")


def test_pictures_within_a_page_do_not_make_it_too_long(read: Read) -> None:
    picture = "data:image/png;base64," + "A" * (20 << 20)
    _, rows, rejects = read(f'<html><body><img src="{picture}"><p>words</p></body></html>'.encode(), "a.html")
    assert rows[0]["text"] == "words"
    assert not rejects


@pytest.mark.parametrize(
    ("comment", "url", "at"),
    [
        ("<!-- saved from url=(0022)https://think.example/ -->", "https://think.example/", None),
        (
            "<!--\n Page saved with SingleFile \n url: https://think.example/a \n saved date: Tue Jan 02 2024 10:00:00 GMT+0800 (CST)\n-->",
            "https://think.example/a",
            "Tue Jan 02 2024 10:00:00 GMT+0800",
        ),
    ],
)
def test_browsers_say_where_and_when_a_page_was_saved(comment: str, url: str, at: str | None, read: Read) -> None:
    _, rows, _ = read(f"<!DOCTYPE html>\n{comment}\n<html><body>words</body></html>".encode(), "a.html")
    assert (rows[0]["url"], rows[0]["observed_at"]) == (url, at)


def test_a_long_page_is_several_documents_with_every_word(read: Read) -> None:
    words = [f"word{n}" for n in range(60_000)]
    _, rows, rejects = read(f"<html><body>{' '.join(words)}</body></html>".encode(), "a.html")
    assert len(rows) > 1
    assert not rejects
    assert " ".join(str(row["text"]) for row in rows).split() == words
