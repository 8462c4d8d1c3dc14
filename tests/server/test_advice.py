"""What the editor is told: each thing at its field, in a person's words; and that what is right is never complained of."""

import re
from pathlib import Path

import msgspec
import pytest

from stormlykta.texts.checklist_checking import PlacedFinding, check_checklist, is_ready
from stormlykta.texts.checklist_making import FIRST_EDITION, make_blank
from stormlykta.texts.checklist_sentences import DESK_SENTENCES, NAMES
from stormlykta.texts.documents import Checklist, Known, Text, read_library
from stormlykta.texts.findings import Language
from stormlykta.texts.sentences import SENTENCES
from stormlykta.texts.verbs import begins_with_verb

STARTER = Path(__file__).parents[2] / "checklists"
Spot = tuple[str, str, str | None, str | None, str | None]


@pytest.fixture(scope="module")
def storm() -> Checklist:
    return next(card for card in read_library([STARTER], Known(), "sv")[0].checklists if card.id == "elavbrott-storm")


@pytest.fixture(scope="module")
def known() -> Known:
    library, _ = read_library([STARTER], Known(), "sv")
    assert library.contacts
    assert library.vocabulary
    return Known(
        checklists=frozenset(card.id for card in library.checklists),
        messages=frozenset(message.id for message in library.messages.messages),
        contacts=frozenset(person.id for function in library.contacts.functions for person in function.persons),
        roles=frozenset(role.id for role in library.vocabulary.roles),
        phases=tuple(phase.id for phase in library.vocabulary.phases),
        sources=frozenset(source.id for source in library.vocabulary.sources),
    )


def spots(findings: list[PlacedFinding]) -> set[Spot]:
    return {(f.code, f.severity, f.phase, f.step, f.field) for f in findings}


def with_step(card: Checklist, **change: object) -> tuple[Checklist, str, str]:
    """The card with its second phase's first step changed; and where that is."""
    phase = card.phases[1]
    step = msgspec.structs.replace(phase.steps[0], **change)
    changed = msgspec.structs.replace(phase, steps=(step, *phase.steps[1:]))
    return msgspec.structs.replace(card, phases=(card.phases[0], changed, *card.phases[2:])), phase.id, step.id


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_starter_library_has_nothing_to_complain_of_at_the_desk_either(known: Known, language: Language) -> None:
    for card in read_library([STARTER], Known(), "sv")[0].checklists:
        assert check_checklist(card, known, language) == [], card.id


STEPS = [
    ({"text": Text("Ring " + "nu " * 12)}, "many-words", "advice", "text"),
    ({"text": Text("Larmning av staben")}, "no-verb", "advice", "text"),
    ({"text": Text("")}, "no-step-text", "error", "text"),
    ({"text": Text(" \n\u202e")}, "no-step-text", "error", "text"),
    ({"text": Text("Ring [[call:ingen]]")}, "no-contact", "advice", "text"),
    ({"text": Text("Ring [[call:Ö]]")}, "marker", "error", "text"),
    ({"why": Text("Se [[card:inget]]")}, "no-card", "advice", "why"),
    ({"why": Text("x" * 5000)}, "long-line", "error", "why"),
    ({"why": Text("", "Because")}, "no-text", "error", "why"),
    ({"role": "ingen"}, "no-role", "advice", "role"),
    ({"call": ("elnat-driftcentral", "elnat-driftcentral")}, "listed-twice", "advice", "call"),
    ({"call": ("Ö",)}, "bad-id", "error", "call"),
    ({"message": "inget"}, "no-message", "advice", "message"),
    ({"cards": ("inget",)}, "no-card", "advice", "cards"),
    ({"sources": ("INGEN",)}, "no-source", "advice", "sources"),
    ({"id": "el-fore-lista"}, "id-taken", "error", None),
]


@pytest.mark.parametrize(("change", "code", "severity", "field"), STEPS, ids=lambda value: str(value)[:30])
def test_what_is_found_in_a_step_is_told_at_its_field(
    storm: Checklist, known: Known, change: dict[str, object], code: str, severity: str, field: str | None
) -> None:
    card, phase, step = with_step(storm, **change)
    findings = check_checklist(card, known, "sv")
    assert (code, severity, phase, step, field) in spots(findings)
    assert is_ready(findings) == (severity == "advice")


FRONT = [
    ({"title": Text("")}, "front-missing", "error", "title"),
    ({"trigger": Text("")}, "no-text", "error", "trigger"),
    ({"goal": Text("Ring [[call:ingen]]")}, "no-contact", "advice", "goal"),
    ({"not_for": Text("Aldrig")}, "no-other-card", "advice", "not_for"),
    ({"immediate": ()}, "no-immediate", "error", "immediate"),
    ({"immediate": (Text("Ring"),) * 4}, "immediate-count", "advice", "immediate"),
    ({"immediate": (Text("Ring"), Text(""))}, "no-text", "error", "immediate"),
    ({"order": "C!"}, "bad-order", "error", "order"),
    ({"audience": ("ingen",)}, "no-role", "advice", "audience"),
    ({"audience": ()}, "front-missing", "advice", "audience"),
    ({"role": "tib"}, "role-unwanted", "error", "role"),
    ({"mission": Text("Leda")}, "role-line-unwanted", "error", "mission"),
    ({"kind": "role-card"}, "role-wanted", "error", "role"),
    ({"phases": ()}, "no-phases", "error", "phases"),
]


