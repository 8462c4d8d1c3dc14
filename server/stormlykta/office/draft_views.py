"""A draft as the desk sees it: the text, who has had it, what was said of it, and what is found in it.

Rule: what is read is of one moment; what is found in it is found afterwards, outside of the transaction.
"""

import asyncio
from typing import Literal, NamedTuple

import msgspec

from stormlykta.connections import Transaction
from stormlykta.database import Database
from stormlykta.office import asides, drafts, reviews
from stormlykta.office.asides import Aside, Why
from stormlykta.office.checklist_register import Person, person
from stormlykta.office.drafts import Draft, Stage
from stormlykta.office.publishing import Sent, find_in_force, find_trial, read_reachable, trial_hash
from stormlykta.office.reviews import Remark
from stormlykta.shapes import Checklist, Known
from stormlykta.texts.checklist_checking import PlacedFinding, check_checklist
from stormlykta.texts.findings import Language


class HandedView(msgspec.Struct):
    by: Person
    to: Person | None
    at: int
    note: str


class VerdictView(msgspec.Struct):
    by: Person
    at: int
    note: str
    what: Literal["approved", "returned"]


class AsideView(msgspec.Struct):
    """What was not taken into the draft, under its number."""

    text: int
    saved: int
    saved_by: Person
    why: Why


class RemarkView(msgspec.Struct):
    """`words`: the step's when it was remarked on, so that it can be read when the step is gone."""

    id: int
    step: str
    words: str
    text: str
    by: Person
    at: int
    settled: bool


class TrialView(msgspec.Struct):
    """The draft on the reader's own phones. `same`: it is this text."""

    sent: int
    phones: int
    same: bool


class DraftView(msgspec.Struct):
    """`base`: the version it began from, 0: none. `writers`: those who may not judge it. `published`: the document in force. `trial`: the reader's own."""

    checklist: str
    revision: int
    base: int
    document: Checklist
    stage: Stage
    saved: int
    saved_by: Person
    writers: list[Person]
    handed: HandedView | None
    verdict: VerdictView | None
    asides: list[AsideView]
    remarks: list[RemarkView]
    findings: list[PlacedFinding]
    published: Checklist | None
    trial: TrialView | None


class Whole(NamedTuple):
    """All that a view is made of, as it was at one moment."""

    draft: Draft
    asides: list[Aside]
    remarks: list[Remark]
    published: Checklist | None
    known: Known
    names: dict[str, str]
    trial: Sent | None


async def view_draft(database: Database, organisation: str, checklist: str, reader: str, language: Language) -> DraftView:
    """Raises Problem("not-found")."""
    async with database.read() as transaction:
        whole = await read_whole(transaction, organisation, checklist, reader)
    return await asyncio.to_thread(view, whole, language)


async def read_whole(transaction: Transaction, organisation: str, checklist: str, reader: str) -> Whole:
    """Raises Problem("not-found")."""
    return Whole(
        await drafts.get_draft(transaction, organisation, checklist),
        await asides.list_all(transaction, organisation, checklist),
        await reviews.list_remarks(transaction, organisation, checklist),
        (await find_in_force(transaction, organisation, checklist))[1],
        await read_reachable(transaction, organisation),
        await drafts.name_members(transaction, organisation),
        await find_trial(transaction, organisation, checklist, reader),
    )


def view(whole: Whole, language: Language) -> DraftView:
    """Finds what is to be found in the text: not for the event loop."""
    draft, names = whole.draft, whole.names
    document = draft.document
    handed, verdict = draft.handed, draft.verdict
    return DraftView(
        checklist=draft.checklist,
        revision=draft.revision,
        base=draft.base,
        document=document,
        stage=draft.stage,
        saved=draft.saved,
        saved_by=person(draft.saved_by, names),
        writers=sorted((person(each, names) for each in draft.writers), key=lambda each: (each.name, each.id)),
        handed=HandedView(person(handed.by, names), person(handed.to, names) if handed.to else None, handed.at, handed.note) if handed else None,
        verdict=VerdictView(person(verdict.by, names), verdict.at, verdict.note, verdict.what) if verdict else None,
        asides=[AsideView(aside.text, aside.saved, person(aside.saved_by, names), aside.why) for aside in whole.asides],
        remarks=[RemarkView(each.id, each.step, each.words, each.text, person(each.by, names), each.at, each.settled) for each in whole.remarks],
        findings=check_checklist(document, whole.known, language),
        published=whole.published,
        trial=TrialView(whole.trial.at, whole.trial.phones, whole.trial.hash == trial_hash(document)) if whole.trial else None,
    )


def language_of(asked: str) -> Language:
    """Swedish, unless English is asked for."""
    return "en" if asked == "en" else "sv"
