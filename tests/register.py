"""A small register of contacts for tests, put straight into the database as publishing does; and what the phones' document says of a person."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from stormlykta import library
from stormlykta.connections import Transaction
from stormlykta.database import Database
from stormlykta.shapes import Contacts, Function, Number, Person, Text
from tests.phone import Phone
from tests.serving import Running

KARIN = Person(
    id="karin",
    name="Karin Exempelsson",
    numbers=(Number("070-174 06 07", "+46701740607", "tjänstemobil"), Number("08-465 004 01", "+46846500401", "växel")),
    email="karin@exempelkommun.example",
    rakel="EX-003",
    address="Kommunhuset, Storgatan 1",
    verified="2026-01-02",
    verified_by="beredskapssamordnare",
    interval_days=90,
)
BO = Person(id="bo", name="Bo Provlund", numbers=(Number("070-174 06 08", "+46701740608"),), verified="2099-01-01")
HEMLIG = Person(id="leila", name="Leila Testberg", numbers=(Number("070-174 06 99", "+46701740699", "hem"),), email="leila@hemma.example", private=True)
DIRECTOR = Function(id="direktor", title=Text("Kommundirektör", "Chief executive"), kind="intern", category="krisledning", persons=(KARIN, BO))
WATER = Function(id="va-jour", title=Text("VA-jour", "Water on call"), kind="intern", category="teknik", persons=(HEMLIG,))
PUBLIC = Function(
    id="112", title=Text("Nödnummer"), kind="public", category="publik", persons=(Person(id="112-1", name="112", numbers=(Number("112", "112"),)),)
)
REGISTER = Contacts((DIRECTOR, WATER, PUBLIC))


async def put_register(data: Path, organisation: str, contacts: Contacts = REGISTER, now: int = 1) -> None:
    """From another process's side of the database, as the command line does."""

    async def job(transaction: Transaction) -> None:
        await library.put_contacts(transaction, organisation, contacts, now)

    database = await Database.open(data / "stormlykta.db")
    try:
        await database.write(job)
    finally:
        await database.close()


async def read_register(data: Path, organisation: str) -> Contacts:
    database = await Database.open(data / "stormlykta.db")
    try:
        async with database.read() as transaction:
            found = await library.get_part(transaction, organisation, "contacts")
    finally:
        await database.close()
    assert found is not None
    return msgspec.json.decode(found, type=Contacts)


async def on_the_phone(phone: Phone, person: str) -> dict[str, Any]:
    """The person as this phone gets it: the manifest, then the document that it names."""
    manifest = (await phone.client.get(f"{phone.base}/library")).json()
    document = (await phone.client.get(f"{phone.base}/documents/{manifest['contacts']}")).json()
    found: dict[str, Any] = next(one for function in document["functions"] for one in function["persons"] if one["id"] == person)
    return found


@asynccontextmanager
async def listening(phone: Phone, server: Running, organisation: str) -> AsyncIterator[Callable[[], Awaitable[str]]]:
    """`await poke()`: what the phone hears next of the library.

    What tests have written past the server has been heard first: after that only the server's own deeds can poke.
    """
    async with phone.client.stream("GET", f"{phone.base}/live") as stream:
        lines = stream.aiter_lines()

        async def poke() -> str:
            async with asyncio.timeout(15):
                while "library" not in (line := await anext(lines)):
                    pass
            return line

        await anext(lines)
        noted = structs.replace(BO, notes="larmas")
        await put_register(server.data, organisation, Contacts((structs.replace(DIRECTOR, persons=(KARIN, noted)), *REGISTER.functions[1:])))
        await poke()
        yield poke
