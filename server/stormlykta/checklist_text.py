"""A Swedish checklist and its English overlay into one document; what is wrong into findings.

Rule: the Swedish file is the checklist. The English one only lends its words to what is already there.
"""

from __future__ import annotations

from stormlykta.checklist_draft import ChecklistDraft
from stormlykta.checklist_phases import PhaseReader
from stormlykta.findings import Findings
from stormlykta.grammar import date_after, date_of, markers, split_list
from stormlykta.pairing import Pairing
from stormlykta.shapes import Checklist, Kind, Tags, Text

REQUIRED = ("id", "type", "language", "version", "title", "order", "tags", "audience", "owner", "reviewed", "review_interval")
OPTIONAL = ("role", "status")
EVERY_CARD = ("trigger", "not_for", "goal")


def build_checklist(draft: ChecklistDraft, overlay: ChecklistDraft | None, findings: Findings) -> tuple[Checklist | None, Pairing]:
    """None when the card has an error of its own; what it defines and uses is told either way."""
    pair = Pairing(draft.source, draft.front, overlay.source if overlay else None, overlay.front if overlay else None, findings)
    checklist = _Builder(pair, draft, overlay).checklist()
    return (None if pair.faulty() else checklist), pair


class _Builder:
    def __init__(self, pair: Pairing, draft: ChecklistDraft, overlay: ChecklistDraft | None) -> None:
        self.pair = pair
        self.front = draft.front
        self.draft = draft
        self.overlay = overlay

    def checklist(self) -> Checklist:
        self.pair.check_fronts(REQUIRED, OPTIONAL, ("tags",))
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
            edition=front.text("version") or "",
            order=self._order(),
            role=self._role(kind),
            title=self.pair.title(),
            tags=Tags(self._tags(self.draft) or (), self._tags(self.overlay) if self.overlay else None),
            audience=self.pair.id_list("role", front.values.get("audience")),
            owner=front.text("owner") or "",
            reviewed=self.pair.date("reviewed"),
            review_by=self._review_by(),
            status=front.text("status"),
            trigger=self._line("trigger", kind) or Text(""),
            not_for=self._not_for(kind),
            goal=self._line("goal", kind) or Text(""),
            mission=self._line("mission", kind),
            reports_to=self._line("reports_to", kind),
            takes_over_from=self._line("takes_over_from", kind),
            hands_over_to=self._line("hands_over_to", kind),
            immediate=self._immediate(),
            phases=PhaseReader(self.pair, self.draft, self.overlay).phases(),
        )

    def _order(self) -> str:
        order = self.front.text("order") or ""
        if order and not (len(order) <= 8 and order.isalnum() and order == order.lower()):
            self.pair.error(self.front.line("order"), "bad-order", value=order)
        return order

    def _review_by(self) -> str:
        interval = self.front.text("review_interval") or ""
        start = date_of(self.front.text("reviewed") or "")
        until = date_after(start, interval) if start else None
        if start and interval and until is None:
            self.pair.error(self.front.line("review_interval"), "bad-interval", value=interval)
        return until.isoformat() if until else ""

    def _role(self, kind: Kind) -> str | None:
        role = self.front.values.get("role")
        if kind == "action-card":
            if role:
                self.pair.error(role.number, "role-unwanted")
            return None
        if role is None:
            self.pair.error(self.front.closed_at, "role-wanted")
            return None
        self.pair.use("role", role)
        return role.text

    def _tags(self, draft: ChecklistDraft) -> tuple[str, ...] | None:
        line = draft.front.values.get("tags")
        if line is None:
            return None
        tags = tuple(split_list(line.text))
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
