"""Whom each draft is about: which function it belongs to and which person it is, among those that are there and those that are new.

Rule: pure. An id decides when the file has one; else the same function and the same name are the same person. In doubt the row is faulty, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from stormlykta.files.contact_drafts import Draft, RowFindings
from stormlykta.files.contact_fields import Wrong, folded, slug
from stormlykta.shapes import Function, Text


class Present(NamedTuple):
    """What is there before. `roles`: id → title. `sees_secrets`: whether whoever asks may read secret numbers."""

    functions: tuple[Function, ...]
    roles: Mapping[str, Text] = MappingProxyType({})
    sees_secrets: bool = True


class Placed(NamedTuple):
    """`function` and `person` are ids ("" for a draft without a person). `title`: what a new function is called."""

    draft: Draft
    function: str
    person: str
    title: str
    regular: bool


class Places:
    """Finds the place of each draft; place() may be called once."""

    def __init__(self, present: Present, findings: RowFindings) -> None:
        self.present, self.findings = present, findings
        self.by_id = {function.id: function for function in present.functions}
        self.home = {person.id: function.id for function in present.functions for person in function.persons}
        self.by_title = _unique((title, function.id) for function in present.functions for title in _titles(function.title))
        self.titles = {folded(title) for function in present.functions for title in _titles(function.title)}
        self.by_name = _unique((person.name, function.id) for function in present.functions for person in function.persons)
        self.role_of = _unique((name, id) for id, title in present.roles.items() for name in (id, *_titles(title)))
        self.made: dict[str, str] = {}  # folded title → id of a function that the file brings
        self.taken = {*self.by_id, *self.home}
        self.persons: dict[str, str] = {}  # function and folded name → id of a person without one
        self.given: set[str] = set()  # ids of persons that the file names or that were made for it
        self.counts: dict[str, int] = {}

    def place(self, drafts: list[Draft]) -> list[Placed]:
        self.given = {draft.text("id") for draft in drafts}
        self.taken |= self.given | {draft.text("function_id") for draft in drafts}
        regular = {draft.row: self._function_of(draft) for draft in drafts if not draft.text("deputy_of")}
        best_last = sorted(drafts, key=lambda draft: (not draft.faulty, -draft.row))
        ours = {id: draft for draft in best_last if (id := regular.get(draft.row, ("", ""))[0])}
        titles = _unique((title, id) for id, title in regular.values() if title)
        names = _unique((draft.text("name"), regular[draft.row][0]) for draft in drafts if draft.row in regular and draft.text("name"))
        places: list[Placed] = []
        for draft in drafts:
            if draft.row in regular:
                function, title = regular[draft.row]
            else:
                function, title = self._deputised(draft, ours, titles, names), ""
            places.append(Placed(draft, function, "", title, draft.row in regular))
        return self._persons(places)

    def role(self, text: str) -> str | None:
        """The id of the role that a text names, by id or title; also one that a function has though the word list has lost it."""
        found = self.role_of.get(folded(text))
        return found or (text if any(function.role == text for function in self.present.functions) else None)

    def _function_of(self, draft: Draft) -> tuple[str, str]:
        """(id, title) of the function of a draft that is nobody's deputy."""
        said = draft.text
        if said("function_id"):
            return said("function_id"), said("title") or said("name")
        id = said("id")
        if id:
            home = self.home.get(id)
            lacks_place = "deputy_of" not in draft.said  # a table of ids and new numbers only
            return (home if home and lacks_place and id not in self.by_id else id), said("title")
        title = said("title") or self._role_title(said("role")) or (said("organisation") if said("kind") == "extern" else "")
        title = title or said("name") or said("organisation")
        key = folded(title)
        found = self.by_title.get(key) or self.made.get(key)
        if not found and key in self.titles:
            self.findings.fault(draft.row, Wrong("title-doubtful", {"title": title}))
            return "", title
        if not found:
            role = self.role_of.get(key)
            found = self.made[key] = self._new_id(role or slug(title) or "kontakt", role)
        return found, title

    def _role_title(self, text: str) -> str:
        role = self.role(text) if text else None
        return self.present.roles[role].sv if role and role in self.present.roles else text

    def _deputised(self, draft: Draft, ours: dict[str, Draft], titles: dict[str, str], names: dict[str, str]) -> str:
        said = draft.text("deputy_of")
        key = folded(said)
        if draft.text("function_id") and (draft.text("function_id") in ours or draft.text("function_id") in self.by_id):
            return draft.text("function_id")
        found = said if said in ours or said in self.by_id else ""
        for known in (titles, names, self.by_title, self.by_name):
            found = found or known.get(key, "")
        if not found:
            self.findings.fault(draft.row, Wrong("deputy-of-nobody", {"value": said}))
        elif found not in self.by_id and ours[found].faulty:
            self.findings.fault(draft.row, Wrong("deputy-of-faulty", {"value": said}))
        return found

    def _persons(self, places: list[Placed]) -> list[Placed]:
        placed: list[Placed] = []
        rows: dict[str, int] = {}
        for each in places:
            row, person = each.draft.row, self._person_of(each)
            if person and person in rows:
                self.findings.fault(row, Wrong("id-twice", {"row": rows[person]}))
            elif person:
                rows[person] = row
            placed.append(each._replace(person=person, draft=each.draft._replace(faulty=row in self.findings.faulty_rows)))
        return placed

    def _person_of(self, each: Placed) -> str:
        draft, function = each.draft, self.by_id.get(each.function)
        if not each.function or draft.vacant:
            return ""
        if draft.text("id"):
            return draft.text("id")
        name = folded(draft.text("name") or each.title)
        key = f"{each.function}\n{name}"
        if key not in self.persons:
            same = [person.id for person in (function.persons if function else ()) if folded(person.name) == name]
            first = each.function not in self.home and each.function not in self.given
            self.persons[key] = same[0] if same else each.function if first else self._new_id(each.function, None)
            self.given.add(self.persons[key])
        return self.persons[key]

    def _new_id(self, base: str, role: str | None) -> str:
        """`base`, or base-2, base-3 …: one that nobody has, and that no role has unless the function has that role."""
        count = self.counts.get(base, 0)
        while True:
            count += 1
            id = base if count == 1 else f"{base[:55]}-{count}"
            if id not in self.taken and (id == role or id not in self.present.roles):
                self.counts[base] = count
                self.taken.add(id)
                return id


def _titles(title: Text) -> list[str]:
    return [title.sv] + ([title.en] if title.en else [])


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Folded name → id, of the names that mean one thing only."""
    found: dict[str, str] = {}
    doubtful: set[str] = set()
    for name, id in pairs:
        key = folded(name)
        if found.setdefault(key, id) != id:
            doubtful.add(key)
    return {key: id for key, id in found.items() if key not in doubtful}
