"""An Excel file (.xlsx) into rows of cells: guarded before it is opened, read row by row, nothing computed.

Rule: pure, and never raises whatever the bytes. A formula, an error or a merged cell makes its row faulty: what Excel shows is not what the file says.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils import range_boundaries  # type: ignore[import-untyped]

from stormlykta.files.contact_fields import Wrong
from stormlykta.files.text_tables import CELL_CHARACTERS, CELLS, ROWS, WHOLE_ROW, Row, Watch, broken_letters, letters
from stormlykta.texts.findings import Findings

UNPACKED_BYTES = 60 * 1024 * 1024
RATIO = 150  # unpacked to packed, of one member larger than a megabyte; a sheet of nothing but the same row reaches 60
MEMBERS = 2_000
# What is read whole before the first row, and costs a hundred times its size in memory: nothing that a list of contacts needs is near these.
AROUND_BYTES = 1024 * 1024
STRINGS_BYTES = 10 * 1024 * 1024
STRINGS = 400_000
EMPTY_ROWS = 1_100_000  # a sheet ends at 1,048,576
MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})\"")
DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0D\0O|\0<\0!\0D\0O")  # no spreadsheet program writes one; they make bombs of small texts
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_workbook(data: bytes, findings: Findings, watch: Watch) -> list[Row]:
    """The rows of the first sheet with something in it."""
    fault = _fault(data)
    if fault:
        findings.error("", 0, fault)
        return []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        except Exception:
            findings.error("", 0, "broken-excel")
            return []
        for sheet in sheets:
            rows = _read_sheet(sheet, findings, watch)
            if rows is None:
                return []
            if rows:
                if len(sheets) > 1:
                    findings.advise("", 0, "sheet-unread", name=str(sheet.title), count=len(sheets) - 1)
                return _merged(rows, _merges(data, sheet))
    findings.error("", 0, "file-empty")
    return []


def _fault(data: bytes) -> str | None:
    """Looks at the sizes that the package says, before anything of it is unpacked."""
    if data.startswith(OLD):
        return "old-excel"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if len(members) > MEMBERS or sum(member.file_size for member in members) > UNPACKED_BYTES:
                return "zip-bomb"
            if any(member.file_size > 1_000_000 and member.file_size > RATIO * max(1, member.compress_size) for member in members):
                return "zip-bomb"
            if "xl/workbook.xml" not in package.namelist():
                return "not-excel"
            for member in members:
                if not member.filename.endswith((".xml", ".rels")):
                    continue
                strings = member.filename.lower().endswith("sharedstrings.xml")
                if member.file_size > (STRINGS_BYTES if strings else UNPACKED_BYTES if "worksheets/" in member.filename else AROUND_BYTES):
                    return "zip-bomb"
                text = package.read(member)
                if DECLARED.search(text):
                    return "broken-excel"
                if text.count(b"<si") > STRINGS:
                    return "zip-bomb"
    except Exception:
        return "not-excel" if not data.startswith(b"PK") else "broken-excel"
    return None


def _read_sheet(sheet: Any, findings: Findings, watch: Watch) -> list[Row] | None:
    rows: list[Row] = []
    cells = _cells(sheet)
    number = 0
    while True:
        try:
            found = next(cells, None)
        except Exception:
            findings.error("", 0, "broken-excel")
            return None
        if found is None:
            return rows
        number += 1
        if len(rows) > ROWS + 1 or number > EMPTY_ROWS:
            findings.error("", 0, "many-rows", limit=ROWS)
            return None
        if any(cell.value not in (None, "") for cell in found[:CELLS]):
            rows.append(_row(number, found[:CELLS]))
            if len(rows) % 100 == 0:
                watch(len(rows), ROWS)


def _cells(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """Every row that is in the file, whatever size the sheet says that it has."""
    sheet.reset_dimensions()
    yield from sheet.iter_rows()


def _row(number: int, cells: tuple[Any, ...]) -> Row:
    wrong: list[tuple[int, Wrong]] = []
    read: list[str] = []
    for at, cell in enumerate(cells):
        value = cell.value
        text = _text(value)
        if value is not None and cell.data_type == "f":
            wrong.append((at, Wrong("formula", {"cell": f"{letters(at)}{number}", "value": text})))
            text = ""
        elif value is not None and cell.data_type == "e":
            wrong.append((at, Wrong("cell-error", {"cell": f"{letters(at)}{number}", "value": text})))
            text = ""
        broken = broken_letters(text)
        if broken:
            wrong.append((at, Wrong("broken-letters", {"value": broken})))
        read.append(text[:CELL_CHARACTERS])
    while read and not read[-1]:
        read.pop()
    return Row(number, read, tuple(wrong))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else repr(value)
    return str(getattr(value, "text", value)).strip()  # an array formula is an object with its text


def _merges(data: bytes, sheet: Any) -> list[str]:
    """Ranges of merged cells, which the row-by-row reader does not tell."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return [found.decode() for found in MERGE.findall(package.read(str(sheet._worksheet_path).lstrip("/")))][:ROWS]
    except Exception:
        return []


def _merged(rows: list[Row], ranges: list[str]) -> list[Row]:
    """Every row that a merged range touches is faulty, by the name of the (first) range."""
    ranges_by_row: dict[int, str] = {}
    for cells in ranges:
        _, first, _, end = range_boundaries(cells)
        for number in range(first, min(end, rows[-1].number) + 1):
            if number in ranges_by_row:
                break  # ranges never overlap, but a hostile file's may, row by row for ever
            ranges_by_row[number] = cells
    return [
        row._replace(wrong=(*row.wrong, (WHOLE_ROW, Wrong("merged", {"cells": ranges_by_row[row.number]})))) if row.number in ranges_by_row else row
        for row in rows
    ]
