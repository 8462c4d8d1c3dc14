"""All checklists of an organisation as the desk lists them, and one with its history.

Rule: a list of five hundred is a handful of statements; of a document only what the list shows is decoded.
"""

import msgspec

from stormlykta.connections import Transaction
from stormlykta.errors import Problem
from stormlykta.office import drafts
from stormlykta.office.drafts import Draft, Stage
from stormlykta.office.practice import Practice
from stormlykta.office.publishing import find_in_force
from stormlykta.shapes import Checklist, Kind


class Person(msgspec.Struct, frozen=True):
    id: str
    name: str


class Withdrawn(msgspec.Struct, frozen=True):
    at: int
    by: str
    why: str


class DraftNote(msgspec.Struct, frozen=True):
    revision: int
    saved: int
    saved_by: Person
    stage: Stage
    base: int


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """`version` 0: never published. `practised`: when it was last taken out in an exercise."""

    id: str
    title: str
    kind: Kind
    order: str
    owner: str
    version: int = 0
    published: int | None = None
    published_by: str = ""
    review_by: str | None = None
    practised: int | None = None
    steps: int
    withdrawn: Withdrawn | None = None
    draft: DraftNote | None = None


class Version(msgspec.Struct, frozen=True):
    version: int
    hash: str
    title: str
    published: int
    published_by: str
    approved_by: str | None
    changes: str
    review_by: str
    owner: str


class Title(msgspec.Struct):
    sv: str


class Steps(msgspec.Struct):
    steps: list[msgspec.Raw]


class Outline(msgspec.Struct):
    """As much of a checklist as a list shows."""

    title: Title
    kind: Kind
    order: str
    owner: str
    phases: list[Steps]

    @property
    def steps(self) -> int:
        return sum(len(phase.steps) for phase in self.phases)


async def list_rows(transaction: Transaction, organisation: str, practice: Practice, only: str | None = None) -> list[Row]:
    """By kind and order; what has only been drafted is among them. `only`: of one checklist, as many as there are of it."""
    names = await drafts.name_members(transaction, organisation)
    practised = await practice.read(transaction, organisation)
    notes = {draft.checklist: draft for draft in await drafts.list_drafts(transaction, organisation, only)}
    withdrawn = await transaction.fetch("SELECT checklist, at, by, why FROM withdrawals WHERE organisation = ?", (organisation,))
    published = await transaction.fetch(
        "SELECT v.checklist, v.version, v.published, v.published_by, v.review_by, d.bytes FROM versions v "
        "JOIN documents d ON d.organisation = v.organisation AND d.hash = v.hash WHERE v.organisation = ?1 AND (?2 IS NULL OR v.checklist = ?2) "
        "AND v.version = (SELECT MAX(version) FROM versions w WHERE w.organisation = v.organisation AND w.checklist = v.checklist)",
        (organisation, only),
    )
    rows = {id: row_of(id, draft.body, draft, names) for id, draft in notes.items()}
    for id, version, at, by, review_by, data in published:
        row = row_of(id, data, notes.get(id), names)
        rows[id] = msgspec.structs.replace(row, version=version, published=at, published_by=by, review_by=review_by or None)
    for id, *why in withdrawn:
        if id in rows:
            rows[id] = msgspec.structs.replace(rows[id], withdrawn=Withdrawn(*why))
    found = [msgspec.structs.replace(row, practised=practised.get(row.id)) for row in rows.values()]
    return sorted(found, key=lambda row: (row.kind, row.order, row.id))


def row_of(id: str, body: bytes, draft: Draft | None, names: dict[str, str]) -> Row:
    outline = msgspec.json.decode(body, type=Outline)
    note = DraftNote(draft.revision, draft.saved, person(draft.saved_by, names), draft.stage, draft.base) if draft else None
    return Row(id=id, title=outline.title.sv, kind=outline.kind, order=outline.order, owner=outline.owner, steps=outline.steps, draft=note)


async def find_row(transaction: Transaction, organisation: str, checklist: str, practice: Practice) -> tuple[Row, Checklist | None]:
    """One of the list, and its document in force. Raises Problem("not-found")."""
    rows = await list_rows(transaction, organisation, practice, checklist)
    if not rows:
        raise Problem("not-found")
    return rows[0], (await find_in_force(transaction, organisation, checklist))[1]


async def list_versions(transaction: Transaction, organisation: str, checklist: str) -> list[Version]:
    """Newest first."""
    rows = await transaction.fetch(
        "SELECT v.version, v.hash, v.title, v.published, v.published_by, v.approved_by, v.changes, v.review_by, d.bytes FROM versions v "
        "JOIN documents d ON d.organisation = v.organisation AND d.hash = v.hash WHERE v.organisation = ? AND v.checklist = ? ORDER BY v.version DESC",
        (organisation, checklist),
    )
    return [
        Version(version, digest, title, at, by, approved_by, changes, review_by, owner_of(data))
        for version, digest, title, at, by, approved_by, changes, review_by, data in rows
    ]


def owner_of(data: bytes) -> str:
    return msgspec.json.decode(data, type=Outline).owner


def person(member: str, names: dict[str, str]) -> Person:
    return Person(member, names.get(member, ""))
