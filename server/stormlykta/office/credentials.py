"""The ways in that a person has: a password, passkeys, an account at the organisation's own provider. And who is meant by what somebody types.

Rule: every question names the organisation, and a member who is removed, or may not sit at a desk, is found by none of them.
"""

import hashlib
import secrets
import unicodedata
from typing import NamedTuple

from stormlykta.connections import Row, Transaction
from stormlykta.errors import Problem
from stormlykta.log.operations import base64url
from stormlykta.office.seats import DESK_ROLES

PASSKEYS = 20  # a person
NAME = 60


class Person(NamedTuple):
    """A member who may sit at a desk."""

    member: str
    name: str
    roles: frozenset[str]
    email: str | None


class Credential(NamedTuple):
    """`secret`: argon2id text; a passkey's public key; issuer and subject."""

    id: str
    kind: str
    member: str
    secret: bytes
    uses: int


async def find_person(transaction: Transaction, organisation: str, who: str) -> tuple[Person, Credential | None] | None:
    """Whose e-mail or name was typed, and their password. Of several with one name the one with a password is meant; when that is more than one, nobody is."""
    typed = folded(who)
    people = [person for person in await desk_people(transaction, organisation) if typed and typed in (folded(person.email or ""), folded(person.name))]
    if len(people) > 1:
        people = [person for person in people if folded(person.email or "") == typed] or people
    found = [(person, await find_password(transaction, organisation, person.member)) for person in people]
    if len(found) > 1:
        found = [each for each in found if each[1] is not None]
    return found[0] if len(found) == 1 else None


async def named(transaction: Transaction, organisation: str) -> str | None:
    """What the organisation is called; None when there is none."""
    rows = await transaction.fetch("SELECT name FROM organisations WHERE id = ?", (organisation,))
    return rows[0][0] if rows else None


async def desk_people(transaction: Transaction, organisation: str) -> list[Person]:
    rows = await transaction.fetch("SELECT id, name, roles, email FROM members WHERE organisation = ? AND removed IS NULL", (organisation,))
    people = [Person(id, name, frozenset(roles.split(",")), email) for id, name, roles, email in rows]
    return [person for person in people if person.roles & DESK_ROLES]


async def desk_person(transaction: Transaction, organisation: str, member: str) -> Person | None:
    rows = await transaction.fetch("SELECT name, roles, email FROM members WHERE organisation = ? AND id = ? AND removed IS NULL", (organisation, member))
    person = Person(member, rows[0][0], frozenset(rows[0][1].split(",")), rows[0][2]) if rows else None
    return person if person and person.roles & DESK_ROLES else None


async def find_password(transaction: Transaction, organisation: str, member: str) -> Credential | None:
    rows = await transaction.fetch("SELECT id, secret FROM credentials WHERE organisation = ? AND member = ? AND kind = 'password'", (organisation, member))
    return Credential(rows[0][0], "password", member, bytes(rows[0][1]), 0) if rows else None


async def find_credential(transaction: Transaction, organisation: str, kind: str, credential: str) -> Credential | None:
    rows = await transaction.fetch(
        "SELECT member, secret, uses FROM credentials WHERE organisation = ? AND kind = ? AND id = ?", (organisation, kind, credential)
    )
    return Credential(credential, kind, rows[0][0], bytes(rows[0][1]), rows[0][2]) if rows else None


async def passkeys_of(transaction: Transaction, organisation: str, member: str) -> list[str]:
    rows = await transaction.fetch("SELECT id FROM credentials WHERE organisation = ? AND member = ? AND kind = 'passkey'", (organisation, member))
    return [row[0] for row in rows]


async def list_credentials(transaction: Transaction, organisation: str, member: str) -> list[Row]:
    """(id, kind, name, created, used), the oldest first."""
    return await transaction.fetch(
        "SELECT id, kind, name, created, used FROM credentials WHERE organisation = ? AND member = ? ORDER BY created, id", (organisation, member)
    )


async def put_password(transaction: Transaction, organisation: str, member: str, secret: bytes, now: int) -> bool:
    """The one password the member has. True: it took another's place."""
    had = await transaction.fetch("DELETE FROM credentials WHERE organisation = ? AND member = ? AND kind = 'password' RETURNING id", (organisation, member))
    await insert(transaction, organisation, member, Credential(secrets.token_urlsafe(9), "password", member, secret, 0), "", now)
    return bool(had)


