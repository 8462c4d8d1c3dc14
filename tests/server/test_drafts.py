"""Drafts: begun in every way, saved by themselves, never overwritten, never lost."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.desk import DeskClient
from tests.server.conftest import Joined, Sat
from tests.serving import Running

Json = dict[str, Any]
STARTER = Path(__file__).parents[2] / "checklists"


@pytest_asyncio.fixture
async def maria(sat: Sat) -> DeskClient:
    return await sat("Maria", roles="editor")


async def begin(desk: DeskClient, **how: Any) -> Json:
    response = await desk.post("checklists", json=how)
    assert response.status_code == 201, response.text
    found: Json = response.json()
    return found


async def begin_blank(desk: DeskClient, title: str = "Strömavbrott") -> Json:
    return await begin(desk, blank={"kind": "action-card", "title": title})


async def save(desk: DeskClient, draft: Json, **more: Any) -> httpx.Response:
    return await desk.put(f"drafts/{draft['checklist']}", json={"revision": draft["revision"], "document": draft["document"], **more})


def code(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


def rewritten(draft: Json, text: str) -> Json:
    """The draft with another text in its first step."""
    changed: Json = json.loads(json.dumps(draft))
    changed["document"]["phases"][0]["steps"][0]["text"]["sv"] = text
    return changed


def trail(server: Running, organisation: str) -> list[tuple[str, str]]:
    with sqlite3.connect(server.data / "stormlykta.db") as database:
        rows = database.execute("SELECT deed, about FROM audit WHERE organisation = ? ORDER BY number", (organisation,)).fetchall()
    database.close()
    return [(deed, about) for deed, about in rows]


async def test_a_blank_one_has_a_place_to_begin_writing_and_an_id_from_its_title(maria: DeskClient, server: Running, organisation: str) -> None:
    draft = await begin_blank(maria, "Långvarigt  elavbrott & storm")
    assert (draft["checklist"], draft["revision"], draft["base"], draft["stage"]) == ("langvarigt-elavbrott-storm", 1, 0, "writing")
    assert draft["saved_by"] == {"id": maria.member, "name": "Maria"}
    assert draft["document"]["title"] == {"sv": "Långvarigt elavbrott & storm"}
    ((step,),) = [phase["steps"] for phase in draft["document"]["phases"]]
    assert step["text"] == {"sv": ""}
    assert step["id"].startswith("s-")
    assert (await begin_blank(maria, "Långvarigt elavbrott, storm"))["checklist"] == "langvarigt-elavbrott-storm-2"
    assert (await begin_blank(maria, "🔦"))["checklist"] == "checklista"
    assert trail(server, organisation)[0] == ("draft.begun", "langvarigt-elavbrott-storm")
    (row,) = [row for row in (await maria.get("checklists")).json()["checklists"] if row["id"] == draft["checklist"]]
    assert (row["version"], row["published"], row["steps"], row["draft"]["saved_by"]["name"]) == (0, None, 1, "Maria")


async def test_orders_go_on_where_the_others_of_the_kind_end(maria: DeskClient) -> None:
    first, second = await begin_blank(maria), await begin_blank(maria)
    role = await begin(maria, blank={"kind": "role-card", "title": "Stabschef"})
    assert [draft["document"]["order"] for draft in (first, second, role)] == ["a", "b", "r1"]


@pytest.mark.parametrize("how", [{}, {"blank": {"kind": "action-card", "title": "x"}, "text": "x"}, {"blank": {"kind": "kort", "title": "x"}}])
async def test_a_beginning_is_asked_for_in_one_way(maria: DeskClient, how: Json) -> None:
    assert code(await maria.post("checklists", json=how)) == (400, "shape")


@pytest.mark.parametrize("title", ["", " \n ", "x" * 201])
async def test_a_new_checklist_has_a_title(maria: DeskClient, title: str) -> None:
    response = await maria.post("checklists", json={"blank": {"kind": "action-card", "title": title}})
    assert code(response) == (422, "field")
    assert set(response.json()["fields"]) == {"title"}
    assert (await maria.get("checklists")).json() == {"checklists": []}


async def test_a_starter_keeps_its_ids_once_and_then_has_others(maria: DeskClient) -> None:
    starters = {starter["id"]: starter for starter in (await maria.get("starters")).json()["starters"]}
    assert len(starters) == 24
    assert starters["elavbrott-storm"]["title"] == "Långvarigt elavbrott och storm"
    assert not starters["elavbrott-storm"]["have"]
    first = await begin(maria, starter="elavbrott-storm")
    again = await begin(maria, starter="elavbrott-storm")
    assert (first["checklist"], again["checklist"]) == ("elavbrott-storm", "elavbrott-storm-2")
    assert "trygghetslarm" in step_ids(first)
    assert not step_ids(first) & step_ids(again)
    assert {s["id"] for s in (await maria.get("starters")).json()["starters"] if s["have"]} == {"elavbrott-storm"}
    assert code(await maria.post("checklists", json={"starter": "finns-inte"})) == (404, "not-found")


def step_ids(draft: Json) -> set[str]:
    return {step["id"] for phase in draft["document"]["phases"] for step in phase["steps"]}


async def test_a_copy_has_the_words_and_none_of_the_ids(maria: DeskClient) -> None:
    original = await begin(maria, starter="elavbrott-storm")
    copy = await begin(maria, copy="elavbrott-storm", title="Storm i skolan")
    assert (copy["checklist"], copy["document"]["title"]["sv"]) == ("storm-i-skolan", "Storm i skolan")
    assert not step_ids(original) & step_ids(copy)
    assert copy["document"]["goal"] == original["document"]["goal"]
    assert (await begin(maria, copy="elavbrott-storm"))["document"]["title"]["en"].endswith("(copy)")
    assert code(await maria.post("checklists", json={"copy": "finns-inte"})) == (404, "not-found")


async def test_markdown_is_taken_up_with_its_ids_and_what_is_not_understood_is_told_by_its_line(maria: DeskClient) -> None:
    swedish, english = ((STARTER / f"cards/f-teleavbrott.{language}.md").read_text("utf-8") for language in ("sv", "en"))
    draft = await begin(maria, markdown={"sv": swedish, "en": english})
    assert draft["checklist"] == "teleavbrott"
    assert draft["document"]["title"]["en"]
    refused = await maria.post("checklists", json={"markdown": {"sv": swedish.replace("Läge: ", "Lage: ", 1)}})
    assert code(refused) == (422, "faulty")
    line = swedish.replace("Läge: ", "Lage: ", 1).split("\n").index("Lage: läs-gör") + 1
    assert ("sv", line, "unknown-label") in [(f["language"], f["line"], f["code"]) for f in refused.json()["findings"]]
    again = await begin(maria, markdown={"sv": swedish})
    assert again["checklist"] == "teleavbrott-2"
    assert not step_ids(draft) & step_ids(again)


async def test_a_pasted_list_becomes_a_draft(maria: DeskClient) -> None:
    draft = await begin(maria, text="•\tRing elnätet\no\tFråga hur länge\n•\tSamla staben", title="Strömavbrott", kind="role-card")
    assert (draft["checklist"], draft["document"]["kind"]) == ("stromavbrott", "role-card")
    steps = draft["document"]["phases"][0]["steps"]
    assert [step["text"]["sv"] for step in steps] == ["Ring elnätet", "Samla staben"]
    assert steps[0]["why"]["sv"] == "Fråga hur länge."
    assert len(step_ids(draft)) == 2


async def test_a_draft_is_saved_and_told_what_could_be_better(maria: DeskClient) -> None:
    draft = await begin_blank(maria)
    response = await save(maria, rewritten(draft, "Kontroll av " + "ord " * 12))
    assert response.status_code == 200
    assert response.json()["revision"] == 2
    step = draft["document"]["phases"][0]["steps"][0]["id"]
    told = {(f["code"], f["severity"], f["phase"], f["step"], f["field"]) for f in response.json()["findings"]}
    assert ("many-words", "advice", "f15", step, "text") in told
    assert ("no-text", "error", None, None, "goal") in told
    assert (await maria.get(f"drafts/{draft['checklist']}")).json()["revision"] == 2


async def test_findings_speak_the_language_that_is_asked_for(maria: DeskClient) -> None:
    draft = await begin_blank(maria)
    said = {}
    for language in ("sv", "en"):
        findings = (await maria.get(f"drafts/{draft['checklist']}?language={language}")).json()["findings"]
        said[language] = next(finding["message"] for finding in findings if finding["code"] == "no-immediate")
    assert said == {"sv": "Skriv en till tre saker att göra direkt.", "en": "Write one to three things to do at once."}


async def test_a_stale_save_keeps_both_texts(maria: DeskClient, sat: Sat) -> None:
    bo = await sat("Bo", roles="editor")
    draft = await begin_blank(maria)
    assert (await save(maria, rewritten(draft, "Ring elnätet"))).status_code == 200
    late = await save(bo, rewritten(draft, "Ring kommunen"))
    assert code(late) == (409, "conflict")
    view = late.json()["draft"]
    assert view["document"]["phases"][0]["steps"][0]["text"]["sv"] == "Ring elnätet"
    assert [(aside["text"], aside["saved_by"]["name"], aside["why"]) for aside in view["asides"]] == [(late.json()["aside"], "Bo", "conflict")]
    kept = await maria.get(f"drafts/{draft['checklist']}/texts/{late.json()['aside']}")
    assert kept.json()["document"]["phases"][0]["steps"][0]["text"]["sv"] == "Ring kommunen"
    assert kept.json()["saved_by"]["name"] == "Bo"
    again = await save(bo, rewritten(draft, "Ring kommunen"))
    assert again.json()["aside"] == late.json()["aside"], "the same text is kept once"


async def test_who_means_it_takes_the_place_and_what_was_there_is_kept(maria: DeskClient, sat: Sat) -> None:
    bo = await sat("Bo", roles="editor")
    draft = await begin_blank(maria)
    await save(maria, rewritten(draft, "Ring elnätet"))
    forced = await save(bo, rewritten(draft, "Ring kommunen"), force=True)
    assert (forced.status_code, forced.json()["revision"]) == (200, 3)
    view = (await maria.get(f"drafts/{draft['checklist']}")).json()
    assert view["document"]["phases"][0]["steps"][0]["text"]["sv"] == "Ring kommunen"
    assert [(aside["saved_by"]["name"], aside["why"]) for aside in view["asides"]] == [("Maria", "conflict")]


@pytest.mark.parametrize("end", ["publish", "discard"])
async def test_a_page_left_open_on_a_draft_that_is_gone_never_writes_over_the_next_one(maria: DeskClient, sat: Sat, end: str) -> None:
    bo = await sat("Bo", roles="editor")
    old = await begin(maria, starter="teleavbrott")
    if end == "discard":
        await bo.delete("drafts/teleavbrott")
    else:
        asked = {"revision": old["revision"], "changes": "Ny", "review_by": "2099-01-01", "owner": "TiB", "version_in_force": 0}
        await bo.post("drafts/teleavbrott/publish", json=asked)
    bos = (await bo.post("drafts/teleavbrott", json={})).json()
    late = await save(maria, rewritten(old, "Ring kommunen"))
    assert code(late) == (409, "conflict")
    now = (await bo.get("drafts/teleavbrott")).json()
    assert (now["revision"], now["document"]) == (bos["revision"], bos["document"])
    assert "Ring kommunen" in json.dumps((await maria.get(f"drafts/teleavbrott/texts/{late.json()['aside']}")).json(), ensure_ascii=False)


async def test_a_save_whose_answer_was_lost_is_no_conflict_when_it_is_sent_again(maria: DeskClient) -> None:
    draft = rewritten(await begin_blank(maria), "Ring elnätet")
    assert (await save(maria, draft)).json()["revision"] == 2
    again = await save(maria, draft)
    assert (again.status_code, again.json()["revision"]) == (200, 2)
    assert (await maria.get(f"drafts/{draft['checklist']}")).json()["asides"] == []


async def test_a_draft_thrown_away_is_kept_aside_and_can_be_taken_up_again(maria: DeskClient, server: Running, organisation: str) -> None:
    draft = await begin_blank(maria)
    await save(maria, rewritten(draft, "Ring elnätet"))
    assert (await maria.delete(f"drafts/{draft['checklist']}")).status_code == 204
    assert code(await maria.get(f"drafts/{draft['checklist']}")) == (404, "not-found")
    assert (await maria.get("checklists")).json() == {"checklists": []}
    assert code(await maria.delete(f"drafts/{draft['checklist']}")) == (404, "not-found")
    late = await save(maria, {**rewritten(draft, "Ring kommunen"), "revision": 2})
    assert code(late) == (404, "not-found")
    assert (await maria.get(f"drafts/{draft['checklist']}/texts/{late.json()['aside']}")).status_code == 200, "what came too late is kept too"
    again = await maria.post(f"drafts/{draft['checklist']}", json={})
    assert again.status_code == 201
    assert again.json()["document"]["phases"][0]["steps"][0]["text"]["sv"] == "Ring elnätet"
    assert [aside["why"] for aside in again.json()["asides"]] == ["conflict", "discarded"]
    assert ("draft.discarded", draft["checklist"]) in trail(server, organisation)


async def test_the_draft_that_is_there_is_given_to_who_begins_one(maria: DeskClient, sat: Sat) -> None:
    bo = await sat("Bo", roles="editor")
    draft = await begin_blank(maria)
    there = await bo.post(f"drafts/{draft['checklist']}", json={})
    assert (there.status_code, there.json()["revision"]) == (200, 1)
    assert code(await bo.post("drafts/finns-inte", json={})) == (404, "not-found")
    assert code(await save(bo, {**draft, "checklist": "finns-inte"})) == (404, "not-found")


ODD = ["<script>alert(1)</script>", "a\u0308 \u202e \u0000 \t\n 👩‍🚒 \ufeff", "[[call:Ö]] \\* {#x} (Ring: x)", "  ", '"; DROP TABLE drafts; --']


@pytest.mark.parametrize("text", ODD)
async def test_whatever_is_typed_is_kept_as_it_is(maria: DeskClient, text: str) -> None:
    draft = rewritten(await begin_blank(maria), text)
    draft["document"]["goal"] = {"sv": text, "en": text}
    assert (await save(maria, draft)).status_code == 200
    kept = (await maria.get(f"drafts/{draft['checklist']}")).json()["document"]
    assert kept == draft["document"]
    written = (await maria.post("markdown/write", json={"document": kept})).json()
    read = (await maria.post("markdown/read", json=written)).json()
    assert read["document"] == kept


async def test_a_half_emoji_is_refused_in_words_and_changes_nothing(maria: DeskClient) -> None:
    draft = await begin_blank(maria)
    body = json.dumps({"revision": 1, "document": rewritten(draft, "\ud83d")["document"]}).encode()
    response = await maria.put(f"drafts/{draft['checklist']}", content=body)
    assert code(response) == (400, "json")
    assert (await maria.get(f"drafts/{draft['checklist']}")).json()["revision"] == 1


async def test_a_checklist_too_large_for_a_phone_is_refused_in_words(maria: DeskClient) -> None:
    draft = await begin_blank(maria)
    response = await save(maria, rewritten(draft, "å" * 110_000))
    assert code(response) == (413, "size")
    assert "200 KB" in response.json()["error"]["message"]
    assert code(await maria.put(f"drafts/{draft['checklist']}", content=b" " * 300_000)) == (413, "size")
    assert (await maria.get(f"drafts/{draft['checklist']}")).json()["revision"] == 1


@pytest.mark.parametrize(
    "change", [{"phases": None}, {"kind": "annat"}, {"title": {}}, {"phases": [{"id": "f60", "title": {"sv": ""}, "mode": "gissa", "steps": []}]}]
)
async def test_a_document_that_is_none_is_refused(maria: DeskClient, change: Json) -> None:
    draft = await begin_blank(maria)
    assert code(await save(maria, {**draft, "document": {**draft["document"], **change}})) == (400, "shape")


async def test_steps_without_ids_get_them_and_another_checklists_id_is_not_taken(maria: DeskClient) -> None:
    draft = await begin_blank(maria)
    other = await begin_blank(maria, "Annan")
    draft["document"]["phases"][0]["steps"] = [{"id": "", "text": {"sv": "Ring"}}, {"id": "{#}", "text": {"sv": "Skriv"}}]
    draft["document"]["id"] = other["checklist"]
    assert (await save(maria, draft)).status_code == 200
    kept = (await maria.get(f"drafts/{draft['checklist']}")).json()
    assert all(id.startswith("s-") for id in step_ids(kept))
    assert kept["document"]["id"] == draft["checklist"]
    assert (await maria.get(f"drafts/{other['checklist']}")).json()["revision"] == 1


async def test_a_right_withdrawn_in_the_middle_refuses_and_stores_nothing(maria: DeskClient, server: Running, sat: Sat, organisation: str) -> None:
    draft = await begin_blank(maria)
    with sqlite3.connect(server.data / "stormlykta.db") as database:
        database.execute("UPDATE members SET roles = 'leader' WHERE organisation = ? AND id = ?", (organisation, maria.member))
    database.close()
    assert code(await save(maria, rewritten(draft, "Ring"))) == (403, "role")
    kept = (await (await sat("Bo")).get(f"drafts/{draft['checklist']}")).json()
    assert (kept["revision"], kept["asides"]) == (1, [])


async def test_nothing_of_another_organisation_can_be_reached(maria: DeskClient, sat: Sat, joined: Joined) -> None:
    nora = await sat("Nora", organisation="grannkommun")
    draft = await begin_blank(nora, "Hemlig")
    await nora.delete(f"drafts/{draft['checklist']}")
    draft = (await nora.post(f"drafts/{draft['checklist']}", json={})).json()
    assert (await maria.get("checklists")).json() == {"checklists": []}
    for response in (
        await maria.get("checklists/hemlig"),
        await maria.get("checklists/hemlig/versions/1"),
        await maria.get("drafts/hemlig"),
        await maria.get("drafts/hemlig/texts/1"),
        await save(maria, draft),
        await maria.delete("drafts/hemlig"),
        await maria.post("drafts/hemlig", json={}),
        await maria.post("checklists", json={"copy": "hemlig"}),
        await maria.post("drafts/hemlig/hand", json={"note": ""}),
        await maria.post("drafts/hemlig/remarks", json={"step": "", "text": "x"}),
        await maria.put("trials/hemlig", json={"revision": 1}),
        await maria.post("checklists/hemlig/withdraw", json={"why": "x"}),
        await maria.post("checklists/hemlig/restore"),
    ):
        assert code(response) == (404, "not-found"), response.request.url
    crossed = await maria.client.get(nora.url("checklists"))
    assert code(crossed) == (401, "session")


@pytest.mark.parametrize("path", ["drafts/x/texts/ett", "drafts/x/texts/1", "checklists/x/versions/1.0", "checklists/x/versions/99999999999999999999"])
async def test_numbers_that_are_none_lead_nowhere(maria: DeskClient, path: str) -> None:
    assert code(await maria.get(path)) == (404, "not-found")
