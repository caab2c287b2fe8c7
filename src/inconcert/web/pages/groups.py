"""`/c/<case>/groups`: every group, with what is known and was decided of it, to be filtered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from inconcert.judgement.decided import parts_found
from inconcert.report import claims
from inconcert.report.claims import words as level_words
from inconcert.report.words import NOUN, joined
from inconcert.verbs.judgements import decided_now
from inconcert.verbs.look import View, groups, groups_platforms, groups_sharing, overview, standing_out, texts_shown
from inconcert.web.paging import number_asked
from inconcert.web.rendering import page
from inconcert.web.views import named, view_of
from inconcert.web.workbench import workbench_of

LEVELS = ("L3", "L2", "L1", "L0")
SHOWN = 100
"""Groups on one page; candidates may be many."""


@dataclass(frozen=True)
class Row:
    """One line of the list.   href: id in addresses.   row: of the table `groups`, None for a group that people made.   said: what people
    said about it, masked.   over: whether its name claims more than the evidence carries.   aside, part_of: whether it was set aside, and into which group it was put.
    """

    id: str
    name: str | None
    row: Mapping[str, object] | None
    size: int
    platforms: tuple[str, ...]
    evidence: str
    innocent: tuple[str, ...]
    stands_out: str
    judged: int
    aside: bool
    part_of: str | None
    origin: tuple[str, ...]
    over: bool

    @property
    def level(self) -> str:
        """Its level; "" for a group that people made."""
        return str(self.row["level"]) if self.row is not None else ""


def listing(request: Request) -> Response:
    """The page."""
    view, asked = view_of(request), request.query_params
    rows = _rows(request, view)
    kinds = sorted({kind for row in rows for kind in _kinds(row)}, key=list(NOUN).index)
    platforms = sorted({platform for row in rows for platform in row.platforms})
    wanted = {name: asked.get(name, "").strip()[:200] for name in ("level", "kind", "platform", "text", "aside")}
    sharing = groups_sharing(view, wanted["text"]) if wanted["text"] else frozenset()
    found = [row for row in rows if _fits(row, wanted, sharing)]
    start = number_asked(request, "from")
    return page(
        request,
        "groups.html.jinja",
        case=request.path_params["case"],
        title=overview(view).title,
        section="groups",
        rows=found[start : start + SHOWN],
        total=len(rows),
        found=len(found),
        start=start,
        shown=SHOWN,
        wanted=wanted,
        levels=[(level, level_words(level)) for level in LEVELS if any(row.level == level for row in rows)],
        kinds=[(kind, NOUN[kind]) for kind in kinds],
        platforms=platforms,
    )


def _rows(request: Request, view: View) -> list[Row]:
    case = workbench_of(request).case(request.path_params["case"])
    now = decided_now(case)
    levels = {one.id: str(one.row["level"]) for one in groups(view)}
    platforms, stands = groups_platforms(view), standing_out(view)
    names = {id: one.name for id, one in now.groups.items() if one.name is not None}
    shown = dict(zip(names, texts_shown(view, list(names.values()), names=named(request)), strict=True))
    rows = []
    for one in groups(view):
        its = now.groups.get(one.id)
        evidence = joined([NOUN.get(kind, kind) for kind in (one.row["evidence_kinds"] or "").split(",") if kind])
        rows.append(
            Row(
                one.id, shown.get(one.id), one.row, one.row["size"], platforms.get(one.id, ()), evidence,
                tuple(name for name, _ in one.innocent), stands.get(one.id, ""), len(its.judgements) if its else 0,
                its is not None and its.aside is not None, its.merged_into if its else None, (),
                its is not None and _over(its.name, [str(one.row["level"])]),
            )
        )  # fmt: skip
    made = [one for one in now.groups.values() if one.origin]
    return rows + [
        Row(
            one.id, shown.get(one.id), None, len(one.members), (), "", (), "", len(one.judgements), one.aside is not None,
            one.merged_into, one.origin, _over(one.name, [levels[part] for part in parts_found(now, one.id) if part in levels]),
        )
        for one in made
    ]  # fmt: skip


def _over(name: str | None, levels: list[str]) -> bool:
    return name is not None and claims.exceeds(claims.lowest(levels), name)


def _kinds(row: Row) -> Sequence[str]:
    """Kinds of action that a group was found on or has evidence of its own in."""
    if row.row is None:
        return ()
    its = [str(row.row["kind"]), *str(row.row["evidence_kinds"] or "").split(",")]
    return [kind for kind in dict.fromkeys(its) if kind in NOUN]


def _fits(row: Row, wanted: Mapping[str, str], sharing: Collection[str]) -> bool:
    """sharing: groups whose members share something that holds the words wanted."""
    if wanted["level"] and row.level != wanted["level"]:
        return False
    if wanted["kind"] and wanted["kind"] not in _kinds(row):
        return False
    if wanted["platform"] and wanted["platform"] not in row.platforms:
        return False
    if wanted["aside"] and (row.aside or row.part_of is not None) != (wanted["aside"] == "yes"):
        return False
    text = wanted["text"].casefold()
    if not text:
        return True
    about = " ".join((row.id, row.name or "", row.evidence, *row.innocent, row.stands_out)).casefold()
    return text in about or row.id in sharing


ROUTES = [Route("/c/{case}/groups", listing)]
