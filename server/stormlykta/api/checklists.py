"""The checklists at the desk: the list, one with its history, withdrawing and restoring."""

import msgspec
from starlette.responses import Response

from stormlykta.connections import Transaction
from stormlykta.desk import Desk, desk
from stormlykta.doors import packed
from stormlykta.office import publishing
from stormlykta.office.checklist_register import Row, Version, find_row, list_rows, list_versions
from stormlykta.shapes import Checklist


class List(msgspec.Struct):
    checklists: list[Row]


class One(msgspec.Struct):
    row: Row
    published: Checklist | None
    versions: list[Version]


class OneVersion(msgspec.Struct):
    version: Version
    document: Checklist


class Reason(msgspec.Struct):
    why: str


@desk(may="editor", gives=List)
async def list_checklists(at: Desk) -> Response:
    """All checklists, published and drafted, by kind and order."""
    rows = await at.read(lambda transaction: list_rows(transaction, at.organisation, at.state.practice))
    return packed(at.request, msgspec.json.encode(List(rows)), "application/json", {"Cache-Control": "no-store"})


@desk(may="editor", gives=One)
async def see(at: Desk) -> One:
    """One checklist with its history."""

    async def job(transaction: Transaction) -> One:
        row, document = await find_row(transaction, at.organisation, at.path("checklist"), at.state.practice)
        return One(row, document, await list_versions(transaction, at.organisation, row.id))

    return await at.read(job)


@desk(may="editor", gives=OneVersion)
async def see_version(at: Desk) -> OneVersion:
    """A version as it was published."""
    number = at.number("version")

    async def job(transaction: Transaction) -> OneVersion:
        document = await publishing.get_version(transaction, at.organisation, at.path("checklist"), number)
        versions = await list_versions(transaction, at.organisation, at.path("checklist"))
        return OneVersion(next(version for version in versions if version.version == number), document)

    return await at.read(job)


@desk(may="editor", takes=Reason, refuses=("field", "stage"))
async def withdraw(at: Desk, asked: Reason) -> None:
    """Takes a checklist out of what can be started; open incidents keep it."""
    await at.write(lambda transaction: publishing.withdraw(transaction, at.caller, at.now, at.path("checklist"), asked.why))
    await at.refresh_library()


@desk(may="editor", refuses=("stage",))
async def restore(at: Desk) -> None:
    """Puts a withdrawn checklist back as it was."""
    await at.write(lambda transaction: publishing.restore(transaction, at.caller, at.now, at.path("checklist")))
    await at.refresh_library()
