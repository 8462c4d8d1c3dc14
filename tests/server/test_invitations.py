"""Many are invited at once: understood before anything is written, made whole or not at all, each with a code that works."""

import asyncio
import re
from typing import Any

import pytest
import segno

from stormlykta.office.qrcodes import QUIET, draw
from tests.desk import DeskClient
from tests.phone import Phone
from tests.server.conftest import Joined, Sat
from tests.server.published import function, person, put_contacts
from tests.server.test_members import add, code_of, member
from tests.serving import Running

PRIVATE = person("p2", "Karin Hemlig", "+4670", email="karin@exempel.example", private=True)
OPEN = person("p1", "Oskar Öppen", email="Oskar@exempel.example")


def squares(path: str, size: int) -> list[list[bool]]:
    """The path drawn on squared paper."""
    paper = [[False] * size for _ in range(size)]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path):
        for column in range(int(x), int(x) + int(width)):
            paper[int(y)][column] = True
    return paper


async def finished(maria: DeskClient, started: Any) -> dict[str, Any]:
    assert started.status_code == 202, started.text
    while True:
        job: dict[str, Any] = (await maria.get(f"jobs/{started.json()['job']}")).json()
        if job["state"] != "running":
            return job
        await asyncio.sleep(0.02)


async def names(maria: DeskClient) -> list[str]:
    return sorted(each["name"] for each in (await maria.get("members")).json()["members"])


async def test_pasted_people_get_a_sheet_each_and_can_join_by_it(server: Running, sat: Sat, joined: Joined) -> None:
    maria, bo = await sat("Maria"), await joined("Bo")
    await add(maria, "Cecilia", ("editor",))
    job = await finished(maria, await maria.post("invitations", {"lines": "namn;e-post\nAnna Berg;anna@exempel.example\nCecilia;c@exempel.example\nBo"}))
    assert (job["state"], job["done"], job["of"]) == ("done", 3, 3)
    sheets = job["result"]["sheets"]
    assert [sheet["name"] for sheet in sheets] == ["Anna Berg", "Cecilia", "Bo"]
    assert await names(maria) == ["Anna Berg", "Bo", "Cecilia", "Maria"], "who is a member is not made one more"
    anna, cecilia = await member(maria, "Anna Berg"), await member(maria, "Cecilia")
    assert (anna["roles"], anna["email"]) == (["leader"], "anna@exempel.example")
    assert (cecilia["roles"], cecilia["email"]) == (["editor"], "c@exempel.example")
    assert [sheet["email"] for sheet in sheets] == ["anna@exempel.example", "c@exempel.example", ""]
    for sheet in sheets:
        phone = Phone(sheet["name"], bo.client)
        assert (await phone.join(sheet["code"])).json()["member"]["name"] == sheet["name"]
        assert sheet["link"].endswith(f"/#/gamed/{sheet['code']}")
        matrix = [list(map(bool, row)) for row in segno.make(sheet["link"], error="m", micro=False).matrix]
        size, path = sheet["qr"]
        assert [row[QUIET:-QUIET] for row in squares(path, size)[QUIET:-QUIET]] == matrix


def test_a_drawn_code_has_its_quiet_zone() -> None:
    code = draw("https://kris.example/#/gamed/AAAA1111")
    drawn = squares(code.path, code.size)
    assert not any(any(row) for row in drawn[:QUIET] + drawn[-QUIET:])
    assert not any(any(row[:QUIET] + row[-QUIET:]) for row in drawn)


async def test_a_list_with_a_faulty_line_invites_nobody_and_says_which(sat: Sat) -> None:
    maria = await sat("Maria")
    refused = await maria.post("invitations", {"lines": "Anna\nBo;bo@\n"})
    assert code_of(refused) == (422, "field")
    assert refused.json()["faults"] == [[2, "Bo;bo@", "email"]]
    assert await names(maria) == ["Maria"]


