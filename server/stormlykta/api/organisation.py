"""The organisation sets itself up: names and words, the numbers on the first screen, intervals, rules, languages, logo."""

import asyncio
from typing import NamedTuple

import msgspec

from stormlykta import library
from stormlykta.connections import Transaction
from stormlykta.desk import Desk, desk
from stormlykta.errors import Problem
from stormlykta.office import audit, logos, organisations, vocabularies
from stormlykta.office.organisations import Changed, Choices
from stormlykta.office.vocabularies import ChangedWords, Use
from stormlykta.shapes import Checklist, Contacts, Exercises, Function, Logo, Messages, PhaseName, Role, Text, Vocabulary

LOGO_BYTES = 1024 * 1024
NO_WORDS = Vocabulary((), (), ())
MOST_FOUND = 30
_drawing = asyncio.Semaphore(1)  # a picture of a megabyte may unpack to two hundred


class Number(msgspec.Struct):
    """A contact that can stand on the first screen. `number` is None where there is none, or none for you to see."""

    id: str
    title: Text
    who: str
    number: str | None
    private: bool


class Words(msgspec.Struct):
    """`uses`, `phase_uses`: what is published that names a role or phase, by its id. `disordered`: cards whose phases stand in another order."""

    mark: str
    roles: tuple[Role, ...]
    phases: tuple[PhaseName, ...]
    uses: dict[str, list[Use]]
    phase_uses: dict[str, list[Use]]
    disordered: list[Use]


class SettingsView(msgspec.Struct):
    mark: str
    settings: Choices
    numbers: list[Number]
    words: Words
    logo: Logo | None


class Published(NamedTuple):
    """What the settings have to do with."""

    vocabulary: Vocabulary
    contacts: Contacts
    checklists: list[Checklist]
    messages: Messages | None
    exercises: Exercises | None


@desk(may="admin", gives=SettingsView)
async def settings(at: Desk) -> SettingsView:
    """All that an organisation can set up, and where its words are used."""
    return await at.read(lambda transaction: view(transaction, at))


@desk(may="admin", takes=Changed, gives=SettingsView, refuses=("conflict", "field"))
async def put_settings(at: Desk, asked: Changed) -> SettingsView:
    """Changes the settings that are named; the others stay."""

    async def job(transaction: Transaction) -> bool:
        before = await organisations.read_choices(transaction, at.organisation)
        if asked.mark != organisations.mark_of(before):
            return False
        contacts = await read_part(transaction, at, "contacts", Contacts) or Contacts(())
        known = frozenset(id for function in contacts.functions for id in library.contact_ids(function))
        after = organisations.revise(before, asked, known)
        was, now = await organisations.put_choices(transaction, at.organisation, before, after)
        if now:
            await audit.note(transaction, at.caller, at.now, "settings.changed", at.organisation, after.name, was, now)
        return True

    return await tell(at, await at.write(job, quiet=True))


@desk(may="admin", takes=ChangedWords, gives=SettingsView, refuses=("conflict", "field", "in-use"))
async def put_words(at: Desk, asked: ChangedWords) -> SettingsView:
    """What roles and phases are called. Who takes away a role that is used is told where, and may say that they mean it."""

    async def job(transaction: Transaction) -> bool:
        before = await read_part(transaction, at, "vocabulary", Vocabulary) or NO_WORDS
        if asked.mark != vocabularies.mark_of(before):
            return False
        after = vocabularies.revise(before, asked)
        if vocabularies.shortens(before, after):
            refuse_used(await read_published(transaction, at), after, frozenset(asked.despite))
        if await library.put_part(transaction, at.organisation, "vocabulary", after, at.now):
            title = (await organisations.read_choices(transaction, at.organisation)).name
            await audit.note(transaction, at.caller, at.now, "vocabulary.changed", at.organisation, title, *vocabularies.compare(before, after))
        return True

    return await tell(at, await at.write(job, quiet=True))


@desk(may="admin", gives=list[Number], query=("q",))
async def numbers(at: Desk) -> list[Number]:
    """The contacts that can stand on the first screen, found by their words."""
    wanted = at.query("q").casefold().split()

    async def job(transaction: Transaction) -> list[Number]:
        contacts = await read_part(transaction, at, "contacts", Contacts) or Contacts(())
        found = [function for function in contacts.functions if all(word in words_of(function) for word in wanted)]
        return [number_of(function, at.caller.leader) for function in found[:MOST_FOUND]]

    return await at.read(job)


