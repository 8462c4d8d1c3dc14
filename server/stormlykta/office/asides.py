"""What was not taken into a draft: a save that came too late, a text that another took the place of, a draft that was thrown away.

Rule: each is kept under a number for as long as the checklist is, with those who wrote it.
"""

from typing import Literal, NamedTuple

import msgspec

from stormlykta.connections import Transaction
from stormlykta.errors import Problem
from stormlykta.shapes import Checklist

Why = Literal["conflict", "discarded"]
COLUMNS = "text, body, saved, saved_by, writers, why"


class Aside(NamedTuple):
    text: int
    body: bytes
    saved: int
    saved_by: str
    writers: frozenset[str]
    why: Why

    @property
    def document(self) -> Checklist:
        return msgspec.json.decode(self.body, type=Checklist)


async def keep(transaction: Transaction, organisation: str, checklist: str, aside: Aside) -> int:
    """The number it is kept under; the same text of the same person is kept once."""
    _, body, saved, saved_by, writers, why = aside
    rows = await transaction.fetch(
        "SELECT text FROM draft_texts WHERE organisation = ? AND checklist = ? AND body = ? AND saved_by = ? AND why = ? ORDER BY text DESC LIMIT 1",
        (organisation, checklist, body.decode(), saved_by, why),
    )
    if rows:
        return int(rows[0][0])
    ((text,),) = await transaction.fetch(
        "INSERT INTO draft_texts (organisation, checklist, text, body, saved, saved_by, writers, why) "
        "SELECT ?1, ?2, coalesce(max(text), 0) + 1, ?3, ?4, ?5, ?6, ?7 FROM draft_texts WHERE organisation = ?1 AND checklist = ?2 RETURNING text",
        (organisation, checklist, body.decode(), saved, saved_by, ",".join(sorted(writers)), why),
    )
    return int(text)


async def list_all(transaction: Transaction, organisation: str, checklist: str) -> list[Aside]:
    """Newest first."""
    rows = await transaction.fetch(f"SELECT {COLUMNS} FROM draft_texts WHERE organisation = ? AND checklist = ? ORDER BY text DESC", (organisation, checklist))
    return [read_row(*row) for row in rows]


async def find_writers(transaction: Transaction, organisation: str, checklist: str, body: bytes) -> set[str]:
    """Who wrote this text, if it is one that was kept aside: whoever takes it up again has not written it alone."""
    rows = await transaction.fetch(
        "SELECT writers FROM draft_texts WHERE organisation = ? AND checklist = ? AND body = ?", (organisation, checklist, body.decode())
    )
    return {writer for row in rows for writer in row[0].split(",") if writer}


def read_row(text: int, body: str, saved: int, saved_by: str, writers: str, why: Why) -> Aside:
    return Aside(text, body.encode(), saved, saved_by, frozenset(filter(None, writers.split(","))), why)


async def get(transaction: Transaction, organisation: str, checklist: str, text: int) -> Aside:
    """Raises Problem("not-found")."""
    rows = await transaction.fetch(f"SELECT {COLUMNS} FROM draft_texts WHERE organisation = ? AND checklist = ? AND text = ?", (organisation, checklist, text))
    if not rows:
        raise Problem("not-found")
    return read_row(*rows[0])
