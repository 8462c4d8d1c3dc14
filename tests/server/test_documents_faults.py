"""Each fault that a person can write is told with its file, its line and what to do, in both languages."""

from pathlib import Path

import pytest

from tests.server.test_documents_samples import PACKAGE, small_package

CARD, ENGLISH, ROLE, MESSAGE = "cards/strom.sv.md", "cards/strom.en.md", "cards/tele.sv.md", "messages/budskap.sv.md"
EXERCISE, INJECTS, CONTACTS, PUBLIC = "exercises/vera.sv.md", "exercises/vera.inspelslista.csv", "contacts/kontakter.csv", "contacts/publika-nummer.csv"

# file · what is written · what it becomes · (where it is told, when elsewhere) · a line of that file, found by its text · Swedish · English
FAULTS = [
    # front matter
    (CARD, "order: c", "ordning: c", "ordning: c", "Okänd nyckel ”ordning”", "Unknown key “ordning”"),
    (CARD, "owner: beredskapssamordnare\n", "", 12, "Raden ”owner:” saknas", "The line “owner:” is missing"),
    (CARD, "order: c", "order: c\norder: d", "order: d", "står två gånger", "stands twice"),
    (CARD, "owner: beredskapssamordnare", "owner:", "owner:", "har inget värde", "has no value"),
    (CARD, "owner: beredskapssamordnare", "owner beredskap", "owner beredskap", "formen nyckel: värde", "the form key: value"),
    (CARD, "type: action-card", "type: kort", "type: kort", "Okänd typ ”kort”", "Unknown type “kort”"),
    (CARD, "type: action-card\n", "", 12, "Raden ”type:” saknas", "The line “type:” is missing"),
    (CARD, "language: sv", "language: en", "language: en", "language ska vara ”sv”", "language must be “sv”"),
    (CARD, "version: 1.1.0", "version: 1.1", "version: 1.1", "är ingen version", "is not a version"),
    (CARD, "reviewed: 2026-01-31", "reviewed: 2026-02-30", "reviewed: 2026-02-30", "är inget datum", "is not a date"),
    (CARD, "1 month", "ibland", "review_interval: ibland", "är inget intervall", "is not an interval"),
    (CARD, "order: c", "order: C-1", "order: C-1", "duger inte som order", "will not do as order"),
    (CARD, "id: strom\n", "id: Ström\n", "id: Ström", "är inget id", "is not an id"),
    (CARD, "owner:", "role: tib\nowner:", "role: tib", "Bara rollkort", "Only role cards"),
    (ROLE, "role: tib\n", "", 14, "behöver raden role", "needs the line role"),
    (CARD, "---\nid: strom", "id: strom", 1, "börja med en rad ---", "begin with a line ---"),
    (CARD, "1 month\n---", "1 month", 1, "avslutar huvudet saknas", "ends the front matter is missing"),
    # the card's front
    (CARD, "# Strömavbrott", "# Elavbrott", "# Elavbrott", "inte samma som title", "differs from title"),
    (CARD, "**Mål:** Ingen fryser.\n", "", "## Första timmen {#f60}", "”**Mål:**” saknas", "“**Mål:**” is missing"),
    (CARD, "**Mål:**", "**Syfte:**", "**Syfte:** Ingen fryser.", "Okänd rubrik ”Syfte”", "Unknown label “Syfte”"),
    (CARD, "Ingen fryser.", "", "**Mål:** ", "Text saknas efter ”Mål”", "Text is missing after “Mål”"),
    (CARD, "**Mål:**", "**Uppdrag:** Leda.\n\n**Mål:**", "**Uppdrag:** Leda.", "hör bara till rollkort", "belongs to role cards only"),
    (ROLE, "**Uppdrag:** Passa telefonen.\n", "", "## Första timmen {#f60}", "”**Uppdrag:**” saknas", "“**Uppdrag:**” is missing"),
    (ROLE, "1. Svara\n", "", "**Direkt:**", "en till tre punkter", "one to three items"),
    (CARD, "Ingen fryser.", "Ingen fryser.\nAlls.", "Alls.", "följer inte grammatiken", "does not follow the grammar"),
    (CARD, "Ingen fryser.", "Se [[card:tele]].", "**Mål:** Se [[card:tele]].", "Skriv inte [[…]]", "Do not write [[…]]"),
    (CARD, "(Kort: tele)", "(Card: tele)", "**Använd inte när:** Bara telefonen är död: (Card: tele).", "ska skrivas (Ring", "must be written (Ring"),
    (CARD, "(Ring: elnat)", "(Ring: )", "1. Ring elnätet (Ring: )", "ska skrivas (Ring", "must be written (Ring"),
    (CARD, "(Ring: elnat)", "(Ring: elnat", "1. Ring elnätet (Ring: elnat", "ska skrivas (Ring", "must be written (Ring"),
    # phases and steps
    (CARD, "Läge: läs-gör", "Läge: läs", "Läge: läs", "Okänt läge ”läs”", "Unknown mode “läs”"),
    (CARD, "Läge: läs-gör\n", "", "## Första timmen {#f60}", "”Läge:” saknas", "“Läge:” is missing"),
    (CARD, "Läge: läs-gör", "Lage: läs-gör", "Lage: läs-gör", "Okänd rubrik ”Lage”", "Unknown label “Lage”"),
    (CARD, "Läge: läs-gör", "Läge: läs-gör\nLäge: läs-gör", 31, "står två gånger", "stands twice"),
    (CARD, "{#f24}", "{#fore}", "## Första dygnet {#fore}", "kommer före ”f60”", "comes before “f60”"),
    (CARD, "{#f24}", "{#f99}", "## Första dygnet {#f99}", "finns inte i phases.yml", "is not in phases.yml"),
    (CARD, "{#f24}", "{#f60}", "## Första dygnet {#f60}", "står två gånger", "stands twice"),
    (CARD, "## Första dygnet {#f24}", "## Första dygnet", "## Första dygnet", "följer inte grammatiken", "does not follow the grammar"),
    (CARD, "- [ ] **Räkna bränslet** {#strom-bransle}\n", "", "## Första dygnet {#f24}", "har inga åtgärder", "has no steps"),
    (CARD, "- [ ] **Tänd", "- [x] **Tänd", "- [x] **Tänd lyktan** {#strom-lykta}", "följer inte grammatiken", "does not follow the grammar"),
    (CARD, "  - Vem: tib", "  - Vemm: tib", "  - Vemm: tib", "Okänd nyckel ”Vemm”", "Unknown key “Vemm”"),
    (CARD, "  - Vem: tib", "  - Vem: tib\n  - Vem: tib", 36, "står två gånger", "stands twice"),
    (CARD, "T+1h", "om en timme", "  - Tid: om en timme", "är ingen tid", "is not a time"),
    (CARD, "T+1h", "T+١h", "  - Tid: T+١h", "är ingen tid", "is not a time"),
    (CARD, "var 2h", "var 0h", "  - Tid: var 0h", "är ingen tid", "is not a time"),
    (CARD, "Prio: kritisk", "Prio: hög", "  - Prio: hög", "bara ha värdet ”kritisk”", "only have the value “kritisk”"),
    (CARD, "Mall: budskap", "Mall: budskap, budskap", "  - Mall: budskap, budskap", "bara ha ett värde", "one value only"),
    # references
    (CARD, "Ring: elnat, tib", "Ring: elnatt", "  - Ring: elnatt", "Kontakten ”elnatt” finns inte", "The contact “elnatt” does not exist"),
    (CARD, "1. Ring elnätet (Ring: elnat)", "1. Ring (Ring: x)", "1. Ring (Ring: x)", "Kontakten ”x” finns inte", "The contact “x” does not exist"),
    (CARD, "  - Kort: tele", "  - Kort: telle", "  - Kort: telle", "Kortet ”telle” finns inte", "The card “telle” does not exist"),
    (CARD, "Mall: budskap", "Mall: bud", "  - Mall: bud", "Mallen ”bud” finns inte", "The message “bud” does not exist"),
    (CARD, "Vem: tib", "Vem: chef", "  - Vem: chef", "Rollen ”chef” finns inte", "The role “chef” is not"),
    (CARD, "Stöd: LEH", "Stöd: LAG", "  - Stöd: LAG", "Källan ”LAG” finns inte", "The source “LAG” is not"),
    # the English file
    (ENGLISH, "{#strom-ring}", "{#strom-ringa}", "- [ ] **Call the grid** {#strom-ringa}", "finns inte i den svenska", "is not in the Swedish"),
    (ENGLISH, "{#f60}", "{#f61}", "## First hour {#f61}", "finns inte i den svenska", "is not in the Swedish"),
    (ENGLISH, "2. Ask (Role: tib)\n", "", "1. Call the grid (Call: elnat)", "1 punkter, men 2", "1 items, but 2"),
    (ENGLISH, "(Call: elnat)", "(Call: tib)", "1. Call the grid (Call: tib)", "inte desamma", "differ from the Swedish"),
    (ENGLISH, "Mode: read-do", "Mode: do-confirm", "Mode: do-confirm", "inte detsamma", "differs from the Swedish"),
    (ENGLISH, "  - Why: They know most.", "  - Who: tib", "  - Who: tib", "Okänd nyckel ”Who”", "Unknown key “Who”"),
    (ENGLISH, "translation_of: 1.1.0", "translation_of: 1.2.0", "translation_of: 1.2.0", "är nyare än", "is newer than"),
    (ENGLISH, "id: strom", "id: storm", "id: storm", "i den svenska filen ”strom”", "“strom” in the Swedish file"),
    # messages
    (MESSAGE, "besked {{tid}}", "besked {{tiden}}", "Strömmen är borta. Nästa besked {{tiden}}.", "”tiden” används men", "“tiden” is used but"),
    (MESSAGE, " Nästa besked {{tid}}", "", "- tid: klockslag", "beskrivet men används inte", "declared but not used"),
    (MESSAGE, "{{tid}}", "{{Tid}}", "Strömmen är borta. Nästa besked {{Tid}}.", "skrivs {{namn}}", "is written {{name}}"),
    (MESSAGE, "**{{rubrik}}**", "**{{rubrik}}", "**{{rubrik}}", "öppnad men inte stängd", "opened but not closed"),
    (MESSAGE, "- tid: klockslag", "* tid", "* tid", "Ett fält beskrivs", "A field is declared"),
    (MESSAGE, "## Tips", "## Råd", "## Råd", "Okänd rubrik ”Råd”", "Unknown label “Råd”"),
    (MESSAGE, "max_chars: 60", "max_chars: många", "max_chars: många", "inget tal mellan", "not a number between"),
    (MESSAGE, "approve: tib", "approve: vd", "approve: vd", "Rollen ”vd”", "The role “vd”"),
    # exercises
    (EXERCISE, "## Utgångsläge\n\nNatt.\n", "", 61, "”## Utgångsläge” saknas", "“## Utgångsläge” is missing"),
    (EXERCISE, "## Efteråt", "## Sedan", "## Sedan", "Okänd rubrik ”Sedan”", "Unknown label “Sedan”"),
    (EXERCISE, "- [ ] M1:", "- [ ] M2:", "- [ ] M2: Ringde du rätt?", "Målet ”M2” finns inte", "The goal “M2” is not"),
    (EXERCISE, "- Kanal: telefon\n- Till: tib", "- Kanal: telefon\n- Till: vd", "- Till: vd", "Rollen ”vd”", "The role “vd”"),
    (EXERCISE, "- Från: SOS\n", "", "#### T+000 SOS {#v1}", "”- Från:” saknas", "“- Från:” is missing"),
    (EXERCISE, "06:05", "26:05", "- Scenariotid: 26:05", "är ingen tid", "is not a time"),
    (EXERCISE, "T+000", "T+009", "#### T+005 Elnätet {#v2}", "före det förra", "before the one above"),
    (EXERCISE, "minutes: 15", "minutes: 4", "#### T+005 Elnätet {#v2}", "efter övningens 4", "after the exercise's 4"),
    (EXERCISE, "ÖVNING. Allt", "Allt", "- Text: Allt är mörkt.", "ska börja med ÖVNING", "must begin with ÖVNING"),
    (INJECTS, "Allt är mörkt", "Allt är ljust", 2, "Inspelslistan säger", "The inject list says"),
    (INJECTS, "v2;5", "v9;5", 3, "finns inte i övningen", "is not in the exercise"),
    # contacts
    (CONTACTS, "070-174 06 06", "070-174 06 0", 5, "är inget telefonnummer", "is not a telephone number"),
    (CONTACTS, "031-390 06 07", "ring växeln", 6, "är inget telefonnummer", "is not a telephone number"),
    (CONTACTS, "tib;2;", "tibb;2;", 5, "ingen ordinarie rad", "not a regular row"),
    (CONTACTS, "tib;2;", "tib;3;", 5, "samma order", "the same order"),
    (CONTACTS, "elnat;extern", "elnat;utanför", 6, "intern eller extern", "must be intern or extern"),
    (CONTACTS, "tib@kommun.example", "tib@kommun", 3, "ingen e-postadress", "not an e-mail address"),
    (CONTACTS, ";ja;;", ";kanske;;", 4, "ja eller nej", "ja or nej"),
    (CONTACTS, "2026-01-31;30", "31/1;30", 3, "är inget datum", "is not a date"),
    (CONTACTS, "elnat;extern;infra;;", "elnat;extern;infra;", 6, "15 fält, rubrikraden 16", "15 fields, the header 16"),
    (CONTACTS, "070-174 06 07", "", 4, "Fyll i något", "Fill something in"),
    (CONTACTS, "Vakthavande", "", 6, "Kolumnen ”name” är tom", "The column “name” is empty"),
    (CONTACTS, "elnat;extern;infra;;", "elnat;extern;infra;vd;", 6, "Rollen ”vd”", "The role “vd”"),
    (CONTACTS, "tib-2;intern;ledning;tib;", "elnat;intern;ledning;tib;", 6, "id ”elnat” finns redan", "The id “elnat” is taken"),
    (CONTACTS, "organisation;name", "organisation;namn", 2, "Kolumnen ”name” saknas", "The column “name” is missing"),
    (CONTACTS, "interval_days\n", "skostorlek\n", 2, "Okänd kolumn ”skostorlek”", "Unknown column “skostorlek”"),
    (CONTACTS, "id;kind;category;role;title;organisation;name;deputy_of;order;phone1", "a;b", 2, "Okända kolumner", "Unknown columns"),
    (CONTACTS, "Anna Prov", '"Anna Prov', 3, "går inte att läsa", "cannot be read"),
    (CONTACTS, "Vakthavande", "[[call:tib]]", 6, "Skriv inte [[…]]", "Do not write [[…]]"),
    (PUBLIC, "113 13", "hundratretton", 3, "är inget telefonnummer", "is not a telephone number"),
    # lists
    ("roles.yml", 'task: "Receives alarms."', 'duty: "x"', 7, "Okänd nyckel ”duty”", "Unknown key “duty”"),
    ("roles.yml", '  sv: "Tjänsteperson i beredskap"\n', "", 2, "Raden ”sv:” saknas", "The line “sv:” is missing"),
    ("roles.yml", 'stab: ""', 'stab: "S1', 5, "Citattecknen", "quotation marks"),
    ("phases.yml", "- id: f24", "- id: f60", 6, "id ”f60” finns redan", "The id “f60” is taken"),
    ("phases.yml", "  en: ", "en: ", 5, "Raden ska vara - id", "The line must be - id"),
    ("sources.yml", '"delvis"', '"kanske"', 4, "Okänd status ”kanske”", "Unknown status “kanske”"),
]


