"""What every way into administration ends in: a seat, its cookie, a note in the audit trail; or a refusal that tells nothing and is counted.

Rule: nobody is seated by anything but `seat`, in the transaction that used up whatever they came by.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple
from urllib.parse import urlsplit

from starlette.responses import Response

from stormlykta.api import me
from stormlykta.connections import Transaction
from stormlykta.desk import COOKIE, Desk, set_seat
from stormlykta.doors import answer
from stormlykta.errors import Problem
from stormlykta.office import audit, credentials, seats
from stormlykta.office.credentials import Person
from stormlykta.office.entrances import WRONG
from stormlykta.office.passkeys import Site
from stormlykta.office.seats import Caller, outsider


class Seated(NamedTuple):
    caller: Caller
    me: me.Me
    token: str
    told: int  # refusals that the audit trail has now been told of


@asynccontextmanager
async def attempt(at: Desk, who: str = "") -> AsyncIterator[None]:
    """Round one try to get in: bounded, and counted when it was wrong."""
    try:
        with at.state.entrances.guess(at.address, at.organisation, who):
            yield
    except Problem as problem:
        if problem.code in WRONG:
            await note_refusal(at)
        raise


async def note_refusal(at: Desk) -> None:
    """The trail learns how many there were, never who was tried."""
    refusals = at.state.entrances.refusals
    if await at.read(lambda transaction: credentials.named(transaction, at.organisation)) is None:
        return
    refusals.count(at.organisation)
    if count := refusals.due(at.organisation, at.now):
        await at.write(lambda transaction: audit.note(transaction, outsider(at.organisation, ""), at.now, "entrance.refused", "", "", None, {"count": count}))
        refusals.tell(at.organisation, at.now, count)


async def seat(transaction: Transaction, at: Desk, person: Person, way: str) -> Seated:
    """Sits the person down. Whoever sat in this browser before has left."""
    await seats.leave_seat(transaction, at.organisation, at.request.cookies.get(COOKIE, ""), at.now)
    token, id = await seats.open_seat(transaction, at.organisation, person.member, way, at.request.headers.get("user-agent", ""), at.now)
    caller = Caller(at.organisation, id, person.member, person.name, person.roles, at.now)
    refused = at.state.entrances.refusals.due(at.organisation, at.now, wait=0)
    if refused:
        await audit.note(transaction, outsider(at.organisation, ""), at.now, "entrance.refused", "", "", None, {"count": refused})
    await audit.note(transaction, caller, at.now, "seat.taken", id, person.name, None, {"way": way})
    return Seated(caller, await me.describe(transaction, caller), token, refused)


def welcome(at: Desk, seated: Seated, response: Response | None = None) -> Response:
    """The answer to whoever has been seated: who they are, and the cookie."""
    if seated.told:
        at.state.entrances.refusals.tell(at.organisation, at.now, seated.told)
    response = response or answer(seated.me)
    set_seat(at.request, response, at.organisation, seated.token)
    return response


def site_of(at: Desk) -> Site:
    """The name and the page that people reach this server by."""
    parts = urlsplit(at.state.settings.url or f"{at.request.url.scheme}://{at.request.url.netloc}")
    if not parts.hostname:
        raise Problem("shape", "The request names no host.")
    return Site(parts.hostname, f"{parts.scheme}://{parts.netloc}")
