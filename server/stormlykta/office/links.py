"""One-time links into administration: the first way in, and the way back for who has lost theirs.

Rule: 256 random bits, a day, once; only the SHA-256 is kept, and a newer link for the same purpose ends the older ones.
"""

import secrets
from typing import NamedTuple

from stormlykta import accounts
from stormlykta.accounts import DAY, digest, publish_members
from stormlykta.config import FIRST_ORGANISATION
from stormlykta.connections import Transaction
from stormlykta.errors import Problem
from stormlykta.office import audit, seats
from stormlykta.office.credentials import folded, list_credentials, named
from stormlykta.office.seats import DESK_ROLES, outsider

HOURS = 24
KEPT_DAYS = 30  # so long a link that is over can still be told from one that never was


class Link(NamedTuple):
    """`member` None: whoever opens it becomes an administrator under the name they give."""

    member: str | None
    name: str
    roles: frozenset[str]


async def make_link(transaction: Transaction, organisation: str, member: str | None, now: int) -> str:
    """A fresh token. Who may ask for it, and the note in the audit trail, are the caller's."""
    await transaction.fetch(
        "UPDATE links SET expires = ?1 WHERE organisation = ?2 AND member IS ?3 AND used IS NULL AND expires > ?1", (now, organisation, member)
    )
    await transaction.fetch("DELETE FROM links WHERE expires < ?", (now - KEPT_DAYS * DAY,))
    token = secrets.token_urlsafe(32)
    await transaction.fetch(
        "INSERT INTO links (token, organisation, member, created, expires) VALUES (?, ?, ?, ?, ?)",
        (digest(token), organisation, member, now, now + HOURS * 3_600_000),
    )
    return token


def address(url: str, organisation: str, token: str) -> str:
    """Where a link leads. The token stands after #, which no browser sends: it can be in no server's log."""
    return f"{url}/#/valkommen/{organisation}/{token}"


class Made(NamedTuple):
    """A link that the operator is told of. `name` is '' where whoever opens it gives their own."""

    organisation: str
    organisation_name: str
    name: str
    token: str


async def make_first_links(transaction: Transaction, now: int) -> list[Made]:
    """One for each organisation where no administrator has a way in. A server without any gets its first organisation."""
    if await accounts.first_organisation(transaction) is None:
        await accounts.ensure_organisation(transaction, *FIRST_ORGANISATION, now)
    made = []
    for organisation in await without_administrator(transaction):
        await audit.note(transaction, outsider(organisation, "stormlykta serve"), now, "link.made", "", "")
        token = await make_link(transaction, organisation, None, now)
        made.append(Made(organisation, await named(transaction, organisation) or organisation, "", token))
    return made


async def make_operators_link(transaction: Transaction, organisation: str, name: str, now: int) -> Made | list[str]:
    """For who is named, who becomes an administrator by it; else for the one there is, else for the first. Several: their names, to choose among."""
    operator, member = outsider(organisation, "stormlykta admin-link"), None
    if name:
        member, name, deed = await make_administrator(transaction, organisation, name, secrets.token_urlsafe(8), now)
        if deed:
            await audit.note(transaction, operator, now, deed, member, name, None, {"roles": ["admin"]} if deed == "member.added" else {"role": "admin"})
    else:
        known = await administrators(transaction, organisation)
        if len(known) > 1:
            return [each[1] for each in known]
        member, name = known[0] if known else (None, "")
    await audit.note(transaction, operator, now, "link.made", member or "", name)
    return Made(organisation, await named(transaction, organisation) or organisation, name, await make_link(transaction, organisation, member, now))


