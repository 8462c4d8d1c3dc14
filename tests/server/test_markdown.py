"""A checklist and its text are the same thing: nothing is lost on the way, in either direction, however unfinished it is."""

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from stormlykta.shapes import PhaseName, Tags, Text
from stormlykta.texts.checklist_making import lean, tidied
from stormlykta.texts.checklist_reading import DraftFindings, read_checklist
from stormlykta.texts.checklist_writing import write_checklist
from stormlykta.texts.documents import Checklist, Known, canonical, read_library
from tests.server.written import checklists

STARTER = Path(__file__).parents[2] / "checklists"
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example, HealthCheck.filter_too_much]
steady = settings(max_examples=60, deadline=None, suppress_health_check=SLOW)


def read(swedish: str, english: str | None = None, phases: tuple[PhaseName, ...] = ()) -> tuple[Checklist | None, DraftFindings]:
    findings = DraftFindings("en")
    numbers = itertools.count(1)
    return read_checklist(swedish, english, findings, Known(), phases, lambda: f"s-new{next(numbers)}"), findings


def text_of(document: Checklist) -> tuple[str, str | None]:
    swedish, english = write_checklist(document)
    return swedish.text, english.text if english else None


@given(checklists())
@steady
def test_a_document_written_and_read_is_the_same_document(document: Checklist) -> None:
    assert lean(document) == document, "the editor leaves out what is nothing"
    again, findings = read(*text_of(document))
    assert again == document, [told for told in findings.told if told.severity == "error"]


@given(checklists())
@steady
def test_a_text_read_and_written_stays_as_it_is(document: Checklist) -> None:
    first = text_of(document)
    again, _ = read(*first)
    assert again is not None
    assert text_of(again) == first


@given(checklists())
@steady
def test_what_is_tidied_is_tidy_and_the_map_has_a_place_for_every_line(document: Checklist) -> None:
    clean = tidied(document)
    assert tidied(clean) == clean
    for written in write_checklist(clean):
        if written is not None:
            assert "&#" not in written.text.replace("\\&#", "")
            assert len(written.spots) == len(written.text.splitlines()) == written.text.count("\n")


def starter_cards() -> list[Path]:
    return sorted((STARTER / "cards").glob("*.sv.md"))


@pytest.mark.parametrize("path", starter_cards(), ids=lambda path: path.name)
def test_every_card_of_the_starter_library_comes_back_as_it_lies(path: Path) -> None:
    swedish, english = path.read_text("utf-8"), path.with_name(path.name.replace(".sv.", ".en.")).read_text("utf-8")
    document, findings = read(swedish, english)
    assert document is not None
    assert [told for told in findings.told if told.code[:3] != "no-"] == []
    written = text_of(document)
    assert untimed(written[0]) == untimed(swedish)
    assert written[1] == english
    again, _ = read(*written)
    assert again == document
    published = next(card for card in read_library([STARTER], Known(), "sv")[0].checklists if card.id == document.id)
    assert canonical(published) == canonical(document), "the desk and the command line read the same"


def untimed(text: str) -> str:
    """T+60m and T+1h are the same time."""
    return re.sub(r"Tid: T([+-])(\d+)m", lambda match: f"Tid: T{match[1]}{int(match[2]) // 60}h" if int(match[2]) % 60 == 0 else match[0], text)


@st.composite
def disturbed(draw: st.DrawFn) -> tuple[str, str | None]:
    """A card in the middle of somebody's work: lines gone, doubled, cut, moved, or typed anew."""
    document = draw(checklists())
    swedish, english = text_of(document)

    def disturb(text: str) -> str:
        lines = text.split("\n")
        for _ in range(draw(st.integers(0, 4))):
            at = draw(st.integers(0, len(lines) - 1))
            deed = draw(st.sampled_from(["drop", "double", "cut", "move", "type"]))
            if deed == "drop":
                del lines[at]
            elif deed == "double":
                lines.insert(at, lines[at])
            elif deed == "cut":
                lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
            elif deed == "move":
                lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
            else:
                lines.insert(at, draw(st.sampled_from(TYPED)))
            lines = lines or [""]
        return "\n".join(lines)

    return disturb(swedish), disturb(english) if english else draw(st.none() | st.just(""))


TYPED = [
    *(
        "- [ ] **Ring**",
        "- [ ] Ring",
        "- [ ]",
        "- [ ] {#s-1}",
        "- [x] **Ring** {#a}",
        "- Ring",
        "\t- Varför: nu",
        "    - Varför: nu",
        "  - Vem:",
        "  - Ring: a, a",
    ),
    *(
        "##",
        "## Ett skede",
        "## {#f60}",
        "## A {#b} {#f60}",
        "#",
        "# Rubrik",
        "1.",
        "2. Ring (Ring: elnat)",
        "4. (Card: x)",
        "**Mål:**",
        "**Mål:** x",
        "**Direkt:**",
    ),
    *(
        "Läge: läs-gör",
        "Läge: x",
        "Avstämning: Stopp",
        "title: x",
        "title:",
        "review_by: 2030-01-01",
        "review_interval: 3 months",
        "---",
        "Ring [[call:elnat]]",
        "",
    ),
]


