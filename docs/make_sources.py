"""Write a page for every kind of file that is recognised, and their index, from the importers themselves.

python docs/make_sources.py
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from inconcert.ingest.importers import IMPORTERS
from inconcert.schema import KINDS
from inconcert.verbs.sources import Source, sources

FOLDER = Path(__file__).resolve().parent / "sources"
_MADE = "Made by `python docs/make_sources.py` from the importers; `inconcert sources {name}` prints the same."
_SEVERAL = "several platforms"


def pages() -> dict[str, str]:
    """File name -> text of the index and of every source's page."""
    found = sources()
    made = {f"{source.name}.md": "\n".join(_page(source)) + "\n" for source in found}
    return {"README.md": "\n".join(_index(found)) + "\n", **made}


def _index(found: tuple[Source, ...]) -> Iterator[str]:
    yield "# What can be read"
    yield ""
    yield _MADE.format(name="").replace("sources `", "sources`")
    yield ""
    yield (
        f"{len(found)} kinds of file are recognised by what is in them, never by their names, plain or packed (gz, zst, bz2, xz, zip, tar and "
        "archives in archives). `--format NAME` goes before that. What no other takes is read as a table, with `--map FIELD=COLUMN` where its "
        "column names say too little."
    )
    posts = [source for source in found if source.table == "posts"]
    others = [source for source in found if source.table != "posts"]
    named = sorted(posts, key=lambda source: (source.platform is None, source.platform or ""))
    for platform, group in groupby(named, key=lambda source: source.platform or _SEVERAL):
        yield from (
            "",
            f"## {platform[0].upper()}{platform[1:]}",
            "",
            "| file | `--format` | compared | measured |",
            "|---|---|---|---|",
        )
        for source in group:
            measured = f"{len(source.indicators)} indicators" if source.indicators else "–"
            compared = ", ".join(f"`{kind}`" for kind in source.kinds) or "–"
            yield f"| [{_cell(source.title)}]({source.name}.md) | `{source.name}` | {compared} | {measured} |"
    yield from ("", "## Other things than posts", "", "| file | `--format` | becomes rows of |", "|---|---|---|")
    for source in others:
        yield f"| [{_cell(source.title)}]({source.name}.md) | `{source.name}` | [`{source.table}`](../schema.md#{source.table}) |"


def _page(source: Source) -> Iterator[str]:
    importer = IMPORTERS[source.name]
    yield f"# {source.title}"
    yield ""
    yield _MADE.format(name=source.name)
    yield ""
    yield f"`--format {source.name}`, version {importer.version}; platform: {source.platform or 'as the records say'}; layout: {_sentence(source.layout)}"
    for heading, text in (("How to get it", source.export), ("What it lacks", source.lacks), ("To know", source.note)):
        if text:
            yield from ("", f"## {heading}", "", _escaped(text))
    yield from ("", "## What it enables", "")
    yield from _enabled(source)
    yield from ("", "## What is read", "", *_fields(source))
    if importer.signatures:
        yield from ("", "## How it is recognised", "", "A table, or objects with these names, all of one line:", "")
        for names in importer.signatures:
            yield f"* {', '.join(f'`{name}`' for name in sorted(names))}"
    if importer.shape is not None:
        yield "" if importer.signatures else "\n## How it is recognised\n"
        yield "Nested objects are recognised by their form." + (
            f" They may lie in lists under {', '.join(f'`{path}`' for path in importer.shape.under)}."
            if importer.shape.under
            else ""
        )
    if importer.plausible:
        yield from ("", "## What such files ordinarily fill", "", "An import warns when a share is outside.", "")
        yield from ("| field | share of records |", "|---|---:|")
        for field, (low, high) in importer.plausible.items():
            yield f"| `{field}` | {low:.0%} to {high:.0%} |"


def _enabled(source: Source) -> Iterator[str]:
    if source.table != "posts":
        yield f"Its records become rows of the table [`{source.table}`](../schema.md#{source.table}); no two accounts are compared by them."
        return
    if source.kinds:
        yield from ("Compared, account with account:", "", *(f"* `{kind}`: {KINDS[kind]}" for kind in source.kinds))
    else:
        yield "It only describes accounts; nothing is compared by them."
    if source.indicators:
        yield ""
        yield (
            "Measured: "
            + ", ".join(
                f"`{name}`" + (f" (with {beside} given beside)" if beside else "")
                for name, beside in source.indicators.items()
            )
            + "."
        )
    if source.zone:
        yield ""
        yield f"Times without a zone are read as {source.zone}, in which the tool always writes them."


def _fields(source: Source) -> Iterator[str]:
    importer = IMPORTERS[source.name]
    tabular = bool(importer.columns)
    yield "| field | what it is |" + (" column of a table |" if tabular else "")
    yield "|---|---|" + ("---|" if tabular else "")
    for field, meaning in source.fields.items():
        columns = ", ".join(f"`{_cell(column)}`" for column in importer.columns.get(field, ()))
        yield f"| `{field}` | {_cell(meaning)} |" + (f" {columns or '–'} |" if tabular else "")


def _sentence(text: str) -> str:
    return _escaped(text) if text.endswith(".") else f"{_escaped(text)}."


def _cell(text: str) -> str:
    return _escaped(text).replace("|", "\\|").replace("\n", " ")


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;")


def main() -> None:
    """Write them all; a page of a source that is gone goes too."""
    made = pages()
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{FOLDER.name}: {len(made)} pages")


if __name__ == "__main__":
    main()
