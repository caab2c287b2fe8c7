"""Every page of a case, by name: what a test that looks at all pages opens."""

from __future__ import annotations

import re

from starlette.routing import Route
from tests.web.known_library import library

from inconcert.case import Case
from inconcert.entities.held_entities import held_entities
from inconcert.verbs import look
from inconcert.verbs.add_entities import add_entities
from inconcert.verbs.entity_look import entered_files, entity_key
from inconcert.verbs.held_libraries import held_libraries, libraries_beside
from inconcert.verbs.prepare import prepare
from inconcert.verbs.sets import keep_set, sets
from inconcert.web.pages import ROUTES
from inconcert.web.rendering import path

REPORT = "2019-09-graphika"
"""One of the bundled reports."""
NO_PAGES = r"\.(json|csv|css)$|/(progress|held|record|media|picture|preview|accounts|download|object)(/|$)|^/jobs/"
"""Addresses that answer with something else than a page of their own, or only after work was begun."""


def addresses(case: Case) -> dict[str, str]:
    """Pages of a prepared case that has groups, pairs and posts."""
    name, view = case.path.name, prepare(case)
    data = look.network_data(view)
    nodes, edges = data["nodes"], data["edges"]
    pair = (nodes["key"][edges["source"][0]], nodes["key"][edges["target"][0]])
    post = view.rows("SELECT import_id, row_ref FROM posts ORDER BY length(text) DESC, post LIMIT 1")[0]
    return {
        "start": "/",
        "case": path(name),
        "import": path(name, "import"),
        "network": path(name, "network"),
        "measured": path(name, "measured"),
        "network, a pair": f"{path(name, 'network')}#e={pair[0]}.{pair[1]}",
        "groups": path(name, "groups"),
        "group": path(name, "group", "G1"),
        "assessment": path(name, "group", "G1", "assessment"),
        "assessment, an item": path(name, "group", "G1", "assessment", "item", key="explained/syndication"),
        "account": path(name, "account", pair[0]),
        "edge": path(name, "edge", *pair),
        "post": path(name, "post", post["import_id"], post["row_ref"]),
        "record": path(name, "post", post["import_id"], post["row_ref"], "record"),
        "object": path(name, "group", "G1", "object", look.objects(view, "G1")[0].thing.number),
        "search": path(name, "search"),
        "found": path(name, "search", q="look"),
        "nothing found": path(name, "search", q="舆论"),
        "entities": path(name, "entities"),
        "entity": path(name, "entity", an_entity(case)),
        "entity paths": path(name, "entities", "paths", start=an_entity(case), goal="qi-an-xin", steps=2),
        "sets": path(name, "sets"),
        "set": path(name, "set", saved(case)),
        "judgements": path(name, "judgements"),
        "notes": path(name, "notes"),
        "report": path(name, "report"),
        "links": path(name, "group", "G1", "links"),
        "place": path(name, "group", "G1", "place"),
        "catalogue of all": "/catalogue",
        "report of all": f"/catalogue/report/{REPORT}",
        "operation of all": f"/catalogue/known/{operations(case)[0]}",
        "catalogue": path(name, "catalogue"),
        "catalogue, narrowed": path(name, "catalogue", platform="Twitter", q="hong"),
        "report of the register": path(name, "catalogue", "report", REPORT),
        "operation": path(name, "catalogue", "known", operations(case)[1]),
        "absent": path(name, "group", "G99"),
    }


def operations(case: Case) -> tuple[str, str]:
    """The keys of an operation of a library beside the case, which is made when there is none, and of one that the case keeps."""
    folder = case.path.parent
    if not libraries_beside(folder):
        library(folder / "known", source="Quay Notes")
    held = held_libraries(folder, case)
    beside, kept = (next(one for one in held if one.kept is kept) for kept in (False, True))
    return beside.operations[0].key, kept.operations[0].key


def an_entity(case: Case) -> str:
    """The place in an address of an entity of the case, to which the bundled example is added when it holds none."""
    if not any(one.retracted is None for one in entered_files(case)):
        add_entities(case, [], by="Ann Lee", reference=True)
    graph = held_entities(case).graph
    return entity_key(max(graph.nodes, key=lambda id: (id == "yancheng-psb", len(graph.of[id]), id)))


def saved(case: Case) -> str:
    """The name of a set of the case, which is made when there is none."""
    standing = [one.name for one in sets(case) if one.retracted is None]
    return standing[0] if standing else keep_set(case, "core", by="Ann Lee", group="G1").name


def patterns() -> list[str]:
    """The addresses of whole pages that the workbench answers to a GET, as its routes spell them."""
    routes = [one for one in ROUTES if isinstance(one, Route) and "GET" in (one.methods or ())]
    return [one.path for one in routes if not re.search(NO_PAGES, one.path)]
