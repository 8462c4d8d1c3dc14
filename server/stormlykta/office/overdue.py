"""What somebody should have looked at by now: checklists, contacts, and the roles that nobody, or one person alone, holds.

Rule: only what is in force and has a person to ask; public numbers have none.
"""

from datetime import date, timedelta
from typing import TypeVar

import msgspec
from msgspec import Struct

from stormlykta import library
from stormlykta.connections import Transaction
from stormlykta.office.organisations import read_choices
from stormlykta.shapes import Checklist, Contacts, Document, Function, Person, Text, Vocabulary

LISTED = 50  # of each sort
Part = TypeVar("Part", bound=Document)


class OldChecklist(Struct):
    id: str
    title: Text
    version: int
    owner: str
    review_by: str


class OldContact(Struct):
    """`verified`: None when nobody ever has."""

    function: str
    title: Text
    person: str
    name: str
    verified: str | None


class BareRole(Struct):
    """`function`: the contact that has the role, where there is one."""

    id: str
    title: Text
    function: str | None


class Overdue(Struct):
    """The longest overdue first, at most 50 of each; the counts are of all."""

    checklists: list[OldChecklist]
    checklists_count: int
    contacts: list[OldContact]
    contacts_count: int
    roles_without_holder: list[BareRole]
    roles_without_deputy: list[BareRole]


async def read_overdue(transaction: Transaction, organisation: str, contacts: Contacts, today: date) -> Overdue:
    choices = await read_choices(transaction, organisation)
    late = [(function, person) for function, person in asked_persons(contacts) if holds_until(person, choices.contact_days) < today]
    late.sort(key=lambda pair: pair[1].verified or "")
    words = await read_part(transaction, organisation, "vocabulary", Vocabulary) or Vocabulary((), (), ())
    old = await read_old_checklists(transaction, organisation, today)
    return Overdue(
        checklists=old[:LISTED],
        checklists_count=len(old),
        contacts=[OldContact(function.id, function.title, person.id, person.name, person.verified) for function, person in late[:LISTED]],
        contacts_count=len(late),
        roles_without_holder=bare_roles(words, contacts, 0),
        roles_without_deputy=bare_roles(words, contacts, 1),
    )


def asked_persons(contacts: Contacts) -> list[tuple[Function, Person]]:
    """Everybody whose numbers have to be confirmed now and then."""
    return [(function, person) for function in contacts.functions if function.kind != "public" for person in function.persons]


async def read_old_checklists(transaction: Transaction, organisation: str, today: date) -> list[OldChecklist]:
    """Those in force whose day of review has passed."""
    rows = await transaction.fetch(
        "SELECT v.checklist, v.version, v.review_by, d.bytes FROM versions v JOIN documents d ON d.organisation = v.organisation AND d.hash = v.hash "
        "WHERE v.organisation = ? AND v.review_by < ? AND v.version = "
        "(SELECT MAX(version) FROM versions w WHERE w.organisation = v.organisation AND w.checklist = v.checklist) "
        "AND NOT EXISTS (SELECT 1 FROM withdrawals x WHERE x.organisation = v.organisation AND x.checklist = v.checklist) ORDER BY v.review_by, v.checklist",
        (organisation, today.isoformat()),
    )
    return [OldChecklist(id, (card := msgspec.json.decode(data, type=Checklist)).title, version, card.owner, by) for id, version, by, data in rows]


def holds_until(person: Person, days: int) -> date:
    """The last day on which the person still counts as confirmed."""
    try:
        return date.fromisoformat(person.verified or "") + timedelta(days=person.interval_days or days)
    except (ValueError, OverflowError):
        return date.min


def bare_roles(vocabulary: Vocabulary, contacts: Contacts, holders: int) -> list[BareRole]:
    """The roles that exactly so many persons hold."""
    held: dict[str, list[Function]] = {}
    for function in contacts.functions:
        if function.role is not None:
            held.setdefault(function.role, []).append(function)
    return [
        BareRole(role.id, role.title, held[role.id][0].id if role.id in held else None)
        for role in vocabulary.roles
        if sum(len(function.persons) for function in held.get(role.id, [])) == holders
    ]


async def current_contacts(transaction: Transaction, organisation: str) -> Contacts:
    return await read_part(transaction, organisation, "contacts", Contacts) or Contacts(())


async def read_part(transaction: Transaction, organisation: str, part: str, shape: type[Part]) -> Part | None:
    data = await library.get_part(transaction, organisation, part)
    return msgspec.json.decode(data, type=shape) if data is not None else None
