"""Text that somebody pastes, from a word processor, a mail or a sheet, into phases and steps: headings, bullets, numbers, indents, boxes, tabs.

Rule: pure, and nothing that was pasted is dropped but the bullets themselves. What the shape of the text does not say is a step.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal, NamedTuple

import msgspec

from stormlykta.errors import Problem
from stormlykta.shapes import Checklist, Phase, PhaseName, Step, Text
from stormlykta.texts.checklist_making import Mint, make_first_phase, tidy, with_phases

TAB = 4
MOST_LINES = 5_000
# What stands before an item, by sort: another sort at the same indent is a level below. \uf0b7 and its like are Word's own bullets.
MARKS = {
    "box": re.compile(r"[☐☑☒✓✔✅□■▢❏❑❒]\s*|\[[ xX]?\]\s+"),
    "dot": re.compile(r"[•●∙·*\uf0b7]\s+"),
    "ring": re.compile(r"[o◦○]\s+"),
    "square": re.compile(r"[▪▫‣⁃➢►\uf0a7\uf0d8]\s+"),
    "dash": re.compile(r"[-–—]\s+"),
    "dotted": re.compile(r"\d{1,2}(?:\.\d{1,2})+[.)]?\s+"),
    "number": re.compile(r"\d{1,3}[.)]\s+|\(\d{1,2}\)\s+|\d{1,2}\t\s*"),
    "letter": re.compile(r"[a-zåäö][.)]\s+"),
}
HASHES = re.compile(r"(#{1,6})\s+")
FIELDS = {"när": "trigger", "använd när": "trigger", "används när": "trigger", "använd inte när": "not_for", "mål": "goal", "syfte": "goal"}
FIELD = re.compile(rf"\**({'|'.join(FIELDS)})\s*:\**\s*(\S.*)", re.IGNORECASE)
BOLD = re.compile(r"(\*\*|__)(.+?)\1")


class Row(NamedTuple):
    """One line: how far in it stands, what sort of mark it has ('' none), after an empty line or not."""

    indent: int
    mark: str
    text: str
    cells: tuple[str, ...]
    hashes: int
    apart: bool

    @property
    def whole(self) -> str:
        return " ".join((self.text, *self.cells))


class Item(NamedTuple):
    sort: Literal["heading", "step", "below", "more"]
    row: Row


def read_pasted(text: str, into: Checklist, phases: tuple[PhaseName, ...], mint: Mint) -> Checklist:
    """`into`, whose title may be empty, with what the text says. Raises Problem("size") for more lines than any checklist has."""
    if text.count("\n") > MOST_LINES:
        raise Problem("size", f"The text has more than {MOST_LINES} lines. Paste a part of it.")
    names = {name.casefold() for phase in phases for name in (phase.title.sv, phase.title.en or "") if name}
    rows = read_rows(text)
    title = into.title.sv
    if rows and not rows[0].mark and rows[0].whole.casefold() == title.casefold():
        rows = rows[1:]
    elif not title and has_title(rows, names):
        title, rows = rows[0].whole, rows[1:]
    fields: dict[str, Text] = {}
    rest = []
    for row in rows:
        field = FIELD.fullmatch(row.whole) if not row.mark else None
        name = FIELDS.get(field[1].casefold()) if field else None
        if field and name and name not in fields:
            fields[name] = Text(tidy(field[2]))
        else:
            rest.append(row)
    made = arrange(sort_rows(rest, names), phases, mint)
    return with_phases(msgspec.structs.replace(into, title=Text(title, into.title.en), phases=made, **fields), phases)


def has_title(rows: list[Row], names: set[str]) -> bool:
    """Whether the first line stands by itself above the rest."""
    if len(rows) < 2 or rows[0].mark or FIELD.fullmatch(rows[0].whole) or rows[0].whole.endswith(":") or rows[0].whole.casefold() in names:
        return False
    return rows[0].hashes == 1 or rows[1].apart or any(row.mark for row in rows)


def read_rows(text: str) -> list[Row]:
    rows = []
    apart = False
    for line in text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u200b", "").replace("\u00a0", " ").split("\n"):
        rest = line.lstrip(" \t")
        if not rest.strip():
            apart = True
            continue
        indent = sum(TAB if character == "\t" else 1 for character in line[: len(line) - len(rest)])
        mark = ""
        while found := next(((sort, match) for sort, pattern in MARKS.items() if (match := pattern.match(rest)) and rest[match.end() :].strip()), None):
            mark, rest = mark or found[0], rest[found[1].end() :]
        hashes = HASHES.match(rest)
        rest = rest[hashes.end() :] if hashes else rest
        cells = tuple(filter(None, (tidy(BOLD.sub(r"\2", cell)) for cell in rest.split("\t"))))
        if cells:
            rows.append(Row(indent, mark, cells[0], cells[1:], len(hashes[1]) if hashes else 0, apart))
            apart = False
    return rows


def sort_rows(rows: list[Row], names: set[str]) -> list[Item]:
    """What each line is, from its mark, its indent and what stands around it."""
    marked = any(row.mark for row in rows)
    items: list[Item] = []
    levels: list[tuple[int, str]] = []
    step_indent = 0
    for row, after in zip_longest(rows, rows[1:]):
        if is_heading(row, after, marked, names, items):
            levels = []
            items.append(Item("heading", row))
        elif row.mark:
            levels = level_of(row, levels)
            items.append(Item("step" if len(levels) == 1 else "below", row))
        elif items and items[-1].sort != "heading" and marked and not row.apart and (row.text[0].islower() or row.indent > items[-1].row.indent):
            items.append(Item("more", row))
        else:
            levels = [(row.indent, "")]
            deeper = not marked and items and items[-1].sort != "heading" and row.indent > step_indent
            items.append(Item("below" if deeper else "step", row))
        if items[-1].sort == "step":
            step_indent = row.indent
    return items


def is_heading(row: Row, after: Row | None, marked: bool, names: set[str], items: list[Item]) -> bool:
    if row.hashes or row.whole.rstrip(":").casefold() in names:
        return True
    if row.mark or row.cells or after is None:
        return False
    if row.text.endswith(":"):
        return bool(after.mark) or not marked
    if not marked:
        return len(row.text) > 3 and row.text.isupper() and not after.text.isupper()
    goes_on = bool(items) and not row.apart and (row.text[0].islower() or row.indent > items[-1].row.indent)
    return bool(after.mark) and not goes_on


def level_of(row: Row, levels: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The marks above this one and its own: deeper in, or another mark at the same indent, is a level below."""
    while levels and levels[-1][0] > row.indent:
        levels = levels[:-1]
    here = (row.indent, row.mark)
    if here in levels:
        return levels[: levels.index(here) + 1]
    return [level for level in levels if level[1]] + [here]


