"""What a person sees of themselves by a letter's link, and what they say is right instead.

Rule: pure. Of a secret number only the last digits are shown, so a link that has gone astray, or a clerk who may not see it, reads none;
what is sent back as it was shown has not changed.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from msgspec import Struct

from stormlykta.errors import Problem
from stormlykta.files.contact_fields import SLOTS, Wrong, check_form, check_text, read_number, tidy
from stormlykta.shapes import Number, Person

SHOWN = 2  # characters at the end of what is secret
TEXTS = ("name", "email", "address", "rakel")


class Own(Struct, frozen=True, omit_defaults=True):
    """What a person may say of themselves."""

    name: str = ""
    numbers: tuple[Number, ...] = ()
    email: str | None = None
    address: str | None = None
    rakel: str | None = None


class Correction(Struct, frozen=True, omit_defaults=True):
    """`was`: what the person was shown; `right`: what they say; `left`: that they have the duty no more. `private`: it was secret then."""

    was: Own
    right: Own
    note: str = ""
    left: bool = False
    private: bool = False


class Change(NamedTuple):
    """One field, before and after, as the caller may see it. `since`: what it has become at a desk meanwhile, '' when it is as the person saw it."""

    field: str
    before: str
    after: str
    hidden: bool
    since: str


def own(person: Person) -> Own:
    return Own(person.name, person.numbers, person.email, person.address, person.rakel)


def shown(mine: Own, private: bool) -> Own:
    """As the person sees it."""
    if not private:
        return mine
    numbers = tuple(Number(masked(number.number), "", number.label) for number in mine.numbers)
    return Own(mine.name, numbers, masked_email(mine.email), masked(mine.address), masked(mine.rakel))


def masked(text: str | None) -> str:
    """ "070-174 06 05" → "•••-••• •• 05"."""
    if not text:
        return ""
    hidden = len(text) - SHOWN if len(text) > 2 * SHOWN else len(text)
    return re.sub(r"\w", "•", text[:hidden]) + text[hidden:]


def masked_email(email: str | None) -> str:
    if not email:
        return ""
    name, at, domain = email.rpartition("@")
    return f"{name[:1]}•••{at}{domain}"


def take(was: Own, said: Own, private: bool) -> Own:
    """What the person says, tidied and checked. Raises Problem("field") with what is wrong with which."""
    seen = shown(was, private)
    wrong: dict[str, str] = {}
    texts: dict[str, str | None] = {}
    for field in TEXTS:
        text = tidy(getattr(said, field) or "")
        if text and text == tidy(getattr(seen, field) or ""):
            texts[field] = getattr(was, field)
            continue
        flaw = check_text(field, text) or check_form(field, text)
        if flaw:
            wrong[field] = flaw.code
        texts[field] = text or None
    if not texts["name"]:
        wrong["name"] = "cell-blank"
    numbers: list[Number] = []
    unused = [(kept, tidy(before.number)) for kept, before in zip(was.numbers, seen.numbers, strict=True)]
    for at, number in enumerate(said.numbers[: SLOTS + 1]):
        taken = take_number(number, unused)
        if isinstance(taken, Wrong):
            wrong[f"number{at}"] = taken.code
        elif taken is not None:
            numbers.append(taken)
    if len(numbers) > SLOTS:
        wrong["numbers"] = "phones-many"
    if not wrong and not numbers and not texts["email"] and not texts["rakel"]:
        wrong["numbers"] = "nothing-to-reach"
    if wrong:
        raise Problem("field", fields=wrong)
    return Own(texts["name"] or "", tuple(numbers), texts["email"], texts["address"], texts["rakel"])


def take_number(said: Number, unused: list[tuple[Number, str]]) -> Number | Wrong | None:
    """None: the line is empty. What stands as it was shown is kept, and used up; what a phone dials is never what is said, but read from the number."""
    text, label = tidy(said.number), tidy(said.label or "") or None
    flaw = check_text("label", label or "")
    if flaw:
        return flaw
    if not text:
        return None
    for at, (kept, before) in enumerate(unused):
        if text == before:
            del unused[at]
            return Number(kept.number, kept.dial, label)
    read = read_number(text, label)
    return Wrong("phone-bad") if read is None else read


def changed_fields(correction: Correction) -> dict[str, Any]:
    return {field: right for field in Own.__struct_fields__ if (right := getattr(correction.right, field)) != getattr(correction.was, field)}


def changes(correction: Correction, now: Own | None, open: bool) -> list[Change]:
    """What the person says has changed. `now`: the contact as it is now; `open`: the asker may see secret ones, or there are none."""
    found = []
    for field in TEXTS:
        hidden = not open and field != "name"
        before, after = getattr(correction.was, field) or "", getattr(correction.right, field) or ""
        current = before if now is None else getattr(now, field) or ""
        if before != after:
            found.append(Change(field, *hide(hidden, before, after), hidden, "" if hidden or current == before else current))
    before_numbers, after_numbers = [spoken(n) for n in correction.was.numbers], [spoken(n) for n in correction.right.numbers]
    since = [spoken(n) for n in now.numbers] if now is not None else before_numbers
    if before_numbers != after_numbers:
        kept = [number for number in before_numbers if number in after_numbers]
        gone = [number for number in before_numbers if number not in kept]
        new = [number for number in after_numbers if number not in kept]
        moved = "" if not open or since == before_numbers else ", ".join(since)
        pairs = max(len(gone), len(new))
        lines = [(gone[at] if at < len(gone) else "", new[at] if at < len(new) else "") for at in range(pairs)] or [
            (", ".join(before_numbers), ", ".join(after_numbers))
        ]
        found += [Change("number", *hide(not open, before, after), not open, moved) for before, after in lines]
    return found


def hide(hidden: bool, before: str, after: str) -> tuple[str, str]:
    return ("•••" if before else "", "•••" if after else "") if hidden else (before, after)


def spoken(number: Number) -> str:
    return f"{number.number} ({number.label})" if number.label else number.number
