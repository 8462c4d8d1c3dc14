"""Checklists that are born at the desk, and how one is made regular: ids where there are none, nothing that is the same as nothing.

Rule: pure; chance is handed in. A step has its id for ever from here on; a copy is another step and gets another one.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Collection

import msgspec

from stormlykta.shapes import Checklist, Kind, Phase, PhaseName, Step, Tags, Text
from stormlykta.texts.escapes import odd_character
from stormlykta.texts.grammar import ID

Mint = Callable[[], str]
FIRST_EDITION = "1.0.0"
# What a new organisation has before it has chosen words of its own: the starter library's.
PHASES = (
    PhaseName(id="fore", title=Text("Före", "Before")),
    PhaseName(id="f15", title=Text("Första åtgärder", "First actions")),
    PhaseName(id="f60", title=Text("Första timmen", "First hour")),
    PhaseName(id="f24", title=Text("Första dygnet", "First 24 hours")),
    PhaseName(id="fortsatt", title=Text("Fortsatt arbete", "Continuing")),
    PhaseName(id="atergang", title=Text("Återgång", "Return to normal")),
    PhaseName(id="overlamning", title=Text("Överlämning och avslut", "Handover and closing")),
)
REQUIRED_TEXTS = ("title", "trigger", "not_for", "goal")
OPTIONAL_TEXTS = ("mission", "reports_to", "takes_over_from", "hands_over_to")


def make_blank(id: str, kind: Kind, title: str, order: str) -> Checklist:
    """A checklist with nothing in it yet."""
    nothing = Text("")
    return Checklist(
        id=id,
        kind=kind,
        edition=FIRST_EDITION,
        order=order,
        title=Text(title),
        tags=Tags(()),
        audience=(),
        owner="",
        reviewed="",
        review_by="",
        trigger=nothing,
        not_for=nothing,
        goal=nothing,
        immediate=(),
        phases=(),
    )


def make_first_phase(phases: tuple[PhaseName, ...], steps: tuple[Step, ...]) -> Phase:
    """The phase that a list without headings gets: first actions, or whatever comes first."""
    known = phases or PHASES
    name = next((phase for phase in known if phase.id == "f15"), known[0])
    return Phase(id=name.id, title=name.title, mode="read-do", steps=steps)


def with_ids(document: Checklist, mint: Mint, anew: bool = False) -> Checklist:
    """Steps without an id that is one get one; `anew`: all of them, since they are copies."""

    def identified(step: Step) -> Step:
        return msgspec.structs.replace(step, id=mint()) if anew or not ID.fullmatch(step.id) else step

    phases = tuple(msgspec.structs.replace(phase, steps=tuple(map(identified, phase.steps))) for phase in document.phases)
    return msgspec.structs.replace(document, phases=phases)


def recognised(document: Checklist, before: Checklist) -> Checklist:
    """Steps without an id that were there before have the id they had: by the same words, else by words that were only edited, in the same phase.

    So a step that is being typed as text stays the same step from one reading to the next.
    """
    written = {step.id for phase in document.phases for step in phase.steps}
    left = {step.id: (phase.id, step.text.sv) for phase in before.phases for step in phase.steps if step.id not in written}
    found: dict[tuple[int, int], str] = {}

    def look(likeness: Callable[[str, str, bool], int | None]) -> None:
        for at, phase in enumerate(document.phases):
            for number, step in enumerate(phase.steps):
                if step.id or (at, number) in found:
                    continue
                like = {id: likeness(words, step.text.sv, home == phase.id) for id, (home, words) in left.items()}
                best = max((id for id in like if like[id] is not None), key=lambda id: like[id] or 0, default=None)
                if best is not None:
                    found[at, number] = best
                    del left[best]

    look(lambda old, new, home: 0 if home and old == new else None)
    look(lambda old, new, home: 0 if old and old == new else None)
    look(lambda old, new, home: alike(old, new) if home else None)
    phases = tuple(
        msgspec.structs.replace(
            phase, steps=tuple(msgspec.structs.replace(step, id=found.get((at, number), step.id)) for number, step in enumerate(phase.steps))
        )
        for at, phase in enumerate(document.phases)
    )
    return msgspec.structs.replace(document, phases=phases)


def alike(old: str, new: str) -> int | None:
    """How many letters stand as they stood, before and after the place of an edit; None when it is other words."""
    most = min(len(old), len(new))
    first = next((at for at in range(most) if old[at] != new[at]), most)
    last = next((at for at in range(most - first) if old[-1 - at] != new[-1 - at]), most - first)
    return first + last if 2 * (first + last) >= most else None


def with_phases(document: Checklist, known: tuple[PhaseName, ...]) -> Checklist:
    """Phases without an id get that of their heading, else the next one that is free."""
    taken = {phase.id for phase in document.phases if phase.id}
    phases: list[Phase] = []
    last = ""
    for phase in document.phases:
        last = phase.id or choose_phase(phase.title.sv, known or PHASES, taken, last) or own_phase(taken, len(phases))
        taken.add(last)
        phases.append(msgspec.structs.replace(phase, id=last))
    return msgspec.structs.replace(document, phases=tuple(phases))


def choose_phase(heading: str, known: tuple[PhaseName, ...], taken: Collection[str], after: str) -> str | None:
    """The id of the phase that is called so, else of the next free one after `after`; None when all are taken."""
    wanted = heading.strip(" :").casefold()
    free = [phase for phase in known if phase.id not in taken]
    for phase in free:
        if wanted and wanted in (phase.title.sv.casefold(), (phase.title.en or "").casefold()):
            return phase.id
    order = [phase.id for phase in known]
    start = order.index(after) + 1 if after in order else max(order.index("f15") if "f15" in order else 0, 0)
    return next((id for id in order[start:] if id not in taken), None)


def own_phase(taken: Collection[str], place: int) -> str:
    """An id for a phase that the vocabulary has none for."""
    return next(id for number in itertools.count(place + 1) if (id := f"skede-{number}") not in taken)


def slug(title: str) -> str:
    """An id made from a title: "Långvarigt elavbrott" is langvarigt-elavbrott."""
    letters = unicodedata.normalize("NFKD", title.casefold().replace("ø", "o").replace("æ", "ae"))
    words = re.findall(r"[a-z0-9]+", "".join(letter for letter in letters if not unicodedata.combining(letter)))
    return "-".join(words)[:48].strip("-") or "checklista"


def free_id(wanted: str, taken: Collection[str]) -> str:
    """The id, with a number after it when it is taken."""
    return next(id for id in (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3))) if id not in taken)


def next_order(kind: Kind, orders: Collection[str]) -> str:
    """After those of its kind that there are: r9 after r8, o after n."""
    if kind == "role-card":
        return f"r{max((int(order[1:]) for order in orders if re.fullmatch('r[0-9]{1,6}', order)), default=0) + 1}"
    last = max((order for order in orders if re.fullmatch("[a-z]", order)), default="")
    if last < "z":
        return chr(ord(last) + 1) if last else "a"
    return f"z{max((int(order[1:]) for order in orders if re.fullmatch('z[0-9]{1,6}', order)), default=0) + 1}"


def lean(document: Checklist) -> Checklist:
    """Without what is the same as nothing: an empty translation, an empty text that may be left out, an empty name in a list."""
    return _each_text(document, lambda words: words)


def tidied(document: Checklist) -> Checklist:
    """As it is published: letters made one, no characters that nobody sees, no loose spaces. What a person wrote is otherwise as it was."""
    return _each_text(document, tidy)


def tidy(words: str) -> str:
    seen = "".join((" " if letter.isspace() or unicodedata.category(letter) == "Cc" else "") if odd_character(letter) else letter for letter in words)
    return re.sub(r"\s{2,}", " ", unicodedata.normalize("NFC", seen)).strip()


def _each_text(document: Checklist, change: Callable[[str], str]) -> Checklist:
    def text(value: Text) -> Text:
        return Text(change(value.sv), change(value.en or "") or None)

    def maybe(value: Text | None) -> Text | None:
        said = text(value) if value else None
        return said if said and (said.sv or said.en) else None

    def names(values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(filter(None, map(change, values)))

    def step(value: Step) -> Step:
        return msgspec.structs.replace(
            value,
            text=text(value.text),
            why=maybe(value.why),
            role=change(value.role or "") or None,
            message=change(value.message or "") or None,
            every=value.every if value.every and value.every > 0 else None,
            call=names(value.call),
            cards=names(value.cards),
            sources=names(value.sources),
        )

    def phase(value: Phase) -> Phase:
        return msgspec.structs.replace(value, title=text(value.title), pause=maybe(value.pause), steps=tuple(map(step, value.steps)))

    return msgspec.structs.replace(
        document,
        **{name: change(getattr(document, name)) for name in ("edition", "order", "owner", "reviewed", "review_by")},
        role=change(document.role or "") or None,
        status=change(document.status or "") or None,
        tags=Tags(names(document.tags.sv), names(document.tags.en or ()) or None),
        audience=names(document.audience),
        **{name: text(getattr(document, name)) for name in REQUIRED_TEXTS},
        **{name: maybe(getattr(document, name)) for name in OPTIONAL_TEXTS},
        immediate=tuple(map(text, document.immediate)),
        phases=tuple(map(phase, document.phases)),
    )
