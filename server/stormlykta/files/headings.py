"""What the headings of somebody's own table mean: "Mobil", "E-post", "Ersättare för" and their English sisters → our columns.

Rule: pure. A heading is known or it is not; an unknown one is told and its column is not read.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from stormlykta.files.contact_fields import SLOTS
from stormlykta.files.text_tables import LOOKED_AT, Row
from stormlykta.texts.findings import Findings

SAME: dict[str, str] = {
    "id": "id",
    "function_id": "functionid funktionensid",
    "kind": "kind typ type slag internextern",
    "category": "category kategori grupp group",
    "role": "role roll",
    "title": "title titel funktion function uppdrag befattning position jobtitle tjanst ansvar ansvarsomrade duty",
    "title_en": "titleen funktionpaengelska functioninenglish titelengelska",
    "organisation": "organisation organization foretag company forvaltning department enhet avdelning unit myndighet agency source",
    "name": "name namn fullname fulltnamn person kontaktperson contactperson contact kontakt displayname visningsnamn namnochefternamn innehavare holder",
    "first_name": "fornamn firstname givenname tilltalsnamn",
    "last_name": "efternamn lastname surname familyname",
    "deputy_of": "deputyof deputyfor ersattarefor ersatter substitutefor",
    "order": "order ordning prio prioritet turordning",
    "email": "email epost epostadress emailaddress mejl mail mailadress workemail",
    "rakel": "rakel rakelid rakelnummer issi tetra",
    "address": "address adress besoksadress gatuadress postaladdress",
    "hours": "hours tid tider bemanning tillganglighet availability oppettider",
    "what_for": "whatfor vadfor galler beskrivning description about avser arende",
    "what_for_en": "whatforen vadforpaengelska whatforinenglish",
    "verified": "verified bekraftad senastbekraftad verifierad kontrollerad confirmed lastconfirmed",
    "verified_by": "verifiedby bekraftadav verifieradav kontrolleradav confirmedby",
    "interval_days": "intervaldays intervalldagar intervall interval",
    "private": "private hemligt hemligtnummer skyddad skyddat secret secretnumber",
    "notes": "notes note anteckning anteckningar kommentar comment comments ovrigt anmarkning anm",
    "public_sv": "textsv",
    "public_en": "texten",
    "status": "status",
}
MARKS: dict[str, str] = {  # how a number is marked in the words of the person's own heading → the headings
    "": "phone telefon tel telefonnummer phonenumber telephone telefonnr nummer number businessphone arbetstelefon telefonarbete workphone",
    "mobil": "mobil mobile mobiltelefon mobilnummer mobilephone cell cellphone mobilnr tjanstemobil",
    "hem": "hem hemtelefon telefonhem homephone telefonbostad",
    "växel/direkt": "vaxel switchboard direkt direktnummer",
    "jour": "jour jourtelefon journummer jourmobil oncall oncallphone",
    "satellit": "satellit satellittelefon satellitephone",
}
PHONES = {word: mark for mark, words in MARKS.items() for word in words.split()}
KNOWN = {word: column for column, words in SAME.items() for word in words.split()}
TELLING = {"name", "first_name", "last_name", "title", "organisation", "email", "public_sv"}  # a heading row has one of these, or a number


class Heading(NamedTuple):
    """One column that is read. `hint`: how its numbers are marked where nothing else says."""

    at: int
    column: str
    hint: str = ""


def find_headings(rows: list[Row], findings: Findings) -> tuple[int, list[Heading]]:
    """(place in `rows` of the heading row, its columns); no columns (and a finding) when there is none."""
    for place, row in enumerate(rows[:LOOKED_AT]):
        headings = _read(row)
        columns = {heading.column for heading in headings}
        if len(columns) >= 2 and (columns & TELLING or any(column.startswith("phone") for column in columns)):
            return place, _once(row, headings, findings)
    findings.error("", rows[0].number if rows else 0, "no-headings")
    return 0, []


def _read(row: Row) -> list[Heading]:
    headings: list[Heading] = []
    slot = 0
    for at, cell in enumerate(row.cells):
        word = _bare(cell)
        column = KNOWN.get(word)
        own = re.fullmatch(r"phone([1-9])label", word)
        stem = re.sub(r"\d+$", "", word)
        if column:
            headings.append(Heading(at, column))
        elif own or re.fullmatch(r"markning|label", word):
            headings.append(Heading(at, f"phone{own[1] if own else slot or 1}_label"))
        elif stem in PHONES:
            slot += 1
            headings.append(Heading(at, f"phone{slot}", PHONES[stem]))
    return headings


def _once(row: Row, headings: list[Heading], findings: Findings) -> list[Heading]:
    """Each column once, the first of its kind; what is not read is told."""
    kept: dict[str, Heading] = {}
    for heading in headings:
        slot = re.match(r"phone(\d+)", heading.column)
        if heading.column not in kept and (slot is None or int(slot[1]) <= SLOTS):
            kept[heading.column] = heading
    read = {heading.at for heading in kept.values()}
    for at, cell in enumerate(row.cells):
        if cell.strip() and at not in read:
            findings.advise("", row.number, "heading-unread", column=cell.strip())
    return list(kept.values())


def _bare(heading: str) -> str:
    """ "E-post (arbete)" → "epost": what is in brackets explains, and marks over letters come and go."""
    text = unicodedata.normalize("NFKD", re.sub(r"\([^)]*\)", "", heading).casefold())
    return "".join(character for character in text if character.isalnum())
