"""One checklist file in one language, line by line, into a draft: what stands where. Nothing is judged across files here.

Rule: every line is either understood or a finding; a line that is not understood does not hide the rest. While somebody is
still writing (`writing`) what is empty or has no id yet is understood too; in a translation an empty text is one not translated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from stormlykta.texts.findings import Findings, Language
from stormlykta.texts.grammar import Front, Line, Source, check_id

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
UNREAD_ID = re.compile(r"(?<!\\)\{#")
BOLD = re.compile(r"\*\*((?:\\.|[^*\\])+)\*\*")
FRONT_ITEM = re.compile(r"\*\*([^*:]+):\*\*(?: (.*))?")
NUMBERED = re.compile(r"[0-9]{1,4}\.(?: (.*))?")
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


def draft_checklist(source: Source, front: Front, findings: Findings, writing: bool = False) -> ChecklistDraft:
    draft = ChecklistDraft(source, front)
    reader = _Reader(draft, findings, writing)
    for line in front.body:
        if line.text.strip():
            reader.read(Line(line.number, re.sub(r"^\s+-", "  -", line.text)) if writing else line)
    return draft


class _Reader:
    def __init__(self, draft: ChecklistDraft, findings: Findings, writing: bool) -> None:
        self.draft = draft
        self.findings = findings
        self.writing = writing
        self.may_be_empty = writing or draft.source.language == "en"
        self.in_immediate = False
        self.phases: set[str] = set()

    def read(self, line: Line) -> None:
        text = line.text
        if text == "#" or text.startswith("# "):
            self._title(Line(line.number, text[2:].strip()))
        elif text == "##" or text.startswith("## "):
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
        front = self.draft.front.text("title")
        if self.draft.title is not None:
            self._error(line, "twice", label="#")
        elif line.text != front and not (self.writing and not (front and line.text)):
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
        value = (match[1] or "").strip() if match else ""
        if not value and self.draft.source.language == "sv":
            self._error(line, "no-text", label="1.")
        if value or self.may_be_empty:
            self.draft.immediate.append(Line(line.number, value))
        return None

    def _phase(self, line: Line) -> None:
        self.in_immediate = False
        title, id = split_id(line.text[2:])
        if not self._understood(line, title, id, "no-heading"):
            return
        if id in self.phases:
            self._error(line, "phase-twice", id=id)
        self.phases |= {id} if id else set()
        self.draft.phases.append(PhaseDraft(id or "", Line(line.number, title)))

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
        box, rest = line.text[:5], line.text[5:]
        text, id = split_id(rest)
        bold = BOLD.fullmatch(text)
        bare = self.writing and not text.startswith("*")
        if box != "- [ ]" or (rest and not rest.startswith(" ")) or (text and not bold and not bare):
            return self._error(line, "unknown-line")
        if not self.draft.phases:
            return self._error(line, "out-of-place", label="- [ ]", where="## … {#…}")
        text = bold[1].strip() if bold else text
        if self._understood(line, text, id, "no-step-text"):
            self.draft.phases[-1].steps.append(StepDraft(id or "", Line(line.number, text)))
        return None

    def _understood(self, line: Line, text: str, id: str | None, empty: str) -> bool:
        """Whether a heading or a step may be without its text or its id here."""
        if UNREAD_ID.search(text) or not (text or self.may_be_empty) or not (id or self.writing):
            self._error(line, "unknown-line")
            return False
        if id:
            check_id(self.draft.source.file, line.number, id, self.findings)
        if not text and self.draft.source.language == "sv":
            self._error(line, empty)
        return True

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


def split_id(text: str) -> tuple[str, str | None]:
    """The text before {#id} at its end, and the id; None when it has none."""
    text = text.strip()
    at = text.rfind("{#")
    id = text[at + 2 : -1]
    if at < 0 or not text.endswith("}") or text[at - 1 : at] == "\\" or "{" in id or "}" in id:
        return text, None
    return text[:at].strip(), id
