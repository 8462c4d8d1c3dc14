"""A semicolon-separated table into rows of named cells, each row with the line where it starts.

Rule: pure. Rows that start with # are remarks; every other row has exactly as many cells as the header.
"""

from __future__ import annotations

import csv
from typing import NamedTuple

from stormlykta.texts.findings import Findings
from stormlykta.texts.grammar import Line, Source, plain


class Row(NamedTuple):
    number: int
    cells: dict[str, str]

    def line(self, column: str) -> Line:
        return Line(self.number, self.cells.get(column, ""))


def header_of(source: Source) -> tuple[int, tuple[str, ...]]:
    """(line, names) of the first row that is no remark; names are () when there is none."""
    for number, line in enumerate(source.lines, 1):
        if line.strip(" ;") and not line.startswith(("#", '"#')):
            return number, tuple(name.strip().strip('"') for name in line.split(";"))
    return 1, ()


def read_rows(source: Source, required: tuple[str, ...], optional: tuple[str, ...], findings: Findings) -> list[Row]:
    header: list[str] = []
    rows: list[Row] = []
    for number, cells in _split(source, findings):
        if not any(cells) or cells[0].startswith("#"):
            continue
        if not header:
            header = cells
            if not _check_header(source, Line(number, ""), header, required, optional, findings):
                return []
        elif len(cells) != len(header):
            findings.error(source.file, number, "row-length", count=len(cells), wanted=len(header))
        else:
            rows.append(Row(number, dict(zip(header, cells, strict=True))))
    if not rows and header:
        findings.error(source.file, 1, "no-rows")
    return rows


def _split(source: Source, findings: Findings) -> list[tuple[int, list[str]]]:
    reader = csv.reader((line + "\n" for line in source.lines), delimiter=";", strict=True)
    rows: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            rows.append((start, [plain(cell.replace("\n", " ")) for cell in cells]))
            start = reader.line_num + 1
    except csv.Error:
        findings.error(source.file, start, "broken-table")
    return rows


def _check_header(source: Source, line: Line, header: list[str], required: tuple[str, ...], optional: tuple[str, ...], findings: Findings) -> bool:
    for column in header:
        if column not in (*required, *optional):
            findings.error(source.file, line.number, "column-unknown", column=column, allowed=", ".join((*required, *optional)))
    for column in required:
        if column not in header:
            findings.error(source.file, line.number, "column-missing", column=column)
    if len(set(header)) != len(header):
        findings.error(source.file, line.number, "column-twice", column=next(column for column in header if header.count(column) > 1))
    return set(required) <= set(header) <= {*required, *optional} and len(set(header)) == len(header)
