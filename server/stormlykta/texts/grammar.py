"""The strict line grammar that all files share: front matter, labels, ids, times, dates, references in text.

Rule: pure and total. What is not understood becomes a finding with its line; nothing is guessed, nothing raises.
"""

from __future__ import annotations

import calendar
import re
from datetime import MAXYEAR, date, timedelta
from typing import NamedTuple

from stormlykta.texts.escapes import ESCAPED, NUMBERED, character_of, escaped, odd_character, spoken
from stormlykta.texts.findings import Findings, Language

ID = re.compile(r"(?=.{1,64}$)[a-z0-9]+(?:[-_][a-z0-9]+)*")
SOURCE_ID = re.compile(r"(?=.{1,64}$)[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
FRONT_LINE = re.compile(r"([a-z_]+):(?: (.*))?")
VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})\.(\d{1,4})", re.ASCII)
TIME = re.compile(r"T([+-])(\d{1,15})([mhd])", re.ASCII)
EVERY = re.compile(r"var (\d{1,15})([mhd])", re.ASCII)
INTERVAL = re.compile(r"(\d{1,3}) (day|week|month|year)s?", re.ASCII)
MINUTES = {"m": 1, "h": 60, "d": 1440}
REFERENCE_WORDS: dict[Language, dict[str, str]] = {
    "sv": {"Ring": "call", "Kort": "card", "Roll": "role"},
    "en": {"Call": "call", "Card": "card", "Role": "role"},
}
SAID = re.compile(rf"{ESCAPED}|{NUMBERED}|\((Ring|Kort|Roll|Call|Card|Role)\s*:([^()]*)\)?")
MARKER = re.compile(r"\[\[(call|card|role):([^\[\]]*)\]\]")
NAMESPACE = {"call": "contact", "card": "card", "role": "role"}


class Line(NamedTuple):
    number: int
    text: str


class Source(NamedTuple):
    """One file, decoded and cleaned: lines without their ends."""

    file: str
    language: Language
    lines: list[str]


class Place(NamedTuple):
    """Where an id is defined, or referred to: what kind of thing, which id, where."""

    kind: str
    id: str
    file: str
    line: int


class Front(NamedTuple):
    values: dict[str, Line]
    body: list[Line]
    closed_at: int

    def text(self, key: str) -> str | None:
        line = self.values.get(key)
        return line.text if line else None

    def line(self, key: str) -> int:
        line = self.values.get(key)
        return line.number if line else 1


def read_front(source: Source, findings: Findings) -> Front | None:
    """Front matter and the lines that follow it. None (and a finding) when there is none to read."""
    lines = [Line(number, text.rstrip()) for number, text in enumerate(source.lines, 1)]
    if not lines or lines[0].text != "---":
        findings.error(source.file, 1, "no-front")
        return None
    end = next((line.number for line in lines[1:] if line.text == "---"), None)
    if end is None:
        findings.error(source.file, 1, "open-front")
        return None
    values: dict[str, Line] = {}
    for line in lines[1 : end - 1]:
        match = FRONT_LINE.fullmatch(line.text)
        if match is None:
            findings.error(source.file, line.number, "front-line")
            continue
        key, value = match[1], (match[2] or "").strip()
        if key in values:
            findings.error(source.file, line.number, "front-twice", key=key)
        elif not value:
            findings.error(source.file, line.number, "front-empty", key=key)
        values.setdefault(key, Line(line.number, value))
    return Front(values, lines[end:], end)


def check_front(source: Source, front: Front, required: tuple[str, ...], optional: tuple[str, ...], findings: Findings) -> None:
    allowed = (*required, *optional)
    for key, line in front.values.items():
        if key not in allowed:
            findings.error(source.file, line.number, "front-unknown", key=key, allowed=", ".join(allowed))
    for key in required:
        if key not in front.values:
            findings.error(source.file, front.closed_at, "front-missing", key=key)
    language = front.values.get("language")
    if language and language.text != source.language:
        findings.error(source.file, language.number, "wrong-language", language=source.language)
    for key in ("version", "translation_of"):
        value = front.values.get(key)
        if value and value.text and version_of(value.text) is None:
            findings.error(source.file, value.number, "bad-version", value=value.text)


