"""What may be wrong in a file of contacts that somebody brings to the desk, code → Swedish, English; part of SENTENCES.

Rule: each says what is wrong and what to do, to a clerk with Excel in front of them: no ids, no names of columns that only we know.
"""

from __future__ import annotations

TABLE_SENTENCES: dict[str, tuple[str, str]] = {
    # the file as a whole
    "file-too-large": ("Filen är större än {limit} MB. Dela upp den.", "The file is larger than {limit} MB. Split it."),
    "file-empty": ("Filen är tom.", "The file is empty."),
    "file-not-text": (
        "Filen är varken CSV, Excel (.xlsx) eller vCard. Spara om den som något av dem.",
        "The file is neither CSV, Excel (.xlsx) nor vCard. Save it anew as one of them.",
    ),
    "not-excel": ("Det här är ingen Excel-fil. Spara om den som .xlsx eller CSV.", "This is not an Excel file. Save it anew as .xlsx or CSV."),
    "old-excel": (
        "Filen är en gammal Excel-fil (.xls) eller skyddad med lösenord. Spara om den som .xlsx utan lösenord.",
        "The file is an old Excel file (.xls) or protected by a password. Save it anew as .xlsx without one.",
    ),
    "broken-excel": (
        "Excel-filen är skadad och går inte att läsa. Spara om den i Excel.",
        "The Excel file is damaged and cannot be read. Save it anew in Excel.",
    ),
    "zip-bomb": (
        "Filen blir orimligt stor när den packas upp och har därför inte öppnats.",
        "The file becomes unreasonably large when it is unpacked, so it was not opened.",
    ),
    "many-rows": (
        "Filen har fler än {limit} rader. Dela upp den, eller ta bort det som inte är kontakter.",
        "The file has more than {limit} rows. Split it, or remove what is not contacts.",
    ),
    "no-headings": (
        "Hittade ingen rubrikrad. Första raden ska ha rubriker, till exempel Funktion, Namn, Telefon, E-post.",
        "Found no row of headings. The first row should have headings, such as Function, Name, Phone, E-mail.",
    ),
    "no-contacts": ("Filen har inga kontakter under rubrikraden.", "The file has no contacts below its headings."),
    "no-cards": ("Filen har inga kort.", "The file has no cards."),
    "quotes-open": (
        "Ett citattecken öppnas här men stängs inte, så resten av filen går inte att läsa.",
        "A quotation mark is opened here but not closed, so the rest of the file cannot be read.",
    ),
    # told, but no fault
    "heading-unread": ("Kolumnen ”{column}” läses inte.", "The column “{column}” is not read."),
    "sheet-unread": ("Bara bladet ”{name}” läses; filen har {count} till.", "Only the sheet “{name}” is read; the file has {count} more."),
    "read-as-windows": (
        "Filen är inte UTF-8 och lästes som Windows-text. Kontrollera att å, ä och ö blev rätt.",
        "The file is not UTF-8 and was read as Windows text. Check that å, ä and ö came out right.",
    ),
    "zero-mended": (
        "{column}: ”{value}” saknade inledande nolla och lästes som {mended}.",
        "{column}: “{value}” lacked its leading zero and was read as {mended}.",
    ),
    "fax-left": ("Faxnumret {value} läses inte in.", "The fax number {value} is not read in."),
    "nobody": ("Funktionen läses in utan person.", "The function is read in without a person."),
    # a row or a card
    "formula": (
        "Cell {cell} är en formel ({value}). Klistra in värdet i stället (Klistra in special, Värden).",
        "Cell {cell} is a formula ({value}). Paste the value instead (Paste special, Values).",
    ),
    "cell-error": ("Cell {cell} har felet {value}. Rätta den.", "Cell {cell} has the error {value}. Correct it."),
    "merged": (
        "Cellerna {cells} är sammanfogade. Dela dem och skriv värdet i varje rad.",
        "The cells {cells} are merged. Split them and write the value in each row.",
    ),
    "row-longer": (
        "Raden har fler fält än rubrikraden. Kontrollera skiljetecken och citattecken.",
        "The row has more fields than the headings. Check separators and quotes.",
    ),
    "broken-letters": (
        "Bokstäver blev fel (”{value}”): filen är sparad med fel teckenkodning. Spara den som ”CSV UTF-8”.",
        "Letters came out wrong (“{value}”): the file was saved in the wrong encoding. Save it as “CSV UTF-8”.",
    ),
    "odd-character": (
        "{column} har ett osynligt styrtecken ({character}). Skriv om texten.",
        "{column} holds an invisible control character ({character}). Rewrite it.",
    ),
    "reference-mark": ("{column}: skriv inte [[ i texten.", "{column}: do not write [[ in the text."),
    "text-long": ("{column} är längre än {limit} tecken. Korta texten.", "{column} is longer than {limit} characters. Shorten it."),
    "phone-bad": (
        "{column}: ”{value}” är inget telefonnummer. Skriv med riktnummer, till exempel 070-174 06 05.",
        "{column}: “{value}” is not a telephone number. Write it with its area code, such as 070-174 06 05.",
    ),
    "phones-in-one": (
        "{column}: ”{value}” är flera nummer i samma cell. Ge vart och ett en egen kolumn, till exempel Mobil och Telefon.",
        "{column}: “{value}” is several numbers in one cell. Give each a column of its own, such as Mobile and Phone.",
    ),
    "phone-rounded": (
        "{column}: Excel har skrivit om numret till ”{value}”. Gör kolumnen till text och skriv numret igen.",
        "{column}: Excel has rewritten the number as “{value}”. Make the column text and write the number again.",
    ),
    "phones-many": ("Fler än {limit} nummer hos en person.", "More than {limit} numbers for one person."),
    "email-bad": ("{column}: ”{value}” är ingen e-postadress.", "{column}: “{value}” is not an e-mail address."),
    "date-bad": ("{column}: ”{value}” är inget datum. Skriv ÅÅÅÅ-MM-DD.", "{column}: “{value}” is not a date. Write YYYY-MM-DD."),
    "number-bad": ("{column}: ”{value}” är inget tal mellan {low} och {high}.", "{column}: “{value}” is not a number between {low} and {high}."),
    "yes-no-bad": ("{column} ska vara ja eller nej, inte ”{value}”.", "{column} must be yes or no, not “{value}”."),
    "kind-bad": ("{column} ska vara intern, extern eller publik, inte ”{value}”.", "{column} must be internal, external or public, not “{value}”."),
    "id-bad": (
        "{column}: ”{value}” duger inte. Små bokstäver a–z, siffror och bindestreck, högst 64 tecken.",
        "{column}: “{value}” will not do. Small letters a–z, digits and hyphens, at most 64 characters.",
    ),
    "cell-blank": ("{column} är tom. Fyll i.", "{column} is empty. Fill it in."),
    "nameless": ("Raden har varken namn eller funktion.", "The row has neither a name nor a function."),
    "nothing-to-reach": ("Kontakten saknar både nummer, e-post och Rakel. Fyll i något.", "The contact has no number, e-mail or Rakel. Fill something in."),
    "label-lonely": ("{column} är ifylld men numret saknas.", "{column} is filled in but the number is missing."),
    "role-unknown": (
        "Rollen ”{value}” finns inte. Skriv en av organisationens roller, eller töm fältet.",
        "There is no role “{value}”. Write one of the organisation's, or empty the cell.",
    ),
    "role-name": (
        "”{id}” är namnet på en roll som kontakten inte har. Ge den den rollen, eller ett annat id.",
        "“{id}” is the name of a role that this contact does not have. Give it that role, or another id.",
    ),
    "deputy-of-nobody": (
        "Hittar ingen funktion ”{value}” att vara ersättare för.",
        "Found no function “{value}” to be a deputy of.",
    ),
    "deputy-of-faulty": ("Raden är ersättare för ”{value}”, vars rad är felaktig.", "The row is a deputy of “{value}”, whose row is faulty."),
    "title-doubtful": (
        "Flera funktioner heter ”{title}”. Skriv vilken med en kolumn Id (finns i den fil som hämtas härifrån).",
        "Several functions are called “{title}”. Say which with a column Id (as in the file that is exported here).",
    ),
    "ids-clash": ("Två kontakter skulle få samma id. Kontrollera kolumnen Id.", "Two contacts would get the same id. Check the column Id."),
    "id-twice": ("Samma person står också på rad {row}.", "The same person also stands in row {row}."),
    "id-elsewhere": ("Id ”{id}” hör redan till {title}.", "The id “{id}” already belongs to {title}."),
    "secret-shown": (
        "Numret är hemligt, och bara en ledare kan göra det synligt. Skriv ett nytt nummer, eller låt det vara hemligt.",
        "The number is secret, and only a leader can make it visible. Write a new number, or leave it secret.",
    ),
    "vcard-line": ("Kortet har en rad som inte går att läsa: ”{value}”.", "The card has a line that cannot be read: “{value}”."),
    "vcard-version": ("Kortet är vCard {value}. Spara som vCard 3 eller 4.", "The card is vCard {value}. Save as vCard 3 or 4."),
    "vcard-open": ("Kortet slutar inte (END:VCARD saknas).", "The card does not end (END:VCARD is missing)."),
    "vcard-group": ("Kortet är en grupp, ingen person, och läses inte.", "The card is a group, not a person, and is not read."),
}
