"""kontakter.csv and publika-nummer.csv into functions with their people: function before person, deputies in order.

Rule: a number that cannot be dialled, or a deputy of nobody, is a finding; no row is skipped in silence.
"""

from __future__ import annotations

import re

from stormlykta.files.phone_numbers import dialled
from stormlykta.shapes import ContactKind, Function, Number, Person, Text
from stormlykta.texts.findings import Findings
from stormlykta.texts.grammar import Place, Source, check_id, date_of, number_of
from stormlykta.texts.rows import Row, read_rows

CONTACT_REQUIRED = ("id", "kind", "category", "organisation", "name", "phone1")
CONTACT_OPTIONAL = (
    *("role", "title", "title_en", "deputy_of", "order", "phone1_label", "phone2", "phone2_label", "email", "rakel", "address"),
    *("hours", "what_for", "what_for_en", "verified", "verified_by", "interval_days", "private", "notes"),
)
PUBLIC_REQUIRED = ("id", "text_sv", "phone")
PUBLIC_OPTIONAL = ("text_en", "source", "status")
PUBLIC_COLUMNS = {"text_sv", "text_en"}  # any of these in the header tells the table
CONTACT_COLUMNS = {"name", "phone1", "deputy_of"}
KINDS: dict[str, ContactKind] = {"intern": "intern", "extern": "extern"}
YES_NO = {"": False, "nej": False, "no": False, "ja": True, "yes": True}
TRUSTED = "verifierad"


class ContactRows:
    """One table; functions() may be called once. ids and uses say what it defines and refers to."""

    def __init__(self, source: Source, role_titles: dict[str, Text], findings: Findings) -> None:
        self.source = source
        self.role_titles = role_titles
        self.findings = findings
        self.ids: list[Place] = []
        self.uses: list[Place] = []

    def functions(self) -> list[Function]:
        rows = read_rows(self.source, CONTACT_REQUIRED, CONTACT_OPTIONAL, self.findings)
        for row in rows:
            self._check(row)
        regular = {row.cells["id"]: row for row in rows if not row.cells.get("deputy_of")}
        deputies: dict[str, list[Row]] = {id: [] for id in regular}
        for row in rows:
            of = row.cells.get("deputy_of")
            if of and of not in deputies:
                self._error(row, "deputy-of-none", id=of)
            elif of:
                deputies[of].append(row)
        return [self._function(row, self._in_order(id, deputies[id])) for id, row in regular.items()]

    def public_functions(self) -> list[Function]:
        rows = read_rows(self.source, PUBLIC_REQUIRED, PUBLIC_OPTIONAL, self.findings)
        return [self._public(row) for row in rows]

    def _check(self, row: Row) -> None:
        cells = row.cells
        for column in ("id", "kind", "category", "name"):
            if not cells[column]:
                self._error(row, "cell-missing", column=column)
        if cells["id"] and check_id(self.source.file, row.number, cells["id"], self.findings):
            self.ids.append(Place("contact", cells["id"], self.source.file, row.number))
        if cells["kind"] and cells["kind"] not in KINDS:
            self._error(row, "bad-kind", value=cells["kind"])
        role = cells.get("role")
        if role and check_id(self.source.file, row.number, role, self.findings):
            self.uses.append(Place("role", role, self.source.file, row.number))
        if cells.get("private", "").lower() not in YES_NO:
            self._error(row, "bad-yes-no", value=cells["private"])
        if cells.get("verified") and date_of(cells["verified"]) is None:
            self._error(row, "bad-date", value=cells["verified"])
        for column, high in (("interval_days", 3650), ("order", 99)):
            if cells.get(column) and number_of(cells[column], 1, high) is None:
                self._error(row, "bad-number", value=cells[column], low=1, high=high)
        if cells.get("email") and not re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", cells["email"]):
            self._error(row, "bad-email", value=cells["email"])
        if not any(cells.get(column) for column in ("phone1", "phone2", "email", "rakel")):
            self._error(row, "unreachable")

    def _in_order(self, id: str, rows: list[Row]) -> list[Row]:
        orders = [row.cells.get("order") or "99" for row in rows]
        for place, row in enumerate(rows):
            if row.cells.get("order") and orders[place] in orders[:place]:
                self._error(row, "deputy-order", id=id)
        return [row for _, row in sorted(zip(orders, rows, strict=True), key=lambda pair: number_of(pair[0], 1, 99) or 99)]

    def _function(self, row: Row, deputies: list[Row]) -> Function:
        cells = row.cells
        about = cells.get("what_for")
        return Function(
            id=cells["id"],
            title=self._title(row),
            kind=KINDS.get(cells["kind"], "intern"),
            category=cells["category"],
            role=cells.get("role") or None,
            organisation=cells["organisation"] or None,
            hours=cells.get("hours") or None,
            about=Text(about, cells.get("what_for_en") or None) if about else None,
            persons=tuple(self._person(each) for each in (row, *deputies)),
        )

    def _title(self, row: Row) -> Text:
        """What the function is called: its own column; else its role, its organisation or, last, the name in the row."""
        cells = row.cells
        if cells.get("title"):
            return Text(cells["title"], cells.get("title_en") or None)
        if cells.get("role") == cells["id"] and cells["id"] in self.role_titles:
            return self.role_titles[cells["id"]]
        return Text(cells["organisation"] if cells["kind"] == "extern" and cells["organisation"] else cells["name"])

    def _person(self, row: Row) -> Person:
        cells = row.cells
        return Person(
            id=cells["id"],
            name=cells["name"],
            numbers=self._numbers(row),
            email=cells.get("email") or None,
            rakel=cells.get("rakel") or None,
            address=cells.get("address") or None,
            verified=cells.get("verified") or None,
            verified_by=cells.get("verified_by") or None,
            interval_days=number_of(cells.get("interval_days") or "", 1, 3650),
            private=YES_NO.get(cells.get("private", "").lower(), False),
            notes=cells.get("notes") or None,
        )

    def _numbers(self, row: Row) -> tuple[Number, ...]:
        numbers: list[Number] = []
        for column in ("phone1", "phone2"):
            label = row.cells.get(f"{column}_label") or None
            if not row.cells.get(column):
                if label:
                    self._error(row, "label-alone", column=f"{column}_label")
                continue
            number = self._number(row, column, label)
            if number:
                numbers.append(number)
        return tuple(numbers)

    def _number(self, row: Row, column: str, label: str | None) -> Number | None:
        dial = dialled(row.cells[column])
        if dial is None:
            self._error(row, "bad-phone", value=row.cells[column], column=column)
            return None
        return Number(row.cells[column], dial, label)

    def _public(self, row: Row) -> Function:
        cells = row.cells
        for column in PUBLIC_REQUIRED:
            if not cells[column]:
                self._error(row, "cell-missing", column=column)
        if cells["id"] and check_id(self.source.file, row.number, cells["id"], self.findings):
            self.ids.append(Place("contact", cells["id"], self.source.file, row.number))
        number = self._number(row, "phone", None) if cells["phone"] else None
        title, _, about = cells["text_sv"].partition(" – ")
        title_en, _, about_en = cells.get("text_en", "").partition(" – ")
        status = cells.get("status")
        return Function(
            id=cells["id"],
            title=Text(title, title_en or None),
            kind="public",
            category="publik",
            organisation=cells.get("source") or None,
            about=Text(about, about_en or None) if about else None,
            persons=(Person(id=cells["id"], name=title, numbers=(number,) if number else (), notes=status if status != TRUSTED and status else None),),
        )

    def _error(self, row: Row, code: str, /, **values: object) -> None:
        self.findings.error(self.source.file, row.number, code, **values)
