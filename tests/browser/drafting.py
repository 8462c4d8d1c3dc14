"""What has been done at another desk before a test begins: by the same HTTP, without the screens."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest_asyncio

from tests.desk import COOKIE, DeskClient, make_seat
from tests.serving import Running

Elsewhere = Callable[..., Awaitable["Colleague"]]


class Colleague(DeskClient):
    """`erik = await elsewhere("Erik", roles="editor")`: somebody at a desk that the test does not look at."""

    async def done(self, method: str, path: str, json: Any = None) -> Any:
        response = await self.client.request(method, self.url(path), json=json if json is not None or method in ("GET", "DELETE") else {})
        assert response.status_code < 400, f"{method} {path}: {response.status_code} {response.text[:500]}"
        return response.json() if response.content else None

    async def redraft(self, checklist: str, change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
        """A draft of the version in force, or the one there is, changed and saved."""
        draft: dict[str, Any] = await self.done("POST", f"drafts/{checklist}")
        change(draft["document"])
        saved = await self.done("PUT", f"drafts/{checklist}", {"revision": draft["revision"], "document": draft["document"]})
        return {**draft, "revision": saved["revision"]}

    async def publish(self, checklist: str, change: Callable[[dict[str, Any]], None], why: str) -> int:
        draft = await self.redraft(checklist, change)
        row = (await self.done("GET", f"checklists/{checklist}"))["row"]
        body = {"revision": draft["revision"], "changes": why, "review_by": "2099-01-01", "owner": "TiB", "version_in_force": row["version"]}
        version: int = (await self.done("POST", f"drafts/{checklist}/publish", body))["version"]
        return version

    async def require_second_person(self) -> None:
        mark = (await self.done("GET", "settings"))["mark"]
        await self.done("PUT", "settings", {"mark": mark, "second_person": True})

    async def give_roles(self, member: str, *roles: str) -> None:
        await self.done("PUT", f"members/{member}", {"roles": list(roles)})


def goal(words: str) -> Callable[[dict[str, Any]], None]:
    return lambda document: document["goal"].update(sv=words)


def first_step(words: str) -> Callable[[dict[str, Any]], None]:
    return lambda document: document["phases"][0]["steps"][0]["text"].update(sv=words)


@pytest_asyncio.fixture
async def elsewhere(server: Running) -> AsyncIterator[Elsewhere]:
    clients: list[httpx.AsyncClient] = []

    async def sit(name: str, roles: str = "admin", organisation: str = "exempelkommun") -> Colleague:
        seat = make_seat(server.data, organisation, name, roles)
        client = httpx.AsyncClient(base_url=server.url, timeout=30, cookies={COOKIE: seat.token})
        clients.append(client)
        return Colleague(name, organisation, seat.member, client)

    yield sit
    for client in clients:
        await client.aclose()