async def add_passkey(transaction: Transaction, organisation: str, member: str, passkey: Credential, name: str, now: int) -> None:
    """Raises Problem: "taken" when the key is somebody's already, "many-keys"."""
    if len(await passkeys_of(transaction, organisation, member)) >= PASSKEYS:
        raise Problem("many-keys")
    await insert(transaction, organisation, member, passkey, name[:NAME], now)


async def insert(transaction: Transaction, organisation: str, member: str, credential: Credential, name: str, now: int) -> None:
    """An account that comes back to another member goes over to them. Raises Problem("taken") for any other id that is there: whoever makes a key
    chooses its id, and a key must never slip into the place of something else."""
    put = await transaction.fetch(
        "INSERT INTO credentials (organisation, id, member, kind, name, secret, uses, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (organisation, id) DO UPDATE SET member = excluded.member, created = excluded.created, used = NULL "
        "WHERE kind = 'oidc' AND excluded.kind = 'oidc' RETURNING id",
        (organisation, credential.id, member, credential.kind, name, credential.secret, credential.uses, now),
    )
    if not put:
        raise Problem("taken")


async def remove_credential(transaction: Transaction, organisation: str, member: str, credential: str, worth: frozenset[str]) -> str:
    """Its kind. `worth`: the kinds by which one can get in here. Raises Problem: "not-found", or "last-way" when no way in would be left."""
    held = {row[0]: row[1] for row in await list_credentials(transaction, organisation, member)}
    kind = held.pop(credential, None)
    if kind is None:
        raise Problem("not-found")
    if not worth & set(held.values()):
        raise Problem("last-way")
    await transaction.fetch("DELETE FROM credentials WHERE organisation = ? AND member = ? AND id = ?", (organisation, member, credential))
    return str(kind)


async def use_credential(transaction: Transaction, organisation: str, credential: Credential, uses: int, now: int) -> bool:
    """Notes a good sign-in by it. False: it is no longer there, or a passkey's counter has moved past `uses` meanwhile (a copy of the key is about)."""
    return bool(
        await transaction.fetch(
            "UPDATE credentials SET used = ?, uses = ? WHERE organisation = ? AND id = ? AND member = ? AND (uses < ? OR (uses = 0 AND ? = 0)) RETURNING id",
            (now, uses, organisation, credential.id, credential.member, uses, uses),
        )
    )


async def replace_secret(transaction: Transaction, organisation: str, credential: Credential, secret: bytes) -> None:
    """The same password, hashed as passwords are hashed today; unless it has been changed meanwhile."""
    await transaction.fetch(
        "UPDATE credentials SET secret = ? WHERE organisation = ? AND id = ? AND secret = ?", (secret, organisation, credential.id, credential.secret)
    )


async def find_provided(transaction: Transaction, organisation: str, issuer: str, subject: str, email: str, provider: str, now: int) -> tuple[Person, bool]:
    """Who an account at the provider is here, and whether it was bound just now: by its subject, else the first time by its address.

    Raises Problem("provider-unknown"): nobody here, or somebody whose account there is another one.
    """
    account = Credential(account_id(issuer, subject), "oidc", "", f"{issuer}\n{subject}".encode(), 0)
    bound = await find_credential(transaction, organisation, "oidc", account.id)
    if bound is not None and (person := await desk_person(transaction, organisation, bound.member)):
        return person, False
    people = [person for person in await desk_people(transaction, organisation) if email and folded(person.email or "") == folded(email)]
    if len(people) != 1:
        raise Problem("provider-unknown")
    others = await transaction.fetch("SELECT secret FROM credentials WHERE organisation = ? AND member = ? AND kind = 'oidc'", (organisation, people[0].member))
    if any(bytes(row[0]).decode().split("\n")[0] == issuer for row in others):
        raise Problem("provider-unknown")
    await insert(transaction, organisation, people[0].member, account, provider[:NAME], now)
    return people[0], True


def account_id(issuer: str, subject: str) -> str:
    """With a mark that no key's id can have, so nobody can make a key that stands in an account's way."""
    return "oidc." + base64url(hashlib.sha256(f"{issuer}\n{subject}".encode()).digest())


def folded(text: str) -> str:
    """As people compare names: case, kind of space and way of writing å do not matter."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
