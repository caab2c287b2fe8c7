"""Undoes what makes a published address harmless to click, in all the ways in which publishers write it."""

from __future__ import annotations

import re

from inconcert.normalise.urls import refanged as refanged_link

_DOTS = str.maketrans(dict.fromkeys("．。｡․", "."))
_SIGNS = str.maketrans("：／＠［］（）｛｝", ":/@[](){}")
_DOT = re.compile(r" ?[\[({<] ?(?:\.|,|dot|d0t|punkt|punto) ?[\])}>] ?|(?<=\w) dot (?=\w)|\\\.", re.IGNORECASE)
_OPEN_DOT = re.compile(r"(?<=\w)(?:\[\.|\.\]|\(\.|\.\))(?=\w)")
_AT = re.compile(r" ?[\[({<] ?(?:@|at) ?[\])}>] ?", re.IGNORECASE)
_COLON = re.compile(r"[\[(](://|:|/)[\])]?|(?<=[ps])(:)[\])]", re.IGNORECASE)
_SCHEME = re.compile(r"\A[\[(]?(?:hxxp|h\*\*p|h__p|htxp|meow|http)(s?)[\])]?(?=:)", re.IGNORECASE)
_SLASHES = re.compile(r"\A(https?:)(?:\\\\|//+|\\/\\/)(?=[^/\\])")


def refanged(written: str) -> str:
    """A value as it would be typed: hxxp, h**p, meow, [.], (.), {.}, (dot), .], [@], [at], [:], [://], dots and brackets of full width.

    Only for what may be an address: in a text, `dot` between blanks is a word.
    """
    text = " ".join(written.split()).strip("<>\"'`“”‘’").translate(_SIGNS).translate(_DOTS)
    text = _AT.sub("@", _DOT.sub(".", text))
    text = _COLON.sub(lambda sign: sign[1] or sign[2], _OPEN_DOT.sub(".", text))
    text = _SCHEME.sub(r"http\1", text)
    return refanged_link(_SLASHES.sub(r"\1//", text))
