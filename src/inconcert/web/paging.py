"""Where a page of a long list begins, and what lies before and after it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request

_MOST_DIGITS = 8


class Number(Convertor[int]):
    """A number within an address, of as many digits as every table can hold; an address with more of them is none of ours."""

    regex = "[0-9]{1,18}"

    def convert(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_string(self, value: int) -> str:
        """As an address spells it."""
        return str(value)


register_url_convertor("number", Number())


def number_asked(request: Request, name: str, otherwise: int = 0) -> int:
    """A number of the address; `otherwise` where it is none."""
    asked = request.query_params.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= _MOST_DIGITS else otherwise


@dataclass(frozen=True)
class Stretch:
    """Part of a list.   start: entries before it.   shown: most entries on a page.   total: of the list."""

    start: int
    shown: int
    total: int

    @property
    def end(self) -> int:
        """Entries up to its last."""
        return min(self.start + self.shown, self.total)

    @property
    def before(self) -> int | None:
        """Where the page before begins; None when this is the first."""
        return max(0, self.start - self.shown) if self.start else None

    @property
    def after(self) -> int | None:
        """Where the next page begins; None when this is the last."""
        return self.start + self.shown if self.start + self.shown < self.total else None


def stretch(request: Request, name: str, shown: int, total: int) -> Stretch:
    """The part of a list that the address asks for; the last one for what lies beyond it."""
    last = max(0, (total - 1) // shown * shown)
    return Stretch(min(number_asked(request, name), last), shown, total)
