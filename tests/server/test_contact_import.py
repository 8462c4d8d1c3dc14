"""Reading a file of contacts in: a dry run tells all and writes nothing, it can be cancelled, and a list that has changed since is not written over."""

import asyncio
import secrets
import time
from typing import Any

import pytest

from tests.desk import DeskClient
from tests.server.conftest import Joined, Sat
from tests.server.register import add, listed, on_phone, person, save, trail
from tests.server.workbook import Cell, repacked, workbook
from tests.serving import ROOT, Running

HEAD = "Funktion;Namn;Mobil\n"


async def begin(desk: DeskClient, data: bytes | str, **query: str) -> str:
    response = await desk.post("contacts/import", content=data.encode() if isinstance(data, str) else data, params={"name": "kontakter.csv", **query})
    assert response.status_code == 202, response.text
    return str(response.json()["job"])


async def follow(desk: DeskClient, job: str, begun: bool = False) -> dict[str, Any]:
    """The job when it has ended, or as soon as it has `begun`."""
    for _ in range(3000):
        view: dict[str, Any] = (await desk.get(f"jobs/{job}")).json()
        if view["state"] != "running" or (begun and view.get("done", 0)):
            return view
        await asyncio.sleep(0.02)
    raise AssertionError("the job never ended")


async def look(desk: DeskClient, data: bytes | str, **query: str) -> dict[str, Any]:
    """What a dry run tells."""
    view = await follow(desk, await begin(desk, data, **query))
    assert view["state"] == "done", view
    result: dict[str, Any] = view["result"]
    return result


async def test_a_dry_run_tells_all_and_writes_nothing_and_the_same_file_is_then_read_in(sat: Sat, joined: Joined, server: Running, organisation: str) -> None:
    maria, anna = await sat("Maria", roles="editor"), await joined("Anna")
    await add(maria, "VA-jour", person("Åsa"))
    await add(maria, "IT-jour", person("Bo", "070-174 06 06"))
    file = f"{HEAD}VA-jour;Åsa;070-174 06 07\nEl-jour;Cilla;070-174 06 08\nVärme;Dan;12\n"
    told = await look(maria, file, mode="replace")
    assert (told["written"], told["form"], told["rows"]) == (False, "csv", 3)
    assert told["counts"] == {"faults": 1, "notes": 0, "new": 1, "changed": 1, "removed": 1, "unchanged": 0}
    assert [(each["id"], each["persons"]) for each in told["new"]] == [("el-jour", ["Cilla"])]
    assert told["changed"][0]["differences"] == [{"person": "Åsa", "field": "numbers", "before": "070-174 06 05", "after": "070-174 06 07 (mobil)"}]
    assert ([each["title"] for each in told["removed"]], told["faults"][0]["row"]) == (["IT-jour"], 4)
    assert "Telefon 1: ”12” är inget telefonnummer" in told["faults"][0]["words"]
    assert [each["id"] for each in await on_phone(anna)] == ["va-jour", "it-jour"]
    done = await follow(maria, await begin(maria, file, mode="replace", dry="0", base=told["base"]))
    assert (done["state"], done["result"]["written"], done["done"], done["of"]) == ("done", True, 1000, 1000)
    assert [each["id"] for each in await on_phone(anna)] == ["va-jour", "el-jour"]
    assert trail(server.data, organisation)[-1] == {
        "deed": "contacts.imported",
        "about": "kontakter.csv",
        "title": "kontakter.csv",
        "name": "Maria",
        "before": None,
        "after": {"new": 1, "new_titles": ["El-jour"], "changed": 1, "changed_titles": ["VA-jour"], "removed": 1, "removed_titles": ["IT-jour"]},
    }


async def test_what_is_exported_and_read_in_again_changes_nothing(sat: Sat, server: Running, organisation: str) -> None:
    assert server.command("publish", ROOT / "checklists", "--organisation", organisation).returncode == 0
    maria = await sat("Maria", roles="editor")
    await add(maria, "Skyddad", person("Åsa", private=True, rakel="EX-9"))
    before = trail(server.data, organisation)
    for form in ("csv", "xlsx", "vcf"):
        exported = await maria.get(f"contacts/export?form={form}")
        assert f'filename="kontakter-{organisation}-' in exported.headers["content-disposition"]
        told = await look(maria, exported.content, mode="replace")
        assert told["counts"] == {"faults": 0, "notes": 0, "new": 0, "changed": 0, "removed": 0, "unchanged": 86}, form
        done = await follow(maria, await begin(maria, exported.content, mode="replace", dry="0", base=told["base"]))
        assert (done["state"], done["result"]["written"]) == ("done", False)
    assert [each["deed"] for each in trail(server.data, organisation)[len(before) :]] == ["contacts.exported"] * 3


