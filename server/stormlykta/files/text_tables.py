"""A table of text (CSV) as people save it, whatever letters, separators and quotes: bytes in, rows of cells out.

Rule: pure, and never raises. What is read by guess is told; a row whose letters did not come through is a faulty row, not a guess.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable
from typing import NamedTuple

from stormlykta.files.contact_fields import Wrong
from stormlykta.texts.findings import Findings

ROWS = 20_000
LOOKED_AT = 20  # rows in which the headings are sought
CELLS = 200  # in a row; what stands further out is not looked at
CELL_CHARACTERS = 4_000
SEPARATORS = ";\t,"
GUARDED = ("=", "+", "-", "@", "\t", "\r", "'")  # what a spreadsheet would take for a formula; see contact_exports.guarded
QUOTED_TEXT = re.compile(r'="([^"=]*)"')  # how some programs keep leading zeros
TWICE_ENCODED = re.compile(r"Ã[¤¥¶…„–©\x85\x84\x96]")
OLD_DOS = re.compile(r"\w[†„”Ž]\w")  # å ä ö Ä of code page 850, read as Windows-1252
WHOLE_ROW = -1
Watch = Callable[[int, int], None]


class Row(NamedTuple):
    """`number` as the reader's program counts; `wrong`: what is wrong with which cell, from 0, before anybody asks what it means."""

    number: int
    cells: list[str]
    wrong: tuple[tuple[int, Wrong], ...] = ()


def read_text(data: bytes, findings: Findings) -> str | None:
    """The file's text, or None (and a finding) when it is none."""
    text = _decode(data, findings)
    if text is None or _is_binary(text):
        findings.error("", 0, "file-not-text")
        return None
    if not text.strip():
        findings.error("", 0, "file-empty")
        return None
    return text


def read_table(text: str, findings: Findings, watch: Watch) -> list[Row]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    skipped = 0
    if lines and re.fullmatch(r"\"?sep=.\"?", lines[0].strip(), re.IGNORECASE):
        skipped, separator = 1, lines[0].strip().strip('"')[-1]
    else:
        separator = _separator(lines)
    reader = csv.reader((line + "\n" for line in lines[skipped:]), delimiter=separator, strict=True)
    rows: list[Row] = []
    start = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            findings.error("", start + skipped, "quotes-open")
            return []
        if cells is None:
            return rows
        if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
            rows.append(_row(start + skipped, cells[:CELLS]))
            if len(rows) > ROWS + 1:
                findings.error("", 0, "many-rows", limit=ROWS)
                return []
            if len(rows) % 500 == 0:
                watch(reader.line_num, len(lines))
        start = reader.line_num + 1


def broken_letters(text: str) -> str | None:
    """The piece of a text that shows that its letters did not come through."""
    match = TWICE_ENCODED.search(text) or OLD_DOS.search(text)
    if match is None and "\ufffd" not in text:
        return None
    at = match.start() if match else text.index("\ufffd")
    return text[max(0, at - 8) : at + 8]


def _row(number: int, cells: list[str]) -> Row:
    wrong: list[tuple[int, Wrong]] = []
    read = []
    for at, raw in enumerate(cells):
        cell = raw.strip()
        quoted = QUOTED_TEXT.fullmatch(cell)
        if quoted:
            cell = quoted[1]
        elif cell.startswith("="):
            wrong.append((at, Wrong("formula", {"cell": f"{letters(at)}{number}", "value": cell})))
            cell = ""  # told once
        elif cell.startswith("'") and cell[1:2] in GUARDED and cell[1:]:
            cell = cell[1:]
        broken = broken_letters(cell)
        if broken:
            wrong.append((at, Wrong("broken-letters", {"value": broken})))
        read.append(cell[:CELL_CHARACTERS])
    return Row(number, read, tuple(wrong))


def letters(at: int) -> str:
    """What a spreadsheet calls its column number `at`, from 0: A, B, … Z, AA."""
    name = ""
    while at >= 0:
        name, at = chr(65 + at % 26) + name, at // 26 - 1
    return name


def _decode(data: bytes, findings: Findings) -> str | None:
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        lenient = data.decode("utf-8", "replace")
    if sum(character > "\x7f" and character != "\ufffd" for character in lenient) > lenient.count("\ufffd"):
        return lenient  # UTF-8 with a few broken letters: those rows are told
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    findings.advise("", 0, "read-as-windows")
    return text


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of ordinary text is nothing."""
    sample = data[:2000]
    if len(sample) < 4:
        return None
    even, odd = sample[::2].count(0) * 2 / len(sample), sample[1::2].count(0) * 2 / len(sample)
    return "utf-16-le" if odd > 0.7 and even < 0.1 else "utf-16-be" if even > 0.7 and odd < 0.1 else None


def _is_binary(text: str) -> bool:
    sample = text[:20_000]
    return "\0" in text or sum(character < " " and character not in "\t\r\n\f\v" for character in sample) * 50 > len(sample)


def _separator(lines: list[str]) -> str:
    """The one that some row near the top has most of: the headings have, whatever title stands above them."""
    bare = [re.sub(r'"[^"]*"', "", line) for line in lines[:LOOKED_AT]]
    return max(SEPARATORS, key=lambda separator: max(line.count(separator) for line in bare))
