"""The readiness board as the phones themselves have told it: who could lead tonight, why not, what is overdue, and how the year has been."""

import asyncio
import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.desk import DeskClient
from tests.phone import Phone, new_id
from tests.server.conftest import Joined, Sat, make_code
from tests.server.published import function, person, put_contacts, put_part
from tests.serving import Running

DAY = 86_400_000
GOOD = {"build": "0.1.0+abc", "offline_ok": True, "persisted": True, "tested": 1_750_000_000_000, "unsent": 0, "oldest_unsent": 0}


def change(server: Running, sql: str, *values: object) -> list[Any]:
    with closing(sqlite3.connect(server.data / "stormlykta.db", timeout=10)) as database, database:
        return database.execute(sql, values).fetchall()


def today(days: int = 0) -> str:
    return time.strftime("%Y-%m-%d", time.localtime(time.time() + days * 86_400))


async def library_of(phone: Phone) -> str:
    return str((await phone.client.get(f"{phone.base}/library")).json()["hash"])


async def report(phone: Phone, library: str | None = None, **said: Any) -> None:
    """The phone tells of itself, as an exchange does, holding the newest library unless another is named."""
    await phone.push([], device={**GOOD, **said}, library=await library_of(phone) if library is None else library)


async def board(maria: DeskClient) -> dict[str, Any]:
    response = await maria.get("readiness")
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


async def leader(maria: DeskClient, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in (await board(maria))["leaders"] if each["name"] == name)
    return found


async def test_a_phone_that_lacks_nothing_makes_its_leader_ready(sat: Sat, joined: Joined) -> None:
    maria, anna = await sat("Maria", roles="editor"), await joined("Anna")
    await joined("Erik", roles="editor")
    await report(anna, unsent=3, oldest_unsent=1_760_000_000_000)
    shown = await board(maria)
    assert shown["figures"] == {"leaders": 1, "ready": 1, "current": 1, "practised": 0, "contacts": 0, "confirmed": None}
    (only,) = shown["leaders"]
    assert (only["name"], only["ready"], only["reasons"]) == ("Anna", True, [])
    (phone,) = only["phones"]
    assert {key: phone[key] for key in GOOD} == {**GOOD, "unsent": 3, "oldest_unsent": 1_760_000_000_000}
    assert (phone["name"], phone["library"]["current"], phone["library"]["built"] <= phone["seen"]) == ("Annas telefon", True, True)
    assert abs(phone["seen"] - time.time() * 1000) < 60_000


@pytest.mark.parametrize(
    ("said", "reasons"),
    [
        ({"offline_ok": False}, ["offline"]),
        ({"offline_ok": "ja"}, ["offline"]),
        ({"persisted": False}, ["not-lasting"]),
        ({"library": ""}, ["no-library"]),
        ({"library": "en-annan"}, ["old-library"]),
        ({"offline_ok": False, "persisted": False, "library": ""}, ["offline", "no-library", "not-lasting"]),
    ],
)
async def test_what_a_phone_lacks_is_told_and_its_leader_is_not_ready(sat: Sat, joined: Joined, said: dict[str, Any], reasons: list[str]) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    await report(anna, **said)
    found = await leader(maria, "Anna")
    assert (found["ready"], found["reasons"], found["phones"][0]["reasons"]) == (False, reasons, reasons)


async def test_a_phone_that_has_told_nothing_lacks_everything(sat: Sat, joined: Joined) -> None:
    maria = await sat("Maria")
    await joined("Anna")
    assert (await leader(maria, "Anna"))["reasons"] == ["offline", "no-library", "not-lasting"]


async def test_a_phone_not_heard_of_for_a_month_is_not_ready_and_is_when_it_speaks(server: Running, sat: Sat, joined: Joined) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    await report(anna)
    change(server, "UPDATE devices SET seen = ? WHERE id = ?", int(time.time() * 1000) - 31 * DAY, anna.device)
    assert (await leader(maria, "Anna"))["reasons"] == ["unseen"]
    await anna.push([], library=await library_of(anna))  # an exchange that says nothing of the phone
    assert (await leader(maria, "Anna"))["ready"] is True


