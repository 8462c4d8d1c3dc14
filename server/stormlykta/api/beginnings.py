"""Beginning a checklist at the desk: blank, as a copy, from the starter library, from Markdown, from pasted text; or a draft of one that is there."""

import asyncio

import msgspec
from starlette.responses import Response

from stormlykta.connections import Transaction
from stormlykta.desk import Desk, desk
from stormlykta.doors import answer
from stormlykta.errors import Problem
from stormlykta.office import beginnings, starters
from stormlykta.office.beginnings import Taken
from stormlykta.office.draft_views import DraftView, language_of, view_draft
from stormlykta.office.drafts import start
from stormlykta.shapes import Checklist, Kind, Known, PhaseName
from stormlykta.texts.checklist_making import make_blank
from stormlykta.texts.checklist_reading import DraftFindings, read_checklist
from stormlykta.texts.findings import Language
from stormlykta.texts.pasted_text import read_pasted


class Starter(msgspec.Struct):
    """`have`: whether a list of that id is here already."""

    id: str
    title: str
    kind: Kind
    trigger: str
    have: bool


class Starters(msgspec.Struct):
    starters: list[Starter]


class Blank(msgspec.Struct):
    kind: Kind
    title: str


class Markdown(msgspec.Struct):
    sv: str
    en: str | None = None


class Beginning(msgspec.Struct):
    """One of blank, copy (the id of another), starter (its id), markdown, text (pasted lines). `title` goes with copy and text, `kind` with text."""

    blank: Blank | None = None
    copy: str | None = None
    starter: str | None = None
    markdown: Markdown | None = None
    text: str | None = None
    title: str | None = None
    kind: Kind = "action-card"


class FromVersion(msgspec.Struct):
    """null: from the version in force, or the draft that is there."""

    version: int | None = None


@desk(may="editor", gives=Starters)
async def list_starters(at: Desk) -> Starters:
    """The starter library on the server's disk."""
    found = await asyncio.to_thread(starters.list_starters, at.state.settings.starter)
    have = await at.read(lambda transaction: beginnings.read_ids(transaction, at.organisation))
    return Starters([Starter(card.id, card.title.sv, card.kind, card.trigger.sv, card.id in have) for card in found])


@desk(may="editor", takes=Beginning, gives=DraftView, status=201, refuses=("shape", "not-found", "field", "faulty"), query=("language",))
async def add(at: Desk, asked: Beginning) -> Response:
    """Begins a new checklist as a draft."""
    language = language_of(at.query("language", "sv"))
    phases = await at.read(lambda transaction: beginnings.read_phases(transaction, at.organisation))
    source = await find_source(at, asked, phases, language)

    async def job(transaction: Transaction) -> str:
        document = make(asked, source, phases, await beginnings.read_taken(transaction, at.organisation))
        await start(transaction, at.caller, at.now, document, 0, [at.caller.member])
        return document.id

    begun = await at.write(job)
    return answer(await view_draft(at.state.database, at.organisation, begun, at.caller.member, language), 201)


@desk(may="editor", takes=FromVersion, gives=DraftView, status=201, refuses=("draft-exists",), query=("language",), also=(200,))
async def begin_draft(at: Desk, asked: FromVersion) -> Response:
    """Begins a draft of a checklist; 200 with the draft that is there already, when no version is asked for."""
    checklist, language = at.path("checklist"), language_of(at.query("language", "sv"))
    status = 201
    try:
        await at.write(lambda transaction: beginnings.begin_from_version(transaction, at.caller, at.now, checklist, asked.version))
    except Problem as problem:
        if problem.code != "draft-exists":
            raise
        status = 200
    draft = await view_draft(at.state.database, at.organisation, checklist, at.caller.member, language)
    if status == 200 and asked.version is not None:
        raise Problem("draft-exists", draft=msgspec.to_builtins(draft))
    return answer(draft, status)


async def find_source(at: Desk, asked: Beginning, phases: tuple[PhaseName, ...], language: Language) -> Checklist | None:
    """What the new checklist is made of. Raises Problem: "shape" unless one thing is asked for, "not-found", "faulty" (findings)."""
    if sum(way is not None for way in (asked.blank, asked.copy, asked.starter, asked.markdown, asked.text)) != 1:
        raise Problem("shape", "Ask for one of blank, copy, starter, markdown and text.")
    if asked.copy is not None:
        of = asked.copy
        return await at.read(lambda transaction: beginnings.find_original(transaction, at.organisation, of))
    if asked.starter is not None:
        found = await asyncio.to_thread(starters.list_starters, at.state.settings.starter)
        starter = next((card for card in found if card.id == asked.starter), None)
        if starter is None:
            raise Problem("not-found")
        return starter
    if asked.markdown is not None:
        findings = DraftFindings(language)
        document = await asyncio.to_thread(read_checklist, asked.markdown.sv, asked.markdown.en, findings, Known(), phases, beginnings.mint)
        if document is None:
            raise Problem("faulty", findings=msgspec.to_builtins(findings.lines()))
        return document
    if asked.text is not None:
        title = beginnings.check_title(asked.title) if asked.title else ""
        return await asyncio.to_thread(read_pasted, asked.text, make_blank("", asked.kind, title, ""), phases, beginnings.mint)
    return None


def make(asked: Beginning, source: Checklist | None, phases: tuple[PhaseName, ...], taken: Taken) -> Checklist:
    if source is None:
        blank = asked.blank or Blank(asked.kind, "")
        return beginnings.begin_blank(blank.kind, blank.title, phases, taken, beginnings.mint)
    if asked.copy is not None:
        return beginnings.begin_copy(source, asked.title, taken, beginnings.mint)
    begun = beginnings.begin_starter if asked.starter is not None else beginnings.begin_read
    return begun(source, taken, beginnings.mint)
