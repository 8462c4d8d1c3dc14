"""The log: the only way into it, and out of quarantine. It stores, numbers and judges; it never folds (docs/protocol.md 3, 6, 8).

Rule: every pushed operation gets exactly one verdict, from a job that runs inside Database.write, so a verdict is only told once it is on disk.
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from stormlykta.chains import Bench, Standing, judge_seals
from stormlykta.database import Row, Transaction
from stormlykta.operations import Operation, Rotten, Seal, link, seal_text, verify

WRITERS = {"leader", "admin"}

FIND = """
SELECT s.id, s.head, a.id, a.loose, d.key, d.revoked, m.removed, m.roles FROM (SELECT ? AS organisation, ? AS incident, ? AS device) q
LEFT JOIN streams s ON s.organisation = q.organisation AND s.incident = q.incident
LEFT JOIN authors a ON a.stream = s.id AND a.device = q.device
LEFT JOIN devices d ON d.organisation = q.organisation AND d.id = q.device
LEFT JOIN members m ON m.organisation = d.organisation AND m.id = d.member"""
STORE = "INSERT INTO operations (stream, seq, author, n, hash, record, received, clock, verdict) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
SET_ASIDE = "INSERT OR IGNORE INTO asides (organisation, author, n, digest, raw, received, clock, verdict) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
KEEP_SEAL = 'INSERT OR REPLACE INTO seals (author, start, "end", head, prev, sig, state) VALUES (?, ?, ?, ?, ?, ?, ?)'


class Push(NamedTuple):
    """What one request brings. `clock` is the sender's offset and `received` the server's time, both ms."""

    organisation: str
    carrier: str
    items: Sequence[Operation | Rotten]
    seals: Sequence[Seal]
    clock: int
    received: int


@dataclass
class Outcome:
    """`results`: one [verdict, detail] for each item, in order. `brought`: the seqs of these very operations. `heads`: incidents that grew,
    by `given` seqs in all. `moved`: streams in which operations got a new seq."""

    results: list[tuple[str, int | str]]
    brought: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    heads: dict[str, int] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)
    given: int = 0
    fork: bool = False


@dataclass
class Stream:
    id: int
    head: int
    grown: bool = False


class Author(NamedTuple):
    id: int
    known: bool  # whether it had anything here before
    loose: bool
    key: bytes | None
    verdict: str


async def append(transaction: Transaction, push: Push) -> Outcome:
    """Judges and stores a push. Its writes are durable when the surrounding Database.write returns, not before."""
    outcome = Outcome(results=[("dead", "shape")] * len(push.items))
    streams: dict[str, Stream] = {}
    rotten = [(index, item) for index, item in enumerate(push.items) if isinstance(item, Rotten)]
    for index, item in rotten:
        outcome.results[index] = ("dead", item.code)
    if rotten:
        await set_aside(transaction, push, [(None, None, item.raw, f"dead:{item.code}") for _, item in rotten])
    for (inc, dev), bench in benches(push).items():
        await append_author(transaction, push, inc, dev, bench, streams, outcome)
    for inc, stream in streams.items():
        if stream.grown:
            await transaction.fetch("UPDATE streams SET head = ?, received = ? WHERE id = ?", (stream.head, push.received, stream.id))
            outcome.heads[inc] = stream.head
    return outcome


def benches(push: Push) -> dict[tuple[str, str], Bench]:
    """What came, gathered by incident and author."""
    gathered: dict[tuple[str, str], Bench] = defaultdict(Bench)
    for index, item in enumerate(push.items):
        if isinstance(item, Operation):
            gathered[item.inc, item.dev].add(index, item)
    for seal in push.seals:
        gathered[seal.inc, seal.dev].seals.append(seal)
    return gathered


async def append_author(transaction: Transaction, push: Push, inc: str, dev: str, bench: Bench, streams: dict[str, Stream], outcome: Outcome) -> None:
    """One author's part of a push: prove it, give it verdicts and places, keep its seals."""
    stream, author = await find_author(transaction, push, inc, dev, streams)
    if author.known and (author.loose or any(bench.lacks(seal) for seal in bench.seals)):
        await load_held(transaction, author, bench)
    standings = judge_seals(bench, author.key, inc, dev)
    held = await held_places(transaction, author, bench)
    rows: list[tuple[object, ...]] = []
    asides: list[tuple[int | None, int | None, bytes, str]] = []
    freed: list[int] = []
    first = 0
    for item in bench.items:
        place = bench.places.get((item.n, item.d))
        if place is None:
            verdict = "dead:seal" if bench.disproved(item.n) else "quar:seal"
            if item.aside is None:
                asides.append((author.id, item.n, item.record, verdict))
            tell(outcome, item.indexes, verdict, 0)
            continue
        h, standing = place
        already = held.get((item.n, h))
        if already is None:
            stream.head += 1
            stream.grown = True
            outcome.given += 1
            first = first or stream.head
            already = (stream.head, author.verdict if standing == "good" else "quar:unknown-device")
            held[item.n, h] = already
            item.new = True
            received, clock = (push.received, push.clock) if item.aside is None else item.aside[1:]
            rows.append((stream.id, stream.head, author.id, item.n, h, item.record.decode(), received, clock, already[1]))
            tell(outcome, item.indexes[:1], already[1], already[0])
            tell(outcome, item.indexes[1:], already[1], already[0], again=True)
        else:
            tell(outcome, item.indexes, already[1], already[0], again=True)
        if item.indexes:
            outcome.brought[inc].add(already[0])
        if item.aside is not None:
            freed.append(item.aside[0])
    if dev == push.carrier and len({n for n, _ in held}) < len(held):
        outcome.fork = True
    if rows:
        await transaction.many(STORE, rows)
    if first and not author.known:
        await transaction.fetch("UPDATE authors SET first = ? WHERE id = ?", (first, author.id))
    if asides:
        await set_aside(transaction, push, asides)
    if freed:
        await transaction.many("DELETE FROM asides WHERE id = ?", [(row,) for row in freed])
    await keep_seals(transaction, author, bench, standings)
    await mark_loose(transaction, author, loose=any(a[3] == "quar:seal" for a in asides) or "waiting" in standings.values())


