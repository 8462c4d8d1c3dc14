"""Members at the desk: who they are, what they may, their phones; and the codes by which new phones join, one or many. A code is told this once."""

import asyncio
from collections.abc import Callable

import msgspec

from stormlykta import accounts
from stormlykta.connections import Transaction
from stormlykta.desk import Desk, desk
from stormlykta.errors import Problem
from stormlykta.office import audit, invitees, members, overdue, phones, qrcodes
from stormlykta.office.invitees import Fault, Invitee
from stormlykta.office.jobs import Job
from stormlykta.office.members import Asked, Changed, Gone, Member, Recognised
from stormlykta.office.qrcodes import Code
from stormlykta.shapes import Person, Text

MOST_INVITED = 1000  # in one go


class Register(msgspec.Struct):
    """`gone`: removed in the last ninety days, with their phones."""

    members: list[Member]
    gone: list[Gone]


class Made(msgspec.Struct):
    id: str


class Sheet(msgspec.Struct):
    """What one person needs to join. `email`: '' when it is not known."""

    name: str
    email: str
    code: str
    link: str
    expires: int
    qr: Code


class Sheets(msgspec.Struct):
    sheets: list[Sheet]


class Invite(msgspec.Struct):
    """Those who are to have a code: as people, as persons of the contacts (by id), as pasted lines. `roles`: of those who are no members yet."""

    members: list[Asked] = []
    contacts: list[str] = []
    lines: str = ""
    roles: list[str] = msgspec.field(default_factory=lambda: ["leader"])


class Read(msgspec.Struct):
    contacts: list[str] = []
    lines: str = ""


class Understood(msgspec.Struct):
    """What a list means, before anything is done. `member` of a person: who that is already."""

    people: list[Recognised]
    faults: list[Fault]


class Candidate(msgspec.Struct):
    """A person of the contacts. `member`: who that is already; `phones`: how many of theirs are in use."""

    id: str
    name: str
    title: Text
    email: str
    member: str | None
    phones: int


class Started(msgspec.Struct):
    job: str


class PhoneName(msgspec.Struct):
    name: str


@desk(may="admin", gives=Register)
async def list_members(at: Desk) -> Register:
    """Everybody who belongs, with roles, phones, the latest invitation and the last time at a desk."""
    shelf = await at.state.recorded_shelf(at.organisation)

    async def job(transaction: Transaction) -> Register:
        libraries = await phones.read_libraries(transaction, at.organisation, shelf, at.now)
        held = await phones.read_phones(transaction, at.organisation, libraries, at.now)
        return Register(*await members.list_members(transaction, at.organisation, held, at.now))

    return await at.read(job)


@desk(may="admin", takes=Asked, gives=Made, status=201, refuses=("field", "taken"))
async def add_member(at: Desk, asked: Asked) -> Made:
    """Adds a member."""
    member = await at.write(lambda transaction: members.add(transaction, at.caller, asked, at.now))
    await at.refresh_library()
    return Made(member)


@desk(may="admin", takes=Changed, refuses=("not-found", "field", "taken", "last-admin"))
async def change_member(at: Desk, changed: Changed) -> None:
    """Changes name, address or roles; what is left out stays."""
    await at.write(lambda transaction: members.change(transaction, at.caller, at.path("member"), changed, at.now))
    await at.refresh_library()


@desk(may="admin", refuses=("not-found", "last-admin"))
async def remove_member(at: Desk) -> None:
    """Removes a member: their phones read nothing more and wipe themselves, their seats at desks end."""
    stopped = await at.write(lambda transaction: members.remove(transaction, at.caller, at.path("member"), at.now))
    at.state.live.stop((at.organisation, phone) for phone in stopped)
    await at.refresh_library()


@desk(may="admin", gives=Sheet, status=201, refuses=("not-found",))
async def invite_member(at: Desk) -> Sheet:
    """A joining code for one more phone of this member. An older one that was never used is void."""
    invitation, email = await at.write(lambda transaction: members.invite(transaction, at.caller, at.path("member"), at.now))
    link = link_to(at, invitation.code)
    return Sheet(invitation.name, email or "", invitation.code, link, invitation.expires, qrcodes.draw(link))


@desk(may="admin", takes=Read, gives=Understood, refuses=("not-found",))
async def read_invitees(at: Desk, asked: Read) -> Understood:
    """What a list of people means: who is new, who is a member already, which lines can not be read. Nothing is written."""
    people, faults = await asyncio.to_thread(invitees.read_lines, asked.lines, MOST_INVITED)

    async def job(transaction: Transaction) -> Understood:
        chosen = await from_contacts(transaction, at, asked.contacts)
        return Understood(await members.recognise(transaction, at.organisation, [*chosen, *people]), faults)

    return await at.read(job)


