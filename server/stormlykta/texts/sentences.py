"""What may be wrong in a person's files, code → Swedish, English: the only place where such a sentence is written.

Rule: each says what is wrong and what to do, in the words of checklists/README.md.
"""

from __future__ import annotations

from stormlykta.files.roster_sentences import ROSTER_SENTENCES
from stormlykta.files.table_sentences import TABLE_SENTENCES
from stormlykta.texts.checklist_sentences import CHECKLIST_SENTENCES

SENTENCES: dict[str, tuple[str, str]] = {
    # files
    "no-such-path": ("Finns inte. Kontrollera sökvägen.", "Does not exist. Check the path."),
    "unreadable": ("Kan inte läsas. Kontrollera rättigheterna.", "Cannot be read. Check the permissions."),
    "too-large": ("Filen är större än {limit} MiB. Dela upp den.", "The file is larger than {limit} MiB. Split it."),
    "many-lines": ("Filen har fler än {limit} rader. Dela upp den.", "The file has more than {limit} lines. Split it."),
    "nothing-here": ("Här finns inget att läsa: inga .md, .csv eller .yml.", "Nothing to read here: no .md, .csv or .yml."),
    "empty": ("Filen är tom. Skriv något i den eller ta bort den.", "The file is empty. Write something in it or remove it."),
    "not-utf8": (
        "Raden är inte UTF-8. Spara filen som UTF-8 (i Excel: ”CSV UTF-8”).",
        "The line is not UTF-8. Save the file as UTF-8 (in Excel: “CSV UTF-8”).",
    ),
    "control-character": (
        "Raden har ett osynligt styrtecken ({character}). Ta bort det.",
        "The line holds an invisible control character ({character}). Remove it.",
    ),
    "long-line": ("Raden är längre än {limit} tecken. Dela upp eller korta den.", "The line is longer than {limit} characters. Split or shorten it."),
    "file-name": (
        "Namnet ska sluta på .sv.md eller .en.md (README.md undantagen). Byt namn på filen.",
        "The name must end in .sv.md or .en.md (README.md apart). Rename the file.",
    ),
    "list-name": ("Okänd lista. Den ska heta roles.yml, phases.yml eller sources.yml.", "Unknown list. It must be named roles.yml, phases.yml or sources.yml."),
    "not-read": (
        "Filen läses inte: bara .md, .csv och .yml. Spara om den eller flytta ut den.",
        "The file is not read: only .md, .csv and .yml. Save it anew or move it out.",
    ),
    "no-swedish": (
        "Den svenska filen {name} saknas. Skriv den först; den engelska är en översättning.",
        "The Swedish file {name} is missing. Write it first; the English one is a translation.",
    ),
    # front matter
    "no-front": ("Filen ska börja med en rad --- och sedan nyckel: värde.", "The file must begin with a line --- and then key: value."),
    "open-front": ("Raden --- som avslutar huvudet saknas. Lägg till den.", "The line --- that ends the front matter is missing. Add it."),
    "front-line": ("Raden ska ha formen nyckel: värde.", "The line must have the form key: value."),
    "front-unknown": ("Okänd nyckel ”{key}”. Tillåtna: {allowed}.", "Unknown key “{key}”. Allowed: {allowed}."),
    "front-twice": ("Nyckeln ”{key}” står två gånger. Ta bort den ena.", "The key “{key}” stands twice. Remove one."),
    "front-missing": ("Raden ”{key}:” saknas. Lägg till den.", "The line “{key}:” is missing. Add it."),
    "front-empty": ("Nyckeln ”{key}” har inget värde. Fyll i den eller ta bort raden.", "The key “{key}” has no value. Fill it in or remove the line."),
    "unknown-type": ("Okänd typ ”{type}”. Skriv {allowed}.", "Unknown type “{type}”. Write {allowed}."),
    "wrong-language": ("language ska vara ”{language}” i den här filen.", "language must be “{language}” in this file."),
    "other-id": ("id är ”{id}”, men i den svenska filen ”{swedish}”. Skriv samma.", "id is “{id}” but “{swedish}” in the Swedish file. Write the same."),
    "other-type": (
        "type är ”{type}”, men i den svenska filen ”{swedish}”. Skriv samma.",
        "type is “{type}” but “{swedish}” in the Swedish file. Write the same.",
    ),
    "bad-id": (
        "”{id}” är inget id. Skriv små bokstäver a–z, siffror och bindestreck, högst 64 tecken.",
        "“{id}” is not an id. Write small letters a–z, digits and hyphens, at most 64 characters.",
    ),
    "bad-version": ("”{value}” är ingen version. Skriv tre tal, till exempel 1.0.0.", "“{value}” is not a version. Write three numbers, such as 1.0.0."),
    "bad-date": ("”{value}” är inget datum. Skriv ÅÅÅÅ-MM-DD.", "“{value}” is not a date. Write YYYY-MM-DD."),
    "bad-interval": (
        "”{value}” är inget intervall. Skriv till exempel 12 months, 90 days, 2 years.",
        "“{value}” is not an interval. Write for example 12 months, 90 days, 2 years.",
    ),
    "bad-number": ("”{value}” är inget tal mellan {low} och {high}.", "“{value}” is not a number between {low} and {high}."),
    "bad-order": (
        "”{value}” duger inte som order. Skriv 1–8 små bokstäver eller siffror.",
        "“{value}” will not do as order. Write 1–8 small letters or digits.",
    ),
    "role-wanted": ("Ett rollkort behöver raden role: roll-id.", "A role card needs the line role: role-id."),
    "role-unwanted": (
        "Bara rollkort har raden role. Ta bort den, eller skriv type: role-card.",
        "Only role cards have the line role. Remove it, or write type: role-card.",
    ),
    "stale-translation": (
        "Översättningen gäller {of}, svenskan är {swedish}. Gå igenom texten och höj translation_of.",
        "The translation is of {of}, the Swedish is {swedish}. Go through the text and raise translation_of.",
    ),
    "future-translation": (
        "translation_of {of} är nyare än den svenska filens {swedish}. Rätta ett av talen.",
        "translation_of {of} is newer than the Swedish file's {swedish}. Correct one of them.",
    ),
    "tag-count": ("{count} sökord. Skriv 5–15, så som en stressad person söker.", "{count} tags. Write 5–15, as a stressed person searches."),
    "tag-case": ("Sökordet ”{tag}” har stor bokstav. Skriv små.", "The tag “{tag}” has a capital letter. Write small ones."),
    # lines
    "unknown-line": (
        "Raden följer inte grammatiken. Se checklists/README.md, och skriv varje sak på en rad.",
        "The line does not follow the grammar. See checklists/README.md, and write each thing on one line.",
    ),
    "unknown-label": ("Okänd rubrik ”{label}”. Tillåtna: {allowed}.", "Unknown label “{label}”. Allowed: {allowed}."),
    "unknown-key": ("Okänd nyckel ”{key}”. Tillåtna: {allowed}.", "Unknown key “{key}”. Allowed: {allowed}."),
    "twice": ("”{label}” står två gånger. Ta bort den ena.", "“{label}” stands twice. Remove one."),
    "missing-line": ("Raden ”{label}” saknas. Lägg till den.", "The line “{label}” is missing. Add it."),
    "no-text": ("Text saknas efter ”{label}”. Skriv den på samma rad.", "Text is missing after “{label}”. Write it on the same line."),
    "out-of-place": ("”{label}” står på fel plats: {where}.", "“{label}” is in the wrong place: {where}."),
    "other-title": ("Rubriken är inte samma som title. Skriv samma på båda.", "The heading differs from title. Write the same in both."),
    "role-line-unwanted": ("”{label}” hör bara till rollkort. Ta bort raden.", "“{label}” belongs to role cards only. Remove the line."),
    "marker": (
        "Skriv inte [[…]] i text. En hänvisning skrivs (Ring: id), (Kort: id) eller (Roll: id).",
        "Do not write [[…]] in text. A reference is written (Call: id), (Card: id) or (Role: id).",
    ),
    "reference-form": (
        "Hänvisningen ska skrivas ({allowed}: id) i den här filen.",
        "The reference must be written ({allowed}: id) in this file.",
    ),
    "reference-count": ("Mer än en hänvisning i samma punkt. Dela upp den.", "More than one reference in one item. Split it."),
    "other-references": (
        "Hänvisningarna är inte desamma som i den svenska texten. Skriv samma id.",
        "The references differ from the Swedish text. Write the same ids.",
    ),
    # checklists
    **CHECKLIST_SENTENCES,
    **TABLE_SENTENCES,
    **ROSTER_SENTENCES,
    "no-immediate": ("Skriv en till tre punkter under **{label}:**.", "Write one to three items under **{label}:**."),
    "immediate-count": ("{count} punkter under Direkt. Högst tre går att minnas.", "{count} immediate items. At most three can be remembered."),
    "other-count": (
        "{count} punkter, men {swedish} i den svenska filen. Skriv lika många.",
        "{count} items, but {swedish} in the Swedish file. Write as many.",
    ),
    "no-phases": (
        "Kortet har inget skede. Skriv ## Rubrik {{#skede-id}} och åtgärder under.",
        "The card has no phase. Write ## Heading {{#phase-id}} and steps below it.",
    ),
    "no-steps": ("Skedet ”{phase}” har inga åtgärder. Skriv minst en.", "The phase “{phase}” has no steps. Write at least one."),
    "no-mode": ("Raden ”{label}:” saknas i skedet ”{phase}”. Skriv {allowed}.", "The line “{label}:” is missing in the phase “{phase}”. Write {allowed}."),
    "unknown-mode": ("Okänt läge ”{value}”. Skriv {allowed}.", "Unknown mode “{value}”. Write {allowed}."),
    "other-mode": ("Läget är inte detsamma som i den svenska filen.", "The mode differs from the Swedish file."),
    "phase-order": (
        "Skedet ”{phase}” kommer före ”{before}” i phases.yml. Byt ordning.",
        "The phase “{phase}” comes before “{before}” in phases.yml. Change the order.",
    ),
    "only-in-translation": (
        "”{id}” finns inte i den svenska filen. Skriv den där först, eller rätta id.",
        "“{id}” is not in the Swedish file. Write it there first, or correct the id.",
    ),
    "bad-time": (
        "”{value}” är ingen tid. Skriv T+30m, T-24h, T+2d, var 2h, löpande eller före.",
        "“{value}” is not a time. Write T+30m, T-24h, T+2d, var 2h, löpande or före.",
    ),
    "bad-flag": (
        "”{key}” kan bara ha värdet ”{allowed}”. Skriv det eller ta bort raden.",
        "“{key}” can only have the value “{allowed}”. Write it or remove the line.",
    ),
    "one-only": ("”{key}” kan bara ha ett värde. Dela upp åtgärden.", "“{key}” can have one value only. Split the step."),
    "many-steps": ("{count} åtgärder i skedet. Fem till nio går att överblicka.", "{count} steps in the phase. Five to nine can be surveyed."),
    "many-words": ("{count} ord. Skriv högst {limit}.", "{count} words. Write at most {limit}."),
    "critical-late": ("En kritisk åtgärd står efter en som inte är det. Flytta upp den.", "A critical step stands after one that is not. Move it up."),
    "no-other-card": ("Peka på ett annat kort: (Kort: id).", "Point to another card: (Card: id)."),
    # references
    "id-taken": ("id ”{id}” finns redan: {file}, rad {line}. Välj ett annat.", "The id “{id}” is taken: {file}, line {line}. Choose another."),
    "contact-named-as-role": (
        "Kontakten heter som rollen ”{id}” men har en annan roll. Byt id eller roll.",
        "The contact is named as the role “{id}” but has another role. Change id or role.",
    ),
    "no-card": (
        "Kortet ”{id}” finns inte. Rätta id, eller publicera kortet samtidigt.",
        "The card “{id}” does not exist. Correct the id, or publish the card along.",
    ),
    "no-contact": (
        "Kontakten ”{id}” finns inte. Rätta id, eller lägg till den i kontaktlistan.",
        "The contact “{id}” does not exist. Correct the id, or add it to the contact list.",
    ),
    "no-message": (
        "Mallen ”{id}” finns inte. Rätta id, eller publicera mallen samtidigt.",
        "The message “{id}” does not exist. Correct the id, or publish the message along.",
    ),
    "no-role": ("Rollen ”{id}” finns inte i roles.yml. Rätta id, eller lägg till den.", "The role “{id}” is not in roles.yml. Correct the id, or add it."),
    "no-source": (
        "Källan ”{id}” finns inte i sources.yml. Rätta id, eller lägg till den.",
        "The source “{id}” is not in sources.yml. Correct the id, or add it.",
    ),
    "no-phase": ("Skedet ”{id}” finns inte i phases.yml. Rätta id, eller lägg till det.", "The phase “{id}” is not in phases.yml. Correct the id, or add it."),
    # messages
    "no-body": ("Mallen har ingen text. Skriv den efter huvudet.", "The message has no text. Write it after the front matter."),
    "bad-field": ("Ett fält skrivs {{{{namn}}}} med små bokstäver, siffror och _.", "A field is written {{{{name}}}} in small letters, digits and _."),
    "field-undeclared": (
        "Fältet ”{id}” används men är inte beskrivet. Lägg till det under ## {label}.",
        "The field “{id}” is used but not declared. Add it under ## {label}.",
    ),
    "field-unused": (
        "Fältet ”{id}” är beskrivet men används inte. Ta bort det, eller använd {{{{{id}}}}}.",
        "The field “{id}” is declared but not used. Remove it, or use {{{{{id}}}}}.",
    ),
    "field-line": ("Ett fält beskrivs: - namn: vad det är (exempel: …).", "A field is declared: - name: what it is (example: …)."),
    "bold": (
        "Fetstil är öppnad men inte stängd. Skriv ** på båda sidor på samma rad.",
        "Bold is opened but not closed. Write ** on both sides in the same line.",
    ),
    "long-message": (
        "Ifylld med exemplen blir texten {count} tecken. max_chars är {limit}.",
        "Filled with the examples the text is {count} characters. max_chars is {limit}.",
    ),
    # exercises
    "no-goals": ("Skriv minst ett mål: - M1: …", "Write at least one goal: - M1: …"),
    "no-injects": ("Skriv minst ett inspel: #### T+000 Rubrik {{#id}}", "Write at least one inject: #### T+000 Heading {{#id}}"),
    "bad-goal": ("Målet ”{id}” finns inte under ## Mål. Rätta det.", "The goal “{id}” is not under ## Goals. Correct it."),
    "inject-order": ("Inspelet börjar före det förra. Ställ dem i tidsordning.", "The inject starts before the one above. Put them in order of time."),
    "inject-late": (
        "Inspelet kommer efter övningens {minutes} minuter. Rätta tiden.",
        "The inject comes after the exercise's {minutes} minutes. Correct the time.",
    ),
    "not-marked": ("Inspelets text ska börja med {word}.", "The inject's text must begin with {word}."),
    "other-minute": ("Tiden är inte densamma som i den svenska filen.", "The time differs from the Swedish file."),
    "list-differs": (
        "Inspelslistan säger ”{list}” i {column}, övningen ”{exercise}”. Rätta den ena.",
        "The inject list says “{list}” in {column}, the exercise “{exercise}”. Correct one of them.",
    ),
    "list-missing": ("Inspelet ”{id}” saknas i inspelslistan. Lägg till raden.", "The inject “{id}” is missing from the inject list. Add the row."),
    "list-extra": ("Inspelet ”{id}” finns inte i övningen. Ta bort raden.", "The inject “{id}” is not in the exercise. Remove the row."),
    "list-alone": ("Övningen {name} saknas. Lägg inspelslistan bredvid den.", "The exercise {name} is missing. Put the inject list beside it."),
    # tables
    "unknown-table": (
        "Okända kolumner. Första raden ska vara som i kontakter.csv eller publika-nummer.csv, med semikolon emellan.",
        "Unknown columns. The first row must be as in kontakter.csv or publika-nummer.csv, with semicolons between.",
    ),
    "column-unknown": ("Okänd kolumn ”{column}”. Tillåtna: {allowed}.", "Unknown column “{column}”. Allowed: {allowed}."),
    "column-twice": ("Kolumnen ”{column}” står två gånger.", "The column “{column}” stands twice."),
    "column-missing": ("Kolumnen ”{column}” saknas. Lägg till den.", "The column “{column}” is missing. Add it."),
    "row-length": (
        "Raden har {count} fält, rubrikraden {wanted}. Kontrollera semikolon och citattecken.",
        "The row has {count} fields, the header {wanted}. Check semicolons and quotation marks.",
    ),
    "broken-table": ("Tabellen går inte att läsa härifrån. Kontrollera citattecken.", "The table cannot be read from here. Check quotation marks."),
    "cell-missing": ("Kolumnen ”{column}” är tom. Fyll i den.", "The column “{column}” is empty. Fill it in."),
    "bad-kind": ("kind ska vara intern eller extern, inte ”{value}”.", "kind must be intern or extern, not “{value}”."),
    "bad-phone": (
        "”{value}” i {column} är inget telefonnummer. Skriv med riktnummer, till exempel 070-174 06 05 eller +46 70 174 06 05.",
        "“{value}” in {column} is not a telephone number. Write it with its area code, such as 070-174 06 05 or +46 70 174 06 05.",
    ),
    "bad-email": ("”{value}” är ingen e-postadress.", "“{value}” is not an e-mail address."),
    "bad-yes-no": ("private ska vara ja eller nej, inte ”{value}”.", "private must be ja or nej, not “{value}”."),
    "label-alone": ("{column} är ifylld men numret saknas.", "{column} is filled in but the number is missing."),
    "unreachable": ("Kontakten saknar både nummer, e-post och Rakel. Fyll i något.", "The contact has no number, e-mail or Rakel. Fill something in."),
    "deputy-of-none": ("deputy_of ”{id}” är ingen ordinarie rad i filen. Rätta id.", "deputy_of “{id}” is not a regular row in the file. Correct the id."),
    "deputy-order": ("Två ersättare för ”{id}” har samma order. Ge dem olika.", "Two deputies for “{id}” have the same order. Give them different ones."),
    "no-rows": ("Listan har inga rader. Lägg till minst en.", "The list has no rows. Add at least one."),
    # lists
    "list-line": ('Raden ska vara - id: … eller två mellanslag och nyckel: "värde".', 'The line must be - id: … or two spaces and key: "value".'),
    "bad-quotes": (
        'Citattecknen går inte ihop. Skriv "text", och \\" för ett citattecken inuti.',
        'The quotation marks do not match. Write "text", and \\" for a quotation mark inside.',
    ),
    "bad-status": ("Okänd status ”{value}”. Skriv {allowed}.", "Unknown status “{value}”. Write {allowed}."),
    "list-twice": ("Listan finns redan i {file}. Slå ihop dem.", "The list is already in {file}. Merge them."),
}
