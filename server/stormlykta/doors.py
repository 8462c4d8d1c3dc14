"""What every handler needs at the door: who asks, what they sent, and the cookie they leave with.

Rule: a body is bounded before it is read and before it is unpacked; a session belongs to one organisation and is looked up every time.
"""

import asyncio
import gzip
import ipaddress
import zlib
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stormlykta import accounts
from stormlykta.errors import Problem
from stormlykta.state import State, read_clock

COOKIE = "stormlykta-session"
SESSION_DAYS = 400
STILL_SECONDS = 30.0  # how long a body may bring nothing
SENT_BYTES = 256 * 1024
UNPACKED_BYTES = 2 * 1024 * 1024
Shape = TypeVar("Shape")


def state_of(request: Request) -> State:
    state: State = request.state.stormlykta
    return state


def address_of(request: Request) -> str:
    """Where guesses come from: an IPv6 network counts as one, for whoever has one address of it has 2^64."""
    host = request.client.host if request.client else "?"
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
    return host


def is_secure(request: Request) -> bool:
    """Also behind a proxy that does not say so, when people are told an https address."""
    return request.url.scheme == "https" or (state_of(request).settings.url or "").startswith("https:")


async def enter(request: Request, *, stopped: bool = False) -> accounts.Session:
    """The session of the asker in the path's organisation. Raises Problem session, and revoked unless `stopped` ones may come in."""
    organisation = str(request.path_params["organisation"])
    token = request.cookies.get(COOKIE, "")
    if not token:
        raise Problem("session")
    session = await accounts.find_session(state_of(request).database, organisation, token, read_clock(), SESSION_DAYS)
    if session.stopped and not stopped:
        raise Problem("revoked")
    return session


async def roll_cookie(request: Request, response: Response, session: accounts.Session) -> None:
    """Gives the cookie anew when it is a day old, so that it lives 400 days from the last use."""
    now = read_clock()
    if session.renewed and session.renewed < now - accounts.DAY:
        token = request.cookies[COOKIE]
        await state_of(request).write(lambda transaction: accounts.renew_session(transaction, token, now))
        set_cookie(request, response, session.organisation, token)


def set_cookie(request: Request, response: Response, organisation: str, token: str) -> None:
    response.set_cookie(
        COOKIE,
        token,
        max_age=SESSION_DAYS * 86_400,
        path=f"/api/o/{organisation}",
        httponly=True,
        samesite="strict",
        secure=is_secure(request),
    )


async def read_body(request: Request, most: int = SENT_BYTES, unpacked: int = UNPACKED_BYTES) -> bytes:
    """The body, unpacked. Raises Problem size, encoding, json (a broken gzip) or slow: a poor line may take its time, but not stand still."""
    if int(request.headers.get("content-length", "0")) > most:
        raise Problem("size")
    parts, length = [], 0
    now = asyncio.get_running_loop().time
    try:
        async with asyncio.timeout(STILL_SECONDS) as patience:
            async for part in request.stream():
                patience.reschedule(now() + STILL_SECONDS)
                length += len(part)
                if length > most:
                    raise Problem("size")
                parts.append(part)
    except TimeoutError as error:
        raise Problem("slow") from error
    body = b"".join(parts)
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("identity", ""):
        return body
    if encoding not in ("gzip", "x-gzip"):
        raise Problem("encoding")
    return unpack(body, unpacked)


def unpack(body: bytes, most: int) -> bytes:
    """A gzip body, never more than `most` bytes of it."""
    unpacker = zlib.decompressobj(31)
    try:
        plain = unpacker.decompress(body, most + 1)
    except zlib.error as error:
        raise Problem("json", "The gzip body is broken.") from error
    if len(plain) > most:
        raise Problem("size")
    if not unpacker.eof:
        raise Problem("json", "The gzip body ends too early.")
    if unpacker.unused_data:
        raise Problem("json", "Something lies after the gzip body.")
    return plain


def decode(body: bytes, shape: type[Shape]) -> Shape:
    """The body as `shape`. Raises Problem json or shape."""
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        raise Problem("shape", f"The request has the wrong form: {error}") from error
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Problem("json") from error


def answer(value: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json", headers={"Cache-Control": "no-store"})


def wants_gzip(request: Request) -> bool:
    asked = request.headers.get("accept-encoding", "").lower().replace(" ", "")
    return "gzip" in asked and "gzip;q=0" not in asked.replace("gzip;q=0.", "gzip;q=1.")


def packed(request: Request, body: bytes, media_type: str, headers: dict[str, str]) -> Response:
    """The body, gzip-encoded where asked for and worth it."""
    if len(body) > 600 and wants_gzip(request):
        body, headers = gzip.compress(body, 6, mtime=0), {**headers, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(body, 200, media_type=media_type, headers=headers)
