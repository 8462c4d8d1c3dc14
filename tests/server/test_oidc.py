"""Signing in with the organisation's own provider: a real one over HTTP, and one that lies."""

import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from joserfc.jwk import RSAKey

from stormlykta.errors import Problem
from stormlykta.log.operations import base64url
from stormlykta.office import oidc
from stormlykta.office.oidc import Provider, Providers, read_providers
from tests.entering import GOOD, add_member, add_password, change, rows, trail
from tests.providers import Claims, LyingProvider, RealProvider, in_query
from tests.server.test_entrance import Door
from tests.serving import Running

OURS, THEIRS = "storby", "lillby"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealProvider]:
    started = RealProvider(tmp_path_factory.mktemp("provider")).start()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def liar() -> Iterator[LyingProvider]:
    started = LyingProvider()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, provider: RealProvider, liar: LyingProvider) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("oidc")
    (folder / "secret").write_text("hemligt\n")
    (folder / "oidc.toml").write_text(
        f'[{OURS}]\nissuer = "{provider.issuer}"\nclient_id = "stormlykta"\nclient_secret_file = "secret"\nname = "Storbys konto"\n'
        f'[{THEIRS}]\nissuer = "{liar.issuer}"\nclient_id = "stormlykta"\nclient_secret = "hemligt"\n'
        f'[oppen]\nissuer = "{liar.issuer}"\nclient_id = "stormlykta"\n'
        '[borta]\nissuer = "http://localhost:9"\nclient_id = "stormlykta"\nname = "Borta"\n'
    )
    running = Running(folder / "data", STORMLYKTA_OIDC=str(folder / "oidc.toml")).start()
    for organisation in (OURS, THEIRS, "oppen", "borta"):
        add_member(running.data, organisation, "Maria", email="maria@exempel.se")
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def forget(server: Running, liar: LyingProvider) -> None:
    """Each test begins with nobody bound and an honest liar."""
    change(server.data, "DELETE FROM credentials")
    change(server.data, "DELETE FROM members WHERE name <> 'Maria'")
    change(server.data, "UPDATE members SET removed = NULL, roles = 'admin'")
    liar.token, liar.claims = liar.sign, {}


async def go_out(door: Door) -> str:
    away = await door.get("oidc")
    assert away.status_code == 303, away.text
    return away.headers["location"]


async def sign_in(door: Door, subject: str, **otherwise: str) -> str:
    """Through the real provider and back; gives the address of the way back."""
    address = httpx.URL(await go_out(door)).copy_merge_params(otherwise)
    async with httpx.AsyncClient() as browser:
        back = await browser.post(address, data={"sub": subject})
    assert back.status_code == 302, back.text
    return back.headers["location"]


async def come_back(door: Door, address: str) -> str:
    """Where the app's own page is then shown."""
    landed = await door.client.get(address)
    assert landed.status_code == 303, landed.text
    return landed.headers["location"]


async def test_a_good_sign_in_seats_the_member_with_that_address_and_binds_the_account(server: Running, provider: RealProvider) -> None:
    provider.put_user("m1", email="Maria@Exempel.se", email_verified=True)
    async with Door(server, OURS) as door:
        assert (await door.get("enter")).json()["oidc"] == {"name": "Storbys konto"}
        assert await come_back(door, await sign_in(door, "m1")) == f"/#/admin/{OURS}"
        assert (await door.get("me")).json()["member"]["name"] == "Maria"
        account = (await door.get("account")).json()
        assert [(each["kind"], each["name"]) for each in account["credentials"]] == [("oidc", "Storbys konto")]
        assert account["seats"][0]["way"] == "oidc"
    assert [(deed, after) for deed, _, after in trail(server.data, OURS)][-2:] == [("seat.taken", {"way": "oidc"}), ("credential.added", {"kind": "oidc"})]


async def test_the_way_out_asks_for_proof_of_key_a_state_and_a_nonce_and_the_cookie_goes_only_to_the_way_back(server: Running) -> None:
    async with Door(server, OURS) as door:
        away = await door.get("oidc")
    asked = in_query(away.headers["location"])
    assert (asked["response_type"], asked["code_challenge_method"], asked["client_id"]) == ("code", "S256", "stormlykta")
    assert asked["redirect_uri"] == f"{server.url}/api/o/{OURS}/admin/oidc/callback"
    assert min(len(asked[each]) for each in ("state", "nonce", "code_challenge")) >= 43
    cookie = away.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=lax", f"Path=/api/o/{OURS}/admin/oidc/callback", "Max-Age=600"))
    assert asked["state"] not in cookie


