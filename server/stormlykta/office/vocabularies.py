"""What the organisation calls its roles and the phases of its checklists: put in other words, and where a role is used.

Rule: pure. An id once given never changes and means what it meant; only words, order and what is there may change.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, TypeVar

import msgspec
from msgspec import UNSET, Struct, UnsetType

from stormlykta.errors import Problem
from stormlykta.office.organisations import LONGEST_NAME, check_text, plainly
from stormlykta.shapes import Checklist, Contacts, Exercises, Messages, PhaseName, Role, Text, Vocabulary
from stormlykta.texts.documents import canonical, document_hash
from stormlykta.texts.grammar import ID

LONGEST_TASK = 300
MOST = 200  # of each
FOLDED = str.maketrans("åäöæøéü", "aaoaoeu")
ROLE_IN_TEXT = re.compile(r"\[\[role:([^\]\s]+)\]\]")
Named = TypeVar("Named", Role, PhaseName)


class Use(Struct, frozen=True):
    """Something published that names a role or a phase."""

    sort: Literal["checklist", "message", "exercise", "contact"]
    id: str
    title: Text


class RoleWords(Struct, kw_only=True):
    """No id: a new role."""

    id: str = ""
    title: Text
    staff: str | None = None
    task: Text


class PhaseWords(Struct, kw_only=True):
    id: str = ""
    title: Text


class ChangedWords(Struct, kw_only=True):
    """All roles or all phases as they are wanted, in their order; what is left out stays. `despite`: those that may go although they are used."""

    mark: str
    roles: tuple[RoleWords, ...] | UnsetType = UNSET
    phases: tuple[PhaseWords, ...] | UnsetType = UNSET
    despite: tuple[str, ...] = ()


def mark_of(vocabulary: Vocabulary) -> str:
    return document_hash(canonical(vocabulary))


def revise(before: Vocabulary, asked: ChangedWords) -> Vocabulary:
    """The words as they are wanted. Raises Problem("field", fields={"roles.2.title": why}): empty, long, many, twice, unknown."""
    wrong: dict[str, str] = {}
    roles, phases = before.roles, before.phases
    if not isinstance(asked.roles, UnsetType):
        wrong |= check("roles", asked.roles, {role.id for role in before.roles})
        wrong |= {key: why for at, role in enumerate(asked.roles) for key, why in check_role(f"roles.{at}", role).items()}
        given = name_new([role.id for role in asked.roles], [role.title for role in asked.roles], {role.id for role in before.roles})
        roles = tuple(
            Role(id=id, title=plainly(role.title), staff=plainly(role.staff or "") or None, task=plainly(role.task))
            for id, role in zip(given, asked.roles, strict=True)
        )
    if not isinstance(asked.phases, UnsetType):
        wrong |= check("phases", asked.phases, {phase.id for phase in before.phases})
        given = name_new([phase.id for phase in asked.phases], [phase.title for phase in asked.phases], {phase.id for phase in before.phases})
        phases = tuple(PhaseName(id=id, title=plainly(phase.title)) for id, phase in zip(given, asked.phases, strict=True))
    if wrong:
        raise Problem("field", fields=wrong)
    return Vocabulary(roles, phases, before.sources)


def check(field: str, wanted: Sequence[RoleWords | PhaseWords], known: set[str]) -> dict[str, str]:
    if len(wanted) > MOST:
        return {field: "many"}
    wrong: dict[str, str] = {}
    ids, titles = [each.id for each in wanted], [plainly(each.title).sv.casefold() for each in wanted]
    for at, each in enumerate(wanted):
        wrong |= check_text(f"{field}.{at}.title", plainly(each.title), LONGEST_NAME)
        if titles[at] and titles[at] in titles[:at]:
            wrong[f"{field}.{at}.title"] = "twice"
        if each.id and each.id not in known:
            wrong[f"{field}.{at}.id"] = "unknown"
        elif each.id and each.id in ids[:at]:
            wrong[f"{field}.{at}.id"] = "twice"
    return wrong


def check_role(field: str, role: RoleWords) -> dict[str, str]:
    return {**check_text(f"{field}.task", plainly(role.task), LONGEST_TASK), **({f"{field}.staff": "long"} if len(role.staff or "") > LONGEST_NAME else {})}


def name_new(ids: list[str], titles: list[Text], taken: set[str]) -> list[str]:
    """The ids, with one made from its title for each that has none yet."""
    taken = set(taken)
    given = []
    for id, title in zip(ids, titles, strict=True):
        given.append(id or id_from(title.sv, taken))
        taken.add(given[-1])
    return given


def id_from(title: str, taken: set[str]) -> str:
    """ "Stabschef, dag" becomes stabschef-dag."""
    letters = unicodedata.normalize("NFKD", title.lower().translate(FOLDED)).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:48].strip("-") or "ny"
    id = next(each for number in range(1, len(taken) + 2) if (each := stem if number == 1 else f"{stem}-{number}") not in taken)
    if not ID.fullmatch(id):
        raise Problem("field", fields={"id": "unknown"})
    return id


def find_uses(checklists: Iterable[Checklist], messages: Messages | None, exercises: Exercises | None, contacts: Contacts | None) -> dict[str, list[Use]]:
    """By the id of a role: what is published that names it, in a key of its own or within a text."""
    found: dict[str, list[Use]] = defaultdict(list)

    def tell(use: Use, roles: Iterable[str | None]) -> None:
        for role in {role for role in roles if role}:
            found[role].append(use)

    for card in checklists:
        steps = [step.role for phase in card.phases for step in phase.steps]
        tell(Use("checklist", card.id, card.title), [card.role, *card.audience, *steps, *roles_in(card)])
    for message in messages.messages if messages else ():
        tell(Use("message", message.id, message.title), [message.approve, *roles_in(message)])
    for exercise in exercises.exercises if exercises else ():
        receivers = [inject.to for block in exercise.blocks for inject in block.injects]
        tell(Use("exercise", exercise.id, exercise.title), [*exercise.audience, *receivers, *roles_in(exercise)])
    for function in contacts.functions if contacts else ():
        tell(Use("contact", function.id, function.title), [function.role])
    return {role: sorted(uses, key=lambda use: (use.sort, use.title.sv)) for role, uses in found.items()}


def roles_in(thing: Any) -> Iterator[str]:
    yield from ROLE_IN_TEXT.findall(msgspec.json.encode(thing).decode())


def find_phases(checklists: Iterable[Checklist]) -> dict[str, list[Use]]:
    found: dict[str, list[Use]] = defaultdict(list)
    for card in sorted(checklists, key=lambda card: card.title.sv):
        for phase in {phase.id for phase in card.phases}:
            found[phase].append(Use("checklist", card.id, card.title))
    return dict(found)


def out_of_order(checklists: Iterable[Checklist], phases: Iterable[PhaseName]) -> list[Use]:
    """The cards whose phases stand in another order than the list: they keep it, and their next version will have to follow."""
    order = {phase.id: at for at, phase in enumerate(phases)}
    found = []
    for card in checklists:
        places = [order[phase.id] for phase in card.phases if phase.id in order]
        if places != sorted(places):
            found.append(Use("checklist", card.id, card.title))
    return sorted(found, key=lambda use: use.title.sv)


def gone(before: Iterable[Named], after: Iterable[Named]) -> list[Named]:
    kept = {each.id for each in after}
    return [each for each in before if each.id not in kept]


def shortens(before: Vocabulary, after: Vocabulary) -> bool:
    return bool(gone(before.roles, after.roles)) or bool(gone(before.phases, after.phases))


def compare(before: Vocabulary, after: Vocabulary) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only what is otherwise, as the trail keeps it: by id, before and after; and the order of the phases when that is what has changed."""
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    for field in ("roles", "phases"):
        was, now = ({each.id: msgspec.to_builtins(each) for each in getattr(words, field)} for words in (before, after))
        otherwise = [id for id in {**was, **now} if was.get(id) != now.get(id)]
        if otherwise:
            old[field], new[field] = {id: was[id] for id in otherwise if id in was}, {id: now[id] for id in otherwise if id in now}
        if [id for id in was if id in now] != [id for id in now if id in was]:
            old[f"{field}_order"], new[f"{field}_order"] = list(was), list(now)
    return old, new
