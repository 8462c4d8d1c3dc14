"""Who belongs to the organisation, as its administrators look after them: added, changed, removed, invited.

Rule: an organisation is never without an administrator. Who is removed is gone from lists and desks at once; what their phones still bring is taken.
"""

import secrets
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import UNSET, Struct, UnsetType

from stormlykta import accounts
from stormlykta.accounts import ROLES
from stormlykta.connections import Transaction
from stormlykta.errors import Problem
from stormlykta.office import audit, seats
from stormlykta.office.invitees import LONGEST_NAME, Invitee, is_email
from stormlykta.office.phones import Phone
from stormlykta.office.seats import Caller

INVITE_DAYS = 7  # a printed sheet is handed out at next week's meeting
GONE_DAYS = 90  # for so long a removed member's phones are shown
DAY = 86_400_000


class Invitation(Struct):
    """The latest. `used`: when a phone joined by it."""

    created: int
    expires: int
    used: int | None


class AtDesk(Struct):
    """How many ways of signing in there are, and when the member last sat at a desk."""

    credentials: int
    last: int | None


class Member(Struct):
    id: str
    name: str
    email: str | None
    roles: list[str]
    phones: list[Phone]
    invitation: Invitation | None
    desk: AtDesk


class Gone(Struct):
    """Who was removed not long ago, and had a phone."""

    id: str
    name: str
    removed: int
    phones: list[Phone]


class Asked(Struct):
    """Who is to be. `email` may be left out."""

    name: str
    roles: list[str]
    email: str | None = None


class Changed(Struct):
    """What is to be otherwise: what is left out stays."""

    name: str | UnsetType = UNSET
    email: str | UnsetType | None = UNSET
    roles: list[str] | UnsetType = UNSET


class Recognised(NamedTuple):
    """A person to invite, and which member that is already; None: nobody. `phones`: how many of theirs are in use."""

    name: str
    email: str
    member: str | None
    phones: int


async def list_members(transaction: Transaction, organisation: str, phones: dict[str, list[Phone]], now: int) -> tuple[list[Member], list[Gone]]:
    """By name, in the order of the Swedish alphabet as far as SQL knows it; the screen sorts them once more."""
    rows = await transaction.fetch("SELECT id, name, email, roles, removed FROM members WHERE organisation = ? ORDER BY name, id", (organisation,))
    invited = await transaction.fetch("SELECT member, created, expires, used FROM invitations WHERE organisation = ? ORDER BY created", (organisation,))
    invitations = {member: Invitation(*rest) for member, *rest in invited}
    ways = await by_member(transaction, "SELECT member, count(*) FROM credentials WHERE organisation = ? GROUP BY member", organisation)
    sat = await by_member(transaction, "SELECT member, max(used) FROM seats WHERE organisation = ? GROUP BY member", organisation)
    members = [
        Member(id, name, email, roles_of(roles), phones.get(id, []), invitations.get(id), AtDesk(ways.get(id, 0), sat.get(id)))
        for id, name, email, roles, removed in rows
        if removed is None
    ]
    gone = [Gone(id, name, removed, phones[id]) for id, name, _, _, removed in rows if removed is not None and removed > now - GONE_DAYS * DAY and id in phones]
    return members, gone


async def add(transaction: Transaction, caller: Caller, asked: Asked, now: int) -> str:
    """The new member's id. Raises Problem "field" or "taken"."""
    name, email, roles = check(asked)
    await keep_email_single(transaction, caller.organisation, email, "")
    member = secrets.token_urlsafe(8)
    await transaction.fetch(
        "INSERT INTO members (organisation, id, name, roles, email) VALUES (?, ?, ?, ?, ?)", (caller.organisation, member, name, ",".join(roles), email)
    )
    await accounts.publish_members(transaction, caller.organisation, now)
    await audit.note(transaction, caller, now, "member.added", member, name, None, {"roles": roles, **({"email": email} if email else {})})
    return member


