"""A poor line may take its time; a line that stands still, or announces more than may come, is let go."""

import asyncio

import pytest
from starlette.requests import Request

from stormlykta import doors
from stormlykta.errors import Problem
from tests.server.conftest import Joined
from tests.serving import Running


async def test_a_body_that_stands_still_is_let_go_and_a_too_long_one_is_refused_at_once(
    server: Running, joined: Joined, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await joined("anna")
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    cookie = "; ".join(f"{name}={value}" for name, value in anna.client.cookies.items())
    writer.write(f"POST {anna.base}/sync HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nContent-Length: 999999999\r\n\r\n{{".encode())
    assert b" 413 " in await asyncio.wait_for(reader.readline(), 5)
    writer.close()
    monkeypatch.setattr(doors, "STILL_SECONDS", 0.1)

    async def receive() -> dict[str, object]:
        await asyncio.sleep(30)
        return {}

    request = Request({"type": "http", "headers": [], "method": "POST"}, receive)
    with pytest.raises(Problem, match="slow"):
        await doors.read_body(request)
