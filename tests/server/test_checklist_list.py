"""What the desk lists: every checklist with its state, when it was last practised, and the shelf that the editor's pickers read."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
import pytest_asyncio

from tests.desk import DeskClient
from tests.phone import Phone, new_id
from tests.server.conftest import Joined, Sat
from tests.server.terminal import run_here
from tests.server.test_documents_samples import small_package
from tests.server.test_drafts import Json, begin, begin_blank, code
from tests.server.test_library import manifest_of
from tests.server.test_publishing import publish, put_in_force, take_out
from tests.serving import Running


@pytest_asyncio.fixture
async def maria(sat: Sat) -> DeskClient:
    return await sat("Maria", roles="editor")


async def rows(desk: DeskClient) -> dict[str, Json]:
    return {row["id"]: row for row in (await desk.get("checklists")).json()["checklists"]}


async def test_the_list_shows_what_is_published_and_what_is_being_written(maria: DeskClient) -> None:
    await put_in_force(maria)
    draft = await take_out(maria, "elavbrott-storm", "Skriv ut")
    await begin(maria, starter="roll-stabschef")
    await begin_blank(maria, "Ny lista")
    listed = (await maria.get("checklists")).json()["checklists"]
    assert [(row["id"], row["kind"], row["version"]) for row in listed] == [
        ("elavbrott-storm", "action-card", 1),
        ("ny-lista", "action-card", 0),
        ("roll-stabschef", "role-card", 0),
    ]
    storm = listed[0]
    assert (storm["title"], storm["owner"], storm["published_by"], storm["practised"]) == ("Långvarigt elavbrott och storm", "Beredskap", "Maria", None)
    assert storm["steps"] == sum(len(phase["steps"]) for phase in (await maria.get("drafts/elavbrott-storm")).json()["document"]["phases"])
    assert {key: storm["draft"][key] for key in ("revision", "stage", "base")} == {"revision": draft["revision"], "stage": "writing", "base": 1}
    assert listed[1]["review_by"] is None


async def practise(phone: Phone, checklist: Json, exercise: int, sync: bool = True) -> str:
    inc = new_id()
    phone.write(inc, "open", body={"title": "Prov", "exercise": exercise})
    phone.write(inc, "card", new_id(8), body={"checklist": checklist["id"], "version": 1, "hash": checklist["hash"]})
    if sync:
        await phone.sync()
    return inc


async def test_a_checklist_is_practised_when_it_was_taken_out_in_an_exercise(maria: DeskClient, joined: Joined) -> None:
    anna = await joined("Anna")
    await put_in_force(maria)
    await put_in_force(maria, "teleavbrott")
    storm, tele = (await anna.client.get(f"{anna.base}/library")).json()["checklists"]
    await practise(anna, storm, exercise=0)
    assert (await rows(maria))["elavbrott-storm"]["practised"] is None, "a real event is no practice"
    inc = await practise(anna, storm, exercise=1)
    first = (await rows(maria))["elavbrott-storm"]["practised"]
    assert first > 0
    anna.write(inc, "log", body={"type": "event", "text": "x"})
    anna.write(inc, "open", body={"title": "Omdöpt", "exercise": 0})
    await anna.sync()
    assert (await rows(maria))["elavbrott-storm"]["practised"] == first, "what an incident was opened as it is for ever"
    anna.write(inc, "card", new_id(8), body={"checklist": storm["id"], "version": 1, "hash": storm["hash"]})
    anna.write(inc, "card", new_id(8), body={})
    anna.write(inc, "card", new_id(8), body="[")
    await anna.sync()
    after = await rows(maria)
    assert after["elavbrott-storm"]["practised"] >= first
    assert after["teleavbrott"]["practised"] is None
    assert (await maria.get("checklists/elavbrott-storm")).json()["row"]["practised"] == after["elavbrott-storm"]["practised"]
    await practise(anna, tele, exercise=1)
    assert (await rows(maria))["teleavbrott"]["practised"]


async def test_another_organisations_exercise_is_not_ours(maria: DeskClient, joined: Joined) -> None:
    nils = await joined("Nils", organisation="grannkommun")
    await put_in_force(maria)
    await practise(nils, {"id": "elavbrott-storm", "hash": "x"}, exercise=1)
    assert (await rows(maria))["elavbrott-storm"]["practised"] is None


async def test_five_hundred_checklists_are_listed_whole(maria: DeskClient, server: Running) -> None:
    await put_in_force(maria)
    with sqlite3.connect(server.data / "stormlykta.db", timeout=10) as database:
        for number in range(499):
            database.execute(
                'INSERT INTO versions SELECT organisation, ?, version, hash, title, kind, "order", review_by, published, published_by, changes, approved_by '
                "FROM versions WHERE organisation = ? AND checklist = 'elavbrott-storm'",
                (f"kopia-{number}", maria.organisation),
            )
    database.close()
    listed = await rows(maria)
    assert len(listed) == 500
    assert {row["steps"] for row in listed.values()} == {listed["elavbrott-storm"]["steps"]}


async def test_the_shelf_holds_what_a_checklist_can_refer_to(sat: Sat, joined: Joined, server: Running, tmp_path: Path) -> None:
    anna = await joined("Anna")
    maria, chief = await sat("Maria", roles="editor"), await sat("Eva", roles="leader,admin")
    package, before = small_package(tmp_path), await manifest_of(anna)
    done = await asyncio.to_thread(run_here, server, "publish", package.folder, "--organisation", anna.organisation)
    assert done.returncode == 0, done.stderr
    await manifest_of(anna, beside=before["hash"])
    shelf = (await maria.get("shelf")).json()
    assert {entry["id"] for entry in shelf["manifest"]["checklists"]} == {"strom", "tele"}
    assert {message["id"] for message in shelf["messages"]["messages"]} == {"budskap"}
    assert [phase["id"] for phase in shelf["vocabulary"]["phases"]] == ["fore", "f60", "f24"]
    assert shelf["settings"]["review_months"] == 12
    assert shelf["roster"] is None
    assert "Anna" in {member["name"] for member in shelf["members"]}
    assert secret_numbers(shelf) == []
    assert secret_numbers((await chief.get("shelf")).json()) == ["070-174 06 07"]


def secret_numbers(shelf: Json) -> list[str]:
    persons = [person for function in shelf["contacts"]["functions"] for person in function["persons"] if person.get("private")]
    assert persons, "that there is a number is told"
    return [number["number"] for person in persons for number in person["numbers"]]


async def test_an_empty_organisation_has_an_empty_shelf(maria: DeskClient) -> None:
    shelf = (await maria.get("shelf")).json()
    assert (shelf["contacts"], shelf["messages"], shelf["vocabulary"], shelf["manifest"]["checklists"]) == (None, None, None, [])


async def test_text_and_document_are_turned_into_each_other(maria: DeskClient) -> None:
    draft = await begin(maria, starter="elavbrott-storm")
    written = (await maria.post("markdown/write", json={"document": draft["document"]})).json()
    assert written["sv"].startswith("---\nid: elavbrott-storm\n")
    assert "\n# Prolonged power cut" in written["en"] or "\n# " in written["en"]
    read = (await maria.post("markdown/read", json={**written, "id": draft["checklist"]})).json()
    assert read["document"] == draft["document"]
    assert {finding["code"] for finding in read["findings"]} <= {"no-contact", "no-card", "no-message"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Läge: läs-gör", "Läge: gissa", "unknown-mode"),
        ("- [ ] **", "- [y] **", "unknown-line"),
        ("---\nid", "id", "no-front"),
        ("  - Vem: ", "  - Vm: ", "unknown-key"),
    ],
)
async def test_a_text_that_is_not_understood_gives_no_document_and_says_where(maria: DeskClient, old: str, new: str, code: str) -> None:
    draft = await begin(maria, starter="elavbrott-storm")
    swedish = (await maria.post("markdown/write", json={"document": draft["document"]})).json()["sv"]
    broken = swedish.replace(old, new, 1)
    read = (await maria.post("markdown/read?language=en", json={"sv": broken})).json()
    assert read["document"] is None
    line = next((number for number, (a, b) in enumerate(zip(broken.split("\n"), swedish.split("\n"), strict=False), 1) if a != b), 1)
    found = [finding for finding in read["findings"] if finding["code"] == code]
    assert [(finding["language"], finding["line"], finding["severity"]) for finding in found] == [("sv", line, "error")]


async def test_an_unfinished_text_is_read_and_steps_get_ids(maria: DeskClient) -> None:
    text = (
        "---\ntitle: Halvfärdig\n---\n\n# Halvfärdig\n\n**När:**\n\n## Första timmen\n\nLäge: läs-gör\n\n- [ ] Ring elnätet\n\t- Varför:\n- [ ]\n\n## Nästa\n"
    )
    read = (await maria.post("markdown/read", json={"sv": text, "en": ""})).json()
    document = read["document"]
    assert [(phase["id"], [step["text"]["sv"] for step in phase["steps"]]) for phase in document["phases"]] == [("f60", ["Ring elnätet", ""]), ("f24", [])]
    assert all(step["id"].startswith("s-") for phase in document["phases"] for step in phase["steps"])
    assert {finding["code"] for finding in read["findings"]} >= {"no-text", "no-step-text", "no-steps", "no-mode", "missing-line"}


async def test_a_step_that_is_being_typed_as_text_is_the_same_step_from_one_reading_to_the_next(maria: DeskClient) -> None:
    head = "---\ntitle: Ny\n---\n\n## Första timmen {#f60}\n\nLäge: läs-gör\n\n- [ ] Släck {#gammal}\n"
    document: Json | None = None
    seen: list[list[str]] = []
    for typed in ("- [ ]", "- [ ] Ri", "- [ ] **Ring elnätet**", "- [ ] **Ring**\n- [ ] Skriv", "- [ ] **Ring**\n- [ ] Skriv\n- [ ] Skriv"):
        document = (await maria.post("markdown/read", json={"sv": head + typed, "document": document})).json()["document"]
        assert document
        seen.append([step["id"] for step in document["phases"][0]["steps"]])
    last = seen[-1]
    assert [len(set(ids)) for ids in seen] == [2, 2, 2, 3, 4]
    assert all(ids == last[: len(ids)] for ids in seen)
    without = (await maria.post("markdown/read", json={"sv": head.replace("Släck {#gammal}", "Tänd"), "document": document})).json()["document"]
    assert "gammal" not in [step["id"] for step in without["phases"][0]["steps"]], "another step is not given the id of one that has gone"


READINGS = [
    ("words changed in the middle and at the beginning", ["Ring elnätet", "Skriv"], ["Larma elnätet", "Skriv"], [0, 1]),
    ("one put above another that begins alike", ["Ring elnätet"], ["Ring", "Ring elnätet"], [None, 0]),
    ("turned round", ["Ring", "Ring elnätet"], ["Ring elnätet", "Ring"], [1, 0]),
    ("an empty one and a new one", ["Ring", ""], ["Ring", "Skriv", ""], [0, None, 1]),
    ("other words altogether", ["Ring elnätet"], ["Öppna stabsrummet"], [None]),
]


@pytest.mark.parametrize(("before", "after", "kept"), [case[1:] for case in READINGS], ids=[case[0] for case in READINGS])
async def test_steps_typed_as_text_keep_their_ids_through_edits(maria: DeskClient, before: list[str], after: list[str], kept: list[int | None]) -> None:
    head = "---\ntitle: Ny\n---\n\n## Första timmen {#f60}\n\nLäge: läs-gör\n\n"

    async def read(steps: list[str], document: Json | None) -> Json:
        text = head + "".join(f"- [ ] {step}".rstrip() + "\n" for step in steps)
        found: Json = (await maria.post("markdown/read", json={"sv": text, "document": document})).json()["document"]
        return found

    first = await read(before, None)
    ids = [step["id"] for step in first["phases"][0]["steps"]]
    again = [step["id"] for step in (await read(after, first))["phases"][0]["steps"]]
    assert [ids.index(id) if id in ids else None for id in again] == kept


async def test_a_step_moved_to_another_phase_in_the_text_keeps_its_id(maria: DeskClient) -> None:
    def written(*phases: tuple[str, str]) -> str:
        return "---\ntitle: Ny\n---\n" + "".join(f"\n## {id} {{#{id}}}\n\nLäge: läs-gör\n\n- [ ] {step}\n" for id, step in phases)

    first = (await maria.post("markdown/read", json={"sv": written(("f15", "Ring elnätet"), ("f60", "Skriv"))})).json()["document"]
    again = (await maria.post("markdown/read", json={"sv": written(("f15", "Skriv"), ("f60", "Ring elnätet")), "document": first})).json()["document"]
    ids = {step["text"]["sv"]: step["id"] for phase in first["phases"] for step in phase["steps"]}
    assert ids == {step["text"]["sv"]: step["id"] for phase in again["phases"] for step in phase["steps"]}


async def test_roles_that_may_not_write_checklists_reach_none_of_it(sat: Sat) -> None:
    lena = await sat("Lena", roles="leader")
    for path in ("checklists", "starters", "shelf", "drafts/x", "checklists/x"):
        assert code(await lena.get(path)) == (403, "role")
    assert code(await publish(lena, {"checklist": "x", "revision": 1})) == (403, "role")
