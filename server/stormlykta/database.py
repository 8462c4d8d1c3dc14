"""Opens the database, migrates it, and holds the one writer and the readers.

Rule: only this file begins a transaction. Whatever waits to be written is committed together, and nobody is answered before that commit is on disk.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
import structlog
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from stormlykta.connections import Glance, Readers, Row, Transaction, driver_of, engine, prepare
from stormlykta.errors import Problem

Result = TypeVar("Result")

REQUIRED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
log = structlog.get_logger("database")


Job = Callable[[Transaction], Awaitable[Result]]


class Database:
    """Use `await Database.open(path)`; `write(job)` and `read()` from then on; `close()` waits for what is queued."""

    def __init__(self, writer: AsyncEngine, readers: Readers, glance: Glance, connection: AsyncConnection, driver: aiosqlite.Connection) -> None:
        self._writer_engine, self._readers, self._glance = writer, readers, glance
        self._connection, self._driver = connection, driver
        self._queue: list[tuple[Job[Any], asyncio.Future[Any]]] = []
        self._wake = asyncio.Event()
        self._closing = False
        self._outside: int | None = None
        self._untidy = True
        self._task = asyncio.create_task(self._write_forever())

    @classmethod
    async def open(cls, path: Path) -> "Database":
        """Raises RuntimeError when the database refuses a setting without which nothing would be safe."""
        await asyncio.to_thread(migrate, path)
        writer = engine(path, "BEGIN IMMEDIATE", size=1)
        connection = await writer.connect()
        driver = await driver_of(connection)
        await check_settings(driver)
        return cls(writer, await Readers.open(path), Glance(path), connection, driver)

    async def close(self) -> None:
        self._closing = True
        self._wake.set()
        await self._task
        await self._connection.close()
        await self._writer_engine.dispose()
        await self._readers.close()
        self._glance.close()

    async def write(self, job: Job[Result]) -> Result:
        """What `job` returns, once the commit that holds its writes is on disk. It may run twice, so its only effects are in the transaction.

        Raises what the job raises (its writes are then undone, nobody else's), and Problem("storage") when the disk refuses.
        """
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._queue.append((job, future))
        self._wake.set()
        return await future

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A transaction on a reader: one moment of the database, for as long as it is held."""
        async with self._readers.take() as reader:
            try:
                await reader.fetch("BEGIN")
                yield reader
            finally:
                if reader.is_open:
                    await reader.fetch("ROLLBACK")

    @asynccontextmanager
    async def reader(self) -> AsyncIterator[Transaction]:
        """A reader without a transaction: each statement sees the newest. For what was written once and never changes."""
        async with self._readers.take() as reader:
            yield reader

    async def glance(self, sql: str, values: Sequence[Any]) -> list[Row]:
        """The few rows of one statement that looks something up by its key."""
        rows = self._glance.fetch(sql, values)
        return rows if rows is not None else await self.fetch(sql, values)

    async def fetch(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """The rows of one statement that only reads."""
        async with self._readers.take() as reader:
            return await reader.fetch(sql, values)

    async def tidy(self) -> None:
        """Moves what was committed from the write-ahead log into the database file. Nothing waits for it, and nothing depends on it."""
        if self._untidy:
            self._untidy = False
            await self._driver.execute_fetchall("PRAGMA wal_checkpoint(PASSIVE)")

    async def changed_outside(self) -> bool:
        """Whether another process (the command line) has written since this was last asked."""
        ((version,),) = await self._driver.execute_fetchall("PRAGMA data_version")
        before, self._outside = self._outside, version
        return before is not None and before != version

    async def _write_forever(self) -> None:
        while not (self._closing and not self._queue):
            await self._wake.wait()
            self._wake.clear()
            batch, self._queue = self._queue, []
            if batch and not await self._commit(batch):
                for one in batch:
                    await self._commit([one])

    async def _commit(self, batch: list[tuple[Job[Any], asyncio.Future[Any]]]) -> bool:
        """Runs the batch in one transaction and answers. False: one of several failed, nothing was written, run each alone."""
        try:
            async with self._connection.begin():
                transaction = Transaction(self._driver, len(batch))
                results = [await job(transaction) for job, _ in batch]
                for finish in transaction.before_commit:
                    await finish()
        except Exception as error:
            if len(batch) > 1:
                log.warning("a commit of many failed, each is tried alone", jobs=len(batch), reason=type(error).__name__)
                return False
            answer(batch[0][1], error=storage_problem(error) or error)
            return True
        for (_, future), result in zip(batch, results, strict=True):
            answer(future, result)
        self._untidy = True
        return True


async def check_settings(driver: aiosqlite.Connection) -> None:
    for name, wanted in REQUIRED.items():
        ((value,),) = await driver.execute_fetchall(f"PRAGMA {name}")
        if value != wanted:
            raise RuntimeError(f"the database refuses {name}={wanted} (it says {value}): nothing would be safe here")


def answer(future: asyncio.Future[Any], result: Any = None, error: Exception | None = None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)


def storage_problem(error: Exception) -> Problem | None:
    """A full or failing disk, or a database held by another too long, as the refusal that clients retry."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.OperationalError | sqlite3.DatabaseError) and not isinstance(cause, sqlite3.IntegrityError | sqlite3.ProgrammingError):
        log.error("storage refused", reason=str(cause))
        return Problem("storage", headers={"Retry-After": "30"})
    return None


def migrate(path: Path) -> None:
    """Brings the database at `path` to the newest schema, making it if there is none. Raises when it is newer than this program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    made = create_engine(f"sqlite:///{path}")
    prepare(made, "BEGIN IMMEDIATE")
    with made.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    made.dispose()