def check_translation(swedish: Front, english: Front, source: Source, findings: Findings) -> None:
    """The English file must be of the same thing; older than the Swedish is worth advice, newer is a mistake."""
    for key, code in (("id", "other-id"), ("type", "other-type")):
        ours, theirs = english.values.get(key), swedish.values.get(key)
        if ours and theirs and ours.text != theirs.text:
            findings.error(source.file, ours.number, code, **{key: ours.text}, swedish=theirs.text)
    of, now = english.text("translation_of"), swedish.text("version")
    older, newer = version_of(of or ""), version_of(now or "")
    if older and newer and older < newer:
        findings.advise(source.file, english.line("translation_of"), "stale-translation", of=of, swedish=now)
    if older and newer and older > newer:
        findings.error(source.file, english.line("translation_of"), "future-translation", of=of, swedish=now)


def check_id(file: str, line: int, value: str, findings: Findings, pattern: re.Pattern[str] = ID) -> bool:
    if pattern.fullmatch(value):
        return True
    findings.error(file, line, "bad-id", id=value)
    return False


def split_list(text: str) -> list[str]:
    return [part for part in (part.strip() for part in text.split(",")) if part]


def split_texts(text: str) -> list[str]:
    """Texts between commas; a comma that belongs to one is escaped."""
    parts = re.findall(r"((?:\\.|[^,\\]|\\$)+)", text)
    return [spoken(part) for part in (plain(part) for part in parts) if part]


def plain(text: str) -> str:
    return re.sub(r"[ \t]+", " ", text).strip()


def referring(line: Line, source: Source, findings: Findings, uses: list[Place]) -> str:
    """The text with (Ring: id) written as [[call:id]], one marker for each; every reference is noted in uses."""
    words = REFERENCE_WORDS[source.language]
    meant = 0

    def meaning(match: re.Match[str]) -> str:
        nonlocal meant
        if match[4] is None:
            character = character_of(match[1], match[2], match[3]) or match[0]
            check_seen(line, character, source, findings)
            return character
        kind = words.get(match[4])
        ids = split_list(match[5])
        if kind is None or not match[0].endswith(")") or not ids:
            findings.error(source.file, line.number, "reference-form", allowed="/".join(words))
            return match[0]
        for id in ids:
            if check_id(source.file, line.number, id, findings):
                uses.append(Place(NAMESPACE[kind], id, source.file, line.number))
        meant += len(ids)
        return " ".join(f"[[{kind}:{id}]]" for id in ids)

    text = SAID.sub(meaning, plain(line.text))
    if len(MARKER.findall(text)) > meant:  # written out by escapes: it would point past every check
        findings.error(source.file, line.number, "marker")
    return text


def check_seen(line: Line, text: str, source: Source, findings: Findings) -> None:
    """Nothing in a text is there without being seen."""
    odd = odd_character(text)
    if odd:
        findings.error(source.file, line.number, "control-character", character=f"U+{ord(odd):04X}")


def written(text: str, language: Language, also: str = "") -> str:
    """The other way: what `referring` reads as this very text. A marker whose id is none is only characters."""
    words = {kind: word for word, kind in REFERENCE_WORDS[language].items()}
    references = {m.start(): (m.end(), f"({words[m[1]]}: {m[2]})") for m in MARKER.finditer(text) if ID.fullmatch(m[2])}
    return escaped(text, also, references)


def markers(text: str) -> list[tuple[str, str]]:
    return sorted(MARKER.findall(text))


def word_count(text: str) -> int:
    """Words as a reader counts them: a dash or a reference that becomes a button is none."""
    return sum(any(character.isalnum() for character in word) for word in MARKER.sub(" ", text).split())


def version_of(text: str) -> tuple[int, ...] | None:
    match = VERSION.fullmatch(text)
    return tuple(int(part) for part in match.groups()) if match else None


def date_of(text: str) -> date | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def date_after(start: date, interval: str) -> date | None:
    """The date "12 months" after start, the last of the month where the day does not exist; None: no such interval."""
    match = INTERVAL.fullmatch(interval)
    if match is None or int(match[1]) == 0:
        return None
    count, unit = int(match[1]), match[2]
    if unit in ("day", "week"):
        days = timedelta(days=count * (7 if unit == "week" else 1))
        return start + days if start <= date.max - days else None
    months = start.year * 12 + start.month - 1 + count * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1])) if year <= MAXYEAR else None


def number_of(text: str, low: int, high: int) -> int | None:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        return None
    return int(text) if low <= int(text) <= high else None
