"""Contacts from a file and into one: a dry run that tells all before anything is written, then the same once more in earnest."""

import asyncio
import secrets
from collections.abc import Callable
from typing import Any, cast

import msgspec
from msgspec import structs
from starlette.responses import Response

from stormlykta.connections import Transaction
from stormlykta.desk import Desk, desk
from stormlykta.errors import Problem
from stormlykta.files.contact_fields import SECRET
from stormlykta.files.contact_files import FILE_MB, FORMS, Form, Read, read_contact_file
from stormlykta.files.contact_merging import Difference
from stormlykta.files.contact_places import Present
from stormlykta.files.contact_plans import Fate, Mode
from stormlykta.files.swedish_time import day
from stormlykta.office import audit, contacts
from stormlykta.office.contacts import Naming
from stormlykta.office.jobs import Job
from stormlykta.shapes import Contacts, Function, Number, Person
from stormlykta.texts.findings import Finding, Language

SHOWN = 1_000  # of each sort; the counts are of all
STAGES = 3  # reading, understanding, comparing
STEPS = 1_000


class Begun(msgspec.Struct):
    job: str


class CardNamed(msgspec.Struct):
    id: str
    title: str


class Coming(msgspec.Struct):
    """A function that the file brings, changes or removes. `cards`: those that name one that would be removed."""

    id: str
    title: str
    kind: str
    persons: tuple[str, ...]
    differences: tuple[Difference, ...] = ()
    cards: list[CardNamed] = []


class RowWords(msgspec.Struct):
    """What is said of a row (of a card, in a vCard file). Row 0: of the file."""

    row: int
    words: str


class Outcome(msgspec.Struct, kw_only=True):
    """What reading the file in would do (or did, when `written`). `refused`: why the file as a whole will not do. `base` goes back with the real run."""

    written: bool
    form: Form
    rows: int
    base: str
    refused: list[str]
    new: list[Coming]
    changed: list[Coming]
    removed: list[Coming]
    faults: list[RowWords]
    notes: list[RowWords]
    counts: dict[str, int]


@desk(
    may="editor",
    takes=bytes,
    gives=Begun,
    status=202,
    most=FILE_MB * 1024 * 1024,
    query=("name", "mode", "dry", "base", "language"),
    refuses=("raced", "shape", "limit"),
)
async def read_in(at: Desk, data: bytes) -> Begun:
    """Begins a job that reads a file (CSV, Excel, vCard) in: mode add or replace; dry 1 only tells.

    With dry 0, base is the dry run's, and nothing is written if the list has changed since.
    """
    mode, language, dry, base = at.query("mode", "add"), at.query("language", "sv"), at.query("dry", "1") != "0", at.query("base")
    if mode not in ("add", "replace") or language not in ("sv", "en"):
        raise Problem("shape")
    if not dry and base != (await look(at))[1]:
        raise Problem("raced")

    async def work(job: Job) -> Outcome:
        present, now_base, namings = await look(at)
        veil = Veil(() if at.caller.leader else present.functions)
        seen = present._replace(functions=veil.over(present.functions))
        read = await asyncio.to_thread(read_contact_file, data, seen, cast(Mode, mode), cast(Language, language), staged(job))
        outcome = tell(read, now_base, present, namings)
        plan = read.plan and structs.replace(read.plan, contacts=Contacts(veil.off(read.plan.contacts.functions)))
        if dry or plan is None or not (plan.new or plan.changed or plan.removed):
            return outcome
        if base != now_base:
            raise Problem("raced")
        job.watch(STEPS, STEPS)  # the last moment in which it can be cancelled
        await at.write(lambda transaction: contacts.apply(transaction, at.caller, at.now, plan, Contacts(present.functions), at.query("name")))
        await at.refresh_library()
        outcome.written = True
        return outcome

    return Begun(at.state.jobs.start(at.organisation, at.caller.seat, "contacts.import", work).id)


@desk(may="editor", gives=bytes, query=("form",), media=tuple(kind for kind, _ in FORMS.values()), refuses=("shape",))
async def export(at: Desk) -> Response:
    """All contacts as a file; ?form=csv|xlsx|vcf. Secret numbers are in it only for a leader."""
    form = at.query("form", "csv")
    if form not in FORMS:
        raise Problem("shape")
    kind, write = FORMS[form]

    async def job(transaction: Transaction) -> Contacts:
        found = contacts.seen(await contacts.read_contacts(transaction, at.organisation), at.caller)
        await audit.note(
            transaction, at.caller, at.now, "contacts.exported", form, form, None, {"functions": len(found.functions), "secrets": at.caller.leader}
        )
        return found

    found = await at.write(job)
    name = f"kontakter-{at.organisation}-{day(at.now).isoformat()}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(await asyncio.to_thread(write, found), media_type=kind, headers=headers)


