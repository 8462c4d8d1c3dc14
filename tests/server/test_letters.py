"""Letters of self-confirmation: one link, one person, one answer; and nothing about anybody else, ever."""

import asyncio
import sqlite3
import time
from contextlib import closing
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import msgspec
import pytest

from stormlykta.shapes import Contacts, Number
from tests.desk import DeskClient
from tests.letters import Reader, code, letter_to, listed, write
from tests.register import BO, DIRECTOR, KARIN, REGISTER, listening, on_the_phone, put_register, read_register
from tests.server.conftest import Joined, Sat
from tests.serving import Running

TODAY = time.strftime("%Y-%m-%d")


@pytest.fixture
async def maria(sat: Sat, server: Running, organisation: str) -> DeskClient:
    clerk = await sat("Maria", roles="admin,leader")
    await put_register(server.data, organisation)
    return clerk


async def test_a_letter_has_a_link_and_words_to_send_in_both_languages(maria: DeskClient, server: Running, organisation: str) -> None:
    (letter,) = await write(maria, "direktor/karin")
    assert letter["link"].startswith(f"{server.url}/#/bekrafta/{organisation}/")
    subject, text, mailto = letter["sv"]
    assert "Kommundirektör" in subject
    assert all(part in text for part in ("Karin Exempelsson", organisation.capitalize(), letter["link"], "Maria"))
    assert "070-174 06 07" not in text
    assert "Chief executive" in letter["en"][0]
    address = urlsplit(mailto)
    assert (address.scheme, address.path) == ("mailto", "karin@exempelkommun.example")
    assert parse_qs(address.query)["body"] == [text.replace("\n", "\r\n")]
    assert len(mailto) < 2000  # what Windows hands to a mail program


async def test_only_the_hash_of_a_link_is_kept(maria: DeskClient, server: Running) -> None:
    (letter,) = await write(maria, "direktor/karin")
    token = letter["link"].rsplit("/", 1)[1].encode()
    with closing(sqlite3.connect(server.data / "stormlykta.db")) as database:
        rows = [value for table in ("letters", "audit") for row in database.execute(f"SELECT * FROM {table}") for value in row]
    assert len(token) == 43
    assert not [value for value in rows if isinstance(value, bytes | str) and token in (value if isinstance(value, bytes) else value.encode())]
    assert token.decode() not in server.log.read_text()


async def test_the_holder_of_a_link_sees_only_their_own_details(maria: DeskClient, server: Running) -> None:
    karin = await letter_to(maria, server, "direktor/karin")
    opened = (await karin.open()).json()
    assert opened["person"]["name"] == "Karin Exempelsson"
    assert [number["number"] for number in opened["person"]["numbers"]] == ["070-174 06 07", "08-465 004 01"]
    assert opened["function"] == {"sv": "Kommundirektör", "en": "Chief executive"}
    assert not [word for word in ("Bo Provlund", "Leila", "VA-jour", "interval", "verified_by") if word in (await karin.open()).text]
    assert (await listed(maria, "karin"))["opened"] is not None


async def test_yes_counts_at_once_and_the_phones_get_it(maria: DeskClient, joined: Joined, server: Running) -> None:
    anna = await joined("Anna")
    karin = await letter_to(maria, server, "direktor/karin")
    assert (await karin.answer()).status_code == 204
    person = await on_the_phone(anna, "karin")
    assert (person["verified"], person["verified_by"]) == (TODAY, "Karin Exempelsson")
    assert (await listed(maria, "karin"))["state"] == "confirmed"


async def test_a_phone_that_listens_is_poked_when_somebody_confirms_and_when_a_correction_is_accepted(
    maria: DeskClient, joined: Joined, server: Running, organisation: str
) -> None:
    anna = await joined("Anna")
    karin, bo = await letter_to(maria, server, "direktor/karin"), await letter_to(maria, server, "direktor/bo")
    async with listening(anna, server, organisation) as poke:
        await karin.answer()
        first = await poke()
        await bo.answer(False, person={"name": "Bo Nytt", "numbers": [{"number": "112", "dial": ""}]})
        await maria.post(f"letters/{(await listed(maria, 'bo'))['id']}/accept")
        assert await poke() != first


