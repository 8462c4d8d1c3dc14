"""Getting in at a desk: by password, by passkey, or by a one-time link that makes one of the two.

Rule: who is refused learns nothing of who is here: the same answer, in about the same time, whatever was wrong.
"""

import secrets
import time
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from starlette.responses import Response

from stormlykta.accounts import digest, plain
from stormlykta.api.me import Me
from stormlykta.api.seating import Seated, attempt, seat, site_of, welcome
from stormlykta.connections import Transaction
from stormlykta.desk import Desk, desk
from stormlykta.errors import Problem
from stormlykta.office import audit, credentials, links, passkeys, passwords, seats
from stormlykta.office.credentials import Credential, Person
from stormlykta.office.links import Link
from stormlykta.office.passkeys import Owner

Short = Annotated[str, Meta(max_length=400)]
Typed = Annotated[str, Meta(max_length=2000)]
LONGEST_NAME = 80


class Named(msgspec.Struct):
    id: str
    name: str


class Key(msgspec.Struct):
    """The organisation's own provider, by the name that stands on its key."""

    name: str


class Door(msgspec.Struct):
    organisation: Named
    oidc: Key | None


class ByPassword(msgspec.Struct):
    who: Short
    password: Typed


class ByPasskey(msgspec.Struct):
    credential: dict[str, Any]


class Token(msgspec.Struct):
    token: Short


class TokenAndName(msgspec.Struct):
    token: Short
    name: Short = ""


class LinkPassword(msgspec.Struct):
    token: Short
    password: Typed
    name: Short = ""


class LinkPasskey(msgspec.Struct):
    """`key`: what the person calls the passkey."""

    token: Short
    credential: dict[str, Any]
    key: Short = ""


class LinkView(msgspec.Struct):
    """`first`: whoever opens it becomes an administrator under the name they give."""

    first: bool
    name: str
    roles: list[str]
    organisation: Named


@desk(may="stranger", gives=Door)
async def enter(at: Desk) -> Door:
    """Which organisation's door it is, and whether its own provider can be used."""
    provider = at.state.entrances.providers.of(at.organisation)
    name = await at.read(lambda transaction: credentials.named(transaction, at.organisation))
    return Door(Named(at.organisation, name or at.organisation), Key(provider.name) if provider and name else None)


@desk(may="stranger", takes=ByPassword, gives=Me, refuses=("enter", "limit"))
async def enter_by_password(at: Desk, asked: ByPassword) -> Response:
    """Signs in by e-mail or name, and password."""
    hasher = at.state.entrances.hasher
    async with attempt(at, asked.who or "?"):
        found = await at.read(lambda transaction: credentials.find_person(transaction, at.organisation, asked.who))
        password = found[1] if found else None
        if not await hasher.matches(password.secret if password else None, asked.password) or password is None:
            raise Problem("enter")
        fresh = await hasher.hash(asked.password) if hasher.is_dated(password.secret) else None

        async def job(transaction: Transaction) -> Seated:
            seated = await use(transaction, at, password, 0, "password", Problem("enter"))
            if fresh is not None:
                await credentials.replace_secret(transaction, at.organisation, password, fresh)
            return seated

        return welcome(at, await at.write(job))


@desk(may="stranger", gives=dict[str, Any], refuses=("limit",))
async def enter_passkey_options(at: Desk) -> dict[str, Any]:
    """What navigator.credentials.get takes, to sign in."""
    at.state.entrances.count_opening(at.address)
    return passkeys.authentication(site_of(at), at.state.entrances.ceremonies.open(at.organisation, None, time.monotonic()))


@desk(may="stranger", takes=ByPasskey, gives=Me, refuses=("passkey", "limit"))
async def enter_by_passkey(at: Desk, asked: ByPasskey) -> Response:
    """Signs in by passkey."""
    async with attempt(at):
        challenge, owner = at.state.entrances.ceremonies.end(at.organisation, asked.credential, time.monotonic())
        id = passkeys.answering(asked.credential)
        passkey = None if owner else await at.read(lambda transaction: credentials.find_credential(transaction, at.organisation, "passkey", id))
        uses = passkeys.read_authentication(site_of(at), asked.credential, challenge, passkey)
        if passkey is None:
            raise Problem("passkey")
        return welcome(at, await at.write(lambda transaction: use(transaction, at, passkey, uses, "passkey", Problem("passkey"))))


async def use(transaction: Transaction, at: Desk, credential: Credential, uses: int, way: str, refusal: Problem) -> Seated:
    """Seats whoever proved to hold the credential, unless they have lost it, or their right, since it was read."""
    person = await credentials.desk_person(transaction, at.organisation, credential.member)
    if person is None or not await credentials.use_credential(transaction, at.organisation, credential, uses, at.now):
        raise refusal
    return await seat(transaction, at, person, way)


