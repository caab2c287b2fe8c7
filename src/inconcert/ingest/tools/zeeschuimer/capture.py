"""What Zeeschuimer writes around the data of every platform: where and when a browser was shown them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from inconcert.ingest.native_values import text_at
from inconcert.ingest.shape import Native, Shape, Unfit

Records = Callable[[Native], Iterable[Mapping[str, Any]]]
"""Data as a platform wrote them -> records {field: value}. Unfit and Passed as a shape raises them."""


def how(platform: str) -> str:
    """How to get such a file of that platform, for people."""
    return (
        f"Install the browser extension Zeeschuimer, switch {platform} on in its window, browse the pages to be kept, and "
        "press .ndjson. 4CAT gives the same lines when a capture was sent there."
    )


TOLD_BY = (
    "source_platform data timestamp_collected|nav_index",
    "__import_meta.source_platform __import_meta.timestamp_collected|__import_meta.nav_index",
)
"""Keys of a line of Zeeschuimer, and of one that 4CAT keeps."""
NO_HISTORY = "Only what the browser was shown is in it, in the order and choice of the platform."


@dataclass(frozen=True)
class Capture:
    """One line. source: platform as Zeeschuimer names it, such as "x.com".   data: as the platform wrote them.
    observed_at: milliseconds since 1970, as text.
    """

    source: str
    data: Native
    observed_at: str | None


def captured(native: Native) -> Capture | None:
    """The line as a capture: data beside what is told of them, or, as 4CAT keeps it, the telling inside the data; else None."""
    meta, data = native.get("__import_meta", native), native.get("data")
    if meta is not native:
        data = {key: value for key, value in native.items() if key != "__import_meta"}
    source = text_at(meta, "source_platform")
    if source is None or not isinstance(data, dict) or text_at(meta, "timestamp_collected", "nav_index") is None:
        return None
    return Capture(source.casefold().removeprefix("www."), data, text_at(meta, "timestamp_collected"))


def shape_of(sources: frozenset[str], records: Records, fields: Iterable[str]) -> Shape:
    """The shape of captures of one platform.   sources: its names in Zeeschuimer, old and new."""

    def fits(native: Native, head: Mapping[str, Any]) -> bool:
        capture = captured(native)
        return capture is not None and capture.source in sources

    def observed(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        capture = captured(native)
        if capture is None:
            raise Unfit("no capture of Zeeschuimer: source_platform, timestamp_collected or data is missing")
        if capture.source not in sources:
            raise Unfit(
                f"captured on {capture.source[:60]}, while the file was taken for {min(sources)}; read a file of several "
                "platforms with --format zeeschuimer"
            )
        for record in records(capture.data):
            yield {**record, "observed_at": capture.observed_at}

    told = f"source_platform is {' or '.join(sorted(sources))}"
    return Shape(fits, observed, tuple(dict.fromkeys((*fields, "observed_at"))), told_by=TOLD_BY, told=told)


def owned(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """The record; Unfit when it lacks the id of the post or an author."""
    if not record.get("post_id"):
        raise Unfit("has no id of the post")
    if not record.get("account_id") and not record.get("handle"):
        raise Unfit("has no author: neither an id nor a name, as with deleted and anonymous posts")
    return record
