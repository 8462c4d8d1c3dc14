"""A checklist as text: the Swedish file and its English overlay, in the grammar of checklists/README.md, and what each line is about.

Rule: the other way of checklist_text: what is written here is read as the same document, also when it is not finished.
What is empty is written as an empty line where somebody should fill it in, and left out where it may be missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from stormlykta.shapes import Checklist, Phase, Step, Text
from stormlykta.texts.checklist_draft import FRONT_LABELS, PHASE_LABELS, STEP_LABELS
from stormlykta.texts.checklist_phases import MODES
from stormlykta.texts.escapes import escaped
from stormlykta.texts.findings import Language
from stormlykta.texts.grammar import date_after, date_of, written

FRONT: dict[str, tuple[str, ...]] = {
    "action-card": ("trigger", "not_for", "goal"),
    "role-card": ("mission", "trigger", "not_for", "goal", "reports_to", "takes_over_from", "hands_over_to"),
}
ALL_FRONT = FRONT["role-card"]
MONTHS = 999
DAYS_FROM = 3 * 1440
FLAGS = {"critical": "kritisk", "decision": "ja", "everyone": "ja"}


class Spot(NamedTuple):
    """What a line is about: a field of a step, of a phase, or of the card itself."""

    phase: str | None = None
    step: str | None = None
    field: str | None = None


class Written(NamedTuple):
    """A text and, line by line, what it is about."""

    text: str
    spots: tuple[Spot, ...]

    def spot(self, line: int) -> Spot:
        return self.spots[line - 1] if 0 < line <= len(self.spots) else Spot()


def write_checklist(document: Checklist) -> tuple[Written, Written | None]:
    """The Swedish file and the English one; None when nothing of the card is in English."""
    english = _Writer(document, "en").card() if _has_english(document) else None
    return _Writer(document, "sv").card(), english


class _Writer:
    def __init__(self, document: Checklist, language: Language) -> None:
        self.document = document
        self.language = language
        self.labels = {name: label for label, name in {**FRONT_LABELS[language], **PHASE_LABELS[language], **STEP_LABELS[language]}.items()}
        self.lines: list[tuple[str, Spot]] = []
        self.phases = Counter(phase.id for phase in document.phases)
        self.steps = Counter(step.id for phase in document.phases for step in phase.steps)

    def card(self) -> Written:
        self._put("---")
        for key, value in self._front() if self.language == "sv" else self._overlay_front():
            if value:
                self._put(f"{key}: {value}", Spot(field=FRONT_FIELDS.get(key, key)))
        self._put("---")
        title = self._written(self.document.title, references=False)
        if title:
            self._put("", Spot(field="title"))
            self._put(f"# {title}", Spot(field="title"))
        for name in ALL_FRONT:
            self._labelled(name)
        self._immediate()
        for phase in self.document.phases:
            self._phase(phase)
        return Written("\n".join(line for line, _ in self.lines) + "\n", tuple(spot for _, spot in self.lines))

    def _put(self, line: str, spot: Spot = Spot()) -> None:  # noqa: B008
        self.lines.append((line.rstrip(), spot))

    def _front(self) -> Iterable[tuple[str, str]]:
        card = self.document
        return (
            ("id", escaped(card.id)),
            ("type", card.kind),
            ("role", escaped(card.role or "")),
            ("language", "sv"),
            ("version", escaped(card.edition)),
            ("title", escaped(card.title.sv)),
            ("order", escaped(card.order)),
            ("tags", _listed(card.tags.sv)),
            ("audience", _listed(card.audience)),
            ("owner", escaped(card.owner)),
            ("reviewed", escaped(card.reviewed)),
            _review(card.reviewed, card.review_by),
            ("status", escaped(card.status or "")),
        )

    def _overlay_front(self) -> Iterable[tuple[str, str]]:
        card = self.document
        return (
            ("id", escaped(card.id)),
            ("type", card.kind),
            ("language", "en"),
            ("translation_of", escaped(card.edition)),
            ("title", escaped(card.title.en or "")),
            ("tags", _listed(card.tags.en or ())),
        )

    def _labelled(self, name: str) -> None:
        text: Text | None = getattr(self.document, name)
        english = self.language == "en"
        if (english and (text is None or not text.en)) or (text is None and name not in FRONT[self.document.kind]):
            return
        self._put("", Spot(field=name))
        self._put(f"**{self.labels[name]}:** {self._written(text)}", Spot(field=name))

    def _immediate(self) -> None:
        items, spot = self.document.immediate, Spot(field="immediate")
        if self.language == "en" and not any(item.en for item in items):
            return
        self._put("", spot)
        self._put(f"**{self.labels['immediate']}:**", spot)
        if items:
            self._put("", spot)
        for number, item in enumerate(items, 1):
            self._put(f"{number}. {self._written(item)}", spot)

    def _phase(self, phase: Phase) -> None:
        twins = self.phases[phase.id] > 1  # known apart by their order, so none of them may be left out
        if self.language == "en" and not (twins or phase.title.en or (phase.pause and phase.pause.en) or any(map(self._is_translated, phase.steps))):
            return
        self._put("", Spot(phase.id))
        self._put(f"## {_ended(self._written(phase.title), phase.id)}", Spot(phase.id, field="title"))
        self._put("", Spot(phase.id))
        mode = next(word for word, mode in MODES[self.language].items() if mode == phase.mode)
        self._put(f"{self.labels['mode']}: {mode}", Spot(phase.id, field="mode"))
        if phase.pause and (self.language == "sv" or phase.pause.en):
            self._put(f"{self.labels['pause']}: {self._written(phase.pause)}", Spot(phase.id, field="pause"))
        steps = [step for step in phase.steps if self.language == "sv" or self._is_translated(step)]
        if steps:
            self._put("", Spot(phase.id))
        for step in steps:
            self._step(phase, step)

    def _is_translated(self, step: Step) -> bool:
        return bool(step.text.en or (step.why and step.why.en) or self.steps[step.id] > 1)

    def _step(self, phase: Phase, step: Step) -> None:
        text = self._written(step.text, also="*")
        self._put(f"- [ ] {_ended(f'**{text}**' if text else '', step.id)}", Spot(phase.id, step.id, "text"))
        for name, value in self._keys(step):
            if value is not None:
                self._put(f"  - {self.labels[name]}: {value}", Spot(phase.id, step.id, STEP_FIELDS.get(name, name)))

    def _keys(self, step: Step) -> Iterable[tuple[str, str | None]]:
        if self.language == "en":
            return [("why", self._written(step.why))] if step.why and step.why.en else []
        return (
            ("why", self._written(step.why) if step.why else None),
            ("role", escaped(step.role) if step.role else None),
            ("time", _time(step) or None),
            *((name, word if getattr(step, name) else None) for name, word in FLAGS.items()),
            ("call", _listed(step.call) or None),
            ("message", escaped(step.message, ",") if step.message else None),
            ("cards", _listed(step.cards) or None),
            ("sources", _listed(step.sources) or None),
        )

    def _written(self, text: Text | None, references: bool = True, also: str = "") -> str:
        said = (text.sv if self.language == "sv" else text.en or "") if text else ""
        return written(said, self.language, also) if references else escaped(said)


FRONT_FIELDS = {"version": "edition", "type": "kind", "review_interval": "review_by"}
STEP_FIELDS = {"time": "within"}


def _has_english(document: Checklist) -> bool:
    texts = [document.title, *(getattr(document, name) for name in ALL_FRONT), *document.immediate]
    for phase in document.phases:
        texts += [phase.title, phase.pause, *(text for step in phase.steps for text in (step.text, step.why))]
    return bool(document.tags.en) or any(text and text.en for text in texts)


def _ended(text: str, id: str) -> str:
    return " ".join(part for part in (text, f"{{#{id}}}" if id else "") if part)


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(escaped(text, ",") for text in texts)


def _review(reviewed: str, review_by: str) -> tuple[str, str]:
    """As the round interval it is, else as the date itself."""
    start = date_of(reviewed)
    if start and review_by:
        for count in range(1, MONTHS + 1):
            last = date_after(start, f"{count} months")
            if last is None or last.isoformat() > review_by:
                break
            if last.isoformat() == review_by:
                return "review_interval", f"{count} month{'s' if count > 1 else ''}"
    return "review_by", escaped(review_by)


def _time(step: Step) -> str:
    parts = []
    if step.within is not None:
        parts.append(f"T{'-' if step.within < 0 else '+'}{_span(abs(step.within))}")
    if step.every is not None:
        parts.append(f"var {_span(step.every)}")
    if step.when is not None:
        parts.append("löpande" if step.when == "ongoing" else "före")
    return ", ".join(parts)


def _span(minutes: int) -> str:
    """Hours up to three days, then whole days; what is not round in minutes."""
    if minutes > DAYS_FROM and minutes % 1440 == 0:
        return f"{minutes // 1440}d"
    return f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes}m"
