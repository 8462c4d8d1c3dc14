"""The readiness board: which leaders could lead tonight, what is overdue, and how that has changed over the year.

Rule: a leader is ready by one phone that lacks nothing (phones.lacks). Every figure is counted from what is stored; none is kept by hand.
"""

from datetime import date

import msgspec
from msgspec import Struct

from stormlykta.connections import Transaction
from stormlykta.files.swedish_time import day
from stormlykta.manifest import Shelf
from stormlykta.office.overdue import Overdue, asked_persons, current_contacts, read_overdue
from stormlykta.office.phones import Libraries, Phone, Reason, best, read_libraries, read_phones
from stormlykta.office.practice import Practice
from stormlykta.shapes import Contacts

YEAR = 365 * 86_400_000


class Figures(Struct):
    """Of `leaders`: how many are ready, hold what is published now, and took part in an exercise within a year. `confirmed`: percent of `contacts`
    (persons whose numbers somebody has to keep true), None where there are none."""

    leaders: int
    ready: int
    current: int
    practised: int
    contacts: int
    confirmed: int | None


class Leader(Struct):
    """`dial`: their number, where a contact is surely theirs. `invited`: until when a code that nobody has used is good. `practised`: when last, ms."""

    member: str
    name: str
    email: str | None
    dial: str | None
    ready: bool
    reasons: list[Reason]
    phones: list[Phone]
    invited: int | None
    practised: int | None


class Published(Struct):
    hash: str
    built: int


class Board(Struct):
    """`manifest`: what the asker's phone should hold. The leaders' hash goes to leaders only: others could try it against numbers they may not see."""

    figures: Figures
    leaders: list[Leader]
    overdue: Overdue
    manifest: Published


class Day(Struct):
    day: str
    figures: Figures


async def read_board(transaction: Transaction, organisation: str, shelf: Shelf, practice: Practice, now: int, leader: bool) -> Board:
    """`leader`: whether the asker may see secret numbers."""
    libraries = await read_libraries(transaction, organisation, shelf, now)
    contacts = await current_contacts(transaction, organisation)
    leaders = await read_leaders(transaction, organisation, libraries, contacts, practice, now, leader)
    late = await read_overdue(transaction, organisation, contacts, day(now))
    asked = len(asked_persons(contacts))
    return Board(count(leaders, asked, late.contacts_count), leaders, late, Published(shelf.manifest("", leader)[0], libraries.built()))


async def read_leaders(
    transaction: Transaction, organisation: str, libraries: Libraries, contacts: Contacts, practice: Practice, now: int, secret: bool
) -> list[Leader]:
    """Every member with the role, those without a phone too."""
    phones = await read_phones(transaction, organisation, libraries, now)
    practised = await read_practised(transaction, organisation, practice, now - YEAR)
    codes = await transaction.fetch("SELECT member, expires FROM invitations WHERE organisation = ? AND used IS NULL AND expires > ?", (organisation, now))
    waiting: dict[str, int] = {row[0]: row[1] for row in codes}
    dials = Dials(contacts, secret)
    leaders = []
    for id, name, email, roles in await transaction.fetch(
        "SELECT id, name, email, roles FROM members WHERE organisation = ? AND removed IS NULL ORDER BY name, id", (organisation,)
    ):
        if "leader" in roles.split(","):
            own = [phone for phone in phones.get(id, []) if phone.revoked is None]
            counts = best(own)
            reasons: list[Reason] = counts.reasons if counts else ["no-phone"]
            leaders.append(Leader(id, name, email, dials.find(name, email), not reasons, reasons, own, waiting.get(id), practised.get(id)))
    return leaders


def count(leaders: list[Leader], contacts: int, late: int) -> Figures:
    """A percentage is 100 only when not one is missing."""
    return Figures(
        leaders=len(leaders),
        ready=sum(leader.ready for leader in leaders),
        current=sum(any(phone.library is not None and phone.library.current for phone in leader.phones) for leader in leaders),
        practised=sum(leader.practised is not None for leader in leaders),
        contacts=contacts,
        confirmed=(contacts - late) * 100 // contacts if contacts else None,
    )


async def read_practised(transaction: Transaction, organisation: str, practice: Practice, since: int) -> dict[str, int]:
    """When each member last took part in an exercise: one in whose log a phone of theirs wrote."""
    exercises = await practice.exercises(transaction, organisation)
    rows = await transaction.fetch(
        "SELECT s.id, s.received, d.member FROM streams s JOIN authors a ON a.stream = s.id AND a.first > 0 "
        "JOIN devices d ON d.organisation = s.organisation AND d.id = a.device WHERE s.organisation = ? AND s.received > ? ORDER BY s.received",
        (organisation, since),
    )
    return {member: received for stream, received, member in rows if stream in exercises}


class Dials:
    """The number to text a member on: of the person in the contacts with the same address, else with a name that only one there has."""

    def __init__(self, contacts: Contacts, secret: bool) -> None:
        self._by: dict[str, set[str]] = {}
        for function in contacts.functions:
            for person in function.persons:
                if person.numbers and (secret or not person.private):
                    for key in filter(None, (person.name.casefold(), (person.email or "").casefold())):
                        self._by.setdefault(key, set()).add(person.numbers[0].dial)

    def find(self, name: str, email: str | None) -> str | None:
        for key in filter(None, ((email or "").casefold(), name.casefold())):
            found = self._by.get(key, set())
            if len(found) == 1:
                return next(iter(found))
        return None


async def keep_day(transaction: Transaction, organisation: str, on: str, figures: Figures) -> None:
    await transaction.fetch(
        "INSERT INTO readiness (organisation, day, figures) VALUES (?, ?, ?) ON CONFLICT (organisation, day) DO UPDATE SET figures = excluded.figures",
        (organisation, on, msgspec.json.encode(figures).decode()),
    )


async def read_days(transaction: Transaction, organisation: str, since: date) -> list[Day]:
    rows = await transaction.fetch("SELECT day, figures FROM readiness WHERE organisation = ? AND day >= ? ORDER BY day", (organisation, since.isoformat()))
    return [Day(on, msgspec.json.decode(figures, type=Figures)) for on, figures in rows]


async def list_organisations(transaction: Transaction) -> list[str]:
    return [row[0] for row in await transaction.fetch("SELECT id FROM organisations ORDER BY id")]
