"""Files of contacts against chance: whatever the bytes nothing raises, and what is exported comes back the same. And the cards of phones and Outlook."""

import io
import zipfile

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from stormlykta.files.contact_fields import check_text, tidy
from stormlykta.files.contact_files import FORMS, Form, Read, read_contact_file
from stormlykta.files.contact_places import Present
from stormlykta.files.contact_plans import Mode
from stormlykta.files.phone_numbers import dialled
from stormlykta.shapes import Number
from stormlykta.texts.documents import Contacts, Function, Person, Text
from tests.server.workbook import repacked, workbook

BOOK = workbook([["Funktion", "Namn", "Telefon"], ["VA-jour", "Anna", "070-174 06 05"]])
UNHURRIED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def read(data: bytes, *functions: Function, mode: Mode = "add") -> Read:
    return read_contact_file(data, Present(functions), mode, "sv")


def text(most: int = 20, least: int = 1) -> st.SearchStrategy[str]:
    """What may stand in a field: one tidied line, also of things that look like formulas, quotes, folds and headings."""
    pieces = st.one_of(
        st.sampled_from(["=1+1", "'", "''=", '"', ";", ",", "\\", "#", "\\n", "^n", "Å", "_x000D_", ":", "+46", "TEL:", "🜂", "--", "@"]), st.text(max_size=8)
    )
    return (
        st.lists(pieces, min_size=1, max_size=4)
        .map(lambda parts: tidy("".join(parts))[:most].strip())
        .filter(
            lambda each: len(each) >= least and check_text("name", each) is None and "\ufffd" not in each and "Ã" not in each and not set("†„”Ž") & set(each)
        )
    )


