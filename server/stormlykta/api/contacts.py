"""The register of contacts at the desk: all of it, and one function at a time."""

from typing import Any

import msgspec
from starlette.responses import Response

from stormlykta.connections import Transaction
from stormlykta.desk import Desk, desk
from stormlykta.doors import packed
from stormlykta.files.contact_forms import FunctionForm
from stormlykta.office import contacts, organisations
from stormlykta.shapes import Contacts, Function, Text


class FunctionView(msgspec.Struct):
    """A function as the caller may see it; `mark` goes back with what is changed."""

    mark: str
    function: Function


class RoleName(msgspec.Struct):
    id: str
    title: Text


class Register(msgspec.Struct):
    """`secrets`: whether secret numbers are among them; else a private person comes without numbers, e-mail, Rakel, address and notes.

    `named`: contact id → how many cards name it. `roles`: those that a function may have. `interval_days`: how long a confirmation holds where the
    contact says nothing of its own.
    """

    functions: list[FunctionView]
    roles: list[RoleName]
    secrets: bool
    named: dict[str, int]
    interval_days: int


class CardName(msgspec.Struct):
    id: str
    title: str


class NewFunction(msgspec.Struct):
    function: FunctionForm


class ChangedFunction(msgspec.Struct):
    """`mark`: what the function's was when the form was opened; null when there was none (a removed one is put back)."""

    mark: str | None
    function: FunctionForm


class Confirming(msgspec.Struct):
    persons: list[str]


def view(at: Desk, function: Function) -> FunctionView:
    return FunctionView(contacts.mark(function, at.caller), contacts.seen(Contacts((function,)), at.caller).functions[0])


@desk(may="editor", gives=Register)
async def register(at: Desk) -> Response:
    """Every function with its persons in order."""

    async def job(transaction: Transaction) -> Register:
        found = await contacts.read_contacts(transaction, at.organisation)
        namings = await contacts.read_namings(transaction, at.organisation)
        choices = await organisations.read_choices(transaction, at.organisation)
        views = [view(at, function) for function in found.functions]
        roles = [RoleName(id, title) for id, title in (await contacts.read_roles(transaction, at.organisation)).items()]
        return Register(views, roles, at.caller.leader, {id: len(cards) for id, cards in namings.items()}, choices.contact_days)

    return packed(at.request, msgspec.json.encode(await at.read(job)), "application/json", {"Cache-Control": "no-store"})


@desk(may="editor", takes=NewFunction, gives=FunctionView, status=201, refuses=("field",))
async def add(at: Desk, asked: NewFunction) -> FunctionView:
    """A new function; its id is made from its role or its title."""
    function = await at.write(lambda transaction: contacts.add(transaction, at.caller, at.now, asked.function))
    await at.refresh_library()
    return view(at, function)


@desk(may="editor", takes=ChangedFunction, gives=FunctionView, refuses=("conflict", "field", "not-found", "taken"))
async def save(at: Desk, asked: ChangedFunction) -> FunctionView:
    """Changes a function, its persons and their order; phones have it within seconds."""
    id = at.path("function")
    function = await at.write(lambda transaction: contacts.save(transaction, at.caller, at.now, id, asked.function, asked.mark))
    await at.refresh_library()
    return view(at, function)


@desk(may="editor", query=("mark",), refuses=("conflict", "not-found"))
async def remove(at: Desk) -> None:
    """Removes a function as it was seen: ?mark= is its mark."""
    id, mark = at.path("function"), at.query("mark")
    await at.write(lambda transaction: contacts.remove(transaction, at.caller, at.now, id, mark))
    await at.refresh_library()


@desk(may="editor", gives=FunctionView, refuses=("not-found", "taken"))
async def restore(at: Desk) -> FunctionView:
    """Brings back a function that was removed in the last day, as it was."""
    id = at.path("function")
    function = await at.write(lambda transaction: contacts.restore(transaction, at.caller, at.now, id))
    await at.refresh_library()
    return view(at, function)


@desk(may="editor", takes=Confirming, gives=FunctionView, refuses=("not-found",))
async def confirm(at: Desk, asked: Confirming) -> FunctionView:
    """Somebody has checked today that these persons' numbers are right."""
    id = at.path("function")
    function = await at.write(lambda transaction: contacts.confirm(transaction, at.caller, at.now, id, asked.persons))
    await at.refresh_library_calmly()
    return view(at, function)


@desk(may="editor", gives=list[CardName], refuses=("not-found",))
async def cards(at: Desk) -> list[Any]:
    """The cards that name a function or one of its persons: what removing it would leave without anybody to ring."""
    id = at.path("function")

    async def job(transaction: Transaction) -> list[CardName]:
        found = await contacts.read_contacts(transaction, at.organisation)
        namings = await contacts.read_namings(transaction, at.organisation)
        function = contacts.find(found, id)
        return [CardName(*naming) for naming in contacts.namings_of(function, namings)]

    return await at.read(job)
