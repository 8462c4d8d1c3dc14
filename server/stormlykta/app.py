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
from stormlykta.api import accounts, library, me, sync
from stormlykta.config import Settings
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
            Route("/api/{path:path}", nothing),
            Route("/healthz", healthz, methods=["GET"]),
            Mount("/", GZipMiddleware(Pages(settings.web), minimum_size=600)),
        ],
        middleware=[Middleware(AccessLog), Middleware(SecurityHeaders), Middleware(ForeignOrigins)],
        exception_handlers={Problem: refuse, HTTPException: refuse_plainly, Exception: stumble},
        lifespan=lifespan,
    )


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
