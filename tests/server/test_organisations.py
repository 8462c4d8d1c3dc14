"""Nothing reaches from one organisation into another, and no door opens for a stranger. The doors are read from the app's own route table."""

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.routing import BaseRoute, Mount, Route

from stormlykta.app import create_app
from stormlykta.config import Settings
from stormlykta.texts.documents import document_hash
from tests.phone import Phone, new_id
from tests.server.conftest import Joined
from tests.serving import Running

PHOTO = b"\x89PNG en bild av ett tr\xc3\xa4d"
NAMES = {"incident": "A" * 22, "hash": document_hash(PHOTO), "path": "nowhere", "organisation": "x"}
ADMIN = "/api/o/{organisation}/admin/"  # those doors are walked in test_every_door.py
SYNC: dict[str, Any] = {"v": 1, "epoch": None, "offset": 0, "pull": {}, "library": ""}

# What stands open without a session, and why.
OPEN = {
    ("GET", "/healthz"): "says only that the server lives",
    ("GET", "/api/openapi.json"): "says how one speaks to it, which the source says too",
    ("POST", "/api/join"): "the code is the credential",
    ("POST", "/api/o/{organisation}/challenge"): "the same answer whoever asks",
    ("POST", "/api/o/{organisation}/session"): "the key is the credential",
}
# What a good request to each of the others is: (body, status for a member). A new route without a line here fails the test below.
KEPT: dict[tuple[str, str], tuple[object, int]] = {
    ("POST", "/api/o/{organisation}/devices"): ({"device": "B" * 22, "key": "", "name": "", "build": ""}, 400),
    ("POST", "/api/o/{organisation}/sync"): (SYNC, 200),
    ("POST", "/api/o/{organisation}/have"): ([], 200),
    ("GET", "/api/o/{organisation}/live"): (None, 200),
    ("GET", "/api/o/{organisation}/incidents"): (None, 200),
    ("GET", "/api/o/{organisation}/incidents/{incident}/export"): (None, 404),
    ("GET", "/api/o/{organisation}/library"): (None, 200),
    ("GET", "/api/o/{organisation}/documents/{hash}"): (None, 404),
    ("PUT", "/api/o/{organisation}/files/{hash}"): (PHOTO, 201),
    ("GET", "/api/o/{organisation}/files/{hash}"): (None, 200),
}


def doors(routes: Iterable[BaseRoute], before: str = "") -> set[tuple[str, str]]:
    """(method, path) of every handler that the app has."""
    found: set[tuple[str, str]] = set()
    for route in routes:
        if isinstance(route, Mount):
            found |= doors(route.routes, before + route.path)
        elif isinstance(route, Route) and not route.path.startswith(ADMIN):
            found |= {(method, before + route.path) for method in (route.methods or {"ANY"}) if method != "HEAD"}
        elif not isinstance(route, Route):
            raise AssertionError(f"a sort of route that this test does not know: {route}")
    return found


async def knock(client: httpx.AsyncClient, door: tuple[str, str], organisation: str, cookie: str | None) -> tuple[int, str]:
    """(status, error code or first bytes) of a good request at the door."""
    method, path = door
    body, _ = KEPT[door]
    content = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
    headers = {"Cookie": cookie} if cookie else {}
    async with client.stream(method, path.format(**{**NAMES, "organisation": organisation}), content=content, headers=headers) as response:
        if response.headers.get("content-type", "").startswith("text/event-stream"):
            return response.status_code, "stream"
        text = (await response.aread()).decode("utf-8", "replace")
    return response.status_code, json.loads(text)["error"]["code"] if response.status_code >= 400 else text[:20]


def cookie_of(phone: Phone) -> str:
    (cookie,) = phone.client.cookies.jar
    return f"{cookie.name}={cookie.value}"


def change(server: Running, sql: str, *values: object) -> None:
    database = sqlite3.connect(server.data / "stormlykta.db", timeout=10)
    with database:
        database.execute(sql, values)
    database.close()


def test_every_route_of_the_app_is_known_here(tmp_path: Path) -> None:
    every = doors(create_app(Settings(data=tmp_path, web=tmp_path)).routes)
    unknown = ("GET", "/api/{path:path}")
    assert unknown in every, "unknown paths under /api are refused in the same form as all else"
    assert every - {unknown} == {*OPEN, *KEPT}


@pytest.mark.parametrize("door", KEPT, ids=" ".join)
async def test_a_door_lets_in_a_member_and_nobody_else(server: Running, joined: Joined, organisation: str, door: tuple[str, str]) -> None:
    anna, nora = await joined("anna"), await joined("nora", f"grann-{organisation}")
    revoked, removed = await joined("rut"), await joined("rolf")
    if door[0] == "GET":
        await anna.client.put(f"{anna.base}/files/{NAMES['hash']}", content=PHOTO)
    change(server, "UPDATE devices SET revoked = 1 WHERE id = ?", revoked.device)
    change(server, "UPDATE members SET removed = 1 WHERE id = ?", removed.member)
    async with httpx.AsyncClient(base_url=server.url, timeout=20) as client:
        status, _ = await knock(client, door, organisation, cookie_of(anna))
        assert status == KEPT[door][1]
        for cookie in (None, "stormlykta-session=", f"{cookie_of(anna)}x", cookie_of(nora)):
            assert await knock(client, door, organisation, cookie) == (401, "session")
        assert await knock(client, door, "ingen-sadan", cookie_of(anna)) == (401, "session")
        assert await knock(client, door, organisation.upper(), cookie_of(anna)) == (401, "session")
        for stopped in (revoked, removed):
            status, said = await knock(client, door, organisation, cookie_of(stopped))
            assert status == 200 if door[1].endswith("/sync") else (status, said) == (403, "revoked"), "only the push of a stopped device is still taken"


