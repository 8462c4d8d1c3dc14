"""Documents as a whole: their bytes, their hashes, their shape, and the starter library."""

import ast
import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from stormlykta.texts.documents import Document, Known, Library, canonical, document_hash, read_library
from stormlykta.texts.sentences import SENTENCES
from tests.server.test_documents_samples import small_package

STARTER = Path(__file__).parents[2] / "checklists"
VECTOR = '{"id":"prov","title":"Åska","steps":[{"id":"a","text":"Ring"}]}'


@pytest.fixture(scope="module")
def starter() -> Library:
    library, findings = read_library([STARTER], Known(), "sv")
    assert findings == []
    return library


def everything(library: Library) -> list[Document]:
    assert library.contacts
    assert library.vocabulary
    return [*library.checklists, library.messages, library.contacts, library.exercises, library.vocabulary]


def as_json(document: Document) -> Any:
    return json.loads(canonical(document))


def test_a_hash_is_that_of_the_worked_example() -> None:
    assert document_hash(VECTOR.encode()) == "EombBXcGoKlWmPZArODY4Q"
    assert document_hash(b"x") == base64.urlsafe_b64encode(hashlib.sha256(b"x").digest()[:16]).decode().rstrip("=")


def test_a_checklist_has_the_golden_shape(tmp_path: Path) -> None:
    library, _ = small_package(tmp_path).read()
    assert canonical(library.checklists[0]).decode() == (
        '{"type":"checklist","id":"strom","kind":"action-card","edition":"1.1.0","order":"c","title":{"sv":"Strömavbrott","en":"Power cut"},'
        '"tags":{"sv":["strömlöst","ingen el","mörkt","storm","kallt"],"en":["power cut","no power","dark","storm","cold"]},"audience":["tib"],'
        '"owner":"beredskapssamordnare","reviewed":"2026-01-31","review_by":"2026-02-28",'
        '"trigger":{"sv":"Strömmen är borta.","en":"The power is gone."},'
        '"not_for":{"sv":"Bara telefonen är död: [[card:tele]].","en":"Only the phone is dead: [[card:tele]]."},'
        '"goal":{"sv":"Ingen fryser.","en":"Nobody freezes."},'
        '"immediate":[{"sv":"Ring elnätet [[call:elnat]]","en":"Call the grid [[call:elnat]]"},{"sv":"Fråga [[role:tib]]","en":"Ask [[role:tib]]"}],'
        '"phases":[{"id":"f60","title":{"sv":"Första timmen","en":"First hour"},"mode":"read-do",'
        '"pause":{"sv":"TiB stoppar. Läs upp läget.","en":"TiB stops. Read the situation."},"steps":['
        '{"id":"strom-ring","text":{"sv":"Ring elnätet","en":"Call the grid"},"why":{"sv":"De vet mest.","en":"They know most."},"role":"tib","within":60,'
        '"critical":true,"decision":true,"call":["elnat","tib"],"message":"budskap","cards":["tele"],"sources":["LEH"]},'
        '{"id":"strom-lykta","text":{"sv":"Tänd lyktan"},"every":120,"everyone":true}]},'
        '{"id":"f24","title":{"sv":"Första dygnet"},"mode":"do-confirm","steps":[{"id":"strom-bransle","text":{"sv":"Räkna bränslet"}}]}]}'
    )


def test_a_role_card_says_its_mission_and_its_chain(tmp_path: Path) -> None:
    library, _ = small_package(tmp_path).read()
    card = as_json(library.checklists[1])
    assert (card["kind"], card["role"], card["status"]) == ("role-card", "tib", "startmall")
    assert card["mission"] == {"sv": "Passa telefonen."}
    assert list(card)[list(card).index("goal") + 1 :][:4] == ["mission", "reports_to", "takes_over_from", "hands_over_to"]


def test_equal_content_has_an_equal_hash_whatever_the_line_ends_and_the_file_name(tmp_path: Path) -> None:
    first = small_package(tmp_path / "one")
    second = small_package(tmp_path / "two")
    path = second.folder / "cards/tele.sv.md"
    text = path.read_text("utf-8").replace("Passa", "  Passa ").replace("ä", "a\u0308")  # loose spaces, letters in two parts
    path.unlink()
    (second.folder / "cards/other.sv.md").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    hashes = [[document_hash(canonical(document)) for document in everything(package.read()[0])] for package in (first, second)]
    assert hashes[0] == hashes[1]


def test_other_content_has_another_hash(tmp_path: Path) -> None:
    package = small_package(tmp_path)
    before = document_hash(canonical(package.read()[0].checklists[1]))
    package.change("cards/tele.sv.md", "Svara i telefonen", "Svara i telefonerna")
    assert document_hash(canonical(package.read()[0].checklists[1])) != before


