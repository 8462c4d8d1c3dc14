"""The whole server on one screen: every route, the middleware, the one error door, and what lives as long as the server."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypedDict

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Match, Mount, Route

from stormlykta import __version__
from stormlykta.answers import Health
from stormlykta.api import (
    account,
    accounts,
    beginnings,
    checklists,
    confirmations,
    contact_files,
    contacts,
    drafts,
    entrance,
    interface,
    jobs,
    letters,
    library,
    markdown,
    me,
    members,
    organisation,
    provider,
    readiness,
    reviews,
    roster,
    sync,
    trail,
)
from stormlykta.config import Settings
from stormlykta.descriptions import described
from stormlykta.doors import answer, state_of
from stormlykta.errors import Problem
from stormlykta.pages import Pages
from stormlykta.state import State, open_state
from stormlykta.walls import HEADERS, AccessLog, ForeignOrigins, SecurityHeaders

log = structlog.get_logger("app")


class Lives(TypedDict):
    stormlykta: State


def create_app(settings: Settings, started: Callable[[State], None] = lambda _: None) -> Starlette:
    """The application. `started` is told the state once it is open, so that whoever runs the server can end its streams."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[Lives]:
        async with open_state(settings) as state:
            started(state)
            yield {"stormlykta": state}

    of = "/api/o/{organisation}"
    admin = f"{of}/admin"
    return Starlette(
        routes=[
            Route(f"{of}/sync", sync.sync, methods=["POST"]),
            Route(f"{of}/live", sync.live, methods=["GET"]),
            Route(f"{of}/have", sync.have, methods=["POST"]),
            Route(f"{of}/incidents", sync.incidents, methods=["GET"]),
            Route(f"{of}/incidents/{{incident}}/export", sync.export, methods=["GET"]),
            Route(f"{of}/library", library.manifest, methods=["GET"]),
            Route(f"{of}/documents/{{hash}}", library.document, methods=["GET"]),
            Route(f"{of}/files/{{hash}}", library.put_file, methods=["PUT"]),
            Route(f"{of}/files/{{hash}}", library.get_file, methods=["GET"]),
            Route(f"{of}/challenge", accounts.challenge, methods=["POST"]),
            Route(f"{of}/session", accounts.sign_in, methods=["POST"]),
            Route(f"{of}/devices", accounts.add_device, methods=["POST"]),
            Route("/api/join", accounts.join, methods=["POST"]),
            Route(f"{admin}/me", me.me, methods=["GET"]),
            Route(f"{admin}/seat", me.leave, methods=["DELETE"]),
            Route(f"{admin}/enter", entrance.enter, methods=["GET"]),
            Route(f"{admin}/enter/password", entrance.enter_by_password, methods=["POST"]),
            Route(f"{admin}/enter/passkey/options", entrance.enter_passkey_options, methods=["POST"]),
            Route(f"{admin}/enter/passkey", entrance.enter_by_passkey, methods=["POST"]),
            Route(f"{admin}/link", entrance.read_link, methods=["POST"]),
            Route(f"{admin}/link/password", entrance.use_link_by_password, methods=["POST"]),
            Route(f"{admin}/link/passkey/options", entrance.link_passkey_options, methods=["POST"]),
            Route(f"{admin}/link/passkey", entrance.use_link_by_passkey, methods=["POST"]),
            Route(f"{admin}/oidc", provider.go, methods=["GET"]),
            Route(f"{admin}/oidc/callback", provider.come_back, methods=["GET"]),
            Route(f"{admin}/account", account.account, methods=["GET"]),
            Route(f"{admin}/account/password", account.put_password, methods=["POST"]),
            Route(f"{admin}/account/passkey/options", account.passkey_options, methods=["POST"]),
            Route(f"{admin}/account/passkey", account.add_passkey, methods=["POST"]),
            Route(f"{admin}/account/credentials/{{credential}}", account.remove_credential, methods=["DELETE"]),
            Route(f"{admin}/account/seats/{{seat}}", account.end_my_seat, methods=["DELETE"]),
            Route(f"{admin}/account/leave-everywhere", account.leave_everywhere, methods=["POST"]),
            Route(f"{admin}/seats", account.everybodys_seats, methods=["GET"]),
            Route(f"{admin}/seats/{{seat}}", account.end_seat, methods=["DELETE"]),
            Route(f"{admin}/members/{{member}}/link", account.make_link, methods=["POST"]),
            Route(f"{admin}/checklists", checklists.list_checklists, methods=["GET"]),
            Route(f"{admin}/checklists", beginnings.add, methods=["POST"]),
            Route(f"{admin}/checklists/{{checklist}}", checklists.see, methods=["GET"]),
            Route(f"{admin}/checklists/{{checklist}}/versions/{{version}}", checklists.see_version, methods=["GET"]),
            Route(f"{admin}/checklists/{{checklist}}/withdraw", checklists.withdraw, methods=["POST"]),
            Route(f"{admin}/checklists/{{checklist}}/restore", checklists.restore, methods=["POST"]),
            Route(f"{admin}/starters", beginnings.list_starters, methods=["GET"]),
            Route(f"{admin}/shelf", markdown.shelf, methods=["GET"]),
            Route(f"{admin}/markdown/write", markdown.write, methods=["POST"]),
            Route(f"{admin}/markdown/read", markdown.read, methods=["POST"]),
            Route(f"{admin}/drafts/{{checklist}}", beginnings.begin_draft, methods=["POST"]),
            Route(f"{admin}/drafts/{{checklist}}", drafts.see, methods=["GET"]),
            Route(f"{admin}/drafts/{{checklist}}", drafts.save, methods=["PUT"]),
            Route(f"{admin}/drafts/{{checklist}}", drafts.discard, methods=["DELETE"]),
            Route(f"{admin}/drafts/{{checklist}}/texts/{{text}}", drafts.see_text, methods=["GET"]),
            Route(f"{admin}/drafts/{{checklist}}/hand", reviews.hand, methods=["POST"]),
            Route(f"{admin}/drafts/{{checklist}}/take-back", reviews.take_back, methods=["POST"]),
            Route(f"{admin}/drafts/{{checklist}}/return", reviews.send_back, methods=["POST"]),
            Route(f"{admin}/drafts/{{checklist}}/approve", reviews.approve, methods=["POST"]),
            Route(f"{admin}/drafts/{{checklist}}/remarks", reviews.remark, methods=["POST"]),
            Route(f"{admin}/drafts/{{checklist}}/remarks/{{remark}}", reviews.settle, methods=["PUT"]),
            Route(f"{admin}/drafts/{{checklist}}/publish", drafts.publish, methods=["POST"]),
            Route(f"{admin}/trials/{{checklist}}", drafts.send_trial, methods=["PUT"]),
            Route(f"{admin}/trials/{{checklist}}", drafts.end_trial, methods=["DELETE"]),
            Route(f"{admin}/contacts", contacts.register, methods=["GET"]),
            Route(f"{admin}/contacts", contacts.add, methods=["POST"]),
            Route(f"{admin}/contacts/import", contact_files.read_in, methods=["POST"]),
            Route(f"{admin}/contacts/export", contact_files.export, methods=["GET"]),
            Route(f"{admin}/contacts/{{function}}", contacts.save, methods=["PUT"]),
            Route(f"{admin}/contacts/{{function}}", contacts.remove, methods=["DELETE"]),
            Route(f"{admin}/contacts/{{function}}/confirm", contacts.confirm, methods=["POST"]),
            Route(f"{admin}/contacts/{{function}}/restore", contacts.restore, methods=["POST"]),
            Route(f"{admin}/contacts/{{function}}/cards", contacts.cards, methods=["GET"]),
            Route(f"{admin}/jobs/{{job}}", jobs.job, methods=["GET"]),
            Route(f"{admin}/jobs/{{job}}", jobs.cancel, methods=["DELETE"]),
            Route(f"{admin}/letters", letters.list_letters, methods=["GET"]),
            Route(f"{admin}/letters", letters.write_letters, methods=["POST"]),
            Route(f"{admin}/letters/accept", letters.accept_letters, methods=["POST"]),
            Route(f"{admin}/letters/{{letter}}/accept", letters.accept_letter, methods=["POST"]),
            Route(f"{admin}/letters/{{letter}}/decline", letters.decline_letter, methods=["POST"]),
            Route(f"{admin}/letters/{{letter}}", letters.recall_letter, methods=["DELETE"]),
            Route(f"{admin}/letter", confirmations.open_letter, methods=["POST"]),
            Route(f"{admin}/letter/answer", confirmations.answer_letter, methods=["POST"]),
            Route(f"{admin}/roster", roster.see_roster, methods=["GET"]),
            Route(f"{admin}/roster/import", roster.import_roster, methods=["POST"]),
            Route(f"{admin}/roster/shifts", roster.change_roster, methods=["PUT"]),
            Route(f"{admin}/settings", organisation.settings, methods=["GET"]),
            Route(f"{admin}/settings", organisation.put_settings, methods=["PUT"]),
            Route(f"{admin}/settings/words", organisation.put_words, methods=["PUT"]),
            Route(f"{admin}/settings/numbers", organisation.numbers, methods=["GET"]),
            Route(f"{admin}/settings/logo", organisation.put_logo, methods=["PUT"]),
            Route(f"{admin}/settings/logo", organisation.remove_logo, methods=["DELETE"]),
            Route(f"{admin}/trail", trail.trail, methods=["GET"]),
            Route(f"{admin}/trail/export", trail.export, methods=["GET"]),
            Route(f"{admin}/members", members.list_members, methods=["GET"]),
            Route(f"{admin}/members", members.add_member, methods=["POST"]),
            Route(f"{admin}/members/{{member}}", members.change_member, methods=["PUT"]),
            Route(f"{admin}/members/{{member}}", members.remove_member, methods=["DELETE"]),
            Route(f"{admin}/members/{{member}}/invite", members.invite_member, methods=["POST"]),
            Route(f"{admin}/invitations", members.invite_many, methods=["POST"]),
            Route(f"{admin}/invitations/read", members.read_invitees, methods=["POST"]),
            Route(f"{admin}/invitations/contacts", members.list_candidates, methods=["GET"]),
            Route(f"{admin}/phones/{{phone}}", members.name_phone, methods=["PUT"]),
            Route(f"{admin}/phones/{{phone}}", members.revoke_phone, methods=["DELETE"]),
            Route(f"{admin}/readiness", readiness.board, methods=["GET"]),
            Route(f"{admin}/readiness/history", readiness.history, methods=["GET"]),
            Route("/api/openapi.json", interface.interface, methods=["GET"]),
            Route("/api/{path:path}", nothing),
            Route("/healthz", healthz, methods=["GET"]),
            Mount("/", GZipMiddleware(Pages(settings.web), minimum_size=600)),
        ],
        middleware=[Middleware(AccessLog), Middleware(SecurityHeaders), Middleware(ForeignOrigins)],
        exception_handlers={Problem: refuse, HTTPException: refuse_plainly, Exception: stumble},
        lifespan=lifespan,
    )


