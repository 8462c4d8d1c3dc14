"""The exchange: one request pushes and pulls (docs/protocol.md 6). Also what the server holds, the list of incidents, the live stream, the export."""

from contextlib import suppress
from typing import Any, NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from stormlykta import accounts
from stormlykta.answers import Exchanged, Have, Incidents
from stormlykta.connections import Transaction
from stormlykta.descriptions import described
from stormlykta.doors import Shape, answer, decode, enter, read_body, roll_cookie, state_of, wants_gzip
from stormlykta.errors import Problem
from stormlykta.log import archive, feed, oplog
from stormlykta.log.operations import (
    ID_16,
    LARGEST,
    Fields,
    Operation,
    Rotten,
    Seal,
    compact,
    judge,
    load_slowly,
    read_operation,
    read_operation_slowly,
    read_seal,
)
from stormlykta.log.parcels import Piece, join_gzip, join_plain, make_piece
from stormlykta.state import State, read_clock

MOST_OPERATIONS = 500
MOST_SEALS = 2000
MOST_INCIDENTS = 5000
FULL_BYTES = 256 * 1024
BESIDE_PUSH_BYTES = 32 * 1024
RECENT = 60 * accounts.DAY
HEARD_MINUTES = 10  # how exactly it is kept when a phone last spoke
OFFSET_LIMIT = 2**53 - 1
WORTH_PACKING = 300


class Brought(msgspec.Struct):
    ops: list[msgspec.Raw] = []
    seals: list[msgspec.Raw] = []


class Typed(msgspec.Struct):
    ops: list[Fields] = []
    seals: list[msgspec.Raw] = []


class Exchange(msgspec.Struct):
    """What a request asks, but for what it pushes."""

    v: int
    epoch: str | None = None
    offset: int | float = 0
    pull: dict[str, int] | None = None
    unnamed: int | bool = 1
    library: str = ""
    device: dict[str, Any] | None = None


class Flawless(Exchange):
    """A request in which each operation has the right types: nearly every one, and read in one go."""

    push: Typed | None = None


class Doubtful(Exchange):
    """A request whose operations are looked at one by one."""

    push: Brought | None = None


class Asked(NamedTuple):
    exchange: Exchange
    items: list[Operation | Rotten]
    seals: list[Seal]


@described(takes=Flawless, gives=Exchanged, refuses=("version", "epoch"))
async def sync(request: Request) -> Response:
    """POST …/sync: pushes what the phone has and pulls what it lacks."""
    state = state_of(request)
    session = await enter(request, stopped=True)
    asked = read_exchange(await read_body(request))
    exchange = asked.exchange
    if exchange.epoch is not None and exchange.epoch != state.epoch:
        raise Problem("epoch", epoch=state.epoch)
    outcome = await store(state, session, asked)
    library_hash, _ = await state.manifest(session) if not session.stopped else ("", b"")
    news: list[bytes | Piece] = []
    if exchange.pull is not None and not session.stopped:
        budget = BESIDE_PUSH_BYTES if asked.items else FULL_BYTES
        cutoff = read_clock() - RECENT
        ask = feed.Ask(session.organisation, exchange.pull, exchange.unnamed != 0, outcome.brought, budget, cutoff)
        news = await state.feed.since(state.database, ask)
    head = msgspec.json.encode({"v": 1, "epoch": state.epoch, "now": read_clock(), "results": outcome.results})
    tail = {"library": library_hash, **({"fork": True} if outcome.fork else {}), **({"revoked": True} if session.stopped else {})}
    response = parcel(request, [head[:-1] + b',"incidents":{', *news, b"}," + msgspec.json.encode(tail)[1:]])
    await roll_cookie(request, response, session)
    return response


def read_exchange(body: bytes) -> Asked:
    """The request, with each operation judged for its form. Raises Problem json, shape, version or size."""
    exchange = attempt(body, Flawless) or attempt(body, Doubtful)
    if exchange is None:
        return read_exchange_slowly(body)
    pushed = exchange.push or Typed()
    check(exchange, len(pushed.ops), len(pushed.seals))
    seals = [seal for raw in pushed.seals if (seal := read_seal(bytes(raw)))]
    if isinstance(pushed, Typed):
        return Asked(exchange, [judge(fields) for fields in pushed.ops], seals)
    return Asked(exchange, [read_operation(bytes(raw)) for raw in pushed.ops], seals)


def attempt(body: bytes, shape: type[Shape]) -> Shape | None:
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None


def read_exchange_slowly(body: bytes) -> Asked:
    """One rotten operation (half an emoji, say) makes a fast decoder refuse the whole batch: this reads on, and only that one is refused."""
    try:
        value = load_slowly(body)
    except ValueError as error:
        raise Problem("json") from error
    push = value.pop("push", None) if isinstance(value, dict) else None
    push = {} if push is None else push
    operations, seals = (push.get("ops", []), push.get("seals", [])) if isinstance(push, dict) else (None, None)
    if not isinstance(operations, list) or not isinstance(seals, list):
        raise Problem("shape", 'push has the form {"ops":[…],"seals":[…]}.')
    try:
        exchange = msgspec.convert(value, Exchange)
    except (msgspec.ValidationError, UnicodeError, OverflowError) as error:
        raise Problem("shape", "The request has the wrong form.") from error
    check(exchange, len(operations), len(seals))
    read = [seal for each in seals if (seal := read_seal(compact(each)))]
    return Asked(exchange, [read_operation_slowly(each) for each in operations], read)


