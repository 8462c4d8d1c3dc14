"""A draft: one person (or one function without any) as a row or a card tells it, checked field by field before anybody is compared with it.

Rule: pure. A column that the file lacks says nothing; one that is there and empty says "nothing". A faulty draft is kept, for it still says whom it is about.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from stormlykta.files.contact_fields import KINDS, SLOTS, YES_NO, Wrong, check_form, check_text, column_name, mend_number, read_number, tidy
from stormlykta.files.phone_numbers import dialled
from stormlykta.texts.findings import Findings, Language

SEVERAL = re.compile(r"[/,;]|\b(?:eller|el|or|och|and)\b")  # between two numbers in one cell
PERSON = ("name", "email", "rakel", "address", "verified", "verified_by", "interval_days", "private", "notes")


class Draft(NamedTuple):
    """`row`: the row's or the card's number. `said`: column → tidied text, also phone1 … phone8, phoneN_label and phoneN_hint (a mark that gives way)."""

    row: int
    said: dict[str, str]
    faulty: bool = False

    def text(self, column: str) -> str:
        return self.said.get(column, "")

    @property
    def vacant(self) -> bool:
        """A function that nobody holds: no name, nothing to reach anybody by."""
        return not any(self.text(column) for column in (*PERSON, "deputy_of", *(f"phone{slot}" for slot in range(1, SLOTS + 1))) if column != "private")


class RowFindings(Findings):
    """Findings that know which rows are faulty, and say columns as people do."""

    def __init__(self, language: Language) -> None:
        super().__init__(language)
        self.faulty_rows: set[int] = set()

    def fault(self, row: int, wrong: Wrong, column: str = "") -> None:
        self.faulty_rows.add(row)
        self.error("", row, wrong.code, **{"column": column_name(column, self.language), **wrong.values})

    def tell(self, row: int, code: str, /, column: str = "", **values: object) -> None:
        self.advise("", row, code, column=column_name(column, self.language), **values)


def check_draft(row: int, raw: dict[str, str], findings: RowFindings) -> Draft:
    """The draft of what a row says: tidied, mended where that is safe, and told where it will not do."""
    said = {column: tidy(text) for column, text in raw.items()}
    for column, text in said.items():
        wrong = check_text(column, text) or check_form(column, text)
        if wrong:
            findings.fault(row, wrong, column)
    _join_names(said)
    for slot in range(1, SLOTS + 1):
        _check_number(row, said, f"phone{slot}", findings)
    if "kind" in said:
        said["kind"] = KINDS.get(said["kind"].casefold(), "")
    if "private" in said:
        said["private"] = said["private"] and ("ja" if YES_NO.get(said["private"].casefold()) else "nej")
    draft = Draft(row, said)
    if not any(said.get(column) for column in ("id", "function_id", "title", "name", "organisation")):
        findings.fault(row, Wrong("nameless"))
    elif draft.vacant and row not in findings.faulty_rows:
        findings.tell(row, "nobody")
    return draft._replace(faulty=row in findings.faulty_rows)


def _join_names(said: dict[str, str]) -> None:
    first, last = said.pop("first_name", None), said.pop("last_name", None)
    if (first is not None or last is not None) and not said.get("name"):
        said["name"] = tidy(f"{first or ''} {last or ''}")


def _check_number(row: int, said: dict[str, str], column: str, findings: RowFindings) -> None:
    text = said.get(column, "")
    if not text:
        if said.get(f"{column}_label"):
            findings.fault(row, Wrong("label-lonely"), f"{column}_label")
        return
    if re.fullmatch(r"\d[,.]\d+E\+?\d+", text, re.IGNORECASE):
        findings.fault(row, Wrong("phone-rounded", {"value": text}), column)
        return
    if dialled(text) is None:
        mended = mend_number(text)
        if mended is None:
            several = [part for part in SEVERAL.split(text) if part.strip()]
            code = "phones-in-one" if len(several) > 1 and all(dialled(part.strip()) for part in several) else "phone-bad"
            findings.fault(row, Wrong(code, {"value": text}), column)
            return
        said[column] = mended
        findings.tell(row, "zero-mended", column=column, value=text, mended=mended)
    number = read_number(said[column], None)
    if number is None:
        findings.fault(row, Wrong("phone-bad", {"value": text}), column)
