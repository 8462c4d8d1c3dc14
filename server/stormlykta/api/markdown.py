"""A checklist as text and back, for the editor; and the shelf that its pickers and the phone's own parts read from."""

import asyncio
from typing import Any

import msgspec
from starlette.responses import Response

from stormlykta import library
from stormlykta.connections import Transaction
from stormlykta.desk import Desk, desk
from stormlykta.doors import packed
from stormlykta.office import beginnings, contacts, drafts, organisations, publishing
from stormlykta.office.draft_views import language_of
from stormlykta.shapes import Checklist, Contacts, Known, Member, Messages, PhaseName, Vocabulary
from stormlykta.texts.checklist_making import Mint
from stormlykta.texts.checklist_reading import DraftFindings, LineFinding, read_checklist
from stormlykta.texts.checklist_writing import write_checklist

TEXT_AND_DOCUMENT_BYTES = 512 * 1024


class Write(msgspec.Struct):
    document: Checklist


class Written(msgspec.Struct):
    """`en`: null when nothing is in English."""

    sv: str
    en: str | None


class Read(msgspec.Struct):
    """`id`: the checklist's, when it has one whatever the text says. `document`: as it was last read; steps that are being typed keep their ids by it."""

    sv: str
    en: str | None = None
    id: str | None = None
    document: Checklist | None = None


class ReadView(msgspec.Struct):
    """`document`: null when something was not understood."""

    document: Checklist | None
    findings: list[LineFinding]


class Shelf(msgspec.Struct):
    """What a checklist can refer to, as the caller may see it."""

    manifest: dict[str, Any]
    contacts: Contacts | None
    messages: Messages | None
    vocabulary: Vocabulary | None
    members: list[Member]
    roster: dict[str, Any] | None
    settings: dict[str, Any]


@desk(may="editor", takes=Write, gives=Written)
async def write(at: Desk, asked: Write) -> Written:
    """The checklist as text, in Swedish and in English."""
    swedish, english = await asyncio.to_thread(write_checklist, asked.document)
    return Written(swedish.text, english.text if english else None)


@desk(may="editor", takes=Read, gives=ReadView, query=("language",), most=TEXT_AND_DOCUMENT_BYTES, unpacked=TEXT_AND_DOCUMENT_BYTES)
async def read(at: Desk, asked: Read) -> ReadView:
    """The text as a checklist, however unfinished, and what is found in it."""
    findings = DraftFindings(language_of(at.query("language", "sv")))

    async def job(transaction: Transaction) -> tuple[Known, tuple[PhaseName, ...]]:
        return await publishing.read_reachable(transaction, at.organisation), await beginnings.read_phases(transaction, at.organisation)

    known, phases = await at.read(job)
    mint: Mint = beginnings.mint
    document = await asyncio.to_thread(read_checklist, asked.sv, asked.en, findings, known, phases, mint, asked.document)
    if document is not None and asked.id:
        document = msgspec.structs.replace(document, id=asked.id)
    return ReadView(document, findings.lines())


@desk(may="editor", gives=Shelf)
async def shelf(at: Desk) -> Response:
    """What a checklist can refer to, and what the phone's own parts need to draw one."""

    async def job(transaction: Transaction) -> dict[str, Any]:
        parts = {part: await library.get_part(transaction, at.organisation, part) for part in ("contacts", "messages", "vocabulary", "roster")}
        found = contacts.seen(await contacts.read_contacts(transaction, at.organisation), at.caller) if parts["contacts"] else None
        return {
            "contacts": found,
            **{part: msgspec.Raw(parts[part] or b"null") for part in ("messages", "vocabulary", "roster")},
            "members": await drafts.list_members(transaction, at.organisation),
            "settings": await organisations.describe(transaction, at.organisation),
        }

    _, manifest = (await at.state.shelf(at.organisation)).manifest(at.caller.member, at.caller.leader)
    body = msgspec.json.encode({"manifest": msgspec.Raw(manifest), **await at.read(job)})
    return packed(at.request, body, "application/json", {"Cache-Control": "no-store"})
