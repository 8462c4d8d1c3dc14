"""roles.yml, phases.yml and sources.yml: flat lists of ids with words, read without a YAML library.

Rule: only this form: "- id: x", then two spaces and key: "value". Anything cleverer that YAML allows is a finding.
"""

from __future__ import annotations

import re

from stormlykta.shapes import PhaseName, Reference, Role, Text
from stormlykta.texts.findings import Findings
from stormlykta.texts.grammar import ID, SOURCE_ID, Line, Place, Source, check_id

ITEM = re.compile(r"(- |  )([a-z_]+):(?: (.*))?")
QUOTED = re.compile(r'"((?:[^"\\]|\\["\\])*)"(?:\s+#.*)?')
BARE = re.compile(r"""([^\s"'\[\]{}&*!|>%@`#-][^"#]*?)(?:\s+#.*)?""")
STATUSES = ("verifierad", "delvis", "egen kunskap", "osäker")
KEYS = {  # required, optional
    "roles": (("id", "sv", "uppgift"), ("en", "stab", "task")),
    "phases": (("id", "sv"), ("en",)),
    "sources": (("id", "title", "status"), ("url", "note")),
}


def read_roles(source: Source, findings: Findings) -> tuple[tuple[Role, ...], list[Place]]:
    items, ids = _read_items(source, "role", findings)
    roles = (
        Role(id=_value(item, "id"), title=_text(item, "sv", "en"), staff=_value(item, "stab") or None, task=_text(item, "uppgift", "task")) for item in items
    )
    return tuple(roles), ids


def read_phases(source: Source, findings: Findings) -> tuple[tuple[PhaseName, ...], list[Place]]:
    items, ids = _read_items(source, "phase", findings)
    return tuple(PhaseName(id=_value(item, "id"), title=_text(item, "sv", "en")) for item in items), ids


def read_sources(source: Source, findings: Findings) -> tuple[tuple[Reference, ...], list[Place]]:
    items, ids = _read_items(source, "source", findings)
    for item in items:
        status = item.get("status")
        if status and status.text and status.text not in STATUSES:
            findings.error(source.file, status.number, "bad-status", value=status.text, allowed=" / ".join(STATUSES))
    references = (
        Reference(
            id=_value(item, "id"),
            title=_value(item, "title"),
            url=_value(item, "url") or None,
            status=_value(item, "status"),
            note=_value(item, "note") or None,
        )
        for item in items
    )
    return tuple(references), ids


def _read_items(source: Source, kind: str, findings: Findings) -> tuple[list[dict[str, Line]], list[Place]]:
    required, optional = KEYS[f"{kind}s"]
    items: list[dict[str, Line]] = []
    for number, raw in enumerate(source.lines, 1):
        text = raw.rstrip()
        if not text.strip() or text.startswith("#"):
            continue
        match = ITEM.fullmatch(text)
        if match is None or (match[1] == "- ") != (match[2] == "id") or (match[2] != "id" and not items):
            findings.error(source.file, number, "list-line")
            continue
        key = match[2]
        if key not in (*required, *optional):
            findings.error(source.file, number, "unknown-key", key=key, allowed=", ".join((*required, *optional)))
        value = _unquoted(source, Line(number, (match[3] or "").strip()), findings)
        if key == "id":
            items.append({})
        if key in items[-1]:
            findings.error(source.file, number, "twice", label=key)
        items[-1][key] = Line(number, value)
    return items, _check_items(source, kind, items, required, findings)


def _check_items(source: Source, kind: str, items: list[dict[str, Line]], required: tuple[str, ...], findings: Findings) -> list[Place]:
    if not items:
        findings.error(source.file, 1, "no-rows")
    ids: list[Place] = []
    for item in items:
        number = item["id"].number
        for key in required:
            if key not in item:
                findings.error(source.file, number, "front-missing", key=key)
            elif not item[key].text:
                findings.error(source.file, item[key].number, "front-empty", key=key)
        id = item["id"].text
        if id and check_id(source.file, number, id, findings, SOURCE_ID if kind == "source" else ID):
            ids.append(Place(kind, id, source.file, number))
    return ids


def _unquoted(source: Source, line: Line, findings: Findings) -> str:
    if not line.text:
        return ""
    if match := QUOTED.fullmatch(line.text):
        return re.sub(r"\\(.)", r"\1", match[1]).strip()
    if match := BARE.fullmatch(line.text):
        return match[1].strip()
    findings.error(source.file, line.number, "bad-quotes")
    return ""


def _value(item: dict[str, Line], key: str) -> str:
    return item[key].text if key in item else ""


def _text(item: dict[str, Line], swedish: str, english: str) -> Text:
    return Text(_value(item, swedish), _value(item, english) or None)
