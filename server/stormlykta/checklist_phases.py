"""The phases and steps of a checklist, out of the Swedish draft and the English one.

Rule: pairs by id. An English phase or step that the Swedish file does not have is an error, never an extra.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from stormlykta.checklist_draft import ChecklistDraft, PhaseDraft, StepDraft
from stormlykta.grammar import EVERY, MINUTES, TIME, Line, Place
from stormlykta.pairing import Pairing
from stormlykta.shapes import Mode, Phase, Step

MODES: dict[str, dict[str, Mode]] = {
    "sv": {"läs-gör": "read-do", "gör-bekräfta": "do-confirm"},
    "en": {"read-do": "read-do", "do-confirm": "do-confirm"},
}
STEPS_IN_A_PHASE = 9


class Times(NamedTuple):
    within: int | None = None
    every: int | None = None
    when: Literal["ongoing", "before"] | None = None


class PhaseReader:
    def __init__(self, pair: Pairing, draft: ChecklistDraft, overlay: ChecklistDraft | None) -> None:
        self.pair = pair
        self.draft = draft
        self.overlay = overlay
        self.english_phases: dict[str, PhaseDraft] = {}
        self.english_steps: dict[str, StepDraft] = {}

    def phases(self) -> tuple[Phase, ...]:
        if not self.draft.phases:
            self.pair.error(self.draft.end(), "no-phases")
        if self.overlay:
            self._index(self.overlay)
        return tuple(self._phase(phase, self.english_phases.get(phase.id)) for phase in self.draft.phases)

    def _index(self, overlay: ChecklistDraft) -> None:
        ours = {phase.id for phase in self.draft.phases}
        our_steps = {step.id for phase in self.draft.phases for step in phase.steps}
        for phase in overlay.phases:
            if phase.id not in ours:
                self.pair.overlay_error(phase.title.number, "only-in-translation", id=phase.id)
            self.english_phases[phase.id] = phase
            for step in phase.steps:
                if step.id in self.english_steps:
                    self.pair.overlay_error(step.text.number, "twice", label=step.id)
                elif step.id not in our_steps:
                    self.pair.overlay_error(step.text.number, "only-in-translation", id=step.id)
                self.english_steps[step.id] = step

    def _check_keys(self, ours: dict[str, Line], english: dict[str, Line]) -> None:
        for name, line in english.items():
            if name not in ours and self.overlay:
                self.pair.overlay_error(line.number, "only-in-translation", id=self.overlay.label(name))

    def _phase(self, phase: PhaseDraft, english: PhaseDraft | None) -> Phase:
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
            pause=self.pair.text(pause, english.keys.get("pause") if english else None, "pause") if pause else None,
            steps=tuple(self._step(step, self.english_steps.get(step.id)) for step in phase.steps),
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
        why, role = keys.get("why"), keys.get("role")
        if role:
            self.pair.use("role", role)
        times = self._times(keys.get("time"))
        return Step(
            id=step.id,
            text=self.pair.text(step.text, english.text if english else None, "step"),
            why=self.pair.text(why, english.keys.get("why") if english else None) if why else None,
            role=role.text if role else None,
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
        if line is None or not line.text:
            return Times()
        if line.text in ("löpande", "före"):
            return Times(when="ongoing" if line.text == "löpande" else "before")
        if match := TIME.fullmatch(line.text):
            return Times(within=int(match[1] + match[2]) * MINUTES[match[3]])
        if (match := EVERY.fullmatch(line.text)) and int(match[1]):
            return Times(every=int(match[1]) * MINUTES[match[2]])
        self.pair.error(line.number, "bad-time", value=line.text)
        return Times()

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
