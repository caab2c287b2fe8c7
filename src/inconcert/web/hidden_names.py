"""What a page says of an error: no account is named in it that is not named on the page."""

from __future__ import annotations

from starlette.requests import Request

from inconcert.errors import InconcertError, UnknownName
from inconcert.verbs.look import View, texts_shown
from inconcert.web.views import named


def said_of_error(request: Request, view: View, error: InconcertError) -> str:
    """The message; of a name that nobody has, what is called otherwise is left out, since that may be accounts."""
    if named(request):
        return str(error)
    message = str(error)
    if isinstance(error, UnknownName) and "account" in message:
        message = message.partition("'.")[0] + "'." if "'." in message else message
    (shown,) = texts_shown(view, [message])
    return shown