@given(disturbed())
@steady
def test_whatever_is_written_is_read_the_same_twice_or_told_to_be_unreadable(texts: tuple[str, str | None]) -> None:
    document, findings = read(*texts)
    if document is None:
        assert [told for told in findings.told if told.severity == "error"], "without a document there is always a reason"
    else:
        assert all(step.id for phase in document.phases for step in phase.steps)
        assert all(phase.id for phase in document.phases)
        again, _ = read(*text_of(document))
        assert again == document


def test_what_the_desk_writes_the_command_line_reads(tmp_path: Path) -> None:
    card = next(card for card in read_library([STARTER], Known(), "sv")[0].checklists if card.id == "elavbrott-storm")
    first = card.phases[0]
    step = structs.replace(first.steps[0], text=Text("Skriv *ut* {#x} \\ (Ring: 112) [[hej]]"), within=-90, every=45, when="before")
    untold = structs.replace(first, title=Text(first.title.sv), steps=(step, *first.steps[1:]))
    odd = structs.replace(
        card,
        title=Text("Storm: «--- och, [[»"),
        tags=Tags(("a, b", "c\\", "d", "e", "f"), card.tags.en),
        review_by="2027-03-15",
        immediate=(Text(card.immediate[0].sv), *card.immediate[1:]),
        phases=(untold, *card.phases[1:]),
    )
    for written, language in zip(text_of(odd), ("sv", "en"), strict=True):
        assert written is not None
        (tmp_path / f"storm.{language}.md").write_text(written, "utf-8")
    library, findings = read_library([tmp_path], Known(), "sv")
    assert library.checklists == [odd]
    assert {finding.message.split(" ")[0] for finding in findings if finding.severity == "error"} <= {
        "Kontakten",
        "Kortet",
        "Mallen",
        "Rollen",
        "Källan",
        "Skedet",
    }


READ = [
    ("- [ ] {#a}", "## Skede {#f60}\n\nLäge: läs-gör\n\n- [ ] {#a}\n", [("f60", [("a", "")])]),
    ("no ids", "## Skede\n- [ ] **Ring**\n- [ ] Skriv\n- [ ]\n", [("f15", [("s-new1", "Ring"), ("s-new2", "Skriv"), ("s-new3", "")])]),
    ("a known heading", "## First hour\n- [ ] Ring {#x-1}\n", [("f60", [("x-1", "Ring")])]),
    ("empty heading", "##\n- [ ] Ring {#x-1}\n", [("f15", [("x-1", "Ring")])]),
    ("nothing at all", "", []),
]


@pytest.mark.parametrize(("text", "wanted"), [case[1:] for case in READ], ids=[case[0] for case in READ])
def test_what_is_not_finished_is_read_as_far_as_it_goes(text: str, wanted: list[tuple[str, list[tuple[str, str]]]]) -> None:
    phases = (PhaseName(id="f15", title=Text("Först")), PhaseName(id="f60", title=Text("Första timmen", "First hour")))
    document, findings = read(f"---\ntitle: Prov\n---\n\n{text}", None, phases)
    assert document is not None
    assert [(phase.id, [(step.id, step.text.sv) for step in phase.steps]) for phase in document.phases] == wanted
    assert [told for told in findings.told if told.severity == "error"]


FRONT = "---\ntitle: x\n---\n"
IN_A_PHASE = ("Läge: gissa", "- [y] Ring", "- [ ] a\n  - Tid: snart", "- [ ] a\n  - Prio: hög", "- [ ] a\n  - Mall: b, c", "**Mål:** x")
UNREAD = [
    *("---\ntitle: x", "id: x", "# Rubrik", "---\ntitle: x\ntitle: y\n---", "---\nfärg: röd\n---", "---\ntype: exercise\n---"),
    "---\nreviewed: 2026-01-01\nreview_interval: ibland\n---",
    *(FRONT + line for line in ("Fri text", "**Syfte:** x", "**Mål:** a\n**Mål:** b", "1. Ring", "Läge: läs-gör", "- [ ] Ring", "# y", "## a {#b} {#c}")),
    *(f"{FRONT}## S {{#f60}}\n{line}" for line in IN_A_PHASE),
    *(f"{FRONT}**Mål:** {text}" for text in ("(Card: a)", "(Ring: )", "(Ring: a")),
    FRONT + "1. a\n" * 5001,
]  # fmt: skip


@pytest.mark.parametrize("text", UNREAD, ids=lambda text: text[-40:].replace("\n", "|"))
def test_what_is_not_understood_gives_no_document_and_a_line(text: str) -> None:
    document, findings = read(text)
    assert document is None
    assert [told for told in findings.told if told.severity == "error" and 0 < told.line <= text.count("\n") + 1]


def test_english_that_belongs_to_nothing_is_not_dropped() -> None:
    swedish = "---\ntitle: x\n---\n**Mål:** a\n**Direkt:**\n1. Ring\n## S {#f60}\n- [ ] a {#a}\n"
    for english in (
        "**Immediate:**\n1. Call\n2. Write",
        "## S {#f61}",
        "## S {#f60}\n- [ ] b {#b}",
        "## S {#f60}\n- [ ] b",
        "## S {#f60}\n- [ ] a {#a}\n  - Why: b",
    ):
        document, findings = read(swedish, f"---\ntitle: y\n---\n{english}\n")
        assert document is None, english
        assert [told for told in findings.told if told.severity == "error" and told.file == "en"], english
