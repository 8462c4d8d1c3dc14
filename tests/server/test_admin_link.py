"""One-time links: what the server prints for the first administrator, what brings one back who has lost the key, and what no link is good for."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.entering import GOOD, add_link, add_member, add_password, change, rows, trail
from tests.phone import Phone
from tests.server.conftest import Joined, Sat
from tests.server.terminal import run_here
from tests.server.test_entrance import Door, code_of
from tests.serving import Running

LINK = re.compile(r"(\S+)/#/valkommen/([a-z0-9-]+)/([A-Za-z0-9_-]{43})")


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path / "data")
    yield running
    running.stop()


def printed(running: Running) -> list[tuple[str, str, str]]:
    return LINK.findall(running.log.read_text())


async def test_the_very_first_serve_prints_a_link_that_makes_the_first_administrator(fresh: Running) -> None:
    ((url, organisation, token),) = printed(fresh.start())
    assert (url, organisation) == (fresh.url, "exempelkommun")
    assert "Ingen administratör i Exempelkommun kan logga in än." in fresh.log.read_text()
    async with Door(fresh, organisation) as door:
        seen = (await door.post("link", token=token)).json()
        assert seen == {"first": True, "name": "", "roles": ["admin"], "organisation": {"id": "exempelkommun", "name": "Exempelkommun"}}
        assert (await door.post("link/password", token=token, name="", password=GOOD)).json()["fields"] == {"name": "empty"}
        assert (await door.post("link/password", token=token, name="x" * 81, password=GOOD)).json()["fields"] == {"name": "long"}
        entered = await door.post("link/password", token=token, name="  Maria \u0007 Ek ", password=GOOD)
        assert entered.status_code == 200, entered.text
        assert (entered.json()["member"]["name"], entered.json()["member"]["roles"]) == ("Maria Ek", ["admin"])
        assert (await door.get("me")).json() == entered.json()
        again = await door.post("link/password", token=token, name="Bo", password=GOOD)
        assert (again.status_code, code_of(again)) == (410, "used")
    async with Door(fresh, organisation) as door:
        assert (await door.enter("maria ek")).status_code == 200
    assert [(deed, name, after) for deed, name, after in trail(fresh.data, organisation)][:4] == [
        ("link.made", "stormlykta serve", None),
        ("seat.taken", "Maria Ek", {"way": "link"}),
        ("member.added", "Maria Ek", {"roles": ["admin"]}),
        ("credential.added", "Maria Ek", {"kind": "password"}),
    ]
    fresh.stop()
    before = len(printed(fresh))
    fresh.start()
    assert len(printed(fresh)) == before, "there is an administrator now"
    assert f"Administration: {fresh.url}/#/admin" in fresh.log.read_text()
    assert not re.search(rf'"(route|event)":[^\n]*{token}', fresh.log.read_text())


async def test_a_newer_link_ends_the_older_and_each_organisation_has_its_own(fresh: Running) -> None:
    fresh.invite("Anna", "storby")
    fresh.invite("Bo", "lillby", "--role", "admin")
    fresh.start()
    older = {organisation: token for _, organisation, token in printed(fresh)}
    assert set(older) == {"storby", "lillby"}, "an administrator with only a phone can not sit down at a desk"
    fresh.stop()
    fresh.start()
    newer = {organisation: token for _, organisation, token in printed(fresh)[2:]}
    for organisation in older:
        async with Door(fresh, organisation) as door:
            ended = await door.post("link", token=older[organisation])
            assert (ended.status_code, code_of(ended)) == (410, "expired")
            assert (await door.post("link", token=newer[organisation])).status_code == 200
    async with Door(fresh, "storby") as door:
        assert code_of(await door.post("link", token=newer["lillby"])) == "link"


def test_a_serve_that_can_not_start_makes_no_link(fresh: Running) -> None:
    fresh.start()
    with closing(sqlite3.connect(fresh.data / "stormlykta.db")) as database:
        before = database.execute("SELECT token, expires FROM links").fetchall()
        assert fresh.command("serve", "--port", str(fresh.port)).returncode == 1
        assert database.execute("SELECT token, expires FROM links").fetchall() == before


async def test_whoever_leads_already_becomes_an_administrator_under_the_same_name(server: Running, organisation: str, joined: Joined) -> None:
    anna: Phone = await joined("Anna Berg")
    token = add_link(server.data, organisation)
    async with Door(server, organisation) as door:
        entered = (await door.post("link/password", token=token, name="anna  berg", password=GOOD)).json()
    assert (entered["member"]["name"], entered["member"]["roles"]) == ("Anna Berg", ["admin", "leader"])
    manifest = (await anna.client.get(f"{anna.base}/library")).json()
    members = (await anna.client.get(f"{anna.base}/documents/{manifest['members']}")).json()
    assert [(each["name"], sorted(each["roles"])) for each in members["members"]] == [("Anna Berg", ["admin", "leader"])]


async def test_nobody_takes_the_place_of_one_who_can_sign_in_by_typing_their_name(server: Running, organisation: str) -> None:
    maria = add_member(server.data, organisation, "Maria", email="maria@exempel.se")
    add_password(server.data, organisation, maria)
    token = add_link(server.data, organisation)
    async with Door(server, organisation) as door:
        for name in ("maria", "Maria@exempel.se"):
            refused = await door.post("link/password", token=token, name=name, password=GOOD[::-1])
            assert (refused.status_code, code_of(refused)) == (409, "taken")
            assert code_of(await door.post("link/passkey/options", token=token, name=name)) == "taken"
        assert (await door.enter("Maria")).status_code == 200


async def test_a_link_brings_a_member_back_with_a_new_password_and_ends_what_sat_elsewhere(server: Running, organisation: str) -> None:
    maria = add_member(server.data, organisation, "Maria", "editor")
    add_password(server.data, organisation, maria, "det glömda lösenordet")
    async with Door(server, organisation) as old, Door(server, organisation) as door:
        assert (await old.enter("Maria", "det glömda lösenordet")).status_code == 200
        token = add_link(server.data, organisation, maria)
        assert (await door.post("link", token=token)).json() | {"organisation": None} == {
            "first": False,
            "name": "Maria",
            "roles": ["editor"],
            "organisation": None,
        }
        assert (await door.post("link/password", token=token, name="Någon annan", password=GOOD)).json()["member"]["name"] == "Maria"
        assert (await old.get("me")).status_code == 401
        assert (await old.enter("Maria", "det glömda lösenordet")).status_code == 401
        assert (await old.enter("Maria")).status_code == 200


@pytest.mark.parametrize("loss", ["UPDATE members SET removed = 1 WHERE id = ?", "UPDATE members SET roles = 'leader' WHERE id = ?"])
async def test_a_link_of_one_who_may_not_sit_here_is_none(server: Running, organisation: str, loss: str) -> None:
    maria = add_member(server.data, organisation, "Maria")
    token, old = add_link(server.data, organisation, maria), add_link(server.data, organisation, hours=-1)
    change(server.data, loss, maria)
    async with Door(server, organisation) as door:
        for path in ("link", "link/password", "link/passkey/options"):
            refused = await door.post(path, token=token, password=GOOD)
            assert (refused.status_code, code_of(refused)) == (404, "link"), path
            assert code_of(await door.post(path, token=token[::-1], password=GOOD)) == "link"
            assert code_of(await door.post(path, token=old, name="Bo", password=GOOD)) == "expired"


async def test_an_administrator_makes_a_link_for_an_editor_and_an_editor_for_nobody(sat: Sat, server: Running, organisation: str) -> None:
    maria, erik = await sat("Maria"), await sat("Erik", roles="editor")
    made = await maria.post(f"members/{erik.member}/link")
    assert made.status_code == 201, made.text
    ((url, there, token),) = LINK.findall(made.json()["link"])
    assert (url, there) == (server.url, organisation)
    assert code_of(await erik.post(f"members/{maria.member}/link")) == "role"
    leader = add_member(server.data, organisation, "Bo", "leader")
    nils = await sat("Nils", organisation="annan-kommun")
    assert [code_of(await maria.post(f"members/{each}/link")) for each in (leader, nils.member, "ingen")] == ["not-found"] * 3
    async with Door(server, organisation) as door:
        assert (await door.post("link/password", token=token, password=GOOD)).json()["member"]["id"] == erik.member
    assert ("link.made", "Maria", None) in trail(server.data, organisation)


async def test_only_the_hash_of_a_link_is_kept(sat: Sat, server: Running) -> None:
    maria = await sat("Maria")
    token = (await maria.post(f"members/{maria.member}/link")).json()["link"].rpartition("/")[2]
    assert token.encode() not in b"".join(path.read_bytes() for path in server.data.glob("stormlykta.db*"))


@pytest.mark.parametrize(("language", "said"), [("sv_SE.UTF-8", "Engångslänk för"), ("en_GB.UTF-8", "One-time link for")])
def test_the_operator_makes_a_link_at_any_time(fresh: Running, language: str, said: str) -> None:
    fresh.environment["STORMLYKTA_URL"] = "https://kris.example"
    first = run_here(fresh, "admin-link", language=language)
    assert (first.returncode, said in first.stdout, first.stderr) == (0, True, ""), first.stderr
    ((url, organisation, _),) = LINK.findall(first.stdout)
    assert (url, organisation) == ("https://kris.example", "exempelkommun")
    assert rows(fresh.data, "SELECT name FROM members") == []
    named = run_here(fresh, "admin-link", "Maria Ek", language=language)
    assert f"{said} Maria Ek" in named.stdout
    assert rows(fresh.data, "SELECT name, roles FROM members") == [("Maria Ek", "admin")]
    assert "Maria Ek" in run_here(fresh, "admin-link", language=language).stdout, "there is only one it can be for"
    run_here(fresh, "invite", "Bo Dahl")
    assert run_here(fresh, "admin-link", "bo dahl", language=language).returncode == 0
    assert ("Bo Dahl", "leader,admin") in rows(fresh.data, "SELECT name, roles FROM members")
    which = run_here(fresh, "admin-link", language=language)
    assert (which.returncode, which.stdout) == (1, "")
    assert "Bo Dahl, Maria Ek" in which.stderr
    nowhere = run_here(fresh, "admin-link", "Eva", "--organisation", "finns-inte", language=language)
    assert (nowhere.returncode, "finns-inte" in nowhere.stderr) == (1, True)
    assert rows(fresh.data, "SELECT count(*) FROM organisations") == [(1,)]
    assert [deed for deed, *_ in trail(fresh.data, "exempelkommun")].count("link.made") == 4


async def test_a_link_from_the_command_line_works_while_the_server_runs(fresh: Running) -> None:
    fresh.start()
    ((_, organisation, token),) = LINK.findall(fresh.command("admin-link", "Maria Ek").stdout)
    async with Door(fresh, organisation) as door:
        assert (await door.post("link/password", token=token, password=GOOD)).json()["member"]["name"] == "Maria Ek"
