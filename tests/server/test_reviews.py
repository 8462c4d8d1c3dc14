"""The second person: nobody passes judgement on a text they have written in, and an approval is of the very text that was read."""

import json
import sqlite3

import pytest
import pytest_asyncio

from tests.desk import DeskClient
from tests.server.conftest import Sat
from tests.server.test_drafts import Json, begin, code, rewritten, save, trail
from tests.server.test_publishing import publish
from tests.serving import Running


@pytest_asyncio.fixture
async def maria(sat: Sat) -> DeskClient:
    return await sat("Maria", roles="editor")


@pytest_asyncio.fixture
async def bo(sat: Sat) -> DeskClient:
    return await sat("Bo", roles="editor")


def require_second(server: Running, organisation: str) -> None:
    with sqlite3.connect(server.data / "stormlykta.db") as database:
        database.execute("UPDATE organisations SET settings = ? WHERE id = ?", (json.dumps({"second_person": True}), organisation))
    database.close()


async def handed(maria: DeskClient, to: DeskClient | None = None) -> Json:
    """A draft of Maria's, handed over."""
    await begin(maria, starter="teleavbrott")
    response = await maria.post("drafts/teleavbrott/hand", json={"to": to.member if to else None, "note": " Läs gärna Direkt "})
    assert response.status_code == 200, response.text
    found: Json = response.json()
    return found


async def test_a_draft_is_handed_over_read_approved_and_published(maria: DeskClient, bo: DeskClient, server: Running) -> None:
    require_second(server, maria.organisation)
    draft = await handed(maria, bo)
    assert draft["stage"] == "handed"
    assert draft["handed"]["by"] == {"id": maria.member, "name": "Maria"}
    assert (draft["handed"]["to"]["name"], draft["handed"]["note"]) == ("Bo", "Läs gärna Direkt")
    approved = await bo.post("drafts/teleavbrott/approve", json={"revision": 1, "note": "Bra"})
    assert approved.status_code == 200
    verdict = approved.json()["verdict"]
    assert (approved.json()["stage"], verdict["by"]["name"], verdict["what"], verdict["note"]) == ("approved", "Bo", "approved", "Bra")
    assert (await publish(maria, draft)).status_code == 201
    (version,) = (await maria.get("checklists/teleavbrott")).json()["versions"]
    assert (version["published_by"], version["approved_by"]) == ("Maria", "Bo")
    assert [deed for deed, _ in trail(server, maria.organisation)] == ["draft.begun", "draft.handed", "draft.approved", "checklist.published"]


async def test_without_a_second_person_nothing_is_published_where_the_rule_is(maria: DeskClient, bo: DeskClient, server: Running) -> None:
    require_second(server, maria.organisation)
    draft = await handed(maria)
    for who in (maria, bo):
        assert code(await publish(who, draft)) == (403, "second-person")
    assert (await maria.get("checklists/teleavbrott")).json()["versions"] == []


async def test_the_author_can_not_approve_nor_send_back(maria: DeskClient) -> None:
    await handed(maria)
    assert code(await maria.post("drafts/teleavbrott/approve", json={"revision": 1})) == (403, "second-person")
    assert code(await maria.post("drafts/teleavbrott/return", json={"note": "Nej"})) == (403, "second-person")


async def test_who_has_written_in_it_can_not_approve_it(maria: DeskClient, bo: DeskClient) -> None:
    draft = await handed(maria, bo)
    await save(bo, rewritten(draft, "Bekräfta läget"))
    refused = await maria.post("drafts/teleavbrott/hand", json={"to": bo.member, "note": ""})
    assert (code(refused), refused.json()["fields"]) == ((422, "field"), {"to": "author"})
    await maria.post("drafts/teleavbrott/hand", json={"note": ""})
    assert code(await bo.post("drafts/teleavbrott/approve", json={"revision": 2})) == (403, "second-person")


async def test_who_took_out_a_version_and_wrote_nothing_may_approve_what_another_wrote(maria: DeskClient, bo: DeskClient) -> None:
    await publish(maria, await begin(maria, starter="teleavbrott"))
    draft = (await maria.post("drafts/teleavbrott", json={})).json()
    saved = (await save(bo, rewritten(draft, "Bekräfta läget"))).json()
    await bo.post("drafts/teleavbrott/hand", json={"note": ""})
    assert (await maria.post("drafts/teleavbrott/approve", json={"revision": saved["revision"]})).status_code == 200


async def test_a_change_after_the_approval_voids_it(maria: DeskClient, bo: DeskClient, server: Running) -> None:
    require_second(server, maria.organisation)
    draft = await handed(maria, bo)
    await bo.post("drafts/teleavbrott/approve", json={"revision": 1})
    saved = (await save(maria, rewritten(draft, "Bekräfta läget"))).json()
    now = (await maria.get("drafts/teleavbrott")).json()
    assert (now["stage"], now["handed"], now["verdict"]) == ("writing", None, None)
    assert code(await publish(maria, {**draft, "revision": saved["revision"]})) == (403, "second-person")


