"""Attacks by way of the organisation's own provider: somebody else's account, by a key or by an address that nobody vouches for."""

import hashlib
from collections.abc import Iterator

import pytest

from tests.authenticator import Authenticator
from tests.desk import COOKIE, make_seat
from tests.entering import add_member, rows
from tests.providers import LyingProvider, in_query
from tests.server.test_entrance import Door
from tests.server.test_passkeys import enter, make
from tests.serving import Running

OURS, BY_NAME = "storby", "lillby"


@pytest.fixture(scope="module")
def liar() -> Iterator[LyingProvider]:
    started = LyingProvider()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, liar: LyingProvider) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("oidc")
    ours = f'issuer = "{liar.issuer}"\nclient_id = "stormlykta"\nclient_secret = "hemligt"\n'
    (folder / "oidc.toml").write_text(f'[{OURS}]\n{ours}[{BY_NAME}]\n{ours}claim = "preferred_username"\n')
    running = Running(folder / "data", STORMLYKTA_OIDC=str(folder / "oidc.toml")).start()
    yield running
    running.stop()


async def come_by_account(door: Door) -> str:
    """Out to the provider, who lets in whomever it says, and back; gives the page that is then shown."""
    away = await door.get("oidc")
    asked = in_query(away.headers["location"])
    landed = await door.get(f"oidc/callback?state={asked['state']}&code={asked['nonce']}")
    return str(landed.headers["location"])


async def test_no_key_takes_the_place_of_an_account_at_the_provider(server: Running, liar: LyingProvider) -> None:
    """An editor makes a key under the id that the administrator's account will have here: when that is bound, the key must not go with it."""
    boss = add_member(server.data, OURS, "Chefen", "admin", "chefen@exempel.se")
    editor = make_seat(server.data, OURS, "Erik", "editor")
    key = Authenticator(server.url)
    key.id = hashlib.sha256(f"{liar.issuer}\nchefens".encode()).digest()
    async with Door(server, OURS) as door:
        door.client.cookies.set(COOKIE, editor.token)
        await make(door, key)
    liar.claims = {"sub": "chefens", "email": "chefen@exempel.se"}
    async with Door(server, OURS) as door:
        await come_by_account(door)
    async with Door(server, OURS) as thief:
        entered = await enter(thief, key)
        assert entered.status_code == 401 or entered.json()["member"]["name"] == "Erik", "an editor has become the administrator"
    assert rows(server.data, "SELECT kind FROM credentials WHERE member = ?", boss) == [("oidc",)], "the administrator is bound all the same"


async def test_a_name_that_anybody_may_choose_at_the_provider_is_not_believed_for_a_true_address(server: Running, liar: LyingProvider) -> None:
    """email_verified vouches for `email`; what stands in another claim may be whatever its owner has typed."""
    add_member(server.data, BY_NAME, "Chefen", "admin", "chefen@exempel.se")
    liar.claims = {"sub": "bov", "email": "bov@exempel.se", "email_verified": True, "preferred_username": "chefen@exempel.se"}
    async with Door(server, BY_NAME) as door:
        assert await come_by_account(door) == f"/#/admin/{BY_NAME}/fel/provider-unverified"
        assert (await door.get("me")).status_code == 401
