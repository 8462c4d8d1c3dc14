"""What a file says of one function laid over what is there: the function as it becomes, and in which fields that differs.

Rule: pure. An empty cell takes something away only when all is to be replaced, and never a secret. A number that changes is no longer confirmed
unless the file says when.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, structs

from stormlykta.files.contact_fields import SECRET, SLOTS, read_number
from stormlykta.files.contact_places import Placed
from stormlykta.shapes import ContactKind, Function, Number, Person, Text

FUNCTION_FIELDS = ("title", "title_en", "kind", "category", "role", "organisation", "hours", "what_for", "what_for_en")
PERSON_FIELDS = ("name", "numbers", "email", "rakel", "address", "verified", "verified_by", "interval_days", "private", "notes")
NO_CATEGORY: dict[ContactKind, str] = {"intern": "krisledning", "extern": "myndighet", "public": "publik"}


class Difference(Struct, frozen=True):
    """One field before and after. `person`: whose, "" for the function's own. Both sides None: a secret that the asker may not read."""

    person: str
    field: str
    before: str | None
    after: str | None


def merged_function(was: Function | None, id: str, placed: list[Placed], roles: Mapping[str, Text], role: str | None, wipes: bool) -> Function:
    """The function's own facts; persons as they were. `role`: the id of what the file says, "" for none, None when it does not say."""
    first = next((each for each in placed if each.regular), None)
    said = _saying(first.draft.said, wipes) if first else {}
    if was is None:
        was = Function(id=id, title=Text(first.title if first else id), kind="intern", category="", persons=())
        title = said.get("title") or (roles[role].sv if role and not said.get("title") and role == id and role in roles else "")
        title = title or (said.get("organisation", "") if said.get("kind") == "extern" else "") or said.get("name") or (first.title if first else id)
        english = said.get("title_en") or (roles[role].en if role and role in roles and title == roles[role].sv else None)
        was = structs.replace(was, title=Text(title, english or None))
    elif said.get("title") and said["title"] != was.title.en:
        was = structs.replace(was, title=Text(said["title"], was.title.en))
    if "title_en" in said and said.get("title"):
        was = structs.replace(was, title=Text(was.title.sv, said["title_en"] or None))
    if said.get("kind"):
        was = structs.replace(was, kind=said["kind"])
    if said.get("category") or not was.category:
        was = structs.replace(was, category=said.get("category") or NO_CATEGORY[was.kind])
    if role or (role is not None and wipes):
        was = structs.replace(was, role=role or None)
    for field in ("organisation", "hours"):
        if field in said:
            was = structs.replace(was, **{field: said[field] or None})
    return structs.replace(was, about=_about(was.about, said))


def merged_person(was: Person | None, placed: Placed, title: str, wipes: bool) -> Person:
    said = _saying(placed.draft.said, wipes)
    secret = was is not None and was.private
    person = was or Person(id=placed.person, name=said.get("name") or title, numbers=())
    if said.get("name"):
        person = structs.replace(person, name=said["name"])
    if "private" in said:
        person = structs.replace(person, private=said["private"] == "ja")
    numbers = _numbers(person.numbers, said)
    if not (secret and not numbers):
        if was is not None and not said.get("verified") and {number.dial for number in numbers} != {number.dial for number in was.numbers}:
            person = structs.replace(person, verified=None, verified_by=None)
        person = structs.replace(person, numbers=numbers)
    for field in ("email", "rakel", "address", "verified", "verified_by", "notes"):
        if field in said and (said[field] or not (secret and field in SECRET)):
            person = structs.replace(person, **{field: said[field] or None})
    if "interval_days" in said:
        person = structs.replace(person, interval_days=int(said["interval_days"]) if said["interval_days"] else None)
    return person


