"""A desk as the administration's HTTP describes it: a signed-in seat, put straight into the database, that speaks to a real server."""

import hashlib
import secrets
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import httpx

COOKIE = "stormlykta-desk"


class Seat(NamedTuple):
    token: str
    member: str


def make_seat(data: Path, organisation: str, name: str, roles: str = "admin") -> Seat:
    """What signing in does, without a key or a password: tests of signing in are in test_entrance.py."""
    token, now = secrets.token_urlsafe(32), int(time.time() * 1000)
    with closing(sqlite3.connect(data / "stormlykta.db", timeout=10)) as database, database:
        database.execute("INSERT INTO organisations VALUES (?, ?, '{}') ON CONFLICT DO NOTHING", (organisation, organisation.capitalize()))
        found = database.execute("SELECT id FROM members WHERE organisation = ? AND name = ? AND removed IS NULL", (organisation, name)).fetchone()
        member = found[0] if found else secrets.token_urlsafe(8)
        database.execute(
            "INSERT INTO members (organisation, id, name, roles) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET roles = excluded.roles",
            (organisation, member, name, roles),
        )
        database.execute(
            "INSERT INTO seats (token, organisation, id, member, created, used, way, agent) VALUES (?, ?, ?, ?, ?, ?, 'password', 'test')",
            (hashlib.sha256(token.encode()).digest(), organisation, secrets.token_urlsafe(6), member, now, now),
        )
    return Seat(token, member)


class DeskClient:
    """`sat = await sit("maria")`; paths are under /api/o/{organisation}/admin."""

    def __init__(self, name: str, organisation: str, member: str, client: httpx.AsyncClient) -> None:
        self.name, self.organisation, self.member, self.client = name, organisation, member, client

    def url(self, path: str) -> str:
        return f"/api/o/{self.organisation}/admin/{path}"

    async def get(self, path: str, **more: Any) -> httpx.Response:
        return await self.client.get(self.url(path), **more)

    async def post(self, path: str, json: Any = None, **more: Any) -> httpx.Response:
        return await self.client.post(self.url(path), json=json, **more) if json is not None else await self.client.post(self.url(path), **more)

    async def put(self, path: str, json: Any = None, **more: Any) -> httpx.Response:
        return await self.client.put(self.url(path), json=json, **more) if json is not None else await self.client.put(self.url(path), **more)

    async def delete(self, path: str, **more: Any) -> httpx.Response:
        return await self.client.delete(self.url(path), **more)
