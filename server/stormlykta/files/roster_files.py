"""A file with a duty roster, CSV or iCalendar: bytes in, shifts, faults and what is to be told out.

Rule: pure, never raises for what the file holds, and slow (run it in a thread).
"""

from __future__ import annotations

from typing import NamedTuple

from stormlykta.files.roster_calendars import BEHIND_DAYS, MOST_SHIFTS, is_calendar, read_calendar
from stormlykta.files.roster_names import Fault, Read, Register, say
from stormlykta.files.roster_tables import Asked, read_rows, told_rows
from stormlykta.files.roster_times import DAY
from stormlykta.files.text_tables import read_text
from stormlykta.shapes import Text
from stormlykta.texts.findings import Findings, sentence

MOST_BYTES = 1024 * 1024


class Told(NamedTuple):
    """What is said of the file as a whole, or of a row of it. `stops`: nothing can be read in."""

    row: int
    why: Text
    stops: bool


class Reading(NamedTuple):
    reads: list[Read]
    faults: list[Fault]
    told: list[Told]

    @property
    def stopped(self) -> bool:
        return any(told.stops for told in self.told)


class Codes(Findings):
    """Findings that are said in both languages."""

    def __init__(self) -> None:
        super().__init__("sv")
        self.told: list[Told] = []

    def error(self, file: str, line: int, code: str, /, **values: object) -> None:
        self.told.append(Told(line, Text(sentence(code, "sv", values), sentence(code, "en", values)), True))

    def advise(self, file: str, line: int, code: str, /, **values: object) -> None:
        self.told.append(Told(line, Text(sentence(code, "sv", values), sentence(code, "en", values)), False))


def read_roster(data: bytes, register: Register, asked: Asked) -> Reading:
    codes = Codes()
    if len(data) > MOST_BYTES:
        codes.error("", 0, "file-too-large", limit=1)
        return Reading([], [], codes.told)
    text = read_text(data, codes)
    if text is None:
        return Reading([], [], [Told(0, say("file-empty" if not data.strip() else "roster-not-read"), True)])
    read = read_calendar if is_calendar(text) else read_rows
    reads, faults = read(text, register, asked, codes)
    fresh = [one for one in reads if one.end > asked.now - BEHIND_DAYS * DAY]
    if len(fresh) < len(reads):
        codes.advise("", 0, "past-left", count=len(reads) - len(fresh), days=BEHIND_DAYS)
    if len(fresh) > MOST_SHIFTS:
        codes.error("", 0, "many-shifts", limit=MOST_SHIFTS)
    if not fresh and not faults and not any(told.stops for told in codes.told):
        codes.error("", 0, "roster-empty")
    stopped = any(told.stops for told in codes.told)
    return Reading([] if stopped else told_rows(fresh), [] if stopped else sorted(faults, key=lambda fault: fault.row), codes.told)
