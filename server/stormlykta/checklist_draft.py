"""One checklist file in one language, line by line, into a draft: what stands where. Nothing is judged across files here.

Rule: every line is either understood or a finding; a line that is not understood does not hide the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from stormlykta.findings import Findings, Language
from stormlykta.grammar import Front, Line, Source, check_id

FRONT_LABELS: dict[Language, dict[str, str]] = {
    "sv": {
        "Uppdrag": "mission",
        "När": "trigger",
        "Använd inte när": "not_for",
        "Mål": "goal",
        "Rapporterar till": "reports_to",
        "Tar över från": "takes_over_from",
        "Lämnar över till": "hands_over_to",
        "Direkt": "immediate",
    },
    "en": {
        "Mission": "mission",
        "When": "trigger",
        "Not for": "not_for",
        "Goal": "goal",
        "Reports to": "reports_to",
        "Takes over from": "takes_over_from",
        "Hands over to": "hands_over_to",
        "Immediate": "immediate",
    },
}
PHASE_LABELS: dict[Language, dict[str, str]] = {"sv": {"Läge": "mode", "Avstämning": "pause"}, "en": {"Mode": "mode", "Pause": "pause"}}
STEP_LABELS: dict[Language, dict[str, str]] = {
    "sv": {
        "Varför": "why",
        "Vem": "role",
        "Tid": "time",
        "Prio": "critical",
        "Beslut": "decision",
        "Alla": "everyone",
        "Ring": "call",
        "Mall": "message",
        "Kort": "cards",
        "Stöd": "sources",
    },
    "en": {"Why": "why"},
}
HEADING = re.compile(r"## (.*?)\s*\{#([^{}]*)\}")
STEP = re.compile(r"- \[ \] \*\*([^*]+)\*\* \{#([^{}]*)\}")
FRONT_ITEM = re.compile(r"\*\*([^*:]+):\*\*(?: (.*))?")
NUMBERED = re.compile(r"[0-9]{1,2}\. (.*)")
KEY = re.compile(r"([^\W\d_][^:*\[\]]{0,30}):(?: (.*))?")


@dataclass
class StepDraft:
    id: str
    text: Line
    keys: dict[str, Line] = field(default_factory=dict)


@dataclass
class PhaseDraft:
    id: str
    title: Line
    keys: dict[str, Line] = field(default_factory=dict)
    steps: list[StepDraft] = field(default_factory=list)


@dataclass
class ChecklistDraft:
    source: Source
    front: Front
    title: Line | None = None
    lines: dict[str, Line] = field(default_factory=dict)
    immediate: list[Line] = field(default_factory=list)
    phases: list[PhaseDraft] = field(default_factory=list)

    def end(self) -> int:
        return max(1, len(self.source.lines))

    def label(self, name: str) -> str:
        """How this file's language writes what the document calls name."""
        labels = {**FRONT_LABELS[self.source.language], **PHASE_LABELS[self.source.language], **STEP_LABELS[self.source.language]}
        return next(label for label, known in labels.items() if known == name)


def draft_checklist(source: Source, front: Front, findings: Findings) -> ChecklistDraft:
    draft = ChecklistDraft(source, front)
    reader = _Reader(draft, findings)
    for line in front.body:
        if line.text.strip():
            reader.read(line)
    return draft


