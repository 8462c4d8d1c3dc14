"""What is published: versions of checklists, the other documents, and the manifest that names them all.

Rule: a published version never changes. The same content twice makes no new version, and a publishing is whole or not at all.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any, Literal, NamedTuple, TypeVar

import msgspec

from stormlykta.connections import Transaction
from stormlykta.shapes import Checklist, Contacts, Document, Exercises, Function, Known, Library, Messages, Vocabulary
from stormlykta.texts.documents import canonical, document_hash

PARTS = ("members", "contacts", "messages", "exercises", "vocabulary", "roster", "logo")
OPEN_CONTACTS = "contacts-open"  # the contacts without their secret numbers, when there are any
FORGOTTEN = ("members", "contacts", OPEN_CONTACTS, "roster")  # change often, and nothing names an old one
DAY = 86_400_000
Fate = Literal["new", "changed", "unchanged", "removed"]
Named = TypeVar("Named", bound=Any)


class Change(NamedTuple):
    """What became of one published thing. `version` is 0 for what has none."""

    sort: str
    id: str
    title: str
    fate: Fate
    version: int = 0


class Publisher(NamedTuple):
    organisation: str
    by: str
    now: int
    changes: str = ""
    approved_by: str | None = None  # the second person, where there was one


async def put_document(transaction: Transaction, organisation: str, data: bytes, now: int, audience: str | None = None) -> str:
    """Keeps a document; gives its hash. `audience`: leader, when only leaders may have it."""
    digest = document_hash(data)
    await transaction.fetch(
        "INSERT INTO documents (organisation, hash, bytes, created, audience) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (organisation, digest, data, now, audience),
    )
    return digest


async def get_document(transaction: Transaction, organisation: str, digest: str, leader: bool = True) -> bytes | None:
    """None: there is none, or it is for leaders and this is not one."""
    rows = await transaction.fetch("SELECT bytes, audience FROM documents WHERE organisation = ? AND hash = ?", (organisation, digest))
    return bytes(rows[0][0]) if rows and (leader or rows[0][1] is None) else None


async def put_part(transaction: Transaction, organisation: str, part: str, document: Document, now: int, audience: str | None = None) -> bool:
    """Makes `document` the current one of its part. False: it was already."""
    digest = await put_document(transaction, organisation, canonical(document), now, audience)
    before = await transaction.fetch("SELECT hash FROM parts WHERE organisation = ? AND part = ?", (organisation, part))
    if before and before[0][0] == digest:
        return False
    if before and part in FORGOTTEN:
        await supersede(transaction, organisation, before[0][0], digest, now)
    await transaction.fetch(
        "INSERT INTO parts (organisation, part, hash, published) VALUES (?, ?, ?, ?) ON CONFLICT (organisation, part) "
        "DO UPDATE SET hash = excluded.hash, published = excluded.published",
        (organisation, part, digest, now),
    )
    return True


async def remove_part(transaction: Transaction, organisation: str, part: str) -> bool:
    """There is no such part any more. False: there was none."""
    return bool(await transaction.fetch("DELETE FROM parts WHERE organisation = ? AND part = ? RETURNING part", (organisation, part)))


async def supersede(transaction: Transaction, organisation: str, old: str, new: str, now: int) -> None:
    """The old document is forgotten in a day (phones that have just heard of it may still ask), and those superseded before that now."""
    await transaction.fetch(
        "INSERT INTO superseded (organisation, hash, since) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET since = excluded.since", (organisation, old, now)
    )
    await transaction.fetch("DELETE FROM superseded WHERE organisation = ? AND hash = ?", (organisation, new))
    await transaction.fetch(
        "DELETE FROM documents AS d WHERE organisation = ?1 AND hash IN (SELECT hash FROM superseded WHERE organisation = ?1 AND since < ?2) "
        "AND NOT EXISTS (SELECT 1 FROM parts p WHERE p.organisation = d.organisation AND p.hash = d.hash)",
        (organisation, now - DAY),
    )
    await transaction.fetch("DELETE FROM superseded WHERE organisation = ? AND since < ?", (organisation, now - DAY))


async def put_contacts(transaction: Transaction, organisation: str, contacts: Contacts, now: int) -> bool:
    """Makes these the contacts: all of it for leaders, and without the secret numbers for everybody else. False: they were already."""
    shown = without_secrets(contacts)
    changed = await put_part(transaction, organisation, "contacts", contacts, now, None if shown == contacts else "leader")
    await put_part(transaction, organisation, OPEN_CONTACTS, shown, now)
    return changed


async def earlier_contacts(transaction: Transaction, organisation: str) -> AsyncIterator[tuple[Function, ...]]:
    """The functions of the lists that were in force in the last day, the newest first; those with their secret numbers before those without."""
    hashes = await transaction.fetch(
        "SELECT s.hash FROM superseded s JOIN documents d ON d.organisation = s.organisation AND d.hash = s.hash WHERE s.organisation = ? "
        'AND substr(d.bytes, 1, 18) = CAST(\'{"type":"contacts"\' AS BLOB) ORDER BY s.since DESC, d.audience IS NULL',
        (organisation,),
    )
    for (digest,) in hashes:
        data = await get_document(transaction, organisation, digest)
        if data is not None:
            yield msgspec.json.decode(data, type=Contacts).functions


def without_secrets(contacts: Contacts) -> Contacts:
    """As the list is for those who are not leaders: that there is a number is told, the number is not."""
    return Contacts(
        tuple(
            msgspec.structs.replace(
                function,
                persons=tuple(
                    msgspec.structs.replace(person, numbers=(), email=None, rakel=None, address=None, notes=None) if person.private else person
                    for person in function.persons
                ),
            )
            for function in contacts.functions
        )
    )


async def get_part(transaction: Transaction, organisation: str, part: str) -> bytes | None:
    rows = await transaction.fetch(
        "SELECT d.bytes FROM parts p JOIN documents d ON d.organisation = p.organisation AND d.hash = p.hash WHERE p.organisation = ? AND p.part = ?",
        (organisation, part),
    )
    return bytes(rows[0][0]) if rows else None


async def publish(transaction: Transaction, publisher: Publisher, library: Library) -> list[Change]:
    """Publishes all of `library`, which has been checked, and tells what was new, changed or unchanged."""
    changes = [await publish_checklist(transaction, publisher, checklist) for checklist in library.checklists]
    if library.vocabulary is not None:
        changes += await publish_vocabulary(transaction, publisher, library.vocabulary)
    if library.contacts is not None:
        changes += await publish_contacts(transaction, publisher, library.contacts)
    if library.messages.messages:
        before = await current(transaction, publisher, "messages", Messages)
        merged, messages = merge("message", before.messages if before else (), library.messages.messages)
        changes += messages
        await put_part(transaction, publisher.organisation, "messages", Messages(merged), publisher.now)
    if library.exercises.exercises:
        held = await current(transaction, publisher, "exercises", Exercises)
        drills, exercises = merge("exercise", held.exercises if held else (), library.exercises.exercises)
        changes += exercises
        await put_part(transaction, publisher.organisation, "exercises", Exercises(drills), publisher.now)
    return changes


async def publish_checklist(transaction: Transaction, publisher: Publisher, checklist: Checklist) -> Change:
    digest = await put_document(transaction, publisher.organisation, canonical(checklist), publisher.now)
    latest = await transaction.fetch(
        "SELECT version, hash FROM versions WHERE organisation = ? AND checklist = ? ORDER BY version DESC LIMIT 1", (publisher.organisation, checklist.id)
    )
    title = checklist.title.sv
    if latest and latest[0][1] == digest:
        return Change("checklist", checklist.id, title, "unchanged", latest[0][0])
    version = latest[0][0] + 1 if latest else 1
    await transaction.fetch("DELETE FROM withdrawals WHERE organisation = ? AND checklist = ?", (publisher.organisation, checklist.id))
    await transaction.fetch(
        'INSERT INTO versions (organisation, checklist, version, hash, title, kind, "order", review_by, published, published_by, changes, approved_by) '
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(publisher.organisation, checklist.id, version, digest, title, checklist.kind, checklist.order, checklist.review_by),
            *(publisher.now, publisher.by, publisher.changes, publisher.approved_by),
        ),
    )
    return Change("checklist", checklist.id, title, "changed" if latest else "new", version)


async def publish_vocabulary(transaction: Transaction, publisher: Publisher, vocabulary: Vocabulary) -> list[Change]:
    before = await current(transaction, publisher, "vocabulary", Vocabulary)
    if before is not None:
        vocabulary = Vocabulary(vocabulary.roles or before.roles, vocabulary.phases or before.phases, vocabulary.sources or before.sources)
    changed = await put_part(transaction, publisher.organisation, "vocabulary", vocabulary, publisher.now)
    return [Change("vocabulary", "roles, phases, sources", "", "new" if before is None else "changed" if changed else "unchanged")]


async def publish_contacts(transaction: Transaction, publisher: Publisher, contacts: Contacts) -> list[Change]:
    """The list replaces the functions of the kinds that it holds; others (say the public numbers) stay."""
    before = await current(transaction, publisher, "contacts", Contacts)
    kinds = {function.kind for function in contacts.functions}
    own, foreign = {"intern", "extern"}, {"public"}
    replaced = (own if kinds & own else set()) | (foreign if kinds & foreign else set())
    old = before.functions if before else ()
    gone = [function for function in old if function.kind in replaced and function.id not in {f.id for f in contacts.functions}]
    kept = tuple(function for function in old if function not in gone)
    merged, changes = merge("contact", kept, contacts.functions)
    await put_contacts(transaction, publisher.organisation, Contacts(merged), publisher.now)
    return changes + [Change("contact", function.id, function.title.sv, "removed") for function in gone]


async def current(transaction: Transaction, publisher: Publisher, part: str, shape: type[Named]) -> Named | None:
    data = await get_part(transaction, publisher.organisation, part)
    return msgspec.json.decode(data, type=shape) if data is not None else None


def merge(sort: str, before: Sequence[Named], after: Iterable[Named]) -> tuple[tuple[Named, ...], list[Change]]:
    """By id: what comes takes the place of what was; order as it was, new ones last."""
    by_id = {thing.id: thing for thing in before}
    changes = []
    for thing in after:
        was = by_id.get(thing.id)
        fate: Fate = "new" if was is None else "unchanged" if was == thing else "changed"
        changes.append(Change(sort, thing.id, thing.title.sv, fate))
        by_id[thing.id] = thing
    return tuple(by_id.values()), changes


async def read_known(transaction: Transaction, organisation: str) -> Known:
    """The ids that a new text may refer to because they are published already."""
    checklists = await transaction.fetch("SELECT DISTINCT checklist FROM versions WHERE organisation = ?", (organisation,))
    parts = {part: await get_part(transaction, organisation, part) for part in ("messages", "contacts", "vocabulary")}
    messages = msgspec.json.decode(parts["messages"] or b'{"type":"messages","messages":[]}', type=Messages)
    contacts = msgspec.json.decode(parts["contacts"] or b'{"type":"contacts","functions":[]}', type=Contacts)
    words = msgspec.json.decode(parts["vocabulary"] or b'{"type":"vocabulary","roles":[],"phases":[],"sources":[]}', type=Vocabulary)
    return Known(
        checklists=frozenset(row[0] for row in checklists),
        messages=frozenset(message.id for message in messages.messages),
        contacts=frozenset(id for function in contacts.functions for id in contact_ids(function)),
        roles=frozenset(role.id for role in words.roles),
        phases=tuple(phase.id for phase in words.phases),
        sources=frozenset(source.id for source in words.sources),
        role_titles={role.id: role.title for role in words.roles},
    )


def contact_ids(function: Function) -> list[str]:
    return [function.id, *(person.id for person in function.persons)]


async def current_checklists(transaction: Transaction, organisation: str) -> list[Checklist]:
    rows = await transaction.fetch(
        "SELECT d.bytes FROM versions v JOIN documents d ON d.organisation = v.organisation AND d.hash = v.hash WHERE v.organisation = ? AND v.version = "
        "(SELECT MAX(version) FROM versions w WHERE w.organisation = v.organisation AND w.checklist = v.checklist)",
        (organisation,),
    )
    return [msgspec.json.decode(row[0], type=Checklist) for row in rows]