@desk(may="admin", takes=Invite, gives=Started, status=202, refuses=("field", "limit", "not-found"))
async def invite_many(at: Desk, asked: Invite) -> Started:
    """Begins a job that makes a code for each; its result are the sheets. Nobody is invited unless all can be."""
    pasted, faults = await asyncio.to_thread(invitees.read_lines, asked.lines, MOST_INVITED)
    if faults:
        raise Problem("field", fields={"lines": "unreadable"}, faults=faults)
    named = [Invitee(name, email or "") for name, email, _ in map(members.check, asked.members)]
    chosen = await at.read(lambda transaction: from_contacts(transaction, at, asked.contacts))
    people = [*named, *chosen, *pasted]
    if not 0 < len(people) <= MOST_INVITED:
        raise Problem("field", fields={"members": "many" if people else "empty"})
    roles = members.check(Asked("-", asked.roles))[2]

    async def work(job: Job) -> Sheets:
        codes = [accounts.make_code() for _ in people]
        links = [link_to(at, code) for code in codes]
        drawn = await asyncio.to_thread(draw_all, links, job.watch)
        places = await at.write(lambda transaction: members.invite_many(transaction, at.caller, people, roles, codes, at.now))
        await at.refresh_library()
        expires = at.now + members.INVITE_DAYS * members.DAY
        return Sheets([Sheet(people[place].name, people[place].email, codes[place], links[place], expires, drawn[place]) for place in places])

    return Started(at.state.jobs.start(at.organisation, at.caller.seat, "invitations", work).id)


@desk(may="admin", refuses=("not-found",))
async def revoke_phone(at: Desk) -> None:
    """Revokes a phone: it reads nothing more, and wipes itself when it is told, once its unsent work has been taken."""
    phone = at.path("phone")

    async def job(transaction: Transaction) -> None:
        owner, name, revoked = await phones.find_phone(transaction, at.organisation, phone)
        await accounts.revoke_device(transaction, at.organisation, phone, at.now)
        await audit.note(transaction, at.caller, at.now, "phone.revoked", phone, f"{owner}: {name}", {"revoked": revoked}, {"revoked": revoked or at.now})

    await at.write(job)
    at.state.live.stop([(at.organisation, phone)])


@desk(may="admin", takes=PhoneName, refuses=("not-found", "field"))
async def name_phone(at: Desk, asked: PhoneName) -> None:
    """Changes what a phone is called."""
    name = accounts.plain(asked.name)[:80]
    if not name:
        raise Problem("field", fields={"name": "empty"})

    async def job(transaction: Transaction) -> None:
        owner, before = await phones.name_phone(transaction, at.organisation, at.path("phone"), name)
        await audit.note(transaction, at.caller, at.now, "phone.named", at.path("phone"), f"{owner}: {name}", {"name": before}, {"name": name})

    await at.write(job)


@desk(may="admin", gives=list[Candidate])
async def list_candidates(at: Desk) -> list[Candidate]:
    """The persons of the contacts, as people to invite."""

    async def job(transaction: Transaction) -> list[Candidate]:
        asked = overdue.asked_persons(await overdue.current_contacts(transaction, at.organisation))
        people = [invitee_of(person, at.caller.leader) for _, person in asked]
        known = await members.recognise(transaction, at.organisation, people)
        return [
            Candidate(person.id, person.name, function.title, found.email, found.member, found.phones)
            for (function, person), found in zip(asked, known, strict=True)
        ]

    return await at.read(job)


async def from_contacts(transaction: Transaction, at: Desk, ids: list[str]) -> list[Invitee]:
    """Persons of the contacts; the address of a secret one only for who may see it. Raises Problem("not-found")."""
    if not ids:
        return []
    contacts = await overdue.current_contacts(transaction, at.organisation)
    known = {person.id: person for function in contacts.functions for person in function.persons}
    if not set(ids) <= set(known):
        raise Problem("not-found")
    return [invitee_of(known[id], at.caller.leader) for id in dict.fromkeys(ids)]


def invitee_of(person: Person, secret: bool) -> Invitee:
    email = (person.email or "").lower() if secret or not person.private else ""
    return Invitee(accounts.plain(person.name)[: invitees.LONGEST_NAME], email if invitees.is_email(email) else "")


def draw_all(links: list[str], watch: Callable[[int, int], None]) -> list[Code]:
    drawn = []
    for done, link in enumerate(links):
        watch(done, len(links))
        drawn.append(qrcodes.draw(link))
    watch(len(links), len(links))
    return drawn


def link_to(at: Desk, code: str) -> str:
    root = at.state.settings.url or str(at.request.base_url).rstrip("/")
    return f"{root}/#/gamed/{code}"
