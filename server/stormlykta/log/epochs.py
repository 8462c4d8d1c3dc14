"""The epoch: a random id that changes whenever the server's time has gone backwards (docs/protocol.md 7).

Rule: a mark beside the database says how far it had come; a database below its mark is an older copy, and gets a new epoch.
"""

import json
import os
import secrets
from pathlib import Path
from typing import NamedTuple

from stormlykta.connections import Transaction


class Mark(NamedTuple):
    epoch: str
    total: int


def read_mark(path: Path) -> Mark | None:
    """None when there is none, or none that can be read."""
    try:
        stored = json.loads(path.read_text())
        return Mark(str(stored["epoch"]), int(stored["total"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_mark(path: Path, epoch: str, total: int) -> None:
    """Replaces the mark whole. It is written after the commit that it speaks of, so it is never ahead of a sound database."""
    beside = path.with_suffix(".new")
    with beside.open("w") as file:
        json.dump({"epoch": epoch, "total": total}, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


async def settle(transaction: Transaction, mark: Mark | None) -> tuple[str, int, bool]:
    """(epoch, total, restored): the epoch in force from now on."""
    rows = await transaction.fetch("SELECT value FROM meta WHERE key = 'epoch'")
    ((total,),) = await transaction.fetch("SELECT coalesce(SUM(head), 0) FROM streams")
    epoch = rows[0][0] if rows else ""
    restored = mark is not None and mark.epoch == epoch and total < mark.total
    if restored or not epoch:
        epoch = await renew(transaction)
    return epoch, total, restored


async def renew(transaction: Transaction) -> str:
    """A new epoch, for a database that has been restored."""
    epoch = secrets.token_urlsafe(12)
    await transaction.fetch("INSERT INTO meta (key, value) VALUES ('epoch', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (epoch,))
    return epoch