async def test_what_it_holds_is_known_from_an_exchange_without_a_report(server: Running, sat: Sat, joined: Joined) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    await report(anna, library="gammal")
    assert (await leader(maria, "Anna"))["reasons"] == ["old-library"]
    inc = new_id()
    anna.write(inc, "log", body="en rad")
    await anna.push(*anna.unsent(), library=await library_of(anna))
    assert (await leader(maria, "Anna"))["ready"] is True
    ((kept,),) = change(server, "SELECT report FROM devices WHERE id = ?", anna.device)
    assert json.loads(kept)["tested"] == GOOD["tested"], "what it said before stays"


async def test_a_publishing_makes_phones_old_until_they_have_it_and_a_new_member_does_not(server: Running, sat: Sat, joined: Joined) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    await report(anna)
    before = (await board(maria))["manifest"]
    held = await library_of(anna)
    await maria.post("members", {"name": "Bo", "roles": ["editor"]})
    assert await library_of(anna) != held
    shown = await board(maria)
    assert (shown["leaders"][0]["ready"], shown["manifest"]["built"]) == (True, before["built"])
    put_contacts(server, maria.organisation, [function("vatten", [person("p1", "Vera")])])
    await maria.put(f"members/{anna.member}", {"name": "Anna Berg"})  # the library is read anew
    shown = await board(maria)
    assert (shown["leaders"][0]["reasons"], shown["figures"]["current"]) == (["old-library"], 0)
    assert shown["leaders"][0]["phones"][0]["library"]["built"] <= shown["manifest"]["built"]
    await report(anna)
    assert (await leader(maria, "Anna Berg"))["ready"] is True


async def test_a_new_leader_needs_the_library_with_the_secret_numbers(server: Running, sat: Sat, joined: Joined) -> None:
    maria, anna = await sat("Maria"), await joined("Anna", roles="editor")
    put_contacts(server, maria.organisation, [function("vatten", [person("p1", "Vera", "+4670", private=True)])])
    put_part(server, maria.organisation, "contacts-open", {"type": "contacts", "functions": []})
    await maria.put(f"members/{anna.member}", {"name": "Anna B"})
    await report(anna)
    await maria.put(f"members/{anna.member}", {"roles": ["leader"]})
    assert (await leader(maria, "Anna B"))["reasons"] == ["old-library"]
    await report(anna)
    assert (await leader(maria, "Anna B"))["ready"] is True


async def test_a_leader_without_a_phone_stands_there_with_their_code(server: Running, sat: Sat) -> None:
    maria = await sat("Maria", roles="admin,leader")
    make_code(server.data, maria.organisation, "Anna")
    anna, own = await leader(maria, "Anna"), await leader(maria, "Maria")
    assert (anna["reasons"], anna["phones"], anna["invited"] > time.time() * 1000) == (["no-phone"], [], True)
    assert own["invited"] is None


async def test_one_good_phone_is_enough_and_a_revoked_one_is_none(server: Running, sat: Sat, joined: Joined) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    await report(anna)
    old = await joined("Anna")
    found = await leader(maria, "Anna")
    assert (found["ready"], sorted(len(phone["reasons"]) for phone in found["phones"])) == (True, [0, 3])
    await maria.delete(f"phones/{anna.device}")
    found = await leader(maria, "Anna")
    assert (found["ready"], [phone["id"] for phone in found["phones"]]) == (False, [old.device])
    await maria.delete(f"phones/{old.device}")
    assert (await leader(maria, "Anna"))["reasons"] == ["no-phone"]