def in_order(was: Function | None, placed: list[Placed], persons: dict[str, Person], kept: set[str]) -> tuple[Person, ...]:
    """Persons in the order of the file; those that it does not name where they were, or last when somebody new has taken the function over."""
    before = [person.id for person in was.persons] if was else []
    listed = sorted((each for each in placed if each.person in persons), key=_rank)
    filed = [each.person for each in listed]
    left = [id for id in before if id in kept and id not in filed]
    new = [id for id in filed if id not in before]
    if left and not any(each.person in new and each.regular for each in listed):
        filed, left = [], [id for id in before if id in kept or id in filed] + new
    was_persons = {person.id: person for person in was.persons} if was else {}
    return tuple(persons.get(id) or was_persons[id] for id in (*filed, *left))


def differences(was: Function, now: Function, sees_secrets: bool) -> list[Difference]:
    """Field by field, persons by id, then who is new, gone or moved."""
    found = [Difference("", field, before, after) for field in FUNCTION_FIELDS if (before := _told(was, field)) != (after := _told(now, field))]
    before_by_id = {person.id: person for person in was.persons}
    for person in now.persons:
        old = before_by_id.get(person.id)
        if old is None:
            found.append(Difference(person.name, "person", "", person.name))
            continue
        hidden = not sees_secrets and (old.private or person.private)
        for field in PERSON_FIELDS:
            before, after = told_of(old, field), told_of(person, field)
            if before != after:
                secret = hidden and field in SECRET
                found.append(Difference(old.name, field, None if secret else before, None if secret else after))
    now_ids = [person.id for person in now.persons]
    found += [Difference(person.name, "person", person.name, "") for person in was.persons if person.id not in now_ids]
    stayed = [person.id for person in was.persons if person.id in now_ids]
    if stayed != [id for id in now_ids if id in before_by_id]:
        found.append(Difference("", "order", ", ".join(before_by_id[id].name for id in stayed), ", ".join(person.name for person in now.persons)))
    return found


def told_of(person: Person, field: str) -> str:
    """A person's field in words."""
    if field == "numbers":
        return ", ".join(f"{number.number} ({number.label})" if number.label else number.number for number in person.numbers)
    if field == "private":
        return "ja" if person.private else ""
    return str(getattr(person, field) or "")


def _told(function: Function, field: str) -> str:
    texts = {"title": (function.title, "sv"), "title_en": (function.title, "en"), "what_for": (function.about, "sv"), "what_for_en": (function.about, "en")}
    if field in texts:
        text, language = texts[field]
        return str(getattr(text, language) or "") if text else ""
    return str(getattr(function, field) or "")


def _saying(said: dict[str, str], wipes: bool) -> dict[str, str]:
    """What counts as said: everything in the file's columns, or only what stands in their cells."""
    return said if wipes else {column: text for column, text in said.items() if text}


def _about(was: Text | None, said: dict[str, str]) -> Text | None:
    swedish = said.get("what_for", was.sv if was else "")
    english = said.get("what_for_en", (was.en if was else None) or "")
    return Text(swedish, english or None) if swedish else None


def _numbers(was: tuple[Number, ...], said: dict[str, str]) -> tuple[Number, ...]:
    """The numbers of the columns that the file has, then those that were there in places that it lacks."""
    labels: dict[str, list[str | None]] = {}
    for number in was:
        labels.setdefault(number.dial, []).append(number.label)
    numbers: list[Number] = []
    left = [was[slot - 1] for slot in range(1, len(was) + 1) if f"phone{slot}" not in said]
    for slot in range(1, SLOTS + 1):
        column = f"phone{slot}"
        read = read_number(said.get(column, ""), None)
        if read:
            before = labels.get(read.dial, [])
            was_label = before.pop(0) if len(before) > 1 else before[0] if before else said.get(f"{column}_hint")
            numbers.append(structs.replace(read, label=said.get(f"{column}_label", was_label) or None))
    return (*numbers, *(number for number in left if number.dial not in {each.dial for each in numbers}))


def _rank(placed: Placed) -> tuple[bool, int, int]:
    return (not placed.regular, int(placed.draft.text("order") or 9999), placed.draft.row)
