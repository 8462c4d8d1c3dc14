"""Contacts from a file and into one: a dry run that tells all before anything is written, then the same once more in earnest."""

import asyncio
from collections.abc import Callable
from typing import Any, cast

import msgspec
from starlette.responses import Response

from stormlykta.connections import Transaction
from stormlykta.desk import Desk, desk
from stormlykta.errors import Problem
from stormlykta.files.contact_files import FILE_MB, FORMS, Form, Read, read_contact_file
from stormlykta.files.contact_merging import Difference
from stormlykta.files.contact_places import Present
from stormlykta.files.contact_plans import Fate, Mode
from stormlykta.files.swedish_time import day
from stormlykta.office import audit, contacts
from stormlykta.office.contacts import Naming
from stormlykta.office.jobs import Job
from stormlykta.shapes import Contacts
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
        read = await asyncio.to_thread(read_contact_file, data, present, cast(Mode, mode), cast(Language, language), staged(job))
        outcome = tell(read, now_base, present, namings)
        if dry or read.plan is None or not (read.plan.new or read.plan.changed or read.plan.removed):
            return outcome
        if base != now_base:
            raise Problem("raced")
        plan = read.plan
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
