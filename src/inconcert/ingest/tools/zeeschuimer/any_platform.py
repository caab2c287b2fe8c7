"""Captures of several platforms in one file, and those of platforms whose layout is not known here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from inconcert.ingest.importer import Importer
from inconcert.ingest.shape import Native, Shape, Unfit
from inconcert.ingest.tools.zeeschuimer.capture import NO_HISTORY, TOLD_BY, captured, how


def any_platform(known: Sequence[Importer]) -> Importer:
    """The importer that reads each line as the one of its platform does; Unfit, with the remedy, for other platforms."""
    shapes = [(one.platform, one.shape) for one in known if one.shape is not None]

    def fits(native: Native, head: Mapping[str, Any]) -> bool:
        return captured(native) is not None

    def records(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        capture = captured(native)
        if capture is None:
            raise Unfit("no capture of Zeeschuimer: source_platform, timestamp_collected or data is missing")
        for platform, shape in shapes:
            if shape.fits(native, head):
                yield from ({**record, "platform": platform} for record in shape.records(native, head))
                return
        raise Unfit(
            f"captured on {capture.source[:60]!r}, whose layout is not known here. Send the capture to a 4CAT server, or give "
            "it the file, and read the CSV that 4CAT offers of it"
        )

    return Importer(
        name="zeeschuimer",
        general=True,
        title="Zeeschuimer, several platforms in one file",
        signatures=(),
        columns={},
        shape=Shape(
            fits,
            records,
            tuple(dict.fromkeys(("platform", *(f for _, shape in shapes for f in shape.fields)))),
            told_by=TOLD_BY,
            told="source_platform names several platforms, or one that has no importer of its own",
        ),
        plausible={"platform": (1.0, 1.0)},
        export=how("each platform"),
        lacks=(
            f"{NO_HISTORY} Captures of LinkedIn, Facebook, Parler and others: 4CAT makes tables of them, which are read. Hashtags "
            "and mentions that a platform only spells in its texts, as Instagram does: split the file by platform to have them."
        ),
        layout="Each line as the importer of its platform says.",
    )
