"""What the log gathers while many pushes are committed together: each stream and author is read once, each table written once.

Rule: a ledger lives as long as one transaction. Nothing in it counts until `flush` has run inside that transaction.
"""

from dataclasses import dataclass
from typing import Any

from stormlykta.database import Transaction
from stormlykta.operations import Seal

WRITERS = {"leader", "admin"}

FIND = """
SELECT s.id, s.head, a.id, a.loose, d.key, d.revoked, m.removed, m.roles FROM (SELECT ? AS organisation, ? AS incident, ? AS device) q
LEFT JOIN streams s ON s.organisation = q.organisation AND s.incident = q.incident
LEFT JOIN authors a ON a.stream = s.id AND a.device = q.device
LEFT JOIN devices d ON d.organisation = q.organisation AND d.id = q.device
LEFT JOIN members m ON m.organisation = d.organisation AND m.id = d.member"""
NEW_STREAM = "INSERT INTO streams (organisation, incident, head, received) VALUES (?, ?, 0, ?) RETURNING id"
NEW_AUTHOR = "INSERT INTO authors (id, stream, device, first, loose) VALUES (?, ?, ?, ?, ?)"
GROWN = "UPDATE streams SET head = ?, received = ? WHERE id = ?"
STORE = "INSERT INTO operations (stream, seq, author, n, hash, record, received, clock, verdict) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
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
    """`known`: it had something here before this transaction. `verdict`: what an honest operation of it gets. `first`: the seq of its first operation."""

    id: int
    stream: Stream
    device: str
    known: bool
    loose: bool
    key: bytes | None
    verdict: str
    first: int = 0


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
        self._next_author = 0
        self._new_authors: list[Author] = []
        self._rows: list[tuple[Any, ...]] = []
        self._seals: list[tuple[Any, ...]] = []

    async def find(self, organisation: str, inc: str, dev: str, received: int) -> Author:
        """The author of operations of `dev` in `inc`, made where there is none."""
        author = self._authors.get((organisation, inc, dev))
        if author is not None:
            await self.flush()
            author.known = True
            return author
        ((stream_id, head, author_id, loose, key, revoked, removed, roles),) = await self._transaction.fetch(FIND, (organisation, inc, dev))
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

    async def _allot(self) -> int:
        if not self._next_author:
            ((top,),) = await self._transaction.fetch("SELECT coalesce(MAX(id), 0) FROM authors")
            self._next_author = top
        self._next_author += 1
        return self._next_author

    def store(self, author: Author, n: int, h: bytes, record: bytes, received: int, clock: int, verdict: str) -> int:
        """Gives an operation the next seq of its stream."""
        stream = author.stream
        stream.head = seq = stream.head + 1
        self._rows.append((stream.id, seq, author.id, n, h, record.decode(), received, clock, verdict))
        if not author.first:
            author.first = seq
        return seq

    def keep_seal(self, author: Author, seal: Seal, state: str) -> None:
        self._seals.append((author.id, seal.start, seal.end, seal.head, seal.prev, seal.sig, state))

    async def flush(self) -> None:
        """Writes all that was gathered. What comes after may rely on it being in the tables."""
        transaction = self._transaction
        authors, self._new_authors = self._new_authors, []
        rows, self._rows = self._rows, []
        seals, self._seals = self._seals, []
        if authors:
            await transaction.many(NEW_AUTHOR, [(a.id, a.stream.id, a.device, a.first, int(a.loose)) for a in authors])
        if rows:
            await transaction.many(STORE, rows)
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
