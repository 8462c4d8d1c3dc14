"""Signing in with the organisation's own provider: the way there, and the way back.

Rule: these two are met by a browser going from page to page, so what goes wrong is told in the app's own page, never as JSON. Nothing is held over the network.
"""

import time

from starlette.responses import RedirectResponse, Response

from stormlykta.api.seating import Seated, attempt, seat, site_of, welcome
from stormlykta.connections import Transaction
from stormlykta.desk import Desk, desk
from stormlykta.doors import is_secure
from stormlykta.errors import Problem
from stormlykta.office import audit, credentials
from stormlykta.office.oidc import VISIT_SECONDS, Account, Provider

VISIT = "stormlykta-oidc"


@desk(may="stranger", gives=bytes, status=303, media=("text/html",), refuses=("not-found",))
async def go(at: Desk) -> Response:
    """Sends the browser to the organisation's own provider."""
    provider = provider_of(at)
    try:
        at.state.entrances.count_opening(at.address)
        state, cookie, visit = at.state.entrances.visits.open(at.organisation, time.monotonic())
        address = await at.state.entrances.providers.way_out(provider, way_back(at), state, visit)
    except Problem as problem:
        return to_page(at, problem.code)
    response = RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})
    response.set_cookie(VISIT, cookie, max_age=int(VISIT_SECONDS), path=cookie_path(at), httponly=True, samesite="lax", secure=is_secure(at.request))
    return response


@desk(may="stranger", gives=bytes, status=303, media=("text/html",), query=("code", "state", "error", "iss"), refuses=("not-found",))
async def come_back(at: Desk) -> Response:
    """Where the provider sends the browser back to: signs in, or says in the app why not."""
    provider = provider_of(at)
    try:
        async with attempt(at):
            response = await enter(at, provider)
    except Problem as problem:
        response = to_page(at, problem.code)
    response.delete_cookie(VISIT, path=cookie_path(at), httponly=True, samesite="lax")
    return response


async def enter(at: Desk, provider: Provider) -> Response:
    visit = at.state.entrances.visits.end(at.organisation, at.query("state"), at.request.cookies.get(VISIT, ""), time.monotonic())
    if at.query("iss", provider.issuer) != provider.issuer:
        raise Problem("provider-refused")
    if not at.query("code"):
        raise Problem("provider-denied" if at.query("error") == "access_denied" else "provider-refused")
    account = await at.state.entrances.providers.account(provider, way_back(at), at.query("code"), visit)
    return welcome(at, await at.write(lambda transaction: sit_down(transaction, at, provider, account)), to_page(at))


async def sit_down(transaction: Transaction, at: Desk, provider: Provider, account: Account) -> Seated:
    person, bound = await credentials.find_provided(transaction, at.organisation, account.issuer, account.subject, account.email, provider.name, at.now)
    held = await credentials.find_credential(transaction, at.organisation, "oidc", credentials.account_id(account.issuer, account.subject))
    if held is not None:
        await credentials.use_credential(transaction, at.organisation, held, 0, at.now)
    seated = await seat(transaction, at, person, "oidc")
    if bound:
        await audit.note(transaction, seated.caller, at.now, "credential.added", "", person.name, None, {"kind": "oidc"})
    return seated


def provider_of(at: Desk) -> Provider:
    provider = at.state.entrances.providers.of(at.organisation)
    if provider is None:
        raise Problem("not-found")
    return provider


def way_back(at: Desk) -> str:
    return f"{site_of(at).origin}{cookie_path(at)}"


def cookie_path(at: Desk) -> str:
    return f"/api/o/{at.organisation}/admin/oidc/callback"


def to_page(at: Desk, why: str = "") -> Response:
    """The app's own page, at the desk or at its door with the reason."""
    return RedirectResponse(f"/#/admin/{at.organisation}{f'/fel/{why}' if why else ''}", 303, headers={"Cache-Control": "no-store"})
