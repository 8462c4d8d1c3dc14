"""How long one push of one operation takes at the server: sealed, verified, judged, fsynced, answered."""

import asyncio
import gzip
import tempfile
import time
from pathlib import Path

import httpx
import msgspec
from tests.phone import Phone, new_id
from tests.server.conftest import make_code
from tests.serving import Running

from bench.wire import Wire

PUSHES = 300


async def run(folder: Path) -> None:
    running = Running(folder / "data", STORMLYKTA_LOG="warning").start()
    try:
        async with httpx.AsyncClient(base_url=running.url) as client:
            anna = Phone("anna", client)
            response = await anna.join(make_code(running.data, "exempelkommun", "Anna"))
            wire = await Wire.open(running.port, f"{anna.base}/sync", response.headers["set-cookie"].split(";")[0])
        inc = new_id()
        took, up, down = [], 0, 0
        for number in range(PUSHES):
            operation = anna.write(inc, "mark", f"kort/steg-{number % 30}", body={"state": "done"})
            push = {"ops": [operation], "seals": [anna.seal(inc, number + 1, number + 1)]}
            body = msgspec.json.encode({"v": 1, "epoch": None, "offset": 12, "push": push, "pull": {inc: number}, "unnamed": 0, "library": ""})
            packed = gzip.compress(body)
            began = time.perf_counter()
            answer = await wire.post(packed, zipped=True)
            took.append(time.perf_counter() - began)
            up, down = up + len(packed), down + len(answer)
        took.sort()
        print(f"push of one operation      median {took[PUSHES // 2] * 1000:.1f} ms, 95 % under {took[PUSHES * 95 // 100] * 1000:.1f} ms")
        print(f"one tick on the wire       {up / PUSHES:.0f} bytes up, {down / PUSHES:.0f} down (bodies)")
        wire.close()
    finally:
        running.stop()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        asyncio.run(run(Path(temporary)))
