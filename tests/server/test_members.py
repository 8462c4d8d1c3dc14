"""Members and phones at the desk: added, changed, removed, revoked, always with an administrator left and nothing of theirs lost."""

import asyncio
import json
import sqlite3
import time
from contextlib import closing
from typing import Any

import pytest

from tests.desk import DeskClient
from tests.phone import new_id
from tests.server.conftest import Joined, Sat, make_code
from tests.server.published import put_contacts
from tests.serving import Running


def code_of(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


def rows(server: Running, sql: str, *values: object) -> list[Any]:
    with closing(sqlite3.connect(server.data / "stormlykta.db", timeout=10)) as database, database:
        return database.execute(sql, values).fetchall()


async def member(maria: DeskClient, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in (await maria.get("members")).json()["members"] if each["name"] == name)
    return found


async def add(maria: DeskClient, name: str, roles: tuple[str, ...] = ("leader",), email: str | None = None) -> str:
    response = await maria.post("members", {"name": name, "roles": list(roles), "email": email})
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


def deeds(server: Running, maria: DeskClient) -> list[tuple[str, str]]:
    return [(deed, title) for deed, title in rows(server, "SELECT deed, title FROM audit WHERE organisation = ? ORDER BY number", maria.organisation)]


async def test_a_member_is_added_and_is_on_every_phone_and_in_the_trail(server: Running, sat: Sat, joined: Joined) -> None:
    maria, bo = await sat("Maria"), await joined("Bo")
    await add(maria, "  Anna Berg\u202e ", ("admin", "leader"), " Anna@Exempel.example ")
    anna = await member(maria, "Anna Berg")
    assert (anna["email"], anna["roles"]) == ("anna@exempel.example", ["leader", "admin"])
    assert (anna["phones"], anna["invitation"], anna["desk"]) == ([], None, {"credentials": 0, "last": None})
    manifest = (await bo.client.get(f"{bo.base}/library")).json()
    names = [each["name"] for each in (await bo.client.get(f"{bo.base}/documents/{manifest['members']}")).json()["members"]]
    assert sorted(names) == ["Anna Berg", "Bo", "Maria"]
    assert deeds(server, maria) == [("member.added", "Anna Berg")]


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("name", " \u202e ", "empty"),
        ("name", "A" * 81, "long"),
        ("email", "anna@", "email"),
        ("email", "a b@c.se", "email"),
        ("roles", [], "empty"),
        ("roles", ["chef"], "unknown"),
    ],
)
async def test_what_can_not_be_kept_is_refused_field_by_field(sat: Sat, field: str, value: Any, why: str) -> None:
    maria = await sat("Maria")
    before = (await maria.get("members")).json()
    refused = await maria.post("members", {"name": "Anna", "roles": ["leader"], field: value})
    assert code_of(refused) == (422, "field")
    assert refused.json()["fields"] == {field: why}
    assert (await maria.put(f"members/{maria.member}", {field: value})).json()["fields"] == {field: why}
    assert (await maria.get("members")).json() == before


async def test_an_address_is_one_persons_and_is_free_again_when_they_are_removed(sat: Sat) -> None:
    maria = await sat("Maria")
    anna = await add(maria, "Anna", email="anna@exempel.example")
    refused = await maria.post("members", {"name": "Anna B", "roles": ["leader"], "email": "ANNA@exempel.example"})
    assert code_of(refused) == (409, "taken")
    assert refused.json()["by"] == "Anna"
    assert (await maria.put(f"members/{anna}", {"email": "Anna@exempel.example", "name": "Anna Berg"})).status_code == 204
    assert code_of(await maria.put(f"members/{maria.member}", {"email": "anna@exempel.example"})) == (409, "taken")
    await maria.delete(f"members/{anna}")
    assert (await maria.put(f"members/{maria.member}", {"email": "anna@exempel.example"})).status_code == 204


async def test_the_last_administrator_stays_one(server: Running, sat: Sat) -> None:
    maria = await sat("Maria")
    await add(maria, "Erik", ("editor", "leader"))
    for refused in (await maria.put(f"members/{maria.member}", {"roles": ["editor"]}), await maria.delete(f"members/{maria.member}")):
        assert code_of(refused) == (409, "last-admin")
    assert (await member(maria, "Maria"))["roles"] == ["admin"]
    nils = await add(maria, "Nils", ("admin",))
    await maria.delete(f"members/{nils}")
    assert code_of(await maria.delete(f"members/{maria.member}")) == (409, "last-admin"), "one who is removed does not count"
    await add(maria, "Sara", ("admin",))
    assert (await maria.put(f"members/{maria.member}", {"roles": ["leader"]})).status_code == 204
    assert code_of(await maria.get("members")) == (403, "role")
    ((after,),) = rows(server, "SELECT after FROM audit WHERE organisation = ? ORDER BY number DESC LIMIT 1", maria.organisation)
    assert json.loads(after) == {"roles": ["leader"]}


