"""What was acknowledged is there: after a kill in the middle of everything, on a full disk, and when an older copy of the database is laid back."""

import asyncio
import contextlib
import json
import os
import resource
import signal
import sqlite3
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiosqlite
import httpx
import pytest
import pytest_asyncio

from stormlykta.database import REQUIRED, Database, check_settings
from tests.phone import Phone, new_id
from tests.server.conftest import make_code
from tests.serving import Running

SYNC: dict[str, Any] = {"v": 1, "epoch": None, "offset": 0, "pull": None, "library": ""}


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    made = Running(tmp_path / "data").start()
    yield made
    made.stop()


@pytest_asyncio.fixture
async def phones(running: Running) -> AsyncIterator[list[Phone]]:
    clients = [httpx.AsyncClient(base_url=running.url, timeout=20) for _ in range(6)]
    made = [Phone(f"person {number}", client) for number, client in enumerate(clients)]
    for phone in made:
        assert (await phone.join(make_code(running.data, "kommun", phone.name))).status_code == 201
    yield made
    for client in clients:
        await client.aclose()


async def everything(reader: Phone) -> dict[str, dict[int, list[Any]]]:
    """The log of every incident by seq, as a phone that has nothing gets it."""
    reader.seen, reader.epoch = {}, None
    reader.held.clear()
    await reader.sync()
    return {inc: dict(held) for inc, held in reader.held.items()}


def check_gap_free(logs: dict[str, dict[int, list[Any]]]) -> None:
    for held in logs.values():
        assert sorted(held) == list(range(1, len(held) + 1))


async def push_for_ever(phone: Phone, incidents: list[str], acknowledged: dict[tuple[str, int], list[Any]]) -> None:
    """Small pushes one after the other until the server is gone; what is told "ok" is written down."""
    with contextlib.suppress(httpx.TransportError):
        for turn in range(100_000):
            inc = incidents[turn % len(incidents)]
            for _ in range(1 + turn % 5):
                phone.write(inc, "mark", "kort/steg", body={"state": "done", "reason": f"{phone.name} {turn}"})
            operations, seals = phone.unsent()
            answer = await phone.push(operations, seals)
            for operation, (word, detail) in zip(operations, answer["results"], strict=True):
                assert word in ("ok", "dup")
                acknowledged[operation[5], detail] = operation
                phone.sent[operation[5]] += 1


async def test_a_server_killed_again_and_again_under_load_loses_nothing_it_acknowledged(running: Running, phones: list[Phone]) -> None:
    incidents = [new_id(), new_id()]
    acknowledged: dict[tuple[str, int], list[Any]] = {}
    for _ in range(4):
        tasks = [asyncio.create_task(push_for_ever(phone, incidents, acknowledged)) for phone in phones]
        before = len(acknowledged)
        await asyncio.sleep(0.7)
        assert await asyncio.to_thread(running.stop, signal.SIGKILL) == -signal.SIGKILL
        await asyncio.gather(*tasks)
        assert len(acknowledged) > before + 20
        await asyncio.to_thread(running.start)
        logs = await everything(reader_beside(phones[0]))
        check_gap_free(logs)
        for (inc, seq), operation in acknowledged.items():
            assert logs[inc][seq] == operation
    for phone in phones:
        await phone.sync()
    logs = await everything(phones[0])
    check_gap_free(logs)
    written = [operation for phone in phones for operations in phone.written.values() for operation in operations]
    assert sorted(map(str, written)) == sorted(str(operation) for held in logs.values() for operation in held.values())


def reader_beside(phone: Phone) -> Phone:
    """A phone that holds nothing, with the session of another."""
    reader = Phone("läsare", phone.client)
    reader.organisation = phone.organisation
    return reader


def limit_files(process: subprocess.Popen[bytes] | None, size: int) -> None:
    """No file of the process may grow beyond `size`: the disk is full, until this is called again."""
    assert process is not None
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


