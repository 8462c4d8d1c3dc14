"""One function as it is written in the desk's form, into the function that is published: every field checked, and told by its place.

Rule: pure. What somebody may not read they may replace, not wipe and not show; a number that changes is no longer confirmed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Annotated

from msgspec import Meta, Struct, structs

from stormlykta.files.contact_fields import SECRET, SLOTS, Wrong, check_form, check_text, read_number, slug, tidy
from stormlykta.files.contact_places import Present
from stormlykta.shapes import ContactKind, Function, Number, Person, Text
from stormlykta.texts.grammar import ID

MOST_PERSONS = 30


class TextForm(Struct):
    sv: str
    en: str | None = None


class NumberForm(Struct):
    number: str
    label: str | None = None


class PersonForm(Struct, kw_only=True):
    """`id` is empty for somebody new."""

    id: str = ""
    name: str
    numbers: list[NumberForm] = []
    email: str | None = None
    rakel: str | None = None
    address: str | None = None
    verified: str | None = None
    verified_by: str | None = None
    interval_days: Annotated[int, Meta(ge=-1_000_000, le=1_000_000)] | None = None
    private: bool = False
    notes: str | None = None


class FunctionForm(Struct, kw_only=True):
    title: TextForm
    kind: ContactKind
    category: str = ""
    role: str | None = None
    organisation: str | None = None
    hours: str | None = None
    about: TextForm | None = None
    persons: list[PersonForm] = []


class Reading:
    """Reads one form; `wrong` is field → code, the first thing that is wrong with each."""

    def __init__(self, present: Present, was: Function | None) -> None:
        self.present, self.was = present, was
        self.wrong: dict[str, str] = {}
        self.taken = {id for other in present.functions if was is None or other.id != was.id for id in (other.id, *(person.id for person in other.persons))}

    def function(self, id: str, form: FunctionForm) -> Function:
        """The function of the form; to be used only when nothing is wrong."""
        title = Text(self.text("title.sv", "title", form.title.sv, needed=True) or "", self.text("title.en", "title_en", form.title.en))
        about = form.about
        swedish = self.text("about.sv", "what_for", about.sv if about else None)
        role = self._role(id, form.role)
        if len(form.persons) > MOST_PERSONS:
            self.fault("persons", Wrong("many"))
            form.persons = form.persons[:MOST_PERSONS]
        function = Function(
            id=id,
            title=title,
            kind=form.kind,
            category=self.text("category", "category", form.category, needed=True) or "",
            role=role,
            organisation=self.text("organisation", "organisation", form.organisation),
            hours=self.text("hours", "hours", form.hours),
            about=Text(swedish, self.text("about.en", "what_for_en", about.en if about else None)) if swedish else None,
            persons=(),
        )
        return structs.replace(function, persons=self._persons(function, form.persons))

    def text(self, field: str, column: str, value: str | None, *, needed: bool = False) -> str | None:
        text = tidy(value or "")
        if needed and not text:
            self.fault(field, Wrong("cell-blank"))
        self.fault(field, check_text(column, text) or check_form(column, text))
        return text or None

    def fault(self, field: str, wrong: Wrong | None) -> None:
        if wrong is not None:
            self.wrong.setdefault(field, wrong.code)

    def _role(self, id: str, value: str | None) -> str | None:
        role = value or None
        if role is not None and role not in self.present.roles and (self.was is None or self.was.role != role):
            self.fault("role", Wrong("role-unknown"))
        if id in self.present.roles and role != id and (self.was is None or self.was.role == id):
            self.fault("role", Wrong("role-name"))
        return role

    def _persons(self, function: Function, forms: list[PersonForm]) -> tuple[Person, ...]:
        before = {person.id: person for person in self.was.persons} if self.was else {}
        asked = [form.id for form in forms if form.id]
        free = Ids({*self.taken, *before, *asked}, self.present.roles, function)
        persons = []
        for at, form in enumerate(forms):
            field = f"persons.{at}"
            id = form.id or free.make()
            if form.id and (form.id in self.taken or asked.count(form.id) > 1 or not ID.fullmatch(form.id)):
                self.fault(f"{field}.name", Wrong("id-elsewhere"))
            persons.append(self._person(field, id, form, before.get(id)))
        return tuple(persons)

    def _person(self, field: str, id: str, form: PersonForm, was: Person | None) -> Person:
        person = Person(
            id=id,
            name=self.text(f"{field}.name", "name", form.name, needed=True) or "",
            numbers=self._numbers(f"{field}.numbers", form.numbers),
            email=self.text(f"{field}.email", "email", form.email),
            rakel=self.text(f"{field}.rakel", "rakel", form.rakel),
            address=self.text(f"{field}.address", "address", form.address),
            verified=self.text(f"{field}.verified", "verified", form.verified),
            verified_by=self.text(f"{field}.verified_by", "verified_by", form.verified_by),
            interval_days=form.interval_days,
            private=form.private,
            notes=self.text(f"{field}.notes", "notes", form.notes),
        )
        if form.interval_days is not None:
            self.fault(f"{field}.interval_days", check_form("interval_days", str(form.interval_days)))
        if was is not None and was.private and not self.present.sees_secrets:
            if not person.private:
                self.fault(f"{field}.private", Wrong("secret-shown"))
            person = structs.replace(person, **{each: getattr(person, each) or getattr(was, each) for each in SECRET})
        if not (person.numbers or person.email or person.rakel):
            self.fault(f"{field}.numbers", Wrong("nothing-to-reach"))
        if was is not None and dials(was) != dials(person) and was.verified == person.verified:
            person = structs.replace(person, verified=None, verified_by=None)
        return person

    def _numbers(self, field: str, forms: list[NumberForm]) -> tuple[Number, ...]:
        numbers = []
        for at, form in enumerate(forms):
            label = self.text(f"{field}.{at}.label", "label", form.label)
            text = self.text(f"{field}.{at}.number", "phone", form.number)
            number = read_number(text or "", label)
            if number is not None:
                numbers.append(number)
            elif text or label:
                self.fault(f"{field}.{at}.number", Wrong("phone-bad" if text else "cell-blank"))
        if len(numbers) > SLOTS:
            self.fault(field, Wrong("many"))
        return tuple(numbers)


class Ids:
    """New ids for persons of a function: the function's own for the first, then -2, -3 …"""

    def __init__(self, taken: set[str], roles: Mapping[str, Text], function: Function) -> None:
        self.taken, self.roles, self.function = taken, roles, function

    def make(self) -> str:
        base = self.function.id
        id = next(id for id in numbered(base) if id not in self.taken and (id not in self.roles or id == self.function.role))
        self.taken.add(id)
        return id


def new_id(form: FunctionForm, present: Present) -> str:
    """The id of a new function: its role's where that is free and the function is called as the role, else from its title."""
    taken = {id for function in present.functions for id in (function.id, *(person.id for person in function.persons))}
    role = form.role if form.role and form.role in present.roles and form.role not in taken else None
    if role is not None and tidy(form.title.sv).casefold() == present.roles[role].sv.casefold():
        return role
    base = re.sub(r"-\d+$", "", slug(form.title.sv)) or "kontakt"
    return next(id for id in numbered(base) if id not in taken and (id not in present.roles or id == form.role))


def numbered(base: str) -> Iterator[str]:
    """base, base-2, base-3 …, never too long for an id."""
    return itertools.chain((base,), (f"{base[:55].rstrip('-')}-{number}" for number in itertools.count(2)))


def dials(person: Person) -> set[str]:
    return {number.dial for number in person.numbers}
