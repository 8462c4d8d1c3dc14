"""A duty roster as a calendar (iCalendar): its events, repetitions worked out, matched with functions and persons (docs/decisions/0007-calendars.md).

Rule: pure, slow (run it in a thread). A file decides neither how long it takes nor what a time zone is: rules that could run for ever are refused,
and zones are those of this program.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import icalendar
import recurring_ical_events  # type: ignore[import-untyped]

from stormlykta.files.roster_names import Fault, Read, Register, Who, Wrong, say, spaced
from stormlykta.files.roster_rules import count_steps, wall_of
from stormlykta.files.roster_tables import Asked
from stormlykta.files.roster_times import Changes, check_span, settle
from stormlykta.shapes import Function, Text
from stormlykta.texts.findings import Findings

AHEAD_DAYS = 400  # how far repetitions are worked out
BEHIND_DAYS = 60
MOST_SHIFTS = 5_000
MOST_STEPS = 300_000  # of repetition, in the whole file
PATIENCE_SECONDS = 20.0


class Event(NamedTuple):
    """One event of the file, or one series with its exceptions."""

    number: int
    parts: list[Any]

    @property
    def text(self) -> str:
        return " · ".join(filter(None, (plain(self.parts[0].get("SUMMARY")), *categories(self.parts[0]))))


class Span(NamedTuple):
    start: int
    end: int
    told: tuple[Text, ...]
    part: Any


def is_calendar(text: str) -> bool:
    return text.lstrip()[:15].upper().endswith(":VCALENDAR")


def without_zones(text: str) -> str:
    """The lines of a calendar, unfolded, without what it says of time zones: such rules could run for ever, and stay in memory for the next file."""
    kept = []
    inside = False
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        opens, _, what = line.strip().upper().partition(":")
        zone = what == "VTIMEZONE"
        inside = inside or zone
        if not inside:
            kept.append(line)
        inside = inside and not (zone and opens == "END")
    return "\n".join(kept)


def read_calendar(text: str, register: Register, asked: Asked, findings: Findings) -> tuple[list[Read], list[Fault]]:
    """Shifts and faults; a finding when it is no calendar, or one that takes too long."""
    try:
        calendars = icalendar.Calendar.from_ical(without_zones(text), multiple=True)
        events = list(gather(calendars))
        named = next(filter(None, (plain(each.get("X-WR-CALNAME")) for each in calendars)), "")
    except Exception:  # a reader of strangers' files may fail in any way
        findings.error("", 0, "calendar-broken")
        return [], []
    reads: list[Read] = []
    faults: list[Fault] = []
    steps, deadline = 0, time.monotonic() + PATIENCE_SECONDS
    for event in events:
        try:
            steps += count_steps(event.parts, asked.now)
            if steps > MOST_STEPS or time.monotonic() > deadline:
                findings.error("", 0, "calendar-slow")
                return [], []
            reads += read_event(event, named, register, asked)
        except Wrong as wrong:
            faults.append(Fault(event.number, event.text, wrong.why))
        except Exception:  # as above: what the file's own words made a library stumble over
            faults.append(Fault(event.number, event.text, say("event-broken")))
        if len(reads) + len(faults) > MOST_SHIFTS:
            findings.error("", 0, "many-shifts", limit=MOST_SHIFTS)
            return [], []
    return reads, faults


def gather(calendars: list[Any]) -> Iterator[Event]:
    """The events in the file's order, each with those that replace a repetition of it."""
    series: dict[str, Event] = {}
    number = 0
    for calendar in calendars:
        for part in calendar.walk("VEVENT"):
            number += 1
            uid = plain(part.get("UID")) or f"#{number}"
            series.setdefault(uid, Event(number, [])).parts.append(part)
    yield from series.values()


def read_event(event: Event, named: str, register: Register, asked: Asked) -> list[Read]:
    """Its shifts. Raises Wrong for what is wrong with any of them."""
    reads = []
    for span in spans(event, asked):
        check_span(span.start, span.end, asked.now)
        function, who = whom(span.part, named, register, asked)
        reads.append(Read(event.number, function.id, who.person, who.name, span.start, span.end, (*who.told, *span.told)))
    return reads