async def test_the_cards_that_name_what_would_be_removed_are_told(sat: Sat, server: Running, organisation: str) -> None:
    assert server.command("publish", ROOT / "checklists", "--organisation", organisation).returncode == 0
    told = await look(await sat("Maria"), f"{HEAD}Ny;Åsa;070-174 06 07\n", mode="replace")
    gone = {each["id"]: each for each in told["removed"]}
    assert {card["id"] for card in gone["va-jour"]["cards"]} >= {"dricksvatten"}
    assert "112" not in gone  # public numbers are another kind than those in the file


async def test_a_list_that_has_changed_since_the_dry_run_is_not_written_over(sat: Sat) -> None:
    maria = await sat("Maria")
    view = await add(maria, "VA-jour", person("Åsa"))
    file = f"{HEAD}El-jour;Cilla;070-174 06 08\n"
    told = await look(maria, file)
    await save(maria, view, hours="natt")
    refused = await maria.post("contacts/import", content=file.encode(), params={"dry": "0", "base": told["base"]})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "raced")
    assert list(await listed(maria)) == ["va-jour"]


async def test_a_change_while_the_file_is_being_read_stops_it_and_nothing_is_half_written(sat: Sat) -> None:
    maria = await sat("Maria")
    view = await add(maria, "VA-jour", person("Åsa"))
    base = (await look(maria, f"{HEAD}El-jour;Cilla;070-174 06 08\n"))["base"]
    job = await begin(maria, rows(6000), dry="0", base=base)
    assert (await save(maria, view, hours="natt")).status_code == 200
    ended = await follow(maria, job)
    assert (ended["state"], ended["refusal"]["error"]["code"]) == ("refused", "raced")
    assert list(await listed(maria)) == ["va-jour"]


async def test_a_cancelled_import_writes_nothing(sat: Sat, server: Running, organisation: str) -> None:
    maria = await sat("Maria")
    file = rows(15_000)
    base = (await look(maria, f"{HEAD}El-jour;Cilla;070-174 06 08\n"))["base"]
    job = await begin(maria, file, dry="0", base=base)
    view = await follow(maria, job, begun=True)
    assert 0 < view["done"] < view["of"]
    assert (await maria.delete(f"jobs/{job}")).status_code == 200
    assert (await follow(maria, job))["state"] == "cancelled"
    assert await listed(maria) == {}
    assert trail(server.data, organisation) == []


async def test_five_thousand_contacts_are_read_in_and_listed(sat: Sat, joined: Joined) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    base = (await look(maria, rows(5000)))["base"]
    done = await follow(maria, await begin(maria, rows(5000), dry="0", base=base))
    assert (done["result"]["counts"]["new"], len(done["result"]["new"])) == (5000, 1000)
    assert (len(await listed(maria)), len(await on_phone(anna))) == (5000, 5000)


def rows(count: int) -> str:
    return HEAD + "".join(f"Funktion {number};Person {number};0{701_740_605}\n" for number in range(count))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "The file is neither CSV, Excel"),
        (b"PK\x03\x04 no package", "damaged"),
        (b"", "empty"),
        ((HEAD + "VA-jour;Anna;070-174 06 05\n" * 50_000).encode(), "more than 20000 rows"),
    ],
)
async def test_a_file_that_will_not_do_is_refused_in_the_readers_words(sat: Sat, data: bytes, words: str) -> None:
    told = await look(await sat("Maria"), data, language="en")
    assert (len(told["refused"]), words in told["refused"][0], told["new"]) == (1, True, [])


async def test_a_file_of_more_than_five_megabytes_is_not_taken(sat: Sat) -> None:
    maria = await sat("Maria")
    refused = await maria.post("contacts/import", content=secrets.token_bytes(5 * 1024 * 1024 + 1))
    assert (refused.status_code, refused.json()["error"]["code"]) == (413, "size")


@pytest.mark.parametrize("query", [{"mode": "burn"}, {"language": "fi"}])
async def test_a_way_of_reading_that_there_is_not_is_refused(sat: Sat, query: dict[str, str]) -> None:
    refused = await (await sat("Maria")).post("contacts/import", content=b"x", params=query)
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "shape")
    assert (await (await sat("Maria")).get("contacts/export?form=pdf")).json()["error"]["code"] == "shape"


async def test_formulas_and_faulty_rows_in_a_workbook_are_told_by_row(sat: Sat) -> None:
    told = await look(await sat("Maria"), workbook([["Funktion", "Namn", "Telefon"], ["VA-jour", "Anna", "=1+1"], ["El", "Bo", 701740605]]))
    assert [each["row"] for each in told["faults"]] == [2]
    assert [each["row"] for each in told["notes"]] == [3]
    assert [each["title"] for each in told["new"]] == ["El"]


MUNICIPAL = """Krisledning, telefonlista;;;
;;;
Funktion;Namn;Mobil;E-post
Räddningsjour;Åsa Öberg;701740605;asa@exempelkommun.example
El-jour;Björn Ek;=1+1;
"""


