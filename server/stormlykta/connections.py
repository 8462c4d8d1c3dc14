"""Connections to the database: how each is set up, what a job can say on one, and the few that only read.

Rule: nothing here decides when a transaction begins; database.py does.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiosqlite
from sqlalchemy import Engine, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

Row = Sequence[Any]
READERS = 4
ROWS_A_STATEMENT = 100
WAL_PAGES = 16_000  # 64 MB: a burst is not held up to be tidied away; Database.tidy does that in quiet moments


class Transaction:
    """What a job can say in its transaction: statements that go straight to the driver (docs/decisions/0001-sql-as-text.md).

    `jobs` are committed together here; `notes` and `before_commit` let them gather their writes.
    """

    def __init__(self, driver: aiosqlite.Connection, jobs: int = 1) -> None:
        self.jobs = jobs
        self._driver = driver
        self.notes: dict[str, object] = {}
        self.before_commit: list[Callable[[], Awaitable[None]]] = []

    @property
    def is_open(self) -> bool:
        """Whether a transaction has begun on the connection and not ended."""
        return self._driver.in_transaction

    async def fetch(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        return list(await self._driver.execute_fetchall(sql, values))

    async def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        await self._driver.executemany(sql, rows)

    async def insert(self, into: str, rows: Sequence[Sequence[Any]]) -> None:
        """Inserts rows of equal width, many to a statement: a fifth faster than one by one, and the interpreter is let go seldom instead of at every row."""
        if not rows:
            return
        whole = len(rows) - len(rows) % ROWS_A_STATEMENT
        marks = f"({','.join('?' * len(rows[0]))})"
        if whole:
            flat = [[value for row in rows[at : at + ROWS_A_STATEMENT] for value in row] for at in range(0, whole, ROWS_A_STATEMENT)]
            await self._driver.executemany(f"{into} VALUES {','.join([marks] * ROWS_A_STATEMENT)}", flat)
        if whole < len(rows):
            await self._driver.executemany(f"{into} VALUES {marks}", rows[whole:])


class Readers:
    """A few connections, kept open, that only read. One is taken at a time; who finds none waits."""

    def __init__(self, engine: AsyncEngine, connections: list[AsyncConnection], readers: list[Transaction]) -> None:
        self._engine, self._connections = engine, connections
        self._free: asyncio.Queue[Transaction] = asyncio.Queue()
        for reader in readers:
            self._free.put_nowait(reader)

    @classmethod
    async def open(cls, path: Path) -> "Readers":
        made = engine(path, "SELECT 1", size=READERS)
        connections = [await made.connect() for _ in range(READERS)]
        readers = [Transaction(await driver_of(connection)) for connection in connections]
        for reader in readers:
            await reader.fetch("PRAGMA query_only=ON")
        return cls(made, connections, readers)

    async def close(self) -> None:
        for connection in self._connections:
            await connection.close()
        await self._engine.dispose()

    @asynccontextmanager
    async def take(self) -> AsyncIterator[Transaction]:
        reader = await self._free.get()
        try:
            yield reader
        finally:
            self._free.put_nowait(reader)


class Glance:
    """One more connection that only reads, without a thread: for a few rows by their key, at every request (docs/decisions/0005-a-glance.md)."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, timeout=0, isolation_level=None)
        self._connection.execute("PRAGMA query_only=ON")

    def fetch(self, sql: str, values: Sequence[Any]) -> list[Row] | None:
        """None: the database did not answer at once, so ask a reader, which may wait."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.OperationalError:
            return None

    def close(self) -> None:
        self._connection.close()


def engine(path: Path, begin: str, size: int) -> AsyncEngine:
    made = create_async_engine(f"sqlite+aiosqlite:///{path}", poolclass=AsyncAdaptedQueuePool, pool_size=size, max_overflow=0, pool_timeout=30)
    prepare(made.sync_engine, begin)
    return made


def prepare(made: Engine, begin: str) -> None:
    """The settings of every connection; transactions begin as we say, not as the driver guesses."""

    @event.listens_for(made, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for setting in (
            "busy_timeout=10000",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "cache_size=-32000",
            f"wal_autocheckpoint={WAL_PAGES}",
        ):
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()

    @event.listens_for(made, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)


async def driver_of(connection: AsyncConnection) -> aiosqlite.Connection:
    raw = await connection.get_raw_connection()
    driver = raw.driver_connection
    if not isinstance(driver, aiosqlite.Connection):
        raise TypeError("not an aiosqlite connection")
    return driver