async def change(transaction: Transaction, caller: Caller, member: str, changed: Changed, now: int) -> None:
    """Raises Problem "not-found", "field", "taken" or "last-admin"."""
    was = await find(transaction, caller.organisation, member)
    wanted = Asked(
        was.name if changed.name is UNSET else changed.name,
        was.roles if changed.roles is UNSET else changed.roles,
        was.email if changed.email is UNSET else changed.email,
    )
    name, email, roles = check(wanted)
    await keep_email_single(transaction, caller.organisation, email, member)
    if "admin" in was.roles and "admin" not in roles:
        await keep_an_admin(transaction, caller.organisation, member)
    await transaction.fetch(
        "UPDATE members SET name = ?, email = ?, roles = ? WHERE organisation = ? AND id = ?", (name, email, ",".join(roles), caller.organisation, member)
    )
    await seats.clear_seats(transaction, caller.organisation, member, was.roles, roles, now)
    await accounts.publish_members(transaction, caller.organisation, now)
    is_now = Asked(name, roles, email)
    fields = [field for field in Asked.__struct_fields__ if getattr(was, field) != getattr(is_now, field)]
    before, after = ({field: getattr(each, field) for field in fields} for each in (was, is_now))
    await audit.note(transaction, caller, now, "member.changed", member, name, before, after)


async def remove(transaction: Transaction, caller: Caller, member: str, now: int) -> list[str]:
    """The member's phones, whose streams are to end. Raises Problem "not-found" or "last-admin"."""
    was = await find(transaction, caller.organisation, member)
    if "admin" in was.roles:
        await keep_an_admin(transaction, caller.organisation, member)
    about = (caller.organisation, member)
    await transaction.fetch("UPDATE members SET removed = ? WHERE organisation = ? AND id = ?", (now, *about))
    await transaction.fetch("DELETE FROM credentials WHERE organisation = ? AND member = ?", about)
    await transaction.fetch("DELETE FROM trials WHERE organisation = ? AND member = ?", about)
    await transaction.fetch("DELETE FROM invitations WHERE organisation = ? AND member = ? AND used IS NULL", about)
    await transaction.fetch("UPDATE links SET used = ? WHERE organisation = ? AND member = ? AND used IS NULL", (now, *about))
    await seats.end_seats(transaction, caller.organisation, member, now)
    await accounts.publish_members(transaction, caller.organisation, now)
    phones = [row[0] for row in await transaction.fetch("SELECT id FROM devices WHERE organisation = ? AND member = ?", about)]
    await audit.note(transaction, caller, now, "member.removed", member, was.name, {"roles": was.roles}, {"phones": len(phones)})
    return phones


async def invite(transaction: Transaction, caller: Caller, member: str, now: int) -> tuple[accounts.Invitation, str | None]:
    """A fresh code, and the member's address; an older one that was never used is worth nothing any more. Raises Problem("not-found")."""
    was = await find(transaction, caller.organisation, member)
    code, expires = accounts.make_code(), now + INVITE_DAYS * DAY
    await accounts.put_codes(transaction, caller.organisation, [(member, code)], now, expires)
    await audit.note(transaction, caller, now, "member.invited", member, was.name, None, {"expires": expires})
    return accounts.Invitation(code, expires, caller.organisation, member, was.name), was.email


async def invite_many(transaction: Transaction, caller: Caller, people: Sequence[Invitee], roles: list[str], codes: Sequence[str], now: int) -> list[int]:
    """A code for each, in order; who is no member becomes one with `roles`. Gives the places of those who got theirs: nobody gets two."""
    invited: dict[str, int] = {}
    addresses: set[str] = set()
    added: list[tuple[str, str, str, str, str | None]] = []
    for at, person in enumerate(await recognise(transaction, caller.organisation, people)):
        member = person.member or secrets.token_urlsafe(8)
        if member in invited or person.email in addresses:
            continue
        invited[member] = at
        addresses |= {person.email} - {""}
        if person.member is None:
            added.append((caller.organisation, member, person.name, ",".join(roles), person.email or None))
        elif person.email:
            await transaction.fetch(
                "UPDATE members SET email = ? WHERE organisation = ? AND id = ? AND email IS NULL", (person.email, caller.organisation, member)
            )
    await transaction.insert("INSERT INTO members (organisation, id, name, roles, email)", added)
    await accounts.put_codes(transaction, caller.organisation, [(member, codes[at]) for member, at in invited.items()], now, now + INVITE_DAYS * DAY)
    await accounts.publish_members(transaction, caller.organisation, now)
    for _, member, name, _, email in added:
        await audit.note(transaction, caller, now, "member.added", member, name, None, {"roles": roles, **({"email": email} if email else {})})
    names = [people[at].name for at in invited.values()]
    await audit.note(transaction, caller, now, "members.invited", "", ", ".join(names[:3]) + (" …" if len(names) > 3 else ""), None, {"count": len(names)})
    return list(invited.values())


