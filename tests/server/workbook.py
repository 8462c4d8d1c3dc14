"""Excel files for tests: from rows of plain values, and the odd ones that people (and attackers) send."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]

Cell = str | int | float | datetime | None


def workbook(rows: Sequence[Sequence[Cell]], merged: Sequence[str] = (), sheets: int = 1) -> bytes:
    book: Any = Workbook()
    for row in rows:
        book.active.append(list(row))
    for cells in merged:
        book.active.merge_cells(cells)
    for number in range(1, sheets):
        book.create_sheet(f"Blad {number + 1}").append(["annat"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def rewritten(data: bytes, member: str, replace: tuple[str, str]) -> bytes:
    """The package with one text in one of its parts changed: what no spreadsheet program would write."""
    return repacked(data, member, repacked_text(data, member).replace(*replace).encode())


def repacked(data: bytes, member: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == member else old.read(name))
        if member not in old.namelist():
            new.writestr(member, content)
    return file.getvalue()


def sheet_text(data: bytes) -> str:
    """Everything that stands in a workbook, one cell a line."""
    book = load_workbook(io.BytesIO(data), read_only=True)
    return "\n".join(str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row if value is not None)


def repacked_text(data: bytes, member: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(member).decode()
