"""The description of the whole HTTP interface (OpenAPI 3.1), made from what stands beside each handler.

Rule: pure. Nothing is described here that is not said there: shapes come from the types, refusals from the catalogue.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, NamedTuple

import msgspec

from stormlykta import __version__
from stormlykta.descriptions import Described
from stormlykta.errors import CATALOGUE

REFS = "#/components/schemas/{name}"
EVERYWHERE = ("internal", "storage")
WITH_BODY = ("size", "slow", "encoding", "json")
DOORS = {  # the codes of the door itself, and the cookie that opens it
    "anyone": ((), None),
    "stranger": ((), None),
    "phone": (("session", "revoked"), "phone"),
    "desk": (("session", "role"), "desk"),
    "editor": (("session", "role"), "desk"),
    "admin": (("session", "role"), "desk"),
}
WHO = {
    "anyone": "Anybody.",
    "stranger": "Anybody: what is sent is the credential.",
    "phone": "A phone that has joined.",
    "desk": "Whoever sits at a desk: editors and administrators.",
    "editor": "Editors and administrators.",
    "admin": "Administrators.",
}
ABOUT = (
    "The interface between Stormlykta's server and its app. The exchange with phones is explained in docs/protocol.md. "
    "Unknown keys are ignored, by both sides. Every refusal has the same form; its `code` is for machines and never changes."
)


class Operation(NamedTuple):
    method: str
    path: str  # with {names}
    name: str
    topic: str
    described: Described


def describe(operations: Iterable[Operation]) -> dict[str, Any]:
    listed = list(operations)
    shapes = [shape for operation in listed for shape in (operation.described.takes, operation.described.gives) if shape not in (None, bytes)]
    schemas, components = msgspec.json.schema_components(shapes, ref_template=REFS)
    found = dict(zip(map(repr, shapes), schemas, strict=True))
    paths: dict[str, dict[str, Any]] = defaultdict(dict)
    answers: dict[str, Any] = {}  # refusals that many share stand once
    for operation in listed:
        paths[re.sub(r"\{(\w+):\w+\}", r"{\1}", operation.path)][operation.method.lower()] = describe_one(operation, found, answers)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Stormlykta", "version": __version__, "description": ABOUT, "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}},
        "servers": [{"url": "/"}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": {**components, "Refusal": refusal()},
            "responses": dict(sorted(answers.items())),
            "securitySchemes": {
                "phone": {"type": "apiKey", "in": "cookie", "name": "stormlykta-session", "description": "A phone's session."},
                "desk": {"type": "apiKey", "in": "cookie", "name": "stormlykta-desk", "description": "A person's seat at a desk."},
            },
        },
    }


def describe_one(operation: Operation, schemas: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    said = operation.described
    names = re.findall(r"\{(\w+)(?::\w+)?\}", operation.path)
    _, scheme = DOORS[said.may]
    refusing = {}
    for status, codes in refusals(operation, names).items():
        name = f"{status}-{'-or-'.join(codes)}"
        answers[name] = refused(codes)
        refusing[str(status)] = {"$ref": f"#/components/responses/{name}"}
    made: dict[str, Any] = {
        "operationId": f"{operation.topic}.{operation.name}",
        "tags": [operation.topic],
        "summary": said.summary,
        "description": WHO[said.may],
        "parameters": [
            *({"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names),
            *({"name": name, "in": "query", "required": False, "schema": {"type": "string"}} for name in said.query),
        ],
        "responses": {**good_answers(said, schemas), **refusing},
        "security": [{scheme: []}] if scheme else [],
    }
    if said.takes is bytes:
        made["requestBody"] = {"required": True, "content": {"application/octet-stream": {}}}
    elif said.takes is not None:
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": schemas[repr(said.takes)]}}}
    return made


def good_answers(said: Described, schemas: dict[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {str(status): {"description": HTTPStatus(status).phrase} for status in said.also}
    answers[str(said.status)] = {"description": HTTPStatus(said.status).phrase}
    if said.gives is bytes:
        answers[str(said.status)]["content"] = {media: {} for media in said.media or ("*/*",)}
    elif said.gives is not None:
        answers[str(said.status)]["content"] = {"application/json": {"schema": schemas[repr(said.gives)]}}
    return answers


def refusals(operation: Operation, names: list[str]) -> dict[int, tuple[str, ...]]:
    """By status, the codes that it may carry."""
    codes = {*codes_of(operation), *(("not-found",) if set(names) - {"organisation"} else ())}
    by_status: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for code in CATALOGUE:
        if code in codes:
            by_status[CATALOGUE[code][0]] += (code,)
    return by_status


def refused(codes: tuple[str, ...]) -> dict[str, Any]:
    code = {"properties": {"error": {"properties": {"code": {"enum": list(codes)}}}}}
    return {
        "description": " ".join(f"`{code}`: {CATALOGUE[code][1]}" for code in codes),
        "content": {"application/json": {"schema": {"allOf": [{"$ref": REFS.format(name="Refusal")}, code]}}},
    }


def codes_of(operation: Operation) -> tuple[str, ...]:
    said = operation.described
    body = (*WITH_BODY, *(("shape",) if said.takes is not bytes else ())) if said.takes is not None else ()
    return (*EVERYWHERE, *DOORS[said.may][0], *(("origin",) if operation.method != "GET" else ()), *body, *said.refuses)


def refusal() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "Why not. Some codes bring more beside `error`: what is there now, which fields, where it is used.",
        "properties": {
            "error": {
                "type": "object",
                "properties": {
                    "code": {"type": "string", "enum": list(CATALOGUE), "description": "For machines."},
                    "message": {"type": "string", "description": "For people: what to do."},
                },
                "required": ["code", "message"],
            }
        },
        "required": ["error"],
    }
