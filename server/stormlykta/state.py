"""What a request can reach, typed: `request.state` holds one of these under the name `stormlykta`.

Rule: everything that lives as long as the server lives here, and is opened and closed by `open_state`.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import structlog

from stormlykta import accounts, manifest
from stormlykta.config import Settings
from stormlykta.connections import Transaction
from stormlykta.database import Database
from stormlykta.errors import Problem
from stormlykta.files import swedish_time
from stormlykta.limits import Challenges, Guesses
from stormlykta.live import Live
from stormlykta.log import epochs, oplog
from stormlykta.log.feed import Feed
from stormlykta.office import readiness
from stormlykta.office.entrances import Entrances
from stormlykta.office.jobs import Jobs
from stormlykta.office.oidc import read_providers
from stormlykta.office.practice import Practice

Result = TypeVar("Result")
WATCH_SECONDS = 1.0
REST_SECONDS = 600.0  # between two fetches of the whole list by every phone, for what none of them waits for
log = structlog.get_logger("state")


def read_clock() -> int:
    """The server's time, ms."""
    return time.time_ns() // 1_000_000


@dataclass
class State:
    settings: Settings
    database: Database
    epoch: str
    total: int  # how many seqs the log has ever given; kept beside the database as its high-water mark
    feed: Feed = field(default_factory=Feed)
    live: Live = field(default_factory=Live)
    guesses: Guesses = field(default_factory=Guesses)
    # Nobody guesses 256 bits: a ceiling for all would only shut people out.
    letter_guesses: Guesses = field(default_factory=lambda: Guesses(by_everybody=100_000))
    challenges: Challenges = field(default_factory=Challenges)
    jobs: Jobs = field(default_factory=Jobs)
    entrances: Entrances = field(default_factory=Entrances)
    practice: Practice = field(default_factory=Practice)
    _shelves: dict[str, manifest.Shelf] = field(default_factory=dict)
    _unrecorded: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _rested: dict[str, float] = field(default_factory=dict)
    _waiting: set[str] = field(default_factory=set)
    _marked: int = -1
    _counted: str = ""

    async def write(self, job: Callable[[Transaction], Awaitable[Result]]) -> Result:
        return await self.database.write(job)

    def grow(self, organisation: str, outcome: oplog.Outcome, but: str | None = None) -> None:
        """After a commit: what it added is counted, what it moved is forgotten, and everybody but its bringer is poked."""
        self.total += outcome.given
        self.feed.forget(outcome.moved)
        self.live.poke(organisation, outcome.heads, but)

    async def shelf(self, organisation: str) -> manifest.Shelf:
        """What is published now."""
        found = self._shelves.get(organisation)
        if found is None:
            async with self.database.read() as transaction:
                found = self._shelves[organisation] = await manifest.read_shelf(transaction, organisation)
            self._unrecorded = {**{(organisation, *each): read_clock() for each in found.known()}, **self._unrecorded}
        return found

    async def recorded_shelf(self, organisation: str) -> manifest.Shelf:
        """As `shelf`, with every manifest that a phone may name on record."""
        shelf = await self.shelf(organisation)
        with suppress(Problem):  # a disk that takes nothing more keeps nobody from looking
            await self.record_manifests()
        return shelf

    async def manifest(self, session: accounts.Session) -> manifest.Manifest:
        """(hash, bytes) of what is published now, as this member may see it."""
        return (await self.shelf(session.organisation)).manifest(session.member, "leader" in session.roles)

    async def refresh_library(self, organisation: str) -> None:
        """Something that the manifest names may have changed: reads it anew and pokes those who listen."""
        self._waiting.discard(organisation)
        before = self._shelves.pop(organisation, None)
        shelf = await self.shelf(organisation)
        if before is None or before != shelf:
            self.live.poke_library(organisation, shelf.manifest("", False)[0])  # all hear it: not the hash of what only leaders may see

    async def refresh_library_calmly(self, organisation: str) -> None:
        """As refresh_library, for what no phone waits for (a number is still right): at once after a rest, else with the others when it is over."""
        if time.monotonic() < self._rested.get(organisation, 0.0):
            self._waiting.add(organisation)
            return
        self._rested[organisation] = time.monotonic() + REST_SECONDS
        await self.refresh_library(organisation)

    async def refresh_waiting(self) -> None:
        for organisation in [each for each in self._waiting if time.monotonic() >= self._rested[each]]:
            await self.refresh_library_calmly(organisation)

    async def record_manifests(self) -> None:
        """Notes when each manifest came to be: the readiness board tells a phone's library by its age."""
        if self._unrecorded:
            fresh = dict(self._unrecorded)
            await self.write(lambda transaction: manifest.record_manifests(transaction, fresh))
            self._unrecorded = {each: built for each, built in self._unrecorded.items() if each not in fresh}

    async def record_readiness(self, today: str) -> None:
        """Once a day, and when the server starts: the board's figures of every organisation, for the plot over the year."""
        if today == self._counted:
            return
        self._counted = today
        async with self.database.read() as transaction:
            organisations = await readiness.list_organisations(transaction)
        for organisation in organisations:
            figures = (await self.board(organisation)).figures
            await self.write(partial(readiness.keep_day, organisation=organisation, on=today, figures=figures))

    async def board(self, organisation: str, leader: bool = False) -> readiness.Board:
        """The readiness board as of now. `leader`: for somebody who may see secret numbers."""
        shelf = await self.recorded_shelf(organisation)
        async with self.database.read() as transaction:
            return await readiness.read_board(transaction, organisation, shelf, self.practice, read_clock(), leader)

    async def watch(self) -> None:
        """Sees what other processes (publish, invite, revoke) have written, and keeps the high-water mark."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                if await self.database.changed_outside():
                    async with self.database.read() as transaction:
                        self.live.stop(await accounts.stopped_devices(transaction))
                    for organisation in {*self._shelves, *self.live.organisations()}:
                        await self.refresh_library(organisation)
                await self.refresh_waiting()
                await self.record_manifests()
                self.keep_mark()
                await self.record_readiness(swedish_time.day(read_clock()).isoformat())
                await self.database.tidy()
            except Exception:
                log.exception("watching failed")

    def keep_mark(self) -> None:
        if self.total != self._marked:
            epochs.write_mark(self.settings.high_water, self.epoch, self.total)
            self._marked = self.total


@asynccontextmanager
async def open_state(settings: Settings) -> AsyncIterator[State]:
    """Opens the database (made and migrated where needed), settles the epoch, and closes all in order."""
    database = await Database.open(settings.database)
    await database.changed_outside()  # from here on, also what is published in the server's first second is seen
    mark = epochs.read_mark(settings.high_water)
    epoch, total, restored = await database.write(lambda transaction: epochs.settle(transaction, mark))
    if restored:
        log.warning("the database is older than its high-water mark: a new epoch begins, phones will send again what it lacks")
    state = State(settings, database, epoch, total, entrances=Entrances(read_providers(settings.oidc)))
    watcher = asyncio.create_task(state.watch())
    try:
        yield state
    finally:
        await state.jobs.close()
        watcher.cancel()
        with suppress(asyncio.CancelledError):
            await watcher
        await database.close()
        with suppress(OSError):
            state.keep_mark()
