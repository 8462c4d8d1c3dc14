"""One real server for the tests of a module; each test has an organisation of its own in it."""

import itertools
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from stormlykta.accounts import ALPHABET, digest
from tests.desk import COOKIE, DeskClient, make_seat
from tests.phone import Phone, new_id
from tests.serving import Running

Joined = Callable[..., Awaitable[Phone]]
Sat = Callable[..., Awaitable[DeskClient]]
count = itertools.count(1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = Running(tmp_path_factory.mktemp("server") / "data").start()
    yield running
    running.stop()


@pytest.fixture
def organisation() -> str:
    return f"kommun-{next(count)}"


@pytest_asyncio.fixture
async def joined(server: Running, organisation: str) -> AsyncIterator[Joined]:
    """`await joined("anna")`: a phone of a new member in this test's organisation, or in another."""
    clients: list[httpx.AsyncClient] = []

    async def join(name: str, organisation: str = organisation, roles: str = "leader", url: str = server.url, data: Path = server.data) -> Phone:
        client = httpx.AsyncClient(base_url=url, timeout=20)
        clients.append(client)
        phone = Phone(name, client)
        response = await phone.join(make_code(data, organisation, name, roles))
        assert response.status_code == 201, response.text
        return phone

    yield join
    for client in clients:
        await client.aclose()


@pytest_asyncio.fixture
async def sat(server: Running, organisation: str) -> AsyncIterator[Sat]:
    """`await sat("maria", roles="admin")`: somebody signed in at a desk in this test's organisation, or in another."""
    clients: list[httpx.AsyncClient] = []

    async def sit(name: str, roles: str = "admin", organisation: str = organisation, url: str = server.url, data: Path = server.data) -> DeskClient:
        seat = make_seat(data, organisation, name, roles)
        client = httpx.AsyncClient(base_url=url, timeout=20, cookies={COOKIE: seat.token})
        clients.append(client)
        return DeskClient(name, organisation, seat.member, client)

    yield sit
    for client in clients:
        await client.aclose()


def make_code(data: Path, organisation: str, name: str, roles: str = "leader") -> str:
    """What `stormlykta invite` does, without starting a Python for each: tests of the command itself are in test_commands.py."""
    code = "".join(ALPHABET[byte % 32] for byte in new_id(8).encode()[:8])
    now = int(time.time() * 1000)
    with sqlite3.connect(data / "stormlykta.db", timeout=10) as database:
        database.execute("INSERT INTO organisations VALUES (?, ?, '{}') ON CONFLICT DO NOTHING", (organisation, organisation.capitalize()))
        found = database.execute("SELECT id FROM members WHERE organisation = ? AND name = ?", (organisation, name)).fetchone()
        member = found[0] if found else new_id(8)
        if not found:
            database.execute("INSERT INTO members (organisation, id, name, roles) VALUES (?, ?, ?, ?)", (organisation, member, name, roles))
        database.execute("INSERT INTO invitations VALUES (?, ?, ?, ?, ?, NULL, NULL)", (digest(code), organisation, member, now, now + 3_600_000))
    database.close()
    return code
