"""Getting in by password, staying in, and being put out: even answers to guessing, bounded guesses, and power that ends at once."""

import itertools

import httpx
import pytest

from stormlykta.office.passwords import Hasher
from tests.desk import COOKIE
from tests.entering import GOOD, QUICK, add_link, add_member, add_password, change, rows, trail
from tests.server.conftest import Sat
from tests.serving import Running

addresses = itertools.count(1)


class Door:
    """A browser at an organisation's door, at an address of its own: failures are counted by address."""

    def __init__(self, server: Running, organisation: str) -> None:
        address = f"10.{next(addresses) // 250}.0.{next(addresses) % 250}"
        self.client = httpx.AsyncClient(base_url=server.url, timeout=20, headers={"X-Forwarded-For": address})
        self.base = f"/api/o/{organisation}/admin"

    async def __aenter__(self) -> "Door":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.aclose()

    async def post(self, path: str, **body: object) -> httpx.Response:
        return await self.client.post(f"{self.base}/{path}", json=body)

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(f"{self.base}/{path}")

    async def delete(self, path: str) -> httpx.Response:
        return await self.client.delete(f"{self.base}/{path}")

    async def enter(self, who: str, password: str = GOOD) -> httpx.Response:
        return await self.post("enter/password", who=who, password=password)


def code_of(response: httpx.Response) -> str:
    return str(response.json()["error"]["code"])


async def test_the_door_says_whose_it_is_and_says_no_more_of_one_that_is_not_there(server: Running, organisation: str) -> None:
    add_member(server.data, organisation, "Maria Ek")
    async with Door(server, organisation) as door, Door(server, "finns-inte") as nowhere:
        assert (await door.get("enter")).json() == {"organisation": {"id": organisation, "name": organisation.capitalize()}, "oidc": None}
        assert (await nowhere.get("enter")).json() == {"organisation": {"id": "finns-inte", "name": "finns-inte"}, "oidc": None}


@pytest.mark.parametrize("who", ["Maria Åkesson", "  maria   åkesson ", "MARIA ÅKESSON", "maria.akesson@exempel.se", "Maria.Akesson@EXEMPEL.se"])
async def test_one_signs_in_by_name_or_address_however_it_is_typed(server: Running, organisation: str, who: str) -> None:
    add_password(server.data, organisation, add_member(server.data, organisation, "Maria Åkesson", "editor", "maria.akesson@exempel.se"))
    async with Door(server, organisation) as door:
        entered = await door.enter(who)
        assert entered.status_code == 200, entered.text
        assert entered.json()["member"]["name"] == "Maria Åkesson"
        assert (await door.get("me")).json() == entered.json()
        cookie = entered.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", f"Path=/api/o/{organisation}/admin"))


async def test_whatever_is_wrong_the_answer_is_the_same(server: Running, organisation: str) -> None:
    add_password(server.data, organisation, add_member(server.data, organisation, "Maria"), hasher=Hasher()._hasher)
    add_member(server.data, organisation, "Utan lösenord")
    add_password(server.data, organisation, add_member(server.data, organisation, "Ledare", "leader"))
    add_password(server.data, organisation, add_member(server.data, organisation, "Borttagen", removed=True))
    answers = []
    async with Door(server, organisation) as door:
        for who, password in (("Maria", "fel lösenord här"), ("Ingen", GOOD), ("Utan lösenord", GOOD), ("Ledare", GOOD), ("Borttagen", GOOD), ("", GOOD)):
            answers.append(await door.enter(who, password))
    async with Door(server, "finns-inte") as nowhere:
        answers.append(await nowhere.enter("Maria"))
    assert {(each.status_code, each.text) for each in answers} == {(401, answers[0].text)}
    assert code_of(answers[0]) == "enter"
    assert all("set-cookie" not in each.headers for each in answers)


@pytest.mark.parametrize("kept", [None, QUICK.hash(GOOD).encode(), b"inte en hash"], ids=["nothing", "another", "no hash"])
async def test_a_check_against_nothing_is_a_check_too(monkeypatch: pytest.MonkeyPatch, kept: bytes | None) -> None:
    hasher, tried = Hasher(), list[bytes]()
    verify = hasher._verify

    def watch(kept: bytes, password: str) -> bool:
        tried.append(kept)
        return verify(kept, password)

    monkeypatch.setattr(hasher, "_verify", watch)
    assert not await hasher.matches(kept, "fel lösenord här")
    assert len(tried) == 1
    assert not await hasher.matches(None, GOOD)
    assert len(tried) == 2


