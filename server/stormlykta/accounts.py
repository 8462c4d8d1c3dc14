"""Organisations, members, devices, joining codes, sessions.

Rule: codes and session tokens are kept only as SHA-256; the device's own key is the credential, the session a convenience.
"""

import hashlib
import re
import secrets
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from stormlykta.connections import Row, Transaction
from stormlykta.database import Database
from stormlykta.errors import Problem
from stormlykta.library import put_part
from stormlykta.log.operations import ID_16, public_key
from stormlykta.shapes import Member, Members

ROLES = ("leader", "editor", "admin")
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base32
CODE_HOURS = 48
RETRY_MINUTES = 10  # for so long the same device may use its code again: the first answer may have been lost
DAY = 86_400_000
SETTINGS = {"emergency": ["112", "tib", "lansstyrelsen-tib"]}


class Invitation(NamedTuple):
    code: str
    expires: int
    organisation: str
    member: str
    name: str


class Session(NamedTuple):
    """Who asks: a device of a member in an organisation. `stopped`: the device is revoked or the member removed. `seen`: when it last spoke, as far as kept."""

    organisation: str
    device: str
    member: str
    name: str
    roles: frozenset[str]
    stopped: bool
    renewed: int
    seen: int = 0
    library: str = ""  # which it last said that it holds


class Joiner(NamedTuple):
    """What a device says of itself: its id, raw public point, what the person calls it, the app's build."""

    device: str
    key: bytes
    name: str
    build: str


async def ensure_organisation(transaction: Transaction, organisation: str, name: str, now: int) -> bool:
    """True when it was made now. Raises Problem("shape") for an id that is none."""
    if not re.fullmatch(r"[a-z0-9-]{1,40}", organisation):
        raise Problem("shape", "An organisation's id is 1–40 of a–z, 0–9 and hyphen.")
    if await transaction.fetch("SELECT 1 FROM organisations WHERE id = ?", (organisation,)):
        return False
    await transaction.fetch("INSERT INTO organisations (id, name, settings) VALUES (?, ?, ?)", (organisation, name, msgspec.json.encode(SETTINGS).decode()))
    await publish_members(transaction, organisation, now)
    return True


async def first_organisation(transaction: Transaction) -> str | None:
    rows = await transaction.fetch("SELECT id FROM organisations ORDER BY rowid LIMIT 1")
    return rows[0][0] if rows else None


async def invite(transaction: Transaction, organisation: str, name: str, roles: Iterable[str], now: int) -> Invitation:
    """A fresh single-use code for the member of that name, who is made if there is none. No roles: those the member has; a new one is a leader."""
    wanted = ",".join(role for role in ROLES if role in set(roles))
    found = await transaction.fetch("SELECT id, roles FROM members WHERE organisation = ? AND name = ? AND removed IS NULL", (organisation, name))
    member = found[0][0] if found else secrets.token_urlsafe(8)
    if not found:
        await transaction.fetch("INSERT INTO members (organisation, id, name, roles) VALUES (?, ?, ?, ?)", (organisation, member, name, wanted or "leader"))
    elif wanted and found[0][1] != wanted:
        await transaction.fetch("UPDATE members SET roles = ? WHERE organisation = ? AND id = ?", (wanted, organisation, member))
    await publish_members(transaction, organisation, now)
    code, expires = make_code(), now + CODE_HOURS * 3_600_000
    await put_codes(transaction, organisation, [(member, code)], now, expires)
    return Invitation(code, expires, organisation, member, name)


def make_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


async def put_codes(transaction: Transaction, organisation: str, codes: Sequence[tuple[str, str]], now: int, expires: int) -> None:
    """A code for each (member, code). Those that these members had and never used are worth nothing any more."""
    await transaction.fetch("DELETE FROM invitations WHERE expires < ?", (now - 30 * DAY,))
    await transaction.many("DELETE FROM invitations WHERE organisation = ? AND member = ? AND used IS NULL", [(organisation, member) for member, _ in codes])
    await transaction.insert(
        "INSERT INTO invitations (code, organisation, member, created, expires)",
        [(digest(code), organisation, member, now, expires) for member, code in codes],
    )