def check(exchange: Exchange, operations: int, seals: int) -> None:
    if exchange.v != 1:
        raise Problem("version")
    if operations > MOST_OPERATIONS or seals > MOST_SEALS or (exchange.pull and len(exchange.pull) > MOST_INCIDENTS):
        raise Problem("size")
    if exchange.pull and any(not ID_16.fullmatch(incident) or not 0 <= seq <= LARGEST for incident, seq in exchange.pull.items()):
        raise Problem("shape", "pull names incidents (22 characters) and seqs (0 or more).")
    if exchange.offset != exchange.offset or not -OFFSET_LIMIT <= exchange.offset <= OFFSET_LIMIT:
        raise Problem("shape", "offset is in milliseconds.")


async def store(state: State, session: accounts.Session, asked: Asked) -> oplog.Outcome:
    """What the push became, durable; the others are poked."""
    report = asked.exchange.device
    library, now = plain(asked.exchange.library), read_clock()
    if not asked.items and not asked.seals and report is None:
        if worth_noting(session, library, now):
            with suppress(Problem):  # a disk that takes nothing more must not keep anybody from reading
                await state.write(lambda transaction: accounts.hear_device(transaction, session, library, now))
        return oplog.Outcome(results=[])
    prepared = oplog.prepare(oplog.Push(session.organisation, session.device, asked.items, asked.seals, int(asked.exchange.offset), now))

    async def job(transaction: Transaction) -> oplog.Outcome:
        outcome = await oplog.append(transaction, prepared)
        if report is not None:
            await accounts.report_device(transaction, session, read_report(report, library), now)
        elif worth_noting(session, library, now):
            await accounts.hear_device(transaction, session, library, now)
        return outcome

    outcome = await state.write(job)
    state.grow(session.organisation, outcome, but=session.device)
    return outcome


def worth_noting(session: accounts.Session, library: str, now: int) -> bool:
    """Whether that the phone spoke is written down although it says nothing new of itself: now and then, and when it holds another library."""
    return session.stopped or session.library != library or session.seen < now - HEARD_MINUTES * 60_000


def read_report(report: dict[str, Any], library: str) -> dict[str, object]:
    """Only what is asked for, and only short plain values, is kept of what a phone says of itself."""
    kept: dict[str, object] = {"library": library}
    for key in ("build", "offline_ok", "persisted", "tested", "unsent", "oldest_unsent"):
        value = report.get(key)
        if isinstance(value, bool | int) and -LARGEST <= value <= LARGEST:
            kept[key] = value
        elif isinstance(value, str):
            kept[key] = plain(value)
    return kept


def plain(text: str) -> str:
    return text[:80].encode("utf-8", "replace").decode()


def parcel(request: Request, parts: list[bytes | Piece]) -> Response:
    """The parts as one body, each whole block compressed once for everybody."""
    pieces: list[Piece] = []
    loose: list[bytes] = []
    for part in [*parts, None]:
        if isinstance(part, bytes):
            loose.append(part)
            continue
        if loose:
            pieces.append(make_piece(b"".join(loose)))
            loose = []
        if part is not None:
            pieces.append(part)
    headers = {"Cache-Control": "no-store"}
    if sum(len(piece.plain) for piece in pieces) < WORTH_PACKING or not wants_gzip(request):
        return Response(join_plain(pieces), media_type="application/json", headers=headers)
    headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(join_gzip(pieces), media_type="application/json", headers=headers)


@described(takes=list[str], gives=Have)
async def have(request: Request) -> Response:
    """POST …/have [inc…]: what the server holds, by device."""
    session = await enter(request)
    incidents = decode(await read_body(request), list[str])
    if len(incidents) > MOST_INCIDENTS:
        raise Problem("size")
    async with state_of(request).database.read() as transaction:
        return answer(await feed.have(transaction, session.organisation, incidents))


@described(gives=Incidents)
async def incidents(request: Request) -> Response:
    """GET …/incidents: all of them, also those that are old."""
    session = await enter(request)
    async with state_of(request).database.read() as transaction:
        return answer(await feed.list_incidents(transaction, session.organisation))


@described(gives=bytes, media=("text/event-stream",))
async def live(request: Request) -> Response:
    """GET …/live: pokes."""
    session = await enter(request)
    stream = state_of(request).live.listen(session.organisation, session.device)
    return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


@described(gives=bytes, media=("application/x-ndjson",))
async def export(request: Request) -> Response:
    """GET …/incidents/{inc}/export: everything needed to prove and rebuild the incident, line by line."""
    session = await enter(request)
    incident = str(request.path_params["incident"])
    state = state_of(request)
    async with state.database.read() as transaction:
        if not await archive.holds(transaction, session.organisation, incident):
            raise Problem("not-found")
    lines = archive.export(state.database, session.organisation, incident, state.epoch, read_clock())
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{incident}.ndjson"'}
    return StreamingResponse(lines, media_type="application/x-ndjson", headers=headers)
