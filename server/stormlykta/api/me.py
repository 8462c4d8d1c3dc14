"""Who I am at this desk, and leaving it."""

from typing import Any

import msgspec
from starlette.responses import Response

from stormlykta.connections import Transaction
from stormlykta.desk import Desk, clear_seat, desk
from stormlykta.office import audit, organisations, seats
from stormlykta.office.seats import Caller


class MyMember(msgspec.Struct):
    id: str
    name: str
    roles: list[str]
    email: str | None


class Me(msgspec.Struct):
    """`organisation` is the manifest's: id, name and the settings."""

    member: MyMember
    organisation: dict[str, Any]
    seat: str


@desk(may="desk", gives=Me)
async def me(at: Desk) -> Me:
    """Who is signed in, and in which organisation."""
    return await at.read(lambda transaction: describe(transaction, at.caller))


async def describe(transaction: Transaction, caller: Caller) -> Me:
    email = await organisations.member_email(transaction, caller.organisation, caller.member)
    member = MyMember(caller.member, caller.name, sorted(caller.roles), email)
    return Me(member, await organisations.describe(transaction, caller.organisation), caller.seat)


@desk(may="desk")
async def leave(at: Desk) -> Response:
    """Signs out of this desk."""

    async def job(transaction: Transaction) -> None:
        await seats.end_seat(transaction, at.organisation, at.caller.seat, at.now)
        await audit.note(transaction, at.caller, at.now, "seat.left", at.caller.seat, at.caller.name)

    await at.write(job)
    response = Response(status_code=204)
    clear_seat(response, at.organisation)
    return response
