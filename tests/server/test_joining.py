"""Joining by code, coming back by key, going on as a new device: who gets in, who does not, and what they are told."""

import asyncio
import base64
import sqlite3
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from stormlykta.accounts import DAY, digest
from stormlykta.doors import COOKIE
from stormlykta.errors import Problem
from stormlykta.limits import Challenges, Guesses
from stormlykta.log.operations import base64url, session_text
from tests.phone import Phone, new_id
from tests.server.conftest import Joined, make_code
from tests.serving import Running

addresses = iter(f"192.0.2.{number}" for number in range(1, 255))


@pytest_asyncio.fixture
async def client(server: Running) -> AsyncIterator[httpx.AsyncClient]:
    """From an address of its own, as behind the proxy: guesses of one test never count in another."""
    async with httpx.AsyncClient(base_url=server.url, timeout=20, headers={"X-Forwarded-For": next(addresses)}) as made:
        yield made


def change(server: Running, sql: str, *values: Any) -> None:
    database = sqlite3.connect(server.data / "stormlykta.db", timeout=10)
    with database:
        database.execute(sql, values)
    database.close()


def error_of(response: httpx.Response) -> str:
    error = response.json()["error"]
    assert error["message"]
    code: str = error["code"]
    return code


SPELLINGS = {
    "lower case": str.lower,
    "a hyphen": lambda code: f" {code[:4]}-{code[4:]} ",
    "spaces": " ".join,
    "letters for digits": lambda code: code.replace("0", "O").replace("1", "l"),
}


@pytest.mark.parametrize("spell", SPELLINGS.values(), ids=SPELLINGS)
async def test_a_code_may_be_typed_as_people_type(server: Running, client: httpx.AsyncClient, organisation: str, spell: Any) -> None:
    code = "".join(c if c not in "XY" else "01"[c == "Y"] for c in make_code(server.data, organisation, "anna"))
    change(server, "UPDATE invitations SET code = ? WHERE organisation = ?", digest(code), organisation)
    response = await Phone("anna", client).join(spell(code))
    assert response.status_code == 201
    body = response.json()
    assert body["member"]["name"] == "anna"
    assert body["member"]["roles"] == ["leader"]
    assert body["organisation"] == {"id": organisation, "name": organisation.capitalize()}
    assert abs(body["now"] - time.time() * 1000) < 5000
    assert body["epoch"]


async def test_zero_one_and_their_lookalikes_are_the_same(server: Running, client: httpx.AsyncClient, organisation: str) -> None:
    make_code(server.data, organisation, "anna")
    change(server, "UPDATE invitations SET code = ? WHERE organisation = ?", digest("0101AB0Z"), organisation)
    assert (await Phone("anna", client).join("oIoL-aboZ")).status_code == 201


async def test_a_wrong_code_is_told_from_a_used_and_an_expired_one(server: Running, client: httpx.AsyncClient, organisation: str) -> None:
    anna, bo = Phone("anna", client), Phone("bo", client)
    code = make_code(server.data, organisation, "anna")
    assert (await anna.join(code)).status_code == 201
    wrong, used = await bo.join("ZZZZ-ZZZZ"), await bo.join(code)
    late = make_code(server.data, organisation, "cecilia")
    change(server, "UPDATE invitations SET expires = ? WHERE code = ?", int(time.time() * 1000) - 1, digest(late))
    expired = await bo.join(late)
    assert [(each.status_code, error_of(each)) for each in (wrong, used, expired)] == [(404, "code"), (410, "used"), (410, "expired")]
    assert not any("set-cookie" in each.headers for each in (wrong, used, expired))


async def test_the_code_of_a_member_who_has_been_removed_is_no_code(server: Running, client: httpx.AsyncClient, organisation: str) -> None:
    code = make_code(server.data, organisation, "anna")
    change(server, "UPDATE members SET removed = 1 WHERE organisation = ?", organisation)
    assert error_of(await Phone("anna", client).join(code)) == "code"


