"""Seats: who is signed in at a desk, in which organisation, since when, and until it is ended.

Rule: only the SHA-256 of a seat's token is kept; a seat whose member is removed, or may no longer sit at a desk, is none.
"""

import secrets
from collections.abc import Iterable
from typing import Any, NamedTuple

from stormlykta.accounts import digest, plain
from stormlykta.connections import Row, Transaction
from stormlykta.database import Database
from stormlykta.errors import Problem

IDLE_HOURS = 14  # a working day; then one signs in again
LONGEST_DAYS = 30
USED_STEP_MINUTES = 5  # how exactly the last use is kept: not a write for every request
HOUR = 3_600_000
DESK_ROLES = frozenset({"admin", "editor"})


class Caller(NamedTuple):
    """Who asks at a desk, or whose deed the audit trail notes. `member` and `seat` are '' for the command line and for a letter's reader."""

    organisation: str
    seat: str
    member: str
    name: str
    roles: frozenset[str]
    used: int = 0

    @property
    def admin(self) -> bool:
        return "admin" in self.roles

    @property
    def editor(self) -> bool:
        return self.admin or "editor" in self.roles

    @property
    def leader(self) -> bool:
        """Only leaders see secret numbers."""
        return "leader" in self.roles


def outsider(organisation: str, name: str) -> Caller:
    """Who acts without a seat: the command line, or the reader of a letter."""
    return Caller(organisation, "", "", name, frozenset())


async def open_seat(transaction: Transaction, organisation: str, member: str, way: str, agent: str, now: int) -> tuple[str, str]:
    """A new seat: its token (the cookie's value) and its id. `way`: password, passkey, oidc or link."""
    token, id = secrets.token_urlsafe(32), secrets.token_urlsafe(6)
    await transaction.fetch(
        "INSERT INTO seats (token, organisation, id, member, created, used, way, agent) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (digest(token), organisation, id, member, now, now, way, plain(agent)[:200]),
    )
    return token, id


async def find_seat(database: Database, organisation: str, token: str, now: int) -> Caller:
    """Raises Problem("session") for a token that is none here (another organisation's, ended, too old), "role" when its member may sit no more."""
    rows = await database.glance(
        "SELECT s.id, s.member, m.name, m.roles, s.used FROM seats s JOIN members m ON m.organisation = s.organisation AND m.id = s.member "
        "WHERE s.token = ? AND s.organisation = ? AND s.ended IS NULL AND m.removed IS NULL AND s.used > ? AND s.created > ?",
        (digest(token), organisation, now - IDLE_HOURS * HOUR, now - LONGEST_DAYS * 24 * HOUR),
    )
    if not rows:
        raise Problem("session")
    seat, member, name, roles, used = rows[0]
    caller = Caller(organisation, seat, member, name, frozenset(filter(None, roles.split(","))), used)
    if not caller.editor:
        raise Problem("role")
    return caller


async def look_again(transaction: Transaction, caller: Caller, now: int) -> Caller:
    """Who the caller is now, in the transaction of their deed: it may have been long under way. Raises Problem as `find_seat` does."""
    rows = await transaction.fetch(
        "SELECT m.name, m.roles FROM seats s JOIN members m ON m.organisation = s.organisation AND m.id = s.member "
        "WHERE s.organisation = ? AND s.id = ? AND s.member = ? AND s.ended IS NULL AND m.removed IS NULL AND s.created > ?",
        (caller.organisation, caller.seat, caller.member, now - LONGEST_DAYS * 24 * HOUR),
    )
    if not rows:
        raise Problem("session")
    fresh = caller._replace(name=rows[0][0], roles=frozenset(filter(None, rows[0][1].split(","))))
    if not fresh.editor or (caller.leader and not fresh.leader):
        raise Problem("role")
    return fresh


async def use_seat(transaction: Transaction, token: str, now: int) -> None:
    await transaction.fetch("UPDATE seats SET used = ? WHERE token = ?", (now, digest(token)))


async def leave_seat(transaction: Transaction, organisation: str, token: str, now: int) -> None:
    """Whoever sits down anew in the same browser has left the seat they had."""
    await transaction.fetch("UPDATE seats SET ended = ? WHERE token = ? AND organisation = ? AND ended IS NULL", (now, digest(token), organisation))


async def end_seat(transaction: Transaction, organisation: str, seat: str, now: int) -> bool:
    """False: there is no such open seat."""
    return bool(
        await transaction.fetch("UPDATE seats SET ended = ? WHERE organisation = ? AND id = ? AND ended IS NULL RETURNING id", (now, organisation, seat))
    )


async def end_seats(transaction: Transaction, organisation: str, member: str, now: int, but: str = "") -> int:
    """Ends all the member's seats (but one); gives how many."""
    ended = await transaction.fetch(
        "UPDATE seats SET ended = ? WHERE organisation = ? AND member = ? AND id <> ? AND ended IS NULL RETURNING id", (now, organisation, member, but)
    )
    return len(ended)


async def clear_seats(transaction: Transaction, organisation: str, member: str, before: Iterable[str], after: Iterable[str], now: int) -> None:
    """Who may sit again is not trusted by what was open when they were no longer: perhaps somebody else had it."""
    if DESK_ROLES & set(after) and not DESK_ROLES & set(before):
        await end_seats(transaction, organisation, member, now)


async def open_seats(transaction: Transaction, organisation: str, member: str, now: int) -> list[Row]:
    """(id, created, used, way, agent), the last used first."""
    values: tuple[Any, ...] = (organisation, member, now - IDLE_HOURS * HOUR, now - LONGEST_DAYS * 24 * HOUR)
    return await transaction.fetch(
        "SELECT id, created, used, way, agent FROM seats WHERE organisation = ? AND member = ? AND ended IS NULL AND used > ? AND created > ? "
        "ORDER BY used DESC",
        values,
    )


async def everybodys_seats(transaction: Transaction, organisation: str, now: int) -> list[Row]:
    """(id, member, name, created, used, way, agent) of all who sit in the organisation, the last used first."""
    return await transaction.fetch(
        "SELECT s.id, s.member, m.name, s.created, s.used, s.way, s.agent FROM seats s JOIN members m ON m.organisation = s.organisation AND m.id = s.member "
        "WHERE s.organisation = ? AND s.ended IS NULL AND m.removed IS NULL AND s.used > ? AND s.created > ? ORDER BY s.used DESC",
        (organisation, now - IDLE_HOURS * HOUR, now - LONGEST_DAYS * 24 * HOUR),
    )


async def seat_owner(transaction: Transaction, organisation: str, seat: str) -> tuple[str, str] | None:
    """(member, name) of whoever has, or had, that seat."""
    rows = await transaction.fetch(
        "SELECT s.member, m.name FROM seats s JOIN members m ON m.organisation = s.organisation AND m.id = s.member WHERE s.organisation = ? AND s.id = ?",
        (organisation, seat),
    )
    return (rows[0][0], rows[0][1]) if rows else None
