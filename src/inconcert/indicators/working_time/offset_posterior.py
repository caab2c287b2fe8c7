"""Where on the globe a daily rhythm belongs: the joint posterior over UTC offset and template of work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from inconcert.indicators.working_time.work_templates import SHARES, TEMPLATES, WORK

QUARTERS: Final = 96
OFFSETS: Final = np.array(
    [
        -48, -45, -44, -41, -40, -38, -36, -32, -28, -24, -20, -16, -14, -12, -10, -8, -4, 0, 4, 8, 12, 14, 16, 18, 20, 22, 23, 24, 26,
        28, 32, 35, 36, 38, 40, 42, 44,
    ]
)  # fmt: skip
"""Offsets from UTC in use on earth, quarter hours, summer times among them; +12 to +14 show the same clock as -12 to -10, and stand there."""
PRIOR: Final = np.where(np.isin(OFFSETS, [-45, -41, -38, -14, -10, 35, 42]), 0.1, 1.0) / (len(OFFSETS) - 7 * 0.9)
"""Probability of each of OFFSETS beforehand: equal, but a tenth where fewer than a million people live."""
CLOSE: Final = 1000.0
"""kappa of a group that keeps to its template almost exactly; as likely beforehand as the kappa that is asked for. Knowing only the
latter throws away what more than 60 posts tell."""
SPAN: Final = 4
"""An offset is right when it is off by no more than these quarter hours."""

_SHIFTS = np.arange(-48, 48)
_LOCAL = (np.arange(24)[None, :, None] * 4 + np.arange(4)[None, None, :] - _SHIFTS[:, None, None]) % QUARTERS
"""Quarter hour of the UTC day in which each quarter of each local hour lies, for clocks of -12 to +11:45: shape (96, 24, 4)."""


@dataclass(frozen=True)
class Posterior:
    """Probabilities of (template, offset), adding to 1: shape (templates, offsets); and what the templates alone say.

    evidence: log probability of the counts under each template, offsets averaged over: shape (templates,).
    """

    joint: NDArray[np.float64]
    evidence: NDArray[np.float64]

    @property
    def offsets(self) -> NDArray[np.float64]:
        """Probability of each of OFFSETS."""
        return np.asarray(self.joint.sum(axis=0), dtype=np.float64)

    def arc(self, level: float = 0.95) -> tuple[int, int, int]:
        """Most credible offset, and first and last of the shortest arc of the clock that holds `level` of the probability; quarter hours, first
        <= most credible <= last, so that ends may lie beyond -48 and +47.

        The most credible is the offset within the arc with most probability no further than SPAN away.
        """
        around = np.zeros(QUARTERS)
        around[OFFSETS + 48] = self.offsets
        total = np.concatenate([[0.0], np.cumsum(np.tile(around, 2))])
        size = next(
            n for n in range(1, QUARTERS + 1) if (total[n : n + QUARTERS] - total[:QUARTERS]).max() >= level - 1e-9
        )
        start = int((total[size : size + QUARTERS] - total[:QUARTERS]).argmax())
        near = np.sum([np.roll(around, step) for step in range(-SPAN, SPAN + 1)], axis=0)
        inside = (start + np.arange(size)) % QUARTERS
        # of equally good ones the likelier itself
        best = int(np.lexsort((-around[inside], -np.round(near[inside], 12)))[0])
        turn = QUARTERS if start + best >= QUARTERS else 0
        return start + best - 48 - turn, start - 48 - turn, start + size - 1 - 48 - turn

    def ratio(self, these: tuple[str, ...], those: tuple[str, ...]) -> float:
        """log10 of how much better some templates, equally likely among themselves, explain the counts than others."""
        sides = [[self.evidence[TEMPLATES.index(name)] for name in side] for side in (these, those)]
        a, b = (float(np.logaddexp.reduce(side)) - np.log(len(side)) for side in sides)
        return float((a - b) / np.log(10))

    def work(self) -> float:
        """log10 likelihood ratio of office hours or 996 against leisure."""
        return self.ratio(WORK, ("leisure",))


def posterior(
    counts: NDArray[np.float64], kappa: float, shift_h: float, shares: NDArray[np.float64] = SHARES
) -> Posterior:
    """Dirichlet-multinomial posterior of counts by quarter hour of the UTC day (shape (96,), >= 0, fractions allowed).

    Templates are equally likely beforehand, offsets as PRIOR; a group's own day lies about its template as Dirichlet(kappa x template), with
    kappa the given one or CLOSE, and begins earlier or later by a normal deviate of shift_h hours. shares: shape (templates, 24).
    """
    hours = counts[_LOCAL].sum(axis=-1)
    n = float(counts.sum())
    parts = []
    for k in (kappa, CLOSE):
        alpha = k * shares[:, None, :]
        shape = (gammaln(hours[None] + alpha) - gammaln(alpha)).sum(axis=-1)
        parts.append(shape + gammaln(k) - gammaln(k + n))
    log = np.logaddexp(*parts)
    highest = log.max()
    early = np.minimum(np.arange(QUARTERS), QUARTERS - np.arange(QUARTERS)) / 4
    kernel = np.exp(-0.5 * (early / max(shift_h, 1e-3)) ** 2)
    # both go round the clock, so that the shift averages by a circular convolution
    around = np.fft.irfft(np.fft.rfft(np.exp(log - highest)) * np.fft.rfft(kernel / kernel.sum()), QUARTERS)
    joint = np.maximum(around[:, OFFSETS + 48], 1e-300) * PRIOR
    return Posterior(joint / joint.sum(), np.asarray(np.log(joint.sum(axis=1)) + highest, dtype=np.float64))
