"""Whether a checklist in the editor is ready to be published, and what could be better: each finding at its field.

Rule: one set of rules for files and for the editor. The document is written as text, read as text always is, and what is found there is led back by its line.
"""

from __future__ import annotations

from msgspec import Struct

from stormlykta.shapes import Checklist, Known
from stormlykta.texts.checklist_making import tidied
from stormlykta.texts.checklist_reading import DraftFindings, Told, read_checklist
from stormlykta.texts.checklist_writing import Spot, Written, write_checklist
from stormlykta.texts.findings import Language, Severity

UNSHOWABLE = ("no-phases", "phase-twice", "id-taken")
OF_A_PHASE = ("no-steps", "many-steps")
FIELDS = {"critical-late": "critical", "no-phase": None, "phase-order": None, "phase-twice": None, "id-taken": None}
ENGLISH = {"sv": "På engelska: {}", "en": "In English: {}"}


class PlacedFinding(Struct, frozen=True):
    """An error must be mended before the checklist is published; advice never stops anybody."""

    code: str
    message: str
    severity: Severity
    phase: str | None = None
    step: str | None = None
    field: str | None = None


def check_checklist(document: Checklist, known: Known, language: Language) -> list[PlacedFinding]:
    """In the order of the document, each thing once."""
    swedish, english = write_checklist(tidied(document))
    findings = DraftFindings(language, desk=True)
    read_checklist(swedish.text, english.text if english else None, findings, known, (), lambda: "")
    told = sorted(findings.told, key=lambda each: (each.line, each.file == "en"))
    return list(dict.fromkeys(_placed(each, english if each.file == "en" and english else swedish, language) for each in told))


def is_ready(findings: list[PlacedFinding]) -> bool:
    return not any(finding.severity == "error" for finding in findings)


def is_showable(findings: list[PlacedFinding]) -> bool:
    """Whether a phone could show the checklist, unfinished as it may be."""
    return not any(finding.code in UNSHOWABLE or (finding.code, finding.field) == ("front-missing", "title") for finding in findings)


def _placed(told: Told, text: Written, language: Language) -> PlacedFinding:
    spot = Spot(field=told.field) if told.field else text.spot(told.line)
    if told.code in OF_A_PHASE:
        spot = Spot(spot.phase)
    elif told.code in FIELDS:
        spot = spot._replace(field=FIELDS[told.code])
    message = ENGLISH[language].format(told.message) if told.file == "en" else told.message
    return PlacedFinding(told.code, message, told.severity, spot.phase, spot.step, spot.field)