class _Reader:
    def __init__(self, draft: ChecklistDraft, findings: Findings) -> None:
        self.draft = draft
        self.findings = findings
        self.in_immediate = False

    def read(self, line: Line) -> None:
        text = line.text
        if text.startswith("# "):
            self._title(Line(line.number, text[2:].strip()))
        elif text.startswith("## "):
            self._phase(line)
        elif text.startswith("- "):
            self._step(line)
        elif text.startswith("  - "):
            self._step_key(line)
        elif text.startswith("**"):
            self._front_line(line)
        elif NUMBERED.fullmatch(text):
            self._immediate(line)
        elif KEY.fullmatch(text):
            self._phase_key(line)
        else:
            self._error(line, "unknown-line")

    def _title(self, line: Line) -> None:
        self.in_immediate = False
        if self.draft.title is not None:
            self._error(line, "twice", label="#")
        elif line.text != self.draft.front.text("title"):
            self._error(line, "other-title")
        self.draft.title = self.draft.title or line

    def _front_line(self, line: Line) -> None:
        labels = FRONT_LABELS[self.draft.source.language]
        match = FRONT_ITEM.fullmatch(line.text)
        if match is None:
            return self._error(line, "unknown-line")
        label, value = match[1], (match[2] or "").strip()
        self.in_immediate = False
        name = labels.get(label)
        if name is None:
            return self._error(line, "unknown-label", label=label, allowed=", ".join(labels))
        if self.draft.phases:
            return self._error(line, "out-of-place", label=label, where="##")
        if name in self.draft.lines:
            return self._error(line, "twice", label=label)
        if name == "immediate":
            self.in_immediate = True
            if value:
                self._error(line, "unknown-line")
        elif not value:
            self._error(line, "no-text", label=label)
        self.draft.lines[name] = Line(line.number, value)
        return None

    def _immediate(self, line: Line) -> None:
        if not self.in_immediate:
            return self._error(line, "out-of-place", label="1.", where=f"**{self.draft.label('immediate')}:**")
        match = NUMBERED.fullmatch(line.text)
        value = match[1].strip() if match else ""
        if not value:
            return self._error(line, "no-text", label="1.")
        self.draft.immediate.append(Line(line.number, value))
        return None

    def _phase(self, line: Line) -> None:
        self.in_immediate = False
        match = HEADING.fullmatch(line.text)
        if match is None or not match[1].strip():
            return self._error(line, "unknown-line")
        check_id(self.draft.source.file, line.number, match[2], self.findings)
        if any(phase.id == match[2] for phase in self.draft.phases):
            self._error(line, "twice", label=match[2])
        self.draft.phases.append(PhaseDraft(match[2], Line(line.number, match[1].strip())))
        return None

    def _phase_key(self, line: Line) -> None:
        labels = PHASE_LABELS[self.draft.source.language]
        match = KEY.fullmatch(line.text)
        label, value = (match[1], (match[2] or "").strip()) if match else ("", "")
        name = labels.get(label)
        if name is None:
            return self._error(line, "unknown-label", label=label, allowed=", ".join(labels))
        if not self.draft.phases or self.draft.phases[-1].steps:
            return self._error(line, "out-of-place", label=label, where="## … {#…}")
        self._keep(line, label, name, value, self.draft.phases[-1].keys)
        return None

    def _step(self, line: Line) -> None:
        match = STEP.fullmatch(line.text)
        if match is None or not match[1].strip():
            return self._error(line, "unknown-line")
        if not self.draft.phases:
            return self._error(line, "out-of-place", label="- [ ]", where="## … {#…}")
        check_id(self.draft.source.file, line.number, match[2], self.findings)
        self.draft.phases[-1].steps.append(StepDraft(match[2], Line(line.number, match[1].strip())))
        return None

    def _step_key(self, line: Line) -> None:
        labels = STEP_LABELS[self.draft.source.language]
        match = KEY.fullmatch(line.text[4:])
        if match is None:
            return self._error(line, "unknown-line")
        label, value = match[1], (match[2] or "").strip()
        name = labels.get(label)
        if name is None:
            return self._error(line, "unknown-key", key=label, allowed=", ".join(labels))
        if not self.draft.phases or not self.draft.phases[-1].steps:
            return self._error(line, "out-of-place", label=label, where="- [ ] **…** {#…}")
        self._keep(line, label, name, value, self.draft.phases[-1].steps[-1].keys)
        return None

    def _keep(self, line: Line, label: str, name: str, value: str, keys: dict[str, Line]) -> None:
        if name in keys:
            self._error(line, "twice", label=label)
        elif not value:
            self._error(line, "no-text", label=label)
        keys.setdefault(name, Line(line.number, value))

    def _error(self, line: Line, code: str, /, **values: object) -> None:
        self.findings.error(self.draft.source.file, line.number, code, **values)
