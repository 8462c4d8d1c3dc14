"""What is published, and the files that operations name: immutable things by their hash (docs/protocol.md 6)."""

from starlette.requests import Request
from starlette.responses import Response

from stormlykta import library
from stormlykta.answers import Manifest
from stormlykta.descriptions import described
from stormlykta.doors import enter, packed, read_body, state_of
from stormlykta.errors import Problem
from stormlykta.log import archive
from stormlykta.shapes import Document
from stormlykta.state import read_clock

FILE_BYTES = 5 * 1024 * 1024
FOR_EVER = {"Cache-Control": "private, max-age=31536000, immutable"}


@described(gives=Manifest, also=(304,))
async def manifest(request: Request) -> Response:
    """GET …/library: the manifest."""
    session = await enter(request)
    digest, body = await state_of(request).manifest(session)
    headers = {"ETag": f'"{digest}"', "Cache-Control": "private, no-cache"}
    if f'"{digest}"' in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return packed(request, body, "application/json", headers)


@described(gives=Document)
async def document(request: Request) -> Response:
    """GET …/documents/{hash}: one document, which never changes."""
    session = await enter(request)
    async with state_of(request).database.read() as transaction:
        body = await library.get_document(transaction, session.organisation, str(request.path_params["hash"]), "leader" in session.roles)
    if body is None:
        raise Problem("not-found")
    return packed(request, body, "application/json", FOR_EVER)


@described(takes=bytes, status=201, refuses=("hash",), also=(200,))
async def put_file(request: Request) -> Response:
    """PUT …/files/{hash}: 201, or 200 if held."""
    session = await enter(request)
    digest = str(request.path_params["hash"])
    body = await read_body(request, FILE_BYTES, FILE_BYTES)
    now = read_clock()
    new = await state_of(request).write(lambda transaction: archive.put_file(transaction, session.organisation, digest, body, now))
    return Response(status_code=201 if new else 200)


@described(gives=bytes, media=("application/octet-stream",))
async def get_file(request: Request) -> Response:
    """GET …/files/{hash}: bytes to save, never to show as a page."""
    session = await enter(request)
    async with state_of(request).database.read() as transaction:
        body = await archive.get_file(transaction, session.organisation, str(request.path_params["hash"]))
    if body is None:
        raise Problem("not-found")
    return Response(body, media_type="application/octet-stream", headers={**FOR_EVER, "Content-Disposition": "attachment"})
