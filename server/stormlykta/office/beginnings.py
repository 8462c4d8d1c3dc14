"""How a draft begins: blank, as a copy, from the starter library, from text, or from a version that was published.

Rule: an id is minted here, once, from the title, and is free in the whole organisation; a starter keeps its own when it can.
"""

import secrets
import string

import msgspec

from stormlykta import library
from stormlykta.connections import Transaction
from stormlykta.errors import Problem
from stormlykta.office import asides, drafts
from stormlykta.office.publishing import find_in_force, get_version
from stormlykta.office.seats import Caller
from stormlykta.shapes import Checklist, Kind, Known, PhaseName, Step, Text, Vocabulary
from stormlykta.texts.checklist_making import FIRST_EDITION, Mint, free_id, make_blank, make_first_phase, next_order, slug, tidy, with_ids
from stormlykta.texts.grammar import ID

LETTERS = string.ascii_lowercase + string.digits
LONGEST_TITLE = 200


class Taken(msgspec.Struct, frozen=True):
    """What a new checklist may not be called, and what orders there are, by kind."""

    ids: frozenset[str]
    orders: dict[str, frozenset[str]]


def mint() -> str:
    """A step's id."""
    return "s-" + "".join(secrets.choice(LETTERS) for _ in range(10))


async def read_phases(transaction: Transaction, organisation: str) -> tuple[PhaseName, ...]:
    data = await library.get_part(transaction, organisation, "vocabulary")
    return msgspec.json.decode(data, type=Vocabulary).phases if data else ()


async def read_ids(transaction: Transaction, organisation: str) -> frozenset[str]:
    """The checklists that there are, published or drafted."""
    rows = await transaction.fetch(
        "SELECT checklist FROM drafts WHERE organisation = ?1 UNION SELECT checklist FROM versions WHERE organisation = ?1", (organisation,)
    )
    return frozenset(row[0] for row in rows)


async def read_taken(transaction: Transaction, organisation: str) -> Taken:
    """Also ids of what was thrown away, so that an old text never turns up under a new list."""
    used = await read_ids(transaction, organisation)
    thrown = await transaction.fetch("SELECT DISTINCT checklist FROM draft_texts WHERE organisation = ?", (organisation,))
    known: Known = await library.read_known(transaction, organisation)
    orders: dict[str, set[str]] = {}
    for kind, order in await transaction.fetch('SELECT DISTINCT kind, "order" FROM versions WHERE organisation = ?', (organisation,)):
        orders.setdefault(kind, set()).add(order)
    for draft in await drafts.list_drafts(transaction, organisation):
        document = draft.document
        orders.setdefault(document.kind, set()).add(document.order)
    ids = used | {row[0] for row in thrown} | known.contacts | known.messages | known.roles
    return Taken(ids, {kind: frozenset(found) for kind, found in orders.items()})


def begin_blank(kind: Kind, title: str, phases: tuple[PhaseName, ...], taken: Taken, mint: Mint) -> Checklist:
    """One phase with one empty step, so that one can begin to write."""
    title = check_title(title)
    blank = make_blank(free_id(slug(title), taken.ids), kind, title, next_order(kind, taken.orders.get(kind, ())))
    return msgspec.structs.replace(blank, phases=(make_first_phase(phases, (Step(id=mint(), text=Text("")),)),))


def begin_copy(of: Checklist, title: str | None, taken: Taken, mint: Mint) -> Checklist:
    """Under another title and other ids; nobody has reviewed it."""
    said = Text(check_title(title)) if title is not None else Text(f"{of.title.sv} (kopia)", f"{of.title.en} (copy)" if of.title.en else None)
    return renamed(msgspec.structs.replace(of, title=said, edition=FIRST_EDITION, reviewed="", review_by=""), slug(said.sv), taken, mint)


def begin_starter(starter: Checklist, taken: Taken, mint: Mint) -> Checklist:
    unread = msgspec.structs.replace(starter, reviewed="", review_by="")
    return unread if starter.id not in taken.ids else renamed(unread, starter.id, taken, mint)


def begin_read(document: Checklist, taken: Taken, mint: Mint) -> Checklist:
    """From text: its id is kept when it is free, and so are its steps'; in an organisation that has it already both are others."""
    title = tidy(document.title.sv)
    document = with_ids(msgspec.structs.replace(document, reviewed="", review_by="", edition=FIRST_EDITION), mint)
    wanted = document.id if ID.fullmatch(document.id) else ""
    if wanted and wanted not in taken.ids:
        return document if document.order else msgspec.structs.replace(document, order=next_order(document.kind, taken.orders.get(document.kind, ())))
    return renamed(document, wanted or slug(title), taken, mint, steps=bool(wanted))


def renamed(document: Checklist, wanted: str, taken: Taken, mint: Mint, *, steps: bool = True) -> Checklist:
    """Under a free id and at the end of its kind; its steps are other steps."""
    order = next_order(document.kind, taken.orders.get(document.kind, ()))
    other = msgspec.structs.replace(document, id=free_id(wanted, taken.ids), order=order)
    return with_ids(other, mint, anew=True) if steps else other


def check_title(title: str) -> str:
    tidied = tidy(title)
    if not tidied or len(tidied) > LONGEST_TITLE:
        raise Problem("field", fields={"title": "long" if tidied else "empty"})
    return tidied


async def find_original(transaction: Transaction, organisation: str, checklist: str) -> Checklist:
    """What a copy is made of: the version in force, else the draft. Raises Problem("not-found")."""
    _, document = await find_in_force(transaction, organisation, checklist)
    return document or (await drafts.get_draft(transaction, organisation, checklist)).document


async def begin_from_version(transaction: Transaction, caller: Caller, now: int, checklist: str, version: int | None) -> None:
    """Begins a draft from the version in force, or from an older one; what was never published is taken up again as it was thrown away.

    Raises Problem: "draft-exists", "not-found".
    """
    in_force, document = await find_in_force(transaction, caller.organisation, checklist)
    writers: tuple[str, ...] = ()
    if version is not None:
        document = await get_version(transaction, caller.organisation, checklist, version)
    elif document is None:
        thrown = await asides.list_all(transaction, caller.organisation, checklist)
        if not thrown:
            await drafts.get_draft(transaction, caller.organisation, checklist)
            raise Problem("draft-exists")
        last = next((aside for aside in thrown if aside.why == "discarded"), thrown[0])
        document, writers = last.document, (*last.writers, caller.member)
    await drafts.start(transaction, caller, now, document, version or in_force, writers)