def test_a_step_without_english_falls_back_to_swedish_alone(tmp_path: Path) -> None:
    first, second = small_package(tmp_path).read()[0].checklists[0].phases[0].steps
    assert (first.text.en, second.text.en) == ("Call the grid", None)


def test_the_starter_library_has_neither_errors_nor_advice_in_either_language() -> None:
    assert read_library([STARTER], Known(), "en")[1] == []


def test_the_starter_library_is_whole(starter: Library) -> None:
    assert [card.order for card in starter.checklists] == [*"0abcdefgh", "i1", "i2", *"jklmn", *(f"r{n}" for n in range(1, 9))]
    assert (len(starter.messages.messages), len(starter.exercises.exercises)) == (13, 5)
    assert starter.contacts
    assert {function.kind for function in starter.contacts.functions} == {"intern", "extern", "public"}


def test_every_text_of_the_starter_library_is_in_both_languages(starter: Library) -> None:
    def swedish_alone(value: Any) -> list[str]:
        if isinstance(value, dict):
            alone = [value["sv"]] if "sv" in value and "en" not in value else []
            return alone + [text for part in value.values() for text in swedish_alone(part)]
        return [text for part in value for text in swedish_alone(part)] if isinstance(value, list) else []

    assert [text for document in everything(starter) for text in swedish_alone(as_json(document))] == []


def test_every_reference_in_the_starter_library_leads_somewhere(starter: Library) -> None:
    assert starter.contacts
    assert starter.vocabulary
    exists = {
        "call": {person.id for function in starter.contacts.functions for person in function.persons},
        "card": {card.id for card in starter.checklists},
        "role": {role.id for role in starter.vocabulary.roles},
    }
    markers = re.findall(r"\[\[([a-z]+):([^\]]*)\]\]", "".join(canonical(document).decode() for document in everything(starter)))
    assert len(markers) > 100
    assert [(kind, id) for kind, id in markers if id not in exists[kind]] == []


def test_the_storm_card_is_found_by_what_people_type(starter: Library) -> None:
    storm = next(card for card in starter.checklists if card.id == "elavbrott-storm")
    assert {"strömlöst", "mörkt", "ingen el", "strömmen gick"} <= set(storm.tags.sv)


def test_no_real_number_stands_among_the_invented_people(starter: Library) -> None:
    assert starter.contacts
    numbers = [n.number for f in starter.contacts.functions if f.kind != "public" for person in f.persons for n in person.numbers]
    assert [number for number in numbers if not re.match(r"070-174 06 |08-465 004 |031-390 06 ", number)] == []


def test_no_float_is_ever_in_a_document(starter: Library) -> None:
    for document in everything(starter):
        json.loads(canonical(document), parse_float=lambda text: pytest.fail(f"a float: {text}"))


def test_one_file_alone_is_enough_when_the_rest_is_published(tmp_path: Path) -> None:
    package = small_package(tmp_path)
    known = Known(
        checklists=frozenset({"tele"}),
        messages=frozenset({"budskap"}),
        contacts=frozenset({"tib", "elnat"}),
        roles=frozenset({"tib"}),
        phases=("f60", "f24"),
        sources=frozenset({"LEH"}),
    )
    library, findings = read_library([package.folder / "cards/strom.sv.md"], known, "sv")
    assert findings == []
    assert library.checklists[0].title.en == "Power cut"  # its translation came along
    assert (library.contacts, library.vocabulary, library.messages.messages) == (None, None, ())
    _, missing = read_library([package.folder / "cards/strom.sv.md"], Known(), "sv")
    assert {finding.severity for finding in missing} == {"error"}


def test_every_sentence_is_in_both_languages_and_every_code_has_one() -> None:
    calls, sources = set(), ""
    for path in (Path(__file__).parents[2] / "server/stormlykta").glob("*/*.py"):
        text = path.read_text("utf-8")
        if path.stem.endswith("sentences"):
            continue
        sources += text
        if path.stem.startswith("roster_") or ("Findings" not in text and "pairing" not in text):  # the roster has sentences of its own
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("error", "advise", "overlay_error", "_error"):
                codes = [argument for argument in node.args if isinstance(argument, ast.Constant | ast.IfExp)]
                calls |= {part.value for code in codes for part in ast.walk(code) if isinstance(part, ast.Constant) and isinstance(part.value, str)}
    assert len(calls) > 90
    assert {code for code in calls if "-" in code or code.isalpha()} - {"dir", ".md"} <= set(SENTENCES)
    for code, (swedish, english) in SENTENCES.items():
        assert f'"{code}"' in sources, code
        assert swedish != english
        assert set(re.findall(r"(?<!\{)\{(\w+)\}", swedish)) == set(re.findall(r"(?<!\{)\{(\w+)\}", english)), code
