"""Write a page for every kind of file that is recognised, and their index, from the importers themselves.

python docs/make_sources.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inconcert.ingest.importers import IMPORTERS
from inconcert.ingest.tools.table import TABLE, UNNAMED
from inconcert.schema import KINDS
from inconcert.verbs.sources import Source, sources, spelled

FOLDER = Path(__file__).resolve().parent / "sources"
_MADE = "Made by `python docs/make_sources.py` from the importers; `inconcert sources {name}` prints the same."
_SEVERAL = "Several platforms"


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
        "archives in archives): `inconcert ingest case FILES`. `--format NAME` goes before that. What no other takes is read as "
        "a table; [how to have your own table read](../own-table.md) is a page of its own. `inconcert sources WORD` lists what is "
        "known of a platform or tool: `inconcert sources weibo`."
    )
    yield ""
    yield (
        "In the tables, *holds* says what there is in such files: posts, descriptions of their accounts, pictures and videos (as addresses or "
        "hashes), documents, indicators of known operations, lists of trends. *Compared* are the actions in which two accounts can be alike "
        "([what they are](../schema.md#actions)); *measured*, the number of [indicators](../indicators.md) that can be taken of them."
    )
    posts = [source for source in found if source.table == "posts"]
    platforms = sorted(
        {source.platform for source in posts if source.platform}, key=lambda one: spelled(one).casefold()
    )
    for platform in (*platforms, None):
        yield from ("", f"## {spelled(platform) if platform else _SEVERAL}", "")
        yield from ("| file | holds | `--format` | compared | measured |", "|---|---|---|---|---:|")
        for source in posts:
            if source.platform == platform:
                compared = ", ".join(f"`{kind}`" for kind in source.kinds) or "–"
                yield f"{_row(source)} {compared} | {len(source.indicators) or '–'} |"
    yield from ("", "## Platforms without an importer of their own", "", _escaped(UNNAMED))
    yield from ("", "## Other things than posts", "")
    yield from ("| file | holds | `--format` | becomes rows of |", "|---|---|---|---|")
    yield from (f"{_row(one)} [`{one.table}`](../schema.md#{one.table}) |" for one in found if one.table != "posts")


def _row(source: Source) -> str:
    return f"| [{_cell(source.title)}]({source.name}.md) | {', '.join(source.holds)} | `{source.name}` |"


def _page(source: Source) -> Iterator[str]:
    importer = IMPORTERS[source.name]
    yield f"# {source.title}"
    yield ""
    yield _MADE.format(name=source.name)
    yield ""
    yield (
        "`inconcert investigate FILES` makes a case and a report of them, `inconcert ingest case FILES` adds them to a case. They are "
        f"recognised; `--format {source.name}` insists."
    )
    yield ""
    yield f"* Holds: {', '.join(source.holds)}."
    yield f"* Platform: {spelled(source.platform) if source.platform else 'as the records say, or as `--platform` does'}."
    yield f"* Layout: {_sentence(source.layout)} Version {importer.version} of the importer."
    if importer is TABLE:
        yield from (
            "",
            "[How to have your own table read](../own-table.md): which columns are needed, `--map`, and an example.",
        )
    for heading, text in (("How to get it", source.export), ("What it lacks", source.lacks), ("To know", source.note)):
        if text:
            yield from ("", f"## {heading}", "", _escaped(text))
    yield from ("", "## What it enables", "")
    yield from _enabled(source)
    yield from ("", "## What is read", "", *_fields(source))
    yield from ("", "## How it is recognised", "", *_recognised(source))
    if importer.plausible:
        yield from ("", "## What such files ordinarily fill", "", "An import warns when a share is outside.", "")
        yield from ("| field | share of records |", "|---|---:|")
        for field, (low, high) in importer.plausible.items():
            yield f"| `{field}` | {low:.0%} to {high:.0%} |"


def _recognised(source: Source) -> Iterator[str]:
    if source.by_columns:
        yield (
            "A table that has all columns of one of these lines, or JSON objects that have these keys (capitals, spaces, `_` and `-` do not "
            "matter; a dot leads into a nested object):"
        )
        yield from ("", *(f"* {_names(names)}" for names in source.by_columns))
        if unlike := IMPORTERS[source.name].unlike:
            yield from ("", f"A file with {' or '.join(f'`{name}`' for name in sorted(unlike))} is another.")
    if source.by_keys:
        yield from ([""] if source.by_columns else [])
        kind = "Objects" if source.by_columns else "JSON objects"
        yield f"{kind} of which at least half of the first have all keys of one of these lines (a dot leads into a nested object):"
        yield from ("", *(f"* {_names(names)}" for names in source.by_keys))
    if source.told:
        yield from ([""] if source.by_keys else [])
        yield f"Besides: {_sentence(source.told)}" if source.by_keys else _sentence(source.told)
    if source.under:
        yield from ("", f"They may lie in lists under {', '.join(f'`{path}`' for path in source.under)}.")
    if not (source.by_columns or source.told or source.by_keys):
        yield "A table, or JSON objects, that no other importer takes: its columns are found by the names below."


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(" or ".join(f"`{one}`" for one in name.split(" or ")) for name in names)


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
