"""A device joins that the log has heard of before: what it wrote is proved with its key, and handed out again with its true verdict.

What does not stand the proof is dead, and handed to nobody any more.

Rule: only `quar:unknown-device` is judged again here; what waits for a seal is judged again by oplog when the seal comes.
"""

import hashlib

from stormlykta.connections import Transaction
from stormlykta.log.chains import Bench
from stormlykta.log.ledger import Ledger, judge_author
from stormlykta.log.operations import Seal
from stormlykta.log.oplog import MOST_ASIDES, SET_ASIDE, Outcome


async def judge_again(transaction: Transaction, organisation: str, device: str, received: int) -> Outcome:
    """A device has joined: what it wrote before is proved with its key and handed out again under new seqs."""
    outcome = Outcome(results=[])
    await Ledger.of(transaction).settle()
    authors = await transaction.fetch(
        "SELECT a.id, s.id, s.incident, s.head, d.key, d.revoked, m.removed, m.roles FROM authors a JOIN streams s ON s.id = a.stream "
        "JOIN devices d ON d.organisation = s.organisation AND d.id = a.device JOIN members m ON m.organisation = d.organisation AND m.id = d.member "
        "WHERE s.organisation = ? AND a.device = ?",
        (organisation, device),
    )
    for author, stream, incident, head, key, revoked, removed, roles in authors:
        held = await transaction.fetch("SELECT seq, n, hash, record, received, clock, verdict FROM operations WHERE author = ? ORDER BY seq", (author,))
        if not any(row[-1] == "quar:unknown-device" for row in held):
            continue
        bench = Bench(incident, device)
        for _, n, h, record, *_ in held:
            bench.hold(n, hashlib.sha256(record.encode()).digest(), bytes(h), 0)
        proved = await prove(transaction, author, bench, key)
        verdict = judge_author(revoked, removed, roles)
        for seq, n, h, record, came, clock, before in held:
            if before != "quar:unknown-device":
                continue
            if bytes(h) in proved:
                head += 1
                outcome.given += 1
                await transaction.fetch("UPDATE operations SET seq = ?, verdict = ? WHERE stream = ? AND seq = ?", (head, verdict, stream, seq))
            else:
                raw = record.encode()
                await transaction.many(SET_ASIDE, [(organisation, author, n, hashlib.sha256(raw).digest(), raw, came, clock, "dead:seal", 0)])
                await transaction.fetch("DELETE FROM operations WHERE stream = ? AND seq = ?", (stream, seq))
        await transaction.fetch("UPDATE streams SET head = ?, received = ? WHERE id = ?", (head, received, stream))
        await transaction.fetch("UPDATE authors SET first = coalesce((SELECT MIN(seq) FROM operations WHERE author = ?), 0) WHERE id = ?", (author, author))
        outcome.heads[incident] = head
        outcome.moved.add(stream)
    return outcome


async def prove(transaction: Transaction, author: int, bench: Bench, key: bytes) -> set[bytes]:
    """The chain hashes that the author's seals prove, now that the key is known; seals that do not verify go."""
    for start, end, head, prev, sig in await transaction.fetch(
        'SELECT start, "end", head, prev, sig FROM seals WHERE author = ? AND state = ?', (author, "unproven")
    ):
        bench.seals.append(Seal(bench.dev, bench.inc, start, end, bytes(prev), bytes(head), bytes(sig)))
    for n, digest in await transaction.fetch(
        "SELECT n, digest FROM asides WHERE author = ? AND verdict LIKE 'dead:%' ORDER BY id LIMIT ?", (author, MOST_ASIDES)
    ):
        bench.bury(n, bytes(digest), 0)
    bench.check(key)
    bench.prove("good")
    proved: set[bytes] = set()
    for seal, proof in bench.proofs.items():
        if proof.standing == "good":
            proved.update(proof.walk.after)
            await transaction.fetch("UPDATE seals SET state = ? WHERE author = ? AND sig = ?", ("good", author, seal.sig))
        else:
            await transaction.fetch("DELETE FROM seals WHERE author = ? AND sig = ?", (author, seal.sig))
    return proved
