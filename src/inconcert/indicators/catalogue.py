"""Every indicator, by name."""

from __future__ import annotations

from inconcert.indicators.account_signs import AccountSigns
from inconcert.indicators.chronology import Chronology
from inconcert.indicators.contradicting_names import ContradictingNames
from inconcert.indicators.creation_bursts import CreationBursts
from inconcert.indicators.creation_hours import CreationHours
from inconcert.indicators.event_onset import EventOnset
from inconcert.indicators.handles import Handles
from inconcert.indicators.impact import Impact
from inconcert.indicators.indicator import Indicator
from inconcert.indicators.lead_lag import LeadLag
from inconcert.indicators.profile_pictures import ProfilePictures
from inconcert.indicators.storylines import Storylines

INDICATORS: dict[str, type[Indicator]] = {
    one.name: one
    for one in (
        CreationBursts, CreationHours, Handles, ContradictingNames, AccountSigns,
        LeadLag, ProfilePictures, Impact, EventOnset, Chronology, Storylines,
    )
}  # fmt: skip
"""In the order of the methods; contract tests, documentation, options and the report follow from the fields of each."""
