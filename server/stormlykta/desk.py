"""The one door to everything under …/admin: who, what, may, do, answer, in that order, for every route alike.

Rule: a handler is reached only through @desk, which says who may, what it takes and what it gives; the interface's description is made from the same words.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from stormlykta.connections import Transaction
from stormlykta.descriptions import Described, May, summary_of
from stormlykta.doors import SENT_BYTES, UNPACKED_BYTES, address_of, answer, decode, is_secure, read_body, state_of
from stormlykta.errors import Problem
from stormlykta.office import audit, seats
from stormlykta.office.seats import Caller
from stormlykta.state import State, read_clock

COOKIE = "stormlykta-desk"
Result = TypeVar("Result")
Job = Callable[[Transaction], Awaitable[Result]]
Handler = Callable[..., Awaitable[Any]]
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Desk:
    """One request at a desk: who asks, when, and what it can reach."""

    request: Request
    state: State
    caller: Caller
    now: int
    names: tuple[str, ...] = ()  # what may be read in the query: what the description says
    may: May = "desk"

    @property
    def organisation(self) -> str:
        return self.caller.organisation

    @property
    def address(self) -> str:
        return address_of(self.request)

    def path(self, name: str) -> str:
        return str(self.request.path_params[name])

    def number(self, name: str) -> int:
        """A number in the path. Raises Problem("not-found") when it is none."""
        value = self.path(name)
        if not (value.isascii() and value.isdigit() and len(value) < 16):
            raise Problem("not-found")
        return int(value)

    def query(self, name: str, default: str = "") -> str:
        if name not in self.names:
            raise RuntimeError(f"{name} is read in the query, and no description says so")
        return self.request.query_params.get(name, default)

    async def write(self, job: Job[Result], *, quiet: bool = False) -> Result:
        """Runs the job in a write transaction, if the caller still may. Unless it is quiet it must have told the audit trail what it did."""

        async def told(transaction: Transaction) -> Result:
            if self.caller.seat:  # deeds are done one at a time: the one before may have been to take this one's right away
                check(await seats.look_again(transaction, self.caller, read_clock()), self.may)
            before = audit.noted(transaction)
            result = await job(transaction)
            if not quiet and audit.noted(transaction) == before:
                raise RuntimeError("an administrative deed without a note in the audit trail")
            return result

        return await self.state.write(told)

    async def read(self, job: Job[Result]) -> Result:
        async with self.state.database.read() as transaction:
            return await job(transaction)

    async def refresh_library(self) -> None:
        """What phones get may have changed: they are poked if it has."""
        await self.state.refresh_library(self.organisation)

    async def refresh_library_calmly(self) -> None:
        """The same, for what no phone waits for."""
        await self.state.refresh_library_calmly(self.organisation)


def desk(
    *,
    may: May,
    takes: Any = None,
    gives: Any = None,
    status: int = 200,
    most: int = SENT_BYTES,
    unpacked: int = UNPACKED_BYTES,
    refuses: tuple[str, ...] = (),
    query: tuple[str, ...] = (),
    media: tuple[str, ...] = (),
    also: tuple[int, ...] = (),
) -> Callable[[Handler], Endpoint]:
    """Makes a route's endpoint of `handler(at)` or, where it takes something, `handler(at, asked)`. `refuses`: the codes a client must be ready for;
    `query`: the names it reads in the query; `media`: of the file it gives; `also`: other good statuses."""

    def make(handler: Handler) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            state, now = state_of(request), read_clock()
            caller = await admit(request, may, now)
            if takes is None:
                result = await handler(Desk(request, state, caller, now, query, may))
            else:
                body = await read_body(request, most, max(most, unpacked))
                now = read_clock()
                caller = await admit(request, may, now)  # once more: a body may take its time
                result = await handler(Desk(request, state, caller, now, query, may), body if takes is bytes else decode(body, takes))
            response = result if isinstance(result, Response) else Response(status_code=204) if gives is None else answer(result, status)
            await keep_seat(request, response, caller, now)
            return response

        said = Described(may, takes, gives, 204 if gives is None else status, summary_of(handler), refuses, query, media, also)
        endpoint.described = said  # type: ignore[attr-defined]
        endpoint.__name__, endpoint.__module__ = handler.__name__, handler.__module__
        return endpoint

    return make


async def who(request: Request, may: May, now: int) -> Caller:
    organisation = str(request.path_params["organisation"])
    if may == "stranger":
        return seats.outsider(organisation, "")
    token = request.cookies.get(COOKIE, "")
    if not token:
        raise Problem("session")
    return await seats.find_seat(state_of(request).database, organisation, token, now)


async def admit(request: Request, may: May, now: int) -> Caller:
    caller = await who(request, may, now)
    check(caller, may)
    return caller


def check(caller: Caller, may: May) -> None:
    """Raises Problem("role") when the caller's roles do not reach."""
    if (may == "admin" and not caller.admin) or (may == "editor" and not caller.editor):
        raise Problem("role")


async def keep_seat(request: Request, response: Response, caller: Caller, now: int) -> None:
    """A seat lives a working day from its last use."""
    if caller.seat and caller.used < now - seats.USED_STEP_MINUTES * 60_000:
        token = request.cookies[COOKIE]
        await state_of(request).write(lambda transaction: seats.use_seat(transaction, token, now))


def set_seat(request: Request, response: Response, organisation: str, token: str) -> None:
    response.set_cookie(
        COOKIE,
        token,
        max_age=seats.LONGEST_DAYS * 86_400,
        path=f"/api/o/{organisation}/admin",
        httponly=True,
        samesite="strict",
        secure=is_secure(request),
    )


def clear_seat(response: Response, organisation: str) -> None:
    response.delete_cookie(COOKIE, path=f"/api/o/{organisation}/admin", httponly=True, samesite="strict")
