"""The starter library on the server's disk, to begin checklists from.

Rule: read when it is asked for and kept until a file in it changes; what cannot be read there is simply not offered.
"""

from functools import lru_cache
from pathlib import Path

from stormlykta.texts.documents import Checklist, Known, read_library


def list_starters(folder: Path) -> list[Checklist]:
    """Reads files: not for the event loop."""
    return list(read_starters(folder, stamp(folder)))


@lru_cache(maxsize=2)
def read_starters(folder: Path, _stamp: tuple[int, int]) -> tuple[Checklist, ...]:
    library, _ = read_library([folder], Known(), "sv")
    return tuple(library.checklists)


def stamp(folder: Path) -> tuple[int, int]:
    """Another one when a file has come, gone or changed."""
    times = [path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
    return max(times, default=0), len(times)
