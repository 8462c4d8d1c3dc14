"""Across all files: every id is defined once, and whatever is pointed to exists, here or already published.

Rule: pure. A name that only an unreadable file defines still counts as defined, so that one fault gives one finding.
"""

from __future__ import annotations

from collections.abc import Iterable

from stormlykta.shapes import Known
from stormlykta.texts.findings import Findings
from stormlykta.texts.grammar import Place

ONCE = ("card", "step", "message", "exercise", "inject", "contact")  # one namespace for the whole package
MISSING = {"card": "no-card", "contact": "no-contact", "message": "no-message", "role": "no-role", "source": "no-source"}


def check_ids(ids: Iterable[Place], findings: Findings) -> None:
    taken: dict[tuple[str, str], Place] = {}
    for place in ids:
        key = ("once" if place.kind in ONCE else place.kind, place.id)
        first = taken.setdefault(key, place)
        if first is not place:
            findings.error(place.file, place.line, "id-taken", id=place.id, file=first.file, line=first.line)


def check_uses(ids: Iterable[Place], uses: Iterable[Place], known: Known, findings: Findings) -> None:
    exists = {
        "card": set(known.checklists),
        "contact": set(known.contacts),
        "message": set(known.messages),
        "role": set(known.roles),
        "source": set(known.sources),
    }
    for place in ids:
        if place.kind in exists:
            exists[place.kind].add(place.id)
    for place in uses:
        if place.kind in MISSING and place.id not in exists[place.kind]:
            findings.error(place.file, place.line, MISSING[place.kind], id=place.id)


def check_phases(uses: Iterable[Place], order: tuple[str, ...], findings: Findings) -> None:
    """The phases of each card exist and come in the order of the list."""
    before: dict[str, Place] = {}
    for place in uses:
        if place.kind != "phase":
            continue
        if place.id not in order:
            findings.error(place.file, place.line, "no-phase", id=place.id)
            continue
        last = before.get(place.file)
        if last and order.index(place.id) < order.index(last.id):
            findings.error(place.file, place.line, "phase-order", phase=place.id, before=last.id)
        before[place.file] = place


def check_contact_names(contacts: Iterable[tuple[Place, str | None]], roles: set[str], findings: Findings) -> None:
    """A contact may be called as a role only if it has that role: "call the chief of staff" must not reach another."""
    for place, role in contacts:
        if place.id in roles and role != place.id:
            findings.error(place.file, place.line, "contact-named-as-role", id=place.id)
