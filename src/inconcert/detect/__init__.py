"""Facts to findings: the detectors, by name."""

from inconcert.detect.co_action import CoAction

DETECTORS: dict[str, type[CoAction]] = {CoAction.name: CoAction}
"""Every detector; contract tests, documentation and options follow from the fields of each."""
