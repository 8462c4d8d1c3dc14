"""The log: the only way into it, and out of quarantine. It stores, numbers and judges; it never folds (docs/protocol.md 3, 6, 8).

Rule: every pushed operation gets exactly one verdict, from a job that runs inside Database.write, so a verdict is only told once it is on disk.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from stormlykta.chains import Bench, Item, Run, straight
from stormlykta.database import Transaction
from stormlykta.ledger import Author, Ledger
from stormlykta.operations import Operation, Rotten, Seal, seal_text, verify

SET_ASIDE = "INSERT OR IGNORE INTO asides (organisation, author, n, digest, raw, received, clock, verdict) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


Verdict = tuple[str, int | str]
Aside = tuple[int | None, int | None, bytes, str]  # author, n, what came, verdict


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

    results: list[Verdict]
    brought: dict[str, set[int]] = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)
    given: int = 0
    fork: bool = False


class Proved(NamedTuple):
    """A push with its chains followed as far as it leads by itself: done before the writer is asked, so that the writer only writes.

    `run`: an ordinary push, one author's next operations under one seal, with the chain hashes after each. Anything odd lies on `benches`.
    """

    push: Push
    run: Run | None
    benches: list[tuple[Bench, bool]]


def prepare(push: Push) -> Proved:
    """Follows the push's seals. Pure."""
    run = straight(push.items, push.seals)
    return Proved(push, run, lay_out(push) if run is None else [])


def lay_out(push: Push) -> list[tuple[Bench, bool]]:
    """The push by incident and author, and whether all its seals arrive with what came alone."""
    gathered: dict[tuple[str, str], Bench] = {}

    for index, item in enumerate(push.items):
        if isinstance(item, Operation):
            bench = gathered.get((item.inc, item.dev))
            if bench is None:
                bench = gathered[item.inc, item.dev] = Bench(item.inc, item.dev)
            bench.add(index, item)
    for item in push.items:
        if isinstance(item, Rotten) and (item.inc, item.dev) in gathered:
            gathered[item.inc, item.dev].hold(item.n, item.d)
    for seal in push.seals:
        gathered.setdefault((seal.inc, seal.dev), Bench(seal.inc, seal.dev)).seals.append(seal)
    return [(each, each.lead()) for each in gathered.values()]


async def append(transaction: Transaction, proved: Proved) -> Outcome:
    """Judges and stores a push. Its writes are durable when the surrounding Database.write returns, not before."""
    push = proved.push
    benches = proved.benches
    if proved.run is not None:
        outcome = await append_run(transaction, push, proved.run)
        if outcome is not None:
            return outcome
        benches = lay_out(push)
    outcome = Outcome(results=[("dead", "shape")] * len(push.items))
    ledger = Ledger.of(transaction)
    authors = {}
    for bench, arrives in benches:
        authors[bench.inc, bench.dev] = await append_author(transaction, ledger, push, bench, arrives, outcome)
    asides: list[Aside] = []
    for index, item in enumerate(push.items):
        if isinstance(item, Rotten):
            outcome.results[index] = ("dead", item.code)
            asides.append((authors.get((item.inc, item.dev)), item.n or None, item.raw, f"dead:{item.code}"))
    if asides:
        await ledger.flush()
        await set_aside(transaction, push, asides)
    return outcome


async def append_run(transaction: Transaction, push: Push, run: Run) -> Outcome | None:
    """Stores an ordinary push whole. None: something of it is here already, or it does not verify, so it must be judged one by one."""
    ledger = Ledger.of(transaction)
    seal = run.seal
    author = await ledger.find(push.organisation, seal.inc, seal.dev, push.received)
    if author.key is None or author.loose or not verify(author.key, seal.sig, seal_text(seal)):
        return None
    here = "SELECT 1 FROM operations WHERE author = ? AND n BETWEEN ? AND ? LIMIT 1"
    if author.known and await transaction.fetch(here, (author.id, seal.start, seal.end)):
        return None
    first = ledger.store(author, run.operations, run.after, push.received, push.clock, author.verdict)
    ledger.keep_seal(author, seal, "good")
    seqs = range(first, first + len(run.operations))
    word, _, code = author.verdict.partition(":")
    results: list[Verdict] = [(word, code)] * len(seqs) if code else [("ok", seq) for seq in seqs]
    return Outcome(results, brought={seal.inc: set(seqs)}, heads={seal.inc: author.stream.head}, given=len(seqs))