async def publish_members(transaction: Transaction, organisation: str, now: int) -> None:
    rows = await transaction.fetch("SELECT id, name, roles FROM members WHERE organisation = ? AND removed IS NULL ORDER BY id", (organisation,))
    document = Members(tuple(Member(id, name, tuple(filter(None, roles.split(",")))) for id, name, roles in rows))
    await put_part(transaction, organisation, "members", document, now)


def read_code(typed: str) -> str:
    """The code as it was given: case, spaces and hyphens do not matter, O is 0, I and L are 1."""
    return re.sub(r"[\s-]", "", typed).upper().translate(str.maketrans("OIL", "011"))


def read_joiner(device: str, key: bytes, name: str, build: str) -> Joiner:
    """Raises Problem("shape") when the id or the key is none."""
    try:
        public_key(key)
    except ValueError as error:
        raise Problem("shape", "The device's key is not a P-256 point.") from error
    if not ID_16.fullmatch(device):
        raise Problem("shape", "The device's id is not 16 bytes in base64url.")
    return Joiner(device, key, plain(name)[:80], plain(build)[:80])


def plain(text: str) -> str:
    """Without control characters: names are shown on terminals too."""
    return "".join(character for character in text if character.isprintable()).strip()


async def use_code(transaction: Transaction, code: str, joiner: Joiner, now: int) -> Session:
    """Joins a device by code. Raises Problem code, used, expired or device; then the code stays as it was."""
    rows = await transaction.fetch(
        "SELECT i.organisation, i.member, i.expires, i.used, i.device FROM invitations i JOIN members m ON m.organisation = i.organisation AND m.id = i.member "
        "WHERE i.code = ? AND m.removed IS NULL",
        (digest(code),),
    )
    if not rows:
        raise Problem("code")
    organisation, member, expires, used, device = rows[0]
    if used is not None and device != joiner.device:
        raise Problem("used")
    if used is None and expires < now:
        raise Problem("expired")
    if used is not None and used + RETRY_MINUTES * 60_000 < now:
        raise Problem("used")
    await put_device(transaction, organisation, member, joiner, now)
    await transaction.fetch("UPDATE invitations SET used = coalesce(used, ?), device = ? WHERE code = ?", (now, joiner.device, digest(code)))
    return await find_device(transaction, organisation, joiner.device)


async def put_device(transaction: Transaction, organisation: str, member: str, joiner: Joiner, now: int) -> None:
    """A new device, or the same one again with the same key for the same member. Raises Problem device for another key, revoked for a revoked one."""
    rows = await transaction.fetch("SELECT member, key, revoked FROM devices WHERE organisation = ? AND id = ?", (organisation, joiner.device))
    if rows and (rows[0][0] != member or rows[0][1] != joiner.key):
        raise Problem("device")
    if rows and rows[0][2] is not None:
        raise Problem("revoked")
    report = msgspec.json.encode({"build": joiner.build}).decode()
    await transaction.fetch(
        "INSERT INTO devices (organisation, id, member, key, name, joined, seen, report) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (organisation, id) DO UPDATE SET name = excluded.name, seen = excluded.seen",
        (organisation, joiner.device, member, joiner.key, joiner.name, now, now, report),
    )


async def organisation_name(transaction: Transaction, organisation: str) -> str:
    ((name,),) = await transaction.fetch("SELECT name FROM organisations WHERE id = ?", (organisation,))
    return str(name)


async def find_key(database: Database, organisation: str, device: str) -> bytes | None:
    rows = await database.glance("SELECT key FROM devices WHERE organisation = ? AND id = ?", (organisation, device))
    return bytes(rows[0][0]) if rows else None


async def list_devices(transaction: Transaction, organisation: str) -> list[Row]:
    """(device, member's name, what the phone is called, last seen, when revoked or None), by member."""
    return await transaction.fetch(
        "SELECT d.id, m.name, d.name, d.seen, d.revoked FROM devices d JOIN members m ON m.organisation = d.organisation AND m.id = d.member "
        "WHERE d.organisation = ? ORDER BY m.name, d.joined",
        (organisation,),
    )


