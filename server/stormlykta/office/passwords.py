"""Passwords: what is good enough, and argon2id in threads. Knows nothing of who has which.

Rule: a check takes about as long whether there is something to check against or not, and only a few go on at once: each wants 64 MB.
"""

import asyncio
import re
import secrets
import threading
import unicodedata
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from stormlykta.errors import Problem

SHORTEST = 12
LONGEST = 200
GOOD_SCORE = 3  # of 4: more than 10^8 guesses
OWN = 8  # characters that are neither names around the person nor what everybody thinks of: "Storby-2026!" has six
JUDGED = 72  # characters that zxcvbn takes
AT_ONCE = 2
# zxcvbn's lists are English; these are what a Swedish desk would think of first. The likeliest first.
LIKELY = re.findall(
    r"\w+",
    "lösenord losenord hemligt hemlig sommar sommaren vinter vintern höst hösten vår våren hejhej hejsan välkommen valkommen kommun kommunen "
    "stormlykta beredskap krisledning krispärm kris krisen säkerhet sakerhet administratör admin jultomten fotboll hockey älskar alskar mamma pappa "
    "januari februari mars april maj juni juli augusti september oktober november december "
    "måndag tisdag onsdag torsdag fredag lördag söndag sverige svensk stockholm göteborg malmö uppsala",
)
_judging = threading.Lock()  # zxcvbn keeps the words it was given in one place for all


class Hasher:
    """argon2id, a few at a time, never on the event loop."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._nobodys: bytes | None = None

    async def hash(self, password: str) -> bytes:
        async with self._turn:
            return (await asyncio.to_thread(self._hasher.hash, plain(password))).encode()

    async def matches(self, kept: bytes | None, password: str) -> bool:
        """`kept` None: there is nothing to check against, which takes as long to find out."""
        if self._nobodys is None:
            self._nobodys = await self.hash(secrets.token_urlsafe(16))
        async with self._turn:
            same = await asyncio.to_thread(self._verify, kept or self._nobodys, plain(password)[:LONGEST])
        return same and kept is not None

    def is_dated(self, kept: bytes) -> bool:
        """Made with other parameters than today's: to be hashed anew at the next good sign-in."""
        return self._hasher.check_needs_rehash(kept.decode())

    def _verify(self, kept: bytes, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


async def check(password: str, known: Iterable[str]) -> None:
    """Raises Problem("password", reason=…): short, long, known (the person's or organisation's own words), common, easy. `known`: names around it."""
    said = plain(password)
    if len(said) < SHORTEST:
        raise Problem("password", reason="short", least=SHORTEST)
    if len(said) > LONGEST:
        raise Problem("password", reason="long", most=LONGEST)
    reason = await asyncio.to_thread(judge, said, [*pieces(known), *LIKELY])
    if reason:
        raise Problem("password", reason=reason)


def judge(password: str, words: list[str]) -> str | None:
    """Why it is easy to guess, or None."""
    own = password.casefold()
    for word in sorted(words, key=len, reverse=True):
        own = own.replace(word, "") if len(word) > 2 else own
    if len(own) < min(OWN, len(password)):
        return "known"
    with _judging:
        found = zxcvbn(password[:JUDGED], user_inputs=words)
    if found["score"] >= GOOD_SCORE:
        return None
    lists = {match.get("dictionary_name") for match in found["sequence"] if match["pattern"] == "dictionary"}
    if "user_inputs" in lists:
        return "known"
    return "common" if lists else "easy"


def pieces(known: Iterable[str]) -> list[str]:
    """Names and addresses, whole and in parts: "Maria Ek", "maria", "ek", "mariaek", "maria.ek"."""
    found: dict[str, None] = {}
    for each in known:
        whole = each.casefold().strip()
        parts = [part for part in re.split(r"[^\w]+", whole) if part]
        for word in (whole, "".join(parts), ".".join(parts), *parts):
            if len(word) > 1:
                found[word] = None
    return list(found)


def plain(password: str) -> str:
    """The same password typed on another machine is the same text."""
    return unicodedata.normalize("NFC", password)
