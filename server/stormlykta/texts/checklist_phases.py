"""The phases and steps of a checklist, out of the Swedish draft and the English one.

Rule: pairs by id (the second of an id with the second). An English phase or step that the Swedish file does not have is an error, never an extra.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Literal, NamedTuple, Protocol, TypeVar

from stormlykta.shapes import Mode, Phase, Step
from stormlykta.texts.checklist_draft import ChecklistDraft, PhaseDraft, StepDraft
from stormlykta.texts.grammar import EVERY, MINUTES, TIME, Line, Place
from stormlykta.texts.pairing import Pairing, said

MODES: dict[str, dict[str, Mode]] = {
    "sv": {"läs-gör": "read-do", "gör-bekräfta": "do-confirm"},
    "en": {"read-do": "read-do", "do-confirm": "do-confirm"},
}
STEPS_IN_A_PHASE = 9


class Times(NamedTuple):
    within: int | None = None
    every: int | None = None
    when: Literal["ongoing", "before"] | None = None


class Nth(NamedTuple):
    """The first thing with an id, or a later one with the same."""

    id: str
    number: int


class Known(Protocol):
    id: str


Numbered = TypeVar("Numbered", bound=Known)


class PhaseReader:
    def __init__(self, pair: Pairing, draft: ChecklistDraft, overlay: ChecklistDraft | None) -> None:
        self.pair = pair
        self.draft = draft
        self.overlay = overlay
        self.english_phases: dict[Nth, PhaseDraft] = {}
        self.english_steps: dict[Nth, StepDraft] = {}

    def phases(self) -> tuple[Phase, ...]:
        if not self.draft.phases:
            self.pair.error(self.draft.end(), "no-phases")
        our_steps = counted(step for phase in self.draft.phases for step in phase.steps)
        our_phases = counted(self.draft.phases)
        if self.overlay:
            self._index(self.overlay, set(our_phases), set(our_steps))
        steps = iter(our_steps.items())
        return tuple(
            self._phase(phase, self.english_phases.get(nth), [(step, self.english_steps.get(at)) for at, step in islice(steps, len(phase.steps))])
            for nth, phase in our_phases.items()
        )

    def _index(self, overlay: ChecklistDraft, ours: set[Nth], our_steps: set[Nth]) -> None:
        self.english_phases = counted(overlay.phases)
        self.english_steps = counted(step for phase in overlay.phases for step in phase.steps)
        for at, phase in self.english_phases.items():
            if at not in ours:
                self.pair.overlay_error(phase.title.number, "only-in-translation", id=phase.id)
        for at, step in self.english_steps.items():
            if not step.id:
                self.pair.overlay_error(step.text.number, "id-wanted")
            elif at not in our_steps:
                twice = at.number and Nth(at.id, 0) in our_steps
                self.pair.overlay_error(step.text.number, "only-in-translation" if not twice else "translated-twice", id=step.id)

    def _check_keys(self, ours: dict[str, Line], english: dict[str, Line]) -> None:
        for name, line in english.items():
            if name not in ours and self.overlay:
                self.pair.overlay_error(line.number, "only-in-translation", id=self.overlay.label(name))

    def _phase(self, phase: PhaseDraft, english: PhaseDraft | None, steps: list[tuple[StepDraft, StepDraft | None]]) -> Phase:
        self.pair.uses.append(Place("phase", phase.id, self.draft.source.file, phase.title.number))
        mode = self._mode(self.draft, phase)
        if self.overlay and english and "mode" in english.keys and self._mode(self.overlay, english) != mode:
            self.pair.overlay_error(english.keys["mode"].number, "other-mode")
        if english:
            self._check_keys(phase.keys, english.keys)
        if not phase.steps:
            self.pair.error(phase.title.number, "no-steps", phase=phase.title.text)
        if len(phase.steps) > STEPS_IN_A_PHASE:
            self.pair.advise(phase.title.number, "many-steps", count=len(phase.steps))
        for earlier, later in zip(phase.steps, phase.steps[1:], strict=False):
            if "critical" in later.keys and "critical" not in earlier.keys:
                self.pair.advise(later.text.number, "critical-late")
        pause = phase.keys.get("pause")
        return Phase(
            id=phase.id,
            title=self.pair.text(phase.title, english.title if english else None),
            mode=mode,
            pause=said(self.pair.text(pause, english.keys.get("pause") if english else None, "pause")) if pause else None,
            steps=tuple(self._step(step, translated) for step, translated in steps),
        )

    def _mode(self, draft: ChecklistDraft, phase: PhaseDraft) -> Mode:
        modes = MODES[draft.source.language]
        line = phase.keys.get("mode")
        allowed = " / ".join(modes)
        if line is None:
            self.pair.findings.error(draft.source.file, phase.title.number, "no-mode", label=draft.label("mode"), phase=phase.title.text, allowed=allowed)
            return "read-do"
        if line.text and line.text not in modes:
            self.pair.findings.error(draft.source.file, line.number, "unknown-mode", value=line.text, allowed=allowed)
        return modes.get(line.text, "read-do")

    def _step(self, step: StepDraft, english: StepDraft | None) -> Step:
        keys = step.keys
        self.pair.ids.append(Place("step", step.id, self.draft.source.file, step.text.number))
        if english:
            self._check_keys(keys, english.keys)
        why = keys.get("why")
        times = self._times(keys.get("time"))
        return Step(
            id=step.id,
            text=self.pair.text(step.text, english.text if english else None, "step"),
            why=said(self.pair.text(why, english.keys.get("why") if english else None)) if why else None,
            role=self.pair.one_id("role", keys.get("role")),
            within=times.within,
            every=times.every,
            when=times.when,
            critical=self._flag(keys, "critical", "kritisk"),
            decision=self._flag(keys, "decision", "ja"),
            everyone=self._flag(keys, "everyone", "ja"),
            call=self.pair.id_list("contact", keys.get("call")),
            message=self._message(keys.get("message")),
            cards=self.pair.id_list("card", keys.get("cards")),
            sources=self.pair.id_list("source", keys.get("sources")),
        )

    def _times(self, line: Line | None) -> Times:
        """A target, a repetition and a word may stand together, with commas between; at most one of each."""
        if line is None or not line.text:
            return Times()
        times = Times()
        for part in line.text.split(","):
            found = time_of(part.strip())
            if found is None or any(new is not None and old is not None for new, old in zip(found, times, strict=True)):
                self.pair.error(line.number, "bad-time", value=line.text)
                return Times()
            times = times._replace(**{name: value for name, value in found._asdict().items() if value is not None})
        return times

    def _flag(self, keys: dict[str, Line], name: str, word: str) -> bool:
        line = keys.get(name)
        if line and line.text and line.text != word:
            self.pair.error(line.number, "bad-flag", key=self.draft.label(name), allowed=word)
        return line is not None

    def _message(self, line: Line | None) -> str | None:
        ids = self.pair.id_list("message", line)
        if line and len(ids) > 1:
            self.pair.error(line.number, "one-only", key=self.draft.label("message"))
        return ids[0] if ids else None


def counted(things: Iterable[Numbered]) -> dict[Nth, Numbered]:
    """Each under its id and how many had it before, in order."""
    seen: dict[str, int] = {}
    found: dict[Nth, Numbered] = {}
    for thing in things:
        number = seen.get(thing.id, 0)
        seen[thing.id] = number + 1
        found[Nth(thing.id, number)] = thing
    return found


def time_of(text: str) -> Times | None:
    """None: no time."""
    if text in ("löpande", "före"):
        return Times(when="ongoing" if text == "löpande" else "before")
    if match := TIME.fullmatch(text):
        return Times(within=int(match[1] + match[2]) * MINUTES[match[3]])
    if (match := EVERY.fullmatch(text)) and int(match[1]):
        return Times(every=int(match[1]) * MINUTES[match[2]])
    return None