async def find_device(transaction: Transaction, organisation: str, device: str) -> Session:
    """Raises Problem("session") when there is none."""
    rows = await transaction.fetch(
        "SELECT d.member, m.name, m.roles, d.revoked, m.removed FROM devices d JOIN members m ON m.organisation = d.organisation AND m.id = d.member "
        "WHERE d.organisation = ? AND d.id = ?",
        (organisation, device),
    )
    if not rows:
        raise Problem("session")
    member, name, roles, revoked, removed = rows[0]
    return Session(organisation, device, member, name, frozenset(roles.split(",")), revoked is not None or removed is not None, 0)


async def open_session(transaction: Transaction, organisation: str, device: str, now: int) -> str:
    """A new session token for the device: the cookie's value."""
    token = secrets.token_urlsafe(32)
    await transaction.fetch(
        "INSERT INTO sessions (token, organisation, device, created, renewed) VALUES (?, ?, ?, ?, ?)", (digest(token), organisation, device, now, now)
    )
    return token


async def find_session(database: Database, organisation: str, token: str, now: int, days: int) -> Session:
    """Who holds this token in this organisation. Raises Problem("session") for anybody else: a foreign token is simply not there."""
    rows = await database.glance(
        "SELECT s.device, d.member, m.name, m.roles, d.revoked, m.removed, s.renewed, d.seen, json_extract(d.report, '$.library') FROM sessions s "
        "JOIN devices d ON d.organisation = s.organisation AND d.id = s.device "
        "JOIN members m ON m.organisation = d.organisation AND m.id = d.member WHERE s.token = ? AND s.organisation = ? AND s.renewed > ?",
        (digest(token), organisation, now - days * DAY),
    )
    if not rows:
        raise Problem("session")
    device, member, name, roles, revoked, removed, renewed, seen, library = rows[0]
    stopped = revoked is not None or removed is not None
    return Session(organisation, device, member, name, frozenset(roles.split(",")), stopped, renewed, seen, library or "")


async def renew_session(transaction: Transaction, token: str, now: int) -> None:
    await transaction.fetch("UPDATE sessions SET renewed = ? WHERE token = ?", (now, digest(token)))


async def report_device(transaction: Transaction, session: Session, report: dict[str, object], now: int) -> None:
    """What the phone last said of itself; keys it left out stay."""
    ((before,),) = await transaction.fetch("SELECT report FROM devices WHERE organisation = ? AND id = ?", (session.organisation, session.device))
    merged = msgspec.json.encode({**msgspec.json.decode(before), **report}).decode()
    await transaction.fetch("UPDATE devices SET report = ?, seen = ? WHERE organisation = ? AND id = ?", (merged, now, session.organisation, session.device))


async def hear_device(transaction: Transaction, session: Session, library: str, now: int) -> None:
    """The phone has spoken and said nothing new of itself, but for the library it holds."""
    await transaction.fetch(
        "UPDATE devices SET seen = ?, report = json_set(report, '$.library', ?) WHERE organisation = ? AND id = ?",
        (now, library, session.organisation, session.device),
    )


async def revoke_device(transaction: Transaction, organisation: str, device: str, now: int) -> bool:
    """From now on the device reads nothing; what it still brings is kept in quarantine. False: there is no such device."""
    rows = await transaction.fetch(
        "UPDATE devices SET revoked = coalesce(revoked, ?) WHERE organisation = ? AND id = ? RETURNING id", (now, organisation, device)
    )
    return bool(rows)


async def stopped_devices(transaction: Transaction) -> set[tuple[str, str]]:
    rows = await transaction.fetch(
        "SELECT d.organisation, d.id FROM devices d JOIN members m ON m.organisation = d.organisation AND m.id = d.member "
        "WHERE d.revoked IS NOT NULL OR m.removed IS NOT NULL"
    )
    return {(organisation, device) for organisation, device in rows}


def digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
