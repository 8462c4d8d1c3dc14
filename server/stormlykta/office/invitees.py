"""A pasted list of people, or the lines of a CSV file, as people to invite.

Rule: pure. Each line is a person or a fault with its reason; nothing is guessed from a line that is half right.
"""

import csv
import re
from typing import Literal, NamedTuple

from stormlykta.accounts import plain

LONGEST_NAME = 80
LONGEST_EMAIL = 254
LONGEST_LINE = 2_000  # what comes after that is looked at by nobody: the csv module raises at longer ones
EMAIL = re.compile(r"[^@\s<>;,\"]+@[^@\s<>;,\"]+\.[^@\s<>;,\".]+")
ANGLED = re.compile(r"(.*?)<([^<>]*)>[\s;,]*")
HEADINGS = {"namn", "name", "e-post", "epost", "e-mail", "email", "mejl"}
Why = Literal["no-name", "long-name", "email", "twice", "many"]


class Invitee(NamedTuple):
    """`email` '' where there is none."""

    name: str
    email: str


class Fault(NamedTuple):
    """`line` from 1, as it stands in `text`."""

    line: int
    text: str
    why: Why


def read_lines(text: str, most: int) -> tuple[list[Invitee], list[Fault]]:
    """ "namn;e-post", "namn<tab>e-post", "namn, e-post", "Namn <e-post>" or a name alone, one a line. A line of headings and empty lines are passed over."""
    people: list[Invitee] = []
    faults: list[Fault] = []
    seen: set[Invitee] = set()
    for number, raw in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        cells = [plain(cell) for cell in cells_of(raw[:LONGEST_LINE])]
        if not any(cells) or (number == 1 and {cell.casefold() for cell in cells if cell} <= HEADINGS):
            continue
        person = Invitee(cells[0], cells[1].lower() if len(cells) > 1 else "")
        why = fault_of(person, seen, len(people) >= most)
        if why is None:
            people.append(person)
            seen |= {person._replace(name=""), person} if person.email else {person}
        else:
            faults.append(Fault(number, raw.strip()[:200], why))
    return people, faults


def fault_of(person: Invitee, seen: set[Invitee], full: bool) -> Why | None:
    if not person.name or is_email(person.name):
        return "no-name"
    if len(person.name) > LONGEST_NAME:
        return "long-name"
    if person.email and not is_email(person.email):
        return "email"
    if person in seen or (person.email and person._replace(name="") in seen):
        return "twice"
    return "many" if full else None


def cells_of(line: str) -> list[str]:
    """What stands in a line; a comma parts only when an address comes after it: "Berg, Anna" is a name."""
    angled = ANGLED.fullmatch(line.strip())
    if angled:
        return [angled[1].strip().strip('"'), angled[2].strip()]
    for mark in (";", "\t"):
        if mark in line:
            return next(csv.reader([line.strip()], delimiter=mark, skipinitialspace=True), [])
    cells = next(csv.reader([line.strip()], skipinitialspace=True), [])
    if len(cells) > 1 and any("@" in cell for cell in cells):
        return cells
    if len(cells) == 1:
        return cells
    return [line.strip()]


def is_email(text: str) -> bool:
    return len(text) <= LONGEST_EMAIL and EMAIL.fullmatch(text) is not None
