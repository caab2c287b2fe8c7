"""PDF files: a page is a document; what cannot be read says why."""

from __future__ import annotations

import io
import sys
from collections import Counter
from pathlib import Path

import pytest
from pypdf import PdfWriter

from inconcert.errors import InputError, MissingExtra
from inconcert.ingest.reading import open_reading

from .conftest import Read

SAMPLE = Path(__file__).parents[1] / "contract" / "importers" / "pdf.pdf"


def locked(password: str) -> bytes:
    writer = PdfWriter(clone_from=SAMPLE)
    writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_pages_without_text_are_counted() -> None:
    reading = open_reading(SAMPLE)
    passed: Counter[str] = sum((batch.passed for batch in reading.batches()), Counter())
    assert passed.total() == 1


def test_a_password_is_told_and_an_empty_one_tried(read: Read) -> None:
    with pytest.raises(InputError, match=r"a\.pdf is locked by a password"):
        read(locked("secret"), "a.pdf")
    _, rows, _ = read(locked(""), "a.pdf")
    assert [row["title"] for row in rows] == ["A made-up report, page 1", "A made-up report, page 3"]


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.4\n" + bytes(5000), SAMPLE.read_bytes()[:300]])
def test_a_file_without_pages_says_so(content: bytes, read: Read) -> None:
    with pytest.raises(InputError, match=r"a\.pdf is (damaged|a pdf file in which nothing was found)"):
        read(content, "a.pdf")


def test_without_pypdf_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(MissingExtra, match=r"pip install 'inconcert\[pdf\]'"):
        open_reading(SAMPLE)
