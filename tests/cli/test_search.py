"""`search` on the command line: a dash excludes a word, whatever its first letter, and nothing shown hides or acts."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Run

POSTS = (
    "post_id,account_id,created_at,text\n"
    '1,a,2024-01-01T00:00:00Z,"the hoax of\u202e https://evil.example/x"\n'
    "2,b,2024-01-02T00:00:00Z,the tea of 舆论引导\n"
)


def test_search(run: Run, tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text(POSTS, encoding="utf-8")
    run("init", "case")
    run("ingest", "case", "posts.csv")
    shown = run("search", "case", "of", "-hoax", "--by", "time")
    assert shown.returncode == 0
    assert "1 of 2 posts" in shown.stdout
    assert "»of«" in shown.stdout
    assert "posts.csv row 2" in shown.stdout
    odd = run("search", "case", "hoax")
    assert "⟨U+202E⟩" in odd.stdout
    assert "hxxps://evil.example" in odd.stdout
    found = json.loads(run("search", "case", "輿論引導", "--json").stdout)
    assert [hit["id"] for hit in found["hits"]] == ["2"]
    nothing = run("search", "case", "--", "-tea")
    assert nothing.returncode == 2
    assert "Nothing to look for" in nothing.stderr
