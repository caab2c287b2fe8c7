"""What the runs copies, describe and indicators add to a report; without them each part is None."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from inconcert.case import Case
from inconcert.report.avatars import Avatars, avatars
from inconcert.report.clues import Clues, clues
from inconcert.report.contact_sheet import ContactSheet, contact_sheet
from inconcert.report.copies import Copies, copies, read_in_pictures
from inconcert.report.events import Events, events
from inconcert.report.evidence import Witness
from inconcert.report.languages import Languages, languages
from inconcert.report.measured import Indicators
from inconcert.report.measured_rows import measured
from inconcert.report.post_references import Asked, Reference, quotes
from inconcert.report.runs import Runs
from inconcert.report.substitutions import Substitutions, substitutions


@dataclass(frozen=True)
class Additions:
    """compared: whether near-identical texts and pictures were compared.   described: whether there is such a run;
    outdated, indicators_outdated: whether such runs were of other groups.
    pictured: files of pictures and videos the case holds.   profiles: clusters of profile pictures.
    objects: (kind, object id) of an action on a near-identical text or picture -> what it is, in its own words.
    """

    compared: bool
    described: bool
    outdated: bool
    pictured: int
    copies: Copies | None
    substitutions: Substitutions | None
    pictures: ContactSheet | None
    profiles: ContactSheet | None
    clues: Clues | None
    languages: Languages | None
    avatars: Avatars | None
    indicators: Indicators | None
    indicators_outdated: bool
    events: Events
    objects: Mapping[tuple[str, str], str]

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every post that these parts give, in the order of the page."""
        parts = (
            self.copies,
            self.substitutions,
            self.pictures,
            self.profiles,
            self.clues,
            self.languages,
            self.indicators,
        )
        return tuple(reference for part in parts if part is not None for reference in part.references)

    @property
    def accounts(self) -> list[str]:
        """Authors of these posts, in that order, and accounts that indicators name."""
        measured = self.indicators.accounts if self.indicators is not None else []
        return [*(reference.post.account_id for reference in self.references), *measured]


def additions(
    con: duckdb.DuckDBPyConnection,
    case: Case,
    runs: Runs,
    standing: Sequence[str],
    witnesses: Sequence[Witness],
    alpha: float,
) -> Additions:
    """Gather them. standing: ids of the groups of the report.   witnesses: those printed, whose objects need words of their own."""
    copied, described = runs.copies is not None, runs.describe is not None
    pictured = con.execute("SELECT count(DISTINCT sha256) FROM media").fetchall()[0][0]
    return Additions(
        compared=runs.compared,
        described=described,
        outdated=runs.outdated,
        pictured=pictured,
        copies=copies(con) if copied else None,
        substitutions=substitutions(con, alpha) if copied else None,
        pictures=contact_sheet(con, case, "post") if copied else None,
        profiles=contact_sheet(con, case, "avatar") if copied else None,
        clues=clues(con, case) if pictured else None,
        languages=languages(con, alpha) if described else None,
        avatars=avatars(con) if described else None,
        indicators=measured(con, runs.indicators, standing) if runs.indicators is not None else None,
        indicators_outdated=runs.indicators_outdated,
        events=events(case),
        objects=_objects(con, witnesses),
    )


def _objects(con: duckdb.DuckDBPyConnection, witnesses: Sequence[Witness]) -> dict[tuple[str, str], str]:
    """The clusters behind witnesses: of texts the representative wording, of pictures what they are."""
    texts = sorted({w.object_id for w in witnesses if w.kind == "near_text"})
    pictures = sorted({w.object_id for w in witnesses if w.kind == "near_media"})
    found: dict[tuple[str, str], str] = {}
    if texts:
        rows = con.execute(
            "SELECT cluster_id, post_id, text_hash FROM copy_clusters WHERE list_contains($1, cluster_id)", [texts]
        ).fetchall()
        posts = quotes(con, [Asked(id, post_id, text_hash=text_hash) for id, post_id, text_hash in rows])
        read = read_in_pictures(con, [post_id for id, post_id, _ in rows if id not in posts])
        for id, post_id, text_hash in rows:
            words = posts[id].text if id in posts else read.get((post_id, text_hash))
            found["near_text", id] = words or ""
    if pictures:
        rows = con.execute(
            "SELECT cluster_id, kind, files FROM picture_clusters WHERE list_contains($1, cluster_id)", [pictures]
        ).fetchall()
        found |= {("near_media", id): f"{kind} in {files:,} files" for id, kind, files in rows}
    return found