async def test_once_bound_the_account_is_known_by_its_subject_and_another_with_the_same_address_is_refused(server: Running, provider: RealProvider) -> None:
    provider.put_user("m1", email="maria@exempel.se", email_verified=True)
    provider.put_user("m2", email="maria@exempel.se", email_verified=True)
    async with Door(server, OURS) as door:
        await come_back(door, await sign_in(door, "m1"))
        provider.put_user("m1", email="maria.nytt.namn@exempel.se", email_verified=True)
        assert await come_back(door, await sign_in(door, "m1")) == f"/#/admin/{OURS}"
    async with Door(server, OURS) as other:
        assert await come_back(other, await sign_in(other, "m2")) == f"/#/admin/{OURS}/fel/provider-unknown"
        assert (await other.get("me")).status_code == 401


@pytest.mark.parametrize("roles", ["leader", ""])
async def test_nobody_gets_in_who_is_unknown_removed_or_only_a_leader(server: Running, provider: RealProvider, roles: str) -> None:
    provider.put_user("okand", email="okand@exempel.se", email_verified=True)
    provider.put_user("m1", email="maria@exempel.se", email_verified=True)
    refused = f"/#/admin/{OURS}/fel/provider-unknown"
    async with Door(server, OURS) as door:
        assert await come_back(door, await sign_in(door, "okand")) == refused
        await come_back(door, await sign_in(door, "m1"))
        change(server.data, "UPDATE members SET roles = ? WHERE organisation = ?", roles, OURS) if roles else change(
            server.data, "UPDATE members SET removed = 1"
        )
        assert await come_back(door, await sign_in(door, "m1")) == refused
        assert (await door.get("me")).status_code in (401, 403)
    if not roles:
        back = add_member(server.data, OURS, "Maria igen", email="maria@exempel.se")
        async with Door(server, OURS) as door:
            await come_back(door, await sign_in(door, "m1"))
            assert (await door.get("me")).json()["member"]["id"] == back, "whoever is taken in again may come by the same account"


async def test_an_address_that_the_provider_does_not_vouch_for_is_not_believed(server: Running, provider: RealProvider) -> None:
    provider.put_user("m3", email="maria@exempel.se")
    async with Door(server, OURS) as door:
        assert await come_back(door, await sign_in(door, "m3")) == f"/#/admin/{OURS}/fel/provider-unverified"


async def test_a_way_back_is_good_once_in_the_same_browser_with_its_own_state_and_nonce(server: Running, provider: RealProvider) -> None:
    provider.put_user("m1", email="maria@exempel.se", email_verified=True)
    no_way = f"/#/admin/{OURS}/fel/provider-visit"
    async with Door(server, OURS) as door, Door(server, OURS) as thief:
        address = await sign_in(door, "m1")
        assert await come_back(thief, address) == no_way
        wrong = httpx.URL(address).copy_merge_params({"state": "annat"})
        assert await come_back(thief, str(wrong)) == no_way
        cookie = door.client.cookies["stormlykta-oidc"]
        assert await come_back(door, address) == f"/#/admin/{OURS}"
        thief.client.cookies.set("stormlykta-oidc", cookie)
        assert await come_back(thief, address) == no_way, "a replayed way back"
        assert (await thief.get("me")).status_code == 401
    async with Door(server, OURS) as door:
        address = await sign_in(door, "m1", nonce="en-annans")
        assert await come_back(door, address) == f"/#/admin/{OURS}/fel/provider-refused"
        assert (await door.get("me")).status_code == 401


async def test_who_says_no_at_the_provider_is_told_so_and_a_wrong_code_is_refused(server: Running) -> None:
    async with Door(server, OURS) as door:
        address = await go_out(door)
        async with httpx.AsyncClient() as browser:
            denied = await browser.post(address, data={"action": "deny"})
        back = f"{server.url}/api/o/{OURS}/admin/oidc/callback?error={in_query(denied.headers['location'])['error']}&state={in_query(address)['state']}"
        assert await come_back(door, back) == f"/#/admin/{OURS}/fel/provider-denied"
        state = in_query(await go_out(door))["state"]
        back = f"{server.url}/api/o/{OURS}/admin/oidc/callback?code=fel&state={state}"
        assert await come_back(door, back) == f"/#/admin/{OURS}/fel/provider-refused"