async def test_many_confirmations_in_a_row_are_one_fetch_for_the_phones_and_any_other_change_brings_them_all(
    maria: DeskClient, joined: Joined, server: Running, organisation: str
) -> None:
    anna = await joined("Anna")

    async def list_named() -> str:
        return str((await anna.client.get(f"{anna.base}/library")).json()["contacts"])

    first, second = await letter_to(maria, server, "direktor/karin"), await letter_to(maria, server, "direktor/bo")
    before = await list_named()
    assert (await first.answer()).status_code == 204
    once = await list_named()
    assert once != before  # the first of them goes out at once
    assert (await second.answer()).status_code == 204
    assert await list_named() == once
    assert (await on_the_phone(anna, "karin"))["verified_by"] == "Karin Exempelsson"  # the list that is named is still there
    desk = {one["id"]: one for view in (await maria.get("contacts")).json()["functions"] for one in view["function"]["persons"]}
    assert desk["bo"]["verified_by"] == "Bo Provlund"  # at the desk it counts at once
    assert (await maria.post("contacts", {"function": {"title": {"sv": "Ny"}, "kind": "intern", "category": "krisledning", "persons": []}})).status_code == 201
    assert (await on_the_phone(anna, "bo"))["verified_by"] == "Bo Provlund"


async def test_a_correction_changes_nothing_until_it_is_accepted(maria: DeskClient, joined: Joined, server: Running) -> None:
    anna = await joined("Anna")
    karin = await letter_to(maria, server, "direktor/karin")
    person = {"name": "Karin Exempelsson", "numbers": [{"number": "070-174 06 77", "dial": ""}], "email": "karin@exempelkommun.example", "rakel": "EX-003"}
    assert (await karin.answer(False, person=person, note="Ny telefon")).status_code == 204
    assert (await on_the_phone(anna, "karin"))["verified"] == "2026-01-02"
    waiting = await listed(maria, "karin")
    assert (waiting["state"], waiting["note"]) == ("corrected", "Ny telefon")
    told = {(change[0], change[1], change[2]) for change in waiting["changes"]}
    assert ("number", "070-174 06 07 (tjänstemobil)", "070-174 06 77") in told
    assert ("address", "Kommunhuset, Storgatan 1", "") in told
    assert (await maria.post(f"letters/{waiting['id']}/accept")).status_code == 204
    fresh = await on_the_phone(anna, "karin")
    assert fresh["numbers"] == [{"number": "070-174 06 77", "dial": "+46701740677"}]
    assert (fresh["verified"], fresh["verified_by"], fresh.get("address")) == (TODAY, "Karin Exempelsson", None)
    assert (await listed(maria, "karin"))["state"] == "accepted"


async def test_what_was_edited_at_the_desk_meanwhile_stays(maria: DeskClient, server: Running, organisation: str) -> None:
    karin = await letter_to(maria, server, "direktor/karin")
    await karin.answer(False, person={"name": KARIN.name, "numbers": [{"number": "070-174 06 77", "dial": ""}], "rakel": "EX-003"})
    edited = msgspec.structs.replace(KARIN, notes="ring växeln nattetid", rakel="EX-900", numbers=(Number("08-11 22 33", "+468112233"),))
    await put_register(server.data, organisation, Contacts((msgspec.structs.replace(DIRECTOR, persons=(edited, BO)), *REGISTER.functions[1:])))
    waiting = await listed(maria, "karin")
    assert next(change for change in waiting["changes"] if change[0] == "number")[4] == "08-11 22 33"  # said beside the correction
    await maria.post(f"letters/{waiting['id']}/accept")
    fresh = (await read_register(server.data, organisation)).functions[0].persons[0]
    assert (fresh.notes, fresh.rakel, fresh.numbers[0].number) == ("ring växeln nattetid", "EX-900", "070-174 06 77")


