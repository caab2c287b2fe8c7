"""`compare`: two texts side by side, what was put in the place of what, and what the two are to one another."""

from __future__ import annotations

import os
import stat
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from inconcert.case import Case
from inconcert.errors import InputError
from inconcert.report.comparison import MEANING, comparison_page
from inconcert.rewriting.likeness import Likeness, Verdict, likeness
from inconcert.verbs import two_texts
from inconcert.verbs.export import check_target


@dataclass(frozen=True)
class Compared:
    """One of the two texts: what to call it, who posted it (None of files and given words), and how long it is."""

    name: str
    account: str | None
    characters: int
    tokens: int


@dataclass(frozen=True)
class Change:
    """`before` replaced by `after` so many times; one of them is empty where words were only added or left out.

    name: a name or number took the place of another, by the heuristic of copies/entities.py."""

    before: str
    after: str
    times: int
    name: bool


@dataclass(frozen=True)
class Comparison:
    """Two texts compared. Similarities and shares lie in 0 to 1.

    aligned: share of the tokens of both in unchanged blocks.   longest_block: tokens of the longest.
    jaccard_5, jaccard_3: of the runs of five and three characters of the comparable forms.
    substitutions, insertions, deletions: in the order of the text.   moved: passages that stand in another place of B.
    likeness: all of it, not part of the JSON.
    """

    a: Compared
    b: Compared
    verdict: Verdict
    meaning: str
    aligned: float
    longest_block: int
    jaccard_5: float
    jaccard_3: float
    substitutions: tuple[Change, ...]
    insertions: tuple[Change, ...]
    deletions: tuple[Change, ...]
    moved: tuple[str, ...]
    notes: tuple[str, ...]
    page: Path | None
    likeness: Likeness = field(repr=False)


def compare(
    a: str, b: str, *, case: Case | None = None, text: bool = False, page: Path | None = None, force: bool = False
) -> Comparison:
    """Compare two texts, A being the earlier or the original.

    a, b: names of files of plain text; with `case`, ids of posts in it; with `text`, the words themselves.
    page: a file that is written with the comparison as an HTML page that loads nothing.   force: replace a file of that name.
    InputError when one of them cannot be read or the page cannot be written there.
    """
    if case is not None and text:
        raise InputError(
            "A case and texts were both given; give ids of posts in the case, or two texts without a case."
        )
    one, other = (_text(which, given, case, text) for which, given in (("A", a), ("B", b)))
    target = (
        _target(Path(page), [] if case or text else [Path(a), Path(b)], case, force=force) if page is not None else None
    )
    found = likeness(one.text, other.text)
    changes = _changes(found)
    comparison = Comparison(
        a=_compared(one, found, 0),
        b=_compared(other, found, 1),
        verdict=found.verdict,
        meaning=MEANING[found.verdict],
        aligned=found.alignment.aligned,
        longest_block=found.alignment.longest_block,
        jaccard_5=found.jaccard_5,
        jaccard_3=found.jaccard_3,
        substitutions=tuple(change for change in changes if change.before and change.after),
        insertions=tuple(change for change in changes if not change.before),
        deletions=tuple(change for change in changes if not change.after),
        moved=tuple(passage.before.text for passage in found.passages if passage.moved),
        notes=(*one.notes, *other.notes),
        page=target,
        likeness=found,
    )
    if target is not None:
        _write(target, comparison_page(found, one.name, other.name, comparison.notes))
    return comparison


def _text(which: str, given: str, case: Case | None, text: bool) -> two_texts.Text:
    if text:
        return two_texts.given(which, given)
    return two_texts.read(Path(given)) if case is None else two_texts.posted(case, given)


def _compared(text: two_texts.Text, found: Likeness, which: int) -> Compared:
    tokens = (found.alignment.before, found.alignment.after)[which]
    return Compared(text.name, text.account, len(text.text), len(tokens))


def _changes(found: Likeness) -> list[Change]:
    """Changes as written, those written alike counted together at the first of them."""
    times: Counter[tuple[str, str]] = Counter()
    name: dict[tuple[str, str], bool] = {}
    for change, swapped in zip(found.alignment.changes, found.swapped, strict=True):
        written = change.before.text, change.after.text
        times[written] += 1
        name[written] = name.get(written, False) or swapped
    return [Change(before, after, n, name[before, after]) for (before, after), n in times.items()]


def _target(page: Path, sources: list[Path], case: Case | None, *, force: bool) -> Path:
    """The file of the page; InputError when nothing may be written there."""
    try:
        mode = page.stat().st_mode
    except FileNotFoundError:
        if not page.parent.is_dir():
            raise InputError(f"{page} cannot be written: there is no folder {page.parent}. Make it first.") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{str(page)!r} cannot be written: {getattr(error, 'strerror', None) or error}.") from error
    else:
        if stat.S_ISDIR(mode):
            raise InputError(f"{page} is a folder. Name a file, for instance {page / 'comparison.html'}.")
        if not stat.S_ISREG(mode):
            raise InputError(f"{page} is not an ordinary file (a pipe, socket or device). Name another file.")
    if any(page.resolve() == source.resolve() for source in sources):
        raise InputError(f"{page} is one of the two files that are compared. Name another file for the page.")
    check_target(case, page, force=force)
    return page


def _write(page: Path, html: str) -> None:
    """Put the page in place at once, when it is complete."""
    draft = page.with_name(f".{page.name}.{os.getpid()}.part")
    try:
        draft.write_text(html, "utf-8", errors="backslashreplace")
        draft.replace(page)
    except OSError as error:
        raise InputError(f"{page} cannot be written: {error.strerror}. Name another file for the page.") from error
    finally:
        draft.unlink(missing_ok=True)
