"""The one place of the documents layer that reads files: paths in, clean lines out.

Rule: never raises for what lies on the disk. Byte order marks and Windows line ends are forgiven, composed letters
made one; all else that is not plain UTF-8 text is a finding.
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import NamedTuple

from stormlykta.texts.escapes import odd_character
from stormlykta.texts.findings import Findings

READ = (".md", ".csv", ".yml")
MEANT = (".markdown", ".txt", ".doc", ".docx", ".odt", ".rtf", ".pdf", ".xls", ".xlsx", ".ods", ".yaml")  # told about, not read
FILE_MIB = 4
LINE_CHARACTERS = 4_000
FILE_LINES = 20_000
SIBLINGS = (".sv.md", ".en.md", ".inspelslista.csv")


class TextFile(NamedTuple):
    file: str  # as it is shown to people
    path: Path
    lines: list[str]

    @property
    def name(self) -> str:
        return self.path.name


def read_files(paths: list[Path], findings: Findings) -> list[TextFile]:
    """Every file under the paths, each once, in the order of their names; a file given alone brings its translation along."""
    found: dict[str, TextFile] = {}
    for given in paths:
        here = _walk(given, findings) if _is(given, "dir") else _with_siblings(given)
        if not here:
            findings.error(shown(given), 0, "nothing-here" if _is(given, "dir") else "no-such-path")
        for path in here:
            key = os.path.realpath(path)
            if key not in found:
                lines = read_lines(path, findings)
                found[key] = TextFile(shown(path), path, lines or [])
                if lines is None:
                    del found[key]
    return list(found.values())


def read_lines(path: Path, findings: Findings) -> list[str] | None:
    """The file's lines without their ends, or None when it cannot be read; what is wrong in a line is a finding."""
    file = shown(path)
    if not _is(path, "file"):
        findings.error(file, 0, "unreadable" if _is(path, "dir") else "no-such-path")
        return None
    try:
        if path.stat().st_size > FILE_MIB * 1024 * 1024:
            findings.error(file, 0, "too-large", limit=FILE_MIB)
            return None
        data = path.read_bytes()
    except (OSError, ValueError):
        findings.error(file, 0, "unreadable")
        return None
    return clean_lines(file, data, findings)


def clean_lines(file: str, data: bytes, findings: Findings) -> list[str] | None:
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if not data.strip():
        findings.error(file, 0, "empty")
        return None
    if data.count(b"\n") > FILE_LINES:
        findings.error(file, 0, "many-lines", limit=FILE_LINES)
        return None
    lines: list[str] = []
    for number, raw in enumerate(data.rstrip(b"\n").split(b"\n"), 1):
        try:
            text = unicodedata.normalize("NFC", raw.decode("utf-8"))
        except UnicodeDecodeError:
            findings.error(file, number, "not-utf8")
            return None
        odd = odd_character(text)
        if odd:
            findings.error(file, number, "control-character", character=f"U+{ord(odd):04X}")
        if len(text) > LINE_CHARACTERS:
            findings.error(file, number, "long-line", limit=LINE_CHARACTERS)
        lines.append(text if len(text) <= LINE_CHARACTERS else "")
    return lines


def shown(path: Path) -> str:
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _walk(folder: Path, findings: Findings) -> list[Path]:
    paths: list[Path] = []
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith((".", "~$")) or name.lower() == "readme.md":
                continue
            suffix = os.path.splitext(name)[1].lower()
            if suffix in READ:
                paths.append(Path(here, name))
            elif suffix in MEANT:
                findings.advise(shown(Path(here, name)), 0, "not-read")
    return paths


def _with_siblings(path: Path) -> list[Path]:
    if not _is(path, "file"):
        return []
    suffix = next((suffix for suffix in SIBLINGS if path.name.endswith(suffix)), None)
    if suffix is None:
        return [path]
    stem = path.name.removesuffix(suffix)
    beside = [path.with_name(stem + other) for other in SIBLINGS]
    return [each for each in beside if each == path or _is(each, "file")]


def _is(path: Path, what: str) -> bool:
    try:
        return path.is_dir() if what == "dir" else path.is_file()
    except (OSError, ValueError):
        return False
