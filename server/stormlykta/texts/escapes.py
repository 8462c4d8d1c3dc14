"""How a text holds characters that would otherwise mean something in the grammar, or could not be seen: CommonMark's backslash and numbered characters.

Rule: pure, and exact both ways: what `escaped` writes, `spoken` reads as the very same characters. A file without backslashes reads as it always did.
"""

from __future__ import annotations

import re
import unicodedata

ESCAPED = r"\\([!-/:-@\[-`{-~])"
NUMBERED = r"&#(?:([0-9]{1,7})|[xX]([0-9a-fA-F]{1,6}));"
SPOKEN = re.compile(f"{ESCAPED}|{NUMBERED}")
REFERENCE_START = re.compile(r"\((?:Ring|Kort|Roll|Call|Card|Role)\s*:")
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"  # letters that make a line look like another


def spoken(raw: str) -> str:
    """What is meant by a text as it is written."""
    return SPOKEN.sub(lambda match: character_of(match[1], match[2], match[3]) or match[0], raw)


def character_of(punctuation: str | None, decimal: str | None, hexadecimal: str | None) -> str | None:
    """The character of an escape; None when the number is that of none."""
    if punctuation:
        return punctuation
    number = int(decimal) if decimal else int(hexadecimal or "0", 16)
    return chr(number) if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else None


def escaped(text: str, also: str = "", whole: dict[int, tuple[int, str]] | None = None) -> str:
    """The text as it is written; the characters in `also` are escaped as well. `whole`: start → (end, how that stretch is written instead)."""
    composed = unicodedata.is_normalized("NFC", text)
    starts = {match.start() for match in REFERENCE_START.finditer(text)}
    written, end = [], 0
    for at, character in enumerate(text):
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if whole and at in whole:
            end, stretch = whole[at]
            written.append(stretch)
        elif at < end:
            continue
        elif _unseen(character, before, after) or not (composed or character.isascii()):
            written.append(f"&#{ord(character)};")
        elif character in also or at in starts or _means(character, before, after):
            written.append(f"\\{character}")
        else:
            written.append(character)
    return "".join(written)


def odd_character(text: str) -> str | None:
    """The first character that nobody sees, but that changes what is seen or where a line ends."""
    return next((character for character in text if _odd(character)), None)


def _odd(character: str) -> bool:
    return character in BIDI or unicodedata.category(character) in ("Cc", "Zl", "Zp")


def _means(character: str, before: str, after: str) -> bool:
    """Whether a reader would take it for the beginning of something."""
    return character == "\\" or (character == "[" and "[" in (before, after)) or (character in "&{" and after == "#")


def _unseen(character: str, before: str, after: str) -> bool:
    """Also white space that a reader of lines would take away: at an end, or after other."""
    return _odd(character) or (character.isspace() and (not before or not after or before in (" ", "\t")))