async def test_a_list_is_understood_before_anything_is_written(sat: Sat, joined: Joined) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    await maria.put(f"members/{anna.member}", {"email": "anna@exempel.example"})
    await add(maria, "Bo")
    lines = "A. Berg;ANNA@exempel.example\nanna;annan@exempel.example\nbo\nNy Person\n;trasig"
    read = (await maria.post("invitations/read", {"lines": lines})).json()
    assert [(name, known is not None, phones) for name, _, known, phones in read["people"]] == [
        ("A. Berg", True, 1),  # by address
        ("anna", False, 0),  # the same name with another address is another person
        ("bo", True, 0),
        ("Ny Person", False, 0),
    ]
    assert read["people"][0][2] == anna.member
    assert read["faults"] == [[5, ";trasig", "no-name"]]
    assert await names(maria) == ["Anna", "Bo", "Maria"]


async def test_nobody_gets_two_codes_by_standing_twice_in_a_list(sat: Sat) -> None:
    maria = await sat("Maria")
    await add(maria, "Anna")
    people = [
        {"name": name, "roles": ["leader"], "email": email} for name, email in [("Anna", None), ("Anna", "a@x.se"), ("Bo", "b@x.se"), ("Bosse", "B@x.se")]
    ]
    job = await finished(maria, await maria.post("invitations", {"members": people}))
    assert [sheet["name"] for sheet in job["result"]["sheets"]] == ["Anna", "Bo"]
    assert await names(maria) == ["Anna", "Bo", "Maria"]


@pytest.mark.parametrize(("roles", "email"), [("admin,leader", "karin@exempel.example"), ("admin", None)])
async def test_persons_of_the_contacts_are_invited_and_a_secret_address_stays_one(server: Running, sat: Sat, roles: str, email: str | None) -> None:
    maria = await sat("Maria", roles=roles)
    put_contacts(server, maria.organisation, [function("vatten", [OPEN, PRIVATE])])
    candidates = (await maria.get("invitations/contacts")).json()
    assert [(each["id"], each["title"], each["email"] or None) for each in candidates] == [
        ("p1", {"sv": "Vatten"}, "oskar@exempel.example"),
        ("p2", {"sv": "Vatten"}, email),
    ]
    assert code_of(await maria.post("invitations", {"contacts": ["finns-inte"]})) == (404, "not-found")
    await finished(maria, await maria.post("invitations", {"contacts": ["p1", "p2"], "roles": ["leader", "editor"]}))
    oskar, karin = await member(maria, "Oskar Öppen"), await member(maria, "Karin Hemlig")
    assert (oskar["email"], oskar["roles"]) == ("oskar@exempel.example", ["leader", "editor"])
    assert karin["email"] == email


@pytest.mark.parametrize("body", [{}, {"lines": "\n"}, {"members": []}, {"lines": "Anna", "roles": []}, {"members": [{"name": "", "roles": ["leader"]}]}])
async def test_an_invitation_of_nobody_or_with_no_role_is_refused(sat: Sat, body: dict[str, Any]) -> None:
    assert code_of(await (await sat("Maria")).post("invitations", body)) == (422, "field")


async def test_more_than_a_thousand_at_once_are_refused(sat: Sat) -> None:
    maria = await sat("Maria")
    refused = await maria.post("invitations", {"members": [{"name": f"P {n}", "roles": ["leader"]} for n in range(1001)]})
    assert (code_of(refused), refused.json()["fields"]) == ((422, "field"), {"members": "many"})


async def test_a_cancelled_invitation_of_many_has_invited_nobody(sat: Sat) -> None:
    maria = await sat("Maria")
    started = await maria.post("invitations", {"lines": "\n".join(f"Person {n}" for n in range(1000))})
    await maria.delete(f"jobs/{started.json()['job']}")
    job = await finished(maria, started)
    assert job["state"] == "cancelled"
    assert job["of"] == 1000
    assert await names(maria) == ["Maria"]


async def test_only_the_seat_that_began_it_sees_the_codes(sat: Sat) -> None:
    maria, sara = await sat("Maria"), await sat("Sara")
    started = await maria.post("invitations", {"lines": "Anna"})
    await finished(maria, started)
    assert code_of(await sara.get(f"jobs/{started.json()['job']}")) == (404, "not-found")
