"""The log: the only way into it, and out of quarantine. It stores, numbers and judges; it never folds (docs/protocol.md 3, 6, 8).

Rule: every pushed operation gets exactly one verdict, from a job that runs inside Database.write, so a verdict is only told once it is on disk.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from stormlykta.connections import Transaction
from stormlykta.log.chains import Bench, Item, Run, straight
from stormlykta.log.ledger import Author, Ledger
from stormlykta.log.operations import Operation, Rotten, Seal, seal_text, verify

SET_ASIDE = "INSERT OR IGNORE INTO asides (organisation, author, n, digest, raw, received, clock, verdict, link) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


Verdict = tuple[str, int | str]
Aside = tuple[int | None, int | None, bytes, str, int]  # author, n, what came, verdict, whether a good seal leads through it
Held = dict[tuple[int, bytes], tuple[int, str]]
MOST_WAITING = 500  # seals, and
SPANNED = 8  # seals that go under a wider one before ready-made answers are thrown away for it
MOST_ASIDES = 5_000  # operations that one push looks through, of what waits for its author


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


class Prepared(NamedTuple):
    """A push, and its `run` when it is an ordinary one: found before the writer is asked, so that the writer only writes."""

    push: Push
    run: Run | None


def prepare(push: Push) -> Prepared:
    """Follows the push's chain, when it is but one. Pure."""
    return Prepared(push, straight(push.items, push.seals))


async def append(transaction: Transaction, prepared: Prepared) -> Outcome:
    """Judges and stores a push. Its writes are durable when the surrounding Database.write returns, not before."""
    push = prepared.push
    outcome = await append_run(transaction, push, prepared.run) if prepared.run is not None else None
    if outcome is not None:
        return outcome
    outcome = Outcome(results=[("dead", "shape")] * len(push.items))
    ledger = Ledger.of(transaction)
    authors = {}
    for key, bench in lay_out(push).items():
        authors[key] = await append_author(transaction, ledger, push, bench, outcome)
    for index, item in enumerate(push.items):
        if isinstance(item, Rotten):
            outcome.results[index] = ("dead", item.code)
            author = authors.get((item.inc, item.dev))
            linked = author is not None and (item.n, item.d) in author.buried
            await set_aside(transaction, push, [(author.id if author else None, item.n or None, item.raw, f"dead:{item.code}", int(linked))])
    return outcome


def lay_out(push: Push) -> dict[tuple[str, str], Bench]:
    """The push by incident and author."""
    gathered: dict[tuple[str, str], Bench] = {}
    for index, item in enumerate(push.items):
        if isinstance(item, Operation):
            gathered.setdefault((item.inc, item.dev), Bench(item.inc, item.dev)).add(index, item)
    for seal in push.seals:
        gathered.setdefault((seal.inc, seal.dev), Bench(seal.inc, seal.dev)).seals.append(seal)
    for index, item in enumerate(push.items):
        if isinstance(item, Rotten) and (item.inc, item.dev) in gathered:
            gathered[item.inc, item.dev].bury(item.n, item.d, index)
    return gathered


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


async def append_author(transaction: Transaction, ledger: Ledger, push: Push, bench: Bench, outcome: Outcome) -> Author:
    """One author's part of a push: prove it, give it verdicts and places, keep its seals. Returns the author."""
    author = await ledger.find(push.organisation, bench.inc, bench.dev, push.received)
    bench.check(author.key)
    if author.known and (bench.seals or bench.items):
        await load_held(transaction, author, bench)
    bench.prove("unproven" if author.key is None else "good")
    held, known = await held_places(transaction, author, bench)
    await ledger.flush()
    asides: list[Aside] = []
    freed: list[tuple[int]] = []
    brought = outcome.brought.setdefault(bench.inc, set())
    given = outcome.given
    for item in bench.items.values():
        if not item.places:
            verdict = "dead:seal" if item.standing == "bad" else "quar:seal"
            there = known.get((item.n, item.d))
            if there is not None:
                tell(outcome, item, there[1], there[0])
                brought.add(there[0])
                continue
            if item.aside is None:
                asides.append((author.id, item.n, item.record, verdict, 0))
            tell(outcome, item, verdict, 0)
            continue
        for place in item.places:
            already = held.get((item.n, place))
            if already is None:
                verdict = author.verdict if item.standing == "good" else "quar:unknown-device"
                received, clock = (push.received, push.clock) if item.aside is None else item.aside[1:]
                seq = ledger.store(author, [item], [place], received, clock, verdict)
                held[item.n, place] = already = (seq, verdict)
                item.new = True
                outcome.given += 1
            if item.index >= 0:
                brought.add(already[0])
        seq, verdict = held[item.n, item.places[0]]
        tell(outcome, item, verdict, seq)
        if item.aside is not None:
            freed.append((item.aside[0],))
    if outcome.given > given:
        outcome.heads[bench.inc] = author.stream.head
    if bench.dev == push.carrier and len({n for n, _ in held}) < len(held):
        outcome.fork = True
    await set_aside(transaction, push, asides)
    if freed:
        await transaction.many("DELETE FROM asides WHERE id = ?", freed)
    author.buried = bench.buried_links()
    if author.buried:
        rows = [(author.id, n, d) for n, d in author.buried]
        await transaction.many("UPDATE asides SET link = 1 WHERE author = ? AND n = ? AND digest = ?", rows)
    await keep_seals(transaction, ledger, author, bench, outcome)
    await mark_loose(transaction, author, bench)
    return author


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
    """Brings what is already here onto the bench: digests that a seal may lean on, and what waits for one. Bounded, whoever may have sent what."""
    reach = [seal.start for seal in bench.seals] + [seal.end for seal in bench.seals] + [n for n, _ in bench.items]
    low, high = min(reach), max(reach)
    if author.loose:
        waiting = 'SELECT start, "end", prev, head, sig FROM seals WHERE author = ? AND state = ? AND start <= ? AND "end" >= ? ORDER BY start LIMIT ?'
        bench.take_waiting(await transaction.fetch(waiting, (author.id, "waiting", high, low, MOST_WAITING)))
        low, high = min([low, *(seal.start for seal in bench.seals)]), max([high, *(seal.end for seal in bench.seals)])
        asides = "SELECT id, n, raw, received, clock FROM asides WHERE author = ? AND verdict = ? AND n BETWEEN ? AND ? ORDER BY id DESC LIMIT ?"
        bench.take_asides(reversed(await transaction.fetch(asides, (author.id, "quar:seal", low, high, MOST_ASIDES))))
    if bench.seals:
        for n, h, record in await transaction.fetch("SELECT n, hash, record FROM operations WHERE author = ? AND n BETWEEN ? AND ?", (author.id, low, high)):
            bench.hold(n, hashlib.sha256(record.encode()).digest(), bytes(h), 0)
        dead = "SELECT n, digest FROM asides WHERE author = ? AND n BETWEEN ? AND ? AND verdict LIKE 'dead:%' ORDER BY id LIMIT ?"
        for n, digest in await transaction.fetch(dead, (author.id, low, high, MOST_ASIDES)):
            bench.bury(n, bytes(digest), 0)


