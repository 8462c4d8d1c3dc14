"""What becomes of messages, contacts, exercises and word lists: functions before persons, fields, injects, numbers, dates."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from stormlykta.files.phone_numbers import dialled
from stormlykta.texts.documents import Document, Text, canonical, read_contacts
from stormlykta.texts.grammar import date_after
from tests.server.test_documents_samples import small_package


def as_json(document: Document | None) -> Any:
    assert document
    return json.loads(canonical(document))


def test_a_function_has_its_person_first_and_then_the_deputies_in_order(tmp_path: Path) -> None:
    contacts = as_json(small_package(tmp_path).read()[0].contacts)
    assert contacts["type"] == "contacts"
    duty, grid, emergency, information = contacts["functions"]
    assert (duty["id"], duty["title"], duty["kind"], duty["role"]) == ("tib", {"sv": "Tjänsteperson i beredskap", "en": "Duty officer"}, "intern", "tib")
    assert [person["id"] for person in duty["persons"]] == ["tib", "tib-2", "tib-3"]
    assert duty["persons"][0]["numbers"] == [
        {"number": "070-174 06 05", "dial": "+46701740605", "label": "tjänst"},
        {"number": "08-465 004 00", "dial": "+46846500400"},
    ]
    assert (duty["persons"][0]["verified"], duty["persons"][0]["interval_days"]) == ("2026-01-31", 30)
    assert [person.get("private") for person in duty["persons"]] == [None, None, True]
    assert (grid["title"], grid["organisation"], grid["persons"][0]["name"]) == ({"sv": "Driftcentral"}, "Elnätet", "Vakthavande")
    assert (emergency["kind"], emergency["title"]["sv"], emergency["about"]["en"]) == ("public", "Nödnummer", "danger to life")
    assert emergency["persons"] == [{"id": "112", "name": "Nödnummer", "numbers": [{"number": "112", "dial": "112"}]}]
    assert (information["persons"][0]["numbers"][0]["dial"], information["persons"][0]["notes"]) == ("11313", "osäker")


def test_a_contact_table_alone_can_be_read_with_or_without_the_words(tmp_path: Path) -> None:
    package = small_package(tmp_path)
    vocabulary = package.read()[0].vocabulary
    path = tmp_path / "contacts/kontakter.csv"
    contacts, findings = read_contacts(path, "sv", vocabulary)
    assert findings == []
    assert contacts.functions[0].title == Text("Tjänsteperson i beredskap", "Duty officer")
    assert read_contacts(path, "sv")[0].functions[0].title == Text("Anna Prov")
    package.change("contacts/kontakter.csv", "ledning;tib;", "ledning;vd;")
    assert [f.line for f in read_contacts(path, "sv", vocabulary)[1]] == [3, 3]  # no such role; named as a role that it has not
    assert read_contacts(path, "sv")[1] == []


@pytest.mark.parametrize(
    ("written", "dial"),
    [
        ("070-174 06 05", "+46701740605"),
        ("0701740605", "+46701740605"),
        ("+46 70 174 06 05", "+46701740605"),
        ("+46 (0)70-174 06 05", "+46701740605"),
        ("0046 70 174 06 05", "+46701740605"),
        ("08-465 004 00", "+46846500400"),
        ("(08) 465 004 00", "+46846500400"),
        ("0980-319 200", "+46980319200"),
        ("+47 22 12 34 56", "+4722123456"),
        ("+8816 234 567 89", "+881623456789"),
        ("020-30 20 30", "020302030"),
        ("112", "112"),
        ("113 13", "11313"),
        ("1177", "1177"),
        ("116 117", "116117"),
        ("90 000", "90000"),
        ("070-174 06 0", None),
        ("070-174 06 055", None),
        ("465 004 00", None),
        ("12 34 56", None),
        ("08-46", None),
        ("08-465 004 00 ankn 3", None),
        ("+46", None),
        ("+1", None),
        ("+", None),
        ("--", None),
        ("٠٧٠١٧٤٠٦٠٥", None),
        ("", None),
    ],
)
def test_a_number_is_dialled_as_it_should_or_refused(written: str, dial: str | None) -> None:
    assert dialled(written) == dial


def test_a_message_is_plain_text_with_its_fields(tmp_path: Path) -> None:
    messages = as_json(small_package(tmp_path).read()[0].messages)
    assert messages == {
        "type": "messages",
        "messages": [
            {
                "id": "budskap",
                "title": {"sv": "Budskap"},
                "channels": ["webb", "sms"],
                "approve": "tib",
                "max_chars": 60,
                "reviewed": "2026-01-31",
                "text": {"sv": "{{rubrik}}\n\nStrömmen är borta. Nästa besked {{tid}}."},
                "fields": [
                    {"id": "rubrik", "label": {"sv": "kort rubrik"}, "example": {"sv": "Strömavbrott"}},
                    {"id": "tid", "label": {"sv": "klockslag"}},
                ],
                "tips": [{"sv": "Skriv kort."}],
            }
        ],
    }


def test_an_english_message_lends_its_text_and_must_use_the_same_fields(tmp_path: Path) -> None:
    package = small_package(tmp_path)
    path = tmp_path / "messages/budskap.en.md"
    head = "---\nid: budskap\ntype: template\nlanguage: en\ntranslation_of: 1.0.0\ntitle: Message\n---\n\n"
    path.write_text(head + "The power is gone. {{tid}}\n\n{{rubrik}}\n\n## Fields\n\n- tid: time (example: 08:00)\n- rubrik: heading\n", "utf-8")
    assert package.findings() == []
    message = package.read()[0].messages.messages[0]
    assert message.text.en == "The power is gone. {{tid}}\n\n{{rubrik}}"
    assert [(field.id, field.label.en) for field in message.fields] == [("rubrik", "heading"), ("tid", "time")]
    path.write_text(head + "The power is gone. {{when}}\n\n## Fields\n\n- when: time\n", "utf-8")
    assert [(f[0], f[1]) for f in package.findings()] == [("messages/budskap.en.md", 13)]


def test_an_exercise_has_its_injects_and_everyone_is_all(tmp_path: Path) -> None:
    exercise = as_json(small_package(tmp_path).read()[0].exercises)["exercises"][0]
    assert (exercise["minutes"], exercise["micro"], exercise["participants"], exercise["checklists"]) == (15, True, "1–2", ["strom", "tele"])
    assert exercise["blocks"][0]["title"] == {"sv": "Block 1"}
    first, second = exercise["blocks"][0]["injects"]
    assert (first["minute"], first["time"], first["to"], first["goals"]) == (0, "06:05", "tib", ["M1"])
    assert (second["minute"], second["to"], second["expected"]) == (5, "all", {"sv": "Skriver upp."})
    assert exercise["assessment"] == [{"goal": "M1", "text": {"sv": "Ringde du rätt?"}}]
    assert (exercise["scale"], exercise["afterwards"]) == ({"sv": "Svara ja eller nej."}, {"sv": "Sov."})


def test_an_inject_that_the_list_lacks_is_told(tmp_path: Path) -> None:
    package = small_package(tmp_path).change("exercises/vera.inspelslista.csv", "v2;5;;Elnätet;telefon;alla;ÖVNING. I morgon.;Skriver upp.;M1\n", "")
    assert [(f[0], "“v2”" in f[3]) for f in package.findings()] == [("exercises/vera.inspelslista.csv", True)]


def test_the_word_lists_become_one_document(tmp_path: Path) -> None:
    vocabulary = as_json(small_package(tmp_path).read()[0].vocabulary)
    assert vocabulary["roles"] == [
        {"id": "tib", "title": {"sv": "Tjänsteperson i beredskap", "en": "Duty officer"}, "task": {"sv": 'Tar emot "larm".', "en": "Receives alarms."}}
    ]
    assert [phase["id"] for phase in vocabulary["phases"]] == ["fore", "f60", "f24"]
    assert vocabulary["sources"] == [{"id": "LEH", "title": "Lag (2006:544)", "url": "https://www.riksdagen.se", "status": "delvis"}]


@pytest.mark.parametrize(
    ("start", "interval", "until"),
    [
        ("2026-01-31", "1 month", "2026-02-28"),
        ("2024-02-29", "12 months", "2025-02-28"),
        ("2024-02-29", "4 years", "2028-02-29"),
        ("2026-11-23", "90 days", "2027-02-21"),
        ("2026-12-31", "2 weeks", "2027-01-14"),
        ("9999-12-31", "1 day", None),
        ("9999-12-31", "1 month", None),
        ("2026-01-01", "0 months", None),
        ("2026-01-01", "1000 months", None),
        ("2026-01-01", "12 månader", None),
    ],
)
def test_a_review_falls_on_a_day_that_exists(start: str, interval: str, until: str | None) -> None:
    assert date_after(date.fromisoformat(start), interval) == (date.fromisoformat(until) if until else None)