@pytest.mark.parametrize(("file", "old", "new", "at", "swedish", "english"), FAULTS, ids=lambda value: str(value)[:40])
def test_a_fault_is_told_with_its_file_and_line_in_both_languages(
    tmp_path: Path, file: str, old: str, new: str, at: str | int, swedish: str, english: str
) -> None:
    package = small_package(tmp_path).change(file, old, new)
    line = at if isinstance(at, int) else (tmp_path / file).read_text("utf-8").split("\n").index(at) + 1
    for language, phrase in (("sv", swedish), ("en", english)):
        findings = package.findings("sv" if language == "sv" else "en")
        assert [f for f in findings if f[:3] == (file, line, "error") and phrase in f[3]], findings


ADVICE = [
    (CARD, "**Räkna bränslet**", "**Räkna " + "noga " * 11 + "bränslet**", 51, "13 ord. Skriv högst 12.", "13 words. Write at most 12."),
    (CARD, "1. Ring elnätet", "1. Ring elnätet " + "nu " * 8, 25, "10 ord. Skriv högst 8.", "10 words. Write at most 8."),
    (ROLE, "{#tele-svara}\n", "{#tele-svara}\n" + "".join(f"- [ ] **Svara** {{#tele-{n}}}\n" for n in range(9)), 37, "10 åtgärder", "10 steps"),
    (
        CARD,
        "- [ ] **Räkna bränslet** {#strom-bransle}",
        "- [ ] **Räkna** {#strom-a}\n- [ ] **Släck** {#strom-b}\n  - Prio: kritisk",
        52,
        "Flytta upp",
        "Move it up",
    ),
    (CARD, "strömlöst, ingen el, mörkt, storm, kallt", "strömlöst", 8, "1 sökord", "1 tags"),
    (CARD, "strömlöst,", "Strömlöst,", 8, "stor bokstav", "capital letter"),
    (CARD, "(Kort: tele)", "ring", 19, "Peka på ett annat kort", "Point to another card"),
    (MESSAGE, "- rubrik: kort rubrik (exempel: Strömavbrott)", "- rubrik: kort rubrik (exempel: " + "x" * 60 + ")", 11, "blir texten", "the text is"),
    (ENGLISH, "translation_of: 1.1.0", "translation_of: 1.0.0", 5, "Översättningen gäller 1.0.0", "The translation is of 1.0.0"),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "swedish", "english"), ADVICE, ids=lambda value: str(value)[:40])
