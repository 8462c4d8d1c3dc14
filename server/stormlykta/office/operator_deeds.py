"""What an operator does at the command line, told to the audit trail as the same deeds are at a desk.

Rule: who acts here has no seat and no member's name, only the command's; who they say they are stands in what they did.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from stormlykta import accounts
from stormlykta.accounts import Invitation
from stormlykta.connections import Transaction
from stormlykta.library import Change, Publisher
from stormlykta.office import audit, links, organisations, seats
from stormlykta.office.seats import outsider


async def tell_published(transaction: Transaction, command: str, publisher: Publisher, changes: Sequence[Change]) -> None:
    """Each checklist by itself; all else together, as a sum."""
    caller = outsider(publisher.organisation, f"stormlykta {command}")
    for change in changes:
        if change.sort == "checklist" and change.fate in ("new", "changed"):
            before = {"version": change.version - 1} if change.version > 1 else None
            after = {"version": change.version, "changes": publisher.changes, "by": publisher.by}
            await audit.note(transaction, caller, publisher.now, "checklist.published", change.id, change.title, before, after)
    others = Counter((change.sort, change.fate) for change in changes if change.fate != "unchanged" and change.sort != "checklist")
    if others:
        sums = {f"{sort}-{fate}": count for (sort, fate), count in others.items()}
        await audit.note(transaction, caller, publisher.now, "library.published", publisher.organisation, "", None, {**sums, "by": publisher.by})


async def invite(transaction: Transaction, organisation: str, name: str, roles: Iterable[str], now: int) -> Invitation:
    before = await roles_of(transaction, organisation, name)
    made = await accounts.invite(transaction, organisation, name, roles, now)
    after = await roles_of(transaction, organisation, name) or []
    caller = outsider(organisation, "stormlykta invite")
    if before is None:
        await audit.note(transaction, caller, now, "member.added", made.member, name, None, {"roles": after})
    elif before != after:
        await seats.clear_seats(transaction, organisation, made.member, before, after, now)
        await audit.note(transaction, caller, now, "member.changed", made.member, name, {"roles": before}, {"roles": after})
    await audit.note(transaction, caller, now, "member.invited", made.member, name, None, {"expires": made.expires})
    return made


async def revoke(transaction: Transaction, organisation: str, device: str, now: int) -> bool:
    """False: there is no such phone. One that was revoked before stays so, and that is no deed."""
    listed = {row[0]: row for row in await accounts.list_devices(transaction, organisation)}
    if device not in listed:
        return False
    _, owner, name, _, revoked = listed[device]
    if revoked is None:
        await accounts.revoke_device(transaction, organisation, device, now)
        caller = outsider(organisation, "stormlykta revoke")
        await audit.note(transaction, caller, now, "phone.revoked", device, f"{owner}: {name}", {"revoked": None}, {"revoked": now})
    return True


async def add_organisation(transaction: Transaction, organisation: str, name: str, like: str | None, now: int) -> links.Made:
    """The organisation, and the link that its first administrator gets. Raises Problem as `organisations.add` does."""
    await organisations.add(transaction, organisation, name, like, now)
    caller = outsider(organisation, "stormlykta organisation add")
    await audit.note(transaction, caller, now, "organisation.added", organisation, name, None, {"like": like} if like else None)
    made = await links.make_operators_link(transaction, organisation, "", now)
    if not isinstance(made, links.Made):
        raise TypeError("a new organisation has administrators")
    return made


async def roles_of(transaction: Transaction, organisation: str, name: str) -> list[str] | None:
    rows = await transaction.fetch("SELECT roles FROM members WHERE organisation = ? AND name = ? AND removed IS NULL", (organisation, name))
    return [role for role in rows[0][0].split(",") if role] if rows else None
