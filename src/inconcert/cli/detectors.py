"""`inconcert detectors`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from inconcert.cli.options import verb
from inconcert.cli.terminal import show

if TYPE_CHECKING:
    from inconcert.verbs.detectors import Detector


@verb("detectors", "Show the kinds of action that are compared.")
def command(as_json: bool) -> None:
    """Show the kinds of action that are compared, and what two accounts must have in common.

    \b
    Example:
      inconcert detectors --json
    """
    from inconcert.verbs.detectors import detectors

    found = detectors()
    show(found, _lines(found), as_json=as_json)


def _lines(found: list[Detector]) -> Iterator[str]:
    width = max(len(one.kind) for one in found)
    for one in found:
        yield f"{one.kind:{width}}  {one.common}"
    scales = ", ".join(f"{seconds:g} s" for seconds in found[0].windows_s)
    yield f"each within {scales}, and at any time"
