"""The register of disclosed operations as one HTML page that loads nothing: the picture, and a row a report."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

import jinja2
from markupsafe import Markup

from inconcert.catalogue import disarm
from inconcert.catalogue.observables import observables
from inconcert.catalogue.reports import LEVELS, SOURCE, Report
from inconcert.report import words
from inconcert.report.drawing import Drawing
from inconcert.report.hostile_text import visible
from inconcert.version import VERSION


def catalogue_page(reports: Sequence[Report], drawing: Drawing) -> str:
    """The page.   drawing: of `catalogue_chart`, over the same reports."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("inconcert.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
    )
    environment.filters |= {"count": words.count, "joined": words.joined}
    style = Markup(
        environment.get_template("comparison.css").render() + environment.get_template("catalogue.css").render()
    )
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; script-src 'none'; base-uri 'none'; form-action 'none'"
    return environment.get_template("catalogue.html.jinja").render(
        style=style,
        policy=Markup(policy),
        reports=reports,
        drawing=drawing,
        observables=observables(),
        levels=LEVELS,
        source=SOURCE,
        framework=disarm.licence(),
        version=VERSION,
    )
