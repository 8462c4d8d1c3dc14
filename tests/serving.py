"""A real server for tests: the console script in a process of its own, on a port and a folder of its own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[1]
STORMLYKTA = Path(sys.executable).with_name("stormlykta")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Running:
    """`stormlykta serve` on `data`; the other commands of the command line beside it."""

    def __init__(self, data: Path, port: int | None = None, **environment: str) -> None:
        self.data = data
        self.port = port or free_port()
        self.environment = {**os.environ, "STORMLYKTA_DATA": str(data), "LANG": "sv_SE.UTF-8", "STORMLYKTA_LOG": "info", **environment}
        self.environment.pop("LC_ALL", None)
        self.process: subprocess.Popen[bytes] | None = None
        self.log = data.parent / f"{data.name}.log"

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> "Running":
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([STORMLYKTA, "serve", "--port", str(self.port)], env=self.environment, stdout=log, stderr=log, cwd=ROOT)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended by itself:\n{self.log.read_text()[-3000:]}")
            try:
                if httpx.get(f"{self.url}/healthz", timeout=2).status_code == 200:
                    return self
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError("the server did not answer in 30 s")

    def stop(self, with_signal: signal.Signals = signal.SIGTERM) -> int:
        """Stops it and gives its exit status (negative: the signal that ended it)."""
        if self.process is None:
            return 0
        self.process.send_signal(with_signal)
        status = self.process.wait(20)
        self.process = None
        return status

    def command(self, *arguments: str | Path, language: str = "sv_SE.UTF-8") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [STORMLYKTA, *map(str, arguments)], env={**self.environment, "LANG": language}, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False
        )

    def invite(self, name: str, organisation: str = "exempelkommun", *more: str) -> dict[str, Any]:
        done = self.command("invite", name, "--organisation", organisation, "--json", *more)
        if done.returncode:
            raise AssertionError(done.stderr)
        invited: dict[str, Any] = json.loads(done.stdout)
        return invited

    def copy_database(self, to: Path) -> None:
        to.mkdir(parents=True, exist_ok=True)
        for file in self.data.glob("stormlykta.db*"):
            shutil.copy2(file, to / file.name)
