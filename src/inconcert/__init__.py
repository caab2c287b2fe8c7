"""Inconcert: find, document and report covert coordinated influence operations, with the chance of being wrong.

Every verb of the command line is a function here, of the same name and parameters, loaded when it is first asked for, so
that help comes at once. Where a verb lists and also writes, what writes is a function beside it: `retract` for `judgements`,
`add_note` for `notes`, `add_indicators` for `catalogue`, `keep_set` and `set_named` for `sets`. `inconcert.schema` describes every table they write.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from inconcert.version import VERSION as __version__

if TYPE_CHECKING:
    from inconcert.case import Case, Run, open_case
    from inconcert.errors import InconcertError
    from inconcert.verbs.actors import actors
    from inconcert.verbs.add import add
    from inconcert.verbs.attribute import attribute
    from inconcert.verbs.catalogue import add_indicators, catalogue
    from inconcert.verbs.changes import changes
    from inconcert.verbs.check import check
    from inconcert.verbs.choose import choose
    from inconcert.verbs.claims import claims
    from inconcert.verbs.cluster import cluster
    from inconcert.verbs.compare import compare
    from inconcert.verbs.copies import copies
    from inconcert.verbs.demo import demo
    from inconcert.verbs.describe import describe
    from inconcert.verbs.detect import detect
    from inconcert.verbs.detectors import detectors
    from inconcert.verbs.entities import entities
    from inconcert.verbs.explain import explain
    from inconcert.verbs.export import export
    from inconcert.verbs.hunt import hunt
    from inconcert.verbs.indicators import indicators
    from inconcert.verbs.ingest import ingest
    from inconcert.verbs.init import init
    from inconcert.verbs.investigate import investigate
    from inconcert.verbs.judge import judge
    from inconcert.verbs.judgements import judgements, retract
    from inconcert.verbs.link import link
    from inconcert.verbs.locate import locate
    from inconcert.verbs.notes import add_note, notes
    from inconcert.verbs.prepare import prepare
    from inconcert.verbs.rejects import rejects
    from inconcert.verbs.report import report
    from inconcert.verbs.search import search
    from inconcert.verbs.sets import keep_set, set_named, sets
    from inconcert.verbs.sources import sources
    from inconcert.verbs.verify import verify
    from inconcert.verbs.withdraw import withdraw
    from inconcert.web.serve import serve

__all__ = [
    "Case", "InconcertError", "Run", "__version__", "actors", "add", "add_indicators", "add_note", "attribute", "catalogue", "changes", "check", "choose", "claims", "cluster", "compare", "copies", "demo", "describe", "detect",
    "detectors", "entities", "explain", "export", "hunt", "indicators", "ingest", "init", "investigate", "judge", "judgements", "keep_set", "link", "locate", "notes", "open_case",
    "prepare", "rejects", "report", "retract", "search", "serve", "set_named", "sets", "sources", "verify", "withdraw",
]  # fmt: skip

_CASE = dict.fromkeys(("Case", "Run", "open_case"), "inconcert.case")
_HOME = _CASE | {"InconcertError": "inconcert.errors", "serve": "inconcert.web.serve"}
_HOME |= {"retract": "inconcert.verbs.judgements", "add_note": "inconcert.verbs.notes"}
_HOME |= {"add_indicators": "inconcert.verbs.catalogue"}
_HOME |= dict.fromkeys(("keep_set", "set_named"), "inconcert.verbs.sets")
_HOME |= {name: f"inconcert.verbs.{name}" for name in __all__ if name not in (*_HOME, "__version__")}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    return getattr(importlib.import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Shelf(ModuleType):
    """The package, in which `inconcert.detect` stays the verb.

    Importing a module of the room of that name (`inconcert.detect.layer`) would put the room in its place. Rooms are
    imported from, as in `from inconcert.detect.layer import Layer`; that needs no attribute of the package.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Shelf