def tell(outcome: Outcome, indexes: Sequence[int], verdict: str, seq: int, again: bool = False) -> None:
    """Puts one stored verdict into the answers it belongs to: a second coming of what is held is `dup`."""
    word, _, code = verdict.partition(":")
    for index in indexes:
        outcome.results[index] = (word, code) if code else ("dup" if again else "ok", seq)


async def find_author(transaction: Transaction, push: Push, inc: str, dev: str, streams: dict[str, Stream]) -> tuple[Stream, Author]:
    ((stream_id, head, author_id, loose, key, revoked, removed, roles),) = await transaction.fetch(FIND, (push.organisation, inc, dev))
    if stream_id is None:
        ((stream_id,),) = await transaction.fetch(
            "INSERT INTO streams (organisation, incident, head, received) VALUES (?, ?, 0, ?) RETURNING id", (push.organisation, inc, push.received)
        )
    known = author_id is not None
    if not known:
        ((author_id,),) = await transaction.fetch("INSERT INTO authors (stream, device, first, loose) VALUES (?, ?, 0, 0) RETURNING id", (stream_id, dev))
    stream = streams.setdefault(inc, Stream(stream_id, head or 0))
    return stream, Author(author_id, known, bool(loose), key, author_verdict(revoked, removed, roles))


def author_verdict(revoked: int | None, removed: int | None, roles: str | None) -> str:
    """What an honest operation of this author gets."""
    if removed is not None:
        return "quar:member"
    if revoked is not None:
        return "quar:revoked"
    return "ok" if WRITERS & set((roles or "").split(",")) else "quar:role"


async def load_held(transaction: Transaction, author: Author, bench: Bench) -> None:
    """Brings what is already here onto the bench: digests that a seal may lean on, and what waits for one."""
    if author.loose:
        waiting = 'SELECT start, "end", prev, head, sig FROM seals WHERE author = ? AND state = ?'
        bench.take_waiting(await transaction.fetch(waiting, (author.id, "waiting")))
        bench.take_asides(
            await transaction.fetch("SELECT id, n, raw, received, clock FROM asides WHERE author = ? AND verdict = ? ORDER BY n, id", (author.id, "quar:seal"))
        )
    if bench.seals:
        low, high = min(seal.start for seal in bench.seals), max(seal.end for seal in bench.seals)
        for n, record in await transaction.fetch("SELECT n, record FROM operations WHERE author = ? AND n BETWEEN ? AND ?", (author.id, low, high)):
            bench.hold(n, hashlib.sha256(record.encode()).digest())


async def held_places(transaction: Transaction, author: Author, bench: Bench) -> dict[tuple[int, bytes], tuple[int, str]]:
    """(n, h) → (seq, verdict) of what is stored already where the bench's operations would go."""
    if not author.known or not bench.items:
        return {}
    low, high = min(item.n for item in bench.items), max(item.n for item in bench.items)
    rows = await transaction.fetch("SELECT n, hash, seq, verdict FROM operations WHERE author = ? AND n BETWEEN ? AND ?", (author.id, low, high))
    return {(n, h): (seq, verdict) for n, h, seq, verdict in rows}


async def set_aside(transaction: Transaction, push: Push, rows: Sequence[tuple[int | None, int | None, bytes, str]]) -> None:
    await transaction.many(
        SET_ASIDE, [(push.organisation, author, n, hashlib.sha256(raw).digest(), raw, push.received, push.clock, verdict) for author, n, raw, verdict in rows]
    )


