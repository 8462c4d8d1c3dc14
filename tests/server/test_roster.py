"""The duty roster through the real door: read in from a file after a dry run, swapped, and on the phones."""

import asyncio
import sqlite3
import time
from contextlib import closing
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from stormlykta.files.roster_times import spoken
from tests.desk import DeskClient
from tests.phone import Phone
from tests.register import listening, put_register
from tests.server.conftest import Joined, Sat
from tests.serving import Running

ZONE = ZoneInfo("Europe/Stockholm")
MONDAY = date.today() - timedelta(days=date.today().weekday())
HEADINGS = "funktion;person;från;till\n"


@pytest.fixture
async def maria(sat: Sat, server: Running, organisation: str) -> DeskClient:
    clerk = await sat("Maria", roles="editor")
    await put_register(server.data, organisation)
    return clerk


def at(week: int, day: int = 0, hour: int = 8) -> int:
    """ms; week 0 is this one."""
    on = MONDAY + timedelta(days=7 * week + day)
    return int(datetime(on.year, on.month, on.day, hour, tzinfo=ZONE).timestamp() * 1000)


def row(function: str, person: str, start: int, end: int) -> str:
    return f"{function};{person};{spoken(start)};{spoken(end)}\n"


def weeks(function: str, *persons: str, first: int = 0) -> str:
    return "".join(row(function, person, at(first + n), at(first + n + 1)) for n, person in enumerate(persons) if person)


async def dry(clerk: DeskClient, rows: str, **query: str) -> dict[str, Any]:
    response = await clerk.post("roster/import", content=(HEADINGS + rows).encode(), params={"dry": "1", **query})
    assert response.status_code == 200, response.text
    plan: dict[str, Any] = response.json()
    return plan


async def bring(clerk: DeskClient, rows: str, **query: str) -> dict[str, Any]:
    mark = (await clerk.get("roster")).json()["mark"]
    response = await clerk.post("roster/import", content=(HEADINGS + rows).encode(), params={"mark": mark, **query})
    assert response.status_code == 200, response.text
    done: dict[str, Any] = response.json()
    return done


async def change(clerk: DeskClient, *changes: dict[str, Any]) -> httpx.Response:
    return await clerk.put("roster/shifts", {"mark": (await clerk.get("roster")).json()["mark"], "changes": list(changes)})


async def held(clerk: DeskClient, function: str = "direktor") -> list[tuple[str, int, int]]:
    shifts = (await clerk.get("roster")).json()["shifts"]
    return [(shift["name"].split()[0], shift["from"], shift["to"]) for shift in shifts if shift["function"] == function]


async def on_the_phone(phone: Phone) -> dict[str, Any]:
    manifest = (await phone.client.get(f"{phone.base}/library")).json()
    assert manifest["roster"]
    document: dict[str, Any] = (await phone.client.get(f"{phone.base}/documents/{manifest['roster']}")).json()
    return document


