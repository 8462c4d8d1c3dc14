"""The duty roster at the desk: seen, read in from a file (first without writing), changed shift by shift."""

import asyncio
from typing import Annotated

import msgspec

from stormlykta.connections import Transaction
from stormlykta.desk import Desk, desk
from stormlykta.errors import Problem
from stormlykta.files.roster_files import MOST_BYTES, Reading, Told, read_roster
from stormlykta.files.roster_names import Register
from stormlykta.files.roster_plans import Fate, Plan, PlanRow, plan
from stormlykta.files.roster_tables import Asked
from stormlykta.files.roster_times import Changes, read_changes
from stormlykta.office import audit, roster
from stormlykta.office.contacts import read_contacts
from stormlykta.shapes import Contacts, Shift, Text

MOST_DEEDS = 200
QUERY = ("dry", "rest", "mark", "changes", "function", "swaps")


class DutyPerson(msgspec.Struct):
    id: str
    name: str


class DutyFunction(msgspec.Struct):
    id: str
    title: Text
    persons: list[DutyPerson]


class RosterView(msgspec.Struct):
    """`shifts` in the order by which they are named; `functions`: all that somebody can be on duty for."""

    mark: str
    made: int
    by: str
    shifts: list[Shift]
    functions: list[DutyFunction]


class PlanView(msgspec.Struct):
    """What a file would change. `told`: of the file as a whole; `stops`: nothing can be read in. Rows that change nothing are only counted."""

    mark: str
    counts: dict[Fate, int]
    rows: list[PlanRow]
    told: list[Told]
    stops: bool


class ChangeRoster(msgspec.Struct):
    mark: str
    changes: Annotated[list[roster.Deed], msgspec.Meta(min_length=1, max_length=MOST_DEEDS)]


@desk(may="editor", gives=RosterView)
async def see_roster(at: Desk) -> RosterView:
    """Who holds which function when."""

    async def job(transaction: Transaction) -> RosterView:
        return await view(transaction, at.organisation)

    return await at.read(job)


async def view(transaction: Transaction, organisation: str) -> RosterView:
    found, mark = await roster.current(transaction, organisation)
    contacts = await read_contacts(transaction, organisation)
    functions = [
        DutyFunction(function.id, function.title, [DutyPerson(person.id, person.name) for person in function.persons])
        for function in Register(contacts).functions.values()
    ]
    return RosterView(mark, found.made, found.by, list(found.shifts), functions)


@desk(may="editor", takes=ChangeRoster, gives=RosterView, refuses=("conflict", "field", "not-found", "size"))
async def change_roster(at: Desk, asked: ChangeRoster) -> RosterView:
    """Swaps, adds and removes shifts; all of it, or nothing when the roster is no longer the one that was seen."""

    async def job(transaction: Transaction) -> RosterView:
        await roster.change(transaction, at.caller, asked.mark, asked.changes, at.now)
        return await view(transaction, at.organisation)

    fresh = await at.write(job)
    await at.refresh_library()
    return fresh


@desk(may="editor", takes=bytes, gives=PlanView, most=MOST_BYTES, refuses=("size", "conflict", "roster-faulty", "not-found"), query=QUERY)
async def import_roster(at: Desk, data: bytes) -> PlanView:
    """A file with a roster (CSV, iCalendar): with dry=1 only what it would change; else read in, faulty rows left out only when rest=1."""
    changes = read_changes(at.query("changes", "mon-08:00"))
    if changes is None:
        raise Problem("shape", "changes is a weekday and a time: mon-08:00.")
    contacts = await at.read(lambda transaction: read_contacts(transaction, at.organisation))
    reading = await asyncio.to_thread(read, data, contacts, changes, at.query("function"), at.now)
    if at.query("dry") == "1":

        async def look(transaction: Transaction) -> PlanView:
            found, mark = await roster.current(transaction, at.organisation)
            return shown(mark, reading, make(at, found.shifts, reading))

        return await at.read(look)
    if reading.stopped or (reading.faults and at.query("rest") != "1") or not reading.reads:
        raise Problem("roster-faulty")

    async def job(transaction: Transaction) -> PlanView:
        found, mark = await roster.current(transaction, at.organisation)
        if mark != at.query("mark"):
            raise Problem("conflict")
        made = make(at, found.shifts, reading)
        await roster.publish(transaction, at.caller, made.shifts, at.now)
        await audit.note(transaction, at.caller, at.now, "roster.imported", "roster", "", {"shifts": len(found.shifts)}, made.counts())
        return shown((await roster.current(transaction, at.organisation))[1], reading, made)

    done = await at.write(job)
    await at.refresh_library()
    return done


def read(data: bytes, contacts: Contacts, changes: Changes, function: str, now: int) -> Reading:
    """In a thread. Raises Problem("not-found") when the function of the whole file is none."""
    register = Register(contacts)
    if function and function not in register.functions:
        raise Problem("not-found")
    return read_roster(data, register, Asked(changes, register.functions.get(function), now))


def make(at: Desk, old: tuple[Shift, ...], reading: Reading) -> Plan:
    return plan(old, reading, at.query("swaps", "keep") != "drop")


def shown(mark: str, reading: Reading, made: Plan) -> PlanView:
    return PlanView(mark, made.counts(), [row for row in made.rows if row.fate != "unchanged" or row.why], reading.told, reading.stopped)
