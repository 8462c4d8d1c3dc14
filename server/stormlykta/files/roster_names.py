"""Whom a file with a duty roster means: its words matched with the functions and the persons of the register.

Rule: pure. A match is exact but for case and spaces; two that fit equally well are a fault, never a choice made for the clerk.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import NamedTuple

from stormlykta.files.contact_fields import check_text, folded, tidy
from stormlykta.shapes import Contacts, Function, Person, Text
from stormlykta.texts.findings import sentence


class Wrong(Exception):
    """Why a row will not do."""

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code)
        self.why = say(code, **values)


class Read(NamedTuple):
    """A shift as the file tells it. `row`: the line, or which of the calendar's events; `text`: what stands there."""

    row: int
    function: str
    person: str | None
    name: str
    start: int
    end: int
    told: tuple[Text, ...] = ()


class Fault(NamedTuple):
    row: int
    text: str
    why: Text


class Who(NamedTuple):
    """`person` None: somebody who is not among the contacts."""

    person: str | None
    name: str
    told: tuple[Text, ...] = ()


class Register:
    """The contacts, by all that a file may call them. Public numbers have nobody on duty."""

    def __init__(self, contacts: Contacts) -> None:
        self.functions = {function.id: function for function in contacts.functions if function.kind != "public"}
        self._titles: dict[str, list[Function]] = {}
        self._names: dict[str, list[tuple[Function, Person]]] = {}
        for function in self.functions.values():
            for title in {folded(function.title.sv), folded(function.title.en or function.title.sv)}:
                self._titles.setdefault(title, []).append(function)
            for person in function.persons:
                for name in {person.id, folded(person.name), folded(person.email or person.id)}:
                    self._names.setdefault(name, []).append((function, person))
        self._spaced_titles = longest_first(self._titles)
        self._spaced_names = longest_first(name for name in self._names if "@" not in name)

    def function(self, text: str) -> Function:
        """Raises Wrong: function-unknown (with the nearest), function-several."""
        words = tidy(text)
        if words in self.functions:
            return self.functions[words]
        found = self._titles.get(folded(words), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise Wrong("function-several", value=words)
        if not words:
            raise Wrong("cell-blank", column=Text("Funktion", "Function"))
        close = difflib.get_close_matches(folded(words[:100]), self._titles, 1, 0.75)
        title = self._titles[close[0]][0].title.sv if close else ""
        raise Wrong("function-unknown", value=words, nearest=Text(f" Menas {title}?", f" Is it {title}?") if title else "")

    def person(self, function: Function, text: str) -> Who:
        """First among those of the function, then among all. Raises Wrong: person-missing, person-several, or what is wrong with the name."""
        words = tidy(text)
        if not words:
            raise Wrong("person-missing")
        flaw = check_text("name", words)
        if flaw:
            raise Wrong(flaw.code, column="Person", **flaw.values)
        found = self._names.get(words) or self._names.get(folded(words), [])
        own = [person for at, person in found if at.id == function.id]
        if len(own) == 1:
            return Who(own[0].id, own[0].name)
        same = {tuple(number.dial for number in person.numbers) for _, person in found}
        if own or len(same) > 1:
            raise Wrong("person-several", value=words)
        if found:
            return Who(found[0][1].id, found[0][1].name)
        return Who(None, words, (say("person-unknown", value=words),))

    def function_in(self, text: str) -> Function | None:
        """The function whose title (or id) stands in a text among other words; the longest that does. Raises Wrong("function-several")."""
        words = spaced(text)
        for title, padded in self._spaced_titles:
            if padded in words:
                if len(self._titles[title]) > 1:
                    raise Wrong("function-several", value=title)
                return self._titles[title][0]
        return next((self.functions[word] for word in words.split() if word in self.functions), None)

    def person_in(self, function: Function, text: str) -> Who | None:
        """The person whose name stands in a text among other words: one of the function's own before others."""
        words = spaced(text)
        for person in sorted(function.persons, key=lambda each: -len(each.name)):
            if spaced(person.name) in words:
                return Who(person.id, person.name)
        for name, padded in self._spaced_names:
            if padded in words and " " in name:
                return self.person(function, name)
        return None

    def functions_of(self, text: str) -> list[Function]:
        """Where a person of that name, id or e-mail stands."""
        found = self._names.get(tidy(text)) or self._names.get(folded(text), [])
        return list({function.id: function for function, _ in found}.values())


def spaced(text: str) -> str:
    """Folded words with one space around each, so that "bo" is not found in "bostad"."""
    words = re.sub(r"\W+", " ", folded(text)).strip()
    return f" {words} "


def longest_first(names: Iterable[str]) -> list[tuple[str, str]]:
    pairs = [(name, spaced(name)) for name in names]
    return sorted((pair for pair in pairs if pair[1].strip()), key=lambda pair: -len(pair[1]))


def say(code: str, /, **values: object) -> Text:
    """In both languages; a value may be a Text itself."""
    swedish = {key: value.sv if isinstance(value, Text) else value for key, value in values.items()}
    english = {key: value.en or value.sv if isinstance(value, Text) else value for key, value in values.items()}
    return Text(sentence(code, "sv", swedish), sentence(code, "en", english))
