"""Every door of administration, read from the app's own routes: whoever may not is told so, in that order, whatever they bring; and no door lacks a guard."""

import asyncio
import secrets
import sqlite3
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from stormlykta.app import create_app
from stormlykta.config import Settings
from stormlykta.descriptions import Described
from stormlykta.doors import COOKIE as PHONE_COOKIE
from tests.desk import COOKIE, Seat, make_seat
from tests.phone import Phone
from tests.server.conftest import make_code
from tests.serving import Running

ADMIN = "/api/o/{organisation}/admin/"
MAY = ("stranger", "desk", "editor", "admin")


class Door(NamedTuple):
    method: str
    path: str
    described: Described

    def __str__(self) -> str:
        return f"{self.method} {self.path.removeprefix(ADMIN)}"

    def address(self, organisation: str) -> str:
        """With names that are nowhere: nobody's things are touched, and whoever is let in finds nothing."""
        path = self.path.replace("{organisation}", organisation)
        while "{" in path:
            path = f"{path[: path.index('{')]}{secrets.token_hex(4)}{path[path.index('}') + 1 :]}"
        return path


def admin_doors(routes: Iterable[BaseRoute]) -> Iterator[Door]:
    for route in routes:
        if not isinstance(route, Route) or not route.path.startswith(ADMIN):
            continue
        described = getattr(route.endpoint, "described", None)
        assert isinstance(described, Described), f"{route.path} has a handler that @desk does not guard"
        assert described.may in MAY, f"{route.path} may be used by {described.may}"
        for method in sorted((route.methods or {"ANY"}) - {"HEAD"}):
            yield Door(method, route.path, described)


def all_doors() -> list[Door]:
    return list(admin_doors(create_app(Settings(data=Path("nowhere"), web=Path("nowhere"))).routes))


DOORS = all_doors()
GUARDED = [door for door in DOORS if door.described.may != "stranger"]


class People(NamedTuple):
    """Everybody who knocks: the cookies they bring, by what they are."""

    organisation: str
    cookies: dict[str, str]

    def freshly_seated(self, data: Path) -> dict[str, str]:
        """A door may be the one that ends a seat: those who are let in sit down anew for each."""
        seats = {role: cookie_of(make_seat(data, self.organisation, name, role)) for role, name in (("editor", "Erik"), ("admin", "Maria"))}
        return {**self.cookies, **seats}


@pytest.fixture(scope="module")
def people(server: Running) -> People:
    organisation = "kommunen"
    phones = asyncio.run(pick_up_phones(server, organisation))
    seats = {
        "leader": make_seat(server.data, organisation, "Lena", "leader"),
        "neighbour": make_seat(server.data, f"grann-{organisation}", "Nora", "leader,editor,admin"),
        "removed": make_seat(server.data, organisation, "Rolf", "admin"),
        "ended": make_seat(server.data, organisation, "Eva", "admin"),
        "old": make_seat(server.data, organisation, "Olle", "admin"),
        "demoted": make_seat(server.data, organisation, "Dag", "admin"),
    }
    with closing(sqlite3.connect(server.data / "stormlykta.db", timeout=10)) as database, database:
        database.execute("UPDATE members SET removed = 1 WHERE id = ?", (seats["removed"].member,))
        database.execute("UPDATE members SET roles = 'leader' WHERE id = ?", (seats["demoted"].member,))
        database.execute("UPDATE seats SET ended = 1 WHERE member = ?", (seats["ended"].member,))
        database.execute("UPDATE seats SET used = used - 54000000 WHERE member = ?", (seats["old"].member,))
    return People(
        organisation,
        {
            "stranger": "",
            "nonsense": f"{COOKIE}={'x' * 43}",
            **{f"{name}'s phone": f"{PHONE_COOKIE}={token}" for name, token in phones.items()},
            **{f"{name}'s phone as a seat": f"{COOKIE}={token}" for name, token in phones.items()},
            **{name: cookie_of(seat) for name, seat in seats.items()},
        },
    )


async def pick_up_phones(server: Running, organisation: str) -> dict[str, str]:
    tokens = {}
    for role in ("leader", "admin"):
        async with httpx.AsyncClient(base_url=server.url) as client:
            await Phone(role, client).join(make_code(server.data, organisation, f"Anna, {role}", role))
            (cookie,) = client.cookies.jar
            tokens[role] = str(cookie.value)
    return tokens


