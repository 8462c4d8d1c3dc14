"""What reading a file in would do, told before anything is written: new, changed, removed, unchanged, and every faulty row.

Rule: pure. The plan holds the whole list as it would become; what a faulty row is about is left exactly as it is.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, structs

from stormlykta.files.contact_drafts import Draft, RowFindings
from stormlykta.files.contact_fields import SECRET, Wrong
from stormlykta.files.contact_merging import Difference, differences, in_order, merged_function, merged_person
from stormlykta.files.contact_places import Placed, Places, Present
from stormlykta.files.text_tables import Watch
from stormlykta.shapes import Contacts, Function, Person

Mode = Literal["add", "replace"]


class Fate(Struct, frozen=True):
    """What becomes of one function."""

    id: str
    title: str
    kind: str
    persons: tuple[str, ...]
    differences: tuple[Difference, ...] = ()


class Plan(Struct, frozen=True, kw_only=True):
    contacts: Contacts
    new: tuple[Fate, ...] = ()
    changed: tuple[Fate, ...] = ()
    removed: tuple[Fate, ...] = ()
    unchanged: int = 0


def make_plan(drafts: list[Draft], present: Present, mode: Mode, findings: RowFindings, watch: Watch) -> Plan:
    places = Places(present, findings)
    placed = places.place(drafts)
    by_function: dict[str, list[Placed]] = {}
    for each in placed:
        by_function.setdefault(each.function, []).append(each)
    unplaced = by_function.pop("", [])
    kinds = {kind for id, group in by_function.items() if (kind := _kind(places.by_id.get(id), group))}
    replaced = kinds if mode == "replace" else set()
    stays = _staying(present, by_function, replaced)
    results: dict[str, Function] = {}
    for done, (id, group) in enumerate(by_function.items()):
        if done % 100 == 0:
            watch(done, len(by_function))
        result = _become(places, id, group, mode, replaced, stays, findings)
        if result is not None:
            results[id] = result
    safe = _meant(unplaced, present)
    functions, gone = [], []
    for function in present.functions:
        if function.id in results:
            functions.append(results.pop(function.id))
        elif function.kind in replaced and function.id not in by_function and function.id not in safe:
            gone.append(function)
        else:
            functions.append(function)
    functions += results.values()
    if _clash(functions):
        findings.error("", 0, "ids-clash")
        return Plan(contacts=Contacts(present.functions), unchanged=len(present.functions))
    return _told(present, tuple(functions), gone)


def _clash(functions: list[Function]) -> bool:
    """Whether two would share an id: a last look, for rows that swap ids in ways that no row shows by itself."""
    ids = [id for function in functions for id in {function.id, *(person.id for person in function.persons)}]
    return len(ids) != len(set(ids)) or any(len({person.id for person in function.persons}) != len(function.persons) for function in functions)


def _kind(was: Function | None, group: list[Placed]) -> str:
    said = next((each.draft.text("kind") for each in group if each.draft.text("kind")), "")
    return said or (was.kind if was else "intern")


def _staying(present: Present, by_function: dict[str, list[Placed]], replaced: set[str]) -> dict[str, str]:
    """Person id → function, of those who are where they are whatever the file says."""
    return {person.id: function.id for function in present.functions if function.kind not in replaced for person in function.persons} | {
        function.id: function.id for function in present.functions if function.kind not in replaced or function.id in by_function
    }


def _become(places: Places, id: str, group: list[Placed], mode: Mode, replaced: set[str], stays: dict[str, str], findings: RowFindings) -> Function | None:
    """The function as the sound rows of the file make it; None when they make nothing of it."""
    was = places.by_id.get(id)
    sound = [each for each in group if not each.draft.faulty and _free(each, id, stays, findings)]
    role = _role(places, id, sound, was, findings)
    sound = [each for each in sound if each.draft.row not in findings.faulty_rows]
    if not sound or (was is None and not any(each.regular for each in sound)):
        return None
    wipes = mode == "replace"
    function = merged_function(was, id, sound, places.present.roles, role, wipes)
    before = {person.id: person for person in was.persons} if was else {}
    persons: dict[str, Person] = {}
    for each in sound:
        if each.person:
            person = merged_person(before.get(each.person), each, function.title.sv, wipes)
            fault = _unreachable(before.get(each.person), person, places.present.sees_secrets)
            if fault:
                findings.fault(each.draft.row, fault)
            else:
                persons[each.person] = person
    faulty = [each for each in group if each.draft.row in findings.faulty_rows]
    kept = set(before)
    if was is not None and was.kind in replaced:
        kept = set(before) if any(not each.person for each in faulty) else {each.person for each in faulty}
    if was is None and not persons and faulty:
        return None
    return structs.replace(function, persons=in_order(was, sound, persons, kept))


def _free(each: Placed, function: str, stays: dict[str, str], findings: RowFindings) -> bool:
    """Whether the ids are not somebody else's."""
    for id in (function, each.person):
        home = stays.get(id)
        if id and home and home != function:
            findings.fault(each.draft.row, Wrong("id-elsewhere", {"id": id, "title": home}))
            return False
    return True


def _role(places: Places, id: str, sound: list[Placed], was: Function | None, findings: RowFindings) -> str | None:
    """The role that the rows give the function: an id, "" for none, None when nothing is said of it."""
    first = next((each for each in sound if each.regular), None)
    if first is None:
        return None
    said = first.draft.said.get("role")
    role = places.role(said) if said else said
    if said and role is None and said == first.title:
        role = ""  # it was the only word for what the person does
    if said and role is None:
        findings.fault(first.draft.row, Wrong("role-unknown", {"value": said}))
        return None
    if was is None and not said and id in places.present.roles and not first.draft.text("id") and not first.draft.text("function_id"):
        role = id
    becomes = role if role is not None else (was.role if was else "") or ""
    for each in sound:
        for name in {id, each.person} & set(places.present.roles):
            if name != becomes and name not in places.home and name not in places.by_id:
                findings.fault(each.draft.row, Wrong("role-name", {"id": name}))
    return role


def _unreachable(was: Person | None, now: Person, sees_secrets: bool) -> Wrong | None:
    if (
        was is not None
        and was.private
        and not now.private
        and not sees_secrets
        and any(getattr(was, field) and getattr(was, field) == getattr(now, field) for field in SECRET)
    ):
        return Wrong("secret-shown")
    if not (now.numbers or now.email or now.rakel) and not (was is not None and was == now):
        return Wrong("nothing-to-reach")
    return None


def _meant(unplaced: list[Placed], present: Present) -> set[str]:
    """Functions that rows without a place may be about: those with their name, their title or their id."""
    said = {each.draft.text(column) for each in unplaced for column in ("id", "function_id", "deputy_of", "title", "name")} - {""}
    return {
        function.id
        for function in present.functions
        if said & {function.id, function.title.sv, function.title.en, *(text for person in function.persons for text in (person.id, person.name))}
    }


def _told(present: Present, functions: tuple[Function, ...], gone: list[Function]) -> Plan:
    before = {function.id: function for function in present.functions}
    new, changed, unchanged = [], [], 0
    for function in functions:
        was = before.get(function.id)
        if was is None:
            new.append(_fate(function))
        elif was == function:
            unchanged += 1
        else:
            changed.append(structs.replace(_fate(function), differences=tuple(differences(was, function, present.sees_secrets))))
    return Plan(contacts=Contacts(functions), new=tuple(new), changed=tuple(changed), removed=tuple(_fate(each) for each in gone), unchanged=unchanged)


def _fate(function: Function) -> Fate:
    return Fate(function.id, function.title.sv, function.kind, tuple(person.name for person in function.persons))
