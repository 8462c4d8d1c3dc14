"""The register of contacts as a desk's page uses it: functions to write, and what the audit trail and the phones have of them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx

from tests.desk import DeskClient
from tests.phone import Phone


def person(name: str, number: str = "070-174 06 05", id: str = "", **more: Any) -> dict[str, Any]:
    return {"id": id, "name": name, "numbers": [{"number": number}] if number else [], **more}


def function(title: str, *persons: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"title": {"sv": title}, "kind": "intern", "category": "krisledning", "persons": list(persons), **more}


async def add(desk: DeskClient, title: str, *persons: dict[str, Any], **more: Any) -> dict[str, Any]:
    """{mark, function} of a new function."""
    response = await desk.post("contacts", {"function": function(title, *persons, **more)})
    assert response.status_code == 201, response.text
    view: dict[str, Any] = response.json()
    return view


async def save(desk: DeskClient, view: dict[str, Any], **changes: Any) -> httpx.Response:
    """The function of `view` with some fields changed."""
    return await desk.put(f"contacts/{view['function']['id']}", {"mark": view["mark"], "function": {**view["function"], **changes}})


async def listed(desk: DeskClient) -> dict[str, Any]:
    """Function id → {mark, function}, in the order of the list."""
    response = await desk.get("contacts")
    assert response.status_code == 200, response.text
    return {view["function"]["id"]: view for view in response.json()["functions"]}


async def on_phone(phone: Phone) -> list[dict[str, Any]]:
    """The functions that a phone gets."""
    manifest = (await phone.client.get(f"{phone.base}/library")).json()
    response = await phone.client.get(f"{phone.base}/documents/{manifest['contacts']}")
    assert response.status_code == 200, response.text
    functions: list[dict[str, Any]] = response.json()["functions"]
    return functions


def trail(data: Path, organisation: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(data / "stormlykta.db", timeout=10)) as database:
        rows = database.execute("SELECT deed, about, title, name, before, after FROM audit WHERE organisation = ? ORDER BY number", (organisation,)).fetchall()
    return [{"deed": row[0], "about": row[1], "title": row[2], "name": row[3], "before": json.loads(row[4]), "after": json.loads(row[5])} for row in rows]