@pytest_asyncio.fixture
async def client(server: Running) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=server.url, timeout=20) as made:
        yield made


def cookie_of(seat: Seat) -> str:
    return f"{COOKIE}={seat.token}"


def expected(may: str, who: str) -> tuple[int, str] | None:
    """What the door says; None: it lets them in."""
    if may == "stranger":
        return None
    if who in ("leader", "demoted"):
        return (403, "role")
    if who not in ("editor", "admin"):
        return (401, "session")
    return (403, "role") if may == "admin" and who == "editor" else None


async def knock(client: httpx.AsyncClient, door: Door, organisation: str, cookie: str, **headers: str) -> tuple[int, str]:
    """With a body that is JSON and no more: who may in is refused for that, not at the door."""
    content = b"[]" if door.described.takes is not None else None
    response = await client.request(door.method, door.address(organisation), content=content, headers={**headers, "Cookie": cookie})
    client.cookies.clear()
    refused = response.status_code >= 400
    return response.status_code, str(response.json()["error"]["code"]) if refused else ""


def test_there_are_doors_and_each_says_who_may() -> None:
    assert len(DOORS) > 30
    assert {door.described.may for door in DOORS} == set(MAY)


RESERVED = {"settings", "trail", "members", "invitations", "phones", "seats"}  # what an editor has nothing to do with
OPEN = {"enter", "link", "oidc", "letter"}  # what is sent there is the credential


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_what_is_for_administrators_is_for_no_others_and_only_ways_in_stand_open(door: Door) -> None:
    topic = door.path.removeprefix(ADMIN).split("/")[0]
    assert (door.described.may == "stranger") == (topic in OPEN)
    assert door.described.may == "admin" or topic not in RESERVED


def test_a_handler_that_nobody_guards_is_found() -> None:
    async def forgotten(_request: Request) -> Response:
        return Response("öppet")

    app = Starlette(routes=[Route(f"{ADMIN}forgotten", forgotten)])
    with pytest.raises(AssertionError, match="does not guard"):
        list(admin_doors(app.routes))


@pytest.mark.parametrize("door", GUARDED, ids=str)
async def test_a_door_lets_in_those_it_is_for_and_nobody_else(client: httpx.AsyncClient, people: People, server: Running, door: Door) -> None:
    for who, cookie in people.freshly_seated(server.data).items():
        answer = await knock(client, door, people.organisation, cookie)
        wanted = expected(door.described.may, who)
        if wanted is None:
            assert answer[1] not in ("session", "role"), who
            assert answer[0] < 500, who
        else:
            assert answer == wanted, who


@pytest.mark.parametrize("door", [door for door in DOORS if door.described.may == "stranger"], ids=str)
async def test_a_door_for_strangers_says_the_same_to_everybody(client: httpx.AsyncClient, people: People, server: Running, door: Door) -> None:
    """What is sent is the credential there: a seat, an organisation's name or none change nothing."""
    answers = {await knock(client, door, people.organisation, cookie) for cookie in people.freshly_seated(server.data).values()}
    assert len(answers) == 1
    ((status, _),) = answers
    assert status < 500


@pytest.mark.parametrize("door", GUARDED, ids=str)
async def test_an_organisation_that_is_not_there_is_as_one_that_is_not_yours(client: httpx.AsyncClient, people: People, server: Running, door: Door) -> None:
    seat = people.freshly_seated(server.data)["admin"]
    for organisation in ("ingen-sadan", people.organisation.upper(), f"grann-{people.organisation}"):
        assert await knock(client, door, organisation, seat) == (401, "session")


@pytest.mark.parametrize("door", [door for door in DOORS if door.method != "GET"], ids=str)
async def test_another_sites_page_can_not_have_a_deed_done(client: httpx.AsyncClient, people: People, server: Running, door: Door) -> None:
    seat = people.freshly_seated(server.data)["admin"]
    for header in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://elak.example"}, {"Origin": "null"}):
        assert await knock(client, door, people.organisation, seat, **header) == (403, "origin")


def test_looking_changes_nothing() -> None:
    """A GET may be sent by any page's picture: none of them takes a body."""
    assert [str(door) for door in DOORS if door.method == "GET" and door.described.takes is not None] == []
