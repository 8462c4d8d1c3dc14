"""A duty roster as a table: function;person;from;to, or a week a row: vecka;funktion;person.

Rule: pure. No row is skipped in silence: it becomes a shift, or a fault with its number and why.
"""

from __future__ import annotations

from typing import NamedTuple

from stormlykta.files.roster_names import Fault, Read, Register, Wrong, say
from stormlykta.files.roster_times import Changes, check_span, read_time, read_week, spoken
from stormlykta.files.text_tables import Row, read_table
from stormlykta.shapes import Function
from stormlykta.texts.findings import Findings

LOOKED_AT = 20  # rows in which the headings are sought: people write a title above them
SAME = {
    "function": "funktion function uppdrag jour roll duty ansvar",
    "person": "person namn name vem itjanst itjänst tjanstgorande tjänstgörande onduty who",
    "from": "fran från from start borjar börjar starts begin starttid",
    "to": "till to slut end slutar ends sluttid",
    "week": "vecka week v veckor",
    "year": "ar år year",
}
COLUMNS = {name: column for column, names in SAME.items() for name in names.split()}


class Asked(NamedTuple):
    """What the clerk says of the file. `function`: all of it is about this one, where a row says nothing else."""

    changes: Changes
    function: Function | None
    now: int


def read_rows(text: str, register: Register, asked: Asked, findings: Findings) -> tuple[list[Read], list[Fault]]:
    """Shifts and faults; a finding when there are no headings to read by."""
    rows = read_table(text, findings, lambda _done, _of: None)
    headings = find_headings(rows, asked.function is not None)
    if headings is None:
        if rows:
            findings.error("", 0, "roster-headings")
        return [], []
    at, columns = headings
    reads: list[Read] = []
    faults: list[Fault] = []
    for row in rows[at + 1 :]:
        said = {column: row.cells[place].strip() if place < len(row.cells) else "" for column, place in columns.items()}
        try:
            check_cells(row, columns)
            reads.append(read_row(row.number, said, register, asked))
        except Wrong as wrong:
            faults.append(Fault(row.number, " · ".join(filter(None, said.values())), wrong.why))
    return reads, faults


def find_headings(rows: list[Row], named: bool) -> tuple[int, dict[str, int]] | None:
    for at, row in enumerate(rows[:LOOKED_AT]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(row.cells):
            column = COLUMNS.get("".join(filter(str.isalnum, cell.casefold())))
            if column is not None:
                columns.setdefault(column, place)
        if "person" in columns and ("function" in columns or named) and ("week" in columns or {"from", "to"} <= set(columns)):
            return at, columns
    return None


def check_cells(row: Row, columns: dict[str, int]) -> None:
    """What is wrong with a cell before anybody asks what it means: a formula, letters that did not come through."""
    for place, wrong in row.wrong:
        if place in columns.values() or place < 0:
            raise Wrong(wrong.code, **wrong.values)


def read_row(number: int, said: dict[str, str], register: Register, asked: Asked) -> Read:
    named = said.get("function", "")
    function = asked.function if asked.function is not None and not named else register.function(named)
    who = register.person(function, said["person"])
    if said.get("week") and not (said.get("from") or said.get("to")):
        start, end = read_week(said["week"], said.get("year", ""), asked.changes)
    else:
        start, end = read_time(said.get("from", ""), "from"), read_time(said.get("to", ""), "to")
    check_span(start.at, end.at, asked.now)
    return Read(number, function.id, who.person, who.name, start.at, end.at, (*who.told, *start.told, *end.told))


def told_rows(reads: list[Read]) -> list[Read]:
    """Without those that stand twice, and with a word on those that are on duty at once."""
    first: dict[tuple[object, ...], int] = {}
    kept: list[Read] = []
    for read in reads:
        place = first.setdefault(read[1:6], len(kept))
        if place == len(kept):
            kept.append(read)
        else:
            kept[place] = kept[place]._replace(told=(*kept[place].told, say("row-twice", row=read.row)))
    by_function: dict[str, list[int]] = {}
    for place, read in enumerate(kept):
        by_function.setdefault(read.function, []).append(place)
    for places in by_function.values():
        places.sort(key=lambda place: (kept[place].start, kept[place].end))
        longest: int | None = None
        for place in places:
            read = kept[place]
            if longest is not None and kept[longest].end > read.start:
                kept[place] = read._replace(told=(*read.told, say("two-at-once", name=kept[longest].name, time=span(kept[longest]))))
            if longest is None or read.end > kept[longest].end:
                longest = place
    return kept


def span(read: Read) -> str:
    return f"{spoken(read.start)}–{spoken(read.end)}"
