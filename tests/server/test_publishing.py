"""A draft becomes a version, once, on every phone; versions are for ever, and what is withdrawn is only out of reach for what begins now."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio

from stormlykta.files.swedish_time import day
from stormlykta.state import read_clock
from stormlykta.texts.documents import document_hash
from tests.desk import DeskClient
from tests.phone import Phone, new_id
from tests.server.conftest import Joined, Sat
from tests.server.test_drafts import Json, begin, code, rewritten, save, step_ids, trail
from tests.serving import Running

NEXT_YEAR = (day(read_clock()) + timedelta(days=365)).isoformat()


@pytest_asyncio.fixture
async def maria(sat: Sat) -> DeskClient:
    return await sat("Maria", roles="editor")


async def publish(desk: DeskClient, draft: Json, **more: Any) -> httpx.Response:
    asked = {"revision": draft["revision"], "changes": "Ny", "review_by": NEXT_YEAR, "owner": "Beredskap", "version_in_force": 0}
    return await desk.post(f"drafts/{draft['checklist']}/publish", json={**asked, **more})


async def put_in_force(desk: DeskClient, starter: str = "elavbrott-storm") -> Json:
    draft = await begin(desk, starter=starter)
    response = await publish(desk, draft)
    assert response.status_code == 201, response.text
    return draft


async def take_out(desk: DeskClient, checklist: str, text: str, **asked: Any) -> Json:
    """A draft of a published checklist, with another text in its first step, saved."""
    draft = (await desk.post(f"drafts/{checklist}", json=asked)).json()
    changed = rewritten(draft, text)
    return {**changed, "revision": (await save(desk, changed)).json()["revision"]}


async def manifest_of(phone: Phone) -> Json:
    found: Json = (await phone.client.get(f"{phone.base}/library")).json()
    return found


async def test_a_published_version_is_on_the_phones_at_once_and_the_draft_is_gone(maria: DeskClient, joined: Joined, server: Running) -> None:
    anna = await joined("Anna")
    draft = await begin(maria, starter="elavbrott-storm")
    assert (await manifest_of(anna))["checklists"] == []
    response = await publish(maria, draft, changes=" Första versionen ")
    assert response.status_code == 201
    (entry,) = (await manifest_of(anna))["checklists"]
    assert response.json() == {"version": 1, "hash": entry["hash"], "published": entry["published"]}
    assert (entry["version"], entry["published_by"], entry["changes"], entry["review_by"]) == (1, "Maria", "Första versionen", NEXT_YEAR)
    got = await anna.client.get(f"{anna.base}/documents/{entry['hash']}")
    assert document_hash(got.content) == entry["hash"]
    today = day(read_clock()).isoformat()
    assert {key: got.json()[key] for key in ("edition", "owner", "reviewed", "review_by")} == {
        **{"edition": "1.0.0", "owner": "Beredskap"},
        **{"reviewed": today, "review_by": NEXT_YEAR},
    }
    assert code(await maria.get("drafts/elavbrott-storm")) == (404, "not-found")
    assert trail(server, maria.organisation) == [("draft.begun", "elavbrott-storm"), ("checklist.published", "elavbrott-storm")]


async def test_a_phone_that_listens_is_poked_when_something_is_published(maria: DeskClient, joined: Joined) -> None:
    anna = await joined("Anna")
    draft = await begin(maria, starter="teleavbrott")
    async with anna.client.stream("GET", f"{anna.base}/live", timeout=20) as live:
        lines = live.aiter_lines()
        await anext(lines)
        assert (await publish(maria, draft)).status_code == 201
        now = (await manifest_of(anna))["hash"]
        async with asyncio.timeout(20):
            assert [line async for line in until(lines, now)]


async def until(lines: Any, text: str) -> Any:
    """The lines of a stream, up to one that says so; those of earlier pokes before it."""
    async for line in lines:
        yield line
        if text in line:
            return
    raise AssertionError("the stream ended")


async def test_the_history_says_who_when_and_why_and_every_version_can_be_read(maria: DeskClient, sat: Sat) -> None:
    await put_in_force(maria)
    bo = await sat("Bo")
    draft = await take_out(bo, "elavbrott-storm", "Skriv ut listorna")
    assert draft["base"] == 1
    assert (await publish(bo, draft, version_in_force=1, changes="Listorna")).json()["version"] == 2
    seen = (await maria.get("checklists/elavbrott-storm")).json()
    assert [(v["version"], v["published_by"], v["changes"], v["approved_by"], v["owner"]) for v in seen["versions"]] == [
        (2, "Bo", "Listorna", None, "Beredskap"),
        (1, "Maria", "Ny", None, "Beredskap"),
    ]
    assert (seen["row"]["version"], seen["row"]["draft"], seen["row"]["withdrawn"]) == (2, None, None)
    first, second = [(await maria.get(f"checklists/elavbrott-storm/versions/{number}")).json() for number in (1, 2)]
    assert second["document"] == seen["published"]
    assert second["document"]["phases"][0]["steps"][0]["text"]["sv"] == "Skriv ut listorna"
    assert first["document"]["phases"][0]["steps"][0]["text"]["sv"] != "Skriv ut listorna"
    assert first["version"] == seen["versions"][1]
    assert code(await maria.get("checklists/elavbrott-storm/versions/3")) == (404, "not-found")


async def test_going_back_is_a_new_version_with_the_same_steps(maria: DeskClient) -> None:
    first = await put_in_force(maria)
    await publish(maria, await take_out(maria, "elavbrott-storm", "Skriv ut listorna"), version_in_force=1)
    back = await maria.post("drafts/elavbrott-storm", json={"version": 1})
    assert (back.status_code, back.json()["base"]) == (201, 1)
    assert step_ids(back.json()) == step_ids(first)
    assert (await publish(maria, back.json(), version_in_force=2, changes="Tillbaka")).json()["version"] == 3
    now = (await maria.get("checklists/elavbrott-storm/versions/3")).json()["document"]
    before = (await maria.get("checklists/elavbrott-storm/versions/1")).json()["document"]
    assert {**now, "edition": ""} == {**before, "edition": ""}


async def test_an_older_version_is_not_taken_out_over_a_draft_that_is_there(maria: DeskClient) -> None:
    await put_in_force(maria)
    draft = await take_out(maria, "elavbrott-storm", "Skriv ut")
    refused = await maria.post("drafts/elavbrott-storm", json={"version": 1})
    assert code(refused) == (409, "draft-exists")
    assert refused.json()["draft"]["revision"] == draft["revision"]
    assert code(await maria.post("drafts/elavbrott-storm", json={"version": 7})) == (404, "not-found")


async def test_of_two_who_publish_at_once_exactly_one_does(maria: DeskClient, sat: Sat) -> None:
    await put_in_force(maria)
    bo = await sat("Bo")
    draft = await take_out(maria, "elavbrott-storm", "Skriv ut listorna")
    answers = await asyncio.gather(*(publish(who, draft, version_in_force=1) for who in (maria, bo, maria, bo)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {(*code(answer), answer.json()["version"]) for answer in answers if answer.status_code == 409} == {(409, "raced", 2)}
    assert [v["version"] for v in (await maria.get("checklists/elavbrott-storm")).json()["versions"]] == [2, 1]


async def test_a_version_that_came_into_force_meanwhile_is_told_and_leaves_the_draft_as_it_is(maria: DeskClient, sat: Sat) -> None:
    bo = await sat("Bo")
    await put_in_force(maria)
    mine = await take_out(maria, "elavbrott-storm", "Skriv ut listorna")
    assert (await publish(bo, mine, version_in_force=1)).status_code == 201
    next_one = await take_out(bo, "elavbrott-storm", "Skriv ut alla listor")
    refused = await publish(maria, {**next_one, "revision": next_one["revision"]}, version_in_force=1)
    assert (code(refused), refused.json()["version"]) == ((409, "raced"), 2)
    left = (await maria.get("drafts/elavbrott-storm")).json()
    assert (left["revision"], left["document"]) == (next_one["revision"], next_one["document"])
    assert (await publish(maria, next_one, version_in_force=2)).status_code == 201


async def test_a_draft_that_has_been_changed_since_it_was_read_is_not_published(maria: DeskClient, sat: Sat) -> None:
    bo = await sat("Bo")
    draft = await begin(maria, starter="elavbrott-storm")
    await save(bo, rewritten(draft, "Skriv ut listorna"))
    refused = await publish(maria, draft)
    assert code(refused) == (409, "conflict")
    assert refused.json()["draft"]["revision"] == 2
    assert (await maria.get("checklists/elavbrott-storm")).json()["versions"] == []


@pytest.mark.parametrize(
    ("change", "refusal", "fields"),
    [
        ({"changes": "  "}, "changes", None),
        ({"changes": "x" * 4001}, "field", {"changes": "long"}),
        ({"review_by": "i höst"}, "field", {"review_by": "date"}),
        ({"review_by": "2020-01-01"}, "field", {"review_by": "past"}),
        ({"owner": " "}, "field", {"owner": "empty"}),
        ({"owner": "x" * 201}, "field", {"owner": "long"}),
    ],
)
async def test_what_publishing_needs_is_asked_for_in_words(maria: DeskClient, change: Json, refusal: str, fields: Json | None) -> None:
    draft = await begin(maria, starter="elavbrott-storm")
    refused = await publish(maria, draft, **change)
    assert code(refused) == (422, refusal)
    assert refused.json().get("fields") == fields
    assert (await maria.get("drafts/elavbrott-storm")).json()["revision"] == 1


async def test_what_is_empty_stops_and_is_pointed_out_where_it_is(maria: DeskClient) -> None:
    draft = rewritten(await begin(maria, starter="elavbrott-storm"), "  ")
    draft["document"]["goal"] = {"sv": ""}
    draft["revision"] = (await save(maria, draft)).json()["revision"]
    refused = await publish(maria, draft)
    assert code(refused) == (422, "faulty")
    errors = [f for f in refused.json()["findings"] if f["severity"] == "error"]
    first = draft["document"]["phases"][0]
    assert {(f["phase"], f["step"], f["field"]) for f in errors} == {(None, None, "goal"), (first["id"], first["steps"][0]["id"], "text")}


async def test_a_reference_to_what_is_not_there_is_advice_and_never_stops(maria: DeskClient) -> None:
    draft = await begin(maria, starter="elavbrott-storm")
    step = next(step for phase in draft["document"]["phases"] for step in phase["steps"] if step["id"] == "trygghetslarm")
    step.update(call=["finns-inte"], cards=["inte-heller"], message="nej", role="ingen")
    draft["document"]["goal"] = {"sv": "Ring [[call:ingen-alls]]"}
    saved = (await save(maria, draft)).json()
    told = {(f["code"], f["severity"], f["step"], f["field"]) for f in saved["findings"]}
    assert {("no-contact", "advice", "trygghetslarm", "call"), ("no-card", "advice", "trygghetslarm", "cards")} <= told
    assert {("no-message", "advice", "trygghetslarm", "message"), ("no-contact", "advice", None, "goal")} <= told
    assert {severity for _, severity, _, _ in told} == {"advice"}
    assert (await publish(maria, {**draft, "revision": saved["revision"]})).status_code == 201


async def test_the_same_again_is_no_new_version_unless_it_has_been_looked_through(maria: DeskClient) -> None:
    await put_in_force(maria)
    draft = (await maria.post("drafts/elavbrott-storm", json={})).json()
    assert code(await publish(maria, draft, version_in_force=1)) == (409, "unchanged")
    later = (day(read_clock()) + timedelta(days=700)).isoformat()
    assert (await publish(maria, draft, version_in_force=1, review_by=later, changes="Sett över")).json()["version"] == 2


async def test_loose_spaces_and_what_nobody_sees_are_not_published(maria: DeskClient, joined: Joined) -> None:
    anna = await joined("Anna")
    draft = rewritten(await begin(maria, starter="elavbrott-storm"), " Skriv\tut\u202e  <b>listorna</b>\n\u0000 ")
    draft["revision"] = (await save(maria, draft)).json()["revision"]
    published = (await publish(maria, draft)).json()
    document = (await anna.client.get(f"{anna.base}/documents/{published['hash']}")).json()
    assert document["phases"][0]["steps"][0]["text"]["sv"] == "Skriv ut <b>listorna</b>"


async def test_what_is_withdrawn_cannot_be_begun_and_stays_where_it_is_used(maria: DeskClient, joined: Joined, server: Running) -> None:
    anna = await joined("Anna")
    await put_in_force(maria)
    (entry,) = (await manifest_of(anna))["checklists"]
    inc = new_id()
    anna.write(inc, "open", body={"title": "Stormen", "exercise": 0})
    anna.write(inc, "card", "AAAAAAAAAAA", body={"checklist": entry["id"], "version": 1, "hash": entry["hash"]})
    await anna.sync()
    assert code(await maria.post("checklists/elavbrott-storm/withdraw", json={"why": " "})) == (422, "field")
    assert (await maria.post("checklists/elavbrott-storm/withdraw", json={"why": "Ersatt"})).status_code == 204
    assert (await manifest_of(anna))["checklists"] == []
    assert (await anna.client.get(f"{anna.base}/documents/{entry['hash']}")).status_code == 200
    assert (await anna.client.get(f"{anna.base}/incidents/{inc}/export")).text.count('"type":"document"') == 1
    (row,) = (await maria.get("checklists")).json()["checklists"]
    assert (row["withdrawn"]["by"], row["withdrawn"]["why"]) == ("Maria", "Ersatt")
    assert code(await maria.post("checklists/elavbrott-storm/withdraw", json={"why": "x"})) == (409, "stage")
    assert (await maria.post("checklists/elavbrott-storm/restore")).status_code == 204
    assert [each["hash"] for each in (await manifest_of(anna))["checklists"]] == [entry["hash"]]
    assert code(await maria.post("checklists/elavbrott-storm/restore")) == (409, "stage")
    assert [deed for deed, _ in trail(server, maria.organisation)][-2:] == ["checklist.withdrawn", "checklist.restored"]


async def test_a_new_version_puts_a_withdrawn_checklist_back(maria: DeskClient, joined: Joined) -> None:
    anna = await joined("Anna")
    await put_in_force(maria)
    await maria.post("checklists/elavbrott-storm/withdraw", json={"why": "Ses över"})
    await publish(maria, await take_out(maria, "elavbrott-storm", "Skriv ut"), version_in_force=1)
    assert [each["version"] for each in (await manifest_of(anna))["checklists"]] == [2]
    assert (await maria.get("checklists/elavbrott-storm")).json()["row"]["withdrawn"] is None


async def test_a_draft_is_tried_on_ones_own_phones_and_nobody_elses(maria: DeskClient, sat: Sat, joined: Joined) -> None:
    mine, annas = await joined("Maria", roles="leader,editor"), await joined("Anna")
    maria = await sat("Maria", roles="leader,editor")
    draft = await begin(maria, starter="elavbrott-storm")
    before = await manifest_of(annas)
    sent = await maria.put("trials/elavbrott-storm", json={"revision": 1})
    assert (sent.status_code, sent.json()) == (200, {"phones": 1})
    (trial,) = (await manifest_of(mine))["trials"]
    assert {key: trial[key] for key in ("id", "version", "title", "kind", "order", "draft")} == {
        **{"id": "elavbrott-storm", "version": 0, "title": "Långvarigt elavbrott och storm"},
        **{"kind": "action-card", "order": draft["document"]["order"], "draft": True},
    }
    got = await mine.client.get(f"{mine.base}/documents/{trial['hash']}")
    assert document_hash(got.content) == trial["hash"]
    assert await manifest_of(annas) == before
    await save(maria, rewritten(draft, "Skriv ut"))
    late = await maria.put("trials/elavbrott-storm", json={"revision": 1})
    assert code(late) == (409, "conflict")
    assert late.json()["draft"]["revision"] == 2
    assert (await maria.put("trials/elavbrott-storm", json={"revision": 2})).status_code == 200
    assert [each["hash"] != trial["hash"] for each in (await manifest_of(mine))["trials"]] == [True]
    assert (await maria.delete("trials/elavbrott-storm")).status_code == 204
    assert "trials" not in await manifest_of(mine)
    assert code(await maria.delete("trials/elavbrott-storm")) == (404, "not-found")


async def test_a_draft_tells_whether_it_is_out_on_the_readers_own_phone_and_whether_that_is_this_text(sat: Sat, joined: Joined) -> None:
    await joined("Maria", roles="leader,editor")
    maria, bo = await sat("Maria", roles="leader,editor"), await sat("Bo", roles="editor")
    draft = await begin(maria, starter="elavbrott-storm")
    assert draft["trial"] is None
    await maria.put("trials/elavbrott-storm", json={"revision": 1})
    trial = (await maria.get("drafts/elavbrott-storm")).json()["trial"]
    assert (trial["phones"], trial["same"], trial["sent"] > 0) == (1, True, True)
    assert (await bo.get("drafts/elavbrott-storm")).json()["trial"] is None, "another's phone is another's"
    await save(maria, rewritten(draft, "Skriv ut"))
    assert (await maria.get("drafts/elavbrott-storm")).json()["trial"]["same"] is False
    await maria.delete("trials/elavbrott-storm")
    assert (await maria.get("drafts/elavbrott-storm")).json()["trial"] is None


@pytest.mark.parametrize("end", ["publish", "discard"])
async def test_a_trial_ends_with_its_draft(maria: DeskClient, sat: Sat, joined: Joined, end: str) -> None:
    mine = await joined("Maria", roles="leader,editor")
    maria = await sat("Maria", roles="leader,editor")
    draft = await begin(maria, starter="elavbrott-storm")
    await maria.put("trials/elavbrott-storm", json={"revision": 1})
    assert "trials" in await manifest_of(mine)
    done = await publish(maria, draft) if end == "publish" else await maria.delete("drafts/elavbrott-storm")
    assert done.status_code in (201, 204)
    assert "trials" not in await manifest_of(mine)


async def test_the_desk_publishes_byte_for_byte_what_the_command_line_would(maria: DeskClient, joined: Joined) -> None:
    anna = await joined("Anna")
    draft = await begin(maria, starter="teleavbrott")
    published = (await publish(maria, draft)).json()
    document = (await anna.client.get(f"{anna.base}/documents/{published['hash']}")).json()
    settled = {"edition": "", "reviewed": "", "review_by": "", "owner": ""}
    assert {**document, **settled} == {**draft["document"], **settled}


async def test_a_reference_to_what_has_been_withdrawn_is_told_and_one_to_itself_is_not(maria: DeskClient) -> None:
    await put_in_force(maria, "teleavbrott")
    draft = await begin(maria, starter="elavbrott-storm")
    draft["document"]["goal"] = {"sv": "Se [[card:teleavbrott]] och [[card:elavbrott-storm]]"}

    async def missing() -> list[str]:
        found = (await maria.get("drafts/elavbrott-storm")).json()["findings"]
        return [finding["message"] for finding in found if (finding["code"], finding["field"]) == ("no-card", "goal")]

    await save(maria, draft)
    assert await missing() == []
    await maria.post("checklists/teleavbrott/withdraw", json={"why": "Ersatt"})
    assert await missing() == ["Checklistan ”teleavbrott” finns inte i krispärmen."]


async def test_a_draft_that_no_phone_could_show_is_not_sent_to_one(maria: DeskClient) -> None:
    draft = await begin(maria, blank={"kind": "action-card", "title": "Ny"})
    assert (await maria.put("trials/ny", json={"revision": 1})).status_code == 200, "unfinished is no hindrance"
    draft["document"]["phases"] = []
    revision = (await save(maria, draft)).json()["revision"]
    refused = await maria.put("trials/ny", json={"revision": revision})
    assert code(refused) == (422, "faulty")
    assert "no-phases" in {finding["code"] for finding in refused.json()["findings"]}
