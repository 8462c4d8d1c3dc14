"""The duty roster: who holds a function when, as it is published to every phone.

Rule: one document, replaced whole; whoever changes it says which one they saw, so two at once never undo each other.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct, field, structs

from stormlykta import library
from stormlykta.connections import Transaction
from stormlykta.errors import Problem
from stormlykta.files.roster_names import Register
from stormlykta.files.roster_plans import in_order, subtract
from stormlykta.files.roster_times import spoken
from stormlykta.office import audit
from stormlykta.office.contacts import read_contacts
from stormlykta.office.seats import Caller
from stormlykta.shapes import Contacts, Roster, Shift
from stormlykta.texts.documents import document_hash

KEPT_DAYS = 60
MOST_SHIFTS = 5_000
LONGEST_DAYS = 366
FARTHEST_DAYS = 3 * 366
DAY = 86_400_000
NAME = 120


class Swap(Struct, tag_field="do", tag="swap"):
    """Another person takes a shift. `shift`: its place in the roster that was seen."""

    shift: int
    person: str | None = None
    name: str = ""


class Remove(Struct, tag_field="do", tag="remove"):
    shift: int


class Add(Struct, tag_field="do", tag="add"):
    """A shift more. `instead`: those who had the function then have it no more."""

    function: str
    start: int = field(name="from")
    end: int = field(name="to")
    person: str | None = None
    name: str = ""
    instead: bool = False
    swapped: bool = False


Deed = Swap | Remove | Add


async def current(transaction: Transaction, organisation: str) -> tuple[Roster, str]:
    """The roster and its mark; an empty one with the mark '' where there is none yet."""
    data = await library.get_part(transaction, organisation, "roster")
    return (Roster(made=0, by="", shifts=()), "") if data is None else (msgspec.json.decode(data, type=Roster), document_hash(data))


async def publish(transaction: Transaction, caller: Caller, shifts: Sequence[Shift], now: int) -> None:
    """Raises Problem("size") when it would be too large for a phone."""
    kept = in_order(shift for shift in shifts if shift.end > now - KEPT_DAYS * DAY)
    if len(kept) > MOST_SHIFTS:
        raise Problem("size", f"A roster has at most {MOST_SHIFTS} shifts.")
    await library.put_part(transaction, caller.organisation, "roster", Roster(made=now, by=caller.name, shifts=kept), now)


async def change(transaction: Transaction, caller: Caller, mark: str, deeds: Sequence[Deed], now: int) -> None:
    """Does all, or none. Raises Problem: conflict (the roster is another than the one that was seen), field, not-found, size."""
    roster, found = await current(transaction, caller.organisation)
    if found != mark:
        raise Problem("conflict")
    contacts = await read_contacts(transaction, caller.organisation)
    register = Register(contacts)
    old = roster.shifts
    gone: set[int] = set()
    fresh: list[Shift] = []
    for deed in deeds:
        if isinstance(deed, Add):
            shift = read_shift(deed, register, contacts, now)
            taken = [at for at, each in enumerate(old) if at not in gone and each.function == shift.function and overlaps(each, shift)] if deed.instead else []
            gone.update(taken)
            fresh += [piece for at in taken for piece in pieces(old[at], shift)]
            fresh.append(shift)
            before = ", ".join(dict.fromkeys(old[at].name for at in taken))
            await tell(transaction, caller, now, "roster.added", shift, {"name": before} if taken else None, {"name": shift.name})
            continue
        if not 0 <= deed.shift < len(old) or deed.shift in gone:
            raise Problem("not-found")
        was = old[deed.shift]
        gone.add(deed.shift)
        if isinstance(deed, Swap):
            person, name = read_person(deed.person, deed.name, contacts)
            fresh.append(structs.replace(was, person=person, name=name, swapped=True))
            await tell(transaction, caller, now, "roster.swapped", was, {"name": was.name}, {"name": name})
        else:
            await tell(transaction, caller, now, "roster.removed", was, {"name": was.name}, None)
    await publish(transaction, caller, [*(shift for at, shift in enumerate(old) if at not in gone), *fresh], now)


def read_shift(deed: Add, register: Register, contacts: Contacts, now: int) -> Shift:
    wrong = {}
    if deed.function not in register.functions:
        wrong["function"] = "unknown"
    if deed.end <= deed.start or deed.end - deed.start > LONGEST_DAYS * DAY:
        wrong["to"] = "order" if deed.end <= deed.start else "long"
    if abs(deed.start - now) > FARTHEST_DAYS * DAY:
        wrong["from"] = "far"
    if wrong:
        raise Problem("field", fields=wrong)
    person, name = read_person(deed.person, deed.name, contacts)
    return Shift(function=deed.function, person=person, name=name, start=deed.start, end=deed.end, swapped=deed.instead or deed.swapped)


def read_person(person: str | None, name: str, contacts: Contacts) -> tuple[str | None, str]:
    """By id, else a name of somebody who is not among the contacts."""
    if person is not None:
        found = next((each for function in contacts.functions for each in function.persons if each.id == person), None)
        if found is None:
            raise Problem("field", fields={"person": "unknown"})
        return found.id, found.name
    bare = " ".join(name.split())
    if not bare or len(bare) > NAME or not bare.isprintable():
        raise Problem("field", fields={"name": "empty" if not bare else "long" if len(bare) > NAME else "odd"})
    return None, bare


def overlaps(one: Shift, other: Shift) -> bool:
    return one.start < other.end and other.start < one.end


def pieces(shift: Shift, taken: Shift) -> list[Shift]:
    return [structs.replace(shift, start=start, end=end) for start, end in subtract((shift.start, shift.end), [(taken.start, taken.end)])]


async def tell(transaction: Transaction, caller: Caller, now: int, deed: str, shift: Shift, before: Any, after: Any) -> None:
    title = f"{shift.function} {spoken(shift.start)}–{spoken(shift.end)}"
    await audit.note(transaction, caller, now, deed, shift.function, title, before, after)