async def held_places(transaction: Transaction, author: Author, bench: Bench) -> tuple[Held, Held]:
    """What is stored already where the bench's operations would go, by (n, h) and by (n, d): its (seq, verdict)."""
    if not author.known or not bench.items:
        return {}, {}
    low, high = min(bench.items)[0], max(bench.items)[0]
    stored = "SELECT n, hash, seq, verdict, record FROM operations WHERE author = ? AND n BETWEEN ? AND ?"
    rows = await transaction.fetch(stored, (author.id, low, high))
    known = {(n, hashlib.sha256(record.encode()).digest()): (seq, verdict) for n, _, seq, verdict, record in rows}
    return {(n, bytes(h)): (seq, verdict) for n, h, seq, verdict, _ in rows}, known


async def set_aside(transaction: Transaction, push: Push, rows: Sequence[Aside]) -> None:
    if not rows:
        return
    org, came = push.organisation, (push.received, push.clock)
    await transaction.many(SET_ASIDE, [(org, author, n, hashlib.sha256(raw).digest(), raw, *came, verdict, link) for author, n, raw, verdict, link in rows])


async def keep_seals(transaction: Transaction, ledger: Ledger, author: Author, bench: Bench, outcome: Outcome) -> None:
    """Keeps what is proved or may yet be; a seal that lies wholly under a wider good one goes."""
    for seal, proof in bench.proofs.items():
        if proof.standing == "bad":
            if seal in bench.were_waiting:
                await transaction.fetch("DELETE FROM seals WHERE author = ? AND sig = ?", (author.id, seal.sig))
            continue
        if proof.standing == "good" and author.known:
            if not bench.brings_new(seal) and await is_under_another(transaction, author, seal):
                continue
            chain = set(proof.walk.after)
            under = 'SELECT head, sig FROM seals WHERE author = ? AND start >= ? AND "end" <= ? AND sig <> ?'
            rows = await transaction.fetch(under, (author.id, seal.start, seal.end, seal.sig))
            gone = [(author.id, sig) for head, sig in rows if bytes(head) in chain]
            if gone:
                await transaction.many("DELETE FROM seals WHERE author = ? AND sig = ?", gone)
            if len(gone) >= SPANNED:
                outcome.moved.add(author.stream.id)
        ledger.keep_seal(author, seal, proof.standing)


async def is_under_another(transaction: Transaction, author: Author, seal: Seal) -> bool:
    """Whether what the seal proves is proved by another that is kept: the same range and head, or a wider one where nothing has forked."""
    same = 'SELECT 1 FROM seals WHERE author = ? AND start = ? AND "end" = ? AND head = ? AND state = ?'
    if await transaction.fetch(same, (author.id, seal.start, seal.end, seal.head, "good")):
        return True
    wider = 'SELECT 1 FROM seals WHERE author = ? AND start <= ? AND "end" >= ? AND state = ? LIMIT 1'
    if not await transaction.fetch(wider, (author.id, seal.start, seal.end, "good")):
        return False
    forked = "SELECT 1 FROM operations WHERE author = ? AND n BETWEEN ? AND ? GROUP BY n HAVING COUNT(*) > 1 LIMIT 1"
    return not await transaction.fetch(forked, (author.id, seal.start, seal.end))


async def mark_loose(transaction: Transaction, author: Author, bench: Bench) -> None:
    """Remembers whether something of this author still waits: only then is it looked for next time."""
    loose = any(not item.places and item.standing == "waiting" for item in bench.items.values())
    loose = loose or any(proof.standing == "waiting" for proof in bench.proofs.values())
    if author.loose and not loose:
        left = "SELECT 1 FROM asides WHERE author = ? AND verdict = ? UNION ALL SELECT 1 FROM seals WHERE author = ? AND state = ? LIMIT 1"
        loose = bool(await transaction.fetch(left, (author.id, "quar:seal", author.id, "waiting")))
    if loose != author.loose:
        author.loose = loose
        await transaction.fetch("UPDATE authors SET loose = ? WHERE id = ?", (int(loose), author.id))
