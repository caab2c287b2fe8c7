"""`describe`: what accounts and groups are like beside who acts with whom: their languages and their profile pictures."""

from __future__ import annotations

import time

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from inconcert import schema
from inconcert.case import Case, Run, run_id
from inconcert.describe.cross_language import cross_language
from inconcert.describe.language_mix import account_languages, group_languages
from inconcert.describe.language_switches import language_switches
from inconcert.describe.own_posts import open_own_posts
from inconcert.errors import InputError
from inconcert.normalise.language import UNKNOWN
from inconcert.progress import Progress, silent
from inconcert.verbs.clustered import copied_of, newest_clusters
from inconcert.verbs.copies import copies
from inconcert.verbs.gather import versions

SEED = 0
"""Nothing here is random: the null of the switches is exact. The number only takes the place every run has for one."""

NOT_A_NEW_OWNER = (
    "A switch of language is no proof of a new owner: people move, write two languages, or turn to another audience, and an "
    "event or the query by which the posts were collected can pick one language for a while. Read the posts on either side."
)
NOT_COPIES = "What posts in different languages have in common is a lead to look at; whether their texts say the same was not measured."


def describe(case: Case, *, alpha: float = 0.01, progress: Progress = silent) -> Run:
    """Tell the languages of accounts and groups, when they changed, what ties posts across languages, and shared avatars.

    Works on the newest cluster run and the copies run it rests on; without one, on the newest copies run of these posts, which
    is made where there is none. alpha: largest q-value of a switch.
    Tables of the run: account_languages, group_languages, language_switches, cross_language, group_avatars. InputError when
    there is no cluster run, or when posts were added after it.
    """
    if not 0 < alpha < 1:
        raise InputError(f"alpha is {alpha}; it must lie between 0 and 1.")
    with case.lock():
        clustered = newest_clusters(case, "describe")
        copied = copied_of(case, clustered) or copies(case, progress=progress)
        parameters = {"alpha": alpha, "seed": SEED}
        inputs = sorted({*case.imports(), *clustered.info["inputs"], clustered.id, copied.id})
        known = case.known_run(run_id("describe", parameters, inputs, versions()))
        if known:
            return known
        started = time.monotonic()
        tables = _tables(case, clustered, copied, alpha, progress)
        return case.record_run(
            "describe",
            parameters=parameters,
            inputs=inputs,
            versions=versions(),
            seed=SEED,
            engine="duckdb",
            tables=tables,
            counts=_counts(tables),
            duration_s=time.monotonic() - started,
            notes=[
                *([NOT_A_NEW_OWNER] if len(tables["language_switches"]) else []),
                *([NOT_COPIES] if len(tables["cross_language"]) else []),
            ],
        )


def _tables(case: Case, clustered: Run, copied: Run, alpha: float, progress: Progress) -> dict[str, pa.Table]:
    members = clustered.table("members")
    posts = case.parts("posts")
    progress("counting languages", 0, None)
    engine = open_own_posts(posts, copied.table("languages"), members)
    try:
        tables = {
            "account_languages": account_languages(engine),
            "group_languages": group_languages(engine),
            "language_switches": language_switches(engine, alpha),
            "cross_language": cross_language(
                engine,
                [
                    *case.parts("actions"),
                    *case.parts("actions", "control"),
                    *(copied.path / f"{name}.parquet" for name in ("near_actions", "near_actions_control")),
                ],
                [*posts, *case.parts("posts", "control")],
                progress=progress,
            ),
        }
    finally:
        engine.close()
    return {**tables, "group_avatars": _avatars(case, members, copied)}


def _avatars(case: Case, members: pa.Table, copied: Run) -> pa.Table:
    """The profile pictures of the groups; no row when the case holds no files of pictures."""
    from inconcert.describe.avatars import group_avatars

    media, control_media = _read(case, "media", "case"), _read(case, "media", "control")
    if not len(media):
        return schema.GROUP_AVATARS.empty()
    return group_avatars(
        members,
        media,
        control_media if len(control_media) else None,
        copied.table("picture_clusters"),
        copied.table("picture_copies"),
        pa.concat_tables([_read(case, "faces", "case"), _read(case, "faces", "control")]),
    )


def _read(case: Case, name: str, role: str) -> pa.Table:
    table = schema.table(name)
    return pa.concat_tables([table.empty(), *(table.check(pq.read_table(part)) for part in case.parts(name, role))])


def _counts(tables: dict[str, pa.Table]) -> dict[str, int]:
    mix = tables["account_languages"]
    known = mix.filter(pc.not_equal(mix["language"], UNKNOWN))
    return {
        "posts_of_known_language": pc.sum(known["posts"]).as_py() or 0,
        "posts_of_unknown_language": pc.sum(mix["posts"]).as_py() - (pc.sum(known["posts"]).as_py() or 0)
        if len(mix)
        else 0,
        "languages": len(pc.unique(known["language"])),
        "switches_of_language": len(tables["language_switches"]),
        "leads_across_languages": len(tables["cross_language"]),
    }
