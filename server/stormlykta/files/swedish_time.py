"""Clock times as the wall clocks of Sweden show them, and the moments (ms) they are.

Rule: pure; every wall clock time goes through here, so that the two nights a year with a stranger hour are handled in one place.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Stockholm")
Oddity = Literal["skipped", "twice"]


def moment(wall: datetime) -> int:
    """The ms of a wall clock time without a zone; of an hour that comes twice the first."""
    return int(wall.replace(tzinfo=ZONE, fold=0).timestamp() * 1000)


def odd(wall: datetime) -> Oddity | None:
    """Whether the wall clock never shows that time, or shows it twice."""
    first, second = wall.replace(tzinfo=ZONE, fold=0), wall.replace(tzinfo=ZONE, fold=1)
    if first.utcoffset() == second.utcoffset():
        return None
    return "twice" if first.astimezone(UTC).astimezone(ZONE).replace(tzinfo=None) == wall else "skipped"


def wall(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, ZONE).replace(tzinfo=None)


def day(ms: int) -> date:
    return wall(ms).date()


def at(on: date, clock: time) -> datetime:
    return datetime.combine(on, clock)


def week_start(year: int, week: int) -> date | None:
    """The Monday of an ISO week; None when the year has no such week."""
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def days_later(on: date, days: int) -> date:
    return on + timedelta(days=days)
