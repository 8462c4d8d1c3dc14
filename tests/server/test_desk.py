"""The door to administration: who gets in, and that nobody else does."""

import httpx
import pytest

from tests.desk import COOKIE
from tests.server.conftest import Joined, Sat
from tests.serving import Running


async def test_who_sits_at_a_desk_is_told_who_they_are_and_where(sat: Sat, organisation: str) -> None:
    maria = await sat("Maria")
    response = await maria.get("me")
    assert response.status_code == 200
    assert response.json()["member"] == {"id": maria.member, "name": "Maria", "roles": ["admin"], "email": None}
    assert response.json()["organisation"]["id"] == organisation
    assert response.json()["organisation"]["review_months"] == 12


@pytest.mark.parametrize("roles", ["leader", ""])
async def test_a_leader_cannot_sit_at_a_desk(sat: Sat, roles: str) -> None:
    response = await (await sat("Bo", roles=roles)).get("me")
    assert (response.status_code, response.json()["error"]["code"]) == (403, "role")


async def test_a_seat_is_nothing_in_another_organisation(sat: Sat, server: Running) -> None:
    maria = await sat("Maria")
    await sat("Nils", organisation="annan-kommun")
    async with httpx.AsyncClient(base_url=server.url, cookies={COOKIE: maria.client.cookies[COOKIE]}) as client:
        response = await client.get("/api/o/annan-kommun/admin/me")
        nowhere = await client.get("/api/o/finns-inte/admin/me")
    assert (response.status_code, response.json()["error"]["code"]) == (401, "session")
    assert nowhere.json() == response.json()


async def test_a_phones_cookie_opens_no_desk(joined: Joined) -> None:
    anna = await joined("Anna", roles="admin")
    response = await anna.client.get(f"{anna.base}/admin/me")
    assert (response.status_code, response.json()["error"]["code"]) == (401, "session")


async def test_who_leaves_the_desk_has_left_it_and_the_trail_says_so(sat: Sat, server: Running) -> None:
    maria = await sat("Maria")
    token = maria.client.cookies[COOKIE]
    assert (await maria.delete("seat")).status_code == 204
    async with httpx.AsyncClient(base_url=server.url, cookies={COOKIE: token}) as client:
        assert (await client.get(maria.url("me"))).status_code == 401
