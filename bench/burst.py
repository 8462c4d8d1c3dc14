"""Two hundred phones push a hundred operations each at once, and then everybody has everything.

Prints durable operations a second beside what plain sqlite3 reaches in the same run, the time until all have converged, and bytes an operation each way.
Run: make bench. Everything is on loopback; both sides share the machine's processors.
"""

import asyncio
import gzip
import secrets
import sqlite3
import tempfile
import time
from pathlib import Path

import httpx
import msgspec
from tests.phone import Phone, new_id
from tests.server.conftest import make_code
from tests.serving import Running

from bench.wire import Wire

PHONES = 200
EACH = 100
ROWS_A_COMMIT = 1000


def measure_plain_sqlite(folder: Path, records: list[str]) -> float:
    """Rows a second of `executemany` with 1,000 rows a commit, fsynced, into a table of the log's form."""
    database = sqlite3.connect(folder / "plain.db", isolation_level=None)
    for setting in ("journal_mode=WAL", "synchronous=FULL"):
        database.execute(f"PRAGMA {setting}")
    database.execute(
        "CREATE TABLE operations (stream INTEGER, seq INTEGER, author INTEGER, n INTEGER, hash BLOB, record TEXT, "
        "received INTEGER, clock INTEGER, verdict TEXT, "
        "PRIMARY KEY (stream, seq)) WITHOUT ROWID, STRICT"
    )
    database.execute("CREATE UNIQUE INDEX operations_by_author ON operations (author, n, hash)")
    rows = [(1, seq, seq // EACH, seq % EACH, secrets.token_bytes(32), record, 1795392000000, 0, "ok") for seq, record in enumerate(records)]
    began = time.perf_counter()
    for start in range(0, len(rows), ROWS_A_COMMIT):
        database.execute("BEGIN IMMEDIATE")
        database.executemany("INSERT INTO operations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows[start : start + ROWS_A_COMMIT])
        database.execute("COMMIT")
    took = time.perf_counter() - began
    database.close()
    return len(rows) / took


class Stretch(msgspec.Struct):
    seq: int
    head: int


class News(msgspec.Struct):
    incidents: dict[str, Stretch]
    results: list[tuple[str, int | str]]


def read(raw: bytes) -> News:
    return msgspec.json.decode(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw, type=News)


async def converge(wire: Wire, inc: str, pages: dict[tuple[int, int], int | None]) -> tuple[int, int]:
    """Asks until this phone is complete. Gives (bytes on the wire, answers).

    Two hundred phones unpack their answers on two hundred processors, not on this one: so here each page (where it began, how long it is) is unpacked once.
    """
    at: int | None = 0
    size, answers = 0, 0
    while at is not None:
        raw = await wire.post(msgspec.json.encode({"v": 1, "epoch": None, "offset": 0, "pull": {inc: at}, "unnamed": 0, "library": ""}), zipped=False)
        size += len(raw)
        answers += 1
        page = (at, len(raw) // 64)
        if page not in pages:
            news = read(raw).incidents.get(inc)
            pages[page] = None if news is None or news.seq == news.head else news.seq
        at = pages[page]
    return size, answers


async def join_all(running: Running) -> list[tuple[Phone, Wire]]:
    joined = []
    async with httpx.AsyncClient(base_url=running.url) as joining:
        for number in range(PHONES):
            phone = Phone(f"ledare-{number}", joining)
            response = await phone.join(make_code(running.data, "storkommun", phone.name))
            cookie = response.headers["set-cookie"].split(";")[0]
            joining.cookies.clear()
            joined.append((phone, await Wire.open(running.port, f"{phone.base}/sync", cookie)))
    return joined


async def run(folder: Path) -> None:
    running = Running(folder / "data", STORMLYKTA_LOG="warning").start()
    try:
        inc = new_id()
        phones = await join_all(running)
        bodies = []
        for phone, _ in phones:
            card = new_id(8)
            for number in range(EACH):
                phone.write(inc, "mark", f"{card}/steg-{number % 23}", body={"state": "done", "at": 1795392000000 + number})
            operations, seals = phone.unsent()
            push = {"v": 1, "epoch": None, "offset": 12, "push": {"ops": operations, "seals": seals}, "pull": None, "library": ""}
            bodies.append(gzip.compress(msgspec.json.encode(push), 6))
        records = [msgspec.json.encode(operation).decode() for phone, _ in phones for operation in phone.written[inc]]
        plain = measure_plain_sqlite(folder, records)
        began = time.perf_counter()
        answers = await asyncio.gather(*(wire.post(body, zipped=True) for (_, wire), body in zip(phones, bodies, strict=True)))
        pushed = time.perf_counter() - began
        pages: dict[tuple[int, int], int | None] = {}
        got = await asyncio.gather(*(converge(wire, inc, pages) for _, wire in phones))
        all_done = time.perf_counter() - began
        durable = sum(result[0] == "ok" for answer in answers for result in read(answer).results)
        total = PHONES * EACH
        print(f"durable operations          {durable} of {total}, {durable / pushed:,.0f}/s")
        print(f"plain sqlite3 executemany   {plain:,.0f} rows/s  ->  {durable / pushed / plain:.0%} of it")
        print(f"all {PHONES} converged          {all_done:.2f} s after the first byte ({sum(a for _, a in got)} answers)")
        print(f"on the wire                 up {sum(map(len, bodies)) / total:.1f}, down {sum(w for w, _ in got) / total / PHONES:.1f} bytes an operation")
        for _, wire in phones:
            wire.close()
    finally:
        running.stop()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        asyncio.run(run(Path(temporary)))
