"""An organisation's own settings, as the manifest hands them to every phone; and the organisations of a server, as its operator sees them.

Rule: settings are one JSON object; a key that is not there has the default that stands here. What is put in has been checked field by field.
"""

from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType

from stormlykta import accounts, library
from stormlykta.connections import Row, Transaction
from stormlykta.errors import Problem
from stormlykta.shapes import Contacts, Exercises, Messages, Text, Vocabulary
from stormlykta.texts.documents import document_hash

LONGEST_NAME = 80
LONGEST_WORD = 60
MOST_LEVELS = 8
MOST_CALLS = 3  # on the first screen
RANGES = {"review_months": (1, 60), "contact_days": (7, 1095)}
SPOKEN = ("sv", "en")


class Choices(Struct, frozen=True, kw_only=True):
    """All that an organisation has chosen. `name` stands in a column of its own, the rest in `settings`."""

    name: str
    emergency: tuple[str, ...] = ("112", "tib", "lansstyrelsen-tib")  # contacts: the numbers on the first screen
    review_months: int = 12  # how long a checklist holds, as proposed when it is published
    contact_days: int = 365  # how old a confirmation may be, where a contact says nothing of its own
    second_person: bool = False
    languages: tuple[str, ...] = SPOKEN
    staff: Text | None = None  # what the crisis staff is called
    levels: tuple[Text, ...] = ()  # of activation, the lowest first


class Changed(Struct, kw_only=True):
    """What somebody wants otherwise: what is left out stays. `mark`: what they saw."""

    mark: str
    name: str | UnsetType = UNSET
    emergency: tuple[str, ...] | UnsetType = UNSET
    review_months: int | UnsetType = UNSET
    contact_days: int | UnsetType = UNSET
    second_person: bool | UnsetType = UNSET
    languages: tuple[str, ...] | UnsetType = UNSET
    staff: Text | UnsetType | None = UNSET
    levels: tuple[Text, ...] | UnsetType = UNSET


DEFAULTS: dict[str, Any] = {key: value for key, value in msgspec.to_builtins(Choices(name="")).items() if key != "name" and value is not None}


async def describe(transaction: Transaction, organisation: str) -> dict[str, Any]:
    """Id, name and settings, defaults filled in."""
    name, settings = await read_stored(transaction, organisation)
    return {**DEFAULTS, **settings, "id": organisation, "name": name}


async def read_choices(transaction: Transaction, organisation: str) -> Choices:
    name, settings = await read_stored(transaction, organisation)
    return msgspec.convert({**settings, "name": name}, Choices)


async def read_stored(transaction: Transaction, organisation: str) -> tuple[str, dict[str, Any]]:
    ((name, settings),) = await transaction.fetch("SELECT name, settings FROM organisations WHERE id = ?", (organisation,))
    return str(name), dict(msgspec.json.decode(settings))


async def member_email(transaction: Transaction, organisation: str, member: str) -> str | None:
    rows = await transaction.fetch("SELECT email FROM members WHERE organisation = ? AND id = ?", (organisation, member))
    return rows[0][0] if rows else None


def mark_of(choices: Choices) -> str:
    """Another mark: somebody has changed something since."""
    return document_hash(msgspec.json.encode(choices))


def revise(before: Choices, asked: Changed, contacts: frozenset[str]) -> Choices:
    """The settings as they are wanted. Raises Problem("field", fields={field: why}): empty, long, many, twice, unknown, range, languages."""
    wanted = {name: plainly(value) for name in Choices.__struct_fields__ if (value := getattr(asked, name)) is not UNSET}
    after = msgspec.structs.replace(before, **wanted)
    wrong = {
        **check_name("name", after.name, LONGEST_NAME),
        **(check_text("staff", after.staff, LONGEST_WORD) if after.staff else {}),
        **check_levels(after.levels),
        **check_calls(after.emergency, contacts | frozenset(before.emergency)),
        **{field: "range" for field, (least, most) in RANGES.items() if not least <= getattr(after, field) <= most},
    }
    if after.languages not in (SPOKEN[:1], SPOKEN):
        wrong["languages"] = "languages"
    wrong = {field: why for field, why in wrong.items() if field.split(".")[0] in wanted}
    if wrong:
        raise Problem("field", fields=wrong)
    return after


async def put_choices(transaction: Transaction, organisation: str, before: Choices, after: Choices) -> tuple[dict[str, Any], dict[str, Any]]:
    """Keeps what has changed, and gives it: before and after. Settings that are not known here are left as they are."""
    old, new = msgspec.to_builtins(before), msgspec.to_builtins(after)
    changed = [field for field in new if new[field] != old[field]]
    _, stored = await read_stored(transaction, organisation)
    settings = {**stored, **{field: new[field] for field in changed if field != "name"}}
    await transaction.fetch("UPDATE organisations SET name = ?, settings = ? WHERE id = ?", (after.name, msgspec.json.encode(settings).decode(), organisation))
    return {field: old[field] for field in changed}, {field: new[field] for field in changed}


