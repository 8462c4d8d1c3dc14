"""Letters of self-confirmation at the desk: written, read, accepted, declined, recalled. Rule: a link is told once, when its letter is written."""

from typing import Literal

import msgspec

from stormlykta import accounts
from stormlykta.connections import Transaction
from stormlykta.desk import Desk, desk
from stormlykta.errors import Problem
from stormlykta.office import letters
from stormlykta.office.contacts import read_contacts
from stormlykta.office.letter_answers import Change, changes, own
from stormlykta.office.letter_words import Letter, Words, compose
from stormlykta.office.letters import find
from stormlykta.shapes import Contacts, Function, Person, Text

MOST_LETTERS = 500  # in one go
MOST_OVERDUE = 500  # listed
MOST_DAYS = 90
State = Literal["waiting", "expired", "confirmed", "corrected", "accepted", "declined", "recalled"]


class To(msgspec.Struct):
    function: str
    person: str


class Write(msgspec.Struct):
    """`overdue`: to all who have not been confirmed for long and have no letter yet; else to `persons`. `days`: how long the links are good."""

    persons: list[To] = []
    overdue: bool = False
    days: int = letters.DAYS


class Made(msgspec.Struct):
    """The link is told this once."""

    id: str
    function: str
    person: str
    name: str
    title: Text
    email: str
    expires: int
    link: str
    sv: Words
    en: Words


class AllMade(msgspec.Struct):
    """`left`: so many more are overdue than fit in one go."""

    letters: list[Made]
    left: int


class Sent(msgspec.Struct):
    """The newest letter to a person, and what became of it. `gone`: the person is no longer in that function."""

    id: str
    function: str
    person: str
    name: str
    title: str
    sent: int
    sent_by: str
    expires: int
    opened: int | None
    answered: int | None
    settled: int | None
    settled_by: str | None
    state: State
    gone: bool
    changes: list[Change]
    note: str
    left: bool


class Overdue(msgspec.Struct):
    function: str
    person: str
    name: str
    title: Text
    verified: str | None
    email: bool


class Letters(msgspec.Struct):
    """`overdue`: those who have no open letter, the longest ago first, at most 500 of `overdue_count`."""

    letters: list[Sent]
    overdue: list[Overdue]
    overdue_count: int


class Accept(msgspec.Struct):
    letters: list[str]


class Refused(msgspec.Struct):
    id: str
    code: str


class Accepted(msgspec.Struct):
    refused: list[Refused]


@desk(may="editor", takes=Write, gives=AllMade, refuses=("not-found", "shape"))
async def write_letters(at: Desk, asked: Write) -> AllMade:
    """Writes letters, each with a link that is shown only now."""
    if not 1 <= asked.days <= MOST_DAYS or len(asked.persons) > MOST_LETTERS or not (asked.overdue or asked.persons):
        raise Problem("shape", f"1 to {MOST_LETTERS} persons, 1 to {MOST_DAYS} days.")

    async def job(transaction: Transaction) -> AllMade:
        contacts = await read_contacts(transaction, at.organisation)
        to = (
            await letters.without_letter(transaction, at.organisation, contacts, at.now) if asked.overdue else [named(contacts, each) for each in asked.persons]
        )
        made = await letters.write(transaction, at.caller, to[:MOST_LETTERS], asked.days, at.now)
        organisation = await accounts.organisation_name(transaction, at.organisation)
        return AllMade([told(at, organisation, letter) for letter in made], len(to) - len(made))

    return await at.write(job, quiet=asked.overdue)  # when nobody is overdue nothing is done, and nothing to be noted


def named(contacts: Contacts, to: To) -> tuple[Function, Person]:
    found = find(contacts, to.function, to.person)
    if found is None:
        raise Problem("not-found", "There is no such person in that function.", person=to.person)
    return found


def told(at: Desk, organisation: str, letter: letters.Written) -> Made:
    function, person = letter.function, letter.person
    root = at.state.settings.url or str(at.request.base_url).rstrip("/")
    link = f"{root}/#/bekrafta/{at.organisation}/{letter.token}"
    email = person.email or "" if at.caller.leader or not person.private else ""
    words = Letter(function, person, email, organisation, at.caller.name, link, letter.expires)
    texts = compose(words, "sv"), compose(words, "en")
    return Made(letter.id, function.id, person.id, person.name, function.title, email, letter.expires, link, *texts)


@desk(may="editor", gives=Letters)
async def list_letters(at: Desk) -> Letters:
    """Who has been asked, what they answered, and who should be asked."""

    async def job(transaction: Transaction) -> Letters:
        contacts = await read_contacts(transaction, at.organisation)
        sent = [describe(at, contacts, letter) for letter in await letters.latest(transaction, at.organisation)]
        late = await letters.without_letter(transaction, at.organisation, contacts, at.now)
        rows = [Overdue(f.id, p.id, p.name, f.title, p.verified, bool(p.email)) for f, p in late[:MOST_OVERDUE]]
        return Letters(sent, rows, len(late))

    return await at.read(job)


def describe(at: Desk, contacts: Contacts, letter: letters.Letter) -> Sent:
    found = find(contacts, letter.function, letter.person)
    correction = letter.correction
    private = (correction is not None and correction.private) or (found is not None and found[1].private)
    different = [] if correction is None else changes(correction, own(found[1]) if found else None, at.caller.leader or not private)
    state: State = "expired" if letter.state == "waiting" and letter.expires <= at.now else letter.state  # type: ignore[assignment]
    who = (letter.id, letter.function, letter.person, letter.name, letter.title, letter.created, letter.created_by, letter.expires)
    fate = (letter.opened, letter.answered, letter.settled, letter.settled_by, state, found is None)
    return Sent(*who, *fate, different, correction.note if correction else "", correction.left if correction else False)


@desk(may="editor", refuses=("not-found", "letter-settled", "letter-gone"))
async def accept_letter(at: Desk) -> None:
    """Publishes what the person has corrected."""

    async def job(transaction: Transaction) -> None:
        for _, problem in await letters.accept(transaction, at.caller, [at.path("letter")], at.now):
            raise problem

    await at.write(job)
    await at.refresh_library()


@desk(may="editor", takes=Accept, gives=Accepted, refuses=("shape",))
async def accept_letters(at: Desk, asked: Accept) -> Accepted:
    """Publishes many corrections in one go; those that could not be are told."""
    if not 1 <= len(asked.letters) <= MOST_LETTERS:
        raise Problem("shape", f"1 to {MOST_LETTERS} letters.")
    refused = await at.write(lambda transaction: letters.accept(transaction, at.caller, asked.letters, at.now), quiet=True)
    await at.refresh_library()
    return Accepted([Refused(id, problem.code) for id, problem in refused])


@desk(may="editor", refuses=("not-found", "letter-settled"))
async def decline_letter(at: Desk) -> None:
    """Puts a correction aside: the contact stays as it is."""
    await at.write(lambda transaction: letters.decline(transaction, at.caller, at.path("letter"), at.now))


@desk(may="editor", refuses=("not-found", "letter-settled"))
async def recall_letter(at: Desk) -> None:
    """Makes an unanswered letter's link worthless."""
    await at.write(lambda transaction: letters.recall(transaction, at.caller, at.path("letter"), at.now))