def spans(event: Event, asked: Asked) -> Iterator[Span]:
    alone = len(event.parts) == 1 and not any(key in event.parts[0] for key in ("RRULE", "RDATE"))
    for part in event.parts if alone else repetitions(event, asked.now):
        if plain(part.get("STATUS")).upper() != "CANCELLED":
            yield span_of(part, event.parts[0], asked.changes)


def repetitions(event: Event, now: int) -> list[Any]:
    calendar = icalendar.Calendar()
    for part in event.parts:
        calendar.add_component(part)
    at = datetime.fromtimestamp(now / 1000, UTC)
    between = at - timedelta(days=BEHIND_DAYS), at + timedelta(days=AHEAD_DAYS)
    return list(recurring_ical_events.of(calendar, skip_bad_series=False, components=["VEVENT"]).between(*between))


def span_of(part: Any, origin: Any, changes: Changes) -> Span:
    start, told = settled(part.start, changes, "from")
    end, also = settled(part.end, changes, "to")
    zone = part["DTSTART"].params.get("TZID", "") if "DTSTART" in part else ""
    unknown = zone and isinstance(part.start, datetime) and part.start.tzinfo is None
    more = (say("zone-unknown", value=zone),) if unknown else ()
    return Span(start, end, (*told, *also, *more), part if part.get("SUMMARY") else origin)


def settled(value: date, changes: Changes, column: str) -> tuple[int, tuple[Text, ...]]:
    """The moment, and what is said of it. A time without a zone is Swedish; a whole day changes hands at the clock that the clerk has chosen."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return int(value.timestamp() * 1000), ()
    whole = not isinstance(value, datetime)
    found = settle(wall_of(value, changes), column)
    told = (say("whole-day", value=changes.clock.strftime("%H:%M")),) if whole and column == "from" else ()
    return found.at, (*found.told, *told)


def whom(part: Any, named: str, register: Register, asked: Asked) -> tuple[Function, Who]:
    """The function and the person that an event is about, by its categories, its title, who is invited, and what the calendar is called."""
    summary, sorts = plain(part.get("SUMMARY")), categories(part)
    invited = attendees(part)
    function = asked.function
    for text in (*sorts, summary, named):
        function = function or register.function_in(text)
    if function is None:
        places = [place for name in (*invited, summary) for place in register.functions_of(name)]
        if len({place.id for place in places}) != 1:
            raise Wrong("function-missing", value=summary)
        function = places[0]
    for name in invited:
        if any(place.id for place in register.functions_of(name)):
            return function, register.person(function, name)
    for text in (summary, *sorts, plain(part.get("DESCRIPTION"))[:500]):
        found = register.person_in(function, text)
        if found is not None:
            return function, found
    return function, register.person(function, left_over(summary, function) or next((name for name in invited if "@" not in name), ""))


def left_over(summary: str, function: Function) -> str:
    """What stands in the title beside the function's name: somebody's, for all we know."""
    text = summary
    for title in filter(None, (function.title.sv, function.title.en, function.id)):
        words = r"\W+".join(map(re.escape, spaced(title).split()))
        text = re.sub(rf"(?<!\w){words}(?!\w)", " ", text, flags=re.IGNORECASE)
    return text.strip(" \t:–—-,;|/()·")


def attendees(part: Any) -> list[str]:
    """Names and addresses of who is invited, names first."""
    found = part.get("ATTENDEE") or []
    each = found if isinstance(found, list) else [found]
    names = [plain(one.params.get("CN")) for one in each if hasattr(one, "params")]
    return [text for text in (*names, *(re.sub(r"(?i)^mailto:", "", plain(one)) for one in each)) if text]


def categories(part: Any) -> list[str]:
    found = part.get("CATEGORIES") or []
    each = found if isinstance(found, list) else [found]
    return [text for one in each for text in (plain(category) for category in getattr(one, "cats", [])) if text]


def plain(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return " ".join(str(value if value is not None else "").split())
