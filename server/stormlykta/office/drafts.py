"""Drafts: the one text of a checklist that is being written, by whom, and what was not taken into it.

Rule: nothing that somebody wrote is ever dropped. A save that comes too late, and a draft that is thrown away, are kept aside under a number.
"""

from collections.abc import Collection
from typing import Literal, NamedTuple

import msgspec

from stormlykta.connections import Transaction
from stormlykta.errors import Problem
from stormlykta.office import asides, audit
from stormlykta.office.asides import Aside, Why
from stormlykta.office.seats import Caller
from stormlykta.shapes import Checklist, Member
from stormlykta.texts.documents import canonical

Stage = Literal["writing", "handed", "returned", "approved"]
DOCUMENT_BYTES = 200 * 1024
COLUMNS = "checklist, revision, base, body, saved, saved_by, writers, stage, handed, verdict"


class Handed(msgspec.Struct, frozen=True):
    by: str
    to: str | None
    at: int
    note: str


class Verdict(msgspec.Struct, frozen=True):
    """`revision`: the one that was read; approval is of that text and no other."""

    by: str
    at: int
    note: str
    what: Literal["approved", "returned"]
    revision: int


class Writer(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whose words are in the text from the revision `since`, `until` another text took the place of theirs."""

    by: str
    since: int
    until: int | None = None


class Draft(NamedTuple):
    checklist: str
    revision: int
    base: int
    body: bytes
    saved: int
    saved_by: str
    history: tuple[Writer, ...]
    stage: Stage
    handed: Handed | None
    verdict: Verdict | None

    @property
    def writers(self) -> frozenset[str]:
        """Those whose words are in it now."""
        return frozenset(writer.by for writer in self.history if writer.until is None)

    @property
    def document(self) -> Checklist:
        return msgspec.json.decode(self.body, type=Checklist)

    @property
    def title(self) -> str:
        return self.document.title.sv


class Saved(NamedTuple):
    """`aside`: the number under which a text is kept that was not taken into the draft, or that this one took the place of."""

    draft: Draft | None
    taken: bool
    aside: int | None = None


def pack(document: Checklist) -> bytes:
    """Raises Problem("size") for more than a phone should have to carry."""
    body = canonical(document)
    if len(body) > DOCUMENT_BYTES:
        raise Problem("size", f"A checklist holds at most {DOCUMENT_BYTES // 1024} KB. Split it in two.")
    return body


async def find_draft(transaction: Transaction, organisation: str, checklist: str) -> Draft | None:
    rows = await transaction.fetch(f"SELECT {COLUMNS} FROM drafts WHERE organisation = ? AND checklist = ?", (organisation, checklist))
    return read_row(*rows[0]) if rows else None


async def get_draft(transaction: Transaction, organisation: str, checklist: str) -> Draft:
    """Raises Problem("not-found")."""
    draft = await find_draft(transaction, organisation, checklist)
    if draft is None:
        raise Problem("not-found")
    return draft


async def list_drafts(transaction: Transaction, organisation: str, only: str | None = None) -> list[Draft]:
    """`only`: the one of that checklist, if there is one."""
    rows = await transaction.fetch(
        f"SELECT {COLUMNS} FROM drafts WHERE organisation = ?1 AND (?2 IS NULL OR checklist = ?2) ORDER BY checklist", (organisation, only)
    )
    return [read_row(*row) for row in rows]


def read_row(
    checklist: str, revision: int, base: int, body: str, saved: int, saved_by: str, writers: str, stage: Stage, handed: str | None, verdict: str | None
) -> Draft:
    return Draft(
        *(checklist, revision, base, body.encode(), saved, saved_by),
        msgspec.json.decode(writers, type=tuple[Writer, ...]),
        stage,
        msgspec.json.decode(handed, type=Handed) if handed else None,
        msgspec.json.decode(verdict, type=Verdict) if verdict else None,
    )


async def put_draft(transaction: Transaction, organisation: str, draft: Draft) -> None:
    """What the draft is from now on."""
    await transaction.fetch(
        "UPDATE drafts SET revision = ?, body = ?, saved = ?, saved_by = ?, writers = ?, stage = ?, handed = ?, verdict = ? "
        "WHERE organisation = ? AND checklist = ?",
        (
            *(draft.revision, draft.body.decode(), draft.saved, draft.saved_by, msgspec.json.encode(draft.history).decode(), draft.stage),
            *(msgspec.json.encode(each).decode() if each else None for each in (draft.handed, draft.verdict)),
            *(organisation, draft.checklist),
        ),
    )


async def start(transaction: Transaction, caller: Caller, now: int, document: Checklist, base: int, writers: Collection[str]) -> None:
    """A new draft. `writers`: whose text it is; nobody's, when it is a version taken out to be changed. Raises Problem("draft-exists").

    One that comes after another begins with a revision that the other cannot have had: a page left open on that one must not write over this.
    """
    if await find_draft(transaction, caller.organisation, document.id):
        raise Problem("draft-exists")
    revision = now if await is_known(transaction, caller.organisation, document.id) else 1
    await transaction.fetch(
        "INSERT INTO drafts (organisation, checklist, revision, base, body, began, began_by, saved, saved_by, writers, stage) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'writing')",
        (
            *(caller.organisation, document.id, revision, base, pack(document).decode()),
            *(now, caller.member, now, caller.member, msgspec.json.encode([Writer(each, revision) for each in sorted(set(writers))]).decode()),
        ),
    )
    await audit.note(transaction, caller, now, "draft.begun", document.id, document.title.sv, None, {"base": base})


async def save(transaction: Transaction, caller: Caller, now: int, document: Checklist, revision: int, force: bool) -> Saved:
    """Takes the text if it follows on the stored one; else keeps it aside. `force`: takes it in any case and keeps the stored one aside.

    `revision`: the one it was made from, whose writers are its own. The same text again is no change: an answer may have been lost on its way.
    """
    organisation, body = caller.organisation, pack(document)
    draft = await find_draft(transaction, organisation, document.id)
    mine = Aside(0, body, now, caller.member, frozenset({caller.member}), "conflict")
    if draft is None:
        if not await is_known(transaction, organisation, document.id):
            raise Problem("not-found")
        return Saved(None, False, await asides.keep(transaction, organisation, document.id, mine))
    if draft.body == body:
        return Saved(draft, True)
    if draft.revision != revision and not force:
        mine = mine._replace(writers=mine.writers | writers_at(draft.history, revision))
        return Saved(draft, False, await asides.keep(transaction, organisation, document.id, mine))
    replaced = await asides.keep(transaction, organisation, document.id, aside_of(draft, "conflict")) if force else None
    writers = {caller.member} | writers_at(draft.history, revision) | await asides.find_writers(transaction, organisation, document.id, body)
    history = written_on(draft.history, writers, draft.revision + 1)
    verdict = None if draft.stage == "approved" else draft.verdict
    saved = draft._replace(
        revision=draft.revision + 1, body=body, saved=now, saved_by=caller.member, history=history, stage="writing", handed=None, verdict=verdict
    )
    await put_draft(transaction, organisation, saved)
    return Saved(saved, True, replaced)


def writers_at(history: tuple[Writer, ...], revision: int) -> frozenset[str]:
    """Whose words were in the text of that revision."""
    return frozenset(each.by for each in history if each.since <= revision and (each.until is None or revision < each.until))


def written_on(history: tuple[Writer, ...], writers: Collection[str], revision: int) -> tuple[Writer, ...]:
    """From that revision on the text is of these writers."""
    kept = [each if each.until is not None or each.by in writers else Writer(each.by, each.since, revision) for each in history]
    new = set(writers) - {each.by for each in kept if each.until is None}
    return (*kept, *(Writer(by, revision) for by in sorted(new)))


async def discard(transaction: Transaction, caller: Caller, now: int, checklist: str) -> None:
    """Raises Problem("not-found")."""
    draft = await get_draft(transaction, caller.organisation, checklist)
    text = await asides.keep(transaction, caller.organisation, checklist, aside_of(draft, "discarded"))
    await clear(transaction, caller.organisation, checklist)
    await audit.note(transaction, caller, now, "draft.discarded", checklist, draft.title, {"revision": draft.revision}, {"text": text})


async def clear(transaction: Transaction, organisation: str, checklist: str) -> None:
    """The draft, what was remarked on it, and what of it lies on phones to be tried."""
    for table in ("drafts", "remarks", "trials"):
        await transaction.fetch(f"DELETE FROM {table} WHERE organisation = ? AND checklist = ?", (organisation, checklist))


def aside_of(draft: Draft, why: Why) -> Aside:
    return Aside(0, draft.body, draft.saved, draft.saved_by, draft.writers, why)


async def is_known(transaction: Transaction, organisation: str, checklist: str) -> bool:
    """Whether a checklist of that id is or was here."""
    rows = await transaction.fetch(
        "SELECT 1 FROM versions WHERE organisation = ?1 AND checklist = ?2 UNION SELECT 1 FROM draft_texts WHERE organisation = ?1 AND checklist = ?2 LIMIT 1",
        (organisation, checklist),
    )
    return bool(rows)


async def name_members(transaction: Transaction, organisation: str) -> dict[str, str]:
    """Everybody's name by id, also of those who have left: what they wrote is still theirs."""
    rows = await transaction.fetch("SELECT id, name FROM members WHERE organisation = ?", (organisation,))
    return {row[0]: row[1] for row in rows}


async def list_members(transaction: Transaction, organisation: str) -> list[Member]:
    """Those who are here now, by name."""
    rows = await transaction.fetch("SELECT id, name, roles FROM members WHERE organisation = ? AND removed IS NULL ORDER BY name, id", (organisation,))
    return [Member(id, name, tuple(filter(None, roles.split(",")))) for id, name, roles in rows]
