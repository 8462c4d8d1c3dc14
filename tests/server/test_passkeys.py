"""Passkeys with a real authenticator's arithmetic: made, used, refused when anything about them is not as it should be."""

from typing import Any

import httpx
import pytest
import pytest_asyncio

from stormlykta.errors import Problem
from stormlykta.log.operations import base64url
from stormlykta.office.passkeys import Ceremonies, Owner
from tests.authenticator import Authenticator
from tests.entering import GOOD, add_link, add_member, add_password, change, rows, trail
from tests.server.conftest import Sat
from tests.server.test_entrance import Door, code_of
from tests.serving import Running


async def make(door: Door, authenticator: Authenticator, name: str = "Min dator") -> httpx.Response:
    """As the account page does."""
    options = (await door.post("account/passkey/options")).json()
    return await door.post("account/passkey", name=name, credential=authenticator.make(options))


async def enter(door: Door, authenticator: Authenticator, **otherwise: Any) -> httpx.Response:
    options = (await door.post("enter/passkey/options")).json()
    return await door.post("enter/passkey", credential={**authenticator.answer(options), **otherwise})


@pytest.fixture
def authenticator(server: Running) -> Authenticator:
    return Authenticator(server.url)


@pytest_asyncio.fixture
async def maria(server: Running, organisation: str, authenticator: Authenticator) -> str:
    """Has a password and a passkey."""
    member = add_member(server.data, organisation, "Maria")
    add_password(server.data, organisation, member)
    async with Door(server, organisation) as door:
        await door.enter("Maria")
        made = await make(door, authenticator)
        assert made.status_code == 204, made.text
    return member


async def test_a_passkey_is_made_and_signs_in_and_is_listed_and_told_of(server: Running, organisation: str, authenticator: Authenticator, maria: str) -> None:
    async with Door(server, organisation) as door:
        entered = await enter(door, authenticator)
        assert entered.status_code == 200, entered.text
        assert entered.json()["member"]["id"] == maria
        account = (await door.get("account")).json()
    assert [(each["kind"], each["name"]) for each in account["credentials"]] == [("password", ""), ("passkey", "Min dator")]
    assert account["credentials"][1]["used"] is not None
    assert account["seats"][0]["way"] == "passkey"
    deeds = [(deed, after) for deed, _, after in trail(server.data, organisation)]
    assert ("credential.added", {"kind": "passkey"}) in deeds
    assert ("seat.taken", {"way": "passkey"}) in deeds
    ((secret,),) = rows(server.data, "SELECT secret FROM credentials WHERE member = ? AND kind = 'passkey'", maria)
    assert len(secret) < 200, "only the public key"


async def test_what_the_browser_is_asked_for(server: Running, organisation: str, maria: str, authenticator: Authenticator) -> None:
    async with Door(server, organisation) as door:
        asked = (await door.post("enter/passkey/options")).json()
        assert (asked["rpId"], asked["allowCredentials"], asked["userVerification"]) == ("localhost", [], "preferred")
        await door.enter("Maria")
        made = (await door.post("account/passkey/options")).json()
    assert made["rp"]["id"] == "localhost"
    assert made["authenticatorSelection"]["residentKey"] == "required"
    assert made["attestation"] == "none"
    assert [each["id"] for each in made["excludeCredentials"]] == [authenticator.credential({})["id"]]
    assert maria not in str(made["user"]), "the handle tells nothing"


async def test_an_answer_is_good_once(server: Running, organisation: str, authenticator: Authenticator, maria: str) -> None:
    async with Door(server, organisation) as door, Door(server, organisation) as thief:
        options = (await door.post("enter/passkey/options")).json()
        answer = authenticator.answer(options)
        assert (await door.post("enter/passkey", credential=answer)).status_code == 200
        again = await thief.post("enter/passkey", credential=answer)
        assert (again.status_code, code_of(again)) == (401, "passkey")


async def test_a_copied_key_whose_counter_lags_behind_is_refused(server: Running, organisation: str, authenticator: Authenticator, maria: str) -> None:
    async with Door(server, organisation) as door:
        assert (await enter(door, authenticator)).status_code == 200
        assert (await enter(door, authenticator)).status_code == 200
        authenticator.count = 0
        assert code_of(await enter(door, authenticator)) == "passkey"


