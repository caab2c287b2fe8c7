"""Every indicator, by name."""

from __future__ import annotations

from inconcert.indicators.activity.activity_synchrony import ActivitySynchrony
from inconcert.indicators.activity.automation import Automation
from inconcert.indicators.activity.hand_off import HandOff
from inconcert.indicators.content.chronology import Chronology
from inconcert.indicators.content.event_onset import EventOnset
from inconcert.indicators.content.lead_lag import LeadLag
from inconcert.indicators.content.storylines import Storylines
from inconcert.indicators.engagement.comment_waves import CommentWaves
from inconcert.indicators.engagement.follower_injection import FollowerInjection
from inconcert.indicators.engagement.hashtag_flooding import HashtagFlooding
from inconcert.indicators.engagement.impact import Impact
from inconcert.indicators.engagement.reply_flooding import ReplyFlooding
from inconcert.indicators.engagement.sudden_follows import SuddenFollows
from inconcert.indicators.indicator import Indicator
from inconcert.indicators.personas.contradicting_names import ContradictingNames
from inconcert.indicators.personas.cross_platform_personas import CrossPlatformPersonas
from inconcert.indicators.personas.impersonation import Impersonation
from inconcert.indicators.profiles.account_signs import AccountSigns
from inconcert.indicators.profiles.creation_bursts import CreationBursts
from inconcert.indicators.profiles.creation_hours import CreationHours
from inconcert.indicators.profiles.handles import Handles
from inconcert.indicators.profiles.profile_pictures import ProfilePictures
from inconcert.indicators.repurposing.repurposed import Repurposed
from inconcert.indicators.working_time.work_calendar import WorkCalendar
from inconcert.indicators.working_time.working_hours import WorkingHours

INDICATORS: dict[str, type[Indicator]] = {
    one.name: one
    for one in (
        ActivitySynchrony, Automation, HandOff, WorkingHours, WorkCalendar, CreationBursts, CreationHours, Handles, ContradictingNames,
        AccountSigns, ReplyFlooding, CommentWaves, HashtagFlooding, Impersonation, FollowerInjection, SuddenFollows, LeadLag,
        CrossPlatformPersonas, Repurposed, ProfilePictures, Impact, EventOnset, Chronology, Storylines,
    )
}  # fmt: skip
"""In the order of the methods; contract tests, documentation, options and the report follow from the fields of each."""
