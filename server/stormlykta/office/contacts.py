"""The register of contacts as the desk changes it: one function at a time, or a file at once.

Rule: the published document is the only truth; every change reads it, changes it and publishes it anew in one transaction. A mark is a hash of what
the asker may see, so it tells nobody a secret number.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec
from msgspec import structs

from stormlykta import library
from stormlykta.connections import Transaction
from stormlykta.errors import Problem
from stormlykta.files.contact_forms import FunctionForm, Reading, new_id
from stormlykta.files.contact_merging import Difference, differences
from stormlykta.files.contact_places import Present
from stormlykta.files.contact_plans import Plan
from stormlykta.files.swedish_time import day
from stormlykta.office import audit
from stormlykta.office.seats import Caller
from stormlykta.shapes import Checklist, Contacts, Function, Text, Vocabulary
from stormlykta.texts.documents import document_hash
from stormlykta.texts.grammar import ID, markers

NAMED = 30  # titles that the audit trail holds of one import


class Naming(NamedTuple):
    """A card that names a contact."""

    id: str
    title: str


async def read_contacts(transaction: Transaction, organisation: str) -> Contacts:
    data = await library.get_part(transaction, organisation, "contacts")
    return msgspec.json.decode(data, type=Contacts) if data is not None else Contacts(())


async def read_roles(transaction: Transaction, organisation: str) -> dict[str, Text]:
    data = await library.get_part(transaction, organisation, "vocabulary")
    return {role.id: role.title for role in msgspec.json.decode(data, type=Vocabulary).roles} if data is not None else {}


async def read_present(transaction: Transaction, caller: Caller) -> Present:
    contacts = await read_contacts(transaction, caller.organisation)
    return Present(contacts.functions, await read_roles(transaction, caller.organisation), caller.leader)


def find(contacts: Contacts, id: str) -> Function:
    """Raises Problem("not-found")."""
    for function in contacts.functions:
        if function.id == id:
            return function
    raise Problem("not-found")


def seen(contacts: Contacts, caller: Caller) -> Contacts:
    """The contacts as the caller may see them."""
    return contacts if caller.leader else library.without_secrets(contacts)


def mark(function: Function, caller: Caller) -> str:
    return document_hash(msgspec.json.encode(seen(Contacts((function,)), caller)))


def base(contacts: Contacts, caller: Caller) -> str:
    """The mark of the whole list."""
    return document_hash(msgspec.json.encode(seen(contacts, caller)))


async def add(transaction: Transaction, caller: Caller, now: int, form: FunctionForm) -> Function:
    """A new function, with an id of its own. Raises Problem("field")."""
    present = await read_present(transaction, caller)
    return await save(transaction, caller, now, new_id(form, present), form, None)


async def save(transaction: Transaction, caller: Caller, now: int, id: str, form: FunctionForm, expected: str | None) -> Function:
    """Makes the function what the form says. `expected`: its mark when the form was opened, None for one that is not there.

    Raises Problem("conflict", theirs=…) when it has changed since, "field" when something will not do, "not-found" for an id that can be none.
    """
    present = await read_present(transaction, caller)
    was = _expect(present, caller, id, expected)
    if not ID.fullmatch(id):
        raise Problem("not-found")
    reading = Reading(present, was)
    function = reading.function(id, form)
    if id in reading.taken:
        raise Problem("taken")
    if reading.wrong:
        raise Problem("field", fields=reading.wrong)
    if function != was:
        await publish(transaction, caller, now, (*(function if each.id == id else each for each in present.functions), *(() if was else (function,))))
    before, after = told(differences(was or _nothing(function), function, sees_secrets=False))
    await audit.note(transaction, caller, now, "contact.changed" if was else "contact.added", id, function.title.sv, before if was else None, after)
    return function


async def confirm(transaction: Transaction, caller: Caller, now: int, id: str, persons: Iterable[str]) -> Function:
    """Their numbers are right as of today, says the caller. Raises Problem("not-found")."""
    contacts = await read_contacts(transaction, caller.organisation)
    was, wanted = find(contacts, id), set(persons)
    if not wanted <= {person.id for person in was.persons} or not wanted:
        raise Problem("not-found")
    today = day(now).isoformat()
    function = structs.replace(
        was,
        persons=tuple(structs.replace(person, verified=today, verified_by=caller.name) if person.id in wanted else person for person in was.persons),
    )
    await publish(transaction, caller, now, tuple(function if each.id == id else each for each in contacts.functions))
    names = [person.name for person in was.persons if person.id in wanted]
    await audit.note(transaction, caller, now, "contact.confirmed", id, function.title.sv, None, {"persons": names, "verified": today})
    return function


async def remove(transaction: Transaction, caller: Caller, now: int, id: str, expected: str) -> None:
    """Raises Problem("not-found"), or "conflict" when it has changed since it was seen."""
    present = await read_present(transaction, caller)
    if all(function.id != id for function in present.functions):
        raise Problem("not-found")
    was = _expect(present, caller, id, expected)
    await publish(transaction, caller, now, tuple(function for function in present.functions if function.id != id))
    persons = [person.name for person in was.persons] if was else []
    await audit.note(transaction, caller, now, "contact.removed", id, was.title.sv if was else id, {"persons": persons})


async def restore(transaction: Transaction, caller: Caller, now: int, id: str) -> Function:
    """Brings back a function as it was before it was removed, in its place: the lists of the last day are still there. Raises Problem("not-found"), "taken"."""
    contacts = await read_contacts(transaction, caller.organisation)
    async for earlier in library.earlier_contacts(transaction, caller.organisation):
        at = next((at for at, function in enumerate(earlier) if function.id == id), None)
        if at is None:
            continue
        ids = {each for function in contacts.functions for each in (function.id, *(person.id for person in function.persons))}
        if ids & {id, *(person.id for person in earlier[at].persons)}:
            raise Problem("taken")
        await publish(transaction, caller, now, (*contacts.functions[:at], earlier[at], *contacts.functions[at:]))
        await audit.note(transaction, caller, now, "contact.restored", id, earlier[at].title.sv)
        return earlier[at]
    raise Problem("not-found")


async def apply(transaction: Transaction, caller: Caller, now: int, plan: Plan, planned: Contacts, name: str) -> None:
    """Publishes what the plan says, if the list is still the one that it was planned on. Raises Problem("raced")."""
    if await read_contacts(transaction, caller.organisation) != planned:
        raise Problem("raced")
    await publish(transaction, caller, now, plan.contacts.functions)
    after: dict[str, Any] = {}
    for sort, fates in (("new", plan.new), ("changed", plan.changed), ("removed", plan.removed)):
        if fates:
            after[sort] = len(fates)
            after[f"{sort}_titles"] = [fate.title for fate in fates[:NAMED]]
    await audit.note(transaction, caller, now, "contacts.imported", name[:100], name[:100], None, after)


async def publish(transaction: Transaction, caller: Caller, now: int, functions: tuple[Function, ...]) -> None:
    await library.put_contacts(transaction, caller.organisation, Contacts(functions), now)


async def read_namings(transaction: Transaction, organisation: str) -> dict[str, list[Naming]]:
    """Contact id (function's or person's) → the cards that name it."""
    found: dict[str, list[Naming]] = {}
    for card in await library.current_checklists(transaction, organisation):
        for id in sorted(named_in(card)):
            found.setdefault(id, []).append(Naming(card.id, card.title.sv))
    return found


def namings_of(function: Function, namings: Mapping[str, list[Naming]]) -> list[Naming]:
    return list(dict.fromkeys(naming for id in library.contact_ids(function) for naming in namings.get(id, ())))


def named_in(card: Checklist) -> set[str]:
    """Ids of the contacts that a card rings or mentions."""
    called = {id for phase in card.phases for step in phase.steps for id in step.call}
    return called | {id for kind, id in markers(msgspec.json.encode(card).decode()) if kind == "call"}


def told(found: list[Difference]) -> tuple[dict[str, str | None], dict[str, str | None]]:
    """Differences as the audit trail holds them: "field" or "field (person)" → before, after; None for a secret."""
    keys = [f"{each.field} ({each.person})" if each.person else each.field for each in found]
    return {key: each.before for key, each in zip(keys, found, strict=True)}, {key: each.after for key, each in zip(keys, found, strict=True)}


def _expect(present: Present, caller: Caller, id: str, expected: str | None) -> Function | None:
    was = next((function for function in present.functions if function.id == id), None)
    if (mark(was, caller) if was else None) != expected:
        theirs = {"mark": mark(was, caller), "function": seen(Contacts((was,)), caller).functions[0]} if was else None
        raise Problem("conflict", theirs=msgspec.to_builtins(theirs))
    return was


def _nothing(function: Function) -> Function:
    """What a new function is compared with."""
    return Function(id=function.id, title=Text(""), kind=function.kind, category="", persons=())
