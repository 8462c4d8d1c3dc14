"""One exercise file in one language, line by line, into a draft: sections, injects, questions.

Rule: every line is either understood or a finding; a line that is not understood does not hide the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from stormlykta.texts.findings import Findings, Language
from stormlykta.texts.grammar import Front, Line, Source, check_id

SECTIONS: dict[Language, dict[str, str]] = {
    "sv": {
        "Syfte": "purpose",
        "Övningsregler": "rules",
        "Utgångsläge": "start",
        "Mål": "goals",
        "Inspel": "injects",
        "Bedömning": "assessment",
        "Självbedömning": "assessment",
        "Hetuppföljning": "afterwards",
        "Efteråt": "afterwards",
    },
    "en": {
        "Purpose": "purpose",
        "Exercise rules": "rules",
        "Starting situation": "start",
        "Goals": "goals",
        "Injects": "injects",
        "Evaluation": "assessment",
        "Self-assessment": "assessment",
        "Hot wash": "afterwards",
        "Afterwards": "afterwards",
    },
}
INJECT_LABELS: dict[Language, dict[str, str]] = {
    "sv": {"Scenariotid": "time", "Från": "sender", "Kanal": "channel", "Till": "to", "Text": "text", "Förväntat": "expected", "Mål": "goals"},
    "en": {"From": "sender", "Channel": "channel", "Text": "text", "Expected": "expected"},
}
GOAL = re.compile(r"- (M[1-9][0-9]?): (.+)")
QUESTION = re.compile(r"- \[ \] (M[1-9][0-9]?): (.+)")
INJECT = re.compile(r"#### T\+([0-9]{3}) (.+?)\s*\{#([^{}]*)\}")
KEY = re.compile(r"- ([^\W\d_][^:]{0,30}):(?: (.*))?")


@dataclass
class InjectDraft:
    id: str
    minute: int
    title: Line
    keys: dict[str, Line] = field(default_factory=dict)


@dataclass
class BlockDraft:
    title: Line | None
    injects: list[InjectDraft] = field(default_factory=list)


@dataclass
class ExerciseDraft:
    source: Source
    front: Front
    title: Line | None = None
    headings: dict[str, Line] = field(default_factory=dict)  # section → its heading, as written
    paragraphs: dict[str, list[Line]] = field(default_factory=dict)
    goals: dict[str, Line] = field(default_factory=dict)
    blocks: list[BlockDraft] = field(default_factory=list)
    questions: list[tuple[str, Line]] = field(default_factory=list)

    def injects(self) -> list[InjectDraft]:
        return [inject for block in self.blocks for inject in block.injects]

    def label(self, name: str) -> str:
        labels = {**SECTIONS[self.source.language], **INJECT_LABELS[self.source.language]}
        return next(label for label, known in labels.items() if known == name)

    def paragraph(self, name: str) -> Line | None:
        """The section's paragraphs as one text, at its first line."""
        lines = self.paragraphs.get(name, [])
        return Line(lines[0].number, "\n".join(line.text for line in lines)) if lines else None


def draft_exercise(source: Source, front: Front, findings: Findings) -> ExerciseDraft:
    draft = ExerciseDraft(source, front)
    reader = _Reader(draft, findings)
    for line in front.body:
        if line.text.strip():
            reader.read(line)
    return draft


class _Reader:
    def __init__(self, draft: ExerciseDraft, findings: Findings) -> None:
        self.draft = draft
        self.findings = findings
        self.section = ""

    def read(self, line: Line) -> None:
        if line.text.startswith("# "):
            self._title(Line(line.number, line.text[2:].strip()))
        elif line.text.startswith("## "):
            self._heading(Line(line.number, line.text[3:].strip()))
        elif self.section == "injects":
            self._inject_line(line)
        elif self.section == "goals":
            self._goal(line)
        elif self.section == "assessment" and line.text.startswith("- "):
            self._question(line)
        elif self.section in ("purpose", "rules", "start", "assessment", "afterwards") and line.text[0] not in "#- ":
            self.draft.paragraphs.setdefault(self.section, []).append(Line(line.number, line.text.strip()))
        elif self.section != "unknown":
            self._error(line, "unknown-line")

    def _title(self, line: Line) -> None:
        if self.draft.title is not None:
            self._error(line, "twice", label="#")
        elif line.text != self.draft.front.text("title"):
            self._error(line, "other-title")
        self.draft.title = self.draft.title or line

    def _heading(self, line: Line) -> None:
        sections = SECTIONS[self.draft.source.language]
        name = sections.get(line.text)
        self.section = name or "unknown"
        if name is None:
            self._error(line, "unknown-label", label=line.text, allowed=", ".join(sections))
        elif name in self.draft.headings:
            self._error(line, "twice", label=line.text)
        else:
            self.draft.headings[name] = line

    def _goal(self, line: Line) -> None:
        match = GOAL.fullmatch(line.text)
        if match is None:
            self._error(line, "unknown-line")
        elif match[1] in self.draft.goals:
            self._error(line, "twice", label=match[1])
        else:
            self.draft.goals[match[1]] = Line(line.number, match[2].strip())

    def _question(self, line: Line) -> None:
        match = QUESTION.fullmatch(line.text)
        if match is None:
            return self._error(line, "unknown-line")
        self.draft.questions.append((match[1], Line(line.number, match[2].strip())))
        return None

    def _inject_line(self, line: Line) -> None:
        if line.text.startswith("### "):
            self.draft.blocks.append(BlockDraft(Line(line.number, line.text[4:].strip())))
        elif line.text.startswith("#### "):
            match = INJECT.fullmatch(line.text)
            if match is None:
                return self._error(line, "unknown-line")
            check_id(self.draft.source.file, line.number, match[3], self.findings)
            if not self.draft.blocks:
                self.draft.blocks.append(BlockDraft(None))
            self.draft.blocks[-1].injects.append(InjectDraft(match[3], int(match[1]), Line(line.number, match[2].strip())))
        else:
            self._inject_key(line)
        return None

    def _inject_key(self, line: Line) -> None:
        labels = INJECT_LABELS[self.draft.source.language]
        match = KEY.fullmatch(line.text)
        if match is None or not self.draft.blocks or not self.draft.blocks[-1].injects:
            return self._error(line, "unknown-line")
        label, value = match[1], (match[2] or "").strip()
        name = labels.get(label)
        keys = self.draft.blocks[-1].injects[-1].keys
        if name is None:
            return self._error(line, "unknown-key", key=label, allowed=", ".join(labels))
        if name in keys:
            self._error(line, "twice", label=label)
        elif not value:
            self._error(line, "no-text", label=label)
        keys.setdefault(name, Line(line.number, value))
        return None

    def _error(self, line: Line, code: str, /, **values: object) -> None:
        self.findings.error(self.draft.source.file, line.number, code, **values)
