"""The live stream: it says "ask" to everybody but the one who brought the news, lives through silence, and never keeps the server from stopping."""

import asyncio
import json
import signal
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from stormlykta.database import Database
from stormlykta.live import Live
from tests.phone import Phone, new_id
from tests.server.conftest import Joined, make_code
from tests.serving import Running


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """A server to be stopped by the test itself."""
    made = Running(tmp_path / "data").start()
    yield made
    made.stop(signal.SIGKILL)


async def next_poke(lines: AsyncIterator[str], within: float = 15) -> dict[str, Any]:
    async with asyncio.timeout(within):
        async for line in lines:
            if line.startswith("data:"):
                poke: dict[str, Any] = json.loads(line[5:])
                return poke
    raise AssertionError("the stream ended")


async def test_everybody_is_poked_but_the_one_who_brought_the_news(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    async with anna.client.stream("GET", f"{anna.base}/live") as annas, bo.client.stream("GET", f"{bo.base}/live") as bos:
        assert annas.headers["content-type"].startswith("text/event-stream")
        assert annas.headers["cache-control"] == "no-store"
        annas_lines, bos_lines = annas.aiter_lines(), bos.aiter_lines()
        await anext(annas_lines)
        await anext(bos_lines)
        anna.write(inc, "log", body="ett")
        anna.write(inc, "log", body="två")
        await anna.sync()
        assert await next_poke(bos_lines) == {"incident": inc, "seq": 2}
        bo.write(inc, "log", body="tre")
        await bo.sync()
        assert await next_poke(annas_lines) == {"incident": inc, "seq": 3}


async def test_what_is_already_held_pokes_nobody(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc, other = new_id(), new_id()
    anna.write(inc, "log", body="ett")
    await anna.push(*anna.unsent())
    async with bo.client.stream("GET", f"{bo.base}/live") as stream:
        lines = stream.aiter_lines()
        await anext(lines)
        await anna.push(*anna.unsent())
        await anna.push([[1, "ruttet"]])
        await anna.push([], pull={})
        anna.write(other, "log", body="nytt")
        await anna.push(anna.written[other], [anna.seal(other, 1, 1)])
        assert await next_poke(lines) == {"incident": other, "seq": 1}


async def test_the_library_is_poked_when_another_process_changes_it(server: Running, joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    async with anna.client.stream("GET", f"{anna.base}/live") as annas, bo.client.stream("GET", f"{bo.base}/live") as bos:
        lines, others = annas.aiter_lines(), bos.aiter_lines()
        await anext(lines)
        await anext(others)
        before = (await anna.push([]))["library"]
        invited = asyncio.create_task(asyncio.to_thread(server.invite, "Cecilia", anna.organisation))
        poke = await next_poke(lines)
        assert await next_poke(others) == poke
        assert set(poke) == {"library"}
        assert poke["library"] != before
        assert (await anna.push([]))["library"] == poke["library"]
        assert (await anna.client.get(f"{anna.base}/library")).json()["hash"] == poke["library"]
        await invited


async def test_a_change_made_just_after_the_opening_is_seen(tmp_path: Path) -> None:
    """The first look must not be the one that only learns where to begin."""
    database = await Database.open(tmp_path / "stormlykta.db")
    assert await database.changed_outside() is False
    with sqlite3.connect(tmp_path / "stormlykta.db") as outside:
        outside.execute("INSERT INTO organisations VALUES ('kommun', 'Kommun', '{}')")
    outside.close()
    assert await database.changed_outside() is True
    assert await database.changed_outside() is False
    await database.close()


async def test_a_silent_stream_says_now_and_then_that_it_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stormlykta.live.HEARTBEAT_SECONDS", 0.05)
    live = Live()
    stream = live.listen("kommun", "anna")
    said = [await anext(stream) for _ in range(3)]
    assert said == [b"retry: 2000\n: hello\n\n", b": still here\n\n", b": still here\n\n"]
    live.poke("kommun", {"a": 1})
    live.poke("kommun", {"a": 2, "b": 1}, but="bo")
    live.poke("kommun", {"c": 1}, but="anna")
    assert await anext(stream) == b'event: poke\ndata: {"incident":"a","seq":2}\n\n'
    assert await anext(stream) == b'event: poke\ndata: {"incident":"b","seq":1}\n\n'
    live.close()
    with pytest.raises(StopAsyncIteration):
        await anext(stream)
    assert live.organisations() == []


async def test_a_stopped_device_is_told_nothing_more_not_even_what_was_waiting() -> None:
    live = Live()
    annas, bos = live.listen("kommun", "anna"), live.listen("kommun", "bo")
    await anext(annas)
    await anext(bos)
    waiting = asyncio.ensure_future(anext(annas))
    await asyncio.sleep(0)
    live.poke("kommun", {"a": 1})
    live.stop([("kommun", "anna"), ("grannkommun", "bo")])
    live.poke_library("kommun", "L")
    with pytest.raises(StopAsyncIteration):
        await waiting
    assert b'"incident":"a"' in await anext(bos)
    assert b'"library":"L"' in await anext(bos)


async def test_whoever_has_gone_is_forgotten(server: Running, joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    for _ in range(20):
        async with anna.client.stream("GET", f"{anna.base}/live") as stream:
            await anext(stream.aiter_lines())
    bo.write(new_id(), "log", body="och allt går vidare")
    assert (await bo.sync())["results"][0][0] == "ok"


@pytest.mark.parametrize("streams", [0, 25])
async def test_sigterm_with_open_streams_stops_quickly_and_well(running: Running, streams: int) -> None:
    async with httpx.AsyncClient(base_url=running.url, timeout=20) as client:
        anna = Phone("anna", client)
        await anna.join(make_code(running.data, "kommun", "anna"))
        inc = new_id()
        anna.write(inc, "log", body="kvar")
        await anna.sync()
        opened = [client.stream("GET", f"{anna.base}/live") for _ in range(streams)]
        readers = [(await stream.__aenter__()).aiter_lines() for stream in opened]
        for reader in readers:
            await anext(reader)
        began = time.monotonic()
        status = await asyncio.to_thread(running.stop)
        assert status == 0
        assert time.monotonic() - began < 3
        for reader, stream in zip(readers, opened, strict=True):
            assert [line async for line in reader if line.startswith("data")] == []
            await stream.__aexit__(None, None, None)
    assert not (running.data / "stormlykta.db-wal").exists(), "a clean stop leaves one whole file"
    assert b"Traceback" not in running.log.read_bytes()


async def test_ctrl_c_is_as_good_a_stop(running: Running) -> None:
    assert await asyncio.to_thread(running.stop, signal.SIGINT) == 0
    assert b"Traceback" not in running.log.read_bytes()


async def test_a_push_under_way_when_the_server_is_asked_to_stop_gets_its_answer(running: Running) -> None:
    async with httpx.AsyncClient(base_url=running.url, timeout=20) as client:
        anna = Phone("anna", client)
        await anna.join(make_code(running.data, "kommun", "anna"))
        incidents = [new_id() for _ in range(30)]
        for inc in incidents:
            for number in range(100):
                anna.write(inc, "log", body=f"{number}")
        pushes: list[Awaitable[dict[str, Any]]] = [asyncio.create_task(anna.push(anna.written[inc], [anna.seal(inc, 1, 100)])) for inc in incidents]
        await asyncio.sleep(0.05)
        stopped = asyncio.create_task(asyncio.to_thread(running.stop))
        answers = await asyncio.gather(*pushes, return_exceptions=True)
        assert await stopped == 0
    acknowledged = sum(len(answer["results"]) for answer in answers if isinstance(answer, dict))
    database = sqlite3.connect(running.data / "stormlykta.db")
    ((kept,),) = database.execute("SELECT COUNT(*) FROM operations").fetchall()
    database.close()
    assert acknowledged > 0
    assert kept >= acknowledged
