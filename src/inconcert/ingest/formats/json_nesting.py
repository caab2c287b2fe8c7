"""Where a JSON value ends by its brackets and quotes alone, for values that are no JSON or too long to be read."""

from __future__ import annotations

import re

BRACES, BRACKETS = "{}", "{}[]"
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|(\\?\Z))|[{}\[\]]', re.DOTALL)
_STRING_REST = re.compile(r'(?:[^"\\]++|\\.)*+(?:"|(\\?\Z))', re.DOTALL)


class Nesting:
    """Goes once through the text of a value, piece by piece, and keeps nothing of it.

    depth: brackets that are open; below 0 where one closes that was never opened.
    """

    def __init__(self, brackets: str) -> None:
        """brackets: those that count. With BRACES alone the end of an object is found though a list in it is not closed."""
        self.depth = 0
        self._steps = {sign: 1 if sign in "{[" else -1 for sign in brackets}
        self._string_is_value = brackets == BRACKETS
        self._in_string = self._escaped = False

    def end(self, text: str, place: int = 0) -> int | None:
        """Where the value ends in the next piece of its text, which begins at the place; None if it goes on after it."""
        if self._escaped and place < len(text):
            place, self._escaped = place + 1, False
        if self._in_string:
            rest = _STRING_REST.match(text, place)
            if rest is None or self._goes_on(rest):
                return None
            place = rest.end()
            if self._string_is_value and not self.depth:
                return place
        for token in _TOKEN.finditer(text, place):
            sign = token[0][0]
            if sign == '"' and self._goes_on(token):
                return None
            self.depth += self._steps.get(sign, 0)
            if self.depth <= 0 and (sign in self._steps or (self._string_is_value and sign == '"')):
                return token.end()
        return None

    def _goes_on(self, string: re.Match[str]) -> bool:
        """Whether the piece ends within a string."""
        self._in_string, self._escaped = string[1] is not None, string[1] == "\\"
        return self._in_string
