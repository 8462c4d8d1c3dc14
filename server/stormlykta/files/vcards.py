"""vCard files (RFC 6350, and the older 2.1 and 3.0 that phones and Outlook write): text in, cards of properties out; and a property as text.

Rule: pure, and never raises. A line that does not follow the grammar makes its card faulty; nothing else is touched.
"""

from __future__ import annotations

import codecs
import quopri
import re
from typing import NamedTuple

from stormlykta.files.contact_fields import Wrong
from stormlykta.files.text_tables import CELL_CHARACTERS, ROWS, Watch
from stormlykta.texts.findings import Findings

OPENS, ENDS = "begin:vcard", "end:vcard"  # as they are compared; written in capitals
VERSIONS = ("2.1", "3.0", "4.0")
LINE = re.compile(r"(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)((?:;(?:[^\":;]|\"[^\"]*\")*)*):(.*)", re.DOTALL)
PARAMETER = re.compile(r";((?:[^\":;]|\"[^\"]*\")*)")
QUOTED_PRINTABLE = re.compile(r"[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE", re.IGNORECASE)
LABELS = ("X-LABEL", "LABEL", "X-ABLABEL")
FOLDED_BYTES = 74


class Property(NamedTuple):
    """`kinds`: the TYPEs in small letters, also those of 2.1 that stand alone. `value` is as written; text() and parts() unescape it."""

    name: str
    kinds: frozenset[str]
    label: str
    value: str

    def text(self) -> str:
        return "; ".join(part for part in self.parts() if part.strip()) if self.name in ("ORG", "ADR") else unescape(self.value)

    def parts(self) -> list[str]:
        return [unescape(part) for part in re.findall(r"((?:\\.|[^;\\]|\\$)*)(?:;|$)", self.value, re.DOTALL)]


class Card(NamedTuple):
    number: int  # the first is 1
    properties: list[Property]
    wrong: tuple[Wrong, ...] = ()

    def all(self, name: str) -> list[Property]:
        return [each for each in self.properties if each.name == name]

    def text(self, name: str) -> str:
        """The first property of that name that says something."""
        return next((text for each in self.all(name) if (text := each.text().strip())), "")


def read_cards(text: str, findings: Findings, watch: Watch) -> list[Card]:
    cards: list[Card] = []
    lines: list[str] | None = None
    stray = False
    unfolded = _unfold(text)
    for done, line in enumerate(unfolded):
        word = line.strip().lower()
        if done % 2000 == 0:
            watch(done, len(unfolded))
        if word == OPENS:
            if lines is not None:
                cards.append(_card(len(cards) + 1, lines, Wrong("vcard-open")))
            lines, stray = [], False
        elif word == ENDS and lines is not None:
            cards.append(_card(len(cards) + 1, lines))
            lines = None
        elif lines is not None:
            lines.append(line)
        elif word and not stray:  # what stands outside every card is told once
            cards.append(Card(len(cards) + 1, [], (Wrong("vcard-line", {"value": line.strip()}),)))
            stray = True
        if len(cards) > ROWS:
            findings.error("", 0, "many-rows", limit=ROWS)
            return []
    if lines is not None:
        cards.append(_card(len(cards) + 1, lines, Wrong("vcard-open")))
    return cards


def write_property(name: str, value: str, *parameters: tuple[str, str]) -> str:
    """One property as lines of at most 75 bytes (RFC 6350 3.2)."""
    said = "".join(f';{key}="{_parameter(each)}"' for key, each in parameters)
    return fold(f"{name}{said}:{escape(value)}")


def fold(line: str) -> str:
    pieces, here = [], ""
    for character in line:
        if len((here + character).encode()) > FOLDED_BYTES:
            pieces.append(here)
            here = ""
        here += character
    return "\r\n ".join([*pieces, here]) + "\r\n"


def escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")


def unescape(value: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value, flags=re.DOTALL)


def _parameter(text: str) -> str:
    """RFC 6868: the three characters that a parameter cannot hold."""
    return text.replace("^", "^^").replace("\n", "^n").replace('"', "^'")


def _card(number: int, lines: list[str], *wrong: Wrong) -> Card:
    properties: list[Property] = []
    faults = list(wrong)
    for line in lines:
        if not line.strip():
            continue
        read = _property(line)
        if read is None:
            faults.append(Wrong("vcard-line", {"value": line.strip()}))
        else:
            properties.append(read)
    card = Card(number, properties, tuple(faults[:3]))
    version = card.text("VERSION")
    if version not in VERSIONS:
        return card._replace(wrong=(*card.wrong, Wrong("vcard-version", {"value": version or "?"})))
    return card


def _property(line: str) -> Property | None:
    match = LINE.fullmatch(line)
    if match is None:
        return None
    kinds: set[str] = set()
    label, charset, printable = "", "utf-8", False
    for said in PARAMETER.findall(match[2]):
        key, equals, value = said.partition("=")
        value = re.sub(r"\^(n|'|\^)", lambda found: {"n": "\n", "'": '"', "^": "^"}[found[1]], value.replace('"', ""))
        key = key.strip().upper()
        if not equals or key == "TYPE":
            kinds |= {kind.strip().lower() for kind in (value if equals else said).split(",")}
        if key in LABELS:
            label = value
        if key == "CHARSET":
            charset = value.strip()
        printable = printable or "QUOTED-PRINTABLE" in (key, value.strip().upper())
    value = match[3] if len(match[3]) <= CELL_CHARACTERS else match[3][:CELL_CHARACTERS]
    return Property(match[1].upper(), frozenset(kinds), label, _printable(value, charset) if printable else value)


def _printable(value: str, charset: str) -> str:
    data = quopri.decodestring(value.encode("utf-8", "replace"))
    try:
        codecs.lookup(charset)
        return data.decode(charset, "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


def _unfold(text: str) -> list[str]:
    """Lines joined where they were folded: by a space at the start, or in 2.1 by = at the end."""
    lines: list[list[str]] = []
    soft = False
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if soft:
            lines[-1].append(line)
        elif lines and line[:1] in (" ", "\t"):
            lines[-1].append(line[1:])
        else:
            lines.append([line])
        soft = line.endswith("=") and (soft or bool(QUOTED_PRINTABLE.match(lines[-1][0])))
        if soft:
            lines[-1][-1] = lines[-1][-1][:-1]
    return ["".join(pieces) for pieces in lines]
