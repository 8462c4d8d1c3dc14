"""Files of contacts, in and out: CSV, Excel and vCard, whatever program made them. The door to the modules beside it.

Rule: pure, and never raises whatever the bytes. `watch(done, of)` is called now and then on the way; what it raises (somebody cancelled) goes through.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from stormlykta.files.contact_cards import draft_cards
from stormlykta.files.contact_drafts import Draft, RowFindings
from stormlykta.files.contact_exports import write_cards, write_csv, write_workbook
from stormlykta.files.contact_places import Present
from stormlykta.files.contact_plans import Mode, Plan, make_plan
from stormlykta.files.contact_tables import draft_rows
from stormlykta.files.text_tables import Watch, read_table, read_text
from stormlykta.files.vcards import OPENS, read_cards
from stormlykta.files.workbooks import OLD, read_workbook
from stormlykta.shapes import Contacts
from stormlykta.texts.findings import Finding, Language

Form = Literal["csv", "xlsx", "vcf"]
FILE_MB = 5
FORMS: dict[Form, tuple[str, Callable[[Contacts], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", write_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_workbook),
    "vcf": ("text/vcard; charset=utf-8", write_cards),
}


class Read(Struct, frozen=True, kw_only=True):
    """What a file would do. No plan: the file as a whole will not do, and `refused` says why."""

    form: Form
    rows: int = 0
    plan: Plan | None = None
    refused: tuple[str, ...] = ()
    faults: tuple[Finding, ...] = ()  # by row, or card, from 1
    notes: tuple[Finding, ...] = ()


def unwatched(_done: int, _of: int) -> None:
    """For those who do not ask how far it has come."""


def read_contact_file(data: bytes, present: Present, mode: Mode, language: Language, watch: Watch = unwatched) -> Read:
    findings = RowFindings(language)
    form, drafts = _drafts(data, findings, watch)
    plan = None
    if not _refusals(findings):
        plan = make_plan(drafts, present, mode, findings, watch)
    refused = _refusals(findings)
    items = sorted(set(findings.items), key=lambda item: (item.line, item.severity, item.message))
    return Read(
        form=form,
        rows=len(drafts),
        plan=None if refused else plan,
        refused=refused,
        faults=tuple(item for item in items if item.severity == "error" and item.line in findings.faulty_rows),
        notes=tuple(item for item in items if item.severity == "advice"),
    )


def _drafts(data: bytes, findings: RowFindings, watch: Watch) -> tuple[Form, list[Draft]]:
    if len(data) > FILE_MB * 1024 * 1024:
        findings.error("", 0, "file-too-large", limit=FILE_MB)
        return "csv", []
    if data.startswith((b"PK", OLD)):
        return "xlsx", draft_rows(read_workbook(data, findings, watch), False, findings, watch)
    text = read_text(data, findings)
    if text is None:
        return "csv", []
    if text.lstrip("\ufeff \t\r\n")[: len(OPENS)].lower() == OPENS:
        return "vcf", draft_cards(read_cards(text, findings, watch), findings, watch)
    return "csv", draft_rows(read_table(text, findings, watch), True, findings, watch)


def _refusals(findings: RowFindings) -> tuple[str, ...]:
    """Errors that are not about one row."""
    return tuple(dict.fromkeys(item.message for item in findings.items if item.severity == "error" and item.line not in findings.faulty_rows))