def code(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


def counted(plan: dict[str, Any]) -> dict[str, int]:
    return {fate: count for fate, count in plan["counts"].items() if count}


async def test_a_roster_is_shown_dry_then_read_in_and_every_phone_gets_it(maria: DeskClient, joined: Joined) -> None:
    anna = await joined("Anna")
    rows = weeks("Kommundirektör", "Karin Exempelsson", "Bo Provlund", "Inhyrd Konsult")
    plan = await dry(maria, rows)
    assert counted(plan) == {"new": 3}
    assert (await maria.get("roster")).json()["shifts"] == []
    assert (await anna.client.get(f"{anna.base}/library")).json()["roster"] == ""
    await bring(maria, rows)
    roster = await on_the_phone(anna)
    assert (roster["type"], roster["by"]) == ("roster", "Maria")
    assert abs(roster["made"] - time.time() * 1000) < 60_000
    assert roster["shifts"] == [
        {"function": "direktor", "person": "karin", "name": "Karin Exempelsson", "from": at(0), "to": at(1)},
        {"function": "direktor", "person": "bo", "name": "Bo Provlund", "from": at(1), "to": at(2)},
        {"function": "direktor", "name": "Inhyrd Konsult", "from": at(2), "to": at(3)},
    ]


async def test_a_phone_that_listens_is_poked_by_a_file_and_by_a_swap(maria: DeskClient, joined: Joined, server: Running, organisation: str) -> None:
    anna = await joined("Anna")
    async with listening(anna, server, organisation) as poke:
        await bring(maria, weeks("direktor", "bo"))
        first = await poke()
        await change(maria, {"do": "swap", "shift": 0, "person": "karin"})
        assert await poke() != first


async def test_the_plan_tells_new_changed_removed_and_unchanged(maria: DeskClient) -> None:
    await bring(maria, weeks("direktor", "karin", "bo", "karin", "bo") + weeks("va-jour", "leila"))
    plan = await dry(maria, weeks("direktor", "karin", "karin", "", "bo", "bo"))
    assert counted(plan) == {"new": 1, "changed": 1, "removed": 1, "unchanged": 2}
    told = {each["fate"]: each for each in plan["rows"]}
    assert (told["changed"]["before"], told["changed"]["name"], told["changed"]["from"]) == ("Bo Provlund", "Karin Exempelsson", at(1))
    assert (told["removed"]["name"], told["removed"]["why"][0]["sv"]) == ("Karin Exempelsson", "Står inte i filen.")
    await bring(maria, weeks("direktor", "karin", "karin", "", "bo", "bo"))
    assert [name for name, _, _ in await held(maria)] == ["Karin", "Karin", "Bo", "Bo"]
    assert await held(maria, "va-jour") == [("Leila", at(0), at(1))]  # a function that the file does not speak of


async def test_a_file_leaves_alone_what_lies_before_and_after_it_and_cuts_what_lies_over_its_edge(maria: DeskClient) -> None:
    await bring(maria, weeks("direktor", "karin") + row("direktor", "bo", at(1), at(4)) + weeks("direktor", "karin", first=6))
    plan = await dry(maria, weeks("direktor", "karin", "karin", first=2))
    assert counted(plan) == {"new": 2, "changed": 1}
    await bring(maria, weeks("direktor", "karin", "karin", first=2))
    assert await held(maria) == [("Karin", at(0), at(1)), ("Bo", at(1), at(2)), ("Karin", at(2), at(3)), ("Karin", at(3), at(4)), ("Karin", at(6), at(7))]


async def test_a_swap_made_in_the_app_is_not_undone_by_the_next_file_unless_the_clerk_says_so(maria: DeskClient) -> None:
    rows = weeks("direktor", "karin", "karin")
    await bring(maria, rows)
    await change(maria, {"do": "swap", "shift": 1, "person": "bo"})
    plan = await dry(maria, rows)
    assert counted(plan) == {"unchanged": 2}
    assert [each["why"][0]["sv"] for each in plan["rows"]] == ["Ett byte i appen behålls: Bo Provlund."]
    await bring(maria, rows)
    assert [name for name, _, _ in await held(maria)] == ["Karin", "Bo"]
    await bring(maria, rows, swaps="drop")
    assert [name for name, _, _ in await held(maria)] == ["Karin", "Karin"]


async def test_a_faulty_file_writes_nothing_and_with_its_faults_left_out_takes_nothing_away(maria: DeskClient) -> None:
    await bring(maria, weeks("direktor", "karin", "bo", "karin"))
    rows = weeks("direktor", "bo") + row("direktor", "", at(1), at(2)) + weeks("direktor", "bo", first=2)
    plan = await dry(maria, rows)
    assert counted(plan) == {"changed": 2, "faulty": 1}
    faulty = next(each for each in plan["rows"] if each["fate"] == "faulty")
    assert (faulty["row"], faulty["why"]) == (3, [{"sv": "Det framgår inte vem som är i tjänst.", "en": "It is not clear who is on duty."}])
    response = await maria.post("roster/import", content=(HEADINGS + rows).encode(), params={"mark": plan["mark"]})
    assert code(response) == (422, "roster-faulty")
    assert [name for name, _, _ in await held(maria)] == ["Karin", "Bo", "Karin"]
    await bring(maria, rows, rest="1")
    assert [name for name, _, _ in await held(maria)] == ["Bo", "Bo", "Bo"]  # the middle week, whose row was faulty, is as it was


async def test_a_file_that_is_none_says_so_and_changes_nothing(maria: DeskClient) -> None:
    plan = await dry(maria, "")
    assert (plan["stops"], plan["told"][0][1]["sv"]) == (True, "Filen har inga pass.")
    assert code(await maria.post("roster/import", content=b"\x00\x01", params={"mark": ""})) == (422, "roster-faulty")
    assert code(await maria.post("roster/import", content=b"x" * (1024 * 1024 + 1), params={"dry": "1"})) == (413, "size")
    assert code(await maria.post("roster/import", content=b"x", params={"dry": "1", "changes": "måndag"})) == (400, "shape")
    assert code(await maria.post("roster/import", content=b"x", params={"dry": "1", "function": "finns-inte"})) == (404, "not-found")


async def test_a_file_read_in_against_a_roster_that_has_changed_since_is_refused(maria: DeskClient) -> None:
    plan = await dry(maria, weeks("direktor", "karin"))
    await bring(maria, weeks("direktor", "bo"))
    response = await maria.post("roster/import", content=(HEADINGS + weeks("direktor", "karin")).encode(), params={"mark": plan["mark"]})
    assert code(response) == (409, "conflict")
    assert [name for name, _, _ in await held(maria)] == ["Bo"]


async def test_a_calendar_is_read_in_by_the_same_door(maria: DeskClient) -> None:
    start = spoken(at(1)).replace("-", "").replace(":", "").replace(" ", "T") + "00"
    event = f"BEGIN:VEVENT\nUID:1\nSUMMARY:VA-jour: Bo Provlund\nDTSTART:{start}\nDURATION:P7D\nRRULE:FREQ=WEEKLY;COUNT=3\nEND:VEVENT\n"
    ics = f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n"
    response = await maria.post("roster/import", content=ics.encode(), params={"mark": ""})
    assert response.status_code == 200, response.text
    assert [(name, start) for name, start, _ in await held(maria, "va-jour")] == [("Bo", at(1)), ("Bo", at(2)), ("Bo", at(3))]


async def test_a_shift_is_swapped_and_the_trail_says_by_whom(maria: DeskClient, server: Running, organisation: str) -> None:
    await bring(maria, weeks("direktor", "karin", "bo"))
    view = (await change(maria, {"do": "swap", "shift": 0, "person": "bo"})).json()
    assert [(shift["person"], shift.get("swapped")) for shift in view["shifts"]] == [("bo", True), ("bo", None)]
    with closing(sqlite3.connect(server.data / "stormlykta.db")) as database:
        rows = database.execute("SELECT name, deed, before, after FROM audit WHERE organisation = ? ORDER BY number", (organisation,)).fetchall()
    assert rows[-1] == ("Maria", "roster.swapped", '{"name":"Karin Exempelsson"}', '{"name":"Bo Provlund"}')
    assert rows[0][1] == "roster.imported"


async def test_somebody_takes_a_weekend_of_anothers_week(maria: DeskClient) -> None:
    await bring(maria, weeks("direktor", "karin", "karin"))
    response = await change(maria, {"do": "add", "function": "direktor", "person": "bo", "from": at(0, 5), "to": at(1, 1), "instead": True})
    assert response.status_code == 200
    assert await held(maria) == [("Karin", at(0), at(0, 5)), ("Bo", at(0, 5), at(1, 1)), ("Karin", at(1, 1), at(2))]


async def test_many_changes_are_made_together_or_not_at_all(maria: DeskClient) -> None:
    await bring(maria, weeks("direktor", "karin", "bo"))
    before = await held(maria)
    refused = await change(maria, {"do": "remove", "shift": 0}, {"do": "swap", "shift": 9, "person": "bo"})
    assert (code(refused), await held(maria)) == ((404, "not-found"), before)
    undone = ({"do": "remove", "shift": 0}, {"do": "add", "function": "direktor", "name": "Inhyrd  Konsult", "from": at(0), "to": at(1)})
    assert (await change(maria, *undone)).status_code == 200
    assert [name for name, _, _ in await held(maria)] == ["Inhyrd", "Bo"]


async def test_two_who_change_at_once_do_not_undo_each_other(maria: DeskClient, sat: Sat) -> None:
    erik = await sat("Erik", roles="editor")
    await bring(maria, weeks("direktor", "karin", "karin"))
    mark = (await maria.get("roster")).json()["mark"]
    bodies = [{"mark": mark, "changes": [{"do": "swap", "shift": shift, "person": "bo"}]} for shift in (0, 1)]
    answers = await asyncio.gather(maria.put("roster/shifts", bodies[0]), erik.put("roster/shifts", bodies[1]))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert sorted(name for name, _, _ in await held(maria)) == ["Bo", "Karin"]


@pytest.mark.parametrize(
    ("deed", "fields"),
    [
        ({"do": "swap", "shift": 0, "person": "finns-inte"}, {"person": "unknown"}),
        ({"do": "swap", "shift": 0, "name": "  "}, {"name": "empty"}),
        ({"do": "swap", "shift": 0, "name": "x" * 121}, {"name": "long"}),
        ({"do": "swap", "shift": 0, "name": "Bo\u202e"}, {"name": "odd"}),
        ({"do": "add", "function": "112", "person": "bo", "from": 0, "to": 1}, {"function": "unknown", "from": "far"}),
        ({"do": "add", "function": "direktor", "person": "bo", "from": 2, "to": 1}, {"to": "order", "from": "far"}),
    ],
)
async def test_a_change_that_will_not_do_says_which_field(maria: DeskClient, deed: dict[str, Any], fields: dict[str, str]) -> None:
    await bring(maria, weeks("direktor", "karin"))
    response = await change(maria, deed)
    assert (code(response), response.json()["fields"]) == ((422, "field"), fields)
    assert [name for name, _, _ in await held(maria)] == ["Karin"]


@pytest.mark.parametrize("changes", [[], [{"do": "explode"}], [{"do": "remove"}], [{"do": "remove", "shift": 0}] * 201])
async def test_a_change_in_the_wrong_form_is_refused(maria: DeskClient, changes: list[dict[str, Any]]) -> None:
    assert code(await maria.put("roster/shifts", {"mark": "", "changes": changes})) == (400, "shape")


async def test_five_thousand_shifts_are_the_most_and_what_ended_long_ago_is_left_out(maria: DeskClient, server: Running, organisation: str) -> None:
    rows = "".join(row("direktor", "bo", at(0) + n * 60_000, at(0) + (n + 1) * 60_000) for n in range(4_990))
    plan = await dry(maria, row("va-jour", "bo", at(-12), at(-11)) + row("va-jour", "bo", at(-1), at(0)))
    assert (counted(plan), plan["told"][0][1]["sv"]) == ({"new": 1}, "1 pass slutade för mer än 60 dagar sedan och läses inte in.")
    await bring(maria, rows)
    mark = (await maria.get("roster")).json()["mark"]
    many = HEADINGS + "".join(row("va-jour", "bo", at(0) + n * 60_000, at(0) + (n + 1) * 60_000) for n in range(11))
    assert code(await maria.post("roster/import", content=many.encode(), params={"mark": mark})) == (413, "size")
    assert len(await held(maria)) == 4_990


async def test_the_roster_tells_whom_one_can_choose_from(maria: DeskClient) -> None:
    functions = (await maria.get("roster")).json()["functions"]
    assert [function["id"] for function in functions] == ["direktor", "va-jour"]  # nobody is on duty for a public number
    assert functions[0]["persons"] == [{"id": "karin", "name": "Karin Exempelsson"}, {"id": "bo", "name": "Bo Provlund"}]


async def test_only_editors_see_and_change_the_roster(maria: DeskClient, sat: Sat) -> None:
    nils = await sat("Nils", roles="leader")
    assert code(await nils.get("roster")) == (403, "role")
    async with httpx.AsyncClient(base_url=str(maria.client.base_url)) as stranger:
        assert code(await stranger.get(maria.url("roster"))) == (401, "session")
        assert code(await stranger.post(maria.url("roster/import"), content=b"x")) == (401, "session")
