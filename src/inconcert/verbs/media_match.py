"""Which post, or whose profile, a file belongs to: by the media ids of the posts, by post ids, by account ids and handles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import pyarrow as pa

from inconcert import schema
from inconcert.case import Case
from inconcert.engine.duckdb import DuckDB
from inconcert.normalise.media_names import name_in_export
from inconcert.verbs.media_folder import relative_name
from inconcert.verbs.same_ids import native

AVATAR_FOLDERS = ("avatars", "profile_images")

LEAST_STEM = 6
"""A name without its ending, shorter than this, is no name for a media id with another ending: 1.jpg is not 1.png."""

LEAST_POST_ID = 8
"""A post id of fewer characters may be followed in a file's name by a number only: 2020-report.jpg is not of post 2020."""

CARRIED = pa.schema(
    [("file", pa.string()), ("media_id", pa.string()), ("use", pa.string()), ("post_id", pa.string()),
     ("account_id", pa.string()), ("platform", pa.string()), ("time_us", pa.int64())]
)  # fmt: skip
"""Columns of what is matched; media_id is NULL where the export names none."""

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#]*", re.IGNORECASE)
_ENDING = re.compile(r"[?#].*|:(large|orig|small|medium|thumb)$", re.DOTALL)
_NUMBER = re.compile(r"\d{1,3}")


@dataclass(frozen=True)
class Matched:
    """carried: CARRIED of one role.   doubtful: {file: why it was not matched} of files that name more than one thing."""

    carried: pa.Table
    doubtful: dict[str, str]


def match(case: Case, role: str, files: Sequence[str], of: frozenset[str] | None = None) -> Matched:
    """What the posts and profiles of that role carry of these files (names in their folder).

    of: imports whose files may lie in the folder; names of the files of other exports are not theirs. None for any.
    """
    engine = DuckDB()
    try:
        for name in ("posts", "accounts", "actions"):
            engine.attach(name, case.parts(name, role) or schema.table(name).empty())
        avatars = [file for file in files if PurePosixPath(file).parent.name in AVATAR_FOLDERS]
        others = sorted({*files} - {*avatars})
        doubtful: dict[str, str] = {}
        by_id = _by_media_id(engine, others, of, doubtful)
        named = set(by_id["file"].to_pylist())
        by_post = _by_post_id(engine, [file for file in others if file not in named and file not in doubtful], doubtful)
        found = [by_id, by_post, _by_account(engine, avatars, doubtful)]
        return Matched(pa.concat_tables([table.cast(CARRIED) for table in found]), doubtful)
    finally:
        engine.close()


def _by_media_id(engine: DuckDB, files: Sequence[str], of: frozenset[str] | None, doubtful: dict[str, str]) -> pa.Table:
    found = engine.sql("SELECT DISTINCT object_id FROM actions WHERE kind = 'media'")["object_id"].to_pylist()
    ids = [id for id in found if of is None or (export := name_in_export(id)[0]) is None or export in of]
    paths = {id: media_path(id) for id in sorted(ids)}
    named: dict[str, list[str]] = defaultdict(list)
    for id, path in paths.items():
        for key in {path.name, path.stem if len(path.stem) >= LEAST_STEM else path.name}:
            named[key].append(id)
    pairs = []
    for file in files:
        path = PurePosixPath(file)
        candidates = named.get(path.name) or (named.get(path.stem, []) if len(path.stem) >= LEAST_STEM else [])
        alike = {id: _common_tail(paths[id], path) for id in candidates}
        best = [id for id in candidates if alike[id] == max(alike.values())]
        if len(best) == 1:
            pairs.append({"file": file, "media_id": best[0]})
        elif best:
            doubtful[file] = f"its name fits {len(best):,} media ids, '{name_in_export(best[0])[1][:80]}' among them"
    engine.attach(
        "pairs", pa.Table.from_pylist(pairs, schema=pa.schema([CARRIED.field("file"), CARRIED.field("media_id")]))
    )
    return engine.sql("""
        SELECT DISTINCT file, media_id, 'post' AS use, post_id, account_id, platform, time_us
        FROM pairs JOIN actions ON object_id = media_id AND kind = 'media' ORDER BY ALL""")


def media_path(id: str) -> PurePosixPath:
    """A media id as the path of a file: of an address what follows the host, without its parameters and size."""
    _, id = name_in_export(id)
    path = PurePosixPath(_ENDING.sub("", _ADDRESS.sub("", relative_name(id) or id)).strip("/"))
    return path if path.name else PurePosixPath(id.replace("/", "_"))


