"""The second person: a draft is handed over, read, remarked on, and approved or sent back.

Rule: nobody who has written in a draft may pass judgement on it, and a verdict is of the very text that was read.
"""

from typing import NamedTuple

from stormlykta.connections import Transaction
from stormlykta.errors import Problem
from stormlykta.office import audit, drafts
from stormlykta.office.drafts import Draft, Handed, Verdict
from stormlykta.office.seats import Caller

LONGEST_NOTE = 4_000


class Remark(NamedTuple):
    id: int
    step: str
    words: str
    text: str
    by: str
    at: int
    settled: bool


async def hand(transaction: Transaction, caller: Caller, now: int, checklist: str, to: str | None, note: str) -> None:
    """To somebody by name, or to whoever has time. Raises Problem: "not-found", "stage", "field" (to: unknown, role, author; note: long)."""
    draft = await at_stage(transaction, caller.organisation, checklist, "writing", "returned", "handed")
    if wrong := await check_reader(transaction, caller.organisation, draft, to) | check_words("note", note, empty=True):
        raise Problem("field", fields=wrong)
    await drafts.put_draft(transaction, caller.organisation, draft._replace(stage="handed", handed=Handed(caller.member, to, now, note.strip()), verdict=None))
    await audit.note(transaction, caller, now, "draft.handed", checklist, draft.title, None, {"to": to, "revision": draft.revision})


async def take_back(transaction: Transaction, caller: Caller, now: int, checklist: str) -> None:
    """Before the verdict. Raises Problem: "not-found", "stage"."""
    draft = await at_stage(transaction, caller.organisation, checklist, "handed")
    await drafts.put_draft(transaction, caller.organisation, draft._replace(stage="writing", handed=None))
    await audit.note(transaction, caller, now, "draft.taken-back", checklist, draft.title, None, {"revision": draft.revision})


async def send_back(transaction: Transaction, caller: Caller, now: int, checklist: str, note: str) -> None:
    """Raises Problem: "not-found", "stage", "second-person", "field"."""
    draft = await at_stage(transaction, caller.organisation, checklist, "handed", "approved")
    check_second(draft, caller)
    if wrong := check_words("note", note):
        raise Problem("field", fields=wrong)
    verdict = Verdict(caller.member, now, note.strip(), "returned", draft.revision)
    await drafts.put_draft(transaction, caller.organisation, draft._replace(stage="returned", verdict=verdict))
    await audit.note(transaction, caller, now, "draft.returned", checklist, draft.title, None, {"revision": draft.revision})


async def approve(transaction: Transaction, caller: Caller, now: int, checklist: str, revision: int, note: str) -> Draft | None:
    """None: done. The draft as it is now: it is not the text that was read. Raises Problem: "not-found", "stage", "second-person", "field"."""
    draft = await drafts.get_draft(transaction, caller.organisation, checklist)
    if draft.revision != revision:
        return draft
    if draft.stage != "handed":
        raise Problem("stage", stage=draft.stage)
    check_second(draft, caller)
    if wrong := check_words("note", note, empty=True):
        raise Problem("field", fields=wrong)
    verdict = Verdict(caller.member, now, note.strip(), "approved", revision)
    await drafts.put_draft(transaction, caller.organisation, draft._replace(stage="approved", verdict=verdict))
    await audit.note(transaction, caller, now, "draft.approved", checklist, draft.title, None, {"revision": revision})
    return None


async def remark(transaction: Transaction, caller: Caller, now: int, checklist: str, step: str, text: str) -> None:
    """On a step, or '' on the whole. Raises Problem: "not-found", "field" (step: unknown; text: empty, long)."""
    draft = await drafts.get_draft(transaction, caller.organisation, checklist)
    known = {each.id: each.text.sv for phase in draft.document.phases for each in phase.steps}
    if wrong := check_words("text", text) | ({"step": "unknown"} if step and step not in known else {}):
        raise Problem("field", fields=wrong)
    ((number,),) = await transaction.fetch(
        "INSERT INTO remarks (organisation, checklist, remark, step, words, text, by, at, settled) "
        "SELECT ?1, ?2, coalesce(max(remark), 0) + 1, ?3, ?4, ?5, ?6, ?7, 0 FROM remarks WHERE organisation = ?1 AND checklist = ?2 RETURNING remark",
        (caller.organisation, checklist, step, known.get(step, ""), text.strip(), caller.member, now),
    )
    await audit.note(transaction, caller, now, "draft.remarked", checklist, draft.title, None, {"remark": number, "step": step})


async def settle(transaction: Transaction, caller: Caller, now: int, checklist: str, number: int, settled: bool) -> None:
    """Raises Problem("not-found")."""
    draft = await drafts.get_draft(transaction, caller.organisation, checklist)
    done = await transaction.fetch(
        "UPDATE remarks SET settled = ? WHERE organisation = ? AND checklist = ? AND remark = ? RETURNING remark",
        (int(settled), caller.organisation, checklist, number),
    )
    if not done:
        raise Problem("not-found")
    deed = "remark.settled" if settled else "remark.reopened"
    await audit.note(transaction, caller, now, deed, checklist, draft.title, None, {"remark": number})


async def list_remarks(transaction: Transaction, organisation: str, checklist: str) -> list[Remark]:
    rows = await transaction.fetch(
        "SELECT remark, step, words, text, by, at, settled FROM remarks WHERE organisation = ? AND checklist = ? ORDER BY remark", (organisation, checklist)
    )
    return [Remark(id, step, words, text, by, at, bool(settled)) for id, step, words, text, by, at, settled in rows]


async def at_stage(transaction: Transaction, organisation: str, checklist: str, *stages: str) -> Draft:
    draft = await drafts.get_draft(transaction, organisation, checklist)
    if draft.stage not in stages:
        raise Problem("stage", stage=draft.stage)
    return draft


def check_second(draft: Draft, caller: Caller) -> None:
    if caller.member in draft.writers:
        raise Problem("second-person")


async def check_reader(transaction: Transaction, organisation: str, draft: Draft, to: str | None) -> dict[str, str]:
    if to is None:
        return {}
    rows = await transaction.fetch("SELECT roles FROM members WHERE organisation = ? AND id = ? AND removed IS NULL", (organisation, to))
    if not rows:
        return {"to": "unknown"}
    if not {"admin", "editor"} & set(rows[0][0].split(",")):
        return {"to": "role"}
    return {"to": "author"} if to in draft.writers else {}


def check_words(field: str, words: str, *, empty: bool = False) -> dict[str, str]:
    if not words.strip() and not empty:
        return {field: "empty"}
    return {field: "long"} if len(words) > LONGEST_NOTE else {}
