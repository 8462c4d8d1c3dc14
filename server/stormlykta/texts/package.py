"""Many files as one package: which file is what, its translation and its list beside it, then the checks across all.

Rule: pure; the files are read already. What kind a file is, is told by its name and its type line, never guessed.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from stormlykta.shapes import (
    Checklist,
    Contacts,
    Exercise,
    Exercises,
    Function,
    Known,
    Library,
    Message,
    Messages,
    PhaseName,
    Reference,
    Role,
    Text,
    Vocabulary,
)
from stormlykta.texts.checklist_draft import draft_checklist
from stormlykta.texts.checklist_text import build_checklist
from stormlykta.texts.contact_rows import CONTACT_COLUMNS, PUBLIC_COLUMNS, ContactRows
from stormlykta.texts.exercise_draft import draft_exercise
from stormlykta.texts.exercise_text import build_exercise
from stormlykta.texts.findings import Findings
from stormlykta.texts.grammar import Front, Place, Source, read_front
from stormlykta.texts.message_text import build_message, draft_message
from stormlykta.texts.references import check_contact_names, check_ids, check_phases, check_uses
from stormlykta.texts.rows import header_of
from stormlykta.texts.source_files import TextFile, shown
from stormlykta.texts.vocabulary_text import read_phases, read_roles, read_sources

TYPES = ("action-card", "role-card", "template", "exercise")
LISTS = ("roles.yml", "phases.yml", "sources.yml")
INJECT_LIST = ".inspelslista.csv"


class Overlay(NamedTuple):
    source: Source
    front: Front


class Package:
    def __init__(self, files: list[TextFile], findings: Findings) -> None:
        self.findings = findings
        self.ids: list[Place] = []
        self.uses: list[Place] = []
        self.contact_roles: list[tuple[Place, str | None]] = []
        self.unread: set[str] = set()  # kinds whose list could not be read: no use to tell that each of its ids is missing
        self.phase_order: tuple[str, ...] = ()
        self.texts: dict[str, TextFile] = {}  # path without .sv.md → file
        self.overlays: dict[str, TextFile] = {}
        self.inject_lists: dict[str, TextFile] = {}
        self.tables: list[TextFile] = []
        self.lists: dict[str, TextFile] = {}
        for file in files:
            self._check_markers(file)
            self._sort(file)

    @classmethod
    def of_table(cls, file: TextFile, findings: Findings) -> Package:
        """A contact table alone, whatever its name."""
        package = cls([], findings)
        package._check_markers(file)
        package.tables.append(file)
        return package

    def library(self, role_titles: dict[str, Text]) -> Library:
        vocabulary = self._vocabulary()
        contacts = self.contacts({**role_titles, **({role.id: role.title for role in vocabulary.roles} if vocabulary else {})})
        checklists, messages, exercises = self._texts()
        return Library(
            checklists=sorted(checklists, key=lambda card: (_natural(card.order), card.id)),
            messages=Messages(tuple(sorted(messages, key=lambda message: message.id))),
            contacts=contacts,
            exercises=Exercises(tuple(sorted(exercises, key=lambda exercise: exercise.id))),
            vocabulary=vocabulary,
        )

    def contacts(self, role_titles: dict[str, Text]) -> Contacts | None:
        """The functions of all tables; None when there is no table."""
        functions: list[Function] = []
        for file in self.tables:
            source = Source(file.file, "sv", file.lines)
            line, header = header_of(source)
            table = ContactRows(source, role_titles, self.findings)
            if PUBLIC_COLUMNS & set(header):
                found = table.public_functions()
            elif CONTACT_COLUMNS & set(header):
                found = table.functions()
            else:
                self.findings.error(file.file, line, "unknown-table")
                found = []
            functions += found
            self.uses += table.uses
            self._define("contact", table.ids)
            roles = {person.id: function.role for function in found for person in function.persons}
            self.contact_roles += [(place, roles.get(place.id)) for place in table.ids]
        return Contacts(tuple(functions)) if self.tables else None

    def check(self, known: Known | None) -> None:
        """Across the files; with nothing known to compare with, only that no id is used twice."""
        check_ids(self.ids, self.findings)
        if known is None:
            return
        uses = [place for place in self.uses if place.kind not in self.unread]
        check_uses(self.ids, uses, known, self.findings)
        check_phases(uses, self.phase_order or known.phases, self.findings)
        roles = {place.id for place in self.ids if place.kind == "role"} | known.roles
        check_contact_names(self.contact_roles, roles, self.findings)

    def _check_markers(self, file: TextFile) -> None:
        """[[call:id]] is how documents write a reference: a text that has it already would point past every check."""
        for number, line in enumerate(file.lines, 1):
            if "[[" in line:
                self.findings.error(file.file, number, "marker")

    def _sort(self, file: TextFile) -> None:
        name, stem = file.name.lower(), str(file.path)
        if name == "readme.md":
            return
        if name.endswith(".sv.md"):
            self.texts[stem[: -len(".sv.md")]] = file
        elif name.endswith(".en.md"):
            self.overlays[stem[: -len(".en.md")]] = file
        elif name.endswith(INJECT_LIST):
            self.inject_lists[stem[: -len(INJECT_LIST)]] = file
        elif name.endswith(".csv"):
            self.tables.append(file)
        elif name in LISTS:
            first = self.lists.setdefault(name, file)
            if first is not file:
                self.findings.error(file.file, 0, "list-twice", file=first.file)
        elif name.endswith(".yml"):
            self.findings.error(file.file, 0, "list-name")
        else:
            self.findings.error(file.file, 0, "file-name" if name.endswith(".md") else "not-read")

    def _vocabulary(self) -> Vocabulary | None:
        roles: tuple[Role, ...] = ()
        phases: tuple[PhaseName, ...] = ()
        sources: tuple[Reference, ...] = ()
        if file := self.lists.get("roles.yml"):
            roles, ids = read_roles(Source(file.file, "sv", file.lines), self.findings)
            self._define("role", ids)
        if file := self.lists.get("phases.yml"):
            phases, ids = read_phases(Source(file.file, "sv", file.lines), self.findings)
            self._define("phase", ids)
            self.phase_order = tuple(dict.fromkeys(phase.id for phase in phases))
        if file := self.lists.get("sources.yml"):
            sources, ids = read_sources(Source(file.file, "sv", file.lines), self.findings)
            self._define("source", ids)
        return Vocabulary(roles, phases, sources) if self.lists else None

    def _define(self, kind: str, ids: list[Place]) -> None:
        self.ids += ids
        if not ids:
            self.unread.add(kind)

    def _texts(self) -> tuple[list[Checklist], list[Message], list[Exercise]]:
        checklists: list[Checklist] = []
        messages: list[Message] = []
        exercises: list[Exercise] = []
        for stem, file in self.texts.items():
            source = Source(file.file, "sv", file.lines)
            front = read_front(source, self.findings)
            overlay = self._overlay(stem)
            kind = front.text("type") if front else None
            if front is None:
                continue
            if kind in ("action-card", "role-card"):
                other = draft_checklist(*overlay, self.findings) if overlay else None
                checklist, pair = build_checklist(draft_checklist(source, front, self.findings), other, self.findings)
                checklists += [checklist] if checklist else []
            elif kind == "template":
                translated = draft_message(*overlay, self.findings) if overlay else None
                message, pair = build_message(draft_message(source, front, self.findings), translated, self.findings)
                messages += [message] if message else []
            elif kind == "exercise":
                english = draft_exercise(*overlay, self.findings) if overlay else None
                exercise, pair = build_exercise(draft_exercise(source, front, self.findings), english, self._inject_list(stem), self.findings)
                exercises += [exercise] if exercise else []
            else:
                self._no_type(source, front)
                continue
            self.ids += pair.ids
            self.uses += pair.uses
        self._check_alone()
        return checklists, messages, exercises

    def _overlay(self, stem: str) -> Overlay | None:
        file = self.overlays.get(stem)
        source = Source(file.file, "en", file.lines) if file else None
        front = read_front(source, self.findings) if source else None
        return Overlay(source, front) if source and front else None

    def _inject_list(self, stem: str) -> Source | None:
        file = self.inject_lists.pop(stem, None)
        return Source(file.file, "sv", file.lines) if file else None

    def _no_type(self, source: Source, front: Front) -> None:
        kind = front.text("type")
        if kind is None:
            self.findings.error(source.file, front.closed_at, "front-missing", key="type")
        else:
            self.findings.error(source.file, front.line("type"), "unknown-type", type=kind, allowed=" / ".join(TYPES))

    def _check_alone(self) -> None:
        """A translation or an inject list whose Swedish text is not there belongs to nothing."""
        for stem, file in self.overlays.items():
            if stem not in self.texts:
                self.findings.error(file.file, 0, "no-swedish", name=shown(Path(f"{Path(stem).name}.sv.md")))
        for stem, file in self.inject_lists.items():
            if stem not in self.texts:
                self.findings.error(file.file, 0, "list-alone", name=shown(Path(f"{Path(stem).name}.sv.md")))


def _natural(order: str) -> list[tuple[int, int, str]]:
    """ "i2" before "i10": digits are compared as numbers."""
    return [(0, int(digits), "") if digits else (1, 0, letters) for digits, letters in re.findall(r"([0-9]+)|([^0-9]+)", order)]
