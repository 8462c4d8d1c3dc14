"""A letter of self-confirmation, for whoever holds its link: what they may see of themselves, and their answer.

Rule: the token travels in a body, never in an address, so it stands in no log; a stranger learns nothing about anybody but themselves.
"""

import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec

from stormlykta import accounts
from stormlykta.connections import Transaction
from stormlykta.desk import Desk, desk
from stormlykta.errors import Problem
from stormlykta.office import letters
from stormlykta.office.letter_answers import Own, own, shown
from stormlykta.shapes import Text

Result = TypeVar("Result")
NOTE = 500
CLOSED = ("letter-unknown", "letter-recalled", "letter-used", "letter-expired", "letter-gone", "limit")


class Token(msgspec.Struct):
    token: str


class Answer(msgspec.Struct):
    """`right`, or the person as it should be, with a note and whether they have the duty no more."""

    token: str
    right: bool
    person: Own | None = None
    note: str = ""
    left: bool = False


class Opened(msgspec.Struct):
    organisation: str
    function: Text
    person: Own
    private: bool
    verified: str | None
    expires: int


@desk(may="stranger", takes=Token, gives=Opened, refuses=CLOSED)
async def open_letter(at: Desk, asked: Token) -> Opened:
    """What the holder of a link may see: their own details, and nothing else."""

    async def job(transaction: Transaction) -> Opened:
        letter, _, function, person = await letters.by_token(transaction, at.organisation, asked.token, at.now)
        await letters.see(transaction, at.organisation, letter, at.now)
        organisation = await accounts.organisation_name(transaction, at.organisation)
        return Opened(organisation, function.title, shown(own(person), person.private), person.private, person.verified, letter.expires)

    return await guessed(at, job, quiet=True)


@desk(may="stranger", takes=Answer, refuses=(*CLOSED, "letter-unchanged", "field"))
async def answer_letter(at: Desk, asked: Answer) -> None:
    """Says that all is right, which counts at once, or what is right instead, which a person at a desk reads first."""
    if len(asked.note) > NOTE or not (asked.right or asked.person is not None or asked.left):
        raise Problem("shape", f"Say what is right. A note has at most {NOTE} characters.")

    async def job(transaction: Transaction) -> None:
        if asked.right:
            await letters.confirm(transaction, at.organisation, asked.token, at.now)
        else:
            await letters.correct(transaction, at.organisation, asked.token, asked.person or Own(), asked.note.strip(), asked.left, at.now)

    await guessed(at, job)
    if asked.right:
        await at.refresh_library_calmly()


async def guessed(at: Desk, job: Callable[[Transaction], Awaitable[Result]], *, quiet: bool = False) -> Result:
    """Runs the job for a stranger; a wrong token is counted, and after too many the address waits."""
    guesses = at.state.letter_guesses
    guesses.check(at.address, time.monotonic())

    async def counted(transaction: Transaction) -> Result:
        guesses.check(at.address, time.monotonic())  # once more, here where one goes at a time
        return await job(transaction)

    try:
        return await at.write(counted, quiet=quiet)
    except Problem as problem:
        if problem.code == "letter-unknown":
            guesses.fail(at.address, time.monotonic())
        raise
