"""What a measured ratio is still worth once it is counted among how many it was found.

A family is led by its most telling sign, and of many signs of ordinary accounts one always tells something. So a sign that leads for being the
strongest of k pays the factor k: the largest of k ratios over k is at most their mean, whose expectation for ordinary accounts is at most 1
if that of each is, so that a factor c arises from chance in one of c groups at most, however many signs are measured and however they
depend on one another. A test that found nothing speaks against what it looked for, or not at all.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from inconcert.attribution.elicited import kind_of_finding
from inconcert.attribution.finding import Finding
from inconcert.attribution.ranges import Range


def paid(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The same findings, those of the same families together: what speaks for something has paid for the readings of its family that were measured
    with it; what speaks against keeps its weight."""
    families = [(one, kind.family if (kind := kind_of_finding(one.kind)) is not None else None) for one in findings]
    readings = Counter(family for one, family in families if one.measured is not None)
    return tuple(_paid(one, readings[family]) if family is not None else one for one, family in families)


def _paid(one: Finding, readings: int) -> Finding:
    if one.measured is None:
        return one
    price = math.inf if one.missed else math.log10(readings)
    ends = (one.measured.low, one.measured.point, one.measured.high)
    return replace(one, measured=Range(*(max(end - price, 0.0) if end > 0 else end for end in ends)))
