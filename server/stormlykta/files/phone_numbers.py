"""A telephone number as people in Sweden write it, into what a phone dials.

Rule: pure. None when it is not surely a number: a wrong digit is found at a desk, not at 3 a.m.
Source: PTS numbering plan (8–10 digits with the leading 0, mobile numbers 10; 11x and 90x are short numbers).
"""

from __future__ import annotations

import re

SHORT = re.compile(r"11[0-9]{1,4}|90[0-9]{3}")
MOBILE = re.compile(r"07[02369][0-9]*")
FREEPHONE = re.compile(r"020[0-9]*")


def dialled(number: str) -> str | None:
    """ "070-174 06 05" → "+46701740605", "113 13" → "11313", "+46 (0)8-123 456 78" → "+46812345678"."""
    if not re.fullmatch(r"\+?[0-9 ()\-/\u00a0\u2009\u2010-\u2013]+", number):
        return None
    digits = re.sub(r"[^0-9+]", "", number.replace("(0)", "") if number.startswith(("+", "00")) else number)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if digits.startswith("+46"):
        digits = "0" + digits[3:].removeprefix("0")
    elif digits.startswith("+"):
        return digits if re.fullmatch(r"\+[1-9][0-9]{6,14}", digits) else None
    if SHORT.fullmatch(digits):
        return digits
    if not digits.startswith("0") or not 8 <= len(digits) <= 10 or digits.startswith("00"):
        return None
    if MOBILE.fullmatch(digits) and len(digits) != 10:
        return None
    if FREEPHONE.fullmatch(digits):
        return digits  # cannot be relied on with +46
    return "+46" + digits[1:]
