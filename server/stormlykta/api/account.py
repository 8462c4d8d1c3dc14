"""My own ways in and my own browsers; and for administrators, who sits where. Rule: one's own only, but for the two routes that say `admin`."""

import time
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from starlette.responses import Response

from stormlykta.accounts import plain
from stormlykta.api.seating import attempt, site_of
from stormlykta.connections import Transaction
from stormlykta.desk import Desk, clear_seat, desk
from stormlykta.errors import Problem
from stormlykta.office import audit, credentials, links, passkeys, passwords, seats
from stormlykta.office.passkeys import Owner

Typed = Annotated[str, Meta(max_length=2000)]


class CredentialView(msgspec.Struct):
    id: str
    kind: str
    name: str
    created: int
    used: int | None


class SeatView(msgspec.Struct):
    """`here`: the one that asks."""

    id: str
    created: int
    used: int
    way: str
    agent: str
    here: bool


class Account(msgspec.Struct):
    credentials: list[CredentialView]
    seats: list[SeatView]


class SeatOfSomebody(msgspec.Struct):
    id: str
    member: str
    name: str
    created: int
    used: int
    way: str
    agent: str
    here: bool


class DeskLink(msgspec.Struct):
    """Told this once."""

    link: str
    expires: int


class NewPassword(msgspec.Struct):
    """`old`: needed where there is one already."""

    password: Typed
    old: Typed = ""


class NewPasskey(msgspec.Struct):
    name: Annotated[str, Meta(max_length=400)]
    credential: dict[str, Any]


@desk(may="desk", gives=Account)
async def account(at: Desk) -> Account:
    """My ways in, and the browsers where I am signed in."""

    async def job(transaction: Transaction) -> Account:
        held = await credentials.list_credentials(transaction, at.organisation, at.caller.member)
        sat = await seats.open_seats(transaction, at.organisation, at.caller.member, at.now)
        ways = [CredentialView(*row) for row in held]
        return Account(ways, [SeatView(id, created, used, way, agent, id == at.caller.seat) for id, created, used, way, agent in sat])

    return await at.read(job)


@desk(may="desk", takes=NewPassword, refuses=("password", "old-password", "limit"))
async def put_password(at: Desk, asked: NewPassword) -> None:
    """Makes a password, or changes it: then I am signed out of my other browsers."""
    hasher, member = at.state.entrances.hasher, at.caller.member
    held = await at.read(lambda transaction: credentials.find_password(transaction, at.organisation, member))
    if held is not None:
        async with attempt(at, f"old {member}"):
            if not await hasher.matches(held.secret, asked.old):
                raise Problem("old-password")
    email, organisation_name = await at.read(lambda transaction: around(transaction, at))
    await passwords.check(asked.password, (at.caller.name, email, at.organisation, organisation_name))
    secret = await hasher.hash(asked.password)

    async def job(transaction: Transaction) -> None:
        now_held = await credentials.find_password(transaction, at.organisation, member)
        if now_held is not None and (held is None or now_held.id != held.id):
            raise Problem("old-password")  # made meanwhile, in another browser
        changed = await credentials.put_password(transaction, at.organisation, member, secret, at.now)
        if changed:
            await seats.end_seats(transaction, at.organisation, member, at.now, but=at.caller.seat)
        deed = "credential.changed" if changed else "credential.added"
        await audit.note(transaction, at.caller, at.now, deed, "", at.caller.name, None, {"kind": "password"})

    await at.write(job)


async def around(transaction: Transaction, at: Desk) -> tuple[str, str]:
    """What a password must not be made of, beside the name."""
    person = await credentials.desk_person(transaction, at.organisation, at.caller.member)
    return (person.email or "") if person else "", await credentials.named(transaction, at.organisation) or ""


@desk(may="desk", gives=dict[str, Any])
async def passkey_options(at: Desk) -> dict[str, Any]:
    """What navigator.credentials.create takes, to add a passkey."""
    owner = Owner(at.caller.member, at.caller.name)
    held = await at.read(lambda transaction: credentials.passkeys_of(transaction, at.organisation, owner.member))
    _, organisation_name = await at.read(lambda transaction: around(transaction, at))
    challenge = at.state.entrances.ceremonies.open(at.organisation, owner, time.monotonic())
    return passkeys.registration(site_of(at), at.organisation, organisation_name, owner, held, challenge)