async def test_a_phone_whose_answer_was_lost_joins_again_with_the_same_code_and_only_that_phone_and_not_for_ever(
    server: Running, client: httpx.AsyncClient, organisation: str
) -> None:
    anna = Phone("anna", client)
    code = make_code(server.data, organisation, "anna")
    assert [(await anna.join(code)).status_code for _ in range(2)] == [201, 201]
    assert error_of(await Phone("bo", client).join(code)) == "used"
    change(server, "UPDATE invitations SET used = used - ? WHERE code = ?", DAY + 1000, digest(code))
    assert error_of(await anna.join(code)) == "used"


async def test_a_known_device_joins_again_with_its_key_but_not_with_another_nor_for_another_member(
    server: Running, client: httpx.AsyncClient, organisation: str
) -> None:
    anna = Phone("anna", client)
    await anna.join(make_code(server.data, organisation, "anna"))
    assert (await anna.join(make_code(server.data, organisation, "anna"))).status_code == 201
    thief = Phone("anna", client)
    thief.device = anna.device
    code = make_code(server.data, organisation, "anna")
    stolen = await thief.join(code)
    for_bo = await anna.join(make_code(server.data, organisation, "bo"))
    assert [(each.status_code, error_of(each)) for each in (stolen, for_bo)] == [(409, "device")] * 2
    assert (await anna.join(code)).status_code == 201, "a refused device must leave the code as it was"


async def test_a_revoked_device_does_not_join_again(server: Running, client: httpx.AsyncClient, organisation: str) -> None:
    anna = Phone("anna", client)
    await anna.join(make_code(server.data, organisation, "anna"))
    change(server, "UPDATE devices SET revoked = 1 WHERE id = ?", anna.device)
    again = await anna.join(make_code(server.data, organisation, "anna"))
    assert (again.status_code, error_of(again)) == (403, "revoked")


@pytest.mark.parametrize(
    "wrong",
    [
        *({"device": device} for device in ("short", "A" * 23, None)),
        *({"key": key} for key in ("?", "", base64url(b"\x04" + bytes(64)), base64url(bytes(65)))),
        {"code": 7},
    ],
    ids=str,
)
async def test_a_device_that_introduces_itself_badly_is_told_so_and_the_code_is_kept(
    server: Running, client: httpx.AsyncClient, organisation: str, wrong: dict[str, Any]
) -> None:
    anna = Phone("anna", client)
    code = make_code(server.data, organisation, "anna")
    response = await client.post("/api/join", json={"code": code, **anna.introduction(), **wrong})
    assert (response.status_code, error_of(response)) == (400, "shape")
    assert (await anna.join(code)).status_code == 201


async def test_guessing_is_stopped_after_twenty_even_when_all_come_at_once(server: Running, client: httpx.AsyncClient, organisation: str) -> None:
    anna = Phone("anna", client)
    code = make_code(server.data, organisation, "anna")
    guesses = await asyncio.gather(*(anna.join(f"ZZZZ{number:04}") for number in range(60)))
    counted = Counter(guess.status_code for guess in guesses)
    assert set(counted) == {404, 429}
    assert 20 <= counted[404] <= 22
    refused = await anna.join(code)
    assert (refused.status_code, error_of(refused)) == (429, "limit")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    elsewhere = await client.post("/api/join", json={"code": code, **anna.introduction()}, headers={"X-Forwarded-For": next(addresses)})
    assert elsewhere.status_code == 201


async def test_joining_rightly_is_no_guess(server: Running, client: httpx.AsyncClient, organisation: str) -> None:
    codes = [make_code(server.data, organisation, f"person {number}") for number in range(40)]
    joined = await asyncio.gather(*(Phone("en av många", client).join(code) for code in codes))
    assert {each.status_code for each in joined} == {201}