async def test_of_two_with_one_name_the_one_with_a_password_is_meant_and_an_address_tells_them_apart(server: Running, organisation: str) -> None:
    first = add_member(server.data, organisation, "Eva Lund", email="eva.lund@exempel.se")
    second = add_member(server.data, organisation, "Eva Lund", email="eva.b.lund@exempel.se")
    add_password(server.data, organisation, first)
    async with Door(server, organisation) as door:
        assert (await door.enter("Eva Lund")).json()["member"]["id"] == first
        add_password(server.data, organisation, second)
        assert (await door.enter("Eva Lund")).status_code == 401
        assert (await door.enter("eva.b.lund@exempel.se")).json()["member"]["id"] == second


async def test_guessing_at_one_person_is_bounded_and_others_still_get_in(tmp_path_factory: pytest.TempPathFactory) -> None:
    running = Running(tmp_path_factory.mktemp("guessing") / "data").start()
    try:
        add_password(running.data, "kommun", add_member(running.data, "kommun", "Maria"))
        add_password(running.data, "kommun", add_member(running.data, "kommun", "Erik"))
        async with Door(running, "kommun") as door:
            assert [(await door.enter("maria", "gissning nummer ett")).status_code for _ in range(10)] == [401] * 10
            limited = await door.enter(" MARIA ")
            assert (limited.status_code, code_of(limited)) == (429, "limit")
            assert 1 <= int(limited.headers["retry-after"]) <= 600
            assert limited.json()["wait"] == int(limited.headers["retry-after"])
            assert (await door.enter("Erik")).status_code == 200, "a good sign-in is no guess"
            assert (await door.enter("Ingen", "gissning")).status_code == 401
            assert [(await door.enter(f"Ingen {number}", "gissning")).status_code for number in range(9)] == [401] * 9
            assert code_of(await door.enter("Erik")) == "limit", "twenty failures from one address are enough"
    finally:
        running.stop()


async def test_the_trail_tells_how_many_failed_and_never_who(server: Running, organisation: str) -> None:
    add_password(server.data, organisation, add_member(server.data, organisation, "Maria"))
    async with Door(server, organisation) as door:
        for _ in range(3):
            await door.enter("Maria", "fel lösenord här")
        assert trail(server.data, organisation) == [("entrance.refused", "", {"count": 1})]
        await door.enter("Maria")
    assert trail(server.data, organisation) == [
        ("entrance.refused", "", {"count": 1}),
        ("entrance.refused", "", {"count": 2}),
        ("seat.taken", "Maria", {"way": "password"}),
    ]
    log = server.log.read_text()
    assert "Maria" not in log
    assert "fel l" not in log


async def test_a_password_hashed_with_other_parameters_is_hashed_anew_at_sign_in(server: Running, organisation: str) -> None:
    member = add_member(server.data, organisation, "Maria")
    add_password(server.data, organisation, member)
    ((before,),) = rows(server.data, "SELECT secret FROM credentials WHERE member = ?", member)
    async with Door(server, organisation) as door:
        assert (await door.enter("Maria")).status_code == 200
        ((after,),) = rows(server.data, "SELECT secret FROM credentials WHERE member = ?", member)
        assert before.startswith(b"$argon2id$")
        assert b"m=65536,t=3,p=4" in after
        assert b"m=65536" not in before
        assert (await door.enter("Maria")).status_code == 200


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("kort", "short"),
        ("elva tecken", "short"),
        ("x" * 201, "long"),
        ("password1234", "common"),
        ("aaaaaaaaaaaaaaaa", "easy"),
        ("Maria Ek 2026", "known"),
        ("Sommaren-2026!", "known"),
        ("Storby-2026!", "known"),
    ],
)
async def test_a_password_that_is_easily_guessed_is_refused_with_the_reason(server: Running, password: str, reason: str) -> None:
    organisation = "storby"
    token = add_link(server.data, organisation)
    async with Door(server, organisation) as door:
        refused = await door.post("link/password", token=token, name="Maria Ek", password=password)
        assert (refused.status_code, code_of(refused), refused.json()["reason"]) == (422, "password", reason)
        assert (await door.post("link", token=token)).status_code == 200, "the link is not used up by it"


async def test_whoever_loses_the_right_or_is_removed_has_no_power_left_at_once(sat: Sat, server: Running, organisation: str) -> None:
    maria = await sat("Maria", roles="admin")
    erik = await sat("Erik", roles="editor")
    assert (await maria.get("seats")).status_code == 200
    change(server.data, "UPDATE members SET roles = 'editor' WHERE id = ?", maria.member)
    assert code_of(await maria.get("seats")) == "role"
    change(server.data, "UPDATE members SET roles = 'leader' WHERE id = ?", maria.member)
    assert code_of(await maria.get("account")) == "role"
    change(server.data, "UPDATE members SET removed = 1 WHERE id = ?", erik.member)
    assert ((await erik.get("account")).status_code, code_of(await erik.get("account"))) == (401, "session")


