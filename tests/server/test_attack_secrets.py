"""Attacks on secret numbers by somebody at a desk who is no leader: by a file, by a hash, by a letter that was meant for somebody else."""

import json
from typing import Any

import pytest
from msgspec import structs

from stormlykta.shapes import Contacts, Number
from tests.desk import DeskClient
from tests.letters import Reader, code, letter_to
from tests.register import DIRECTOR, HEMLIG, WATER, put_register, read_register
from tests.server.conftest import Joined, Sat
from tests.server.register import listed
from tests.server.test_contact_import import begin, follow, look
from tests.serving import Running

TWO_NUMBERS = structs.replace(HEMLIG, numbers=(*HEMLIG.numbers, Number("08-465 00 77", "+46846500077", "hemma")), verified="2026-01-02")
SECRETS = Contacts((DIRECTOR, structs.replace(WATER, persons=(TWO_NUMBERS,))))
HIDDEN = ("070-174 06 99", "70174 0699", "701740699", "08-465 00 77", "846500077", "leila@hemma.example", "leila@")


def told(text: str) -> list[str]:
    """What of the secret stands in a text, however it is written."""
    return [secret for secret in HIDDEN if secret in text]


@pytest.fixture
async def erik(sat: Sat, server: Running, organisation: str) -> DeskClient:
    """An administrator, but no leader."""
    clerk = await sat("Erik", roles="admin,editor")
    await put_register(server.data, organisation, SECRETS)
    return clerk


HEADINGS = "id;name;private;phone1;phone2;email"


async def read_in(erik: DeskClient, *rows: str, head: str = HEADINGS) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the dry run told, and the job of the real one."""
    file, base = "\n".join((head, *rows, "")), (await look(erik, f"{HEADINGS}\n;Ny;;070-174 06 02;;\n"))["base"]
    return await follow(erik, await begin(erik, file)), await follow(erik, await begin(erik, file, dry="0", base=base))


@pytest.mark.parametrize(
    "row",
    [
        "leila;Leila Testberg;nej;070-174 06 01;;ny@exempel.example",
        "leila;Leila Testberg;nej;;;ny@exempel.example",
        "leila;Leila Testberg;nej;070-174 06 01;070-174 06 02;",
    ],
)
async def test_a_file_brings_no_secret_number_to_light_beside_a_new_one(erik: DeskClient, server: Running, row: str) -> None:
    """Who may replace what they may not read must replace all of it before it is open."""
    told_before = (await erik.get("contacts")).json()
    jobs = await read_in(erik, row)
    shown = json.dumps([*jobs, (await erik.get("contacts")).json()], ensure_ascii=False) + (await erik.get("contacts/export")).text
    assert told(shown) == []
    assert (await erik.get("contacts")).json() == told_before
    assert await read_register(server.data, erik.organisation) == SECRETS


async def test_all_of_a_secret_may_be_replaced_and_then_be_open(erik: DeskClient, server: Running) -> None:
    _, done = await read_in(erik, "leila;Leila Testberg;nej;070-174 06 01;070-174 06 02;ny@exempel.example")
    assert done["result"]["written"], done
    (leila,) = (await read_register(server.data, erik.organisation)).functions[1].persons
    assert ([number.number for number in leila.numbers], leila.email, leila.private) == (["070-174 06 01", "070-174 06 02"], "ny@exempel.example", False)


async def test_a_dry_run_does_not_tell_whether_a_guessed_number_is_the_right_one(erik: DeskClient) -> None:
    """It leaves no trace and can be done a million times: right and wrong must look the same."""
    outcomes = []
    for number, email in (("070-174 06 99", "leila@hemma.example"), ("070-174 06 98", "leila@hemma.example"), ("070-174 06 98", "fel@hemma.example")):
        told = await look(erik, f"{HEADINGS}\nleila;Leila Testberg;ja;{number};08-465 00 77;{email}\n")
        outcomes.append({**told, "base": ""})
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert outcomes[0]["counts"]["changed"] == 1


async def test_what_a_file_says_nothing_of_stays_as_secret_and_as_it_was(erik: DeskClient, server: Running) -> None:
    _, done = await read_in(erik, "leila;Leila Nytt Namn;ja", head="id;name;private")
    assert done["result"]["written"], done
    (leila,) = (await read_register(server.data, erik.organisation)).functions[1].persons
    assert leila == structs.replace(TWO_NUMBERS, name="Leila Nytt Namn")
    _, done = await read_in(erik, "leila;Leila Nytt Namn;ja;070-174 06 01;;")
    (leila,) = (await read_register(server.data, erik.organisation)).functions[1].persons
    assert [number.dial for number in leila.numbers] == ["+46701740601", "+46846500077"]
    assert told((await erik.get("contacts")).text) == []


async def test_the_board_gives_no_hash_that_guesses_could_be_tried_against(sat: Sat, erik: DeskClient, joined: Joined) -> None:
    """The leaders' manifest is made of their contacts: who knows all of it but one number could try ten million numbers at home."""
    lena, anna = await sat("Lena", roles="editor,leader"), await joined("Anna")
    leaders = (await anna.client.get(f"{anna.base}/library")).json()["hash"]
    assert (await lena.get("readiness")).json()["manifest"]["hash"] == leaders
    everybodys = (await erik.get("readiness")).json()["manifest"]["hash"]
    assert everybodys == (await erik.get("shelf")).json()["manifest"]["hash"] != leaders
    for path in ("readiness", "readiness/history", "members", "settings", "shelf", "contacts", "trail", "letters", "roster", "checklists"):
        assert leaders not in (await erik.get(path)).text, path


