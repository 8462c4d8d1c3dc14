"""A Swedish exercise, its English overlay and its inject list into one exercise document.

Rule: the Swedish file is the exercise; the list beside it, which the control cell reads from, must say exactly the same.
"""

from __future__ import annotations

import re
from itertools import pairwise

from stormlykta.shapes import Block, Exercise, Goal, Inject, Question, Text
from stormlykta.texts.exercise_draft import BlockDraft, ExerciseDraft, InjectDraft
from stormlykta.texts.findings import Findings
from stormlykta.texts.grammar import Line, Place, Source, number_of, plain, split_list
from stormlykta.texts.pairing import Pairing
from stormlykta.texts.rows import read_rows

REQUIRED = ("id", "type", "language", "version", "title", "form", "minutes", "audience", "checklists", "reviewed")
OPTIONAL = ("participants",)
NEEDED = ("purpose", "rules", "start", "goals", "injects", "assessment")
INJECT_NEEDED = ("sender", "channel", "to", "text", "expected", "goals")
LIST_COLUMNS = ("id", "T_min", "scenariotid", "fran", "kanal", "till", "text", "forvantat", "mal")
LIST_KEYS = {"scenariotid": "time", "fran": "sender", "kanal": "channel", "till": "to", "text": "text", "forvantat": "expected", "mal": "goals"}
MARK = {"sv": "ÖVNING", "en": "EXERCISE"}
MICRO = "mikroövning"
EVERYONE = "alla"


def build_exercise(draft: ExerciseDraft, overlay: ExerciseDraft | None, list_source: Source | None, findings: Findings) -> tuple[Exercise | None, Pairing]:
    pair = Pairing(draft.source, draft.front, overlay.source if overlay else None, overlay.front if overlay else None, findings)
    exercise = _Builder(pair, draft, overlay).exercise()
    if list_source:
        _check_list(draft, list_source, findings)
    return (None if pair.faulty() else exercise), pair


