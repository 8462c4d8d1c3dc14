"""All measurements, with the machine and the date they were made on. Run: make bench."""

import asyncio
import datetime
import gzip
import os
import platform
import tempfile
from pathlib import Path

from tests.serving import ROOT

from bench import burst, phone, push


def describe_machine() -> str:
    cpus = [line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return f"{datetime.date.today()}, {os.cpu_count()} × {cpus[0] if cpus else platform.machine()}, Python {platform.python_version()}"


def show_first_load() -> None:
    assets = ROOT / "web" / "dist" / "assets"
    page = (ROOT / "web" / "dist" / "index.html").read_text()
    for kind in ("js", "css"):
        size = sum(len(gzip.compress(path.read_bytes(), 9)) for path in assets.glob(f"*.{kind}") if path.name in page)
        print(f"first load, {kind:14} {size / 1024:.1f} KB gzipped")


def main() -> None:
    print(describe_machine())
    show_first_load()
    for part in (push, burst, phone):
        with tempfile.TemporaryDirectory() as temporary:
            asyncio.run(part.run(Path(temporary)))


if __name__ == "__main__":
    main()