@dataclass
class Growing:
    """A step while its lines are being gathered."""

    words: list[str]
    why: list[str]

    def step(self, mint: Mint) -> Step:
        return Step(id=mint(), text=Text(" ".join(self.words)), why=Text(" ".join(self.why)) if self.why else None)


def arrange(items: list[Item], phases: tuple[PhaseName, ...], mint: Mint) -> tuple[Phase, ...]:
    """Steps before the first heading get a phase of their own."""
    found: list[tuple[str | None, list[Growing]]] = [(None, [])]
    for item in items:
        _, steps = found[-1]
        aside = [sentence(cell) for cell in item.row.cells]
        if item.sort == "heading":
            found.append((item.row.whole.rstrip(":"), []))
        elif item.sort == "step" or not steps:
            steps.append(Growing([item.row.text], aside))
        elif item.sort == "more" and not steps[-1].why:
            steps[-1].words.append(item.row.text)
            steps[-1].why += aside
        else:
            steps[-1].why += [sentence(item.row.text), *aside]
    made = [(heading, tuple(growing.step(mint) for growing in steps)) for heading, steps in found]
    return tuple(
        make_first_phase(phases, steps) if heading is None else Phase(id="", title=Text(heading), mode="read-do", steps=steps)
        for heading, steps in made
        if heading is not None or steps
    )


def sentence(text: str) -> str:
    return text if text[-1] in ".!?:;…" else f"{text}."
