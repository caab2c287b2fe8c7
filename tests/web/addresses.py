"""Every page of a case, by name: what a test that looks at all pages opens."""

from __future__ import annotations

import re

from starlette.routing import Route

from inconcert.case import Case
from inconcert.verbs import look
from inconcert.verbs.prepare import prepare
from inconcert.verbs.sets import keep_set, sets
from inconcert.web.pages import ROUTES
from inconcert.web.rendering import path

NO_PAGES = r"\.(json|csv|css)$|/(progress|held|record|media|preview|accounts|download|object)(/|$)|^/jobs/"
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
        "account": path(name, "account", pair[0]),
        "edge": path(name, "edge", *pair),
        "post": path(name, "post", post["import_id"], post["row_ref"]),
        "record": path(name, "post", post["import_id"], post["row_ref"], "record"),
        "object": path(name, "group", "G1", "object", look.objects(view, "G1")[0].thing.number),
        "search": path(name, "search"),
        "found": path(name, "search", q="look"),
        "nothing found": path(name, "search", q="舆论"),
        "sets": path(name, "sets"),
        "set": path(name, "set", saved(case)),
        "judgements": path(name, "judgements"),
        "notes": path(name, "notes"),
        "report": path(name, "report"),
        "absent": path(name, "group", "G99"),
    }


def saved(case: Case) -> str:
    """The name of a set of the case, which is made when there is none."""
    standing = [one.name for one in sets(case) if one.retracted is None]
    return standing[0] if standing else keep_set(case, "core", by="Ann Lee", group="G1").name


def patterns() -> list[str]:
    """The addresses of whole pages that the workbench answers to a GET, as its routes spell them."""
    routes = [one for one in ROUTES if isinstance(one, Route) and "GET" in (one.methods or ())]
    return [one.path for one in routes if not re.search(NO_PAGES, one.path)]