@pytest.mark.parametrize(("exercise", "days", "practised"), [(1, 0, ["Anna", "Bo"]), (0, 0, []), (1, 366, [])])
async def test_who_took_part_in_an_exercise_within_a_year_has_practised(
    server: Running, sat: Sat, joined: Joined, exercise: int, days: int, practised: list[str]
) -> None:
    maria, anna, bo = await sat("Maria"), await joined("Anna"), await joined("Bo")
    await joined("Cecilia")
    inc = new_id()
    anna.write(inc, "open", body={"title": "Stormen Vera", "exercise": exercise}, lam=1)
    await anna.sync()
    bo.write(inc, "log", body="jag är med", lam=2)
    bo.write(inc, "open", body={"title": "Stormen Vera igen", "exercise": 1 - exercise}, lam=3)
    bo.write(inc, "open", body="inte json", lam=4)
    await bo.sync()
    change(server, "UPDATE streams SET received = received - ? WHERE organisation = ?", days * DAY, maria.organisation)
    shown = await board(maria)
    assert [each["name"] for each in shown["leaders"] if each["practised"] is not None] == practised
    assert shown["figures"]["practised"] == len(practised)


async def test_contacts_are_counted_by_their_own_interval_or_the_organisations(server: Running, sat: Sat) -> None:
    maria = await sat("Maria")
    people = [
        person("p1", "Aldrig"),
        person("p2", "Nyss", verified=today(-5)),
        person("p3", "Kort", verified=today(-31), interval_days=30),
        person("p4", "Lång", verified=today(-300), interval_days=400),
        person("p5", "I tid", verified=today(-180)),
        person("p6", "För gammal", verified=today(-182)),
        person("p7", "Trasigt datum", verified="igår"),
    ]
    put_contacts(server, maria.organisation, [function("vatten", people), function("sos", [person("p9", "112")], kind="public")])
    change(server, """UPDATE organisations SET settings = '{"contact_days":181}' WHERE id = ?""", maria.organisation)
    shown = await board(maria)
    assert (shown["figures"]["contacts"], shown["figures"]["confirmed"]) == (7, 42)
    assert [each["name"] for each in shown["overdue"]["contacts"]] == ["Aldrig", "För gammal", "Kort", "Trasigt datum"]
    assert (shown["overdue"]["contacts_count"], shown["overdue"]["contacts"][0]["function"], shown["overdue"]["contacts"][0]["verified"]) == (4, "vatten", None)


async def test_roles_that_nobody_or_one_alone_holds_are_told(server: Running, sat: Sat) -> None:
    maria = await sat("Maria")
    roles = [{"id": each, "title": {"sv": each}, "task": {"sv": "x"}} for each in ("ingen", "tom", "ensam", "par", "två-ställen")]
    put_part(server, maria.organisation, "vocabulary", {"type": "vocabulary", "roles": roles, "phases": [], "sources": []})
    vera, bo = person("p1", "Vera"), person("p2", "Bo")
    functions = [function("f1", [], role="tom"), function("f2", [vera], role="ensam"), function("f3", [vera, bo], role="par")]
    put_contacts(server, maria.organisation, [*functions, function("f4", [vera], role="två-ställen"), function("f5", [bo], role="två-ställen")])
    late = (await board(maria))["overdue"]
    assert [(each["id"], each["function"]) for each in late["roles_without_holder"]] == [("ingen", None), ("tom", "f1")]
    assert [(each["id"], each["function"]) for each in late["roles_without_deputy"]] == [("ensam", "f2")]


async def test_checklists_past_their_day_are_told_unless_they_are_withdrawn(server: Running, sat: Sat) -> None:
    maria = await sat("Maria")
    publish(server, maria.organisation, "varme", [(1, today(-400)), (2, today(-1))])
    publish(server, maria.organisation, "storm", [(1, today(-30))])
    publish(server, maria.organisation, "idag", [(1, today())])
    publish(server, maria.organisation, "omgjord", [(1, today(-30)), (2, today(30))])
    publish(server, maria.organisation, "borta", [(1, today(-30))])
    change(server, "INSERT INTO withdrawals VALUES (?, 'borta', 1, 'm', 'x')", maria.organisation)
    late = (await board(maria))["overdue"]
    assert [(each["id"], each["version"], each["owner"]) for each in late["checklists"]] == [("storm", 1, "Maria Ek"), ("varme", 2, "Maria Ek")]
    assert late["checklists_count"] == 2


