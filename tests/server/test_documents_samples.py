"""A small package that is right in every file, for the other tests of documents to break one line at a time."""

from pathlib import Path
from typing import NamedTuple

from stormlykta.texts.documents import Finding, Known, Language, Library, read_library
from tests.server.test_documents_texts import (
    CARD,
    CARD_ENGLISH,
    CONTACTS,
    EXERCISE,
    INJECTS,
    MESSAGE,
    PUBLIC,
    ROLE_CARD,
    ROLES,
)

PHASES = """- id: fore
  sv: "Före"
- id: f60
  sv: "Första timmen"
  en: "First hour"
- id: f24
  sv: "Första dygnet"
"""
SOURCES = """- id: LEH
  title: "Lag (2006:544)"
  url: "https://www.riksdagen.se"
  status: "delvis"
"""
PACKAGE = {
    "cards/strom.sv.md": CARD,
    "cards/strom.en.md": CARD_ENGLISH,
    "cards/tele.sv.md": ROLE_CARD,
    "messages/budskap.sv.md": MESSAGE,
    "exercises/vera.sv.md": EXERCISE,
    "exercises/vera.inspelslista.csv": INJECTS,
    "contacts/kontakter.csv": CONTACTS,
    "contacts/publika-nummer.csv": PUBLIC,
    "roles.yml": ROLES,
    "phases.yml": PHASES,
    "sources.yml": SOURCES,
}


class Package(NamedTuple):
    folder: Path

    def change(self, name: str, old: str, new: str) -> "Package":
        path = self.folder / name
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), "utf-8")
        return self

    def read(self, language: Language = "en", known: Known | None = None) -> tuple[Library, list[Finding]]:
        return read_library([self.folder], known or Known(), language)

    def findings(self, language: Language = "en") -> list[tuple[str, int, str, str]]:
        """(file under the folder, line, severity, message)."""
        return [(f.file.removeprefix(f"{self.folder}/"), f.line, f.severity, f.message) for f in self.read(language)[1]]


def small_package(folder: Path) -> Package:
    for name, text in PACKAGE.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Package(folder)


def test_the_small_package_is_right(tmp_path: Path) -> None:
    library, findings = small_package(tmp_path).read()
    assert findings == []
    assert [card.id for card in library.checklists] == ["strom", "tele"]
