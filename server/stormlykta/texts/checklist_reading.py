"""A checklist that somebody is writing, from its text: what is not finished yet is told and does not stop it from being read.

Rule: nothing that was written is dropped in silence. What is not understood gives a finding with its line, and no document.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from msgspec import Struct

from stormlykta.shapes import Checklist, Known, PhaseName
from stormlykta.texts.checklist_draft import FRONT_LABELS, ChecklistDraft, draft_checklist
from stormlykta.texts.checklist_making import Mint, recognised, with_ids, with_phases
from stormlykta.texts.checklist_sentences import DESK_SENTENCES, NAMES
from stormlykta.texts.checklist_text import assemble
from stormlykta.texts.escapes import odd_character
from stormlykta.texts.findings import Findings, Language, Severity, sentence
from stormlykta.texts.grammar import Place, Source, read_front
from stormlykta.texts.references import check_ids, check_phases, check_uses
from stormlykta.texts.sentences import SENTENCES
from stormlykta.texts.source_files import LINE_CHARACTERS

MOST_LINES = 5_000
# What is missing or wrong, and yet understood: the document can hold it.
MISSING = ("front-empty", "front-missing", "missing-line", "no-text", "no-heading", "no-step-text", "no-immediate", "no-phases", "no-steps", "no-mode")
WRONG = ("bad-version", "bad-date", "bad-order", "bad-id", "role-wanted", "role-unwanted", "role-line-unwanted", "phase-twice", "id-taken", "long-line")
ODD = ("control-character", "marker")
# Errors in files that are published as they lie; here somebody sees them, and may go on all the same.
ELSEWHERE = ("no-card", "no-contact", "no-message", "no-role", "no-source", "no-phase", "phase-order")
GENTLE = (*ELSEWHERE, "other-references", "listed-twice", "future-translation")
GENTLE_KEYS = ("tags", "audience")
# Keys of the front matter that publishing sets, or that go without saying.
SETTLED = ("id", "type", "language", "version", "owner", "reviewed", "review_interval", "translation_of")


class Told(NamedTuple):
    """A finding with what it was made from. `field`: what is missing, when it is a line that is not there."""

    file: Language
    line: int
    code: str
    message: str
    severity: Severity
    field: str | None


class LineFinding(Struct):
    """What is found in a text, and where: to whoever is writing it as text."""

    language: Language
    line: int
    message: str
    severity: Severity
    code: str


class DraftFindings(Findings):
    """What is found in a draft; `desk`: told to a person at the editor rather than to one who sees lines."""

    def __init__(self, language: Language, desk: bool = False) -> None:
        super().__init__(language)
        self.words = {**SENTENCES, **DESK_SENTENCES} if desk else SENTENCES
        self.told: dict[Told, None] = {}  # in order, each once

    def error(self, file: str, line: int, code: str, /, **values: object) -> None:
        key = values.get("key")
        if code in ("front-missing", "front-empty") and (key in SETTLED or (file == "en" and code == "front-missing")):
            return
        if code == "missing-line" and str(values["label"]).startswith("#"):
            return  # the heading of a card without a title: that is told of the title
        self._tell(file, line, code, "advice" if code in GENTLE or key in GENTLE_KEYS else "error", values)

    def advise(self, file: str, line: int, code: str, /, **values: object) -> None:
        self._tell(file, line, code, "advice", values)

    def understood(self) -> bool:
        return all(told.severity == "advice" or told.code in (*MISSING, *WRONG, *ODD) for told in self.told)

    def lines(self) -> list[LineFinding]:
        """The Swedish text first, from the top."""
        told = sorted(self.told, key=lambda each: (each.file == "en", each.line))
        return [LineFinding(each.file, each.line, each.message, each.severity, each.code) for each in told]

    def _tell(self, file: str, line: int, code: str, severity: Severity, values: dict[str, object]) -> None:
        field = field_of(code, values)
        name = NAMES.get(field or "", ("", ""))[0 if self.language == "sv" else 1]
        told = Told("en" if file == "en" else "sv", line, code, sentence(code, self.language, {**values, "name": name}, self.words), severity, field)
        self.told[told] = None


def read_checklist(
    swedish: str,
    english: str | None,
    findings: DraftFindings,
    known: Known,
    phases: tuple[PhaseName, ...],
    mint: Mint,
    before: Checklist | None = None,
) -> Checklist | None:
    """The document, with ids where there were none; None when something in the texts was not understood. `before`: what it was when last read."""
    draft = _draft(swedish, "sv", findings)
    overlay = _draft(english, "en", findings) if english and english.strip() else None
    if draft is None:
        return None
    document, pair = assemble(draft, overlay, findings)
    check_ids([place for place in pair.ids if place.id], findings)
    check_known(pair.ids, pair.uses, known, findings)
    if not findings.understood():
        return None
    document = with_phases(document, phases)
    return with_ids(recognised(document, before) if before else document, mint)


def check_known(ids: list[Place], uses: list[Place], known: Known, findings: Findings) -> None:
    """Whether what is referred to exists. Of a list that the organisation does not have yet, nothing is said to be missing."""
    empty = {kind for kind, ids in (("role", known.roles), ("source", known.sources), ("phase", known.phases)) if not ids}
    check_uses(ids, [place for place in uses if place.kind not in empty], known, findings)
    if "phase" not in empty:
        check_phases(uses, known.phases, findings)


def _draft(text: str, language: Language, findings: DraftFindings) -> ChecklistDraft | None:
    clean = unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    source = Source(language, language, clean.rstrip("\n").split("\n"))
    if len(source.lines) > MOST_LINES:
        findings.error(language, MOST_LINES, "many-lines", limit=MOST_LINES)
        return None
    for number, line in enumerate(source.lines, 1):
        if odd := odd_character(line):
            findings.error(language, number, "control-character", character=f"U+{ord(odd):04X}")
        if len(line) > LINE_CHARACTERS:
            findings.error(language, number, "long-line", limit=LINE_CHARACTERS)
        if "[[" in line:
            findings.error(language, number, "marker")
    front = read_front(source, findings)
    if front is None:
        return None
    kind = front.text("type")
    if kind is not None and kind not in ("action-card", "role-card"):
        findings.error(language, front.line("type"), "unknown-type", type=kind, allowed="action-card / role-card")
    return draft_checklist(source, front, findings, writing=True)


def field_of(code: str, values: dict[str, object]) -> str | None:
    """Which field of the card is meant by a finding about something that is not there."""
    if code in ("front-missing", "front-empty"):
        return str(values["key"])
    if code in ("missing-line", "role-line-unwanted"):
        label = str(values["label"]).strip("*:")
        return {**FRONT_LABELS["en"], **FRONT_LABELS["sv"]}.get(label)
    if code == "no-immediate":
        return "immediate"
    return {"no-phases": "phases", "role-wanted": "role"}.get(code)
