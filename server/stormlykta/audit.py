"""The audit trail: every administrative deed, who, what, when, before and after, from which seat.

Rule: only ever added to (triggers in the database refuse the rest), in the same transaction as the deed itself. Never a secret, never a secret number.
"""

from typing import Any, NamedTuple

import msgspec

from stormlykta.connections import Transaction
from stormlykta.seats import Caller

NOTED = "audit"  # the transaction's own note that a job has told what it did


class Entry(NamedTuple):
    number: int
    at: int
    member: str
    name: str
    seat: str
    deed: str
    about: str
    title: str
    before: Any
    after: Any


async def note(transaction: Transaction, caller: Caller, now: int, deed: str, about: str, title: str, before: Any = None, after: Any = None) -> None:
    """Adds one deed. `deed` is noun.verb (checklist.published), `about` an id, `title` what people call it; before and after hold only what changed."""
    await transaction.fetch(
        "INSERT INTO audit (organisation, number, at, member, name, seat, deed, about, title, before, after) "
        "SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM audit WHERE organisation = ?1",
        (caller.organisation, now, caller.member, caller.name, caller.seat, deed, about, title, text(before), text(after)),
    )
    transaction.notes[NOTED] = int(str(transaction.notes.get(NOTED, 0))) + 1


def noted(transaction: Transaction) -> int:
    """How many deeds have been noted in this transaction."""
    return int(str(transaction.notes.get(NOTED, 0)))


def text(value: Any) -> str:
    return msgspec.json.encode(value).decode()
