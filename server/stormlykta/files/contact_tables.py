"""Rows under headings into drafts of contacts, from our own tables and from anybody's.

Rule: pure. No row is skipped in silence: it becomes a draft, or a finding with its number and why.
"""

from __future__ import annotations

from stormlykta.files.contact_drafts import Draft, RowFindings, check_draft
from stormlykta.files.contact_fields import Wrong
from stormlykta.files.headings import Heading, find_headings
from stormlykta.files.text_tables import ROWS, WHOLE_ROW, Row, Watch
from stormlykta.texts.contact_rows import TRUSTED


def draft_rows(rows: list[Row], text: bool, findings: RowFindings, watch: Watch) -> list[Draft]:
    """A draft of every row below the headings. `text`: the rows are cut at separators, so that a stray one moves all that follows it."""
    if not rows:
        return []
    place, headings = find_headings(rows, findings)
    if not headings:
        return []
    below = rows[place + 1 :]
    if len(below) > ROWS:
        findings.error("", 0, "many-rows", limit=ROWS)
        return []
    if not below:
        findings.error("", 0, "no-contacts")
    drafts = []
    for done, row in enumerate(below):
        if done % 200 == 0:
            watch(done, len(below))
        if text and any(row.cells[len(rows[place].cells) :]):
            findings.fault(row.number, Wrong("row-longer"))
        drafts.append(_draft(row, headings, findings))
    return drafts


def _draft(row: Row, headings: list[Heading], findings: RowFindings) -> Draft:
    columns = {heading.at: heading.column for heading in headings}
    for at, wrong in row.wrong:
        if at == WHOLE_ROW or at in columns:
            findings.fault(row.number, wrong, columns.get(at, ""))
    said = {heading.column: row.cells[heading.at] if heading.at < len(row.cells) else "" for heading in headings}
    for heading in headings:
        if heading.hint and said[heading.column]:
            said[f"{heading.column}_hint"] = heading.hint
    return check_draft(row.number, _public(said) if "public_sv" in said else said, findings)


def _public(said: dict[str, str]) -> dict[str, str]:
    """A row of publika-nummer.csv, as contact_rows.py reads it: "what it is – what for", and no status when it is trusted."""
    title, _, about = said.pop("public_sv").partition(" – ")
    title_en, _, about_en = said.pop("public_en", "").partition(" – ")
    status = said.pop("status", "")
    texts = {"title": title, "title_en": title_en, "what_for": about, "what_for_en": about_en, "name": title}
    return {**said, **texts, "kind": "public", "category": "publik", "notes": "" if status == TRUSTED else status}