async def recognise(transaction: Transaction, organisation: str, people: Sequence[Invitee]) -> list[Recognised]:
    """Who of these is a member: by address, else by a name that is theirs alone and has no other address."""
    rows = await transaction.fetch("SELECT id, name, email FROM members WHERE organisation = ? AND removed IS NULL", (organisation,))
    phones = await by_member(transaction, "SELECT member, count(*) FROM devices WHERE organisation = ? AND revoked IS NULL GROUP BY member", organisation)
    by_email = {email: (id, email) for id, _, email in rows if email}
    names = Counter(name.casefold() for _, name, _ in rows)
    by_name = {name.casefold(): (id, email) for id, name, email in rows if names[name.casefold()] == 1}
    found = []
    for person in people:
        known = by_email.get(person.email) if person.email else None
        if known is None and (named := by_name.get(person.name.casefold())) and not (person.email and named[1]):
            known = named
        found.append(Recognised(person.name, person.email, known[0] if known else None, phones.get(known[0], 0) if known else 0))
    return found


async def find(transaction: Transaction, organisation: str, member: str) -> Asked:
    """Raises Problem("not-found"), also for one who is removed."""
    rows = await transaction.fetch("SELECT name, roles, email FROM members WHERE organisation = ? AND id = ? AND removed IS NULL", (organisation, member))
    if not rows:
        raise Problem("not-found")
    name, roles, email = rows[0]
    return Asked(name, roles_of(roles), email)


def check(asked: Asked) -> tuple[str, str | None, list[str]]:
    """Name, address and roles as they are kept. Raises Problem("field", fields={field: why}): empty, long, email, unknown."""
    name, email = accounts.plain(asked.name), (asked.email or "").strip().lower() or None
    wrong: dict[str, str] = {}
    if not name or len(name) > LONGEST_NAME:
        wrong["name"] = "long" if name else "empty"
    if email is not None and not is_email(email):
        wrong["email"] = "email"
    if not asked.roles or not set(asked.roles) <= set(ROLES):
        wrong["roles"] = "unknown" if asked.roles else "empty"
    if wrong:
        raise Problem("field", fields=wrong)
    return name, email, [role for role in ROLES if role in asked.roles]


async def keep_email_single(transaction: Transaction, organisation: str, email: str | None, member: str) -> None:
    """Raises Problem("taken") when another member has the address."""
    if email is None:
        return
    rows = await transaction.fetch(
        "SELECT name FROM members WHERE organisation = ? AND email = ? AND id <> ? AND removed IS NULL", (organisation, email, member)
    )
    if rows:
        raise Problem("taken", field="email", by=rows[0][0])


async def keep_an_admin(transaction: Transaction, organisation: str, member: str) -> None:
    """Raises Problem("last-admin") when nobody else is one."""
    rows = await transaction.fetch("SELECT roles FROM members WHERE organisation = ? AND id <> ? AND removed IS NULL", (organisation, member))
    if not any("admin" in roles_of(row[0]) for row in rows):
        raise Problem("last-admin")


async def by_member(transaction: Transaction, sql: str, organisation: str) -> dict[str, int]:
    return {row[0]: row[1] for row in await transaction.fetch(sql, (organisation,))}


def roles_of(kept: str) -> list[str]:
    return [role for role in ROLES if role in kept.split(",")]
