"""Who speaks: the name under which a browser judges, asked once and kept until the server ends."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request

from inconcert.judgement.wording import author
from inconcert.web.workbench import session_of


def signed(request: Request, form: FormData) -> str:
    """The author that a form names, remembered for the next one. InputError when it names none."""
    name = author(str(form.get("by", "")) or session_of(request).author)
    session_of(request).author = name
    return name
