"""Wilson's interval of a share, for samples whose size need not be whole: clustered ones are worth less than they count."""

from __future__ import annotations

import math

_Z = 1.959963984540054


def wilson(share: float, n: float) -> tuple[float, float]:
    """95% interval of a share of n > 0 independent observations (Wilson 1927)."""
    z2 = _Z * _Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z / (1 + z2 / n) * math.sqrt(max(0.0, share * (1 - share)) / n + z2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)
