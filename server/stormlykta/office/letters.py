"""Letters of self-confirmation: who was asked whether their numbers are right, by which link, and what they answered.

Rule: only the SHA-256 of a link's token is kept. "Right" counts at once; a correction waits until somebody at a desk has accepted it,
for a link that has gone astray must not change a number that is rung in a crisis.
"""

import secrets
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from stormlykta import library
from stormlykta.accounts import digest
from stormlykta.connections import Row, Transaction
from stormlykta.errors import Problem
from stormlykta.files.swedish_time import day
from stormlykta.office import audit, seats
from stormlykta.office.contacts import read_contacts
from stormlykta.office.letter_answers import Correction, Own, changed_fields, changes, own, take
from stormlykta.office.organisations import read_choices
from stormlykta.office.overdue import asked_persons, holds_until
from stormlykta.office.seats import Caller
from stormlykta.shapes import Contacts, Function, Person

DAYS = 30
KEPT_DAYS = 400
DAY = 86_400_000
ANSWERED = ("confirmed", "corrected", "accepted", "declined")
LETTER = "SELECT id, function, person, title, name, created, created_by, expires, opened, answered, answer, settled, settled_by, state FROM letters "


class Letter(NamedTuple):
    """A row of `letters`, without its token."""

    id: str
    function: str
    person: str
    title: str
    name: str
    created: int
    created_by: str
    expires: int
    opened: int | None
    answered: int | None
    answer: str | None
    settled: int | None
    settled_by: str | None
    state: str

    @property
    def correction(self) -> Correction | None:
        return msgspec.json.decode(self.answer, type=Correction) if self.answer else None


class Written(NamedTuple):
    """A fresh letter. Its token is nowhere else: who loses it writes a new letter."""

    id: str
    token: str
    expires: int
    function: Function
    person: Person


def find(contacts: Contacts, function: str, person: str) -> tuple[Function, Person] | None:
    return next(((each, one) for each in contacts.functions if each.id == function for one in each.persons if one.id == person), None)


async def without_letter(transaction: Transaction, organisation: str, contacts: Contacts, now: int) -> list[tuple[Function, Person]]:
    """Whose numbers nobody has confirmed for longer than they hold, and who have no letter to answer: never confirmed first, then the oldest."""
    days = (await read_choices(transaction, organisation)).contact_days
    asked, today = await open_letters(transaction, organisation, now), day(now)
    late = [(f, p) for f, p in asked_persons(contacts) if holds_until(p, days) < today and (f.id, p.id, p.name) not in asked]
    return sorted(late, key=lambda pair: pair[1].verified or "")


async def write(transaction: Transaction, caller: Caller, to: Sequence[tuple[Function, Person]], days: int, now: int) -> list[Written]:
    """A letter to each. Whatever an earlier one to the same person was waiting for, it waits no more."""
    expires = now + days * DAY
    made = [Written(secrets.token_urlsafe(9), secrets.token_urlsafe(32), expires, function, person) for function, person in to]
    await transaction.many(
        "UPDATE letters SET state = 'recalled' WHERE organisation = ? AND function = ? AND person = ? AND state = 'waiting'",
        [(caller.organisation, letter.function.id, letter.person.id) for letter in made],
    )
    await transaction.insert(
        "INSERT INTO letters (token, organisation, id, function, person, title, name, created, created_by, expires, state)",
        [
            (
                *(digest(one.token), caller.organisation, one.id, one.function.id, one.person.id, one.function.title.sv, one.person.name),
                *(now, caller.name, one.expires, "waiting"),
            )
            for one in made
        ],
    )
    await transaction.fetch("DELETE FROM letters WHERE organisation = ? AND created < ?", (caller.organisation, now - KEPT_DAYS * DAY))
    for one in made:
        await audit.note(transaction, caller, now, "letter.written", one.person.id, f"{one.function.title.sv}: {one.person.name}", None, {"expires": expires})
    return made


