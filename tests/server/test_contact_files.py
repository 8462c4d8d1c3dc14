"""Files of contacts from Excel, Outlook and phones: what they would do is told before anything is written, and every faulty row says why."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from stormlykta.files.contact_files import FORMS, Read, read_contact_file
from stormlykta.files.contact_places import Present
from stormlykta.files.contact_plans import Mode
from stormlykta.shapes import Known, Number
from stormlykta.texts.documents import Contacts, Function, Library, Person, Text, read_library
from stormlykta.texts.findings import Language
from tests.server.workbook import repacked, rewritten, workbook
from tests.serving import ROOT

ROLES = {"stabschef": Text("Stabschef", "Chief of staff"), "tib": Text("Tjänsteperson i beredskap", "Duty officer")}
HEAD = "Funktion;Namn;Mobil;E-post\n"


def read(data: bytes | str, *functions: Function, mode: Mode = "add", language: Language = "sv", sees_secrets: bool = True) -> Read:
    return read_contact_file(data.encode() if isinstance(data, str) else data, Present(functions, ROLES, sees_secrets), mode, language)


def person(id: str, name: str, *numbers: str, **more: object) -> Person:
    return Person(id=id, name=name, numbers=tuple(Number(each, f"+46{each[1:].replace(' ', '').replace('-', '')}") for each in numbers), **more)  # type: ignore[arg-type]


def water(*persons: Person) -> Function:
    return Function(id="va-jour", title=Text("VA-jour", "Water on-call"), kind="intern", category="krisledning", persons=persons)


def faults(read: Read) -> list[tuple[int, str]]:
    return [(finding.line, finding.message) for finding in read.faults]


@pytest.fixture(scope="module")
def starter() -> Library:
    return read_library([ROOT / "checklists"], Known(), "sv")[0]


@pytest.mark.parametrize("mode", ["add", "replace"])
@pytest.mark.parametrize("form", ["csv", "xlsx", "vcf"])
def test_what_is_exported_changes_nothing_when_it_comes_back(starter: Library, form: str, mode: Mode) -> None:
    assert starter.contacts is not None
    assert starter.vocabulary is not None
    data = FORMS[form][1](starter.contacts)  # type: ignore[index]
    present = Present(starter.contacts.functions, {role.id: role.title for role in starter.vocabulary.roles})
    back = read_contact_file(data, present, mode, "sv")
    assert (back.form, back.rows, back.refused, back.faults, back.notes) == (form, 110, (), (), ())
    assert back.plan is not None
    assert (back.plan.new, back.plan.changed, back.plan.removed, back.plan.unchanged) == ((), (), (), 85)
    assert back.plan.contacts == starter.contacts


@pytest.mark.parametrize("name", ["kontakter.csv", "publika-nummer.csv"])
def test_our_own_starter_tables_read_as_the_command_line_reads_them(starter: Library, name: str) -> None:
    assert starter.contacts is not None
    assert starter.vocabulary is not None
    data = (ROOT / "checklists/contacts" / name).read_bytes()
    plan = read_contact_file(data, Present((), {role.id: role.title for role in starter.vocabulary.roles}), "add", "sv").plan
    assert plan is not None
    assert list(plan.contacts.functions) == [each for each in starter.contacts.functions if (each.kind == "public") == (name == "publika-nummer.csv")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_list_in_anybodys_words_is_read_whatever_its_letters_and_separators(encoding: str, separator: str) -> None:
    lines = ["Förvaltningens kontaktlista 2026", "Funktion;Namn;Mobil;E-post;Ersättare för;Skonummer", "VA-jour;Åsa Ö;070-174 06 05;asa@kommun.example;;38"]
    lines += [";Bo Ek;070-174 06 06;;VA-jour;44", "Stabschef;Éva Öst;070-174 06 07;;;"]
    back = read("\r\n".join(lines).replace(";", separator).encode(encoding))
    assert (back.refused, faults(back)) == ((), [])
    assert back.plan is not None
    duty, chief = back.plan.contacts.functions
    assert (duty.id, duty.title.sv, [each.name for each in duty.persons]) == ("va-jour", "VA-jour", ["Åsa Ö", "Bo Ek"])
    assert (duty.persons[0].numbers, duty.persons[0].email) == ((Number("070-174 06 05", "+46701740605", "mobil"),), "asa@kommun.example")
    assert (chief.id, chief.role, chief.title) == ("stabschef", "stabschef", Text("Stabschef", "Chief of staff"))
    notes = [(note.line, note.message) for note in back.notes]
    assert (2, "Kolumnen ”Skonummer” läses inte.") in notes
    assert (len(notes) == 2) == (encoding == "cp1252"), notes  # that it was read as Windows text is told


def test_english_headings_and_answers_do_too() -> None:
    back = read("Function,Full name,Phone,Deputy for,Secret number,Last confirmed\nWater on-call,Ann,070-174 06 05,,yes,2026-10-01\n", language="en")
    assert back.plan is not None
    (function,) = back.plan.new
    assert function.persons == ("Ann",)
    assert back.plan.contacts.functions[0].persons[0].private
    assert read("Function,Name,Phone\nWater,Ann,12", language="en").faults[0].message.startswith("Phone 1: “12” is not a telephone number.")


def test_only_what_the_file_says_is_changed_and_a_changed_number_is_no_longer_confirmed() -> None:
    """Empty cells take something away only when all is to be replaced."""
    anna = person("va-jour", "Anna", "070-174 06 05", email="anna@x.example", verified="2026-10-01", verified_by="Maria", notes="ring två gånger")
    bo = person("va-jour-2", "Bo", "070-174 06 06", verified="2026-10-01")
    added, replaced = (read(f"{HEAD}VA-jour;Anna;070-174 06 99;\n", water(anna, bo), mode=mode).plan for mode in ("add", "replace"))
    assert added is not None
    assert replaced is not None
    moved = [
        ("Anna", "numbers", "070-174 06 05", "070-174 06 99 (mobil)"),
        ("Anna", "verified", "2026-10-01", ""),
        ("Anna", "verified_by", "Maria", ""),
    ]
    assert [tuple(msgspec.to_builtins(each).values()) for each in added.changed[0].differences] == moved
    kept = added.contacts.functions[0].persons
    assert (kept[0].email, kept[0].notes, kept[1]) == ("anna@x.example", "ring två gånger", bo)
    wiped = ("Anna", "email", "anna@x.example", "")
    gone = ("Bo", "person", "Bo", "")
    assert [tuple(msgspec.to_builtins(each).values()) for each in replaced.changed[0].differences] == [moved[0], wiped, *moved[1:], gone]


def test_somebody_new_in_the_function_comes_first_and_replacing_all_takes_the_others_away() -> None:
    present = (water(person("va-jour", "Anna", "070-174 06 05")), Function(id="112", title=Text("Nöd"), kind="public", category="publik", persons=()))
    new = f"{HEAD}VA-jour;Cilla;070-174 06 07;\n"
    added, replaced = read(new, *present).plan, read(new, *present, mode="replace").plan
    assert added is not None
    assert replaced is not None
    assert [each.name for each in added.contacts.functions[0].persons] == ["Cilla", "Anna"]
    assert [each.name for each in replaced.contacts.functions[0].persons] == ["Cilla"]
    assert replaced.contacts.functions[1] == present[1]  # another kind than those in the file


def test_replacing_all_removes_what_the_file_lacks_but_never_what_a_faulty_row_is_about() -> None:
    def function(id: str) -> Function:
        return Function(id=id, title=Text(id.capitalize()), kind="intern", category="krisledning", persons=(person(id, f"Person {id}", "070-174 06 05"),))

    back = read(f"{HEAD}Alfa;Person alfa;070-174 06 05;\nBeta;Person beta;12;\n", function("alfa"), function("beta"), function("gamma"), mode="replace")
    assert back.plan is not None
    assert faults(back) == [(3, "Telefon 1: ”12” är inget telefonnummer. Skriv med riktnummer, till exempel 070-174 06 05.")]
    assert ([each.id for each in back.plan.removed], back.plan.unchanged, back.plan.changed) == (["gamma"], 2, ())


def test_every_faulty_row_is_told_by_its_number_and_in_words() -> None:
    rows = [
        "VA-jour;Anna;070-174 06 05;anna",
        "VA-jour;Bo;4,67018E+10;",
        ";;;",
        "VA-jour;Cilla;;",
        "VA-jour;D\x07an;070-174 06 06;",
        "VA-jour;=1+1;070-174 06 06;",
        "VA-jour;Ã…sa;070-174 06 06;",
        "VA-jour;Erik;070-174 06 06;;;mer",
        "VA-jour;[[call:x]];070-174 06 06;",
        f"VA-jour;{'F' * 121};070-174 06 06;",
        ";;070-174 06 06;",
    ]
    back = read(HEAD + "\n".join(rows))
    assert [line for line, _ in faults(back)] == [2, 3, 5, 6, 7, 8, 9, 10, 11, 12]
    words = " | ".join(message for _, message in faults(back))
    for said in (
        "ingen e-postadress",
        "Excel har skrivit om numret",
        "saknar både nummer",
        "styrtecken (U+0007)",
        "Cell B7 är en formel (=1+1)",
        "fel teckenkodning",
    ):
        assert said in words
    for said in ("fler fält än rubrikraden", "skriv inte [[", "längre än 120 tecken", "varken namn eller funktion"):
        assert said in words
    assert (back.plan is not None and back.plan.new) == ()


@pytest.mark.parametrize("cell", ["070-174 06 09 / 070-174 06 10", "070-174 06 09, 08-465 004 01", "0701740609 eller 0701740610"])
def test_two_numbers_in_one_cell_are_told_as_that(cell: str) -> None:
    ((line, words),) = faults(read(f"Namn;Telefon\nMärta;{cell}\n"))
    assert (line, words.startswith(f"Telefon 1: ”{cell}” är flera nummer i samma cell.")) == (2, True)


def test_zeros_that_excel_took_are_mended_and_told() -> None:
    back = read(workbook([["Funktion", "Namn", "Telefon", "Bekräftad", "Intervall"], ["VA-jour", "Anna", 701740605, datetime(2026, 10, 1), 90.0]]))
    assert back.plan is not None
    (anna,) = back.plan.contacts.functions[0].persons
    assert (anna.numbers[0], anna.verified, anna.interval_days) == (Number("0701740605", "+46701740605"), "2026-10-01", 90)
    assert [note.message for note in back.notes] == ["Telefon 1: ”701740605” saknade inledande nolla och lästes som 0701740605."]
    assert read("Namn;Telefon\nAnna;46701740605\nNöd;112\n").plan is not None
    assert faults(read("Namn;Telefon\nAnna;84650040\n")) == []  # eight digits, and no mobile
    assert [line for line, _ in faults(read("Namn;Telefon\nAnna;7017406\nBo;1234\n"))] == [2, 3]


def test_formulas_errors_and_merged_cells_make_their_rows_faulty_by_name() -> None:
    rows = [["Kontaktlista", None, None], ["Funktion", "Namn", "Telefon"], ["VA-jour", "Anna", "=CONCATENATE(1,2)"], ["IT-jour", "Bo", "070-174 06 06"]]
    rows += [[None, "Cilla", "070-174 06 07"], ["El-jour", "Dan", "#REF!"], ["Värme", "Eva", "070-174 06 08"]]
    data = workbook(rows, merged=["A1:C1", "A4:A5"])  # type: ignore[arg-type]
    back = read(data)
    words = dict(faults(back))
    assert set(words) == {3, 4, 5, 6}
    assert "Cell C3 är en formel (=CONCATENATE(1,2))" in words[3]
    assert words[4] == words[5] == "Cellerna A4:A5 är sammanfogade. Dela dem och skriv värdet i varje rad."
    assert "Cell C6 har felet #REF!" in words[6]
    assert back.plan is not None
    assert [each.title for each in back.plan.new] == ["Värme"]


def test_a_formula_in_a_column_that_is_not_read_harms_nobody() -> None:
    back = read(workbook([["Namn", "Telefon", "Ålder"], ["Anna", "070-174 06 05", "=1+1"]]))
    assert (faults(back), back.plan is not None and len(back.plan.new)) == ([], 1)


def test_fifty_thousand_rows_are_refused_in_words() -> None:
    back = read(HEAD + "VA-jour;Anna;070-174 06 05;\n" * 50_000)
    assert (back.plan, back.refused) == (None, ("Filen har fler än 20000 rader. Dela upp den, eller ta bort det som inte är kontakter.",))


def test_a_file_of_more_than_five_megabytes_is_refused_unread() -> None:
    assert read(b"x" * (5 * 1024 * 1024 + 1)).refused == ("Filen är större än 5 MB. Dela upp den.",)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "tom"),
        (b"\xef\xbb\xbf  \n", "tom"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "varken CSV, Excel"),
        (b"PK\x03\x04 no package at all", "skadad"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "gammal Excel-fil"),
        (b"Just a letter to you.\nBest wishes", "ingen rubrikrad"),
        (b"Funktion;Namn;Mobil;E-post\n", "inga kontakter"),
        (b'Funktion;Namn\n"VA-jour;Anna\n', "citattecken"),
    ],
)
def test_what_is_no_file_of_contacts_is_refused_in_words(data: bytes, words: str) -> None:
    back = read(data)
    assert (back.plan, len(back.refused)) == (None, 1)
    assert words in back.refused[0]


def test_a_word_document_is_no_excel_file() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", "<w:document/>")
    assert read(file.getvalue()).refused == ("Det här är ingen Excel-fil. Spara om den som .xlsx eller CSV.",)


def test_a_zip_bomb_is_not_opened() -> None:
    data = workbook([["Namn", "Telefon"], ["Anna", "070-174 06 05"]])
    dense = repacked(data, "xl/media/image1.png", b"\0" * 20_000_000)
    assert read(dense).refused == ("Filen blir orimligt stor när den packas upp och har därför inte öppnats.",)
    entities = rewritten(data, "xl/worksheets/sheet1.xml", ("<worksheet", '<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet'))
    assert read(entities).refused == ("Excel-filen är skadad och går inte att läsa. Spara om den i Excel.",)


def test_a_sheet_that_lies_about_its_size_is_read_whole_and_one_without_end_is_refused() -> None:
    data = workbook([["Namn", "Telefon"], ["Anna", "070-174 06 05"], ["Bo", "070-174 06 06"]])
    small = read(rewritten(data, "xl/worksheets/sheet1.xml", ('ref="A1:B3"', 'ref="A1:B2"')))
    assert (small.refused, small.rows) == ((), 2)
    endless = rewritten(data, "xl/worksheets/sheet1.xml", ('<row r="3"', '<row r="999999999"'))
    assert "fler än 20000 rader" in read(endless).refused[0]


def test_only_the_first_sheet_is_read_and_that_is_told() -> None:
    back = read(workbook([["Namn", "Telefon"], ["Anna", "070-174 06 05"]], sheets=3))
    assert [note.message for note in back.notes] == ["Bara bladet ”Sheet” läses; filen har 2 till."]


def test_script_in_a_name_is_kept_as_plain_text() -> None:
    back = read(f"{HEAD}VA-jour;<script>alert(1)</script>;070-174 06 05;\n")
    assert back.plan is not None
    assert back.plan.contacts.functions[0].persons[0].name == "<script>alert(1)</script>"
    assert b"<script>" in FORMS["csv"][1](back.plan.contacts)


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+46", "-1", "@SUM(A1)", "'=1"])
def test_no_exported_cell_is_taken_for_a_formula(name: str) -> None:
    contacts = Contacts((water(person("va-jour", name, "070-174 06 05")),))
    text = FORMS["csv"][1](contacts).decode("utf-8-sig")
    assert f";'{name};" in text
    for form in FORMS:
        back = read(FORMS[form][1](contacts), water(person("va-jour", name, "070-174 06 05")))
        assert (back.faults, back.plan is not None and back.plan.unchanged) == ((), 1), form


def test_a_secret_number_is_not_wiped_by_an_empty_cell_nor_told_to_one_who_may_not_read_it() -> None:
    anna = person("va-jour", "Anna", "070-174 06 05", private=True, email="anna@hem.example")
    csv = "id;name;phone1;email;private\nva-jour;Anna A;{};;{}\n"
    kept = read(csv.format("", "ja"), water(anna), sees_secrets=False).plan
    assert kept is not None
    assert [(each.field, each.before, each.after) for each in kept.changed[0].differences] == [("name", "Anna", "Anna A")]
    assert kept.contacts.functions[0].persons[0].numbers == anna.numbers
    replaced = read(csv.format("070-174 06 99", "ja"), water(anna), sees_secrets=False).plan
    assert replaced is not None
    assert ("numbers", None, None) in [(each.field, each.before, each.after) for each in replaced.changed[0].differences]
    shown = read(csv.format("", "nej"), water(anna), sees_secrets=False)
    assert "bara en ledare kan göra det synligt" in shown.faults[0].message
    assert read(csv.format("", "nej"), water(anna)).faults == ()


def test_deputies_find_their_function_by_id_title_or_name_and_are_faulty_without_it() -> None:
    head = "Funktion;Namn;Telefon;Ersättare för\n"
    rows = ["VA-jour;Anna;070-174 06 05;", ";Bo;070-174 06 06;VA-jour", ";Cilla;070-174 06 07;anna", ";Dan;070-174 06 08;va-jour", ";Eva;070-174 06 09;Okänd"]
    back = read(head + "\n".join(rows))
    assert faults(back) == [(6, "Hittar ingen funktion ”Okänd” att vara ersättare för.")]
    assert back.plan is not None
    assert [(each.id, each.name) for each in back.plan.contacts.functions[0].persons][1:] == [("va-jour-2", "Bo"), ("va-jour-3", "Cilla"), ("va-jour-4", "Dan")]
    alone = read(f"{head};Bo;070-174 06 06;VA-jour\n", water(person("va-jour", "Anna", "070-174 06 05")))
    assert alone.plan is not None
    assert [each.name for each in alone.plan.contacts.functions[0].persons] == ["Anna", "Bo"]


def test_the_same_person_twice_and_ids_that_are_taken_are_faulty() -> None:
    present = (water(person("va-jour", "Anna", "070-174 06 05")), water(person("x", "Bo", "070-174 06 06")))
    twice = read("id;name;phone1\nva-jour;Anna;070-174 06 05\nva-jour;Anna;070-174 06 05\n", present[0])
    assert faults(twice) == [(3, "Samma person står också på rad 2.")]
    taken = read("id;name;phone1;deputy_of\nny;Ny;070-174 06 07;\nva-jour;Anna;070-174 06 05;ny\n", present[0])
    assert [line for line, _ in faults(taken)] == [3]
    assert "va-jour" in faults(taken)[0][1]
    role = read("id;name;phone1;role\ntib;Anna;070-174 06 05;stabschef\n")
    assert "”tib” är namnet på en roll" in faults(role)[0][1]


def test_cancelling_goes_through(tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def watch(done: int, of: int) -> None:
        raise Stopped

    for data in (HEAD.encode() + b"VA-jour;Anna;070-174 06 05;\n", workbook([["Namn", "Telefon"], *[[f"A{n}", "070-174 06 05"] for n in range(150)]])):
        with pytest.raises(Stopped):
            read_contact_file(data, Present(()), "add", "sv", watch)
