"""Parts of a library put straight into the database, for tests that are about something else than publishing."""

import sqlite3
import time
from contextlib import closing
from typing import Any

import msgspec

from stormlykta.texts.documents import document_hash
from tests.serving import Running


def put_part(server: Running, organisation: str, part: str, document: dict[str, Any]) -> None:
    """As another process would: the server sees it within a second, or when it next reads its library anew."""
    data = msgspec.json.encode(document)
    digest, now = document_hash(data), int(time.time() * 1000)
    with closing(sqlite3.connect(server.data / "stormlykta.db", timeout=10)) as database, database:
        database.execute("INSERT INTO documents VALUES (?, ?, ?, ?, NULL) ON CONFLICT DO NOTHING", (organisation, digest, data, now))
        database.execute(
            "INSERT INTO parts VALUES (?, ?, ?, ?) ON CONFLICT (organisation, part) DO UPDATE SET hash = excluded.hash", (organisation, part, digest, now)
        )


def put_contacts(server: Running, organisation: str, functions: list[dict[str, Any]]) -> None:
    put_part(server, organisation, "contacts", {"type": "contacts", "functions": functions})


def function(id: str, persons: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {"id": id, "title": {"sv": id.capitalize()}, "kind": "intern", "category": "x", "persons": persons, **more}


def person(id: str, name: str, dial: str = "", **more: Any) -> dict[str, Any]:
    return {"id": id, "name": name, "numbers": [{"number": dial, "dial": dial}] if dial else [], **more}
