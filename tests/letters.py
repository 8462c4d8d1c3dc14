"""Letters of self-confirmation in tests: written by a clerk, read by whoever holds the link."""

from typing import Any

import httpx

from tests.desk import DeskClient
from tests.serving import Running


class Reader:
    """Whoever holds a link: no session, no cookie, nothing but the token."""

    def __init__(self, server: Running, organisation: str, token: str) -> None:
        self.base, self.token = f"{server.url}/api/o/{organisation}/admin/letter", token

    async def open(self) -> httpx.Response:
        return await self.post("", {"token": self.token})

    async def answer(self, right: bool = True, **more: Any) -> httpx.Response:
        return await self.post("/answer", {"token": self.token, "right": right, **more})

    async def post(self, path: str, body: dict[str, Any]) -> httpx.Response:
        async with httpx.AsyncClient(timeout=20) as client:
            return await client.post(self.base + path, json=body)


async def write(clerk: DeskClient, *persons: str, **more: Any) -> list[dict[str, Any]]:
    """`await write(maria, "direktor/karin")`."""
    to = [dict(zip(("function", "person"), each.split("/"), strict=True)) for each in persons]
    response = await clerk.post("letters", {"persons": to, **more})
    assert response.status_code == 200, response.text
    made: list[dict[str, Any]] = response.json()["letters"]
    return made


async def letter_to(clerk: DeskClient, server: Running, person: str) -> Reader:
    return Reader(server, clerk.organisation, (await write(clerk, person))[0]["link"].rsplit("/", 1)[1])


def code(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


async def listed(clerk: DeskClient, person: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in (await clerk.get("letters")).json()["letters"] if each["person"] == person)
    return found
