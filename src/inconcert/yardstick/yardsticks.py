"""The yardsticks of the field: that of British assessments (PHIA) and that of American ones (ICD 203).

Sources: Professional Head of Intelligence Assessment, PHIA probability yardstick (gov.uk, 24 March 2025); Office of the Director of
National Intelligence, Intelligence Community Directive 203. PHIA leaves gaps between its words on purpose; ICD 203 has none.
"""

from __future__ import annotations

from inconcert.errors import UnknownName
from inconcert.yardstick.yardstick import Band, Yardstick

PHIA = Yardstick(
    "phia",
    "PHIA probability yardstick",
    (
        Band("a remote chance", 0.0, 0.05),
        Band("highly unlikely", 0.10, 0.20),
        Band("unlikely", 0.25, 0.35),
        Band("a realistic possibility", 0.40, 0.50),
        Band("likely", 0.55, 0.75, ("probable",)),
        Band("highly likely", 0.80, 0.90),
        Band("almost certain", 0.95, 1.0),
    ),
)
ICD_203 = Yardstick(
    "icd203",
    "ICD 203 expressions of likelihood",
    (
        Band("almost no chance", 0.0, 0.05, ("remote",)),
        Band("very unlikely", 0.05, 0.20, ("highly improbable",)),
        Band("unlikely", 0.20, 0.45, ("improbable",)),
        Band("roughly even chance", 0.45, 0.55, ("roughly even odds",)),
        Band("likely", 0.55, 0.80, ("probable",)),
        Band("very likely", 0.80, 0.95, ("highly probable",)),
        Band("almost certain", 0.95, 1.0, ("nearly certain",)),
    ),
)
YARDSTICKS: dict[str, Yardstick] = {one.name: one for one in (PHIA, ICD_203)}
"""By name; a case keeps to one of them."""


def yardstick(name: str) -> Yardstick:
    """The yardstick of that name; UnknownName otherwise."""
    if name not in YARDSTICKS:
        raise UnknownName("yardstick", name, YARDSTICKS)
    return YARDSTICKS[name]