async def test_a_declined_correction_is_forgotten_and_the_contact_stays(maria: DeskClient, server: Running, organisation: str) -> None:
    karin = await letter_to(maria, server, "direktor/karin")
    await karin.answer(False, person={"name": "Karin Kapad", "numbers": [{"number": "070-000 00 00", "dial": ""}]})
    waiting = await listed(maria, "karin")
    assert (await maria.post(f"letters/{waiting['id']}/decline")).status_code == 204
    assert await read_register(server.data, organisation) == REGISTER
    assert (await listed(maria, "karin"))["changes"] == []
    assert code(await maria.post(f"letters/{waiting['id']}/accept")) == (409, "letter-settled")


async def test_many_corrections_are_accepted_in_one_go_and_those_that_cannot_be_are_told(maria: DeskClient, server: Running, organisation: str) -> None:
    for person in ("direktor/karin", "direktor/bo"):
        reader = await letter_to(maria, server, person)
        await reader.answer(False, person={"name": "Nytt Namn", "numbers": [{"number": "070-174 06 50", "dial": ""}]})
    ids = [each["id"] for each in (await maria.get("letters")).json()["letters"]]
    response = await maria.post("letters/accept", {"letters": [*ids, "finns-inte"]})
    assert response.json() == {"refused": [{"id": "finns-inte", "code": "not-found"}]}
    assert [person.name for person in (await read_register(server.data, organisation)).functions[0].persons] == ["Nytt Namn", "Nytt Namn"]


async def test_who_has_the_duty_no_more_says_so_and_nothing_is_published(maria: DeskClient, server: Running, organisation: str) -> None:
    karin = await letter_to(maria, server, "direktor/karin")
    assert (await karin.answer(False, left=True, note="Slutade i maj")).status_code == 204
    waiting = await listed(maria, "karin")
    assert (waiting["left"], waiting["note"], waiting["changes"]) == (True, "Slutade i maj", [])
    assert (await maria.post(f"letters/{waiting['id']}/accept")).status_code == 204
    assert await read_register(server.data, organisation) == REGISTER


