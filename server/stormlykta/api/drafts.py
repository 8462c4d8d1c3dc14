"""Drafts at the desk: read, saved, thrown away, published, and tried on one's own phones."""

import asyncio

import msgspec

from stormlykta.connections import Transaction
from stormlykta.desk import Desk, desk
from stormlykta.errors import Problem
from stormlykta.office import asides, drafts, publishing
from stormlykta.office.beginnings import mint
from stormlykta.office.checklist_register import Person, person
from stormlykta.office.draft_views import DraftView, language_of, view_draft
from stormlykta.office.drafts import Saved
from stormlykta.office.publishing import Published, Wanted
from stormlykta.shapes import Checklist, Known
from stormlykta.texts.checklist_checking import PlacedFinding, check_checklist, is_ready, is_showable
from stormlykta.texts.checklist_making import with_ids


class SaveDraft(msgspec.Struct):
    """`revision`: the one that it was made from. `force`: take it in any case; what is stored is then kept aside."""

    revision: int
    document: Checklist
    force: bool = False


class SavedView(msgspec.Struct):
    revision: int
    saved: int
    findings: list[PlacedFinding]


class TextView(msgspec.Struct):
    document: Checklist
    saved: int
    saved_by: Person


class Publish(msgspec.Struct):
    """`revision`: of the draft that was read; `version_in_force`: the one it was compared with, 0: none."""

    revision: int
    changes: str
    review_by: str
    owner: str
    version_in_force: int


class PublishedView(msgspec.Struct):
    version: int
    hash: str
    published: int


class Trial(msgspec.Struct):
    revision: int


class TrialSent(msgspec.Struct):
    """On how many phones."""

    phones: int


@desk(may="editor", gives=DraftView, query=("language",))
async def see(at: Desk) -> DraftView:
    """A draft with all that was said of it."""
    return await now(at)


@desk(may="editor", takes=SaveDraft, gives=SavedView, refuses=("conflict", "size"), query=("language",))
async def save(at: Desk, asked: SaveDraft) -> SavedView:
    """Saves the draft; a text that does not follow on the stored one is kept aside, and told so."""
    language = language_of(at.query("language", "sv"))
    document = with_ids(msgspec.structs.replace(asked.document, id=at.path("checklist")), mint)

    async def job(transaction: Transaction) -> Saved:
        return await drafts.save(transaction, at.caller, at.now, document, asked.revision, asked.force)

    saved = await at.write(job, quiet=True)
    if saved.draft is None:
        raise Problem("not-found", "The draft has been published or thrown away. What was sent is kept.", aside=saved.aside)
    if not saved.taken:
        raise Problem("conflict", draft=msgspec.to_builtins(await now(at)), aside=saved.aside)
    known = await at.read(lambda transaction: publishing.read_reachable(transaction, at.organisation))
    return SavedView(saved.draft.revision, saved.draft.saved, await asyncio.to_thread(check_checklist, document, known, language))


@desk(may="editor")
async def discard(at: Desk) -> None:
    """Throws the draft away; its text is kept aside."""
    await at.write(lambda transaction: drafts.discard(transaction, at.caller, at.now, at.path("checklist")))
    await at.refresh_library()


@desk(may="editor", gives=TextView)
async def see_text(at: Desk) -> TextView:
    """A text that was kept aside."""
    number = at.number("text")

    async def job(transaction: Transaction) -> TextView:
        aside = await asides.get(transaction, at.organisation, at.path("checklist"), number)
        return TextView(aside.document, aside.saved, person(aside.saved_by, await drafts.name_members(transaction, at.organisation)))

    return await at.read(job)


@desk(
    may="editor",
    takes=Publish,
    gives=PublishedView,
    status=201,
    refuses=("conflict", "raced", "faulty", "changes", "field", "second-person", "unchanged"),
    query=("language",),
)
async def publish(at: Desk, asked: Publish) -> PublishedView:
    """Makes the draft the version in force, on every phone."""
    checklist = at.path("checklist")
    wanted = Wanted(asked.revision, asked.changes, asked.review_by, asked.owner, asked.version_in_force)

    async def job(transaction: Transaction) -> Published:
        return await publishing.publish(transaction, at.caller, at.now, checklist, wanted)

    findings = await look_through(at, asked.revision)
    if not is_ready(findings):
        raise Problem("faulty", findings=msgspec.to_builtins(findings))
    published = await at.write(job, quiet=True)  # noted when it is done; a draft that has been changed is no deed
    if published.changed is not None:
        raise Problem("conflict", draft=msgspec.to_builtins(await now(at)))
    await at.refresh_library()
    return PublishedView(published.version, published.hash, published.at)


@desk(may="editor", takes=Trial, gives=TrialSent, refuses=("conflict", "faulty"), query=("language",))
async def send_trial(at: Desk, asked: Trial) -> TrialSent:
    """Sends the draft to the caller's own phones, marked as a draft there; finished or not, as long as a phone can show it."""
    findings = await look_through(at, asked.revision)
    if not is_showable(findings):
        raise Problem("faulty", findings=msgspec.to_builtins(findings))

    async def job(transaction: Transaction) -> tuple[int, drafts.Draft | None]:
        return await publishing.send_trial(transaction, at.caller, at.now, at.path("checklist"), asked.revision)

    phones, changed = await at.write(job, quiet=True)
    if changed is not None:
        raise Problem("conflict", draft=msgspec.to_builtins(await now(at)))
    await at.refresh_library()
    return TrialSent(phones)


@desk(may="editor")
async def end_trial(at: Desk) -> None:
    """Takes the draft off the caller's phones."""
    await at.write(lambda transaction: publishing.end_trial(transaction, at.caller, at.now, at.path("checklist")))
    await at.refresh_library()


async def look_through(at: Desk, revision: int) -> list[PlacedFinding]:
    """What is found in the draft; nothing when it is not that text any more, which is then told otherwise."""

    async def job(transaction: Transaction) -> tuple[drafts.Draft | None, Known]:
        draft = await drafts.find_draft(transaction, at.organisation, at.path("checklist"))
        return draft, await publishing.read_reachable(transaction, at.organisation)

    draft, known = await at.read(job)
    if draft is None or draft.revision != revision:
        return []
    return await asyncio.to_thread(check_checklist, draft.document, known, language_of(at.query("language", "sv")))


async def now(at: Desk) -> DraftView:
    return await view_draft(at.state.database, at.organisation, at.path("checklist"), at.caller.member, language_of(at.query("language", "sv")))