async def read_link(transaction: Transaction, organisation: str, token: str, now: int) -> Link:
    """Raises Problem: "link" for one that is none here, "used", "expired"."""
    rows = await transaction.fetch(
        "SELECT l.member, l.used, l.expires, m.name, m.roles, m.removed FROM links l "
        "LEFT JOIN members m ON m.organisation = l.organisation AND m.id = l.member WHERE l.token = ? AND l.organisation = ?",
        (digest(token), organisation),
    )
    if not rows:
        raise Problem("link")
    member, used, expires, name, roles, removed = rows[0]
    if used is not None:
        raise Problem("used", "The link has already been used. Ask for a new one.")
    if expires <= now:
        raise Problem("expired", "The link is no longer valid. Ask for a new one.")
    if member is None:
        return Link(None, "", frozenset({"admin"}))
    if removed is not None or not DESK_ROLES & set(roles.split(",")):
        raise Problem("link")
    return Link(member, name, frozenset(roles.split(",")))


async def use_link(transaction: Transaction, organisation: str, token: str, now: int) -> Link:
    """As `read_link`, and the link is over."""
    link = await read_link(transaction, organisation, token, now)
    await transaction.fetch("UPDATE links SET used = ? WHERE token = ? AND organisation = ?", (now, digest(token), organisation))
    return link


async def claim_administrator(transaction: Transaction, organisation: str, name: str, fresh: str, now: int) -> tuple[str, str, str]:
    """As `make_administrator`, for whoever holds a link that names nobody."""
    await check_unclaimed(transaction, organisation, name)
    return await make_administrator(transaction, organisation, name, fresh, now)


async def check_unclaimed(transaction: Transaction, organisation: str, name: str) -> None:
    """Raises Problem("taken") when somebody of that name has ways in of their own: nobody gets into another's place by a name."""
    known = await member_called(transaction, organisation, name)
    if known is not None and await list_credentials(transaction, organisation, known[0]):
        raise Problem("taken")


async def make_administrator(transaction: Transaction, organisation: str, name: str, fresh: str, now: int) -> tuple[str, str, str]:
    """(member, name, the deed that was done: "", "member.added" or "member.changed"). Who has this name becomes an administrator too; else `fresh` is made."""
    known = await member_called(transaction, organisation, name)
    if known is not None and "admin" in known[2].split(","):
        return known[0], known[1], ""
    if known is None:
        await transaction.fetch("INSERT INTO members (organisation, id, name, roles) VALUES (?, ?, ?, 'admin')", (organisation, fresh, name))
    else:
        roles = ",".join(filter(None, (*known[2].split(","), "admin")))
        await seats.clear_seats(transaction, organisation, known[0], known[2].split(","), ("admin",), now)
        await transaction.fetch("UPDATE members SET roles = ? WHERE organisation = ? AND id = ?", (roles, organisation, known[0]))
    await publish_members(transaction, organisation, now)
    return (fresh, name, "member.added") if known is None else (known[0], known[1], "member.changed")


async def member_called(transaction: Transaction, organisation: str, name: str) -> tuple[str, str, str] | None:
    """(id, name, roles) of the member with that name or e-mail address; of several an administrator first."""
    rows = await transaction.fetch("SELECT id, name, roles, email FROM members WHERE organisation = ? AND removed IS NULL ORDER BY id", (organisation,))
    found = [(id, called, roles) for id, called, roles, email in rows if folded(name) in (folded(called), folded(email or ""))]
    return min(found, key=lambda each: "admin" not in each[2].split(","), default=None)


async def administrators(transaction: Transaction, organisation: str) -> list[tuple[str, str]]:
    """(member, name) of each."""
    rows = await transaction.fetch(
        "SELECT id, name FROM members WHERE organisation = ? AND removed IS NULL AND ',' || roles || ',' LIKE '%,admin,%' ORDER BY name, id", (organisation,)
    )
    return [(row[0], row[1]) for row in rows]


async def without_administrator(transaction: Transaction) -> list[str]:
    """The organisations on this server where no administrator has a way in."""
    rows = await transaction.fetch(
        "SELECT o.id FROM organisations o WHERE NOT EXISTS (SELECT 1 FROM members m JOIN credentials c ON c.organisation = m.organisation AND c.member = m.id "
        "WHERE m.organisation = o.id AND m.removed IS NULL AND ',' || m.roles || ',' LIKE '%,admin,%') ORDER BY o.rowid"
    )
    return [row[0] for row in rows]