@pytest.mark.parametrize(("change", "code", "severity", "field"), FRONT, ids=lambda value: str(value)[:30])
def test_what_is_found_on_the_front_is_told_at_its_field(
    storm: Checklist, known: Known, change: dict[str, object], code: str, severity: str, field: str
) -> None:
    findings = check_checklist(msgspec.structs.replace(storm, **change), known, "sv")
    assert (code, severity, None, None, field) in spots(findings)


def test_few_tags_are_no_hindrance(storm: Checklist, known: Known) -> None:
    findings = check_checklist(msgspec.structs.replace(storm, tags=type(storm.tags)(())), known, "sv")
    assert spots(findings) == {("front-missing", "advice", None, None, "tags")}


def test_phases_are_told_of_as_phases(storm: Checklist, known: Known) -> None:
    first, second, third = storm.phases
    many = msgspec.structs.replace(first, steps=tuple(msgspec.structs.replace(first.steps[-1], id=f"s-{n}") for n in range(10)))
    empty = msgspec.structs.replace(second, steps=(), title=Text(""), pause=Text("Stanna " * 16))
    card = msgspec.structs.replace(storm, phases=(many, empty, third))
    assert spots(check_checklist(card, known, "sv")) == {
        ("many-steps", "advice", "fore", None, None),
        ("no-steps", "error", "f60", None, None),
        ("no-heading", "error", "f60", None, "title"),
        ("many-words", "advice", "f60", None, "pause"),
    }
    turned = check_checklist(msgspec.structs.replace(storm, phases=(third, first)), known, "sv")
    assert ("phase-order", "advice", "fore", None, None) in spots(turned)
    twice = check_checklist(msgspec.structs.replace(storm, phases=(first, msgspec.structs.replace(third, id="fore"))), known, "sv")
    assert ("phase-twice", "error", "fore", None, None) in spots(twice)


def test_what_is_found_in_the_english_text_says_so(storm: Checklist, known: Known) -> None:
    card, phase, step = with_step(storm, text=Text("Ring elnätet", "Before you call the grid"))
    (finding,) = check_checklist(card, known, "sv")
    assert (finding.code, finding.phase, finding.step) == ("no-verb", phase, step)
    assert finding.message.startswith("På engelska: ")


def test_an_organisation_without_words_of_its_own_is_not_told_that_they_are_missing(storm: Checklist) -> None:
    codes = {finding.code for finding in check_checklist(storm, Known(), "sv")}
    assert codes == {"no-contact", "no-card", "no-message"}


def test_a_blank_checklist_says_what_it_still_needs_and_no_more() -> None:
    blank = make_blank("ny", "role-card", "Ny", "r1")
    found = {(finding.code, finding.field) for finding in check_checklist(blank, Known(), "sv") if finding.severity == "error"}
    lines = {("no-text", name) for name in ("mission", "trigger", "not_for", "goal", "reports_to", "takes_over_from", "hands_over_to")}
    assert found == lines | {("role-wanted", "role"), ("no-immediate", "immediate"), ("no-phases", "phases")}
    assert blank.edition == FIRST_EDITION


RIGHT = {
    "sv": [
        "Ring elnätet",
        "112: ring först",
        "”Stopp” ropas",
        "Är någon skadad? Ring 112",
        "Ge råd",
        "Se över",
        "Förvarna alla",
        "Låt bli",
        "",
        "🔦",
        "Var beredd",
    ],
    "en": ["Call the grid", "Witness the count", "Is anyone hurt?", "Station a guard", "112 first", "Bring water", ""],
}
WRONG = {
    "sv": [
        "Larmning av staben",
        "TIB larmar",
        "Om strömmen går, ring",
        "Kontrollerar läget",
        "Informationen sprids",
        "Vi ringer",
        "Alla larmas",
        "Telefoner laddas",
    ],
    "en": ["The grid is called", "Evacuation of the school", "If the power fails, call", "Preparedness is raised", "You call"],
}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_only_what_can_hardly_be_an_order_is_told_of(language: Language) -> None:
    assert [text for text in RIGHT[language] if not begins_with_verb(text, language)] == []
    assert [text for text in WRONG[language] if begins_with_verb(text, language)] == []


def test_the_editors_sentences_are_in_both_languages_and_speak_of_no_files() -> None:
    assert set(DESK_SENTENCES) <= set(SENTENCES)
    for code, (swedish, english) in DESK_SENTENCES.items():
        assert swedish != english
        assert set(re.findall(r"\{(\w+)\}", swedish)) == set(re.findall(r"\{(\w+)\}", english)), code
        assert set(re.findall(r"\{(\w+)\}", swedish)) <= set(re.findall(r"\{(\w+)\}", SENTENCES[code][0])) | {"name"}, code
        assert not re.search(r"\.yml|\brad(en)?\b|\bline\b|\*\*|##|- \[", swedish + english), code
    assert all(swedish and english for swedish, english in NAMES.values())
