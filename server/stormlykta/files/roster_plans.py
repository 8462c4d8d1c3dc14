"""What a file would make of the roster: shift by shift, what is new, changed, removed, and what stays.

Rule: pure. A file speaks for its own functions, from its first shift to its last; a file with a faulty row takes nothing away but what it fills itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from msgspec import Struct, field, structs

from stormlykta.files.roster_files import Reading
from stormlykta.files.roster_names import Read, say
from stormlykta.shapes import Shift, Text

Fate = Literal["new", "changed", "removed", "unchanged", "faulty"]
Span = tuple[int, int]


class PlanRow(Struct):
    """`row`: where in the file, 0 for what only the roster has. `before`: who had it, when another gets it. `text`: what stands in a faulty row."""

    row: int
    fate: Fate
    function: str = ""
    person: str | None = None
    name: str = ""
    start: int = field(default=0, name="from")
    end: int = field(default=0, name="to")
    before: str = ""
    text: str = ""
    why: list[Text] = []


class Plan(NamedTuple):
    shifts: tuple[Shift, ...]
    rows: list[PlanRow]

    def counts(self) -> dict[Fate, int]:
        fates: tuple[Fate, ...] = ("new", "changed", "removed", "unchanged", "faulty")
        return {fate: sum(row.fate == fate for row in self.rows) for fate in fates}


def plan(old: Sequence[Shift], reading: Reading, keep_swaps: bool) -> Plan:
    """The whole roster as it would be, and what that changes."""
    rows = [PlanRow(row=fault.row, fate="faulty", text=fault.text, why=[fault.why]) for fault in reading.faults]
    kept = [shift for shift in old if shift.function not in {read.function for read in reading.reads}]
    by_function: dict[str, list[Read]] = {}
    for read in reading.reads:
        by_function.setdefault(read.function, []).append(read)
    for function, reads in by_function.items():
        mine = [shift for shift in old if shift.function == function]
        shifts, told = plan_function(mine, reads, bool(reading.faults), keep_swaps)
        kept += shifts
        rows += told
    return Plan(in_order(kept), sorted(rows, key=lambda row: (row.fate != "faulty", row.row == 0, row.row, row.start)))


def plan_function(old: list[Shift], reads: list[Read], faulty: bool, keep_swaps: bool) -> tuple[list[Shift], list[PlanRow]]:
    whole = (min(read.start for read in reads), max(read.end for read in reads))
    swaps = [shift for shift in old if keep_swaps and shift.swapped and overlap(span(shift), whole)]
    rows: list[PlanRow] = []
    wanted: list[tuple[Read, Shift]] = []
    for read in reads:
        theirs = [swap for swap in swaps if overlap(span(swap), (read.start, read.end))]
        pieces = subtract((read.start, read.end), [span(swap) for swap in theirs])
        told = (*read.told, *(say("swap-kept", name=swap.name) for swap in theirs if swap.name != read.name))
        wanted += [(read._replace(told=told), shift_of(read, piece)) for piece in pieces]
        if not pieces:
            rows.append(row_of("unchanged", theirs[0], read.row, told))
    held = [shift for shift in old if shift not in swaps]
    here = {bare(shift) for shift in held}
    stays, gone, cut = settle(held, {bare(shift) for _, shift in wanted}, [span(shift) for _, shift in wanted] if faulty else [whole])
    rows += [row_of("changed", shift, 0, (say("shift-cut"),)) for shift in cut]
    leaving: dict[Span, list[Shift]] = {}
    for shift in gone:
        leaving.setdefault(span(shift), []).append(shift)
    for read, shift in wanted:
        same = leaving.get(span(shift))
        if bare(shift) in here:
            rows.append(row_of("unchanged", shift, read.row, read.told))
        else:
            rows.append(row_of("changed" if same else "new", shift, read.row, read.told, same.pop().name if same else ""))
    rows += [row_of("removed", shift, 0, (say("not-in-file"),)) for left in leaving.values() for shift in left]
    return [*stays, *cut, *swaps, *(shift for _, shift in wanted)], rows


def settle(held: Iterable[Shift], wanted: set[tuple[object, ...]], claimed: list[Span]) -> tuple[list[Shift], list[Shift], list[Shift]]:
    """What of the roster stays, what goes, and what is left of those cut short by the times that the file claims. What it wants as it is it brings itself."""
    stays: list[Shift] = []
    gone: list[Shift] = []
    cut: list[Shift] = []
    for shift in held:
        pieces = subtract(span(shift), claimed)
        if bare(shift) in wanted:
            continue
        if pieces == [span(shift)]:
            stays.append(shift)
        elif not pieces:
            gone.append(shift)
        else:
            cut += [structs.replace(shift, start=start, end=end) for start, end in pieces]
    return stays, gone, cut


def shift_of(read: Read, piece: Span) -> Shift:
    return Shift(function=read.function, person=read.person, name=read.name, start=piece[0], end=piece[1])


def row_of(fate: Fate, shift: Shift, row: int, why: Sequence[Text], before: str = "") -> PlanRow:
    who = (shift.function, shift.person, shift.name)
    return PlanRow(row, fate, *who, shift.start, shift.end, before, "", list(why))


def span(shift: Shift) -> Span:
    return shift.start, shift.end


def bare(shift: Shift) -> tuple[object, ...]:
    return (shift.person, shift.name, shift.start, shift.end)


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def subtract(span: Span, taken: Iterable[Span]) -> list[Span]:
    """What is left of a span."""
    left = [span]
    for start, end in taken:
        left = [piece for a, b in left for piece in ((a, min(b, start)), (max(a, end), b)) if piece[0] < piece[1]]
    return left


def in_order(shifts: Iterable[Shift]) -> tuple[Shift, ...]:
    return tuple(sorted(shifts, key=lambda shift: (shift.function, shift.start, shift.end, shift.name)))
