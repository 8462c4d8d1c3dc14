"""What the log gathers while many pushes are committed together: each stream and author is read once, each table written once.

Rule: a ledger lives as long as one transaction. Nothing in it counts until `flush` has run inside that transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from stormlykta.connections import Row, Transaction
from stormlykta.log.chains import Item
from stormlykta.log.operations import Operation, Seal

WRITERS = {"leader", "admin"}

FIND = """
SELECT s.id, s.head, a.id, a.loose, d.key, d.revoked, m.removed, m.roles FROM (SELECT ? AS organisation, ? AS incident, ? AS device) q
LEFT JOIN streams s ON s.organisation = q.organisation AND s.incident = q.incident
LEFT JOIN authors a ON a.stream = s.id AND a.device = q.device
LEFT JOIN devices d ON d.organisation = q.organisation AND d.id = q.device
LEFT JOIN members m ON m.organisation = d.organisation AND m.id = d.member"""
FIND_ALL = """
SELECT d.id, s.id, s.head, a.id, a.loose, d.key, d.revoked, m.removed, m.roles FROM devices d
JOIN members m ON m.organisation = d.organisation AND m.id = d.member
LEFT JOIN streams s ON s.organisation = d.organisation AND s.incident = ?
LEFT JOIN authors a ON a.stream = s.id AND a.device = d.id WHERE d.organisation = ?"""
MANY_JOBS = 8  # from here on it is cheaper to read all devices of the organisation than each by itself
NEW_STREAM = "INSERT INTO streams (organisation, incident, head, received) VALUES (?, ?, 0, ?) RETURNING id"
FIRST = "UPDATE authors SET first = ? WHERE id = ? AND first = 0"
NEW_AUTHOR = "INSERT INTO authors (id, stream, device, first, loose) VALUES (?, ?, ?, ?, ?)"
GROWN = "UPDATE streams SET head = ?, received = ? WHERE id = ?"
STORE = "INSERT INTO operations (stream, seq, author, n, hash, record, received, clock, verdict)"
KEEP_SEAL = 'INSERT OR REPLACE INTO seals (author, start, "end", head, prev, sig, state) VALUES (?, ?, ?, ?, ?, ?, ?)'


@dataclass
class Stream:
    id: int
    incident: str
    head: int
    received: int = 0
    written: int = 0


@dataclass
class Author:
    """`known`: it had something here before this transaction. `verdict`: what an honest operation of it gets. `first`: the seq of its first operation.
    `buried`: (n, d) of its dead operations that a good seal of this push leads through.
    """

    id: int
    stream: Stream
    device: str
    known: bool
    loose: bool
    key: bytes | None
    verdict: str
    first: int = 0
    buried: list[tuple[int, bytes]] = field(default_factory=list)


class Ledger:
    @classmethod
    def of(cls, transaction: Transaction) -> "Ledger":
        """The one ledger of this transaction."""
        ledger = transaction.notes.get("ledger")
        if not isinstance(ledger, Ledger):
            ledger = cls(transaction)
            transaction.notes["ledger"] = ledger
            transaction.before_commit.append(ledger.flush)
        return ledger

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._streams: dict[tuple[str, str], Stream] = {}
        self._authors: dict[tuple[str, str, str], Author] = {}
        self._found: dict[tuple[str, str], dict[str, Row]] = {}
        self._next_author = 0
        self._new_authors: list[Author] = []
        self._begun: list[Author] = []
        self._rows: list[tuple[Any, ...]] = []
        self._seals: list[tuple[Any, ...]] = []

    async def find(self, organisation: str, inc: str, dev: str, received: int) -> Author:
        """The author of operations of `dev` in `inc`, made where there is none."""
        author = self._authors.get((organisation, inc, dev))
        if author is not None:
            await self.flush()
            author.known = True
            return author
        stream_id, head, author_id, loose, key, revoked, removed, roles = await self._look_up(organisation, inc, dev)
        stream = self._streams.get((organisation, inc))
        if stream is None:
            if stream_id is None:
                ((stream_id,),) = await self._transaction.fetch(NEW_STREAM, (organisation, inc, received))
            stream = self._streams[organisation, inc] = Stream(stream_id, inc, head or 0, received, head or 0)
        stream.received = max(stream.received, received)
        verdict = judge_author(revoked, removed, roles)
        if author_id is None:
            author = Author(await self._allot(), stream, dev, False, False, key, verdict)
            self._new_authors.append(author)
        else:
            author = Author(author_id, stream, dev, True, bool(loose), key, verdict)
        self._authors[organisation, inc, dev] = author
        return author

    async def _look_up(self, organisation: str, inc: str, dev: str) -> Row:
        if self._transaction.jobs >= MANY_JOBS:
            found = self._found.get((organisation, inc))
            if found is None:
                rows = await self._transaction.fetch(FIND_ALL, (inc, organisation))
                found = self._found[organisation, inc] = {row[0]: row[1:] for row in rows}
            if dev in found:
                return found[dev]
        (row,) = await self._transaction.fetch(FIND, (organisation, inc, dev))
        return row

    async def _allot(self) -> int:
        if not self._next_author:
            ((top,),) = await self._transaction.fetch("SELECT coalesce(MAX(id), 0) FROM authors")
            self._next_author = top
        self._next_author += 1
        return self._next_author

    def store(self, author: Author, things: Sequence[Operation | Item], after: Sequence[bytes], received: int, clock: int, verdict: str) -> int:
        """Gives operations, with the chain hashes `after` each, the next seqs of their stream. Returns the first."""
        stream, first = author.stream, author.stream.head + 1
        stream.head += len(things)
        if not author.first:
            author.first = first
            self._begun.append(author)
        place, name = stream.id, author.id
        numbered = zip(range(first, stream.head + 1), things, after, strict=True)
        self._rows += [(place, seq, name, thing.n, h, thing.record.decode(), received, clock, verdict) for seq, thing, h in numbered]
        return first

    def keep_seal(self, author: Author, seal: Seal, state: str) -> None:
        self._seals.append((author.id, seal.start, seal.end, seal.head, seal.prev, seal.sig, state))

    async def settle(self) -> None:
        """Writes all, and forgets what was read: somebody else is about to change it."""
        await self.flush()
        self._streams, self._authors, self._found = {}, {}, {}

    async def flush(self) -> None:
        """Writes all that was gathered. What comes after may rely on it being in the tables."""
        transaction = self._transaction
        authors, self._new_authors = self._new_authors, []
        begun, self._begun = self._begun, []
        rows, self._rows = self._rows, []
        seals, self._seals = self._seals, []
        if authors:
            await transaction.many(NEW_AUTHOR, [(a.id, a.stream.id, a.device, a.first, int(a.loose)) for a in authors])
        if begun:
            await transaction.many(FIRST, [(author.first, author.id) for author in begun])
        if rows:
            await transaction.insert(STORE, rows)
        if seals:
            await transaction.many(KEEP_SEAL, seals)
        grown = [stream for stream in self._streams.values() if stream.head > stream.written]
        if grown:
            await transaction.many(GROWN, [(stream.head, stream.received, stream.id) for stream in grown])
            for stream in grown:
                stream.written = stream.head


def judge_author(revoked: int | None, removed: int | None, roles: str | None) -> str:
    """What an honest operation of this author gets."""
    if removed is not None:
        return "quar:member"
    if revoked is not None:
        return "quar:revoked"
    return "ok" if WRITERS & set((roles or "").split(",")) else "quar:role"