async def latest(transaction: Transaction, organisation: str) -> list[Letter]:
    """The newest letter to each person, and every correction that waits; the newest answer first."""
    rows = await transaction.fetch(
        LETTER + "WHERE organisation = ?1 AND (state = 'corrected' OR rowid IN (SELECT max(rowid) FROM letters WHERE organisation = ?1 "
        "GROUP BY function, person)) ORDER BY coalesce(answered, 0) DESC, created DESC, id",
        (organisation,),
    )
    return [Letter(*row) for row in rows]


async def open_letters(transaction: Transaction, organisation: str, now: int) -> set[tuple[str, str, str]]:
    """(function, person, name) of those who have a letter to answer, or an answer that nobody has read yet."""
    rows = await transaction.fetch(
        "SELECT function, person, name FROM letters WHERE organisation = ? AND (state = 'corrected' OR (state = 'waiting' AND expires > ?))",
        (organisation, now),
    )
    return {(function, person, name) for function, person, name in rows}


async def by_id(transaction: Transaction, organisation: str, letter: str) -> Letter:
    return one(await transaction.fetch(LETTER + "WHERE organisation = ? AND id = ?", (organisation, letter)), "not-found")


async def by_token(transaction: Transaction, organisation: str, token: str, now: int) -> tuple[Letter, Contacts, Function, Person]:
    """What the link leads to. Raises Problem letter-unknown, -recalled, -used, -expired or -gone, none of which tells anything about anybody."""
    letter = one(await transaction.fetch(LETTER + "WHERE token = ? AND organisation = ?", (digest(token), organisation)), "letter-unknown")
    if letter.state == "recalled":
        raise Problem("letter-recalled")
    if letter.state in ANSWERED:
        raise Problem("letter-used")
    if letter.expires <= now:
        raise Problem("letter-expired")
    contacts = await read_contacts(transaction, organisation)
    found = find(contacts, letter.function, letter.person)
    if found is None or found[1].name != letter.name:  # another person has the place: their details are not the reader's
        raise Problem("letter-gone")
    return letter, contacts, *found


def one(rows: list[Row], otherwise: str) -> Letter:
    if not rows:
        raise Problem(otherwise)
    return Letter(*rows[0])


async def see(transaction: Transaction, organisation: str, letter: Letter, now: int) -> None:
    await transaction.fetch("UPDATE letters SET opened = coalesce(opened, ?) WHERE organisation = ? AND id = ?", (now, organisation, letter.id))


async def confirm(transaction: Transaction, organisation: str, token: str, now: int) -> str:
    """The person says that all is right: from today it is confirmed, by their name. Gives the function's title."""
    letter, contacts, function, person = await by_token(transaction, organisation, token, now)
    today = day(now).isoformat()
    sure = msgspec.structs.replace(person, verified=today, verified_by=person.name)
    await library.put_contacts(transaction, organisation, put(contacts, function.id, sure), now)
    await transaction.fetch(
        "UPDATE letters SET state = 'confirmed', opened = coalesce(opened, ?), answered = ? WHERE organisation = ? AND id = ?",
        (now, now, organisation, letter.id),
    )
    caller = seats.outsider(organisation, person.name)
    await audit.note(transaction, caller, now, "contact.confirmed", person.id, title_of(letter), {"verified": person.verified}, {"verified": today})
    return function.title.sv


async def correct(transaction: Transaction, organisation: str, token: str, said: Own, note: str, left: bool, now: int) -> None:
    """The person says that something is wrong, and what is right: kept until somebody at a desk has read it. Raises Problem field or letter-unchanged."""
    letter, _, _, person = await by_token(transaction, organisation, token, now)
    was = own(person)
    right = was if left else take(was, said, person.private)
    if right == was and not note and not left:
        raise Problem("letter-unchanged")
    correction = Correction(was, right, note, left, person.private)
    await transaction.fetch(
        "UPDATE letters SET state = 'corrected', opened = coalesce(opened, ?), answered = ?, answer = ? WHERE organisation = ? AND id = ?",
        (now, now, msgspec.json.encode(correction).decode(), organisation, letter.id),
    )
    told = {"fields": sorted({change.field for change in changes(correction, None, True)}), "left": left, "note": bool(note)}
    await audit.note(transaction, seats.outsider(organisation, person.name), now, "letter.answered", person.id, title_of(letter), None, told)