async def test_what_was_read_is_not_what_is_there_any_more(maria: DeskClient, bo: DeskClient) -> None:
    draft = await handed(maria, bo)
    await save(maria, rewritten(draft, "Bekräfta läget"))
    await maria.post("drafts/teleavbrott/hand", json={"note": ""})
    refused = await bo.post("drafts/teleavbrott/approve", json={"revision": 1})
    assert code(refused) == (409, "conflict")
    assert refused.json()["draft"]["revision"] == 2


@pytest.mark.parametrize(
    "change",
    [
        "revision = revision + 1",
        "writers = json_insert(writers, '$[#]', json_object('since', 1, 'by', "
        "(SELECT id FROM members WHERE name = 'Bo' AND organisation = drafts.organisation)))",
    ],
)
async def test_an_approval_is_looked_at_again_when_it_is_used(maria: DeskClient, bo: DeskClient, server: Running, change: str) -> None:
    require_second(server, maria.organisation)
    draft = await handed(maria, bo)
    await bo.post("drafts/teleavbrott/approve", json={"revision": 1})
    with sqlite3.connect(server.data / "stormlykta.db") as database:
        database.execute(f"UPDATE drafts SET {change} WHERE organisation = ?", (maria.organisation,))
    database.close()
    now = (await maria.get("drafts/teleavbrott")).json()
    assert now["stage"] == "approved"
    assert code(await publish(maria, {**draft, "revision": now["revision"]})) == (403, "second-person")


async def test_an_approver_who_has_left_since_is_none(maria: DeskClient, bo: DeskClient, server: Running) -> None:
    require_second(server, maria.organisation)
    draft = await handed(maria, bo)
    await bo.post("drafts/teleavbrott/approve", json={"revision": 1})
    with sqlite3.connect(server.data / "stormlykta.db") as database:
        database.execute("UPDATE members SET removed = 1 WHERE organisation = ? AND id = ?", (bo.organisation, bo.member))
    database.close()
    assert code(await publish(maria, draft)) == (403, "second-person")
    assert (await maria.get("drafts/teleavbrott")).json()["verdict"]["by"]["name"] == "Bo", "what was said is still Bo's"


async def test_a_draft_is_sent_back_with_what_should_be_changed_and_comes_again(maria: DeskClient, bo: DeskClient) -> None:
    draft = await handed(maria, bo)
    assert code(await bo.post("drafts/teleavbrott/return", json={"note": " "})) == (422, "field")
    returned = (await bo.post("drafts/teleavbrott/return", json={"note": "Direkt är för långt"})).json()
    assert (returned["stage"], returned["verdict"]["what"], returned["verdict"]["note"]) == ("returned", "returned", "Direkt är för långt")
    await save(maria, rewritten(draft, "Bekräfta läget"))
    writing = (await maria.get("drafts/teleavbrott")).json()
    assert (writing["stage"], writing["verdict"]["note"]) == ("writing", "Direkt är för långt"), "what was said is still to be read"
    again = (await maria.post("drafts/teleavbrott/hand", json={"to": bo.member, "note": "Nu kortare"})).json()
    assert (again["stage"], again["verdict"]) == ("handed", None)


async def test_a_draft_is_taken_back_before_the_verdict_only(maria: DeskClient, bo: DeskClient) -> None:
    await handed(maria, bo)
    assert (await maria.post("drafts/teleavbrott/take-back")).json()["stage"] == "writing"
    refused = await maria.post("drafts/teleavbrott/take-back")
    assert (code(refused), refused.json()["stage"]) == ((409, "stage"), "writing")
    assert code(await bo.post("drafts/teleavbrott/approve", json={"revision": 1})) == (409, "stage")
    assert code(await bo.post("drafts/teleavbrott/return", json={"note": "x"})) == (409, "stage")


@pytest.mark.parametrize(("roles", "why"), [("leader", "role"), ("", "unknown")])
async def test_a_draft_is_handed_to_somebody_who_may_read_it(maria: DeskClient, sat: Sat, roles: str, why: str) -> None:
    to = (await sat("Lena", roles=roles)).member if roles else "ingen"
    await begin(maria, starter="teleavbrott")
    refused = await maria.post("drafts/teleavbrott/hand", json={"to": to, "note": ""})
    assert (code(refused), refused.json()["fields"]) == ((422, "field"), {"to": why})
    assert (await maria.get("drafts/teleavbrott")).json()["stage"] == "writing"


async def test_remarks_stand_at_their_steps_until_they_are_seen_to(maria: DeskClient, bo: DeskClient) -> None:
    draft = await handed(maria, bo)
    step = draft["document"]["phases"][0]["steps"][0]["id"]
    await bo.post("drafts/teleavbrott/remarks", json={"step": step, "text": "<b>Vem</b> ringer?"})
    said = (await bo.post("drafts/teleavbrott/remarks", json={"step": "", "text": "Bra i stort"})).json()
    assert [(r["id"], r["step"], r["text"], r["by"]["name"], r["settled"]) for r in said["remarks"]] == [
        (1, step, "<b>Vem</b> ringer?", "Bo", False),
        (2, "", "Bra i stort", "Bo", False),
    ]
    assert said["stage"] == "handed", "a remark is no change of the text"
    settled = (await maria.put("drafts/teleavbrott/remarks/1", json={"settled": True})).json()
    assert [remark["settled"] for remark in settled["remarks"]] == [True, False]
    assert [r["settled"] for r in (await maria.put("drafts/teleavbrott/remarks/1", json={"settled": False})).json()["remarks"]] == [False, False]
    assert code(await maria.put("drafts/teleavbrott/remarks/3", json={"settled": True})) == (404, "not-found")
    for wrong in ({"step": "", "text": " "}, {"step": "finns-inte", "text": "x"}, {"step": "", "text": "x" * 4001}):
        assert code(await bo.post("drafts/teleavbrott/remarks", json=wrong)) == (422, "field")