async def look(at: Desk) -> tuple[Present, str, dict[str, list[Naming]]]:
    """The contacts as they are now, their mark, and the cards that name them."""

    async def job(transaction: Transaction) -> tuple[Present, str, dict[str, list[Naming]]]:
        present = await contacts.read_present(transaction, at.caller)
        return present, contacts.base(Contacts(present.functions), at.caller), await contacts.read_namings(transaction, at.organisation)

    return await at.read(job)


class Veil:
    """Stands before what the asker may not read while a file is laid over it: nothing that comes of it tells whether a guess was right."""

    def __init__(self, functions: tuple[Function, ...]) -> None:
        self._mark = secrets.token_hex(16)
        self._hidden: dict[str, Any] = {}  # what is seen instead → what there is
        self._private = {person.id for function in functions for person in function.persons if person.private}

    def over(self, functions: tuple[Function, ...]) -> tuple[Function, ...]:
        return self._each(functions, lambda person: self._cover(person) if person.id in self._private else person)

    def off(self, functions: tuple[Function, ...]) -> tuple[Function, ...]:
        """Raises Problem("role") when somebody would be open with something of what was hidden."""
        return self._each(functions, self._uncover)

    def _each(self, functions: tuple[Function, ...], become: Callable[[Person], Person]) -> tuple[Function, ...]:
        return tuple(structs.replace(function, persons=tuple(become(person) for person in function.persons)) for function in functions)

    def _cover(self, person: Person) -> Person:
        numbers = tuple(structs.replace(number, number="•••", dial=self._instead(number)) for number in person.numbers)
        texts = {field: text and self._instead(text) for field in SECRET[1:] for text in (getattr(person, field),)}
        return structs.replace(person, numbers=numbers, **texts)

    def _instead(self, value: Number | str) -> str:
        instead = f"{self._mark}{len(self._hidden)}"
        self._hidden[instead] = value
        return instead

    def _uncover(self, person: Person) -> Person:
        shown = structs.replace(
            person,
            numbers=tuple(self._hidden.get(number.dial, number) for number in person.numbers),
            **{field: self._hidden.get(getattr(person, field) or "", getattr(person, field)) for field in SECRET[1:]},
        )
        if shown != person and not person.private:
            raise Problem("role")
        return shown


def staged(job: Job) -> Callable[[int, int], None]:
    """The job's watch, as one way from beginning to end through stages that each count anew."""
    stage, last = 0, 0.0

    def watch(done: int, of: int) -> None:
        nonlocal stage, last
        part = done / of if of else 0.0
        if part < last:
            stage = min(stage + 1, STAGES - 1)
        last = part
        job.watch(int((stage + min(part, 1.0)) * STEPS / STAGES), STEPS)

    return watch


def tell(read: Read, base: str, present: Present, namings: dict[str, list[Naming]]) -> Outcome:
    plan = read.plan
    by_id = {function.id: function for function in present.functions}

    def gone(fate: Fate) -> Coming:
        return coming(fate, [CardNamed(*naming) for naming in contacts.namings_of(by_id[fate.id], namings)])

    counts: dict[str, Any] = {"faults": len({fault.line for fault in read.faults}), "notes": len(read.notes)}
    if plan:
        counts |= {"new": len(plan.new), "changed": len(plan.changed), "removed": len(plan.removed), "unchanged": plan.unchanged}
    return Outcome(
        written=False,
        form=read.form,
        rows=read.rows,
        base=base,
        refused=list(read.refused),
        new=[coming(fate) for fate in plan.new[:SHOWN]] if plan else [],
        changed=[coming(fate) for fate in plan.changed[:SHOWN]] if plan else [],
        removed=[gone(fate) for fate in plan.removed[:SHOWN]] if plan else [],
        faults=words(read.faults),
        notes=words(read.notes),
        counts=counts,
    )


def coming(fate: Fate, cards: list[CardNamed] | None = None) -> Coming:
    return Coming(fate.id, fate.title, fate.kind, fate.persons, fate.differences, cards or [])


def words(findings: tuple[Finding, ...]) -> list[RowWords]:
    return [RowWords(finding.line, finding.message) for finding in findings[:SHOWN]]
