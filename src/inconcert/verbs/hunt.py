"""`hunt`: who carries a known title, passage or picture."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from scipy.special import betaincinv

from inconcert.case import Case
from inconcert.errors import InputError
from inconcert.hunting.passage import LEAST_SIMILARITY, Search
from inconcert.progress import Progress, silent
from inconcert.verbs.export import check_target
from inconcert.verbs.gather import versions
from inconcert.verbs.hunt_csv import write_csv
from inconcert.verbs.hunt_passages import wanted
from inconcert.verbs.hunt_pictures import looks, showing_them
from inconcert.verbs.hunt_ranking import Ranking, ranking
from inconcert.verbs.hunt_texts import carried

LEAST = 0.5
"""Smallest similarity that may be asked for: below it, half of a passage is not in the text."""
CONFIDENCE = 0.95
ROLES = ("case", "control")


@dataclass(frozen=True)
class Sought:
    """One passage or picture, and who carries it. number: its number in the tables, from 1.   text: of a picture its file name.
    kind: words or picture.   only_exact: too short for near matches.

    exact_posts, near_posts: posts that carry it word for word, or the same bytes, and those that only come near.   picture_posts: of both, those
    with it in a picture.   accounts: who carry it in posts, profiles or pictures; exact_accounts: of them, word for word.
    platforms: comma-separated.   control_accounts: accounts of the control crowd that carry it; None without a control crowd.   control_share_at_most: upper
    95 % bound of their share among ordinary accounts (Clopper and Pearson); the smaller, the more telling the passage.
    """

    number: int
    text: str
    kind: str
    only_exact: bool
    exact_posts: int
    near_posts: int
    picture_posts: int
    accounts: int
    exact_accounts: int
    platforms: str
    first_us: int | None
    last_us: int | None
    control_accounts: int | None
    control_exact_accounts: int | None
    control_share_at_most: float | None


@dataclass(frozen=True)
class Hunt:
    """What was found. Times in microseconds since 1970 (UTC).

    accounts: rank, platform, account_id, handle, passages (distinct), exact_passages, posts, shares (of them, reposts),
        in_profile, first_us, last_us; most passages first.
    posts: one row a text and passage, the rows of a post together: rank (of the post), passage (number), kind (exact or near; of pictures
        same bytes, near-identical or part), similarity (0 to 1; of pictures, share of the 256 bits of the hash), source (post, name of the profile, profile, picture, picture of the profile), platform, account_id,
        post_id (NULL in profiles), post_kind, time_us, precision, text (at most 2,000 characters), text_start (where they begin
        in the whole text), marks ("12-30 50-70": characters of the whole text that stand for the passage), sha256 (of the
        picture), import_id, row_ref.
    parameters, inputs, versions: what the answer depends on; the same give the same.
    """

    passages: tuple[Sought, ...]
    accounts: pa.Table
    posts: pa.Table
    searched_posts: int
    searched_accounts: int
    control_accounts: int | None
    notes: tuple[str, ...]
    parameters: Mapping[str, Any]
    inputs: tuple[str, ...]
    versions: Mapping[str, str]


def hunt(
    case: Case,
    passages: Sequence[str] = (),
    *,
    file: Path | None = None,
    image: Sequence[Path] = (),
    least: float = LEAST_SIMILARITY,
    csv: Path | None = None,
    force: bool = False,
    progress: Progress = silent,
) -> Hunt:
    """Rank the posts and accounts of a case, on all its platforms, that carry one of the passages.

    Nothing is written into the case: a hunt is a question, and its answer says what it rests on.
    file: more passages, one a line.   image: pictures, found again as the same bytes, near-identical, or a part of one another.
    least: least similarity of a near match of words, 0.5 to 1.   csv: where to write the posts.   force: replace that file.
    InputError for a passage without letters, a case without posts, and a file that cannot be read or written; MissingExtra
    for pictures without what reads them.
    """
    if not LEAST <= least <= 1:
        raise InputError(f"A similarity of {least:g} cannot be asked for. Give one from {LEAST:g} to 1.")
    if csv is not None:
        check_target(case, csv, force=force)
    asked = wanted(passages, file)
    images = looks(image)
    if not (asked.passages or images):
        raise InputError('No passage was given. Name one, for instance: inconcert hunt my-case "a known headline"')
    if not case.imports("case"):
        raise InputError(
            f"The case {case.path} holds no posts. Read some first: inconcert ingest {case.typed} posts.csv"
        )
    search = Search(asked.passages, least_similarity=least) if asked.passages else None
    found = {}
    for role in ROLES:
        texts = [carried(case, role, search, shown=role == "case", progress=progress)] if search else []
        found[role] = pa.concat_tables([*texts, showing_them(case, role, images, len(asked.passages) + 1)])
    parts = {("posts", role): case.parts("posts", role) for role in ROLES} | {
        ("accounts", "case"): case.parts("accounts")
    }
    ranked = ranking(found, parts)
    control = ranked.searched["control"]["accounts"] if case.imports("control") else None
    names = [(one.text, "words", one.only_exact) for one in asked.passages]
    names += [(Path(file).name, "picture", False) for file in image]
    answer = Hunt(
        passages=tuple(_sought(number, *name, ranked, control) for number, name in enumerate(names, start=1)),
        accounts=ranked.accounts,
        posts=ranked.posts,
        searched_posts=ranked.searched["case"]["posts"],
        searched_accounts=ranked.searched["case"]["accounts"],
        control_accounts=control,
        notes=(*asked.notes, *_unseen(case, bool(asked.passages), bool(images))),
        parameters={
            "passages": [one.text for one in asked.passages],
            "image": [one.sha256 for one in images],
            "least": least,
        },
        inputs=tuple(case.imports()),
        versions=versions() | ({"pdqhash": importlib.metadata.version("pdqhash")} if images else {}),
    )
    if csv is not None:
        write_csv(answer.posts, csv, {"least": f"{least:g}", "program": f"inconcert {answer.versions['inconcert']}"})
    return answer


def _unseen(case: Case, words: bool, images: bool) -> list[str]:
    """What of the case's pictures the hunt could not see."""
    media, looked_at, read = (
        sum(pq.ParquetFile(part).metadata.num_rows for part in case.parts(name))
        for name in ("media", "pictures", "picture_texts")
    )
    if images and not looked_at:
        return [
            f"The case holds no pictures. Read them with the posts: inconcert ingest {case.typed} posts.csv --media FOLDER"
        ]
    if words and media and not read:
        return ["No words were read in the pictures of this case, so that passages in pictures are not found."]
    return []


def _sought(number: int, text: str, kind: str, only_exact: bool, ranked: Ranking, control: int | None) -> Sought:
    own = ranked.by_passage.get(number, {})
    theirs = ranked.control_by_passage.get(number, {})
    both = (theirs.get("accounts", 0), theirs.get("exact_accounts", 0))
    return Sought(
        number=number,
        text=text,
        kind=kind,
        only_exact=only_exact,
        exact_posts=own.get("exact_posts", 0),
        near_posts=own.get("near_posts", 0),
        picture_posts=own.get("picture_posts", 0),
        accounts=own.get("accounts", 0),
        exact_accounts=own.get("exact_accounts", 0),
        platforms=own.get("platforms", ""),
        first_us=own.get("first_us"),
        last_us=own.get("last_us"),
        control_accounts=None if control is None else both[0],
        control_exact_accounts=None if control is None else both[1],
        control_share_at_most=_at_most(both[0], control) if control else None,
    )


def _at_most(hits: int, trials: int) -> float:
    """One-sided upper bound of a share (Clopper and Pearson)."""
    return 1.0 if hits >= trials else float(betaincinv(hits + 1, trials - hits, CONFIDENCE))