def _common_tail(a: PurePosixPath, b: PurePosixPath) -> int:
    """Folders that two paths have in common before their names, from the right."""
    count = 0
    for one, other in zip(reversed(a.parts[:-1]), reversed(b.parts[:-1]), strict=False):
        if one != other:
            break
        count += 1
    return count


def _by_post_id(engine: DuckDB, files: Sequence[str], doubtful: dict[str, str]) -> pa.Table:
    splits = [
        {"file": file, "post_id": post_id, "rest": rest}
        for file in files
        for post_id, rest in _splits(PurePosixPath(file).stem)
    ]
    columns = pa.schema([CARRIED.field("file"), CARRIED.field("post_id"), ("rest", pa.string())])
    engine.attach("splits", pa.Table.from_pylist(splits, schema=columns))
    rows = engine.sql("""
        SELECT file, rest, posts.post_id, posts.account_id, posts.platform, posts.kind, epoch_us(created_at) AS time_us,
          list(DISTINCT object_id ORDER BY object_id) FILTER (object_id IS NOT NULL) AS ids
        FROM splits JOIN posts USING (post_id)
        LEFT JOIN actions ON actions.post_id = posts.post_id AND actions.account_id = posts.account_id
          AND actions.platform = posts.platform AND actions.kind = 'media'
        GROUP BY 1, 2, 3, 4, 5, 6, 7
        ORDER BY file, length(posts.post_id) DESC, posts.platform, posts.account_id""").to_pylist()
    of_file: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        of_file[row["file"]].append(row)
    found = []
    for file, candidates in of_file.items():
        longest = [row for row in candidates if row["post_id"] == candidates[0]["post_id"]]
        if len(longest) > 1:
            doubtful[file] = f"its name fits posts of {len(longest):,} accounts or platforms"
        elif longest[0]["kind"] == "share":
            doubtful[file] = "its post is a share: the picture is another post's"
        else:
            found.append({**longest[0], "use": "post", "media_id": _id_of(longest[0])})
    return pa.Table.from_pylist(found, schema=CARRIED)


def _splits(stem: str) -> Iterator[tuple[str, str]]:
    """(post id, rest) for every way to read a name as a post id and what tells its pictures apart."""
    yield stem, ""
    for sign in re.finditer("[-_]", stem):
        post_id, rest = stem[: sign.start()], stem[sign.end() :]
        if post_id and (len(post_id) >= LEAST_POST_ID or _NUMBER.fullmatch(rest)):
            yield post_id, rest


def _id_of(row: dict[str, object]) -> str | None:
    """The media id of a post that a file is: its only one, or the one the rest of the name repeats."""
    ids = row["ids"]
    if not isinstance(ids, list):
        return None
    said = [id for id in ids if row["rest"] in (media_path(id).name, media_path(id).stem)]
    return str((said or ids)[0]) if len(said or ids) == 1 else None


def _by_account(engine: DuckDB, files: Sequence[str], doubtful: dict[str, str]) -> pa.Table:
    names = [{"file": file, "name": PurePosixPath(file).stem} for file in files]
    engine.attach(
        "names", pa.Table.from_pylist(names, schema=pa.schema([CARRIED.field("file"), ("name", pa.string())]))
    )
    rows = engine.sql(f"""
        WITH known AS (
          SELECT account_id, platform, {native("account_id")} AS name FROM accounts UNION
          SELECT account_id, platform, {native("account_id")} AS name FROM posts UNION
          SELECT account_id, platform, handle AS name FROM accounts WHERE handle IS NOT NULL)
        SELECT DISTINCT file, account_id, platform FROM names JOIN known USING (name) ORDER BY ALL""").to_pylist()
    return pa.Table.from_pylist([{**row, "use": "avatar"} for row in _single(rows, doubtful)], schema=CARRIED)


def _single(rows: Iterable[dict[str, str]], doubtful: dict[str, str]) -> list[dict[str, str]]:
    of_file: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        of_file[row["file"]].append(row)
    for file, its in of_file.items():
        if len(its) > 1:
            doubtful[file] = (
                f"its name fits {len(its):,} accounts, '{its[0]['account_id']}' on {its[0]['platform']} among them"
            )
    return [its[0] for its in of_file.values() if len(its) == 1]