async def test_what_another_organisation_has_is_as_if_it_were_not(server: Running, joined: Joined, organisation: str) -> None:
    server.invite("Anna", organisation)
    anna, nora = await joined("anna"), await joined("nora", f"grann-{organisation}")
    inc = new_id()
    anna.write(inc, "open", body={"title": "Hemlig", "exercise": 0})
    await anna.sync()
    await anna.client.put(f"{anna.base}/files/{NAMES['hash']}", content=PHOTO)
    library = (await anna.client.get(f"{anna.base}/library")).json()
    nowhere = new_id()
    for there, unknown in (
        (f"incidents/{inc}/export", f"incidents/{nowhere}/export"),
        (f"files/{NAMES['hash']}", f"files/{nowhere}"),
        (f"documents/{library['members']}", f"documents/{nowhere}"),
    ):
        found = await anna.client.get(f"{anna.base}/{there}")
        foreign, missing = await nora.client.get(f"{nora.base}/{there}"), await nora.client.get(f"{nora.base}/{unknown}")
        assert (found.status_code, foreign.status_code, missing.status_code) == (200, 404, 404)
        assert foreign.content == missing.content
    assert (await nora.post([inc], path="have")).json() == {inc: {}}  # type: ignore[arg-type]
    assert (await nora.client.get(f"{nora.base}/incidents")).json() == []
    assert (await nora.push([], pull={inc: 0}))["incidents"] == {}
    assert (await nora.push([], pull={}))["incidents"] == {}
    told = await nora.push([], pull={inc: 5})
    assert told["incidents"] == {inc: {"ops": [], "seals": [], "people": {}, "seq": 0, "head": 0}}


async def test_the_same_incident_id_in_two_organisations_is_two_streams(joined: Joined, organisation: str) -> None:
    anna, nora = await joined("anna"), await joined("nora", f"grann-{organisation}")
    inc = new_id()
    for number in range(3):
        anna.write(inc, "log", body=f"anna {number}")
    nora.write(inc, "log", body="nora")
    assert (await anna.sync())["results"] == [["ok", 1], ["ok", 2], ["ok", 3]]
    assert (await nora.sync())["results"] == [["ok", 1]]
    bo, nils = await joined("bo"), await joined("nils", f"grann-{organisation}")
    await bo.sync()
    await nils.sync()
    assert (bo.log(inc), nils.log(inc)) == (anna.written[inc], nora.written[inc])
    assert set(bo.people) == {anna.device}
    assert set(nils.people) == {nora.device}


async def test_a_device_of_one_organisation_is_unknown_in_another(joined: Joined, organisation: str) -> None:
    anna, nora = await joined("anna"), await joined("nora", f"grann-{organisation}")
    inc = new_id()
    anna.write(inc, "log", body="burit till fel kommun")
    assert (await nora.push(*anna.unsent()))["results"] == [["quar", "unknown-device"]]
    assert (await anna.sync())["results"] == [["ok", 1]]


async def test_one_browser_in_two_organisations_holds_two_cookies_and_two_devices_may_share_an_id(joined: Joined, organisation: str) -> None:
    anna, nora = await joined("anna"), await joined("nora", f"grann-{organisation}")
    joined_too = await nora.client.post(f"{nora.base}/devices", json=anna.introduction())
    assert joined_too.status_code == 201
    assert (await anna.sign_in()).status_code == 204
    refused = await nora.client.post(f"{anna.base}/sync", json=SYNC)
    assert refused.status_code == 401


async def test_a_poke_stays_in_its_organisation(joined: Joined, organisation: str) -> None:
    anna, nora = await joined("anna"), await joined("nora", f"grann-{organisation}")
    nils = await joined("nils", f"grann-{organisation}")
    ours, theirs = new_id(), new_id()
    async with nora.client.stream("GET", f"{nora.base}/live") as stream:
        lines = stream.aiter_lines()
        await anext(lines)
        anna.write(ours, "log", body="hos oss")
        await anna.sync()
        nils.write(theirs, "log", body="hos dem")
        await nils.sync()
        async for line in lines:
            assert ours not in line
            if line.startswith("data:"):
                assert json.loads(line[5:]) == {"incident": theirs, "seq": 1}
                break


async def test_a_file_of_the_same_name_is_kept_apart_and_checked(joined: Joined, organisation: str) -> None:
    anna, nora = await joined("anna"), await joined("nora", f"grann-{organisation}")
    path = f"files/{NAMES['hash']}"
    assert [(await anna.client.put(f"{anna.base}/{path}", content=PHOTO)).status_code for _ in range(2)] == [201, 200]
    assert (await nora.client.get(f"{nora.base}/{path}")).status_code == 404
    assert (await nora.client.put(f"{nora.base}/{path}", content=PHOTO)).status_code == 201
    wrong = await nora.client.put(f"{nora.base}/{path}", content=PHOTO + b".")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, "hash")
    got = await nora.client.get(f"{nora.base}/{path}")
    assert got.content == PHOTO
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"] == "attachment"
    assert "immutable" in got.headers["cache-control"]
    large = await nora.client.put(f"{nora.base}/files/{new_id()}", content=bytes(5 * 1024 * 1024 + 1))
    assert (large.status_code, large.json()["error"]["code"]) == (413, "size")
