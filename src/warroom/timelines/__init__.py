"""Timelines as people write them down, read line by line: what happened when, by whom, and what was not understood."""

from warroom.timelines.dates import FIRST_YEAR, LAST_YEAR
from warroom.timelines.given import NotGiven, given_day, given_zone
from warroom.timelines.placing import Given, Remark
from warroom.timelines.reading import Timeline, TimelineEntry, plain, read
from warroom.timelines.rows import Unread
from warroom.timelines.zones import Zone, zone

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Given",
    "NotGiven",
    "Remark",
    "Timeline",
    "TimelineEntry",
    "Unread",
    "Zone",
    "given_day",
    "given_zone",
    "plain",
    "read",
    "zone",
]
