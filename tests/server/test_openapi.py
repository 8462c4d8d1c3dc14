"""The interface is what its description says: every route is in it, and the real server's answers to thousands of odd requests conform to it."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import jsonschema_rs
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.generation import GenerationMode
from starlette.routing import Mount, Route

from stormlykta.api.interface import operations
from stormlykta.app import create_app
from stormlykta.config import Settings
from stormlykta.openapi import Operation
from tests.desk import COOKIE, make_seat
from tests.phone import Phone, new_id
from tests.server.conftest import make_code
from tests.serving import ROOT, Running

ORGANISATION = "schemakommun"
EXAMPLES = {GenerationMode.POSITIVE: 8, GenerationMode.NEGATIVE: 4}
load_all_checks()
HELD = [CHECKS.get_one(name) for name in ("not_a_server_error", "status_code_conformance", "content_type_conformance")]
STREAMS = {"sync.live"}  # never ends: it is heard in test_live.py
UNDESCRIBED = {"/api/{path:path}"}  # what no other route takes


def app_routes() -> list[Any]:
    return create_app(Settings(data=Path("nowhere"), web=Path("nowhere"))).routes


LISTED: list[Operation] = list(operations(app_routes()))
# Good requests to each, and bad ones where something can be bad.
ASKED = [
    (operation, mode)
    for operation in LISTED
    if f"{operation.topic}.{operation.name}" not in STREAMS
    for mode in EXAMPLES
    if mode == GenerationMode.POSITIVE or operation.described.takes not in (None, bytes)
]


class Interface(NamedTuple):
    server: Running
    described: dict[str, Any]
    schema: Any
    phone: str
    names: dict[str, str]  # ids that are there, by what a path calls them


@pytest.fixture(scope="module")
def interface(server: Running) -> Interface:
    """The description as the server gives it, an organisation with the starter library in it, and a phone that has joined and written something."""
    done = server.command("publish", ROOT / "checklists", "--organisation", ORGANISATION)
    assert done.returncode == 0, done.stderr
    told = httpx.get(f"{server.url}/api/openapi.json")
    assert told.status_code == 200
    cookie, names = asyncio.run(pick_up_phone(server))
    return Interface(server, told.json(), schemathesis.openapi.from_dict(told.json()), cookie, names)


class Shapes:
    """Holds JSON answers to their schemas. (schemathesis's own check refuses 3.1's way of writing tuples.)"""

    def __init__(self, described: dict[str, Any], path: str, method: str) -> None:
        self.components = described["components"]
        self.answers = described["paths"][path][method.lower()]["responses"]
        self.validators: dict[int, jsonschema_rs.Draft202012Validator] = {}

    def check(self, status: int, media: str | None, content: bytes) -> None:
        if media != "application/json" or status == 304:
            return
        if status not in self.validators:
            answer = self.answers[str(status)]
            if "$ref" in answer:
                answer = self.components["responses"][answer["$ref"].rpartition("/")[2]]
            schema = answer["content"]["application/json"]["schema"]
            self.validators[status] = jsonschema_rs.Draft202012Validator({"components": self.components, **schema})
        value = json.loads(content)
        wrong = [f"{error.instance_path}: {error.message}" for error in self.validators[status].iter_errors(value)]
        assert wrong == [], f"{status}: {content[:500]!r}"


async def pick_up_phone(server: Running) -> tuple[str, dict[str, str]]:
    async with httpx.AsyncClient(base_url=server.url) as client:
        anna = Phone("Anna", client)
        await anna.join(make_code(server.data, ORGANISATION, "Anna"))
        inc = new_id()
        anna.write(inc, "open", body={"title": "Storm", "exercise": 0})
        await anna.sync()
        manifest = (await client.get(f"{anna.base}/library")).json()
        (cookie,) = client.cookies.jar
    return str(cookie.value), {"incident": inc, "hash": manifest["vocabulary"], "checklist": "elavbrott-storm"}


def test_every_route_is_described() -> None:
    described = {(operation.method, operation.path) for operation in LISTED}
    routes = [route for route in app_routes() if not isinstance(route, Mount)]
    assert all(isinstance(route, Route) for route in routes), "a sort of route that this test does not know"
    every = {(method, route.path) for route in routes for method in (route.methods or {"ANY"}) - {"HEAD"} if route.path not in UNDESCRIBED}
    assert every == described
    assert [operation.path for operation in LISTED if not operation.described.summary.endswith(".")] == [], "a sentence about each"


def test_the_description_is_served_whole_and_packed(interface: Interface) -> None:
    told = httpx.get(f"{interface.server.url}/api/openapi.json", headers={"Accept-Encoding": "gzip"})
    assert told.headers["content-encoding"] == "gzip"
    described = told.json()
    assert described["openapi"] == "3.1.0"
    assert sum(len(methods) for methods in described["paths"].values()) == len(LISTED)
    assert "Traceback" not in told.text


def test_no_two_operations_share_a_name() -> None:
    names = [f"{operation.topic}.{operation.name}" for operation in LISTED]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("operation", [operation for operation, mode in ASKED if operation.method == "GET"], ids=lambda each: each.path)
def test_what_is_there_is_told_as_described(interface: Interface, operation: Operation) -> None:
    """As a client asks: for what there is, with nothing odd in it."""
    path = operation.path.replace("{path:path}", "{path}")
    seat = make_seat(interface.server.data, ORGANISATION, "Maria", "leader,admin").token
    names = {"organisation": ORGANISATION, **interface.names}
    told = httpx.get(
        interface.server.url + re.sub(r"\{(\w+)\}", lambda match: names.get(match[1], "x"), path),
        headers={"Cookie": f"stormlykta-session={interface.phone}; {COOKIE}={seat}"},
    )
    assert told.status_code < 500
    assert str(told.status_code) in interface.described["paths"][path]["get"]["responses"]
    assert told.status_code < 400 or told.json()["error"]["code"] not in ("session", "role")
    Shapes(interface.described, path, "GET").check(told.status_code, told.headers.get("content-type"), told.content)


@pytest.mark.parametrize(("operation", "mode"), ASKED, ids=lambda each: each.value if isinstance(each, GenerationMode) else f"{each.method} {each.path}")
def test_the_server_answers_as_described(interface: Interface, operation: Operation, mode: GenerationMode) -> None:
    server = interface.server
    path = operation.path.replace("{path:path}", "{path}")
    asked = interface.schema[path][operation.method]
    shapes = Shapes(interface.described, path, operation.method)
    cookies = {"stormlykta-session": interface.phone, COOKIE: make_seat(server.data, ORGANISATION, "Maria", "leader,admin").token}
    said: set[str] = set()
    session = requests.Session()

    @settings(max_examples=EXAMPLES[mode], derandomize=True, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=asked.as_strategy(mode), real=st.booleans())
    def ask(case: Any, real: bool) -> None:
        case.path_parameters["organisation"] = ORGANISATION
        for name, id in interface.names.items() if real else ():
            if name in case.path_parameters:
                case.path_parameters[name] = id
        response = case.call(base_url=server.url, session=session, cookies=cookies, timeout=10, allow_redirects=False)
        case.validate_response(response, checks=HELD)
        shapes.check(response.status_code, response.headers.get("content-type"), response.content)
        said.add(response.json()["error"]["code"] if response.status_code >= 400 else "good")

    ask()
    session.close()
    assert said - {"session", "role"}, "the door was never passed"
