"""The second person's part at the desk: handing over, remarks, approval, sending back."""

import msgspec

from stormlykta.connections import Transaction
from stormlykta.desk import Desk, desk
from stormlykta.errors import Problem
from stormlykta.office import reviews
from stormlykta.office.draft_views import DraftView, language_of, view_draft
from stormlykta.office.drafts import Draft


class Hand(msgspec.Struct):
    """`to`: a member, or null for whoever has time."""

    note: str = ""
    to: str | None = None


class SendBack(msgspec.Struct):
    note: str


class Approve(msgspec.Struct):
    """`revision`: the text that was read."""

    revision: int
    note: str = ""


class NewRemark(msgspec.Struct):
    """`step`: its id, or '' for the whole."""

    text: str
    step: str = ""


class Settle(msgspec.Struct):
    settled: bool


@desk(may="editor", takes=Hand, gives=DraftView, refuses=("stage", "field"), query=("language",))
async def hand(at: Desk, asked: Hand) -> DraftView:
    """Hands the draft over to be read."""
    await at.write(lambda transaction: reviews.hand(transaction, at.caller, at.now, at.path("checklist"), asked.to, asked.note))
    return await now(at)


@desk(may="editor", gives=DraftView, refuses=("stage",), query=("language",))
async def take_back(at: Desk) -> DraftView:
    """Takes the draft back before it has been judged."""
    await at.write(lambda transaction: reviews.take_back(transaction, at.caller, at.now, at.path("checklist")))
    return await now(at)


@desk(may="editor", takes=SendBack, gives=DraftView, refuses=("stage", "second-person", "field"), query=("language",))
async def send_back(at: Desk, asked: SendBack) -> DraftView:
    """Sends the draft back with what should be changed."""
    await at.write(lambda transaction: reviews.send_back(transaction, at.caller, at.now, at.path("checklist"), asked.note))
    return await now(at)


@desk(may="editor", takes=Approve, gives=DraftView, refuses=("conflict", "stage", "second-person", "field"), query=("language",))
async def approve(at: Desk, asked: Approve) -> DraftView:
    """Approves this very text; not by anybody who has written in it."""

    async def job(transaction: Transaction) -> Draft | None:
        return await reviews.approve(transaction, at.caller, at.now, at.path("checklist"), asked.revision, asked.note)

    changed = await at.write(job, quiet=True)
    if changed is not None:
        raise Problem("conflict", draft=msgspec.to_builtins(await now(at)))
    return await now(at)


@desk(may="editor", takes=NewRemark, gives=DraftView, refuses=("field",), query=("language",))
async def remark(at: Desk, asked: NewRemark) -> DraftView:
    """Says something of a step, or of the whole."""
    await at.write(lambda transaction: reviews.remark(transaction, at.caller, at.now, at.path("checklist"), asked.step, asked.text))
    return await now(at)


@desk(may="editor", takes=Settle, gives=DraftView, query=("language",))
async def settle(at: Desk, asked: Settle) -> DraftView:
    """Marks a remark as seen to, or not."""
    number = at.number("remark")
    await at.write(lambda transaction: reviews.settle(transaction, at.caller, at.now, at.path("checklist"), number, asked.settled))
    return await now(at)


async def now(at: Desk) -> DraftView:
    return await view_draft(at.state.database, at.organisation, at.path("checklist"), at.caller.member, language_of(at.query("language", "sv")))
