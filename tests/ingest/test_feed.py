"""Feeds of every kind: entries one by one, the feed's own words as their head, nothing fetched or expanded."""

from __future__ import annotations

import pytest

from inconcert.errors import InputError

from .conftest import Read

ATOM = """<?xml version="1.0" encoding="{encoding}"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh"><title>站点</title><subtitle>about it</subtitle>
<link rel="self" href="https://site.example/atom"/><link href="https://www.site.example/"/>
<id>tag:site.example,2024:feed</id>
<entry><id>tag:site.example,2024:1</id><title type="html">A &amp;lt;b&amp;gt;</title><link rel="alternate" href="https://site.example/1"/>
<link rel="enclosure" href="https://site.example/1.mp3"/><author><name>张三</name></author>
<published>2024-01-01T00:00:00Z</published><updated>2024-01-02T00:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>one <b>two</b></p><p>three</p></div></content></entry>
<entry><id>tag:site.example,2024:2</id><title>1 &lt; 2</title><updated>2024-01-03T00:00:00Z</updated><summary>1 &lt; 2 plain</summary></entry>
</feed>"""

RDF = """<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://old.example/rss"><title>Old</title>
<link>https://old.example/</link><description>d</description></channel>
<item rdf:about="https://old.example/1"><title>First</title><link>https://old.example/1</link><description>words</description>
<dc:date>2003-04-05T06:07:08Z</dc:date><dc:creator>K.</dc:creator></item>
<textinput rdf:about="x"><title>Search</title><link>https://old.example/s</link></textinput></rdf:RDF>"""

RSS = "<rss version='2.0'><channel><title>S</title><link>https://s.example/</link>{}</channel></rss>"
ENTRY = "<item><guid>https://s.example/{0}</guid><title>number {0}</title></item>"


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "utf-16", "big5"])
def test_atom(encoding: str, read: Read) -> None:
    content = ATOM.format(encoding=encoding)
    written = content.replace("站点", "站點").replace("张三", "張三") if encoding == "big5" else content
    reading, (first, second), rejects = read(written.encode(encoding), "a")
    assert reading.importer.name == "feed"
    assert not rejects
    assert first["account_id"] == second["account_id"] == "site.example"
    assert first["display_name"] == ("站點" if encoding == "big5" else "站点")  # the site's, not the byline
    assert (first["text"], second["text"]) == ("one two\nthree", "1 < 2 plain")
    assert (first["title"], second["title"]) == ("A <b>", "1 < 2")
    assert (first["created_at"], first["edited_at"]) == ("2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z")
    assert (second["created_at"], second["edited_at"], second["language"]) == ("2024-01-03T00:00:00Z", None, "zh")
    assert (first["post_url"], first["media"]) == ("https://site.example/1", '["https://site.example/1.mp3"]')


def test_rss_1(read: Read) -> None:
    _, (row,), rejects = read(RDF.encode(), "a")
    assert not rejects
    assert (row["post_id"], row["account_id"], row["display_name"]) == ("https://old.example/1", "old.example", "Old")
    assert (row["text"], row["created_at"]) == ("words", "2003-04-05T06:07:08Z")


def test_ids_that_two_sites_may_both_use_are_replaced_by_the_address(read: Read) -> None:
    item = "<item><guid isPermaLink='false'>17</guid><link>https://s.example/a</link><title>t</title></item>"
    _, (row,), _ = read(RSS.format(item).encode(), "a")
    assert row["post_id"] == "https://s.example/a"


def test_a_large_feed_has_every_entry(read: Read) -> None:
    _, rows, rejects = read(RSS.format("".join(ENTRY.format(n) for n in range(3_000))).encode(), "a")
    assert [row["title"] for row in rows] == [f"number {n}" for n in range(3_000)]
    assert not rejects


@pytest.mark.parametrize(
    ("tail", "told"),
    [
        ("<item><title>broken & bad</title>", "not well-formed"),
        ("<item>" + "<a>" * 200, "nested deeper"),
        ("<item><title>" + "x" * (17 << 20), "longer than 16 MiB"),
        ("<item>" + "<x/>" * 2_000, "more than 1,000 elements"),
    ],
    ids=["not well-formed", "deep", "long", "wide"],
)
def test_what_stands_before_a_fault_is_kept_and_the_fault_told(tail: str, told: str, read: Read) -> None:
    content = RSS.format(ENTRY.format(1) + ENTRY.format(2) + tail).encode()
    _, rows, rejects = read(content, "a")
    assert len(rows) == 2
    assert [told in reject.reason for reject in rejects] == [True]


@pytest.mark.parametrize(
    "declaration",
    [
        "<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>",
        "<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
    ],
)
def test_entities_are_refused_with_the_reason(declaration: str, read: Read) -> None:
    with pytest.raises(InputError, match="declares entities"):
        read(f"<?xml version='1.0'?>{declaration}{RSS.format(ENTRY.format('&b;'))}".encode(), "a")