class _Builder:
    def __init__(self, pair: Pairing, draft: ExerciseDraft, overlay: ExerciseDraft | None) -> None:
        self.pair = pair
        self.draft = draft
        self.overlay = overlay
        self.english = {inject.id: inject for inject in overlay.injects()} if overlay else {}

    def exercise(self) -> Exercise:
        front = self.draft.front
        self.pair.check_fronts(REQUIRED, OPTIONAL, ("form",))
        self._check_sections()
        minutes = self._minutes()
        form = front.text("form") or ""
        return Exercise(
            id=self.pair.own_id("exercise"),
            title=self.pair.title(),
            edition=front.text("version") or "",
            form=Text(plain(form), (self.overlay.front.text("form") if self.overlay else None) or None),
            micro=form == MICRO,
            minutes=minutes,
            participants=front.text("participants"),
            audience=self.pair.id_list("role", front.values.get("audience")),
            checklists=self.pair.id_list("card", front.values.get("checklists")),
            reviewed=self.pair.date("reviewed"),
            purpose=self._section("purpose") or Text(""),
            rules=self._section("rules") or Text(""),
            start=self._section("start") or Text(""),
            goals=self._goals(),
            blocks=self._blocks(minutes),
            assessment=self._questions(),
            scale=self._section("assessment"),
            afterwards=self._section("afterwards"),
        )

    def _check_sections(self) -> None:
        if self.draft.title is None:
            self.pair.error(self.draft.front.closed_at, "missing-line", label=f"# {self.draft.front.text('title') or ''}")
        for name in NEEDED:
            heading = self.draft.headings.get(name)
            if heading is None:
                self.pair.error(len(self.draft.source.lines), "missing-line", label=f"## {self.draft.label(name)}")
            elif name in ("purpose", "rules", "start") and not self.draft.paragraphs.get(name):
                self.pair.error(heading.number, "no-text", label=heading.text)
        for name, heading in self.overlay.headings.items() if self.overlay else ():
            if name not in self.draft.headings:
                self.pair.overlay_error(heading.number, "only-in-translation", id=heading.text)

    def _minutes(self) -> int:
        line = self.draft.front.values.get("minutes")
        minutes = number_of(line.text, 1, 999) if line else None
        if line and line.text and minutes is None:
            self.pair.error(line.number, "bad-number", value=line.text, low=1, high=999)
        return minutes or 0

    def _section(self, name: str) -> Text | None:
        ours = self.draft.paragraph(name)
        return self.pair.text(ours, self.overlay.paragraph(name) if self.overlay else None) if ours else None

    def _goals(self) -> tuple[Goal, ...]:
        heading = self.draft.headings.get("goals")
        if heading and not self.draft.goals:
            self.pair.error(heading.number, "no-goals")
        english = self.overlay.goals if self.overlay else {}
        for id, line in english.items():
            if id not in self.draft.goals:
                self.pair.overlay_error(line.number, "only-in-translation", id=id)
        return tuple(Goal(id=id, text=self.pair.text(line, english.get(id))) for id, line in self.draft.goals.items())

    def _questions(self) -> tuple[Question, ...]:
        heading = self.draft.headings.get("assessment")
        if heading and not self.draft.questions:
            self.pair.error(heading.number, "no-text", label=heading.text)
        english = [line for _, line in self.overlay.questions] if self.overlay else []
        texts = self.pair.texts([line for _, line in self.draft.questions], english)
        for goal, line in self.draft.questions:
            self._check_goal(goal, line.number)
        return tuple(Question(goal=goal, text=text) for (goal, _), text in zip(self.draft.questions, texts, strict=True))

    def _check_goal(self, id: str, line: int) -> None:
        if id not in self.draft.goals:
            self.pair.error(line, "bad-goal", id=id)

    def _blocks(self, minutes: int) -> tuple[Block, ...]:
        heading = self.draft.headings.get("injects")
        injects = self.draft.injects()
        if heading and not injects:
            self.pair.error(heading.number, "no-injects")
        for earlier, later in pairwise(injects):
            if later.minute < earlier.minute:
                self.pair.error(later.title.number, "inject-order")
        if minutes and injects and injects[-1].minute > minutes:
            self.pair.error(injects[-1].title.number, "inject-late", minutes=minutes)
        ours = {inject.id for inject in injects}
        for id, inject in self.english.items():
            if id not in ours:
                self.pair.overlay_error(inject.title.number, "only-in-translation", id=id)
        titles = self.pair.texts(_titles(self.draft.blocks), _titles(self.overlay.blocks) if self.overlay else [])
        named = iter(titles)
        return tuple(
            Block(title=next(named) if block.title else None, injects=tuple(self._inject(inject) for inject in block.injects)) for block in self.draft.blocks
        )

    def _inject(self, inject: InjectDraft) -> Inject:
        keys, english = inject.keys, self.english.get(inject.id)
        self.pair.ids.append(Place("inject", inject.id, self.draft.source.file, inject.title.number))
        for name in INJECT_NEEDED:
            if name not in keys:
                self.pair.error(inject.title.number, "missing-line", label=f"- {self.draft.label(name)}:")
        if english and english.minute != inject.minute:
            self.pair.overlay_error(english.title.number, "other-minute")
        time = keys.get("time")
        if time and time.text and not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", time.text):
            self.pair.error(time.number, "bad-time", value=time.text)
        to = keys.get("to")
        if to and to.text != EVERYONE:
            self.pair.use("role", to)
        goals = keys.get("goals")
        for goal in split_list(goals.text) if goals else []:
            self._check_goal(goal, goals.number if goals else 0)
        self._check_mark(self.draft, keys)
        if english and self.overlay:
            self._check_mark(self.overlay, english.keys)
        return Inject(
            id=inject.id,
            minute=inject.minute,
            title=self.pair.text(inject.title, english.title if english else None),
            time=time.text if time else None,
            sender=self._key(inject, english, "sender"),
            channel=self._key(inject, english, "channel"),
            to="all" if to and to.text == EVERYONE else (to.text if to else ""),
            text=self._key(inject, english, "text"),
            expected=self._key(inject, english, "expected"),
            goals=tuple(split_list(goals.text)) if goals else (),
        )

    def _key(self, inject: InjectDraft, english: InjectDraft | None, name: str) -> Text:
        line = inject.keys.get(name)
        return self.pair.text(line, english.keys.get(name) if english else None) if line else Text("")

    def _check_mark(self, draft: ExerciseDraft, keys: dict[str, Line]) -> None:
        word = MARK[draft.source.language]
        line = keys.get("text")
        if line and line.text and not line.text.startswith(word):
            self.pair.findings.error(draft.source.file, line.number, "not-marked", word=word)


def _titles(blocks: list[BlockDraft]) -> list[Line]:
    return [block.title for block in blocks if block.title]


def _check_list(draft: ExerciseDraft, source: Source, findings: Findings) -> None:
    rows = read_rows(source, LIST_COLUMNS, (), findings)
    injects = {inject.id: inject for inject in draft.injects()}
    for row in rows:
        inject = injects.pop(row.cells["id"], None)
        if inject is None:
            findings.error(source.file, row.number, "list-extra", id=row.cells["id"])
            continue
        said = {"T_min": str(inject.minute), **{column: inject.keys[key].text if key in inject.keys else "" for column, key in LIST_KEYS.items()}}
        for column, exercise in said.items():
            if plain(exercise) != row.cells[column]:
                findings.error(source.file, row.number, "list-differs", column=column, list=row.cells[column], exercise=plain(exercise))
    for id in injects if rows else ():
        findings.error(source.file, 1, "list-missing", id=id)
