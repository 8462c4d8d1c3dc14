"""The audit trail: every administrative deed, who, what, when, before and after, from which seat.

Rule: only ever added to (triggers in the database refuse the rest), in the same transaction as the deed itself. Never a secret, never a secret number.
"""

from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import msgspec

from stormlykta.connections import Row, Transaction
from stormlykta.database import Database
from stormlykta.office.seats import Caller

NOTED = "audit"  # the transaction's own note that a job has told what it did


PAGE = 500
SPECIAL = "*?["  # what GLOB takes for something else than itself


class Search(NamedTuple):
    """What is looked for; '' and 0: whatever. Times in ms.

    `who`: a member's id, or the name of somebody without one; `deed`: noun.verb, or a noun for all of them; several with commas between.
    """

    who: str = ""
    deed: str = ""
    about: str = ""
    since: int = 0
    until: int = 0
    words: str = ""


class Entry(msgspec.Struct):
    """One deed. `before` and `after`: what was otherwise, as the deed told it; `way`, `agent`, `seated`: the seat that it was done from."""

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
    way: str | None
    agent: str | None
    seated: int | None


class Doer(msgspec.Struct):
    id: str
    name: str


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


async def find(transaction: Transaction, organisation: str, search: Search, before: int, most: int) -> list[Entry]:
    """The latest first, from the one before `before` on (0: from the last)."""
    conditions, values = conditions_of(search)
    if before:
        conditions.append("a.number < ?")
        values.append(before)
    rows = await transaction.fetch(
        "SELECT a.number, a.at, a.member, a.name, a.seat, a.deed, a.about, a.title, a.before, a.after, s.way, s.agent, s.created FROM audit a "
        "LEFT JOIN seats s ON s.organisation = a.organisation AND s.id = a.seat "
        f"WHERE {' AND '.join(['a.organisation = ?', *conditions])} ORDER BY a.number DESC LIMIT ?",
        (organisation, *values, most),
    )
    return [entry_of(row) for row in rows]


async def walk(database: Database, organisation: str, search: Search, first: list[Entry]) -> AsyncIterator[list[Entry]]:
    """`first` and all that follow it, page by page; the database is not held between them."""
    page = first
    while page:
        yield page
        async with database.read() as transaction:
            page = await find(transaction, organisation, search, page[-1].number, PAGE)


async def list_doers(transaction: Transaction, organisation: str) -> list[Doer]:
    """Everybody who has done something, by their last name for themselves."""
    rows = await transaction.fetch(
        "SELECT CASE member WHEN '' THEN name ELSE member END AS who, name, max(number) FROM audit WHERE organisation = ? GROUP BY who ORDER BY name",
        (organisation,),
    )
    return [Doer(row[0], row[1]) for row in rows]


async def list_deeds(transaction: Transaction, organisation: str) -> list[str]:
    return [row[0] for row in await transaction.fetch("SELECT DISTINCT deed FROM audit WHERE organisation = ? ORDER BY deed", (organisation,))]


def conditions_of(search: Search) -> tuple[list[str], list[Any]]:
    wanted: list[tuple[str, list[Any]]] = []
    if search.who:
        wanted.append(("(a.member = ? OR (a.member = '' AND a.name = ?))", [search.who, search.who]))
    if search.deed:
        named = [deed for deed in search.deed.split(",") if deed]
        either = " OR ".join(["a.deed = ? OR a.deed GLOB ?"] * len(named)) or "0"
        wanted.append((f"({either})", [value for deed in named for value in (deed, f"{literally(deed)}.*")]))
    if search.about:
        wanted.append(("a.about = ?", [search.about]))
    if search.since:
        wanted.append(("a.at >= ?", [search.since]))
    if search.until:
        wanted.append(("a.at < ?", [search.until]))
    for word in search.words.split():
        pattern = f"*{literally(word)}*"
        wanted.append(("(a.title GLOB ? OR a.name GLOB ? OR a.about GLOB ? OR a.before GLOB ? OR a.after GLOB ?)", [pattern] * 5))
    return [condition for condition, _ in wanted], [value for _, values in wanted for value in values]


def literally(word: str) -> str:
    """A pattern for the word in capitals or not. (LIKE knows no capitals beyond ASCII: å would not find Å.)"""
    return "".join(f"[{small}{large}]" if (small := each.lower()) != (large := each.upper()) else f"[{each}]" if each in SPECIAL else each for each in word)


def entry_of(row: Row) -> Entry:
    told = dict(zip(Entry.__struct_fields__, row, strict=True))
    return Entry(**{**told, "before": msgspec.json.decode(told["before"]), "after": msgspec.json.decode(told["after"])})
