"""A draft becomes the version in force, or is tried on its author's own phones; a checklist is withdrawn and restored.

Rule: one transaction judges and publishes, so of two who publish at once exactly one does. A version never changes; going back is a new one.
"""

from datetime import date
from typing import NamedTuple

import msgspec

from stormlykta import library
from stormlykta.connections import Transaction
from stormlykta.errors import Problem
from stormlykta.files.swedish_time import day
from stormlykta.office import audit, drafts
from stormlykta.office.drafts import Draft
from stormlykta.office.organisations import read_choices
from stormlykta.office.reviews import check_words
from stormlykta.office.seats import Caller
from stormlykta.shapes import Checklist, Known
from stormlykta.texts.checklist_making import tidied, tidy
from stormlykta.texts.documents import canonical, document_hash
from stormlykta.texts.grammar import date_of

LONGEST_OWNER = 200


class Wanted(NamedTuple):
    """What somebody means to publish: that text, in the place of that version."""

    revision: int
    changes: str
    review_by: str
    owner: str
    version_in_force: int


class Published(NamedTuple):
    """`changed`: the draft as it is now, when it is not the text that was meant; nothing was published then."""

    version: int
    hash: str
    at: int
    changed: Draft | None = None


class Sent(NamedTuple):
    """A draft that lies on somebody's own phones."""

    at: int
    hash: str
    phones: int


async def publish(transaction: Transaction, caller: Caller, now: int, checklist: str, wanted: Wanted) -> Published:
    """The text has been checked. Raises Problem: "raced" (version), "not-found", "changes", "field", "second-person", "unchanged"."""
    organisation, today = caller.organisation, day(now)
    in_force, before = await find_in_force(transaction, organisation, checklist)
    if in_force != wanted.version_in_force:
        raise Problem("raced", "Another version has come into force. Compare with it, and publish again.", version=in_force)
    draft = await drafts.get_draft(transaction, organisation, checklist)
    if draft.revision != wanted.revision:
        return Published(0, "", 0, draft)
    if not wanted.changes.strip():
        raise Problem("changes")
    if wrong := check_wanted(wanted, today):
        raise Problem("field", fields=wrong)
    if (await read_choices(transaction, organisation)).second_person and not await is_approved(transaction, organisation, draft):
        raise Problem("second-person")
    document = msgspec.structs.replace(
        tidied(draft.document), edition=f"{in_force + 1}.0.0", owner=tidy(wanted.owner), reviewed=today.isoformat(), review_by=wanted.review_by
    )
    if before and same(before, document):
        raise Problem("unchanged")
    approved_by = await name_of(transaction, organisation, draft.verdict.by) if draft.stage == "approved" and draft.verdict else None
    publisher = library.Publisher(organisation, caller.name, now, wanted.changes.strip(), approved_by)
    change = await library.publish_checklist(transaction, publisher, document)
    await drafts.clear(transaction, organisation, checklist)
    digest = document_hash(canonical(document))
    told = {"version": change.version, "hash": digest, "changes": publisher.changes, "review_by": document.review_by, "owner": document.owner}
    await audit.note(
        *(transaction, caller, now, "checklist.published", checklist, document.title.sv),
        {"version": in_force} if in_force else None,
        {**told, "approved_by": approved_by} if approved_by else told,
    )
    return Published(change.version, digest, now)


def check_wanted(wanted: Wanted, today: date) -> dict[str, str]:
    until = date_of(wanted.review_by)
    wrong = check_words("changes", wanted.changes)
    if until is None:
        wrong["review_by"] = "date"
    elif until <= today:
        wrong["review_by"] = "past"
    if not tidy(wanted.owner):
        wrong["owner"] = "empty"
    elif len(wanted.owner) > LONGEST_OWNER:
        wrong["owner"] = "long"
    return wrong


async def is_approved(transaction: Transaction, organisation: str, draft: Draft) -> bool:
    """By somebody who has not written in it, who read this very text, and who may still judge."""
    verdict = draft.verdict
    if draft.stage != "approved" or verdict is None or verdict.revision != draft.revision or verdict.by in draft.writers:
        return False
    rows = await transaction.fetch("SELECT roles FROM members WHERE organisation = ? AND id = ? AND removed IS NULL", (organisation, verdict.by))
    return bool(rows) and bool({"admin", "editor"} & set(rows[0][0].split(",")))


def same(before: Checklist, after: Checklist) -> bool:
    """Whether nothing differs but what publishing itself sets. A new day of review is a difference: the text has been looked through."""
    return msgspec.structs.replace(before, edition=after.edition, reviewed=after.reviewed) == after


async def find_in_force(transaction: Transaction, organisation: str, checklist: str) -> tuple[int, Checklist | None]:
    """The newest version and its number, withdrawn or not; (0, None) when there is none."""
    rows = await transaction.fetch(
        "SELECT v.version, d.bytes FROM versions v JOIN documents d ON d.organisation = v.organisation AND d.hash = v.hash "
        "WHERE v.organisation = ? AND v.checklist = ? ORDER BY v.version DESC LIMIT 1",
        (organisation, checklist),
    )
    return (rows[0][0], msgspec.json.decode(rows[0][1], type=Checklist)) if rows else (0, None)