async def append_author(transaction: Transaction, ledger: Ledger, push: Push, bench: Bench, arrives: bool, outcome: Outcome) -> int:
    """One author's part of a push: prove it, give it verdicts and places, keep its seals. Returns the author."""
    author = await ledger.find(push.organisation, bench.inc, bench.dev, push.received)
    if author.known and (author.loose or not arrives):
        await load_held(transaction, author, bench)
        bench.lead()
    bench.verify(author.key)
    held = await held_places(transaction, author, bench)
    asides: list[Aside] = []
    freed: list[int] = []
    brought = outcome.brought.setdefault(bench.inc, set())
    given = outcome.given
    for item in bench.items.values():
        if item.standing not in ("good", "unproven") or item.place is None:
            verdict = "dead:seal" if item.standing == "bad" else "quar:seal"
            if item.aside is None:
                asides.append((author.id, item.n, item.record, verdict))
            tell(outcome, item, verdict, 0)
            continue
        already = held.get((item.n, item.place))
        if already is None:
            verdict = author.verdict if item.standing == "good" else "quar:unknown-device"
            received, clock = (push.received, push.clock) if item.aside is None else item.aside[1:]
            seq = ledger.store(author, [item], [item.place], received, clock, verdict)
            held[item.n, item.place] = (seq, verdict)
            item.new = True
            outcome.given += 1
        else:
            seq, verdict = already
        tell(outcome, item, verdict, seq)
        if item.index >= 0:
            brought.add(seq)
        if item.aside is not None:
            freed.append(item.aside[0])
    if outcome.given > given:
        outcome.heads[bench.inc] = author.stream.head
    if bench.dev == push.carrier and len({n for n, _ in held}) < len(held):
        outcome.fork = True
    if asides:
        await ledger.flush()
        await set_aside(transaction, push, asides)
    if freed:
        await transaction.many("DELETE FROM asides WHERE id = ?", [(row,) for row in freed])
    await keep_seals(transaction, ledger, author, bench)
    await mark_loose(transaction, ledger, author, bench)
    return author.id


def tell(outcome: Outcome, item: Item, verdict: str, seq: int) -> None:
    """Puts a stored verdict into the answers it belongs to: a second coming of what is held is `dup`."""
    word, _, code = verdict.partition(":")
    again: Verdict = (word, code) if code else ("dup", seq)
    first: Verdict = (word, code) if code else ("ok" if item.new else "dup", seq)
    if item.index >= 0:
        outcome.results[item.index] = first
    for index in item.more:
        outcome.results[index] = again


async def load_held(transaction: Transaction, author: Author, bench: Bench) -> None:
    """Brings what is already here onto the bench: digests that a seal may lean on, and what waits for one."""
    if author.loose:
        waiting = 'SELECT start, "end", prev, head, sig FROM seals WHERE author = ? AND state = ?'
        bench.take_waiting(await transaction.fetch(waiting, (author.id, "waiting")))
        asides = "SELECT id, n, raw, received, clock FROM asides WHERE author = ? AND verdict = ? ORDER BY n, id"
        bench.take_asides(await transaction.fetch(asides, (author.id, "quar:seal")))
    if bench.seals:
        low, high = min(seal.start for seal in bench.seals), max(seal.end for seal in bench.seals)
        for n, record in await transaction.fetch("SELECT n, record FROM operations WHERE author = ? AND n BETWEEN ? AND ?", (author.id, low, high)):
            bench.hold(n, hashlib.sha256(record.encode()).digest())
        dead = "SELECT n, digest FROM asides WHERE author = ? AND n BETWEEN ? AND ? AND verdict IN ('dead:shape', 'dead:size')"
        for n, digest in await transaction.fetch(dead, (author.id, low, high)):
            bench.hold(n, digest)


async def held_places(transaction: Transaction, author: Author, bench: Bench) -> dict[tuple[int, bytes], tuple[int, str]]:
    """(n, h) → (seq, verdict) of what is stored already where the bench's operations would go."""
    if not author.known or not bench.items:
        return {}
    low, high = min(bench.items)[0], max(bench.items)[0]
    rows = await transaction.fetch("SELECT n, hash, seq, verdict FROM operations WHERE author = ? AND n BETWEEN ? AND ?", (author.id, low, high))
    return {(n, h): (seq, verdict) for n, h, seq, verdict in rows}


async def set_aside(transaction: Transaction, push: Push, rows: Sequence[Aside]) -> None:
    await transaction.many(
        SET_ASIDE, [(push.organisation, author, n, hashlib.sha256(raw).digest(), raw, push.received, push.clock, verdict) for author, n, raw, verdict in rows]
    )


async def keep_seals(transaction: Transaction, ledger: Ledger, author: Author, bench: Bench) -> None:
    """Keeps what is proved or may yet be; a seal that lies wholly under a wider good one goes."""
    for seal, proof in bench.proofs.items():
        if proof.standing == "bad":
            if seal in bench.were_waiting:
                await transaction.fetch("DELETE FROM seals WHERE author = ? AND sig = ?", (author.id, seal.sig))
            continue
        if proof.standing == "good" and author.known:
            under = await transaction.fetch(
                'SELECT start, "end", head, sig FROM seals WHERE author = ? AND start >= ? AND "end" <= ?', (author.id, seal.start, seal.end)
            )
            chain = set(proof.after or ())
            gone = [(author.id, sig) for _, _, head, sig in under if head in chain]
            if gone:
                await transaction.many("DELETE FROM seals WHERE author = ? AND sig = ?", gone)
            wider = 'SELECT 1 FROM seals WHERE author = ? AND start <= ? AND "end" >= ? AND state = ? LIMIT 1'
            if not bench.brings_new(seal) and await transaction.fetch(wider, (author.id, seal.start, seal.end, "good")):
                continue
        ledger.keep_seal(author, seal, proof.standing)


async def mark_loose(transaction: Transaction, ledger: Ledger, author: Author, bench: Bench) -> None:
    """Remembers whether something of this author still waits: only then is it looked for next time."""
    loose = any(item.standing == "waiting" for item in bench.items.values()) or any(proof.standing == "waiting" for proof in bench.proofs.values())
    if loose != author.loose:
        author.loose = loose
        await ledger.flush()
        await transaction.fetch("UPDATE authors SET loose = ? WHERE id = ?", (int(loose), author.id))