def test_failures_are_forgiven_after_a_minute_by_address_and_in_all() -> None:
    guesses = Guesses(by_address=3, by_everybody=5)
    for second in (0.0, 1.0, 2.0):
        guesses.check("a", second)
        guesses.fail("a", second)
    with pytest.raises(Problem) as refused:
        guesses.check("a", 30.0)
    assert refused.value.headers == {"Retry-After": "31"}
    guesses.check("b", 30.0)
    guesses.check("a", 60.5)
    guesses.fail("a", 60.5)
    with pytest.raises(Problem):
        guesses.check("a", 60.6)
    for address in ("c", "d"):
        guesses.fail(address, 60.6)
    with pytest.raises(Problem):
        guesses.check("never seen", 60.7)
    guesses.check("never seen", 121.0)


def test_memory_of_guesses_and_challenges_is_bounded() -> None:
    guesses, challenges = Guesses(by_everybody=10**9), Challenges()
    for number in range(30_000):
        guesses.fail(str(number), 0.0)
        challenges.make("kommun", str(number), 0.0)
    assert len(guesses._failures) <= 10_000
    assert len(challenges._open) <= 20_000


def test_a_challenge_is_good_once_for_a_minute_and_for_its_own_device() -> None:
    challenges = Challenges()
    first, second = challenges.make("kommun", "anna", 0.0), challenges.make("kommun", "anna", 0.0)
    assert not challenges.take("kommun", "bo", first, 1.0)
    assert not challenges.take("grannkommun", "anna", first, 1.0)
    assert challenges.take("kommun", "anna", first, 59.0)
    assert not challenges.take("kommun", "anna", first, 59.0)
    assert not challenges.take("kommun", "anna", second, 60.0)


def cookie_of(response: httpx.Response) -> set[str]:
    """The attributes of the one cookie in the answer, lower case, without its value."""
    (cookie,) = response.headers.get_list("set-cookie")
    name, *attributes = [part.strip() for part in cookie.split(";")]
    assert name.startswith(f"{COOKIE}=")
    assert len(base64.urlsafe_b64decode(name.partition("=")[2] + "=")) == 32
    return {attribute.lower() for attribute in attributes}


async def test_the_cookie_is_shut_in_to_its_organisation_and_lasts_400_days(server: Running, client: httpx.AsyncClient, organisation: str) -> None:
    anna = Phone("anna", client)
    expected = {"httponly", "samesite=strict", f"path=/api/o/{organisation}", f"max-age={400 * 86400}"}
    plain = await anna.join(make_code(server.data, organisation, "anna"))
    signed_in = await anna.sign_in()
    more = await anna.client.post(f"{anna.base}/devices", json=Phone("anna", client).introduction())
    assert [cookie_of(each) for each in (plain, signed_in, more)] == [expected] * 3
    secure = await client.post(
        "/api/join", json={"code": make_code(server.data, organisation, "bo"), **Phone("bo", client).introduction()}, headers={"X-Forwarded-Proto": "https"}
    )
    assert cookie_of(secure) == {*expected, "secure"}


async def test_https_and_addresses_are_not_believed_from_a_proxy_that_is_not_trusted(tmp_path: Path) -> None:
    running = Running(tmp_path / "data", STORMLYKTA_TRUSTED_PROXIES="203.0.113.9").start()
    try:
        async with httpx.AsyncClient(base_url=running.url) as client:
            headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.1"}
            code = make_code(running.data, "kommun", "anna")
            joined = await client.post("/api/join", json={"code": code, **Phone("anna", client).introduction()}, headers=headers)
            assert "secure" not in cookie_of(joined)
            assert "strict-transport-security" not in joined.headers
            for number in range(20):
                headers["X-Forwarded-For"] = f"198.51.100.{number}"
                assert (await client.post("/api/join", json={"code": "ZZZZZZZZ", **Phone("bo", client).introduction()}, headers=headers)).status_code == 404
            last = await client.post("/api/join", json={"code": "ZZZZZZZZ", **Phone("bo", client).introduction()}, headers=headers)
            assert last.status_code == 429
    finally:
        running.stop()


async def test_a_phone_whose_cookie_has_gone_comes_in_by_its_key(joined: Joined) -> None:
    anna = await joined("anna")
    anna.client.cookies.clear()
    nobody = await anna.client.get(f"{anna.base}/library")
    assert (nobody.status_code, error_of(nobody)) == (401, "session")
    assert (await anna.sign_in()).status_code == 204
    assert (await anna.client.get(f"{anna.base}/library")).status_code == 200


