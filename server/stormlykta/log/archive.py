"""An incident as lines of JSON: enough to prove and to rebuild it anywhere; and the files that operations name.

Rule: it only reads the log, and never holds the database while a slow reader reads.
"""

import re
from collections.abc import AsyncIterator
from typing import Any

import msgspec

from stormlykta.connections import Transaction
from stormlykta.database import Database
from stormlykta.errors import Problem
from stormlykta.log.operations import Seal, base64url, seal_fields
from stormlykta.texts.documents import document_hash

PAGE = 1000
NAMED = re.compile(r'hash\\":\\"([A-Za-z0-9_-]{22})')


async def holds(transaction: Transaction, organisation: str, incident: str) -> bool:
    return bool(await transaction.fetch("SELECT 1 FROM streams WHERE organisation = ? AND incident = ? AND head > 0", (organisation, incident)))


async def export(database: Database, organisation: str, incident: str, epoch: str, now: int) -> AsyncIterator[bytes]:
    """NDJSON: a header, then documents, people, operations and seals."""
    async with database.read() as transaction:
        ((stream, head),) = await transaction.fetch("SELECT id, head FROM streams WHERE organisation = ? AND incident = ?", (organisation, incident))
        named = await named_documents(transaction, organisation, stream)
        people = await transaction.fetch(
            "SELECT a.device, d.member, m.name, d.key FROM authors a JOIN devices d ON d.organisation = ? AND d.id = a.device "
            "JOIN members m ON m.organisation = d.organisation AND m.id = d.member WHERE a.stream = ? ORDER BY a.id",
            (organisation, stream),
        )
        seals = await transaction.fetch(
            'SELECT a.device, s.start, s."end", s.prev, s.head, s.sig FROM seals s JOIN authors a ON a.id = s.author '
            "WHERE a.stream = ? AND s.state <> 'waiting' ORDER BY a.id, s.start",
            (stream,),
        )
        links = await transaction.fetch(
            "SELECT a.device, s.n, s.digest FROM asides s JOIN authors a ON a.id = s.author WHERE a.stream = ? AND s.link = 1 ORDER BY a.id, s.n", (stream,)
        )
    yield line({"type": "header", "v": 1, "organisation": organisation, "incident": incident, "epoch": epoch, "exported": now, "head": head})
    for digest, data in named:
        yield line({"type": "document", "hash": digest, "text": data.decode()})
    for device, member, name, key in people:
        yield line({"type": "person", "device": device, "member": member, "name": name, "key": base64url(key)})
    at = 0
    while at < head:
        async with database.read() as transaction:
            rows = await transaction.fetch(
                "SELECT seq, record, received, clock, verdict FROM operations WHERE stream = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?",
                (stream, at, head, PAGE),
            )
        for seq, record, received, clock, verdict in rows:
            yield line({"type": "operation", "seq": seq, "op": msgspec.Raw(record.encode()), "received": received, "offset": clock, "verdict": verdict})
        at = rows[-1][0] if rows else head
    for device, n, digest in links:
        yield line({"type": "link", "device": device, "n": n, "d": base64url(digest)})
    for device, start, end, prev, head_hash, sig in seals:
        yield line({"type": "seal", "seal": seal_fields(Seal(device, incident, start, end, prev, head_hash, sig))})


def line(value: dict[str, Any]) -> bytes:
    return msgspec.json.encode(value) + b"\n"


async def named_documents(transaction: Transaction, organisation: str, stream: int) -> list[tuple[str, bytes]]:
    """The documents whose hash some operation names. What the naming means is not known here."""
    found: dict[str, bytes] = {}
    for (record,) in await transaction.fetch("SELECT record FROM operations WHERE stream = ? AND record LIKE '%hash%' ORDER BY seq", (stream,)):
        for digest in NAMED.findall(record):
            if digest not in found:
                rows = await transaction.fetch("SELECT bytes FROM documents WHERE organisation = ? AND hash = ?", (organisation, digest))
                if rows:
                    found[digest] = bytes(rows[0][0])
    return list(found.items())


async def put_file(transaction: Transaction, organisation: str, digest: str, data: bytes, now: int) -> bool:
    """True: new. Raises Problem("hash") when the bytes are others than the hash says."""
    if document_hash(data) != digest:
        raise Problem("hash")
    rows = await transaction.fetch(
        "INSERT INTO files (organisation, hash, bytes, received) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING hash", (organisation, digest, data, now)
    )
    return bool(rows)


async def get_file(transaction: Transaction, organisation: str, digest: str) -> bytes | None:
    rows = await transaction.fetch("SELECT bytes FROM files WHERE organisation = ? AND hash = ?", (organisation, digest))
    return bytes(rows[0][0]) if rows else None
