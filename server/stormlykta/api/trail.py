"""The audit trail as it is read: page by page, searched, and as a file to keep."""

import csv
import io
from collections.abc import AsyncIterator

import msgspec
from starlette.responses import StreamingResponse

from stormlykta.connections import Transaction
from stormlykta.desk import Desk, desk
from stormlykta.errors import Problem
from stormlykta.files import swedish_time
from stormlykta.files.contact_exports import guarded
from stormlykta.log.operations import LARGEST
from stormlykta.office import audit
from stormlykta.office.audit import Doer, Entry, Search

PAGE = 100
LONGEST_SEARCH = 200
SEARCH = ("who", "deed", "about", "from", "to", "q")
COLUMNS = ("number", "time", "name", "member", "deed", "title", "about", "before", "after", "seat", "way", "agent")
MEDIA = {"ndjson": "application/x-ndjson", "csv": "text/csv; charset=utf-8"}


class Trail(msgspec.Struct):
    """`more`: the number to ask on from, 0 when this is all. `doers` and `deeds`, all that can be chosen from, come with the first page."""

    entries: list[Entry]
    more: int
    doers: list[Doer]
    deeds: list[str]


@desk(may="admin", gives=Trail, query=("before", *SEARCH), refuses=("shape",))
async def trail(at: Desk) -> Trail:
    """What has been done in administration, the latest first."""
    search, before = read_search(at), whole(at, "before")

    async def job(transaction: Transaction) -> Trail:
        found = await audit.find(transaction, at.organisation, search, before, PAGE + 1)
        entries, more = found[:PAGE], found[PAGE - 1].number if len(found) > PAGE else 0
        if before:
            return Trail(entries, more, [], [])
        return Trail(entries, more, await audit.list_doers(transaction, at.organisation), await audit.list_deeds(transaction, at.organisation))

    return await at.read(job)


@desk(may="admin", gives=bytes, query=("form", *SEARCH), media=("application/x-ndjson", "text/csv"), refuses=("shape",))
async def export(at: Desk) -> StreamingResponse:
    """The trail as a file: form=csv for a spreadsheet, form=ndjson for a program. Who takes it away stands in it from then on."""
    form, search = at.query("form", "csv"), read_search(at)
    if form not in MEDIA:
        raise Problem("shape", "form is csv or ndjson.")
    wanted = {field: value for field, value in search._asdict().items() if value}

    async def job(transaction: Transaction) -> list[Entry]:
        found = await audit.find(transaction, at.organisation, search, 0, audit.PAGE)
        await audit.note(transaction, at.caller, at.now, "trail.exported", at.organisation, "", None, {"form": form, "search": wanted})
        return found

    first = await at.write(job)
    pages = audit.walk(at.state.database, at.organisation, search, first)
    name = f"logg-{at.organisation}-{swedish_time.day(at.now)}.{form}"
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(lines(pages) if form == "ndjson" else rows(pages), media_type=MEDIA[form], headers=headers)


async def lines(pages: AsyncIterator[list[Entry]]) -> AsyncIterator[bytes]:
    async for page in pages:
        yield b"".join(msgspec.json.encode(entry) + b"\n" for entry in page)


async def rows(pages: AsyncIterator[list[Entry]]) -> AsyncIterator[bytes]:
    """As Excel in Sweden opens it: semicolons, UTF-8 with its mark; and nothing that it would take for a formula."""
    yield table([COLUMNS]).encode("utf-8-sig")
    async for page in pages:
        yield table([row_of(entry) for entry in page]).encode("utf-8", "replace")


def row_of(entry: Entry) -> tuple[str, ...]:
    time = swedish_time.wall(entry.at).isoformat(" ", "seconds")
    before, after = audit.text(entry.before), audit.text(entry.after)
    told = (entry.name, entry.member, entry.deed, entry.title, entry.about, before, after, entry.seat, entry.way or "", entry.agent or "")
    return (str(entry.number), time, *map(guarded, told))


def table(written: list[tuple[str, ...]]) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerows(written)
    return file.getvalue()


def read_search(at: Desk) -> Search:
    words = at.query("q")[:LONGEST_SEARCH]
    return Search(at.query("who"), at.query("deed")[:LONGEST_SEARCH], at.query("about"), whole(at, "from"), whole(at, "to"), words)


def whole(at: Desk, name: str) -> int:
    """A number in the query, 0 when it is not there. Raises Problem("shape")."""
    text = at.query(name, "0")
    if not (text.isascii() and text.isdigit() and len(text) < 17 and int(text) <= LARGEST):
        raise Problem("shape", f"{name} is a whole number.")
    return int(text)