def optional(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | strategy


numbers = st.builds(
    lambda number, label: Number(number, dialled(number) or "", label),
    st.sampled_from(["070-174 06 05", "08-465 004 00", "112", "+47 22 12 34 56", "020-30 20 30", "(08) 465 004 01", "0701740609", "113 13"]),
    optional(text()),
)
emails = st.sampled_from(["anna@kommun.example", "=a@b.example", "å@ö.example"])


def persons(id: str) -> st.SearchStrategy[Person]:
    return st.builds(
        Person,
        id=st.just(id),
        name=text(),
        numbers=st.lists(numbers, min_size=1, max_size=4).map(tuple),
        email=optional(emails),
        rakel=optional(text()),
        address=optional(text(60)),
        verified=optional(st.dates().map(lambda day: day.isoformat())),
        verified_by=optional(text()),
        interval_days=st.none() | st.integers(1, 3650),
        private=st.booleans(),
        notes=optional(text(60)),
    )


@st.composite
def contacts(draw: st.DrawFn) -> Contacts:
    functions = []
    for at in range(draw(st.integers(1, 4))):
        id = f"f{at}"
        people = [draw(persons(each)) for each in draw(st.permutations([id, f"{id}-2", f"{id}-3"]))[: draw(st.integers(0, 3))]]
        functions.append(
            Function(
                id=id,
                title=Text(draw(text()), draw(optional(text()))),
                kind=draw(st.sampled_from(["intern", "extern", "public"])),
                category=draw(text()),
                organisation=draw(optional(text())),
                hours=draw(optional(text())),
                about=draw(st.none() | st.builds(Text, text(60), optional(text(60)))),
                persons=tuple(people),
            )
        )
    return Contacts(tuple(functions))


BO = Person(id="f0", name="Bo", numbers=(Number("112", "112", None), Number("112", "112", "natt")))
TWICE = Contacts((Function(id="f0", title=Text("VA"), kind="intern", category="va", persons=(BO,)),))


@UNHURRIED
@given(contacts(), st.sampled_from(list(FORMS)), st.sampled_from(["add", "replace"]))
@example(TWICE, "csv", "add")
def test_what_is_exported_comes_back_the_same(before: Contacts, form: Form, mode: Mode) -> None:
    data = FORMS[form][1](before)
    for present in (before.functions, ()):
        back = read(data, *present, mode=mode)
        assert (back.form, back.refused, back.faults) == (form, (), ())
        assert back.plan is not None
        assert back.plan.contacts == before
        assert (len(back.plan.new), back.plan.changed, back.plan.removed) == (0 if present else len(before.functions), (), ())


@UNHURRIED
@given(contacts(), contacts(), st.sampled_from(list(FORMS)), st.sampled_from(["add", "replace"]))
def test_a_plan_never_loses_a_function_that_it_does_not_name(before: Contacts, other: Contacts, form: Form, mode: Mode) -> None:
    plan = read(FORMS[form][1](other), *before.functions, mode=mode).plan
    assert plan is not None
    after = {function.id: function for function in plan.contacts.functions}
    named = {fate.id for fate in (*plan.new, *plan.changed, *plan.removed)}
    for function in before.functions:
        assert function.id in named or after[function.id] == function
        assert mode == "replace" or {person.id for person in function.persons} <= {person.id for person in after[function.id].persons}
    ids = [person.id for function in plan.contacts.functions for person in function.persons]
    assert len(ids) == len(set(ids))


@UNHURRIED
@given(st.binary(max_size=400) | st.text(max_size=300).map(lambda each: each.encode("utf-8", "replace")))
def test_whatever_the_bytes_nothing_raises(data: bytes) -> None:
    for start in (
        b"",
        b"PK\x03\x04",
        b"BEGIN:VCARD\r\n",
        b"\xff\xfe",
        "Funktion;Namn;Telefon;Ersättare för\n".encode(),
        b"id;name;phone1;private\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ):
        back = read(start + data)
        assert back.plan is not None or back.refused


@UNHURRIED
@given(st.integers(0, len(BOOK) - 1), st.binary(min_size=1, max_size=6), st.binary(max_size=60))
def test_whatever_is_changed_in_a_workbook_nothing_raises(at: int, put: bytes, sheet: bytes) -> None:
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="s"><v>'
    for data in (BOOK[:at] + put + BOOK[at + len(put) :], BOOK[:at], repacked(BOOK, "xl/worksheets/sheet1.xml", start + sheet)):
        back = read(data)
        assert back.plan is not None or back.refused


@UNHURRIED
@given(
    st.lists(
        st.sampled_from(
            ["BEGIN:VCARD", "END:VCARD", "VERSION:4.0", "FN:Anna", "TEL:070-174 06 05", " vik", "TEL;TYPE=", "N:Ek;Bo;;;", "X-STORMLYKTA-ID:a", "=", ""]
        )
    )
)
def test_whatever_the_lines_of_a_card_nothing_raises(lines: list[str]) -> None:
    read("\n".join(["BEGIN:VCARD", *lines]).encode())


def test_the_packages_declared_sizes_are_looked_at_before_anything_is_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(70):
            package.writestr(f"xl/sheet{number}.bin", bytes(range(256)) * 3900)
    assert "orimligt stor" in read(file.getvalue()).refused[0]


def test_the_cards_of_a_phone_are_read() -> None:
    cards = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Ek;Åsa;;;\r\nFN:Åsa Ek\r\nORG:Exempelkommun;VA\r\nTITLE:VA-jour\r\n"
        "item1.TEL;type=CELL;type=VOICE;type=pref:070-174 06 05\r\nTEL;type=WORK,FAX:08-465 004 09\r\nTEL;type=WORK:08-465 004 00\r\n"
        "EMAIL;type=INTERNET:asa@kommun.example\r\nADR;type=WORK:;;Storgatan 1;Exempelstad;;999 99;\r\nNOTE:Ring\\, inte\r\n  sms\\nalls\r\n"
        "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\r\n SkZJRg\r\nEND:VCARD\r\n"
        'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Bo\r\nROLE:IT-jour\r\nTEL;VALUE=uri;TYPE="voice,home":tel:+46-70-174-06-06;ext=1\r\nEND:VCARD\r\n'
        "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:group\r\nFN:Alla\r\nEND:VCARD\r\n"
    )
    back = read(cards.encode())
    assert (back.form, back.refused, back.faults) == ("vcf", (), ())
    assert [(note.line, note.message) for note in back.notes] == [
        (1, "Faxnumret 08-465 004 09 läses inte in."),
        (3, "Kortet är en grupp, ingen person, och läses inte."),
    ]
    assert back.plan is not None
    water, computers = back.plan.contacts.functions
    (asa,) = water.persons
    assert (water.title.sv, water.organisation, asa.name, asa.email) == ("VA-jour", "Exempelkommun; VA", "Åsa Ek", "asa@kommun.example")
    assert asa.numbers == (Number("070-174 06 05", "+46701740605", "mobil"), Number("08-465 004 00", "+46846500400", "arbete"))
    assert (asa.address, asa.notes) == ("Storgatan 1; Exempelstad; 999 99", "Ring, inte sms alls")
    assert (computers.title.sv, computers.persons[0].numbers[0].dial) == ("IT-jour", "+46701740606")


def test_outlooks_old_cards_are_read() -> None:
    card = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:=C5ngstr=F6m;=\r\nAnna\r\nTEL;CELL;VOICE:0701740605\r\nEND:VCARD\r\n"
    plan = read(card.encode()).plan
    assert plan is not None
    assert plan.contacts.functions[0].persons[0].name == "Anna Ångström"
    assert plan.contacts.functions[0].persons[0].numbers == (Number("0701740605", "+46701740605", "mobil"),)


def test_a_card_that_will_not_do_is_told_by_its_number() -> None:
    cards = [
        "BEGIN:VCARD\nVERSION:4.0\nFN:Anna\nTEL:070-174 06 05\nEND:VCARD",
        "BEGIN:VCARD\nVERSION:5.0\nFN:Bo\nTEL:070-174 06 06\nEND:VCARD",
        "BEGIN:VCARD\nVERSION:4.0\nFN:Cilla\nthis is no property\nTEL:070-174 06 07\nEND:VCARD",
        "BEGIN:VCARD\nVERSION:4.0\nTEL:070-174 06 08\nEND:VCARD",
        "BEGIN:VCARD\nVERSION:4.0\nFN:Dan\nTEL:070-174 06 09",
    ]
    back = read("\n".join(cards).encode())
    assert [(fault.line, fault.message) for fault in back.faults] == [
        (2, "Kortet är vCard 5.0. Spara som vCard 3 eller 4."),
        (3, "Kortet har en rad som inte går att läsa: ”this is no property”."),
        (4, "Raden har varken namn eller funktion."),
        (5, "Kortet slutar inte (END:VCARD saknas)."),
    ]
    assert back.plan is not None
    assert [fate.persons for fate in back.plan.new] == [("Anna",)]


def test_what_a_phones_card_does_not_have_is_not_taken_away() -> None:
    anna = Person(id="va-jour", name="Anna", numbers=(Number("070-174 06 05", "+46701740605", "jour"),), email="anna@x.example", rakel="EX-1", notes="ring")
    present = Function(id="va-jour", title=Text("VA-jour"), kind="extern", category="infra", persons=(anna,))
    same = read(b"BEGIN:VCARD\nVERSION:4.0\nFN:Anna\nTITLE:VA-jour\nTEL;TYPE=cell:070-174 06 05\nEND:VCARD", present, mode="replace").plan
    assert same is not None
    assert same.unchanged == 1


def test_every_line_of_a_card_is_short_and_cut_between_letters() -> None:
    long = Function(
        id="va-jour", title=Text("Å" * 200), kind="intern", category="x", persons=(Person(id="va-jour", name="Ö" * 100, numbers=(Number("112", "112"),)),)
    )
    lines = FORMS["vcf"][1](Contacts((long,))).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines[:-1])
