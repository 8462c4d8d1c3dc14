"""A Swedish checklist and its English overlay into one document; what is wrong into findings.

Rule: the Swedish file is the checklist. The English one only lends its words to what is already there.
"""

from __future__ import annotations

from stormlykta.shapes import Checklist, Kind, Tags, Text
from stormlykta.texts.checklist_draft import ChecklistDraft
from stormlykta.texts.checklist_phases import PhaseReader
from stormlykta.texts.findings import Findings
from stormlykta.texts.grammar import date_after, date_of, markers, split_texts
from stormlykta.texts.pairing import Pairing, said

REQUIRED = ("id", "type", "language", "version", "title", "order", "tags", "audience", "owner", "reviewed")
OPTIONAL = ("role", "status", "review_interval", "review_by")
EVERY_CARD = ("trigger", "not_for", "goal")


def build_checklist(draft: ChecklistDraft, overlay: ChecklistDraft | None, findings: Findings) -> tuple[Checklist | None, Pairing]:
    """None when the card has an error of its own; what it defines and uses is told either way."""
    checklist, pair = assemble(draft, overlay, findings)
    return (None if pair.faulty() else checklist), pair


def assemble(draft: ChecklistDraft, overlay: ChecklistDraft | None, findings: Findings) -> tuple[Checklist, Pairing]:
    """What could be read of the card, whatever the findings."""
    pair = Pairing(draft.source, draft.front, overlay.source if overlay else None, overlay.front if overlay else None, findings)
    return _Builder(pair, draft, overlay).checklist(), pair


class _Builder:
    def __init__(self, pair: Pairing, draft: ChecklistDraft, overlay: ChecklistDraft | None) -> None:
        self.pair = pair
        self.front = draft.front
        self.draft = draft
        self.overlay = overlay

    def checklist(self) -> Checklist:
        self.pair.check_fronts(REQUIRED, OPTIONAL, ("title", "tags"))
        front = self.front
        kind: Kind = "role-card" if front.text("type") == "role-card" else "action-card"
        if self.draft.title is None:
            self.pair.error(front.closed_at, "missing-line", label=f"# {front.text('title') or ''}")
        if self.overlay:
            for name, line in self.overlay.lines.items():
                if name not in self.draft.lines:
                    self.pair.overlay_error(line.number, "only-in-translation", id=self.overlay.label(name))
        return Checklist(
            id=self.pair.own_id("card"),
            kind=kind,
            edition=self._said("version"),
            order=self._order(),
            role=self._role(kind),
            title=self.pair.title(self.draft.title, self.overlay.title if self.overlay else None),
            tags=Tags(self._tags(self.draft) or (), self._tags(self.overlay) if self.overlay else None),
            audience=self.pair.id_list("role", front.values.get("audience")),
            owner=self._said("owner"),
            reviewed=self.pair.date("reviewed"),
            review_by=self._review_by(),
            status=self._said("status") or None,
            trigger=self._line("trigger", kind) or Text(""),
            not_for=self._not_for(kind),
            goal=self._line("goal", kind) or Text(""),
            mission=said(self._line("mission", kind)),
            reports_to=said(self._line("reports_to", kind)),
            takes_over_from=said(self._line("takes_over_from", kind)),
            hands_over_to=said(self._line("hands_over_to", kind)),
            immediate=self._immediate(),
            phases=PhaseReader(self.pair, self.draft, self.overlay).phases(),
        )

    def _said(self, key: str) -> str:
        return self.pair.spoken(self.draft.source, self.front.values.get(key))

    def _order(self) -> str:
        order = self._said("order")
        if order and not (len(order) <= 8 and order.isalnum() and order == order.lower()):
            self.pair.error(self.front.line("order"), "bad-order", value=order)
        return order

    def _review_by(self) -> str:
        interval, until = self.front.values.get("review_interval"), self.front.values.get("review_by")
        if interval is None and until is None:
            self.pair.error(self.front.closed_at, "front-missing", key="review_interval")
        if until is not None:
            if interval is not None:
                self.pair.error(interval.number, "review-twice")
            return self.pair.date("review_by")
        start = date_of(self.front.text("reviewed") or "")
        last = date_after(start, interval.text) if start and interval else None
        if interval and interval.text and start and last is None:
            self.pair.error(interval.number, "bad-interval", value=interval.text)
        return last.isoformat() if last else ""

    def _role(self, kind: Kind) -> str | None:
        role = self.front.values.get("role")
        if kind == "action-card" and role:
            self.pair.error(role.number, "role-unwanted")
        if kind == "role-card" and role is None:
            self.pair.error(self.front.closed_at, "role-wanted")
        return self.pair.one_id("role", role)

    def _tags(self, draft: ChecklistDraft) -> tuple[str, ...] | None:
        line = draft.front.values.get("tags")
        if line is None:
            return None
        tags = tuple(split_texts(line.text))
        if not 5 <= len(tags) <= 15:
            self.pair.findings.advise(draft.source.file, line.number, "tag-count", count=len(tags))
        for tag in tags:
            if tag != tag.lower():
                self.pair.findings.advise(draft.source.file, line.number, "tag-case", tag=tag)
        return tags

    def _line(self, name: str, kind: Kind) -> Text | None:
        line = self.draft.lines.get(name)
        wanted = name in EVERY_CARD or kind == "role-card"
        if line is None:
            if wanted:
                self.pair.error(self._front_end(), "missing-line", label=f"**{self.draft.label(name)}:**")
            return None
        if not wanted:
            self.pair.error(line.number, "role-line-unwanted", label=self.draft.label(name))
        return self.pair.text(line, self.overlay.lines.get(name) if self.overlay else None)

    def _not_for(self, kind: Kind) -> Text:
        text = self._line("not_for", kind) or Text("")
        line = self.draft.lines.get("not_for")
        if line and kind == "action-card" and not any(found == "card" for found, _ in markers(text.sv)):
            self.pair.advise(line.number, "no-other-card")
        return text

    def _immediate(self) -> tuple[Text, ...]:
        lines = self.draft.immediate
        heading = self.draft.lines.get("immediate")
        if not lines:
            self.pair.error(heading.number if heading else self._front_end(), "no-immediate", label=self.draft.label("immediate"))
        if len(lines) > 3:
            self.pair.advise(lines[3].number, "immediate-count", count=len(lines))
        return self.pair.texts(lines, self.overlay.immediate if self.overlay else [], "immediate")

    def _front_end(self) -> int:
        """Where a missing front line is told: at the first phase, before which it should have stood."""
        return self.draft.phases[0].title.number if self.draft.phases else self.draft.end()
