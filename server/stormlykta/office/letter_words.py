"""The words of a letter: its subject, its text, and the address that opens it in the clerk's own mail program.

Rule: pure. Short enough for every mail program's `mailto:`, and nothing in it that the person must not know: no number.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from stormlykta.files.swedish_time import day
from stormlykta.shapes import Function, Person
from stormlykta.texts.findings import Language

MONTHS: dict[Language, str] = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "en": "January February March April May June July August September October November December",
}
SUBJECT: dict[Language, str] = {"sv": "Stämmer dina uppgifter i krispärmen? {title}, {organisation}", "en": "Are your details right? {title}, {organisation}"}
BODY: dict[Language, str] = {
    "sv": (
        "Hej {name}!\n\n"
        "Du står i krispärmen för {organisation}: {title}. När något händer ringer vi numren som står där, så de måste stämma.\n\n"
        "Öppna länken, läs och svara. Det tar en minut och kräver ingen inloggning:\n{link}\n\n"
        "Länken är bara din. Den gäller till {until} och kan användas en gång. Skicka den inte vidare.\n\n"
        "Tack!\n{sender}\n{organisation}"
    ),
    "en": (
        "Hello {name}!\n\n"
        "You are in the crisis binder of {organisation}: {title}. When something happens we ring the numbers there, so they must be right.\n\n"
        "Open the link, read and answer. It takes a minute and needs no account:\n{link}\n\n"
        "The link is yours alone. It is good until {until} and can be used once. Do not pass it on.\n\n"
        "Thank you!\n{sender}\n{organisation}"
    ),
}


class Words(NamedTuple):
    subject: str
    text: str
    mailto: str


class Letter(NamedTuple):
    """What a letter tells. `email`: '' where there is none, or where the clerk may not see it."""

    function: Function
    person: Person
    email: str
    organisation: str
    sender: str
    link: str
    expires: int


def compose(letter: Letter, language: Language) -> Words:
    function, person = letter.function, letter.person
    title = function.title.sv if language == "sv" else function.title.en or function.title.sv
    values = {"name": person.name, "title": title, "until": long_date(letter.expires, language)}
    values |= {"organisation": letter.organisation, "sender": letter.sender, "link": letter.link}
    subject, text = SUBJECT[language].format(**values), BODY[language].format(**values)
    return Words(subject, text, f"mailto:{quote(letter.email, safe='@')}?subject={quote(subject)}&body={quote(text.replace(chr(10), chr(13) + chr(10)))}")


def long_date(ms: int, language: Language) -> str:
    on = day(ms)
    return f"{on.day} {MONTHS[language].split()[on.month - 1]} {on.year}"
