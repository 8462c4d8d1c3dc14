"""Times as a duty roster writes them: "2026-11-23 08:00", "2026-v48", and when a week's duty changes hands.

Rule: pure. What is not surely a time raises Wrong; a clock that no wall shows is never moved for the clerk.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import NamedTuple

from stormlykta.files.roster_names import Wrong, say
from stormlykta.files.swedish_time import moment, odd, wall, week_start
from stormlykta.shapes import Text

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]+(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?", re.ASCII)
WEEK = re.compile(r"(?P<year>\d{4})\s*-?\s*[vw]?\.?\s*(?P<week>\d{1,2})|[vw]\.?\s*(?P<week2>\d{1,2})[\s,/-]*(?P<year2>\d{4})", re.ASCII | re.IGNORECASE)
LONGEST_DAYS = 366
FARTHEST_DAYS = 3 * 366
DAY = 86_400_000
NAMES = {"from": Text("Från", "From"), "to": Text("Till", "To")}


class Changes(NamedTuple):
    """When a week's duty changes hands: 0 is Monday."""

    weekday: int = 0
    clock: time = time(8)


class Moment(NamedTuple):
    at: int
    told: tuple[Text, ...] = ()


def read_changes(text: str) -> Changes | None:
    """ "mon-08:00"; None when it is none."""
    match = re.fullmatch(r"([a-z]{3})-([0-9]{2}):([0-9]{2})", text)
    if match is None or match[1] not in WEEKDAYS or int(match[2]) > 23 or int(match[3]) > 59:
        return None
    return Changes(WEEKDAYS.index(match[1]), time(int(match[2]), int(match[3])))


def read_time(text: str, column: str) -> Moment:
    """Raises Wrong: time-bad, time-skipped."""
    if not text.strip():
        raise Wrong("cell-blank", column=NAMES[column])
    match = TIME.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        found = datetime.fromisoformat(f"{match[1]}T{int(match[2]):02}:{match[3]}")
    except ValueError:
        raise Wrong("time-bad", column=NAMES[column], value=text) from None
    return settle(found, column)


def settle(found: datetime, column: str) -> Moment:
    """The moment of a Swedish wall clock time."""
    oddity = odd(found)
    if oddity == "skipped":
        raise Wrong("time-skipped", column=NAMES[column], value=found.strftime("%Y-%m-%d %H:%M"))
    return Moment(moment(found), (say("time-twice", value=found.strftime("%Y-%m-%d %H:%M")),) if oddity == "twice" else ())


def read_week(text: str, year: str, changes: Changes) -> tuple[Moment, Moment]:
    """From when to when a week's duty is held. `year`: a column of its own, or ''. Raises Wrong: week-bad, week-none."""
    bare = text.strip()
    match = WEEK.fullmatch(f"{year.strip()}-v{bare.lstrip('vVwW. ')}" if year.strip() else bare)
    if match is None:
        raise Wrong("week-bad", value=text)
    number, week = int(match["year"] or match["year2"]), int(match["week"] or match["week2"])
    monday = week_start(number, week)
    if monday is None or not 2000 <= number <= 2100:
        raise Wrong("week-none", year=number, week=week)
    begins = datetime.combine(monday + timedelta(days=changes.weekday), changes.clock)
    return settle(begins, "from"), settle(begins + timedelta(days=7), "to")


def check_span(start: int, end: int, now: int) -> None:
    """Raises Wrong: time-order, time-long, time-far."""
    if end <= start:
        raise Wrong("time-order")
    if end - start > LONGEST_DAYS * DAY:
        raise Wrong("time-long", limit=LONGEST_DAYS)
    for at in (start, end):
        if abs(at - now) > FARTHEST_DAYS * DAY:
            raise Wrong("time-far", value=spoken(at))


def spoken(at: int) -> str:
    return wall(at).strftime("%Y-%m-%d %H:%M")