@desk(may="desk", takes=NewPasskey, refuses=("passkey", "taken", "many-keys"))
async def add_passkey(at: Desk, asked: NewPasskey) -> None:
    """Adds a passkey."""
    challenge, owner = at.state.entrances.ceremonies.end(at.organisation, asked.credential, time.monotonic())
    if owner != Owner(at.caller.member, at.caller.name):
        raise Problem("passkey")
    passkey = passkeys.read_registration(site_of(at), asked.credential, challenge)

    async def job(transaction: Transaction) -> None:
        await credentials.add_passkey(transaction, at.organisation, at.caller.member, passkey, plain(asked.name), at.now)
        await audit.note(transaction, at.caller, at.now, "credential.added", passkey.id, at.caller.name, None, {"kind": "passkey"})

    await at.write(job)


@desk(may="desk", refuses=("not-found", "last-way"))
async def remove_credential(at: Desk) -> None:
    """Removes one of my ways in, never the last."""
    worth = frozenset({"password", "passkey"} | ({"oidc"} if at.state.entrances.providers.of(at.organisation) else set()))

    async def job(transaction: Transaction) -> None:
        id = at.path("credential")
        kind = await credentials.remove_credential(transaction, at.organisation, at.caller.member, id, worth)
        await audit.note(transaction, at.caller, at.now, "credential.removed", id if kind == "passkey" else "", at.caller.name, {"kind": kind}, None)

    await at.write(job)


@desk(may="desk", refuses=("not-found",))
async def end_my_seat(at: Desk) -> Response:
    """Signs me out of one of my browsers."""
    return await end(at, mine=True)


@desk(may="desk")
async def leave_everywhere(at: Desk) -> Response:
    """Signs me out of all my browsers, this one too."""

    async def job(transaction: Transaction) -> None:
        count = await seats.end_seats(transaction, at.organisation, at.caller.member, at.now)
        await audit.note(transaction, at.caller, at.now, "seats.ended", at.caller.member, at.caller.name, None, {"count": count})

    await at.write(job)
    return gone(at)


@desk(may="admin", gives=list[SeatOfSomebody])
async def everybodys_seats(at: Desk) -> list[SeatOfSomebody]:
    """All who are signed in, in which browsers."""
    rows = await at.read(lambda transaction: seats.everybodys_seats(transaction, at.organisation, at.now))
    return [SeatOfSomebody(id, member, name, created, used, way, agent, id == at.caller.seat) for id, member, name, created, used, way, agent in rows]


@desk(may="admin", refuses=("not-found",))
async def end_seat(at: Desk) -> Response:
    """Signs somebody out of a browser."""
    return await end(at, mine=False)


@desk(may="admin", gives=DeskLink, status=201, refuses=("not-found", "role"))
async def make_link(at: Desk) -> DeskLink:
    """A one-time link for a member who is to sit at a desk, or who has lost their ways in: it leads to a passkey or a password of their own."""
    member = at.path("member")

    async def job(transaction: Transaction) -> str:
        person = await credentials.desk_person(transaction, at.organisation, member)
        if person is None:
            raise Problem("not-found")
        await audit.note(transaction, at.caller, at.now, "link.made", member, person.name)
        return await links.make_link(transaction, at.organisation, member, at.now)

    token = await at.write(job)
    return DeskLink(links.address(site_of(at).origin, at.organisation, token), at.now + links.HOURS * 3_600_000)


async def end(at: Desk, *, mine: bool) -> Response:
    seat = at.path("seat")

    async def job(transaction: Transaction) -> None:
        owner = await seats.seat_owner(transaction, at.organisation, seat)
        if owner is None or (mine and owner[0] != at.caller.member) or not await seats.end_seat(transaction, at.organisation, seat, at.now):
            raise Problem("not-found")
        await audit.note(transaction, at.caller, at.now, "seat.ended", seat, owner[1])

    await at.write(job)
    return gone(at) if seat == at.caller.seat else Response(status_code=204)


def gone(at: Desk) -> Response:
    response = Response(status_code=204)
    clear_seat(response, at.organisation)
    return response
