"""A finding: what is wrong, or could be better, in one line of a person's file; and how findings are collected.

Rule: making one never raises, whatever the file holds; what is quoted from it is cut short and made printable.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from stormlykta.texts.sentences import SENTENCES

Language = Literal["sv", "en"]
Severity = Literal["error", "advice"]

SHOWN_CHARACTERS = 60
WHOLE = ("allowed", "file", "name")  # never cut: what may be written, and where


class Finding(Struct, frozen=True):
    """An error stops publishing; advice never does. Line 0: the file as a whole."""

    file: str
    line: int
    message: str
    severity: Severity = "error"


class Findings:
    """Collects what is found, in the reader's language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.items: list[Finding] = []
        self.faulty_files: set[str] = set()

    def error(self, file: str, line: int, code: str, /, **values: object) -> None:
        self.items.append(Finding(file, line, sentence(code, self.language, values), "error"))
        self.faulty_files.add(file)

    def advise(self, file: str, line: int, code: str, /, **values: object) -> None:
        self.items.append(Finding(file, line, sentence(code, self.language, values), "advice"))

    def faulty(self, *files: str) -> bool:
        """Whether any of the files has an error."""
        return any(file in self.faulty_files for file in files)

    def in_order(self) -> list[Finding]:
        return sorted(set(self.items), key=lambda item: (item.file, item.line, item.severity, item.message))


def sentence(code: str, language: Language, values: dict[str, object], words: dict[str, tuple[str, str]] = SENTENCES) -> str:
    shown = {key: _shown(value, None if key in WHOLE else SHOWN_CHARACTERS) for key, value in values.items()}
    return words[code][0 if language == "sv" else 1].format(**shown)


def _shown(value: object, limit: int | None) -> str:
    text = "".join(character if character.isprintable() else "�" for character in str(value))
    return text if limit is None or len(text) <= limit else text[: limit - 1] + "…"