@desk(may="admin", takes=bytes, gives=Logo, most=LOGO_BYTES, unpacked=LOGO_BYTES, refuses=("image",))
async def put_logo(at: Desk, asked: bytes) -> Logo:
    """A picture (PNG, JPEG or WebP), which is drawn anew and small."""
    async with _drawing:
        logo = await asyncio.to_thread(logos.draw_logo, asked)

    async def job(transaction: Transaction) -> Logo:
        before = await read_part(transaction, at, "logo", Logo)
        if await library.put_part(transaction, at.organisation, "logo", logo, at.now):
            title = (await organisations.read_choices(transaction, at.organisation)).name
            told = None if before is None else {"bytes": len(before.data)}
            await audit.note(transaction, at.caller, at.now, "logo.changed", at.organisation, title, told, {"bytes": len(logo.data)})
        return logo

    done = await at.write(job, quiet=True)
    await at.refresh_library()
    return done


@desk(may="admin")
async def remove_logo(at: Desk) -> None:
    """The organisation is without a logo again."""

    async def job(transaction: Transaction) -> None:
        if await library.remove_part(transaction, at.organisation, "logo"):
            title = (await organisations.read_choices(transaction, at.organisation)).name
            await audit.note(transaction, at.caller, at.now, "logo.removed", at.organisation, title)

    await at.write(job, quiet=True)
    await at.refresh_library()


async def tell(at: Desk, written: bool) -> SettingsView:
    """What there is now: as the answer, or beside the refusal to write over what the asker had not seen."""
    await at.refresh_library()
    present = await at.read(lambda transaction: view(transaction, at))
    if not written:
        raise Problem("conflict", present=msgspec.to_builtins(present))
    return present


async def view(transaction: Transaction, at: Desk) -> SettingsView:
    choices = await organisations.read_choices(transaction, at.organisation)
    published = await read_published(transaction, at)
    words, cards = published.vocabulary, published.checklists
    by_id = {id: function for function in published.contacts.functions for id in library.contact_ids(function)}
    return SettingsView(
        organisations.mark_of(choices),
        choices,
        [number_of(by_id[id], at.caller.leader, id) for id in choices.emergency if id in by_id],
        Words(
            vocabularies.mark_of(words),
            words.roles,
            words.phases,
            vocabularies.find_uses(cards, published.messages, published.exercises, published.contacts),
            vocabularies.find_phases(cards),
            vocabularies.out_of_order(cards, words.phases),
        ),
        await read_part(transaction, at, "logo", Logo),
    )


async def read_published(transaction: Transaction, at: Desk) -> Published:
    return Published(
        await read_part(transaction, at, "vocabulary", Vocabulary) or NO_WORDS,
        await read_part(transaction, at, "contacts", Contacts) or Contacts(()),
        await library.current_checklists(transaction, at.organisation),
        await read_part(transaction, at, "messages", Messages),
        await read_part(transaction, at, "exercises", Exercises),
    )


async def read_part(transaction: Transaction, at: Desk, part: str, shape: type[library.Named]) -> library.Named | None:
    return await library.current(transaction, library.Publisher(at.organisation, "", at.now), part, shape)


def refuse_used(published: Published, after: Vocabulary, despite: frozenset[str]) -> None:
    """A role that is used goes only when that is meant; a phase that is used never does: its cards could not be published again."""
    uses = vocabularies.find_uses(published.checklists, published.messages, published.exercises, published.contacts)
    phases = vocabularies.find_phases(published.checklists)
    taken = {role.id: uses[role.id] for role in vocabularies.gone(published.vocabulary.roles, after.roles) if role.id in uses and role.id not in despite}
    shut = {phase.id: phases[phase.id] for phase in vocabularies.gone(published.vocabulary.phases, after.phases) if phase.id in phases}
    if taken or shut:
        raise Problem("in-use", roles=msgspec.to_builtins(taken), phases=msgspec.to_builtins(shut))


def number_of(function: Function, leader: bool, id: str = "") -> Number:
    """As the phone would ring it: the person asked for, else the first who has a number."""
    persons = [person for person in function.persons if person.id == id and id != function.id] or list(function.persons)
    answers = next((person for person in persons if person.numbers), None)
    secret = answers is not None and answers.private
    shown = answers.numbers[0].number if answers and (leader or not secret) else None
    return Number(id or function.id, function.title, answers.name if answers else "", shown, secret)


def words_of(function: Function) -> str:
    return " ".join([function.title.sv, function.title.en or "", function.category, *(person.name for person in function.persons)]).casefold()