@pytest.mark.parametrize(("roles", "seen"), [("admin", [None, "+46701", "+46703", None]), ("admin,leader", ["+46700", "+46701", "+46703", None])])
async def test_the_number_to_text_a_leader_on_is_surely_theirs_and_a_secret_one_stays_secret(
    server: Running, sat: Sat, roles: str, seen: list[str | None]
) -> None:
    maria = await sat("Maria", roles=roles)
    people = [person("p1", "Anna", "+46700", private=True), person("p2", "Bo", "+46701"), person("p3", "C. Fors", "+46703", email="C@x.se")]
    put_contacts(server, maria.organisation, [function("a", [*people, person("p4", "David", "+46704")]), function("b", [person("p5", "David", "+46705")])])
    for name, email in [("Anna", None), ("Bo", None), ("Cecilia", "c@x.se"), ("David", None)]:
        await maria.post("members", {"name": name, "roles": ["leader"], "email": email})
    assert [each["dial"] for each in (await board(maria))["leaders"] if each["name"] != "Maria"] == seen


async def test_the_year_is_one_row_a_day_and_ends_with_today_as_it_is(server: Running, sat: Sat, joined: Joined) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    figures = {"leaders": 9, "ready": 4, "current": 5, "practised": 1, "contacts": 10, "confirmed": 50}
    for days in (-400, -200, -1):
        change(server, "INSERT INTO readiness VALUES (?, ?, ?)", maria.organisation, today(days), json.dumps(figures))
    await report(anna)
    days = (await maria.get("readiness/history")).json()
    assert [each["day"] for each in days] == [today(-200), today(-1), today()]
    assert days[0]["figures"] == figures
    assert days[-1]["figures"] == (await board(maria))["figures"]
    assert (await (await sat("Nils", organisation="grannen")).get("readiness/history")).json()[:-1] == []


async def test_the_server_counts_every_organisation_when_it_starts(tmp_path: Path) -> None:
    running = Running(tmp_path / "data").start()
    running.invite("Anna", "kommun-a")
    running.invite("Bo", "kommun-b")
    running.stop()
    running.start()
    try:
        counted = await asyncio.to_thread(rows_of_two, running)
    finally:
        running.stop()
    assert [(organisation, day, json.loads(figures)["leaders"]) for organisation, day, figures in counted] == [
        ("kommun-a", today(), 1),
        ("kommun-b", today(), 1),
    ]


def rows_of_two(running: Running) -> list[Any]:
    """What has been counted, once both organisations have."""
    deadline = time.monotonic() + 10
    while True:
        counted = change(running, "SELECT organisation, day, figures FROM readiness WHERE organisation LIKE 'kommun-%' ORDER BY organisation")
        if len(counted) == 2 or time.monotonic() > deadline:
            return counted
        time.sleep(0.05)


def publish(server: Running, organisation: str, id: str, versions: list[tuple[int, str]]) -> None:
    """Straight into the database: publishing itself is tested in test_library.py."""
    text = {"sv": id.capitalize()}
    for version, review_by in versions:
        card = {"type": "checklist", "id": id, "kind": "action-card", "edition": str(version), "order": "", "title": text, "tags": {"sv": []}, "audience": []}
        card |= {
            "owner": "Maria Ek",
            "reviewed": today(-500),
            "review_by": review_by,
            "trigger": text,
            "not_for": text,
            "goal": text,
            "immediate": [],
            "phases": [],
        }
        digest, data = f"{id}{version}", json.dumps(card)
        change(server, "INSERT INTO documents VALUES (?, ?, ?, 1, NULL)", organisation, digest, data.encode())
        change(
            server,
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?, 'action-card', '', ?, 1, 'Maria', '', NULL)",
            *(organisation, id, version, digest, id.capitalize(), review_by),
        )