async def fill(phone: Phone, inc: str, most: int = 40) -> tuple[list[list[Any]], httpx.Response]:
    """Pushes 100 KB at a time until the server refuses. Gives what was acknowledged and the refusal."""
    kept: list[list[Any]] = []
    for _ in range(most):
        for _ in range(10):
            phone.write(inc, "log", body={"type": "event", "text": "x" * 10_000})
        operations, seals = phone.unsent()
        response = await phone.post({**SYNC, "push": {"ops": operations, "seals": seals}})
        if response.status_code != 200:
            return kept, response
        assert [word for word, _ in response.json()["results"]] == ["ok"] * 10
        phone.sent[inc] += 10
        kept += operations
    raise AssertionError("the disk never became full")


async def check_refusing_and_recovering(phone: Phone, make_room: Any) -> None:
    """A full disk refuses with 503, keeps what it has told, can be read, and goes on when there is room."""
    inc, small = new_id(), new_id()
    kept, refused = await fill(phone, inc)
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "storage")
    assert int(refused.headers["retry-after"]) > 0
    held = (await everything(reader_beside(phone))).get(inc, {})
    assert list(held.values()) == kept
    assert (await phone.client.get("/healthz")).status_code == 200
    assert (await phone.client.get(f"{phone.base}/incidents")).status_code == 200
    make_room()
    phone.write(small, "log", body="plats igen")
    await phone.sync()
    held = (await everything(reader_beside(phone)))[inc]
    check_gap_free({inc: held})
    assert list(held.values()) == phone.written[inc]
    assert phone.log(small) == phone.written[small]


async def test_a_full_disk_is_a_503_before_it_is_a_lie(running: Running, phones: list[Phone]) -> None:
    largest = max(file.stat().st_size for file in running.data.iterdir())
    limit_files(running.process, largest + 600_000)
    await check_refusing_and_recovering(phones[0], lambda: limit_files(running.process, resource.RLIM_INFINITY))


async def test_a_disk_that_is_truly_full_is_a_503_too(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0 or run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk):
        pytest.skip("only root may mount a small disk; the test above limits the size of files instead")
    try:
        running = Running(disk / "data")
        running.log = tmp_path / "log"
        running.start()
        try:
            async with httpx.AsyncClient(base_url=running.url, timeout=20) as client:
                anna = Phone("anna", client)
                await anna.join(make_code(running.data, "kommun", "anna"))
                await check_refusing_and_recovering(anna, lambda: run("mount", "-o", "remount,size=30m", disk))
        finally:
            running.stop()
    finally:
        run("umount", disk)


def run(*command: str | Path) -> int:
    return subprocess.run(command, capture_output=True, check=False).returncode


def high_water(running: Running, total: int) -> None:
    """Waits until the mark beside the database says `total`."""
    deadline = time.monotonic() + 4
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, ValueError):
            if json.loads((running.data / "high-water.json").read_text())["total"] == total:
                return
        time.sleep(0.05)
    raise AssertionError("the high-water mark was not kept")


