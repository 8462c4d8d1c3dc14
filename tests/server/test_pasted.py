"""What people paste: lists from Word, mails, sheets. Headings become phases, bullets steps, what stands under a bullet its reason; no word is lost."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stormlykta.texts.checklist_making import PHASES, make_blank
from stormlykta.texts.documents import Checklist
from stormlykta.texts.pasted_text import read_pasted

Shape = list[tuple[str, list[str]]]


def paste(text: str, title: str = "Prov") -> Checklist:
    numbers = itertools.count(1)
    return read_pasted(text, make_blank("prov", "action-card", title, "c"), PHASES, lambda: f"s-{next(numbers)}")


def shape(document: Checklist) -> Shape:
    """Phases by id, and their steps: "text | why"."""
    return [(phase.id, [f"{step.text.sv} | {step.why.sv}" if step.why else step.text.sv for step in phase.steps]) for phase in document.phases]


WORD = """Strömavbrott i skolan

Första åtgärder
•\tRing elnätsbolaget
o\tFråga hur länge
o\tFråga vilka som berörs
•\tSamla eleverna i aulan
Första timmen:
1.\tMeddela vårdnadshavare
2.\tKontrollera larm och
lås i alla byggnader
"""

PASTED = [
    ("a list from word", WORD, [("f15", ["Ring elnätsbolaget | Fråga hur länge. Fråga vilka som berörs.", "Samla eleverna i aulan"]),
                                ("f60", ["Meddela vårdnadshavare", "Kontrollera larm och lås i alla byggnader"])]),
    ("boxes with dashes under them", "☐ Ring 112\n☐ Möt räddningstjänsten\n   - vid grinden\n   - med nycklar\n☑ Logga",
     [("f15", ["Ring 112", "Möt räddningstjänsten | vid grinden. med nycklar.", "Logga"])]),
    ("plain lines", "Ring A\nRing B\n\tpå numret\nRing C", [("f15", ["Ring A", "Ring B | på numret.", "Ring C"])]),
    ("markdown", "# Prov\n## Före\n- [ ] **Ring**\n## Sedan\n* Sov", [("fore", ["Ring"]), ("f15", ["Sov"])]),
    ("rows of a table", "1\tRing elnätet\tTiB\tInom 15 min\r\n2\tSamla staben\tStabschef\t\r\n",
     [("f15", ["Ring elnätet | TiB. Inom 15 min.", "Samla staben | Stabschef."])]),
    ("numbers with numbers under them", "1. Före\n1.1 Ring\n1.2 Skriv\n2. Första timmen\n2.1 Gå", [("fore", ["Ring", "Skriv"]), ("f60", ["Gå"])]),
    ("capitals above plain lines", "FÖRST\nRing\nSKRIV SEDAN\nSov", [("f15", ["Ring"]), ("f60", ["Sov"])]),
    ("word's own bullets", "\uf0b7 Ring\n\uf0a7 om det brinner\n\uf0b7 Logga", [("f15", ["Ring | om det brinner.", "Logga"])]),
    ("a number that is no bullet", "112 ringer du först\n113 13 sedan", [("f15", ["112 ringer du först", "113 13 sedan"])]),
    ("nothing", " \n\t\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), [case[1:] for case in PASTED], ids=[case[0] for case in PASTED])
def test_pasted_text_becomes_phases_and_steps(text: str, wanted: Shape) -> None:
    assert shape(paste(text, "Strömavbrott i skolan" if text == WORD else "Prov")) == wanted


def test_a_line_that_stands_alone_above_the_list_is_its_title_when_none_is_given() -> None:
    assert paste(WORD, "").title.sv == "Strömavbrott i skolan"
    assert paste("Före:\n- Ring", "").title.sv == ""
    assert paste("Ring\nSpring", "").title.sv == ""


def test_what_is_said_to_be_the_goal_is_the_goal() -> None:
    document = paste("Mål: Ingen fryser\nAnvänd inte när: det är varmt\n- Ring")
    assert (document.goal.sv, document.not_for.sv, shape(document)) == ("Ingen fryser", "det är varmt", [("f15", ["Ring"])])


def test_when_all_phases_are_taken_each_heading_still_has_one_of_its_own() -> None:
    document = paste("\n".join(f"## Del {number}\n- Ring" for number in range(20)))
    ids = [phase.id for phase in document.phases]
    assert len(set(ids)) == len(ids) == 20


lines = st.tuples(
    st.sampled_from(["", " ", "\t", "    ", "\u00a0"]),
    st.sampled_from(["", "- ", "•\t", "o\t", "☐ ", "[ ] ", "1. ", "2) ", "1.1 ", "a) ", "## ", "**", "– ", "* * ", "\uf0b7 "]),
    st.lists(st.sampled_from(["Ring", "elnätet", "NU", "före", "Första timmen", "mål:", "slut:", "\t", "**fet**", "x.", "🔦", "<b>"]), max_size=4).map(
        " ".join
    ),
)


@given(st.lists(lines, max_size=12), st.sampled_from(["", "Prov"]))
@settings(max_examples=200, deadline=None)
def test_no_word_that_was_pasted_is_lost(parts: list[tuple[str, str, str]], title: str) -> None:
    document = paste("\n".join("".join(part) for part in parts), title)
    kept = [document.title.sv, document.trigger.sv, document.goal.sv, document.not_for.sv]
    for phase in document.phases:
        kept += [phase.title.sv, *(text.sv for step in phase.steps for text in (step.text, step.why) if text)]
        assert all(step.text.sv and step.id for step in phase.steps)
    assert words(" ".join(kept)) >= words(" ".join(text for _, _, text in parts)) - {"mål"}


def words(text: str) -> set[str]:
    return set(re.findall(r"\w{2,}|🔦|<b>", text.lower()))