async def test_a_signature_is_good_for_one_challenge_one_device_one_organisation_and_once(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")

    async def ask(device: str) -> str:
        response = await anna.client.post(f"{anna.base}/challenge", json={"device": device})
        assert response.status_code == 200
        challenge: str = response.json()["challenge"]
        assert len(challenge) == 43
        return challenge

    async def answer(device: str, challenge: str, text: bytes, signer: Phone) -> httpx.Response:
        return await anna.client.post(f"{anna.base}/session", json={"device": device, "challenge": challenge, "sig": base64url(signer.sign(text))})

    challenge = await ask(anna.device)
    text = session_text(anna.organisation, anna.device, challenge)
    unknown = new_id()
    strange = await ask(unknown)
    other = await ask(anna.device)
    refusals = [
        await answer(anna.device, other, text, anna),
        await answer(bo.device, challenge, session_text(anna.organisation, bo.device, challenge), bo),
        await answer(anna.device, await ask(anna.device), session_text("grannkommun", anna.device, challenge), anna),
        await answer(unknown, strange, session_text(anna.organisation, unknown, strange), bo),
    ]
    wrong_key = await ask(anna.device)
    refusals.append(await answer(anna.device, wrong_key, session_text(anna.organisation, anna.device, wrong_key), bo))
    assert (await answer(anna.device, challenge, text, anna)).status_code == 204
    refusals.append(await answer(anna.device, challenge, text, anna))
    assert {(each.status_code, error_of(each), "set-cookie" in each.headers) for each in refusals} == {(401, "signature", False)}
    assert len({each.content for each in refusals}) == 1, "an unknown device must not be told apart from a wrong key"


async def test_the_same_member_goes_on_under_a_new_device(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    anna.write(inc, "log", body="före")
    await anna.sync()
    again = Phone("anna", anna.client)
    response = await anna.client.post(f"{anna.base}/devices", json=again.introduction())
    assert response.status_code == 201
    assert response.json()["member"]["id"] == anna.member
    again.organisation, again.member = anna.organisation, anna.member
    again.write(inc, "log", body="efter")
    assert (await again.sync())["results"][-1][0] == "ok"
    await bo.sync()
    assert {device: who[0] for device, who in bo.people.items()} == {anna.device: anna.member, again.device: anna.member}


async def test_a_new_device_needs_a_session_and_an_id_that_is_free(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    taken = await anna.client.post(f"{anna.base}/devices", json=bo.introduction())
    assert (taken.status_code, error_of(taken)) == (409, "device")
    anna.client.cookies.clear()
    outside = await anna.client.post(f"{anna.base}/devices", json=Phone("anna", anna.client).introduction())
    assert (outside.status_code, error_of(outside)) == (401, "session")


async def test_a_session_rolls_on_with_use_and_ends_after_400_days_without(server: Running, joined: Joined) -> None:
    anna = await joined("anna")
    assert "set-cookie" not in (await anna.post({"v": 1})).headers
    change(server, "UPDATE sessions SET renewed = renewed - ? WHERE device = ?", 2 * DAY, anna.device)
    rolled = await anna.post({"v": 1})
    assert f"max-age={400 * 86400}" in cookie_of(rolled)
    assert "set-cookie" not in (await anna.post({"v": 1})).headers
    change(server, "UPDATE sessions SET renewed = renewed - ? WHERE device = ?", 400 * DAY, anna.device)
    assert (await anna.post({"v": 1})).status_code == 401


async def test_codes_and_cookies_are_nowhere_in_the_database_in_clear(server: Running, client: httpx.AsyncClient, organisation: str) -> None:
    code = make_code(server.data, organisation, "anna")
    await Phone("anna", client).join(code)
    token = client.cookies[COOKIE]
    database = sqlite3.connect(server.data / "stormlykta.db")
    dump = "\n".join(database.iterdump())
    database.close()
    assert code not in dump
    assert token not in dump
    assert digest(token).hex() in dump.lower()