async def test_an_older_copy_laid_back_begins_a_new_epoch_and_any_phone_heals_it(running: Running, phones: list[Phone], tmp_path: Path) -> None:
    anna, bo, *_ = phones
    inc = new_id()
    for number in range(5):
        anna.write(inc, "log", body=f"före {number}")
    await anna.sync()
    old_epoch = anna.epoch
    running.stop()
    running.copy_database(tmp_path / "copy")
    running.start()
    assert (await anna.push([]))["epoch"] == old_epoch, "a restart is no new time"
    for number in range(7):
        anna.write(inc, "log", body=f"efter {number}")
    bo.write(inc, "log", body="bos eget")
    await anna.sync()
    await bo.sync()
    high_water(running, 13)
    running.stop()
    for file in running.data.glob("stormlykta.db*"):
        file.unlink()
    for file in (tmp_path / "copy").iterdir():
        file.rename(running.data / file.name)
    running.start()

    refused = await bo.post({**SYNC, "epoch": old_epoch, "pull": bo.seen})
    assert refused.status_code == 409
    body = refused.json()
    assert body["error"]["code"] == "epoch"
    assert body["epoch"] not in ("", old_epoch)
    bo.epoch = body["epoch"]
    have = (await bo.post([inc, new_id()], path="have")).json()  # type: ignore[arg-type]
    assert have[inc] == {anna.device: [[1, 5]]}
    assert [*have.values()][1] == {}
    answer = await bo.push([*anna.written[inc][5:], *bo.written[inc]], [anna.seal(inc, 6, 12), bo.seal(inc, 1, 1)])
    assert answer["results"] == [["ok", seq] for seq in range(6, 14)]
    cecilia = phones[2]
    await cecilia.sync()
    check_gap_free({inc: cecilia.held[inc]})
    assert sorted(map(str, cecilia.log(inc))) == sorted(map(str, anna.written[inc] + bo.written[inc]))
    anna.epoch = body["epoch"]
    ahead = await anna.push([], pull={inc: 99})
    assert (ahead["incidents"][inc]["seq"], ahead["incidents"][inc]["head"]) == (13, 13)
    running.stop()
    running.start()
    assert (await bo.push([]))["epoch"] == body["epoch"], "the new epoch lasts"


async def test_have_tells_ranges_with_their_holes(running: Running, phones: list[Phone]) -> None:
    anna, bo, *_ = phones
    inc = new_id()
    for number in range(10):
        anna.write(inc, "log", body=f"{number}")
    bo.write(inc, "log", body="bo")
    for start, end in ((6, 7), (1, 3), (10, 10)):
        await anna.push(anna.written[inc][start - 1 : end], [anna.seal(inc, start, end)])
    await bo.sync()
    await bo.push(anna.written[inc][3:4])
    have = (await bo.post([inc], path="have")).json()[inc]  # type: ignore[arg-type]
    assert have == {anna.device: [[1, 3], [6, 7], [10, 10]], bo.device: [[1, 1]]}


async def test_a_database_that_refuses_a_setting_is_not_used() -> None:
    async with aiosqlite.connect(":memory:") as memory:
        with pytest.raises(RuntimeError, match="journal_mode"):
            await check_settings(memory)


async def test_a_writable_copy_with_weaker_settings_is_refused(tmp_path: Path) -> None:
    async with aiosqlite.connect(tmp_path / "a.db") as weak:
        await weak.execute("PRAGMA journal_mode=WAL")
        await weak.execute("PRAGMA foreign_keys=ON")
        await weak.execute("PRAGMA synchronous=NORMAL")
        with pytest.raises(RuntimeError, match="synchronous"):
            await check_settings(weak)
        await weak.execute("PRAGMA synchronous=FULL")
        await check_settings(weak)


async def test_the_settings_are_in_force_and_readers_can_not_write(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "stormlykta.db")
    try:
        seen = await database.write(lambda transaction: pragmas(transaction))
        assert seen == REQUIRED
        async with database.read() as reader:
            assert await pragmas(reader) == REQUIRED
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            await database.fetch("INSERT INTO meta (key, value) VALUES ('a', 'b')")
        with pytest.raises(sqlite3.IntegrityError):
            await database.write(lambda transaction: transaction.fetch("INSERT INTO members (organisation, id, name, roles) VALUES ('ingen', 'm', 'n', '')"))
    finally:
        await database.close()


async def pragmas(transaction: Any) -> dict[str, Any]:
    return {name: (await transaction.fetch(f"PRAGMA {name}"))[0][0] for name in REQUIRED}


async def test_a_reader_sees_one_moment_for_as_long_as_it_looks(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "stormlykta.db")
    try:
        async with database.read() as reader:
            before = await reader.fetch("SELECT COUNT(*) FROM organisations")
            await database.write(lambda transaction: transaction.fetch("INSERT INTO organisations VALUES ('a', 'A', '{}')"))
            assert await reader.fetch("SELECT COUNT(*) FROM organisations") == before
        assert (await database.fetch("SELECT COUNT(*) FROM organisations"))[0][0] == 1
    finally:
        await database.close()
