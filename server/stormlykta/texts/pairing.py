"""A Swedish file and its English overlay, side by side: texts in both languages, and the ids that are defined and used.

Rule: a text that the overlay lacks is Swedish alone; one that it has must point to the same things as the Swedish.
"""

from __future__ import annotations

from typing import Literal

from stormlykta.shapes import Text
from stormlykta.texts.escapes import spoken
from stormlykta.texts.findings import Findings
from stormlykta.texts.grammar import (
    SOURCE_ID,
    Front,
    Line,
    Place,
    Source,
    check_front,
    check_id,
    check_seen,
    check_translation,
    date_of,
    markers,
    plain,
    referring,
    split_texts,
    word_count,
)
from stormlykta.texts.verbs import begins_with_verb

Limited = Literal["step", "immediate", "pause"]
WORDS: dict[Limited, int] = {"step": 12, "immediate": 8, "pause": 15}
OVERLAY_KEYS = ("id", "type", "language", "translation_of", "title")


class Pairing:
    def __init__(self, source: Source, front: Front, overlay: Source | None, overlay_front: Front | None, findings: Findings) -> None:
        self.source = source
        self.front = front
        self.overlay = overlay
        self.overlay_front = overlay_front
        self.findings = findings
        self.ids: list[Place] = []
        self.uses: list[Place] = []

    def check_fronts(self, required: tuple[str, ...], optional: tuple[str, ...], overlay_optional: tuple[str, ...]) -> None:
        check_front(self.source, self.front, required, optional, self.findings)
        if self.overlay and self.overlay_front:
            overlay_required = tuple(key for key in OVERLAY_KEYS if key not in overlay_optional)
            check_front(self.overlay, self.overlay_front, overlay_required, overlay_optional, self.findings)
            check_translation(self.front, self.overlay_front, self.overlay, self.findings)

    def own_id(self, kind: str) -> str:
        line = self.front.values.get("id")
        if line and line.text:
            self.define(kind, line)
        return line.text if line else ""

    def one_id(self, kind: str, line: Line | None) -> str | None:
        """The id that stands alone on a line, noted as used."""
        if line is None or not line.text:
            return None
        id = spoken(line.text)
        self.use(kind, Line(line.number, id))
        return id

    def define(self, kind: str, line: Line) -> None:
        if check_id(self.source.file, line.number, line.text, self.findings):
            self.ids.append(Place(kind, line.text, self.source.file, line.number))

    def use(self, kind: str, line: Line) -> None:
        if line.text and check_id(self.source.file, line.number, line.text, self.findings, *([SOURCE_ID] if kind == "source" else [])):
            self.uses.append(Place(kind, line.text, self.source.file, line.number))

    def id_list(self, kind: str, line: Line | None) -> tuple[str, ...]:
        """The ids on a line, "a, b": each noted as used; the same id twice is an error."""
        if line is None:
            return ()
        ids = tuple(split_texts(line.text))
        for id in ids:
            self.use(kind, Line(line.number, id))
        repeated = next((id for id in ids if ids.count(id) > 1), None)
        if repeated:
            self.error(line.number, "listed-twice", id=repeated)
        return ids

    def date(self, key: str) -> str:
        line = self.front.values.get(key)
        date = self.spoken(self.source, line)
        if line and date and date_of(date) is None:
            self.error(line.number, "bad-date", value=date)
        return date

    def title(self, heading: Line | None = None, english_heading: Line | None = None) -> Text:
        """The heading says it where the front matter does not."""
        title = self.front.values.get("title")
        swedish = self.spoken(self.source, title if title and title.text else heading)
        if self.overlay is None or self.overlay_front is None:
            return Text(swedish)
        english = self.overlay_front.values.get("title")
        return Text(swedish, self.spoken(self.overlay, english if english and english.text else english_heading) or None)

    def spoken(self, source: Source, line: Line | None) -> str:
        """A text in the front matter: it can not refer to anything."""
        if line is None:
            return ""
        text = spoken(plain(line.text))
        check_seen(line, text, source, self.findings)
        if markers(text):
            self.findings.error(source.file, line.number, "marker")
        return text

    def text(self, line: Line, english: Line | None, limited: Limited | None = None) -> Text:
        swedish = self._said(self.source, line, self.uses, limited)
        if self.overlay is None or english is None or not english.text:
            return Text(swedish)
        translated = self._said(self.overlay, english, [], limited)
        if markers(swedish) != markers(translated):
            self.overlay_error(english.number, "other-references")
        return Text(swedish, translated)

    def texts(self, lines: list[Line], english: list[Line], limited: Limited | None = None) -> tuple[Text, ...]:
        """Texts that have no ids and so are paired by their order; the overlay has as many, or none."""
        if english and len(english) != len(lines):
            self.overlay_error(english[0].number, "other-count", count=len(english), swedish=len(lines))
            english = []
        return tuple(self.text(line, english[place] if english else None, limited) for place, line in enumerate(lines))

    def faulty(self) -> bool:
        return self.findings.faulty(self.source.file, *([self.overlay.file] if self.overlay else []))

    def error(self, line: int, code: str, /, **values: object) -> None:
        self.findings.error(self.source.file, line, code, **values)

    def advise(self, line: int, code: str, /, **values: object) -> None:
        self.findings.advise(self.source.file, line, code, **values)

    def overlay_error(self, line: int, code: str, /, **values: object) -> None:
        if self.overlay:
            self.findings.error(self.overlay.file, line, code, **values)

    def _said(self, source: Source, line: Line, uses: list[Place], limited: Limited | None) -> str:
        text = referring(line, source, self.findings, uses)
        if limited and word_count(text) > WORDS[limited]:
            self.findings.advise(source.file, line.number, "many-words", count=word_count(text), limit=WORDS[limited])
        if limited == "immediate" and len(markers(text)) > 1:
            self.findings.advise(source.file, line.number, "reference-count")
        if limited == "step" and not begins_with_verb(text, source.language):
            self.findings.advise(source.file, line.number, "no-verb")
        return text


def said(text: Text | None) -> Text | None:
    """A text that may be left out, unless nothing is in it."""
    return text if text and (text.sv or text.en) else None
