"""A page read the way a browser reads it, as far as the tests need."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "img", "input", "meta"}


@dataclass
class Element:
    """One element: its tag, attributes, and the ids of the sections and quotes around it."""

    tag: str
    attributes: dict[str, str | None]


@dataclass
class Page:
    """Elements in order, and running text: of the fixed explanatory section, of quotes, of the rest."""

    elements: list[Element] = field(default_factory=list)
    claims: str = ""
    quotes: str = ""
    said: str = ""
    unbalanced: list[str] = field(default_factory=list)

    def having(self, attribute: str) -> list[Element]:
        """Elements with that attribute."""
        return [element for element in self.elements if attribute in element.attributes]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append(Element(tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("id")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID and (not self.open or self.open[-1][0] != tag):
            return
        if not self.open or self.open[-1][0] != tag:
            self.page.unbalanced.append(f"</{tag}> after {self.open[-3:]}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _ in self.open}
        if tags & {"script", "style"}:
            return
        if "claims" in {id for _, id in self.open}:
            self.page.claims += data
        elif "blockquote" in tags:
            self.page.quotes += data
        else:
            self.page.said += data


def parse(html: str) -> Page:
    """The page; `unbalanced` lists end tags that close nothing and elements never closed."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.page.unbalanced += [f"<{tag}> not closed" for tag, _ in reader.open]
    return reader.page
