"""What is known of each phone, and whether it is ready for the day when nothing else works.

Rule: what makes a phone ready is said here and nowhere else, each lack with a code that the board has words for. What a phone has not told is lacking.
"""

from collections import defaultdict
from typing import Any, Literal

import msgspec
from msgspec import Struct

from stormlykta.connections import Row, Transaction
from stormlykta.errors import Problem
from stormlykta.manifest import Shelf

UNSEEN_DAYS = 30
DAY = 86_400_000
Reason = Literal["no-phone", "offline", "no-library", "old-library", "not-lasting", "unseen"]


class Held(Struct):
    """The library a phone holds. `built`: since when that one was published, None when it is not known here."""

    current: bool
    built: int | None


class Phone(Struct):
    """A phone as it last told of itself. Times in ms, 0: never. `oldest_unsent`: by the phone's own clock."""

    id: str
    name: str
    joined: int
    seen: int
    revoked: int | None
    build: str
    offline_ok: bool
    persisted: bool
    tested: int
    unsent: int
    oldest_unsent: int
    library: Held | None
    reasons: list[Reason]

    @property
    def ready(self) -> bool:
        return not self.reasons


class Libraries:
    """What the manifests that phones name are worth: when they came to be, and whether what they name is what is published now."""

    def __init__(self, shelf: Shelf, rows: list[Row], now: int) -> None:
        self._known: dict[str, tuple[int, str]] = {digest: (now, content) for digest, content in shelf.known()}
        self._known |= {digest: (built, content) for digest, built, content in rows}
        self._current = {leader: shelf.content(leader) for leader in (True, False)}

    def held(self, digest: str, leader: bool) -> Held | None:
        """None: the phone has no library."""
        if not digest:
            return None
        if digest not in self._known:
            return Held(False, None)
        built, content = self._known[digest]
        return Held(content == self._current[leader], built)

    def built(self) -> int:
        """When what is published now was first there: the oldest manifest that names the same."""
        return min(built for built, content in self._known.values() if content == self._current[True])


async def read_libraries(transaction: Transaction, organisation: str, shelf: Shelf, now: int) -> Libraries:
    return Libraries(shelf, await transaction.fetch("SELECT hash, built, content FROM manifests WHERE organisation = ?", (organisation,)), now)


async def read_phones(transaction: Transaction, organisation: str, libraries: Libraries, now: int) -> dict[str, list[Phone]]:
    """The phones of each member, removed ones too, the last seen first."""
    rows = await transaction.fetch(
        "SELECT d.member, m.roles, d.id, d.name, d.joined, d.seen, d.revoked, d.report FROM devices d "
        "JOIN members m ON m.organisation = d.organisation AND m.id = d.member WHERE d.organisation = ? ORDER BY d.seen DESC, d.id",
        (organisation,),
    )
    phones: dict[str, list[Phone]] = defaultdict(list)
    for member, roles, *about, report in rows:
        said = msgspec.json.decode(report)
        phones[member].append(make_phone(about, said, libraries.held(text(said, "library"), "leader" in roles.split(",")), now))
    return phones


def make_phone(about: list[Any], said: dict[str, Any], library: Held | None, now: int) -> Phone:
    id, name, joined, seen, revoked = about
    phone = Phone(
        *(id, name, joined, seen, revoked, text(said, "build")),
        offline_ok=said.get("offline_ok") is True,
        persisted=said.get("persisted") is True,
        tested=whole(said, "tested"),
        unsent=whole(said, "unsent"),
        oldest_unsent=whole(said, "oldest_unsent"),
        library=library,
        reasons=[],
    )
    phone.reasons = lacks(phone, now)
    return phone


def lacks(phone: Phone, now: int) -> list[Reason]:
    """Why a phone is not ready, what matters most first. Nothing: it starts without network, holds what is published now, keeps it lastingly,
    and has spoken lately."""
    found: list[Reason] = []
    if not phone.offline_ok:
        found.append("offline")
    if phone.library is None:
        found.append("no-library")
    elif not phone.library.current:
        found.append("old-library")
    if not phone.persisted:
        found.append("not-lasting")
    if phone.seen < now - UNSEEN_DAYS * DAY:
        found.append("unseen")
    return found


def best(phones: list[Phone]) -> Phone | None:
    """The phone that counts for its owner: of those that are not revoked the one that lacks least."""
    return min((phone for phone in phones if phone.revoked is None), key=lambda phone: (len(phone.reasons), -phone.seen), default=None)


async def name_phone(transaction: Transaction, organisation: str, phone: str, name: str) -> tuple[str, str]:
    """(its owner's name, what it was called). Raises Problem("not-found")."""
    owner, before, _ = await find_phone(transaction, organisation, phone)
    await transaction.fetch("UPDATE devices SET name = ? WHERE organisation = ? AND id = ?", (name, organisation, phone))
    return owner, before


async def find_phone(transaction: Transaction, organisation: str, phone: str) -> tuple[str, str, int | None]:
    """(its owner's name, what it is called, when it was revoked). Raises Problem("not-found")."""
    rows = await transaction.fetch(
        "SELECT m.name, d.name, d.revoked FROM devices d JOIN members m ON m.organisation = d.organisation AND m.id = d.member "
        "WHERE d.organisation = ? AND d.id = ?",
        (organisation, phone),
    )
    if not rows:
        raise Problem("not-found")
    owner, name, revoked = rows[0]
    return owner, name, revoked


def text(said: dict[str, Any], key: str) -> str:
    value = said.get(key)
    return value if isinstance(value, str) else ""


def whole(said: dict[str, Any], key: str) -> int:
    value = said.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