@pytest.mark.parametrize("fault", ["none", "key", "hmac", "issuer", "audience", "old", "nonce", "nothing", "party", "mixed"])
async def test_a_token_that_is_not_signed_by_the_provider_for_us_now_is_refused(server: Running, liar: LyingProvider, fault: str) -> None:
    foreign = RSAKey.generate_key(2048, parameters={"kid": "k1"})
    if fault == "none":
        liar.token = lambda claims: ".".join((base64url(b'{"alg":"none"}'), base64url(json.dumps(claims).encode()), ""))
    if fault == "key":
        liar.token = lambda claims: liar.sign(claims, foreign)
    if fault == "hmac":
        public = liar.key.as_pem(private=False)

        def by_public_key(claims: Claims) -> str:
            said = ".".join((base64url(b'{"alg":"HS256","kid":"k1"}'), base64url(json.dumps(claims).encode())))
            return f"{said}.{base64url(hmac.digest(public, said.encode(), 'sha256'))}"

        liar.token = by_public_key
    if fault == "nothing":
        liar.token = lambda _: ""
    lies: dict[str, Claims] = {
        "issuer": {"iss": "https://ond.example"},
        "audience": {"aud": "en-annan"},
        "old": {"iat": 1, "exp": 2},
        "nonce": {"nonce": "fel"},
        "party": {"aud": ["stormlykta", "en-annan"], "azp": "en-annan"},
        "mixed": {"sub": None},
    }
    liar.claims = lies.get(fault, {})
    async with Door(server, THEIRS) as door:
        asked = in_query(await go_out(door))
        back = f"{server.url}/api/o/{THEIRS}/admin/oidc/callback?code={asked['nonce']}&state={asked['state']}"
        assert await come_back(door, back) == f"/#/admin/{THEIRS}/fel/provider-refused"
        assert (await door.get("me")).status_code == 401


async def test_the_liar_is_believed_when_it_does_not_lie_and_was_given_the_proof_of_key(server: Running, liar: LyingProvider) -> None:
    async with Door(server, THEIRS) as door:
        asked = in_query(await go_out(door))
        back = f"{server.url}/api/o/{THEIRS}/admin/oidc/callback?code={asked['nonce']}&state={asked['state']}"
        assert await come_back(door, back) == f"/#/admin/{THEIRS}"
    (verifier,) = liar.asked[-1]["code_verifier"]
    assert base64url(hashlib.sha256(verifier.encode()).digest()) == asked["code_challenge"]


@pytest.mark.parametrize(("subject", "landed"), [("m1", ""), ("en-annan", "/fel/provider-refused")])
async def test_an_address_that_is_not_in_the_token_is_asked_for_and_believed_only_of_the_same_person(
    server: Running, liar: LyingProvider, subject: str, landed: str
) -> None:
    liar.token = lambda claims: liar.sign({name: value for name, value in claims.items() if not name.startswith("email")})
    liar.userinfo = {"sub": subject, "email": "maria@exempel.se", "email_verified": True}
    async with Door(server, THEIRS) as door:
        asked = in_query(await go_out(door))
        back = f"{server.url}/api/o/{THEIRS}/admin/oidc/callback?code={asked['nonce']}&state={asked['state']}"
        assert await come_back(door, back) == f"/#/admin/{THEIRS}{landed}"


async def test_a_client_without_a_secret_says_who_it_is_once(server: Running, liar: LyingProvider) -> None:
    async with Door(server, "oppen") as door:
        asked = in_query(await go_out(door))
        back = f"{server.url}/api/o/oppen/admin/oidc/callback?code={asked['nonce']}&state={asked['state']}"
        assert await come_back(door, back) == "/#/admin/oppen"
    assert (liar.asked[-1]["client_id"], "client_secret" in liar.asked[-1]) == (["stormlykta"], False)