async def test_i_see_my_browsers_and_put_out_one_or_all(sat: Sat, server: Running, organisation: str) -> None:
    here, there = await sat("Maria"), await sat("Maria")
    seats = (await here.get("account")).json()["seats"]
    assert [seat["here"] for seat in seats].count(True) == 1
    other = next(seat["id"] for seat in seats if not seat["here"])
    assert (await here.delete(f"account/seats/{other}")).status_code == 204
    assert (await there.get("me")).status_code == 401
    assert code_of(await here.delete(f"account/seats/{other}")) == "not-found"
    third = await sat("Maria")
    left = await here.post("account/leave-everywhere")
    assert (left.status_code, "Max-Age=0" in left.headers["set-cookie"]) == (204, True)
    assert [(await each.get("me")).status_code for each in (here, third)] == [401, 401]
    assert [deed for deed, *_ in trail(server.data, organisation)] == ["seat.ended", "seats.ended"]


async def test_an_administrator_sees_who_sits_where_and_may_put_them_out_and_nobody_else_may(sat: Sat, organisation: str) -> None:
    maria, erik, nils = await sat("Maria"), await sat("Erik", roles="editor"), await sat("Nils", organisation="annan-kommun")
    assert code_of(await erik.get("seats")) == "role"
    seats = {seat["name"]: seat for seat in (await maria.get("seats")).json()}
    assert set(seats) == {"Maria", "Erik"}
    assert seats["Maria"]["here"]
    assert code_of(await erik.delete(f"account/seats/{seats['Maria']['id']}")) == "not-found", "only one's own"
    assert code_of(await nils.delete(f"seats/{seats['Erik']['id']}")) == "not-found", "only in one's own organisation"
    assert (await erik.get("me")).status_code == 200
    assert (await maria.delete(f"seats/{seats['Erik']['id']}")).status_code == 204
    assert (await erik.get("me")).status_code == 401


async def test_who_sits_down_anew_has_left_the_seat_they_had(server: Running, organisation: str) -> None:
    add_password(server.data, organisation, add_member(server.data, organisation, "Maria"))
    async with Door(server, organisation) as door:
        await door.enter("Maria")
        first = door.client.cookies[COOKIE]
        await door.enter("Maria")
        assert len((await door.get("account")).json()["seats"]) == 1
    async with httpx.AsyncClient(base_url=server.url, cookies={COOKIE: first}) as old:
        assert (await old.get(f"{door.base}/me")).status_code == 401


async def test_changing_the_password_needs_the_old_one_and_ends_my_other_browsers(server: Running, organisation: str) -> None:
    add_password(server.data, organisation, add_member(server.data, organisation, "Maria"))
    fresh = "tre gula lyktor i hamnen"
    async with Door(server, organisation) as here, Door(server, organisation) as there:
        assert [(await each.enter("Maria")).status_code for each in (here, there)] == [200, 200]
        assert code_of(await here.post("account/password", password=fresh)) == "old-password"
        assert code_of(await here.post("account/password", password=fresh, old="fel")) == "old-password"
        assert (await here.post("account/password", **{"password": "kort", "old": GOOD})).json()["reason"] == "short"
        assert (await here.post("account/password", password=fresh, old=GOOD)).status_code == 204
        assert ((await here.get("me")).status_code, (await there.get("me")).status_code) == (200, 401)
        assert (await there.enter("Maria")).status_code == 401
        assert (await there.enter("Maria", fresh)).status_code == 200
    assert ("credential.changed", "Maria", {"kind": "password"}) in trail(server.data, organisation)


async def test_the_last_way_in_can_not_be_removed(server: Running, organisation: str) -> None:
    add_password(server.data, organisation, add_member(server.data, organisation, "Maria"))
    async with Door(server, organisation) as door:
        await door.enter("Maria")
        (only,) = (await door.get("account")).json()["credentials"]
        assert (only["kind"], only["used"] is not None) == ("password", True)
        assert code_of(await door.delete(f"account/credentials/{only['id']}")) == "last-way"
        assert code_of(await door.delete("account/credentials/ingen")) == "not-found"
        assert (await door.enter("Maria")).status_code == 200


async def test_a_page_from_elsewhere_signs_nobody_in(server: Running, organisation: str) -> None:
    async with Door(server, organisation) as door:
        foreign = await door.client.post(f"{door.base}/enter/password", json={"who": "x", "password": "y"}, headers={"Origin": "https://ond.example"})
        assert code_of(foreign) == "origin"