async def accept(transaction: Transaction, caller: Caller, ids: Iterable[str], now: int) -> list[tuple[str, Problem]]:
    """Publishes what these persons have corrected, in one go. Gives those that could not be, with why; the others are done."""
    contacts = await read_contacts(transaction, caller.organisation)
    before, refused = contacts, []
    for id in dict.fromkeys(ids):
        try:
            contacts = await accept_one(transaction, caller, contacts, id, now)
        except Problem as problem:
            refused.append((id, problem))
    if contacts is not before:
        await library.put_contacts(transaction, caller.organisation, contacts, now)
    return refused


async def accept_one(transaction: Transaction, caller: Caller, contacts: Contacts, id: str, now: int) -> Contacts:
    """The contacts with one correction in them. Only what the person changed is changed: what was edited at a desk meanwhile stays."""
    letter, correction = await waiting_correction(transaction, caller, id)
    found = find(contacts, letter.function, letter.person)
    if found is None:
        raise Problem("letter-gone")
    function, person = found
    fresh = person
    told = changes(correction, None, not (correction.private or person.private))
    if correction.right != correction.was:
        changed = changed_fields(correction)
        answered = day(letter.answered or now).isoformat()
        fresh = msgspec.structs.replace(person, **changed, verified=answered, verified_by=changed.get("name", person.name))
    await settle(transaction, caller, letter, "accepted", now)
    before, after = [[change.field, change.before] for change in told], [[change.field, change.after] for change in told]
    await audit.note(transaction, caller, now, "letter.accepted", person.id, title_of(letter), before, after)
    return contacts if fresh is person else put(contacts, function.id, fresh)


async def decline(transaction: Transaction, caller: Caller, id: str, now: int) -> None:
    """The correction is put aside; the contact stays as it is."""
    letter, correction = await waiting_correction(transaction, caller, id)
    fields = {"fields": sorted({change.field for change in changes(correction, None, True)})}
    await settle(transaction, caller, letter, "declined", now)
    await audit.note(transaction, caller, now, "letter.declined", letter.person, title_of(letter), None, fields)


async def recall(transaction: Transaction, caller: Caller, id: str, now: int) -> None:
    """The link leads nowhere from now on. Raises Problem("letter-settled") when it has been answered."""
    letter = await by_id(transaction, caller.organisation, id)
    if letter.state != "waiting":
        raise Problem("letter-settled")
    await settle(transaction, caller, letter, "recalled", now)
    await audit.note(transaction, caller, now, "letter.recalled", letter.person, title_of(letter))


async def waiting_correction(transaction: Transaction, caller: Caller, id: str) -> tuple[Letter, Correction]:
    letter = await by_id(transaction, caller.organisation, id)
    correction = letter.correction
    if letter.state != "corrected" or correction is None:
        raise Problem("letter-settled")
    return letter, correction


async def settle(transaction: Transaction, caller: Caller, letter: Letter, state: str, now: int) -> None:
    """What the person wrote is not needed any longer, and is forgotten."""
    await transaction.fetch(
        "UPDATE letters SET state = ?, settled = ?, settled_by = ?, answer = NULL WHERE organisation = ? AND id = ?",
        (state, now, caller.name, caller.organisation, letter.id),
    )


def put(contacts: Contacts, function: str, person: Person) -> Contacts:
    return Contacts(
        tuple(
            msgspec.structs.replace(each, persons=tuple(person if one.id == person.id else one for one in each.persons)) if each.id == function else each
            for each in contacts.functions
        )
    )


def title_of(letter: Letter) -> str:
    return f"{letter.title}: {letter.name}"