async def read_reachable(transaction: Transaction, organisation: str) -> Known:
    """What a checklist can refer to so that it is found on the phones: what is published and not withdrawn."""
    known: Known = await library.read_known(transaction, organisation)
    withdrawn = await transaction.fetch("SELECT checklist FROM withdrawals WHERE organisation = ?", (organisation,))
    return msgspec.structs.replace(known, checklists=known.checklists - {row[0] for row in withdrawn})


async def get_version(transaction: Transaction, organisation: str, checklist: str, version: int) -> Checklist:
    """Raises Problem("not-found")."""
    rows = await transaction.fetch(
        "SELECT d.bytes FROM versions v JOIN documents d ON d.organisation = v.organisation AND d.hash = v.hash "
        "WHERE v.organisation = ? AND v.checklist = ? AND v.version = ?",
        (organisation, checklist, version),
    )
    if not rows:
        raise Problem("not-found")
    return msgspec.json.decode(rows[0][0], type=Checklist)


async def withdraw(transaction: Transaction, caller: Caller, now: int, checklist: str, why: str) -> None:
    """Out of what can be started; incidents that use it keep it. Raises Problem: "not-found", "field", "stage" (it is withdrawn already)."""
    version, document = await find_in_force(transaction, caller.organisation, checklist)
    if document is None:
        raise Problem("not-found")
    if wrong := check_words("why", why):
        raise Problem("field", fields=wrong)
    done = await transaction.fetch(
        "INSERT INTO withdrawals (organisation, checklist, at, by, why) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING checklist",
        (caller.organisation, checklist, now, caller.name, why.strip()),
    )
    if not done:
        raise Problem("stage", stage="withdrawn")
    await audit.note(transaction, caller, now, "checklist.withdrawn", checklist, document.title.sv, {"version": version}, {"why": why.strip()})


async def restore(transaction: Transaction, caller: Caller, now: int, checklist: str) -> None:
    """Raises Problem: "not-found", "stage" (it is not withdrawn)."""
    version, document = await find_in_force(transaction, caller.organisation, checklist)
    if document is None:
        raise Problem("not-found")
    done = await transaction.fetch("DELETE FROM withdrawals WHERE organisation = ? AND checklist = ? RETURNING checklist", (caller.organisation, checklist))
    if not done:
        raise Problem("stage", stage="in-force")
    await audit.note(transaction, caller, now, "checklist.restored", checklist, document.title.sv, None, {"version": version})


async def send_trial(transaction: Transaction, caller: Caller, now: int, checklist: str, revision: int) -> tuple[int, Draft | None]:
    """How many phones of the caller's get the draft; and the draft, when it is not the text that was meant. Raises Problem("not-found")."""
    draft = await drafts.get_draft(transaction, caller.organisation, checklist)
    if draft.revision != revision:
        return 0, draft
    digest = await library.put_document(transaction, caller.organisation, canonical(tidied(draft.document)), now)
    await transaction.fetch(
        "INSERT INTO trials (organisation, member, checklist, hash, sent) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (organisation, member, checklist) DO UPDATE SET hash = excluded.hash, sent = excluded.sent",
        (caller.organisation, caller.member, checklist, digest, now),
    )
    await audit.note(transaction, caller, now, "draft.tried", checklist, draft.title, None, {"revision": revision, "hash": digest})
    return await count_phones(transaction, caller.organisation, caller.member), None


async def find_trial(transaction: Transaction, organisation: str, checklist: str, member: str) -> Sent | None:
    """What of the draft lies on that member's phones."""
    rows = await transaction.fetch("SELECT sent, hash FROM trials WHERE organisation = ? AND member = ? AND checklist = ?", (organisation, member, checklist))
    return Sent(rows[0][0], rows[0][1], await count_phones(transaction, organisation, member)) if rows else None


def trial_hash(document: Checklist) -> str:
    """What the text is called on a phone that tries it."""
    return document_hash(canonical(tidied(document)))


async def count_phones(transaction: Transaction, organisation: str, member: str) -> int:
    ((phones,),) = await transaction.fetch("SELECT count(*) FROM devices WHERE organisation = ? AND member = ? AND revoked IS NULL", (organisation, member))
    return int(phones)


async def end_trial(transaction: Transaction, caller: Caller, now: int, checklist: str) -> None:
    """Off the caller's phones. Raises Problem("not-found")."""
    done = await transaction.fetch(
        "DELETE FROM trials WHERE organisation = ? AND member = ? AND checklist = ? RETURNING hash", (caller.organisation, caller.member, checklist)
    )
    if not done:
        raise Problem("not-found")
    await audit.note(transaction, caller, now, "draft.trial-ended", checklist, checklist)


async def name_of(transaction: Transaction, organisation: str, member: str) -> str | None:
    return (await drafts.name_members(transaction, organisation)).get(member)
