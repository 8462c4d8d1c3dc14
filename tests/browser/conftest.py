"""Real phones (Chromium, a profile each) against a real server with the starter library. What went wrong on a page fails the test."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Playwright, async_playwright, expect

from tests.browser.clerk import Clerk, at_a_desk
from tests.browser.leader import Leader
from tests.serving import ROOT, Running

PickUp = Callable[..., Awaitable[Leader]]
SitDown = Callable[..., Awaitable[Clerk]]
LIBRARY = ROOT / "checklists"
expect.set_options(timeout=15_000)  # on a machine that does other things too; how fast it is, bench/ measures


@pytest.fixture(scope="session")
def with_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a server that has the starter library, stopped: every test starts from a copy of its own."""
    running = Running(tmp_path_factory.mktemp("with-library") / "data").start()
    published = running.command("publish", LIBRARY)
    assert published.returncode == 0, published.stderr
    running.stop()
    return running.data


@pytest.fixture
def server(with_library: Path, tmp_path: Path) -> Iterator[Running]:
    shutil.copytree(with_library, tmp_path / "data")
    running = Running(tmp_path / "data").start()
    yield running
    running.stop()


@pytest_asyncio.fixture
async def playwright() -> AsyncIterator[Playwright]:
    async with async_playwright() as started:
        yield started


@pytest_asyncio.fixture
async def pick_up(server: Running, playwright: Playwright, tmp_path: Path) -> AsyncIterator[PickUp]:
    """`await pick_up("Anna")`: a phone that has joined and is ready. `join=False`: one that has not."""
    leaders: list[Leader] = []

    async def pick(name: str, join: bool = True, organisation: str = "exempelkommun", **options: Any) -> Leader:
        leader = await Leader.pick_up(name, playwright, tmp_path / f"phone-{len(leaders)}-{name}", server.url, **options)
        leaders.append(leader)
        if join:
            await leader.join(server.invite(name, organisation)["code"])
        return leader

    yield pick
    for leader in leaders:
        await leader.put_down()
    assert [error for leader in leaders for error in leader.errors] == []


@pytest_asyncio.fixture
async def sit_down(server: Running, playwright: Playwright, tmp_path: Path) -> AsyncIterator[SitDown]:
    """`await sit_down("Maria", roles="editor", width=360)`: a clerk who is signed in, at the first page."""
    clerks: list[Clerk] = []

    async def sit(name: str, roles: str = "admin", organisation: str = "exempelkommun", width: int = 1280, **options: Any) -> Clerk:
        clerk = await Clerk.pick_up(name, playwright, tmp_path / f"desk-{len(clerks)}-{name}", server.url, **{**at_a_desk(width), **options})
        clerks.append(clerk)
        await clerk.sit(server, organisation, roles)
        await clerk.go_to()
        return clerk

    yield sit
    for clerk in clerks:
        await clerk.put_down()
    assert [error for clerk in clerks for error in clerk.errors] == []