def test_advice_is_told_but_never_stops(tmp_path: Path, file: str, old: str, new: str, line: int, swedish: str, english: str) -> None:
    package = small_package(tmp_path).change(file, old, new)
    if (file, line) == (CARD, 19):
        (tmp_path / ENGLISH).write_text(PACKAGE[ENGLISH].replace("(Card: tele)", "call"), "utf-8")
    for language, phrase in (("sv", swedish), ("en", english)):
        findings = package.findings("sv" if language == "sv" else "en")
        assert [f for f in findings if f[:3] == (file, line, "advice") and phrase in f[3]], findings
        assert {f[2] for f in findings} == {"advice"}
    assert len(package.read()[0].checklists) == 2


def test_an_id_used_twice_names_the_place_where_it_was_first(tmp_path: Path) -> None:
    findings = small_package(tmp_path).change(ROLE, "{#tele-svara}", "{#strom-ring}").findings("en")
    assert [(f[0], f[1]) for f in findings] == [(ROLE, 41)]
    assert "strom-ring" in findings[0][3]
    assert "line 33" in findings[0][3]


def test_a_contact_named_as_a_role_must_have_that_role(tmp_path: Path) -> None:
    package = small_package(tmp_path)
    path = tmp_path / CONTACTS
    path.write_text(path.read_text("utf-8").replace("ledning;tib;", "ledning;;"), "utf-8")
    assert [(f[0], f[1]) for f in package.findings()] == [(CONTACTS, 3)]


def test_a_faulty_card_still_counts_for_the_others_so_that_one_fault_is_told_once(tmp_path: Path) -> None:
    findings = small_package(tmp_path).change(ROLE, "**Mål:** Alla får svar.\n", "").findings()
    assert len(findings) == 1
