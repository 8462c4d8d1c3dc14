"""Contacts into files that people open elsewhere: CSV and Excel under our own headings, and vCard 4. What is written, the reading gives back the same.

Rule: pure. No cell can be taken for a formula (OWASP, CSV injection): in CSV such a text gets an apostrophe before it, in Excel it is marked as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # type: ignore[import-untyped]
from openpyxl.styles import Font  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from stormlykta.files.contact_cards import OWN_COLUMNS, STANDARD, property_of
from stormlykta.files.text_tables import GUARDED
from stormlykta.files.vcards import ENDS, OPENS, escape, fold, write_property
from stormlykta.shapes import Contacts, Function, Person

BEFORE = ("id", "kind", "category", "role", "title", "title_en", "organisation", "name", "deputy_of", "order")
AFTER = ("email", "rakel", "address", "hours", "what_for", "what_for_en", "verified", "verified_by", "interval_days", "private", "notes")
LEAST_SLOTS = 2
WIDTHS = {"title": 34, "title_en": 28, "name": 26, "organisation": 22, "email": 34, "address": 36, "what_for": 30, "what_for_en": 30, "notes": 30}


def write_csv(contacts: Contacts) -> bytes:
    """Semicolons, UTF-8 with its mark, Windows line ends: what Excel in Sweden opens with a double click."""
    file = io.StringIO(newline="")
    columns = columns_of(contacts)
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    for said in rows_of(contacts):
        writer.writerow([guarded(said.get(column, "")) for column in columns])
    return file.getvalue().encode("utf-8-sig", "replace")


def write_workbook(contacts: Contacts) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Kontakter")
    sheet.freeze_panes = "B2"
    columns = columns_of(contacts)
    for at, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = WIDTHS.get(column, 16)
    sheet.append([_cell(sheet, column, bold=True) for column in columns])
    for said in rows_of(contacts):
        sheet.append([_cell(sheet, said.get(column, ""), number=column.startswith("phone")) for column in columns])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def write_cards(contacts: Contacts) -> bytes:
    return "".join(_card(said) for said in rows_of(contacts)).encode("utf-8", "replace")


def guarded(text: str) -> str:
    return f"'{text}" if text.startswith(GUARDED) else text


def columns_of(contacts: Contacts) -> tuple[str, ...]:
    """Our columns as in kontakter.csv, with more of them only where something would else be lost."""
    slots = max((len(person.numbers) for function in contacts.functions for person in function.persons), default=0)
    numbers = [column for slot in range(1, max(LEAST_SLOTS, slots) + 1) for column in (f"phone{slot}", f"phone{slot}_label")]
    apart = any(not function.persons or function.persons[0].id != function.id for function in contacts.functions)
    return (*(("function_id",) if apart else ()), *BEFORE, *numbers, *AFTER)


def rows_of(contacts: Contacts) -> Iterator[dict[str, str]]:
    """One row a person, the function's own facts on the first; a function without persons has a row with those alone."""
    for function in contacts.functions:
        own = _function_row(function)
        if not function.persons:
            yield own
        for at, person in enumerate(function.persons):
            shared = own if at == 0 else {column: own[column] for column in ("function_id", "kind", "category", "role", "organisation")}
            place = {"deputy_of": function.id if at else "", "order": str(at + 1)}
            yield {**shared, **place, **_person_row(person)}


def _function_row(function: Function) -> dict[str, str]:
    about = function.about
    return {
        "function_id": function.id,
        "kind": function.kind,
        "category": function.category,
        "role": function.role or "",
        "title": function.title.sv,
        "title_en": function.title.en or "",
        "organisation": function.organisation or "",
        "hours": function.hours or "",
        "what_for": about.sv if about else "",
        "what_for_en": (about.en if about else None) or "",
    }


def _person_row(person: Person) -> dict[str, str]:
    numbers = {}
    for slot, number in enumerate(person.numbers, 1):
        numbers[f"phone{slot}"] = number.number
        numbers[f"phone{slot}_label"] = number.label or ""
    return {
        "id": person.id,
        "name": person.name,
        **numbers,
        "email": person.email or "",
        "rakel": person.rakel or "",
        "address": person.address or "",
        "verified": person.verified or "",
        "verified_by": person.verified_by or "",
        "interval_days": str(person.interval_days or ""),
        "private": "ja" if person.private else "nej",
        "notes": person.notes or "",
    }


def _cell(sheet: object, text: str, bold: bool = False, number: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text) or None)
    if text:
        cell.data_type = "s"  # also where it begins with =
    if number:
        cell.number_format = "@"  # so that what is typed there later keeps its zeros
    if bold:
        cell.font = Font(bold=True)
    return cell


def _card(said: dict[str, str]) -> str:
    lines = [f"{OPENS.upper()}\r\n", "VERSION:4.0\r\n"]
    name = said.get("name") or said["title"]
    lines.append(write_property("FN", name))
    if not said.get("name"):
        lines.append(write_property(property_of("vacant"), "ja"))
    for column in (*STANDARD, *OWN_COLUMNS):
        text = said.get(column, "")
        if not text or column == "name":
            continue
        if column == "address":
            lines.append(fold(f"ADR:;;{escape(text)};;;;"))
        else:
            lines.append(write_property(property_of(column), text))
    for column in [key for key in said if key.startswith("phone") and not key.endswith("_label")]:
        label = said.get(f"{column}_label", "")
        mobile = said[column].replace(" ", "").startswith(("07", "+467"))
        lines.append(write_property("TEL", said[column], ("TYPE", "voice,cell" if mobile else "voice"), *([("X-LABEL", label)] if label else [])))
    return "".join([*lines, f"{ENDS.upper()}\r\n"])