@desk(may="stranger", takes=Token, gives=LinkView, refuses=("link", "used", "expired", "limit"))
async def read_link(at: Desk, asked: Token) -> LinkView:
    """What a one-time link is good for; it is not used up by this."""
    async with attempt(at):
        link, name = await find(at, asked.token)
    return LinkView(link.member is None, link.name, sorted(link.roles), Named(at.organisation, name))


@desk(may="stranger", takes=LinkPassword, gives=Me, refuses=("link", "used", "expired", "limit", "password", "field", "taken"))
async def use_link_by_password(at: Desk, asked: LinkPassword) -> Response:
    """Makes a password by a one-time link, and signs in."""
    async with attempt(at):
        link, organisation_name = await find(at, asked.token)
        name = await name_for(at, link, asked.name)
        await passwords.check(asked.password, (name, at.organisation, organisation_name))
        secret = await at.state.entrances.hasher.hash(asked.password)

        async def job(transaction: Transaction) -> Seated:
            person, seated = await arrive(transaction, at, asked.token, name, secrets.token_urlsafe(8))
            await credentials.put_password(transaction, at.organisation, person.member, secret, at.now)
            await audit.note(transaction, seated.caller, at.now, "credential.added", "", person.name, None, {"kind": "password"})
            return seated

        return await let_in(at, await at.write(job))


@desk(may="stranger", takes=TokenAndName, gives=dict[str, Any], refuses=("link", "used", "expired", "limit", "field", "taken"))
async def link_passkey_options(at: Desk, asked: TokenAndName) -> dict[str, Any]:
    """What navigator.credentials.create takes, to make a passkey by a one-time link."""
    async with attempt(at):
        link, organisation_name = await find(at, asked.token)
        owner = Owner(link.member or secrets.token_urlsafe(8), await name_for(at, link, asked.name), digest(asked.token))
    held = await at.read(lambda transaction: credentials.passkeys_of(transaction, at.organisation, owner.member))
    challenge = at.state.entrances.ceremonies.open(at.organisation, owner, time.monotonic())
    return passkeys.registration(site_of(at), at.organisation, organisation_name, owner, held, challenge)


@desk(may="stranger", takes=LinkPasskey, gives=Me, refuses=("link", "used", "expired", "limit", "passkey", "taken", "many-keys"))
async def use_link_by_passkey(at: Desk, asked: LinkPasskey) -> Response:
    """Makes a passkey by a one-time link, and signs in."""
    async with attempt(at):
        challenge, owner = at.state.entrances.ceremonies.end(at.organisation, asked.credential, time.monotonic())
        if owner is None or owner.link != digest(asked.token):
            raise Problem("passkey")
        passkey = passkeys.read_registration(site_of(at), asked.credential, challenge)

        async def job(transaction: Transaction) -> Seated:
            person, seated = await arrive(transaction, at, asked.token, owner.name, owner.member)
            await credentials.add_passkey(transaction, at.organisation, person.member, passkey, plain(asked.key), at.now)
            await audit.note(transaction, seated.caller, at.now, "credential.added", passkey.id, person.name, None, {"kind": "passkey"})
            return seated

        return await let_in(at, await at.write(job))


async def find(at: Desk, token: str) -> tuple[Link, str]:
    """The link, and what its organisation is called."""

    async def job(transaction: Transaction) -> tuple[Link, str]:
        link = await links.read_link(transaction, at.organisation, token, at.now)
        return link, await credentials.named(transaction, at.organisation) or at.organisation

    return await at.read(job)


async def name_for(at: Desk, link: Link, typed: str) -> str:
    """Raises Problem: "field" when the first administrator has given none, "taken" when it is another's."""
    if link.member is not None:
        return link.name
    name = " ".join(plain(typed).split())
    await at.read(lambda transaction: links.check_unclaimed(transaction, at.organisation, name))
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Problem("field", fields={"name": "long" if name else "empty"})
    return name


async def arrive(transaction: Transaction, at: Desk, token: str, name: str, member: str) -> tuple[Person, Seated]:
    """Uses up the link: its person is seated, and has left every other browser, for somebody may sit there who should not."""
    link = await links.use_link(transaction, at.organisation, token, at.now)
    made = ""
    if link.member is None:
        member, name, made = await links.claim_administrator(transaction, at.organisation, name, member, at.now)
    person = await credentials.desk_person(transaction, at.organisation, link.member or member)
    if person is None:
        raise Problem("link")
    await seats.end_seats(transaction, at.organisation, person.member, at.now)
    seated = await seat(transaction, at, person, "link")
    if made:
        await audit.note(transaction, seated.caller, at.now, made, person.member, person.name, None, {"roles": sorted(person.roles)})
    return person, seated


async def let_in(at: Desk, seated: Seated) -> Response:
    await at.refresh_library()  # phones know who the members are
    return welcome(at, seated)
