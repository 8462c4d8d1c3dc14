"""What may stand in each field of a contact, wherever it comes from: a form at the desk, a table, a card.

Rule: pure. A text is one line, composed letters, without characters that nobody sees; what is wrong is told by a code of SENTENCES, never raised.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from stormlykta.files.phone_numbers import dialled
from stormlykta.shapes import ContactKind, Number
from stormlykta.texts.findings import Language
from stormlykta.texts.grammar import ID, date_of, number_of

SLOTS = 8  # numbers a person may have
LONGEST = {"id": 64, "function_id": 64, "name": 120, "category": 60, "label": 60, "role": 120, "rakel": 60, "address": 1000, "what_for": 1000, "notes": 1000}
TEXT = 300
SECRET = ("numbers", "email", "rakel", "address", "notes")  # of a private person; as library.without_secrets leaves them out
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # letters that make a text look like another
UNSEEN = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))  # come along when text is copied from a page, and mean nothing
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
KINDS: dict[str, ContactKind] = {
    **{"intern": "intern", "internt": "intern", "internal": "intern", "egen": "intern", "extern": "extern", "externt": "extern", "external": "extern"},
    **{"public": "public", "publik": "public", "publikt": "public", "allmän": "public", "allmänt": "public"},
}
YES_NO = {
    **dict.fromkeys(("", "nej", "no", "n", "0", "falskt", "false"), False),
    **dict.fromkeys(("ja", "yes", "j", "y", "x", "1", "sant", "true", "hemligt", "secret"), True),
}
NAMES: dict[str, tuple[str, str]] = {
    "id": ("Id", "Id"),
    "function_id": ("Funktionens id", "Function id"),
    "kind": ("Typ", "Kind"),
    "category": ("Grupp", "Group"),
    "role": ("Roll", "Role"),
    "title": ("Funktion", "Function"),
    "title_en": ("Funktion på engelska", "Function in English"),
    "organisation": ("Organisation", "Organisation"),
    "name": ("Namn", "Name"),
    "deputy_of": ("Ersättare för", "Deputy of"),
    "order": ("Ordning", "Order"),
    "email": ("E-post", "E-mail"),
    "rakel": ("Rakel", "Rakel"),
    "address": ("Adress", "Address"),
    "hours": ("Tid", "Hours"),
    "what_for": ("Vad för", "What for"),
    "what_for_en": ("Vad för på engelska", "What for in English"),
    "verified": ("Bekräftad", "Confirmed"),
    "verified_by": ("Bekräftad av", "Confirmed by"),
    "interval_days": ("Intervall, dagar", "Interval, days"),
    "private": ("Hemligt nummer", "Secret number"),
    "notes": ("Anteckning", "Notes"),
}


class Wrong(NamedTuple):
    """What is wrong with a field: a code of SENTENCES and what its sentence needs beside the column's name."""

    code: str
    values: Mapping[str, object] = MappingProxyType({})


def column_name(column: str, language: Language) -> str:
    """What people call a column: "phone2_label" → "Telefon 2, märkning"."""
    match = re.fullmatch(r"phone(\d+)(_label)?", column)
    if match is None:
        return NAMES[column][0 if language == "sv" else 1] if column in NAMES else column
    if language == "sv":
        return f"Telefon {match[1]}" + (", märkning" if match[2] else "")
    return f"Phone {match[1]}" + (", label" if match[2] else "")


def tidy(text: str) -> str:
    """One line, composed letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).translate(UNSEEN).split())


def check_text(column: str, text: str) -> Wrong | None:
    """Whether a tidied text may stand in its column at all."""
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in BIDI or character in "\ufffe\uffff":
            return Wrong("odd-character", {"character": f"U+{ord(character):04X}"})
    if "[[" in text:
        return Wrong("reference-mark")
    most = LONGEST.get("label" if column.endswith("_label") else column.removesuffix("_en"), TEXT)
    return Wrong("text-long", {"limit": most}) if len(text) > most else None


def check_form(column: str, text: str) -> Wrong | None:
    """Whether a text that may stand there says what its column wants. Empty always does."""
    if not text:
        return None
    if column in ("id", "function_id") and not ID.fullmatch(text):
        return Wrong("id-bad", {"value": text})
    if column == "email" and not EMAIL.fullmatch(text):
        return Wrong("email-bad", {"value": text})
    if column == "verified" and date_of(text) is None:
        return Wrong("date-bad", {"value": text})
    if column in ("interval_days", "order"):
        low, high = 1, 3650 if column == "interval_days" else 999
        return None if number_of(text, low, high) is not None else Wrong("number-bad", {"value": text, "low": low, "high": high})
    if column == "private" and text.casefold() not in YES_NO:
        return Wrong("yes-no-bad", {"value": text})
    if column == "kind" and text.casefold() not in KINDS:
        return Wrong("kind-bad", {"value": text})
    return None


def read_number(text: str, label: str | None) -> Number | None:
    """A number as it can be dialled, or None."""
    dial = dialled(text)
    return None if dial is None else Number(text, dial, label)


def mend_number(text: str) -> str | None:
    """The number with the leading zero (or the +) that a spreadsheet took for arithmetic; None when it was not that."""
    for mended in (f"0{text}", f"+{text}") if re.fullmatch(r"[1-9][0-9]{6,14}", text) else ():
        if (len(text) <= 9) == mended.startswith("0") and dialled(mended) is not None:
            return mended
    return None


def slug(text: str, most: int = 50) -> str:
    """An id from a name: "VA-jour (natt)" → "va-jour-natt". "" when no letter of it can stand in one."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("æ", "a").replace("ß", "ss"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(character for character in bare if not unicodedata.combining(character))).strip("-")[:most].strip("-")


def folded(text: str) -> str:
    """By which two names are the same."""
    return tidy(text).casefold()