async def test_no_door_tells_a_secret_to_who_is_no_leader(sat: Sat, erik: DeskClient, server: Running) -> None:
    """Everything that can be read, and everything that a deed answers, after every deed that has to do with the person."""
    answers = []
    reader = await letter_to(erik, server, "va-jour/leila")
    answers.append((await reader.open()).text)
    answers.append((await reader.answer(False, person={"name": "Leila", "numbers": [{"number": "070-174 06 11"}], "email": "ny@exempel.example"})).text)
    (letter,) = [each for each in (await erik.get("letters")).json()["letters"] if each["person"] == "leila"]
    answers.append((await erik.post(f"letters/{letter['id']}/accept")).text)
    await put_register(server.data, erik.organisation, SECRETS, 2)
    view = (await listed(erik))["va-jour"]
    form = {**view["function"], "persons": [{**view["function"]["persons"][0], "notes": "ring inte"}]}
    answers.append((await erik.put("contacts/va-jour", {"mark": view["mark"], "function": form})).text)
    answers.append((await erik.put("contacts/va-jour", {"mark": "gammal", "function": form})).text)
    opened = {**form, "persons": [{**form["persons"][0], "private": False}]}
    answers.append((await erik.put("contacts/va-jour", {"mark": (await listed(erik))["va-jour"]["mark"], "function": opened})).text)
    answers.append((await erik.post("contacts/va-jour/confirm", {"persons": ["leila"]})).text)
    answers.append((await erik.delete(f"contacts/va-jour?mark={(await listed(erik))['va-jour']['mark']}")).text)
    answers.append((await erik.post("contacts/va-jour/restore")).text)
    answers.append((await erik.post("letters", {"overdue": True})).text)
    answers.append((await erik.post("invitations/read", {"contacts": ["leila"]})).text)
    for path in ("contacts", "contacts/export?form=csv", "contacts/export?form=vcf", "settings", "settings/numbers?q=", "readiness", "shelf", "roster"):
        answers.append((await erik.get(path)).text)
    for path in ("trail", "trail/export?form=ndjson", "letters", "members", "invitations/contacts", "checklists"):
        answers.append((await erik.get(path)).text)
    assert [found for each in answers if (found := told(each))] == []
    (leila,) = next(each for each in (await read_register(server.data, erik.organisation)).functions if each.id == "va-jour").persons
    assert [number.dial for number in leila.numbers] == [number.dial for number in TWO_NUMBERS.numbers], "and nothing of it was lost"


async def test_a_letter_is_not_good_for_whoever_has_come_in_the_persons_place(sat: Sat, server: Running, organisation: str) -> None:
    """The place keeps its id when another name is written in it; the old holder of the link must not see the new one's numbers, nor answer for them."""
    maria = await sat("Maria", roles="admin,leader")
    await put_register(server.data, organisation)
    karins = await letter_to(maria, server, "direktor/karin")
    assert (await karins.open()).status_code == 200
    view = (await listed(maria))["direktor"]
    first, second = view["function"]["persons"]
    new = {**first, "name": "Nils Nyman", "numbers": [{"number": "070-174 06 55"}], "verified": None}
    saved = await maria.put("contacts/direktor", {"mark": view["mark"], "function": {**view["function"], "persons": [new, second]}})
    assert saved.status_code == 200, saved.text
    for answered in (await karins.open(), await karins.answer(True), await karins.answer(False, left=True)):
        assert code(answered) == (410, "letter-gone")
        assert "06 55" not in answered.text
    overdue = [each["name"] for each in (await maria.get("letters")).json()["overdue"]]
    assert "Nils Nyman" in overdue, "who has come has no letter yet"
    nils = await letter_to(maria, server, "direktor/karin")
    assert (await nils.open()).json()["person"]["name"] == "Nils Nyman"
    assert isinstance(nils, Reader)