async def keep_seals(transaction: Transaction, author: Author, bench: Bench, standings: dict[Seal, Standing]) -> None:
    """Keeps what is proved or may yet be; a seal that lies wholly under a wider good one goes."""
    for seal, standing in standings.items():
        if standing == "bad":
            if seal in bench.were_waiting:
                await transaction.fetch("DELETE FROM seals WHERE author = ? AND sig = ?", (author.id, seal.sig))
            continue
        if standing == "good" and author.known:
            under = await transaction.fetch('SELECT start, "end", head FROM seals WHERE author = ? AND start >= ? AND "end" <= ?', (author.id, seal.start, seal.end))
            for start, end, head in under:
                if head in bench.chain_of[seal]:
                    await drop_seal(transaction, author, start, end, head)
            wider = await transaction.fetch(
                'SELECT 1 FROM seals WHERE author = ? AND start <= ? AND "end" >= ? AND state = ? LIMIT 1', (author.id, seal.start, seal.end, "good")
            )
            if wider and not bench.brings_new(seal):
                continue
        await transaction.fetch(KEEP_SEAL, (author.id, seal.start, seal.end, seal.head, seal.prev, seal.sig, standing))


async def drop_seal(transaction: Transaction, author: Author, start: int, end: int, head: bytes) -> None:
    await transaction.fetch('DELETE FROM seals WHERE author = ? AND start = ? AND "end" = ? AND head = ?', (author.id, start, end, head))


async def mark_loose(transaction: Transaction, author: Author, loose: bool) -> None:
    if author.loose and not loose:
        ((left,),) = await transaction.fetch(
            "SELECT (SELECT COUNT(*) FROM asides WHERE author = ? AND verdict = ?) + (SELECT COUNT(*) FROM seals WHERE author = ? AND state = ?)",
            (author.id, "quar:seal", author.id, "waiting"),
        )
        loose = left > 0
    if loose != author.loose:
        await transaction.fetch("UPDATE authors SET loose = ? WHERE id = ?", (int(loose), author.id))


async def judge_again(transaction: Transaction, organisation: str, device: str, received: int) -> Outcome:
    """A device has joined: what it wrote before is proved with its key and handed out again under new seqs."""
    outcome = Outcome(results=[])
    authors = await transaction.fetch(
        "SELECT a.id, s.id, s.incident, s.head, d.key, d.revoked, m.removed, m.roles FROM authors a JOIN streams s ON s.id = a.stream "
        "JOIN devices d ON d.organisation = s.organisation AND d.id = a.device JOIN members m ON m.organisation = d.organisation AND m.id = d.member "
        "WHERE s.organisation = ? AND a.device = ?",
        (organisation, device),
    )
    for author, stream, incident, head, key, revoked, removed, roles in authors:
        proved = await prove(transaction, author, incident, device, key)
        rows = await transaction.fetch(
            "SELECT seq, n, hash, record, received, clock FROM operations WHERE author = ? AND verdict = ? ORDER BY seq", (author, "quar:unknown-device")
        )
        if not rows:
            continue
        verdict = author_verdict(revoked, removed, roles)
        for seq, n, h, record, came, clock in rows:
            if h in proved:
                head += 1
                outcome.given += 1
                await transaction.fetch("UPDATE operations SET seq = ?, verdict = ? WHERE stream = ? AND seq = ?", (head, verdict, stream, seq))
            else:
                raw = record.encode()
                await transaction.many(SET_ASIDE, [(organisation, author, n, hashlib.sha256(raw).digest(), raw, came, clock, "dead:seal")])
                await transaction.fetch("DELETE FROM operations WHERE stream = ? AND seq = ?", (stream, seq))
        await transaction.fetch("UPDATE streams SET head = ?, received = ? WHERE id = ?", (head, received, stream))
        await transaction.fetch("UPDATE authors SET first = coalesce((SELECT MIN(seq) FROM operations WHERE author = ?), 0) WHERE id = ?", (author, author))
        outcome.heads[incident] = head
        outcome.moved.add(stream)
    return outcome


async def prove(transaction: Transaction, author: int, incident: str, device: str, key: bytes) -> set[bytes]:
    """The chain hashes that the author's seals prove, now that the key is known; seals that do not verify go."""
    proved: set[bytes] = set()
    unproven: list[Row] = await transaction.fetch('SELECT start, "end", head, prev, sig FROM seals WHERE author = ? AND state = ?', (author, "unproven"))
    for start, end, head, prev, sig in unproven:
        if not verify(key, sig, seal_text(Seal(device, incident, start, end, prev, head, sig))):
            await transaction.fetch("DELETE FROM seals WHERE author = ? AND sig = ?", (author, sig))
            continue
        await transaction.fetch("UPDATE seals SET state = ? WHERE author = ? AND sig = ?", ("good", author, sig))
        rows = await transaction.fetch("SELECT n, hash, record FROM operations WHERE author = ? AND n BETWEEN ? AND ? ORDER BY n", (author, start, end))
        reached = {prev}
        for _, h, record in rows:
            d = hashlib.sha256(record.encode()).digest()
            if any(link(before, d) == h for before in reached):
                reached.add(h)
                proved.add(h)
    return proved