async def test_remarks_go_with_the_draft(maria: DeskClient, bo: DeskClient) -> None:
    draft = await handed(maria, bo)
    await bo.post("drafts/teleavbrott/remarks", json={"step": "", "text": "Bra"})
    await publish(maria, draft)
    assert (await maria.post("drafts/teleavbrott", json={})).json()["remarks"] == []


def writers(draft: Json) -> list[str]:
    return [writer["name"] for writer in draft["writers"]]


async def test_a_draft_tells_who_has_written_in_it(maria: DeskClient, bo: DeskClient) -> None:
    await publish(maria, await begin(maria, starter="teleavbrott"))
    draft = (await maria.post("drafts/teleavbrott", json={})).json()
    assert writers(draft) == [], "whoever takes out a version has written nothing"
    await save(bo, rewritten(draft, "Bekräfta läget"))
    await save(maria, {**rewritten(draft, "Bekräfta läget nu"), "revision": draft["revision"] + 1})
    assert writers((await bo.get("drafts/teleavbrott")).json()) == ["Bo", "Maria"]


async def test_who_wrote_only_what_was_thrown_away_is_no_writer_of_what_is_there(maria: DeskClient, bo: DeskClient, server: Running) -> None:
    require_second(server, maria.organisation)
    draft = await begin(maria, starter="teleavbrott")
    await save(bo, rewritten(draft, "Bekräfta läget"))
    await save(maria, rewritten(draft, "Ring operatören"), force=True)
    await maria.post("drafts/teleavbrott/hand", json={"to": bo.member, "note": ""})
    now = (await bo.get("drafts/teleavbrott")).json()
    assert (now["stage"], writers(now)) == ("handed", ["Maria"])
    assert (await bo.post("drafts/teleavbrott/approve", json={"revision": now["revision"]})).status_code == 200


async def test_a_text_made_of_both_is_written_by_both_and_neither_is_gone(maria: DeskClient, bo: DeskClient) -> None:
    await publish(maria, await begin(maria, starter="teleavbrott"))
    draft = (await maria.post("drafts/teleavbrott", json={})).json()
    await save(bo, rewritten(draft, "Bekräfta läget"))
    mixed = await save(maria, {**rewritten(draft, "Ring operatören"), "revision": draft["revision"] + 1}, force=True)
    now = (await bo.get("drafts/teleavbrott")).json()
    assert (mixed.status_code, writers(now)) == (200, ["Bo", "Maria"])
    assert [aside["saved_by"]["name"] for aside in now["asides"]] == ["Bo"]


async def test_a_text_that_comes_back_has_those_who_wrote_it(maria: DeskClient, bo: DeskClient, sat: Sat) -> None:
    """Not who brings it back only: else an author could approve what they wrote themselves."""
    eva = await sat("Eva", roles="editor")
    draft = await begin(maria, starter="teleavbrott")
    await save(bo, rewritten(draft, "Bekräfta läget"))
    await save(eva, rewritten(draft, "Ring operatören"), force=True)
    assert writers((await eva.get("drafts/teleavbrott")).json()) == ["Eva", "Maria"]
    await save(bo, {**rewritten(draft, "Bekräfta läget nu"), "revision": 2}, force=True)
    assert writers((await eva.get("drafts/teleavbrott")).json()) == ["Bo", "Maria"], "made from Bo's own, which was made from Maria's"
    await save(maria, {**rewritten(draft, "Ring operatören"), "revision": 4})
    assert writers((await eva.get("drafts/teleavbrott")).json()) == ["Bo", "Eva", "Maria"], "Eva's words again, from the texts that were kept aside"
    await maria.delete("drafts/teleavbrott")
    assert writers((await bo.post("drafts/teleavbrott", json={})).json()) == ["Bo", "Eva", "Maria"]


async def test_a_remark_keeps_the_words_it_was_about_when_the_step_is_gone(maria: DeskClient, bo: DeskClient) -> None:
    draft = await handed(maria, bo)
    steps = draft["document"]["phases"][0]["steps"]
    (about, words) = (steps[0]["id"], steps[0]["text"]["sv"])
    await bo.post("drafts/teleavbrott/remarks", json={"step": about, "text": "Behövs den?"})
    draft["document"]["phases"][0]["steps"] = steps[1:]
    await save(maria, draft)
    (remark,) = (await maria.get("drafts/teleavbrott")).json()["remarks"]
    assert (remark["step"], remark["words"], remark["text"]) == (about, words, "Behövs den?")
