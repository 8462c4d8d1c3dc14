"""A device joins that the log has heard of before: what it wrote is proved with its key, and handed out again with its true verdict.

Rule: only `quar:unknown-device` is judged again here; what waits for a seal is judged again by oplog when the seal comes.
"""

import hashlib

from stormlykta.database import Row, Transaction
from stormlykta.ledger import Ledger, judge_author
from stormlykta.operations import Seal, link, seal_text, verify
from stormlykta.oplog import SET_ASIDE, Outcome


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
        proved = await prove(transaction, author, incident, device, key)
        rows = await transaction.fetch(
            "SELECT seq, n, hash, record, received, clock FROM operations WHERE author = ? AND verdict = ? ORDER BY seq", (author, "quar:unknown-device")
        )
        if not rows:
            continue
        verdict = judge_author(revoked, removed, roles)
        for seq, n, h, record, came, clock in rows:
            if h in proved:
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
