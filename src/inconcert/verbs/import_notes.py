"""What a user should know of a file that was read: what it lacks, and which doubts its records carry on."""

from __future__ import annotations

from collections.abc import Mapping

from inconcert.ingest.reading import Reading
from inconcert.normalise.dates import ASSUMED_UTC
from inconcert.normalise.local_time import GIVEN, SOURCE


def lacking(reading: Reading, n_actions: int) -> list[str]:
    """Sentences on what a file of posts does not hold."""
    if not reading.has_posts:
        return ["It only describes accounts: no columns of posts were found."]
    notes = []
    if reading.platform is None and "platform" not in reading.mapping:
        notes.append(
            "Which platform its posts are from is not known, so they are not joined with posts of a known one. If you know it: "
            "inconcert withdraw CASE IMPORT --reason platform, and ingest the file again with --platform, as in --platform telegram."
        )
    if "created_at" not in reading.mapping:
        notes.append("No column of times was found, so nothing can be compared by time: --map created_at=COLUMN")
    if not n_actions:
        notes.append(
            "Nothing in it can be compared: no shared post, reply, link, hashtag, mention or media, and no text of 25 "
            "characters or more."
        )
    return notes


def on_zones(reading: Reading, zones: Mapping[str, int]) -> list[str]:
    """A sentence on the zone of times that are written without one.   zones: {where a zone comes from: posts}."""
    of = f"of {sum(zones.values()):,}"
    if count := zones.get(ASSUMED_UTC, 0):
        return [
            f"The times of {count:,} {of} posts are written without a time zone, and UTC was assumed. If they show the clock of "
            "a place, hours of the day are wrong by its distance from UTC: inconcert withdraw CASE IMPORT --reason zone, and ingest "
            "the file again with --zone, as in --zone Asia/Shanghai."
        ]
    if count := zones.get(GIVEN, 0):
        usual = reading.importer.zone
        differs = f" Such files ordinarily have them in {usual}." if usual not in (None, reading.zone) else ""
        return [
            f"The times of {count:,} {of} posts are written without a time zone and were read as {reading.zone}, as you said.{differs}"
        ]
    if (count := zones.get(SOURCE, 0)) and reading.zone != "UTC":
        return [
            f"The times of {count:,} {of} posts are written without a time zone and were read as {reading.zone}, in which "
            "such files are written."
        ]
    return []


def on_insisting(reading: Reading) -> list[str]:
    """A sentence on private messages or credentials that the user insisted on reading."""
    if reading.insisted is None:
        return []
    return [
        f"Read because --insist-private was given: {reading.insisted}. The import says so for as long as the case exists."
    ]


def on_observations(n: int, filled: int) -> list[str]:
    """Sentences on further captures of posts: another wording, other counts, a mark of deletion.   filled: posts of which they have
    a time of posting or a text that the record kept lacks."""
    if not n:
        return []
    notes = [
        f"{n:,} records show posts at another time than the one that is kept; inconcert changes says what differs (table 'post_observations')."
    ]
    if filled:
        notes.append(
            f"{filled:,} posts have a time of posting or a text here that the record read first lacks. It is kept in 'post_observations', and "
            "comparisons by time and wording go by the record read first. To have them go by this file, read it first, into a new case."
        )
    return notes


def on_named_ids(n: int) -> list[str]:
    """A sentence on ids that two platforms use."""
    if not n:
        return []
    return [
        f"{n:,} ids are used by two platforms for different accounts or posts; here they carry their platform, as in facebook:cnn."
    ]