@pytest.mark.parametrize("fault", ["origin", "host", "signature", "challenge", "kind", "elsewhere", "stranger", "nonsense", "absent"])
async def test_an_answer_with_a_fault_is_refused_and_always_in_the_same_words(
    server: Running, organisation: str, authenticator: Authenticator, maria: str, fault: str
) -> None:
    async with Door(server, organisation) as door:
        options = (await door.post("enter/passkey/options")).json()
        if fault == "origin":
            authenticator.origin = "https://ond.example"
        if fault == "host":
            options["rpId"] = "ond.example"
        if fault == "challenge":
            options["challenge"] = "A" * 43
        if fault == "elsewhere":
            async with Door(server, "annan-kommun") as other:
                options = (await other.post("enter/passkey/options")).json()
        if fault == "stranger":
            authenticator = Authenticator(server.url)
        answer = authenticator.answer(options)
        if fault == "signature":
            answer["response"]["signature"] = Authenticator(server.url).answer(options)["response"]["signature"]
        if fault == "kind":
            answer = authenticator.make({**options, "rp": {"id": "localhost"}, "user": {"id": ""}})
        if fault == "nonsense":
            answer = {"id": 1, "response": {"clientDataJSON": answer["response"]["clientDataJSON"], "authenticatorData": "%%%"}}
        if fault == "absent":
            answer = {}
        refused = await door.post("enter/passkey", credential=answer)
    assert (refused.status_code, code_of(refused)) == (401, "passkey")
    assert refused.json()["error"]["message"].startswith("The passkey was not accepted here.")


async def test_a_key_of_another_organisation_opens_nothing_here(server: Running, organisation: str, authenticator: Authenticator, maria: str) -> None:
    add_member(server.data, "annan-kommun", "Nils")
    async with Door(server, "annan-kommun") as door:
        assert code_of(await enter(door, authenticator)) == "passkey"


@pytest.mark.parametrize("loss", ["UPDATE members SET removed = 1 WHERE id = ?", "UPDATE members SET roles = 'leader' WHERE id = ?"])
async def test_the_key_of_one_who_may_not_sit_here_any_more_opens_nothing(
    server: Running, organisation: str, authenticator: Authenticator, maria: str, loss: str
) -> None:
    change(server.data, loss, maria)
    async with Door(server, organisation) as door:
        refused = await enter(door, authenticator)
    assert (refused.status_code, code_of(refused)) == (401, "passkey")


async def test_a_key_is_one_persons_and_a_challenge_too(sat: Sat, server: Running, organisation: str, authenticator: Authenticator, maria: str) -> None:
    erik = await sat("Erik", roles="editor")
    bo = await sat("Bo")
    options = (await erik.post("account/passkey/options")).json()
    taken = await erik.post("account/passkey", {"name": "Marias", "credential": authenticator.make(options)})
    assert (taken.status_code, code_of(taken)) == (409, "taken")
    options = (await erik.post("account/passkey/options")).json()
    stolen = await bo.post("account/passkey", {"name": "Eriks", "credential": Authenticator(server.url).make(options)})
    assert code_of(stolen) == "passkey"
    assert rows(server.data, "SELECT 1 FROM credentials WHERE member IN (?, ?)", erik.member, bo.member) == []


async def test_a_key_made_by_a_link_needs_that_very_link(server: Running, organisation: str, authenticator: Authenticator) -> None:
    member = add_member(server.data, organisation, "Maria")
    token, other = add_link(server.data, organisation, member), add_link(server.data, organisation, add_member(server.data, organisation, "Bo"))
    async with Door(server, organisation) as door:
        options = (await door.post("link/passkey/options", token=token)).json()
        assert code_of(await door.post("link/passkey", token=other, credential=authenticator.make(options))) == "passkey"
        options = (await door.post("link/passkey/options", token=token)).json()
        entered = await door.post("link/passkey", token=token, credential=authenticator.make(options), key="Min\u0007 dator")
        assert entered.json()["member"]["id"] == member
        assert (await door.get("account")).json()["credentials"][0]["name"] == "Min dator"
    async with Door(server, organisation) as door:
        assert (await enter(door, authenticator)).status_code == 200


async def test_a_key_can_be_removed_while_another_way_in_is_left(server: Running, organisation: str, authenticator: Authenticator, maria: str) -> None:
    async with Door(server, organisation) as door:
        await door.enter("Maria", GOOD)
        password, passkey = (each["id"] for each in (await door.get("account")).json()["credentials"])
        assert (await door.delete(f"account/credentials/{passkey}")).status_code == 204
        assert code_of(await door.delete(f"account/credentials/{password}")) == "last-way"
        assert code_of(await enter(door, authenticator)) == "passkey"
    assert ("credential.removed", "Maria", None) in trail(server.data, organisation)


def test_a_challenge_is_good_for_five_minutes_in_its_organisation_and_once() -> None:
    ceremonies, owner = Ceremonies(), Owner("m", "Maria")

    def answer(challenge: bytes) -> dict[str, Any]:
        return Authenticator("https://x.example").answer({"challenge": base64url(challenge), "rpId": "x.example"})

    made = answer(ceremonies.open("storby", owner, 0))
    assert ceremonies.end("storby", made, 299)[1] == owner
    late, foreign = (answer(ceremonies.open("storby", owner, 0)) for _ in range(2))
    for organisation, second, answered in (("storby", 299, made), ("storby", 301, late), ("lillby", 1, foreign)):
        with pytest.raises(Problem, match="401 passkey"):
            ceremonies.end(organisation, answered, second)
