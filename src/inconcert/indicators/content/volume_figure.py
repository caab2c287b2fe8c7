"""The figure of a volume: posts by day of a line and of its control, and the events that lie in its time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from inconcert.indicators.content.dated_events import Event
from inconcert.indicators.content.volume import Volume
from inconcert.indicators.reading import Point

MOST_BINS = 1_500
"""Longer ones are drawn in bins of several days."""


def volume_points(volume: Volume, events: Sequence[Event]) -> tuple[Point, ...]:
    """Layers observed and control, the control drawn to the same total, and found: each event as a span with its
    title."""
    step = -(-len(volume.counts) // MOST_BINS)
    starts = np.arange(0, len(volume.counts), step)
    layers = [("observed", volume.counts, 1.0)]
    if volume.control is not None and volume.control.any():
        layers.append(("control", volume.control, float(volume.counts.sum() / volume.control.sum())))
    points = []
    for layer, counts, scale in layers:
        for at, posts in zip(starts, np.add.reduceat(counts, starts) * scale, strict=True):
            x = volume.start_us + int(at) * volume.bin_us
            end = min(x + step * volume.bin_us, volume.end_us)
            points.append(Point(layer, float(x), float(posts), x_end=float(end)))
    for event in events:
        if event.last_us > volume.start_us and event.first_us < volume.end_us:
            points.append(Point("found", float(event.first_us), x_end=float(event.last_us), label=event.title))
    return tuple(points)