async def test_new_keys_at_the_provider_are_fetched(server: Running, liar: LyingProvider) -> None:
    for _ in range(2):
        async with Door(server, THEIRS) as door:
            asked = in_query(await go_out(door))
            back = f"{server.url}/api/o/{THEIRS}/admin/oidc/callback?code={asked['nonce']}&state={asked['state']}"
            assert await come_back(door, back) == f"/#/admin/{THEIRS}"
        liar.key = RSAKey.generate_key(2048, parameters={"kid": "k2"})


async def test_with_the_provider_down_that_is_said_and_own_accounts_still_work(server: Running) -> None:
    ((maria,),) = rows(server.data, "SELECT id FROM members WHERE organisation = 'borta'")
    add_password(server.data, "borta", maria)
    async with Door(server, "borta") as door:
        away = await door.get("oidc")
        assert (away.status_code, away.headers["location"]) == (303, "/#/admin/borta/fel/provider")
        assert (await door.enter("Maria", GOOD)).status_code == 200


async def test_an_organisation_without_a_provider_has_no_such_way(server: Running) -> None:
    async with Door(server, "exempelkommun") as door:
        assert [(await door.get(path)).status_code for path in ("oidc", "oidc/callback?code=x&state=y")] == [404, 404]


async def test_a_provider_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oidc, "TIMEOUT_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        provider = Provider(f"http://127.0.0.1:{silent.getsockname()[1]}", "stormlykta")
        _, _, visit = oidc.Visits().open(OURS, 0)
        with pytest.raises(Problem, match="502 provider"):
            await Providers({}).way_out(provider, "http://x/callback", "state", visit)


async def test_a_provider_that_has_just_failed_is_not_asked_at_every_knock(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def fetch(_method: str, url: str, **_more: object) -> dict[str, object]:
        asked.append(url)
        return {"issuer": "https://en-annan.example"} if len(asked) == 1 else {**described, "issuer": "https://x.example"}

    described = dict.fromkeys(("authorization_endpoint", "token_endpoint", "jwks_uri"), "https://x.example/y")
    monkeypatch.setattr(oidc, "fetch", fetch)
    providers, provider = Providers({}), Provider("https://x.example", "stormlykta")
    _, _, visit = oidc.Visits().open(OURS, 0)
    for _ in range(3):
        with pytest.raises(Problem, match="502 provider"):
            await providers.way_out(provider, "https://y.example/callback", "state", visit)
    assert len(asked) == 1
    monkeypatch.setattr(oidc, "DOWN_SECONDS", 0.0)
    providers._down.clear()
    for _ in range(3):
        assert (await providers.way_out(provider, "https://y.example/callback", "state", visit)).startswith("https://x.example/y?")
    assert len(asked) == 2, "what it says of itself is believed for an hour"


def test_a_visit_is_over_after_ten_minutes_and_is_its_organisations() -> None:
    visits = oidc.Visits()
    state, cookie, visit = visits.open(OURS, 0)
    for organisation, value, second in ((THEIRS, cookie, 1.0), (OURS, "annan", 1.0), (OURS, cookie, 601.0)):
        with pytest.raises(Problem, match="provider-visit"):
            visits.end(organisation, state, value, second)
    state, cookie, visit = visits.open(OURS, 0)
    assert visits.end(OURS, state, cookie, 599) == visit


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a\n", "oidc.toml"),
        ('[storby]\nissuer = "https://x.example"\n', "client_id"),
        ('[storby]\nissuer = "http://x.example"\nclient_id = "x"\n', "https"),
        ('[storby]\nissuer = "https://x.example"\nclient_id = "x"\nsecret = "y"\n', "secret"),
        ('[storby]\nissuer = "https://x.example"\nclient_id = "x"\nclient_secret_file = "borta"\n', "borta"),
    ],
)
def test_a_file_that_can_not_be_used_stops_the_server_in_words(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "oidc.toml").write_text(text)
    with pytest.raises(ValueError, match=said):
        read_providers(tmp_path / "oidc.toml")
    done = Running(tmp_path / "data", STORMLYKTA_OIDC=str(tmp_path / "oidc.toml")).command("serve", "--port", "0")
    assert (done.returncode, "STORMLYKTA_OIDC" in done.stderr, said in done.stderr, "Traceback" in done.stderr) == (1, True, True, False)
