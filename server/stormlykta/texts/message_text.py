"""A message template, Swedish with its English overlay, into a message with fields to fill in.

Rule: every {{field}} in a text is declared and every declared field is used, in both languages. The text is plain:
**bold** is only for whoever reads the file, and is taken away, since a message ends in SMS, radio and on paper.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from stormlykta.shapes import Field, Message, Text
from stormlykta.texts.findings import Findings, Language
from stormlykta.texts.grammar import Front, Line, Source, number_of, plain, split_list
from stormlykta.texts.pairing import Pairing

REQUIRED = ("id", "type", "language", "version", "title", "channels", "reviewed")
OPTIONAL = ("approve", "max_chars")
SECTIONS: dict[Language, dict[str, str]] = {"sv": {"Fält": "fields", "Tips": "tips"}, "en": {"Fields": "fields", "Tips": "tips"}}
FIELD = re.compile(r"\{\{([a-z0-9]+(?:_[a-z0-9]+)*)\}\}")
DECLARATION = {
    "sv": re.compile(r"- ([a-z0-9_]+): (.+?)(?: \(exempel: (.+)\))?"),
    "en": re.compile(r"- ([a-z0-9_]+): (.+?)(?: \(example: (.+)\))?"),
}
BOLD = re.compile(r"\*\*([^*]+)\*\*")


@dataclass
class FieldDraft:
    label: Line
    example: Line | None


@dataclass
class MessageDraft:
    source: Source
    front: Front
    text: list[Line] = field(default_factory=list)
    fields: dict[str, FieldDraft] = field(default_factory=dict)
    tips: list[Line] = field(default_factory=list)
    used: dict[str, int] = field(default_factory=dict)  # field → the line where it is first used


def draft_message(source: Source, front: Front, findings: Findings) -> MessageDraft:
    draft = MessageDraft(source, front)
    sections, seen = SECTIONS[source.language], list[str]()
    for line in front.body:
        text = line.text
        if text.startswith("#"):
            name = sections.get(text[3:].strip()) if text.startswith("## ") else None
            if name is None:
                findings.error(source.file, line.number, "unknown-label", label=text.lstrip("# "), allowed=", ".join(sections))
            elif name in seen:
                findings.error(source.file, line.number, "twice", label=text[3:])
            seen.append(name or "unknown")
        elif not seen:
            _read_text(draft, line, findings)
        elif text.strip() and seen[-1] == "fields":
            _read_field(draft, line, findings)
        elif text.strip() and seen[-1] == "tips":
            if text.startswith("- ") and text[2:].strip():
                draft.tips.append(Line(line.number, text[2:].strip()))
            else:
                findings.error(source.file, line.number, "unknown-line")
    _check_fields(draft, findings)
    return draft


def build_message(draft: MessageDraft, overlay: MessageDraft | None, findings: Findings) -> tuple[Message | None, Pairing]:
    front = draft.front
    pair = Pairing(draft.source, front, overlay.source if overlay else None, overlay.front if overlay else None, findings)
    pair.check_fronts(REQUIRED, OPTIONAL, ())
    if not _body(draft):
        pair.error(front.closed_at, "no-body")
    approve = front.values.get("approve")
    if approve:
        pair.use("role", approve)
    limit = _limit(pair)
    message = Message(
        id=pair.own_id("message"),
        title=pair.title(),
        channels=tuple(split_list(front.text("channels") or "")),
        approve=approve.text if approve else None,
        max_chars=limit,
        reviewed=pair.date("reviewed"),
        text=Text(_body(draft), (_body(overlay) or None) if overlay else None),
        fields=_fields(pair, draft, overlay),
        tips=pair.texts(draft.tips, overlay.tips if overlay else []),
    )
    for each in (draft, overlay):
        if each and limit and _filled(each) > limit:
            findings.advise(each.source.file, front.closed_at if each is draft else 1, "long-message", count=_filled(each), limit=limit)
    return (None if pair.faulty() else message), pair


def _read_text(draft: MessageDraft, line: Line, findings: Findings) -> None:
    without = FIELD.sub("", line.text)
    if "{{" in without or "}}" in without:
        findings.error(draft.source.file, line.number, "bad-field")
    if "**" in BOLD.sub("", line.text):
        findings.error(draft.source.file, line.number, "bold")
    for id in FIELD.findall(line.text):
        draft.used.setdefault(id, line.number)
    draft.text.append(Line(line.number, BOLD.sub(r"\1", line.text).strip()))


def _read_field(draft: MessageDraft, line: Line, findings: Findings) -> None:
    match = DECLARATION[draft.source.language].fullmatch(line.text)
    if match is None:
        findings.error(draft.source.file, line.number, "field-line")
        return
    if match[1] in draft.fields:
        findings.error(draft.source.file, line.number, "twice", label=match[1])
    draft.fields[match[1]] = FieldDraft(Line(line.number, match[2]), Line(line.number, match[3]) if match[3] else None)


def _check_fields(draft: MessageDraft, findings: Findings) -> None:
    heading = next(label for label, name in SECTIONS[draft.source.language].items() if name == "fields")
    for id, number in draft.used.items():
        if id not in draft.fields:
            findings.error(draft.source.file, number, "field-undeclared", id=id, label=heading)
    for id, declared in draft.fields.items():
        if id not in draft.used:
            findings.error(draft.source.file, declared.label.number, "field-unused", id=id)


def _fields(pair: Pairing, draft: MessageDraft, overlay: MessageDraft | None) -> tuple[Field, ...]:
    english = overlay.fields if overlay else {}
    for id, declared in english.items():
        if id not in draft.fields:
            pair.overlay_error(declared.label.number, "only-in-translation", id=id)
    fields = []
    for id, declared in draft.fields.items():
        other = english.get(id)
        example = pair.text(declared.example, other.example if other else None) if declared.example else None
        fields.append(Field(id=id, label=pair.text(declared.label, other.label if other else None), example=example))
    return tuple(fields)


def _limit(pair: Pairing) -> int | None:
    line = pair.front.values.get("max_chars")
    if line is None or not line.text:
        return None
    limit = number_of(line.text, 1, 20_000)
    if limit is None:
        pair.error(line.number, "bad-number", value=line.text, low=1, high=20_000)
    return limit


def _body(draft: MessageDraft) -> str:
    """The text, paragraphs kept apart by one empty line."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(plain(line.text) for line in draft.text)).strip("\n")


def _filled(draft: MessageDraft) -> int:
    examples = {id: declared.example.text if declared.example else id for id, declared in draft.fields.items()}
    return len(FIELD.sub(lambda match: examples.get(match[1], match[1]), _body(draft)))