async def test_a_change_of_roles_is_felt_at_the_next_contact(sat: Sat, joined: Joined) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    erik = await sat("Erik", roles="editor")
    await maria.put(f"members/{anna.member}", {"roles": ["editor"]})
    await maria.put(f"members/{erik.member}", {"roles": ["leader"]})
    anna.write(new_id(), "log", body="får inte längre")
    assert (await anna.push(*anna.unsent()))["results"] == [["quar", "role"]]
    assert code_of(await erik.get("me")) == (403, "role")


async def test_who_is_removed_is_out_everywhere_and_what_they_had_unsent_is_taken(server: Running, sat: Sat, joined: Joined) -> None:
    maria, bo = await sat("Maria"), await joined("Bo")
    anna = await joined("Anna", roles="editor,leader")
    seat = await sat("Anna", roles="editor,leader")
    code = (await maria.post(f"members/{anna.member}/invite")).json()["code"]
    inc = new_id()
    anna.write(inc, "log", body="skrivet utan nät")
    async with anna.client.stream("GET", f"{anna.base}/live") as stream:
        lines = stream.aiter_lines()
        await anext(lines)
        assert (await maria.delete(f"members/{anna.member}")).status_code == 204
        async with asyncio.timeout(5):
            assert [line async for line in lines if line.startswith('data: {"incident"')] == []
    answer = await anna.push(*anna.unsent(), pull={})
    assert (answer["results"], answer["revoked"], answer["incidents"]) == ([["quar", "member"]], True, {})
    assert [verdict for *_, verdict in (await bo.push([], pull={}))["incidents"][inc]["ops"]] == ["quar:member"]
    assert code_of(await seat.get("me")) == (401, "session")
    assert rows(server, "SELECT 1 FROM seats WHERE member = ? AND ended IS NULL", anna.member) == []
    assert code_of(await bo.client.post("/api/join", json={"code": code, **anna.introduction()})) == (404, "code")
    register = (await maria.get("members")).json()
    assert "Anna" not in {each["name"] for each in register["members"]}
    ((gone),) = register["gone"]
    assert (gone["name"], [phone["name"] for phone in gone["phones"]]) == ("Anna", ["Annas telefon"])
    assert gone["phones"][0]["seen"] > gone["removed"], "the board can tell that the phone has been told"
    assert code_of(await maria.put(f"members/{anna.member}", {"name": "Anna igen"})) == (404, "not-found")
    assert deeds(server, maria)[-1] == ("member.removed", "Anna")


async def test_a_new_code_voids_the_older_ones_and_lets_a_phone_in(server: Running, sat: Sat, joined: Joined) -> None:
    maria, bo = await sat("Maria"), await joined("Bo")
    anna = await add(maria, "Anna")
    first, second = [(await maria.post(f"members/{anna}/invite")).json() for _ in range(2)]
    assert second["link"] == f"{server.url}/#/gamed/{second['code']}"
    assert 6.9 < (second["expires"] - time.time() * 1000) / 86_400_000 <= 7
    assert (await member(maria, "Anna"))["invitation"] == {"created": second["expires"] - 7 * 86_400_000, "expires": second["expires"], "used": None}
    introduction = {**bo.introduction(), "device": new_id(), "name": "Annas nya"}
    assert code_of(await bo.client.post("/api/join", json={"code": first["code"], **introduction})) == (404, "code")
    assert (await bo.client.post("/api/join", json={"code": second["code"], **introduction})).json()["member"]["name"] == "Anna"
    found = await member(maria, "Anna")
    assert [phone["name"] for phone in found["phones"]] == ["Annas nya"]
    assert found["invitation"]["used"] is not None
    assert (await maria.post(f"members/{anna}/invite")).status_code == 201, "one more phone"
    assert (await member(maria, "Anna"))["phones"][0]["revoked"] is None


async def test_the_code_is_nowhere_in_the_database_nor_in_the_log(server: Running, sat: Sat) -> None:
    maria = await sat("Maria")
    code = (await maria.post(f"members/{await add(maria, 'Anna')}/invite")).json()["code"]
    kept = b"".join(path.read_bytes() for path in server.data.glob("stormlykta.db*"))
    assert code.encode() not in kept
    assert code not in server.log.read_text()