async def add(transaction: Transaction, organisation: str, name: str, like: str | None, now: int) -> None:
    """A new organisation. Like another: its settings, words, checklists, messages and exercises, and the public numbers; never its people.

    Raises Problem: "shape" for an id that is none, "taken" for one that is there, "field" for a name that is none, "not-found" for a model that is none.
    """
    name = accounts.plain(name)
    if wrong := check_name("name", name, LONGEST_NAME):
        raise Problem("field", fields=wrong)
    if like is not None and not await transaction.fetch("SELECT 1 FROM organisations WHERE id = ?", (like,)):
        raise Problem("not-found")
    if not await accounts.ensure_organisation(transaction, organisation, name, now):
        raise Problem("taken")
    if like is not None:
        await copy(transaction, like, organisation, now)


async def copy(transaction: Transaction, like: str, organisation: str, now: int) -> None:
    name, settings = await read_stored(transaction, like)
    await transaction.fetch("UPDATE organisations SET settings = ? WHERE id = ?", (msgspec.json.encode(settings).decode(), organisation))
    source = library.Publisher(like, "", now)
    words, messages, exercises, contacts = (
        await library.current(transaction, source, "vocabulary", Vocabulary),
        await library.current(transaction, source, "messages", Messages),
        await library.current(transaction, source, "exercises", Exercises),
        await library.current(transaction, source, "contacts", Contacts),
    )
    for part, document in (("vocabulary", words), ("messages", messages), ("exercises", exercises)):
        if document is not None:
            await library.put_part(transaction, organisation, part, document, now)
    if contacts is not None:
        public = Contacts(tuple(function for function in contacts.functions if function.kind == "public"))
        await library.put_contacts(transaction, organisation, library.without_secrets(public), now)
    publisher = library.Publisher(organisation, name, now)
    withdrawn = {row[0] for row in await transaction.fetch("SELECT checklist FROM withdrawals WHERE organisation = ?", (like,))}
    for checklist in await library.current_checklists(transaction, like):
        if checklist.id not in withdrawn:
            await library.publish_checklist(transaction, publisher, checklist)


async def list_organisations(transaction: Transaction) -> list[Row]:
    """(id, name, administrators, members, phones, checklists), the first made first."""
    return await transaction.fetch(
        "SELECT o.id, o.name, "
        "(SELECT count(*) FROM members m WHERE m.organisation = o.id AND m.removed IS NULL AND ',' || m.roles || ',' LIKE '%,admin,%'), "
        "(SELECT count(*) FROM members m WHERE m.organisation = o.id AND m.removed IS NULL), "
        "(SELECT count(*) FROM devices d WHERE d.organisation = o.id AND d.revoked IS NULL), "
        "(SELECT count(DISTINCT checklist) FROM versions v WHERE v.organisation = o.id) FROM organisations o ORDER BY o.rowid"
    )


def plainly(value: Any) -> Any:
    """Words without control characters and with nothing round them; a translation of nothing is none."""
    if isinstance(value, str):
        return accounts.plain(value)
    if isinstance(value, Text):
        return Text(accounts.plain(value.sv), accounts.plain(value.en or "") or None)
    return tuple(plainly(each) for each in value) if isinstance(value, tuple) else value


def check_name(field: str, name: str, longest: int) -> dict[str, str]:
    return {field: "empty"} if not name else {field: "long"} if len(name) > longest else {}


def check_text(field: str, text: Text, longest: int) -> dict[str, str]:
    return check_name(field, text.sv, longest) or ({field: "long"} if len(text.en or "") > longest else {})


def check_levels(levels: tuple[Text, ...]) -> dict[str, str]:
    if len(levels) > MOST_LEVELS:
        return {"levels": "many"}
    wrong = {field: why for at, level in enumerate(levels) for field, why in check_text(f"levels.{at}", level, LONGEST_WORD).items()}
    names = [level.sv.casefold() for level in levels]
    return wrong or {f"levels.{at}": "twice" for at, name in enumerate(names) if name in names[:at]}


def check_calls(calls: tuple[str, ...], known: frozenset[str]) -> dict[str, str]:
    if len(calls) > MOST_CALLS:
        return {"emergency": "many"}
    if len(set(calls)) < len(calls):
        return {"emergency": "twice"}
    return {"emergency": "unknown"} if set(calls) - known else {}
