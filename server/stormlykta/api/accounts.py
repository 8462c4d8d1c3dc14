"""Joining and signing in: a code or the device's own key in, a cookie out (docs/protocol.md 6)."""

import secrets
import time
from typing import NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stormlykta import accounts
from stormlykta.answers import Challenge, Joined
from stormlykta.connections import Transaction
from stormlykta.descriptions import described
from stormlykta.doors import address_of, answer, decode, enter, read_body, set_cookie, state_of
from stormlykta.errors import Problem
from stormlykta.log import arrivals, oplog
from stormlykta.log.operations import session_text, unbase64, verify
from stormlykta.state import State, read_clock


class Join(msgspec.Struct):
    code: str
    device: str
    key: str
    name: str = ""
    build: str = ""


class NewDevice(msgspec.Struct):
    device: str
    key: str
    name: str = ""
    build: str = ""


class Who(msgspec.Struct):
    device: str


class Proof(msgspec.Struct):
    device: str
    challenge: str
    sig: str


class LetIn(NamedTuple):
    session: accounts.Session
    organisation_name: str
    token: str
    outcome: oplog.Outcome


def read_joiner(asked: Join | NewDevice) -> accounts.Joiner:
    try:
        key = unbase64(asked.key)
    except ValueError as error:
        raise Problem("shape", "The device's key is not base64url.") from error
    return accounts.read_joiner(asked.device, key, asked.name, asked.build)


@described(may="anyone", takes=Join, gives=Joined, status=201, refuses=("code", "used", "expired", "revoked", "device", "limit"))
async def join(request: Request) -> Response:
    """POST /api/join: a new device by code."""
    state, now = state_of(request), read_clock()
    asked = decode(await read_body(request), Join)
    joiner = read_joiner(asked)
    code, address = accounts.read_code(asked.code), address_of(request)
    state.guesses.check(address, time.monotonic())

    async def job(transaction: Transaction) -> LetIn:
        state.guesses.check(address, time.monotonic())  # once more, here where one goes at a time: a hundred guesses at once all pass the first
        return await let_in(transaction, await accounts.use_code(transaction, code, joiner, now), now)

    try:
        entered = await state.write(job)
    except Problem as problem:
        if problem.code in ("code", "used", "expired"):
            state.guesses.fail(address, time.monotonic())
        raise
    return welcome(request, state, entered)


@described(takes=NewDevice, gives=Joined, status=201, refuses=("device",))
async def add_device(request: Request) -> Response:
    """POST …/devices: the same member goes on under a new id."""
    state, now = state_of(request), read_clock()
    session = await enter(request)
    joiner = read_joiner(decode(await read_body(request), NewDevice))

    async def job(transaction: Transaction) -> LetIn:
        await accounts.put_device(transaction, session.organisation, session.member, joiner, now)
        return await let_in(transaction, await accounts.find_device(transaction, session.organisation, joiner.device), now)

    return welcome(request, state, await state.write(job))


async def let_in(transaction: Transaction, session: accounts.Session, now: int) -> LetIn:
    """A device that has just become known: what the log has of it is judged again, and it gets its session."""
    outcome = await arrivals.judge_again(transaction, session.organisation, session.device, now)
    name = await accounts.organisation_name(transaction, session.organisation)
    return LetIn(session, name, await accounts.open_session(transaction, session.organisation, session.device, now), outcome)


def welcome(request: Request, state: State, entered: LetIn) -> Response:
    session, organisation_name, token, outcome = entered
    state.grow(session.organisation, outcome, but=session.device)
    response = answer(
        {
            "member": {"id": session.member, "name": session.name, "roles": [role for role in accounts.ROLES if role in session.roles]},
            "organisation": {"id": session.organisation, "name": organisation_name},
            "epoch": state.epoch,
            "now": read_clock(),
        },
        201,
    )
    set_cookie(request, response, session.organisation, token)
    return response


@described(may="anyone", takes=Who, gives=Challenge)
async def challenge(request: Request) -> Response:
    """POST …/challenge: 32 random bytes to sign, whether the device exists or not."""
    asked = decode(await read_body(request), Who)
    return answer({"challenge": state_of(request).challenges.make(str(request.path_params["organisation"]), asked.device[:64], time.monotonic())})


@described(may="anyone", takes=Proof, status=204, refuses=("signature", "limit"))
async def sign_in(request: Request) -> Response:
    """POST …/session: a new cookie for whoever holds the device's key."""
    state, now = state_of(request), read_clock()
    organisation = str(request.path_params["organisation"])
    asked = decode(await read_body(request), Proof)
    state.guesses.check(f"key {address_of(request)}", time.monotonic())
    if not state.challenges.take(organisation, asked.device, asked.challenge, time.monotonic()):
        raise Problem("signature")
    key = await accounts.find_key(state.database, organisation, asked.device) or secrets.token_bytes(65)
    try:
        good = verify(key, unbase64(asked.sig), session_text(organisation, asked.device, asked.challenge))
    except ValueError:
        good = False
    if not good:
        state.guesses.fail(f"key {address_of(request)}", time.monotonic())
        raise Problem("signature")
    token = await state.write(lambda transaction: accounts.open_session(transaction, organisation, asked.device, now))
    response = Response(status_code=204)
    set_cookie(request, response, organisation, token)
    return response