async def test_a_link_answers_once(maria: DeskClient, server: Running) -> None:
    karin = await letter_to(maria, server, "direktor/karin")
    answers = await asyncio.gather(*(karin.answer() for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [204, 410, 410, 410, 410]
    assert code(await karin.open()) == (410, "letter-used")
    assert code(await karin.answer(False, left=True)) == (410, "letter-used")


async def test_a_link_that_is_too_old_says_so(maria: DeskClient, server: Running) -> None:
    karin = await letter_to(maria, server, "direktor/karin")
    with closing(sqlite3.connect(server.data / "stormlykta.db", timeout=10)) as database, database:
        database.execute("UPDATE letters SET expires = ? WHERE organisation = ?", (int(time.time() * 1000) - 1, maria.organisation))
    assert [code(await karin.open()), code(await karin.answer())] == [(410, "letter-expired")] * 2
    assert (await listed(maria, "karin"))["state"] == "expired"
    assert "Karin" not in (await karin.open()).text


async def test_a_new_letter_recalls_the_old_one(maria: DeskClient, server: Running) -> None:
    old, new = await letter_to(maria, server, "direktor/karin"), await letter_to(maria, server, "direktor/karin")
    assert code(await old.open()) == (410, "letter-recalled")
    assert (await new.open()).status_code == 200
    assert len((await maria.get("letters")).json()["letters"]) == 1


async def test_a_correction_that_waits_is_not_hidden_by_a_new_letter(maria: DeskClient, server: Running) -> None:
    karin = await letter_to(maria, server, "direktor/karin")
    await karin.answer(False, left=True)
    await write(maria, "direktor/karin")
    assert [each["state"] for each in (await maria.get("letters")).json()["letters"]] == ["corrected", "waiting"]


async def test_a_letter_is_recalled_but_not_once_it_is_answered(maria: DeskClient, server: Running) -> None:
    karin = await letter_to(maria, server, "direktor/karin")
    id = (await listed(maria, "karin"))["id"]
    assert (await maria.delete(f"letters/{id}")).status_code == 204
    assert code(await karin.answer()) == (410, "letter-recalled")
    assert code(await maria.delete(f"letters/{id}")) == (409, "letter-settled")


async def test_a_person_who_is_gone_is_told_so(maria: DeskClient, server: Running, organisation: str) -> None:
    karin, bo = await letter_to(maria, server, "direktor/karin"), await letter_to(maria, server, "direktor/bo")
    await bo.answer(False, left=True)
    await put_register(server.data, organisation, Contacts(REGISTER.functions[1:]))
    assert [code(await karin.open()), code(await karin.answer())] == [(410, "letter-gone")] * 2
    waiting = await listed(maria, "bo")
    assert (waiting["gone"], waiting["name"], waiting["title"]) == (True, "Bo Provlund", "Kommundirektör")
    assert code(await maria.post(f"letters/{waiting['id']}/accept")) == (410, "letter-gone")
    assert code(await maria.post("letters", {"persons": [{"function": "direktor", "person": "karin"}]})) == (404, "not-found")


async def test_guessing_is_stopped_and_a_true_link_still_works_for_others(maria: DeskClient, server: Running, organisation: str, tmp_path: Any) -> None:
    alone = Running(tmp_path / "data").start()  # a server of its own: its counter must not reach the other tests
    try:
        guess = Reader(alone, "exempelkommun", "x" * 43)
        answers = [await guess.open() for _ in range(22)]
    finally:
        alone.stop()
    assert [code(answer) for answer in answers[:20]] == [(404, "letter-unknown")] * 20
    assert code(answers[-1]) == (429, "limit")
    assert int(answers[-1].headers["retry-after"]) > 0


async def test_a_link_is_nothing_in_another_organisation(maria: DeskClient, server: Running, sat: Sat) -> None:
    await sat("Nils", organisation="annan-kommun")
    karin = await letter_to(maria, server, "direktor/karin")
    assert code(await Reader(server, "annan-kommun", karin.token).open()) == (404, "letter-unknown")


@pytest.mark.parametrize(
    ("person", "fields"),
    [
        ({"name": "", "numbers": [{"number": "070-174 06 07", "dial": ""}]}, {"name": "cell-blank"}),
        ({"name": "Karin", "numbers": [{"number": "07O-174", "dial": ""}]}, {"number0": "phone-bad"}),
        ({"name": "Karin", "numbers": [{"number": "112", "dial": "+46900"}], "email": "karin at"}, {"email": "email-bad"}),
        ({"name": "Karin", "numbers": []}, {"numbers": "nothing-to-reach"}),
        ({"name": "K\u202e", "numbers": [{"number": "112", "dial": ""}]}, {"name": "odd-character"}),
        ({"name": "Karin", "numbers": [{"number": "112", "dial": ""}] * 9}, {"numbers": "phones-many"}),
    ],
)
async def test_a_correction_with_something_wrong_says_which_and_uses_up_nothing(
    maria: DeskClient, server: Running, person: dict[str, Any], fields: dict[str, str]
) -> None:
    karin = await letter_to(maria, server, "direktor/karin")
    response = await karin.answer(False, person=person)
    assert (code(response), response.json()["fields"]) == ((422, "field"), fields)
    assert (await karin.answer()).status_code == 204


async def test_script_in_a_name_is_only_a_name(maria: DeskClient, server: Running) -> None:
    karin = await letter_to(maria, server, "direktor/karin")
    script = "<script>alert(1)</script>"
    await karin.answer(False, person={"name": script, "numbers": [{"number": "070-174 06 07", "dial": "javascript:1"}]})
    await maria.post(f"letters/{(await listed(maria, 'karin'))['id']}/accept")
    (letter,) = await write(maria, "direktor/karin")
    assert letter["name"] == script
    assert "<" not in letter["sv"][2]


async def test_an_answer_that_says_nothing_is_not_taken(maria: DeskClient, server: Running) -> None:
    karin = await letter_to(maria, server, "direktor/karin")
    same = (await karin.open()).json()["person"]
    assert code(await karin.answer(False, person=same)) == (422, "letter-unchanged")
    assert code(await karin.answer(False)) == (400, "shape")
    assert code(await karin.answer(False, left=True, note="x" * 501)) == (400, "shape")


async def test_a_secret_number_is_not_read_by_its_link_and_not_changed_by_what_hides_it(maria: DeskClient, server: Running, organisation: str) -> None:
    leila = await letter_to(maria, server, "va-jour/leila")
    opened = (await leila.open()).json()
    assert (opened["private"], opened["person"]["numbers"][0]["number"]) == (True, "•••-••• •• 99")
    assert opened["person"]["email"] == "l•••@hemma.example"
    assert "0699" not in (await leila.open()).text.replace(" ", "")
    said = {**opened["person"], "name": "Leila Nygift"}
    assert (await leila.answer(False, person=said)).status_code == 204
    await maria.post(f"letters/{(await listed(maria, 'leila'))['id']}/accept")
    fresh = (await read_register(server.data, organisation)).functions[1].persons[0]
    assert (fresh.name, fresh.numbers, fresh.email) == ("Leila Nygift", REGISTER.functions[1].persons[0].numbers, "leila@hemma.example")


async def test_two_secret_numbers_that_look_the_same_hidden_are_both_kept(maria: DeskClient, server: Running, organisation: str) -> None:
    twins = (Number("070-174 06 99", "+46701740699"), Number("070-174 05 99", "+46701740599"))
    water = REGISTER.functions[1]
    leila = msgspec.structs.replace(water.persons[0], numbers=twins)
    await put_register(server.data, organisation, Contacts((msgspec.structs.replace(water, persons=(leila,)),)))
    reader = await letter_to(maria, server, "va-jour/leila")
    said = (await reader.open()).json()["person"]
    await reader.answer(False, person={**said, "rakel": "EX-7"})
    await maria.post(f"letters/{(await listed(maria, 'leila'))['id']}/accept")
    assert (await read_register(server.data, organisation)).functions[0].persons[0].numbers == twins


async def test_a_clerk_who_is_no_leader_reads_no_secret_number_but_may_accept_it(maria: DeskClient, sat: Sat, server: Running, organisation: str) -> None:
    erik = await sat("Erik", roles="editor")
    (letter,) = await write(erik, "va-jour/leila")
    assert letter["email"] == ""
    assert letter["sv"][2].startswith("mailto:?")
    leila = Reader(server, organisation, letter["link"].rsplit("/", 1)[1])
    await leila.answer(False, person={"name": "Leila Testberg", "numbers": [{"number": "070-174 06 55", "dial": ""}], "email": "ny@hemma.example"})
    seen = await erik.get("letters")
    assert not [secret for secret in ("06 55", "06 99", "hemma.example") if secret in seen.text]
    assert [change[3] for change in (await listed(erik, "leila"))["changes"]] == [True, True]
    assert "070-174 06 55" in (await maria.get("letters")).text
    await put_register(server.data, organisation, Contacts((DIRECTOR,)))  # who is gone has secrets still
    assert "06 55" not in (await erik.get("letters")).text
    await put_register(server.data, organisation)
    await erik.post(f"letters/{(await listed(erik, 'leila'))['id']}/accept")
    assert (await read_register(server.data, organisation)).functions[1].persons[0].numbers[0].dial == "+46701740655"
    with closing(sqlite3.connect(server.data / "stormlykta.db")) as database:
        trail = str(database.execute("SELECT before, after FROM audit WHERE organisation = ?", (organisation,)).fetchall())
    assert "06 55" not in trail


async def test_letters_are_written_to_all_who_have_not_been_confirmed_for_long(maria: DeskClient, server: Running) -> None:
    before = (await maria.get("letters")).json()
    assert [each["person"] for each in before["overdue"]] == ["leila", "karin"]  # never, then the longest ago; Bo is confirmed, 112 is nobody's
    made = (await maria.post("letters", {"overdue": True})).json()
    assert ([each["person"] for each in made["letters"]], made["left"]) == (["leila", "karin"], 0)
    again = (await maria.post("letters", {"overdue": True})).json()
    assert again == {"letters": [], "left": 0}
    assert (await maria.get("letters")).json()["overdue_count"] == 0


async def test_who_is_overdue_is_by_the_organisations_own_interval_as_on_the_board(maria: DeskClient, server: Running, organisation: str) -> None:
    lately = (date.today() - timedelta(days=20)).isoformat()
    contacts = Contacts((msgspec.structs.replace(DIRECTOR, persons=(msgspec.structs.replace(KARIN, verified=lately, interval_days=None),)),))
    await put_register(server.data, organisation, contacts)

    async def counts() -> tuple[int, int, int]:
        letters, board, register = [(await maria.get(path)).json() for path in ("letters", "readiness", "contacts")]
        return letters["overdue_count"], board["overdue"]["contacts_count"], register["interval_days"]

    assert await counts() == (0, 0, 365)
    seen = (await maria.get("settings")).json()
    assert (await maria.put("settings", {"mark": seen["mark"], "contact_days": 14})).status_code == 200
    assert await counts() == (1, 1, 14)


async def test_five_thousand_overdue_are_written_to_a_part_at_a_time(maria: DeskClient, server: Running, organisation: str) -> None:
    persons = tuple(msgspec.structs.replace(KARIN, id=f"p{n}", name=f"Person {n}") for n in range(5000))
    await put_register(server.data, organisation, Contacts((msgspec.structs.replace(DIRECTOR, persons=persons),)))
    found = (await maria.get("letters")).json()
    assert (len(found["overdue"]), found["overdue_count"]) == (500, 5000)
    made = (await maria.post("letters", {"overdue": True})).json()
    assert (len(made["letters"]), made["left"]) == (500, 4500)


@pytest.mark.parametrize("body", [{"persons": []}, {"persons": [{"function": "direktor", "person": "karin"}], "days": 91}, {"overdue": True, "days": 0}])
async def test_a_letter_to_nobody_or_for_ever_is_not_written(maria: DeskClient, body: dict[str, Any]) -> None:
    assert code(await maria.post("letters", body)) == (400, "shape")


async def test_the_trail_tells_who_wrote_and_who_answered(maria: DeskClient, server: Running, organisation: str) -> None:
    karin = await letter_to(maria, server, "direktor/karin")
    await karin.answer()
    with closing(sqlite3.connect(server.data / "stormlykta.db")) as database:
        rows = database.execute("SELECT name, member, deed, about FROM audit WHERE organisation = ? ORDER BY number", (organisation,)).fetchall()
    assert rows == [("Maria", maria.member, "letter.written", "karin"), ("Karin Exempelsson", "", "contact.confirmed", "karin")]


async def test_only_editors_write_and_read_letters(maria: DeskClient, sat: Sat, server: Running) -> None:
    await letter_to(maria, server, "direktor/karin")
    bo = await sat("Bo", roles="leader")
    assert code(await bo.get("letters")) == (403, "role")
    async with httpx.AsyncClient(base_url=server.url) as stranger:
        assert code(await stranger.get(maria.url("letters"))) == (401, "session")
        assert code(await stranger.post(maria.url("letters"), json={"overdue": True})) == (401, "session")