@described(may="anyone", gives=Health)
async def healthz(request: Request) -> Response:
    """GET /healthz: 200 while the database answers."""
    async with state_of(request).database.read() as transaction:
        await transaction.fetch("SELECT 1")
    return answer({"status": "ok", "version": __version__})


async def nothing(request: Request) -> Response:
    """What no other route takes: 405 where one does with another method, else 404."""
    known = [route for route in request.app.routes if isinstance(route, Route) and route.matches(request.scope)[0] is Match.PARTIAL]
    if known:
        raise Problem("method", headers={"Allow": ", ".join(sorted({method for route in known for method in route.methods or ()}))})
    raise Problem("not-found")


async def refuse(_request: Request, error: Exception) -> Response:
    if not isinstance(error, Problem):
        raise error
    return JSONResponse(error.body(), error.status, headers={"Cache-Control": "no-store", **error.headers})


async def refuse_plainly(request: Request, error: Exception) -> Response:
    """What the router refuses, in the same form."""
    if not isinstance(error, HTTPException):
        raise error
    response = await refuse(request, Problem("method" if error.status_code == 405 else "not-found"))
    if error.headers:
        response.headers.update(error.headers)
    return response


async def stumble(request: Request, _error: Exception) -> Response:
    """A bug: its trace is in the log (uvicorn writes it), the asker learns no more than that. Answered outside the middleware, hence the headers."""
    response = await refuse(request, Problem("internal"))
    response.headers.update(HEADERS)
    return response