async def test_a_list_saved_by_an_old_excel_keeps_its_letters_and_gets_its_zeros_back(sat: Sat, joined: Joined) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    file = MUNICIPAL.encode("cp1252")
    told = await look(maria, file)
    assert [each["words"] for each in told["notes"]] == [
        "Filen är inte UTF-8 och lästes som Windows-text. Kontrollera att å, ä och ö blev rätt.",
        "Telefon 1: ”701740605” saknade inledande nolla och lästes som 0701740605.",
    ]
    assert [(each["row"], "=1+1" in each["words"]) for each in told["faults"]] == [(5, True)]
    await follow(maria, await begin(maria, file, dry="0", base=told["base"]))
    (function,) = await on_phone(anna)
    (asa,) = function["persons"]
    assert (function["title"]["sv"], asa["name"], asa["numbers"][0]["dial"]) == ("Räddningsjour", "Åsa Öberg", "+46701740605")


async def test_letters_that_were_broken_before_the_file_came_here_are_told_by_row_and_not_read_in(sat: Sat) -> None:
    told = await look(await sat("Maria"), (HEAD + "El-jour;Bj\ufffdrn;070-174 06 05\nÅska;Eva;070-174 06 06\n").encode())
    assert ([each["row"] for each in told["faults"]], [each["title"] for each in told["new"]]) == ([2], ["Åska"])


async def test_merged_cells_make_the_rows_they_touch_faulty_but_not_a_title_above_the_headings(sat: Sat) -> None:
    cells: list[list[Cell]] = [["Krisledning 2026", None, None], ["Funktion", "Namn", "Telefon"], ["El", "Bo", "070-174 06 06"], [None, "Eva", "070-174 06 07"]]
    cells += [["Vatten", "Åsa", "070-174 06 08"]]
    told = await look(await sat("Maria"), workbook(cells, merged=["A1:C1", "A3:A4"]))
    assert [(each["row"], "A3:A4" in each["words"]) for each in told["faults"]] == [(3, True), (4, True)]
    assert [each["title"] for each in told["new"]] == ["Vatten"]


async def test_a_zip_bomb_is_refused_unopened_and_the_server_goes_on(sat: Sat) -> None:
    maria = await sat("Maria")
    told = await look(maria, repacked(workbook([["Namn", "Telefon"]]), "xl/worksheets/sheet1.xml", b" " * 55_000_000))
    assert told["refused"] == ["Filen blir orimligt stor när den packas upp och har därför inte öppnats."]
    assert (await maria.get("contacts")).status_code == 200


@pytest.mark.parametrize(
    ("member", "content"),
    [("xl/styles.xml", b"<xf/>" * 1_500_000), ("xl/workbook.xml", b"<sheet/>" * 200_000), ("xl/sharedStrings.xml", b"<si/>" * 500_000)],
    ids=["styles", "sheets", "words"],
)
async def test_a_workbook_that_swells_in_memory_is_refused_before_it_is_read(sat: Sat, member: str, content: bytes) -> None:
    noise = b"".join(b"<!--%d-->" % (n * 7919 % 1_000_003) for n in range(20_000))  # so that it does not pack suspiciously well
    told = await look(await sat("Maria"), repacked(workbook([["Namn", "Telefon"]]), member, content + noise))
    assert told["refused"] == ["Filen blir orimligt stor när den packas upp och har därför inte öppnats."]


async def test_a_workbook_of_fifty_thousand_rows_is_refused_in_words(sat: Sat) -> None:
    told = await look(await sat("Maria"), workbook([["Funktion", "Telefon"], *[[f"F{n}", "0701740605"] for n in range(50_000)]]))
    assert (len(told["refused"]), "fler än 20000 rader" in told["refused"][0], told["new"]) == (1, True, [])


async def test_a_job_is_its_own_seats_alone(sat: Sat) -> None:
    maria, nils, other = await sat("Maria"), await sat("Nils"), await sat("Olga", organisation="annan-kommun")
    job = await begin(maria, f"{HEAD}El-jour;Cilla;070-174 06 08\n")
    for desk in (nils, other):
        assert (await desk.get(f"jobs/{job}")).status_code == 404
        assert (await desk.delete(f"jobs/{job}")).status_code == 404
    assert (await follow(maria, job))["state"] == "done"
    assert (await maria.get("jobs/nothing")).status_code == 404


async def test_no_more_than_three_jobs_at_once_for_a_seat(sat: Sat) -> None:
    maria = await sat("Maria")
    jobs = [await begin(maria, rows(8000)) for _ in range(3)]
    refused = await maria.post("contacts/import", content=b"x")
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "limit")
    for job in jobs:
        await maria.delete(f"jobs/{job}")
    assert {(await follow(maria, job))["state"] for job in jobs} == {"cancelled"}


async def test_other_requests_are_answered_while_a_file_is_read(sat: Sat, joined: Joined) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    job = await begin(maria, rows(15_000))
    answered = 0
    deadline = time.monotonic() + 60
    while (await maria.get(f"jobs/{job}")).json()["state"] == "running" and time.monotonic() < deadline:
        assert (await anna.client.get(f"{anna.base}/library")).status_code == 200
        answered += 1
    assert answered > 3