async def test_a_revoked_phone_is_cut_off_at_once_and_its_unsent_work_is_taken(server: Running, sat: Sat, joined: Joined) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    inc = new_id()
    anna.write(inc, "log", body="skrivet utan nät")
    async with anna.client.stream("GET", f"{anna.base}/live") as stream:
        lines = stream.aiter_lines()
        put_contacts(server, maria.organisation, [])
        async for line in lines:
            if "library" in line:  # the server has just looked for what others have written, and does so again in a second
                break
        assert (await maria.delete(f"phones/{anna.device}")).status_code == 204
        async with asyncio.timeout(0.9):
            async for _ in lines:
                pass
    (phone,) = (await member(maria, "Anna"))["phones"]
    assert phone["revoked"] is not None
    assert phone["seen"] < phone["revoked"], "it has not been told"
    answer = await anna.push(*anna.unsent())
    assert (answer["results"], answer["revoked"]) == ([["quar", "revoked"]], True)
    (phone,) = (await member(maria, "Anna"))["phones"]
    assert phone["seen"] >= phone["revoked"]
    assert (await maria.delete(f"phones/{anna.device}")).status_code == 204
    assert (await member(maria, "Anna"))["phones"][0]["revoked"] == phone["revoked"], "once more changes nothing"
    assert deeds(server, maria)[0] == ("phone.revoked", "Anna: Annas telefon")


async def test_a_phone_is_called_what_the_desk_says(server: Running, sat: Sat, joined: Joined) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    assert (await maria.put(f"phones/{anna.device}", {"name": " Jourtelefonen \u0007"})).status_code == 204
    assert (await member(maria, "Anna"))["phones"][0]["name"] == "Jourtelefonen"
    assert code_of(await maria.put(f"phones/{anna.device}", {"name": " "})) == (422, "field")
    assert code_of(await maria.put(f"phones/{new_id()}", {"name": "x"})) == (404, "not-found")
    assert code_of(await maria.delete(f"phones/{new_id()}")) == (404, "not-found")


async def test_another_organisations_people_and_phones_are_not_there(sat: Sat, joined: Joined) -> None:
    nils = await sat("Nils", organisation="grannen")
    anna = await joined("Anna")
    for response in (
        await nils.put(f"members/{anna.member}", {"name": "x"}),
        await nils.delete(f"members/{anna.member}"),
        await nils.post(f"members/{anna.member}/invite"),
        await nils.put(f"phones/{anna.device}", {"name": "x"}),
        await nils.delete(f"phones/{anna.device}"),
    ):
        assert code_of(response) == (404, "not-found")
    assert {each["name"] for each in (await nils.get("members")).json()["members"]} == {"Nils"}


async def test_only_administrators_look_after_members(sat: Sat) -> None:
    erik = await sat("Erik", roles="editor")
    for response in (await erik.get("members"), await erik.post("members", {"name": "x", "roles": ["leader"]}), await erik.delete(f"members/{erik.member}")):
        assert code_of(response) == (403, "role")


async def test_a_register_of_five_thousand_is_told_whole(server: Running, sat: Sat) -> None:
    maria = await sat("Maria")
    with closing(sqlite3.connect(server.data / "stormlykta.db", timeout=10)) as database, database:
        many = [(maria.organisation, f"m{number:05}", f"Person {number}", "leader") for number in range(5000)]
        database.executemany("INSERT INTO members (organisation, id, name, roles) VALUES (?, ?, ?, ?)", many)
    response = await maria.get("members")
    assert len(response.json()["members"]) == 5001


async def test_who_sits_at_a_desk_is_seen_in_the_register(server: Running, sat: Sat) -> None:
    maria = await sat("Maria")
    rows(server, "INSERT INTO credentials VALUES (?, 'c', ?, 'password', 'Lösenord', x'00', 0, 1, NULL)", maria.organisation, maria.member)
    desk = (await member(maria, "Maria"))["desk"]
    assert desk["credentials"] == 1
    assert abs(desk["last"] - time.time() * 1000) < 60_000


async def test_a_code_of_the_command_line_and_one_of_the_desk_are_of_the_same_sort(server: Running, sat: Sat) -> None:
    maria = await sat("Maria")
    make_code(server.data, maria.organisation, "Anna")
    assert (await member(maria, "Anna"))["invitation"]["used"] is None
