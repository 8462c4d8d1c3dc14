"""Attacks at the doors: cookies behind a proxy, shutting everybody out, flooding what is held open, headers, and what the log keeps."""

import asyncio
import gzip
import io
import json
from pathlib import Path

import httpx
import pytest
from PIL import Image

from stormlykta.errors import Problem
from stormlykta.office.entrances import OPENINGS, Entrances
from stormlykta.office.jobs import AT_ONCE, KEPT_OF_SEAT, TURNS, Job, Jobs
from stormlykta.walls import HEADERS
from tests.desk import COOKIE, make_seat
from tests.entering import GOOD, add_link, add_member, add_password, rows
from tests.server.conftest import Joined, Sat
from tests.server.test_entrance import Door
from tests.serving import Running


async def test_cookies_are_for_https_alone_where_the_proxy_does_not_say_but_the_operator_has(tmp_path: Path) -> None:
    """A proxy that is not trusted, or says nothing, must not cost the cookie its Secure."""
    running = Running(tmp_path / "data", STORMLYKTA_URL="https://krisparm.exempel.se").start()
    try:
        add_password(running.data, "kommun", add_member(running.data, "kommun", "Maria"))
        async with Door(running, "kommun") as door:
            cookie = (await door.enter("Maria")).headers["set-cookie"]
        assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=strict", "Path=/api/o/kommun/admin;")), cookie
    finally:
        running.stop()


@pytest.mark.parametrize("spread", ["addresses of one network", "a chain that the caller made up"])
async def test_guessing_is_not_spread_over_addresses_that_one_has_for_nothing(server: Running, organisation: str, spread: str) -> None:
    network = f"2001:db8:0:{abs(hash(organisation)) % 60000:x}"
    statuses = []
    async with httpx.AsyncClient(base_url=server.url, timeout=20) as client:
        for number in range(25):
            told = f"{network}::{number:x}" if spread.startswith("addresses") else f"198.51.100.{number}, {network}:1::1"
            answered = await client.post(
                f"/api/o/{organisation}/admin/link/password", json={"token": f"gissning-{number}", "password": GOOD}, headers={"X-Forwarded-For": told}
            )
            statuses.append(answered.status_code)
    assert statuses == [404] * 20 + [429] * 5


async def test_those_who_guess_from_everywhere_do_not_shut_out_who_has_a_key_or_a_link(tmp_path: Path) -> None:
    """Six hundred wrong tries in a minute, from as many places as one likes: what cannot be guessed stays open to everybody else."""
    running = Running(tmp_path / "data").start()
    try:
        token = add_link(running.data, "kommun", add_member(running.data, "kommun", "Maria"))
        async with httpx.AsyncClient(base_url=running.url, timeout=30) as client:

            async def guess(number: int) -> int:
                headers = {"X-Forwarded-For": f"10.{number // 15 // 250}.{number // 15 % 250}.1"}
                return (await client.post("/api/o/kommun/admin/link", json={"token": f"gissning-{number}"}, headers=headers)).status_code

            for first in range(0, 600, 50):
                assert set(await asyncio.gather(*(guess(number) for number in range(first, first + 50)))) == {404}
            opened = await client.post("/api/o/kommun/admin/link", json={"token": token}, headers={"X-Forwarded-For": "192.0.2.1"})
        assert opened.status_code == 200, opened.text
    finally:
        running.stop()


async def test_one_address_does_not_push_out_what_others_have_begun(server: Running, organisation: str) -> None:
    """Challenges are kept for five minutes, so many of them: whoever begins them by the thousand is stopped."""
    async with Door(server, organisation) as door, Door(server, organisation) as other:
        statuses = [(await door.post("enter/passkey/options")).status_code for _ in range(OPENINGS + 3)]
        assert statuses == [200] * OPENINGS + [429] * 3
        assert (await other.post("enter/passkey/options")).status_code == 200


def test_what_was_no_guess_costs_nothing_whatever_it_was_made_by() -> None:
    entrances = Entrances()
    for who in ("", "Maria"):
        for _ in range(30):
            with pytest.raises(Problem, match="field"), entrances.guess("10.0.0.1", "kommun", who):
                raise Problem("field")
        for _ in range(30):
            with entrances.guess("10.0.0.1", "kommun", who):
                pass


async def test_one_seat_piles_up_neither_results_nor_work(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs, running, most = Jobs(), 0, 0
    go_on, full = asyncio.Event(), asyncio.Event()

    async def work(_job: Job) -> str:
        nonlocal running, most
        running += 1
        most = max(most, running)
        if running == TURNS:
            full.set()
        await go_on.wait()
        running -= 1
        return "svar"

    begun = [jobs.start("kommun", f"plats-{seat}", "prov", work) for seat in range(4) for _ in range(AT_ONCE)]
    with pytest.raises(Problem, match="limit"):
        jobs.start("kommun", "plats-0", "prov", work)
    cancelled = begun[-1]
    jobs.cancel(cancelled)
    await full.wait()
    go_on.set()
    await asyncio.gather(*(job.task for job in begun if job.task is not None))
    assert most == TURNS
    assert {job.state for job in begun[:-1]} == {"done"}
    assert (cancelled.state, cancelled.result) == ("cancelled", None), "one that was cancelled in the queue has not begun"
    kept = []
    for _ in range(KEPT_OF_SEAT + 5):
        job = jobs.start("kommun", "plats-0", "prov", work)
        kept.append(job)
        if job.task is not None:
            await job.task
    assert jobs.find("kommun", "plats-0", kept[-1].id).result == "svar"
    with pytest.raises(Problem, match="not-found"):
        jobs.find("kommun", "plats-0", kept[0].id)
    assert jobs.find("kommun", "plats-1", begun[3].id).result == "svar", "another's is not pushed out"
    monkeypatch.setattr("stormlykta.office.jobs.KEPT_SECONDS", -1.0)
    with pytest.raises(Problem, match="not-found"):
        jobs.find("kommun", "plats-1", begun[3].id)


PRIVATE = ("me", "account", "seats", "members", "contacts", "contacts/export", "letters", "trail", "trail/export", "readiness", "shelf", "settings", "roster")


async def test_every_answer_has_its_walls_and_no_private_one_is_kept_by_anybody(sat: Sat, server: Running) -> None:
    maria = await sat("Maria")
    answers = [await maria.get(path) for path in PRIVATE]
    assert {(each.status_code, each.headers["cache-control"]) for each in answers} == {(200, "no-store")}
    stranger = httpx.AsyncClient(base_url=server.url)
    answers += [await stranger.get(path) for path in ("/", "/finns-inte", "/%00", f"/{'a' * 5000}", "/api/nej", maria.url("me"), maria.url("oidc"))]
    answers += [await stranger.post(maria.url("me")), await stranger.post(maria.url("letter"), headers={"Origin": "https://elak.example"})]
    answers.append(await stranger.post(maria.url("enter/password"), content=b"[" * 100_000))
    for each in answers:
        assert {name: each.headers.get(name) for name in HEADERS} == HEADERS, each.request.url
    assert "unsafe" not in HEADERS["Content-Security-Policy"].replace("wasm-unsafe-eval", "")
    await stranger.aclose()


@pytest.mark.parametrize("path", ["enter/password", "enter/passkey", "link", "link/password", "link/passkey", "letter", "letter/answer"])
async def test_a_strangers_body_is_bounded_however_it_is_packed(server: Running, organisation: str, path: str) -> None:
    async with httpx.AsyncClient(base_url=server.url, timeout=20) as client:
        for content, headers, status in (
            (b"x" * 300_000, {}, 413),
            (gzip.compress(b" " * 20_000_000), {"Content-Encoding": "gzip"}, 413),
            (b'{"token":' + b"[" * 200_000, {}, 400),
            (b'{"token":"\\ud800","who":"\\ud800","password":"\\ud800"}', {}, 400),
        ):
            answered = await client.post(f"/api/o/{organisation}/admin/{path}", content=content, headers=headers)
            assert answered.status_code == status, (content[:20], answered.text)


async def test_the_log_knows_nobody_and_no_secret(sat: Sat, joined: Joined, server: Running, organisation: str) -> None:
    """After everything that has a secret in it, in the ways that succeed and in those that fail."""
    member = add_member(server.data, organisation, "Åsa Hemlighetsson", "editor", "asa@hemligt.example")
    token, wrong = add_link(server.data, organisation, member), "fel-men-hemligt-token"
    async with Door(server, organisation) as door:
        await door.post("link", token=wrong)
        assert (await door.post("link/password", token=token, password=GOOD)).status_code == 200
        seat = door.client.cookies[COOKIE]
        await door.enter("Åsa Hemlighetsson", "ett-fel-lösenord-här")
        await door.enter("asa@hemligt.example", GOOD)
        await door.post("letter", token=wrong)
        await door.get(f"oidc/callback?code={wrong}&state={wrong}")
        await door.get(f"trail?q={wrong}")
    maria = await sat("Maria Loggsdotter")
    code = (await maria.post(f"members/{member}/invite")).json()["code"]
    link = (await maria.post(f"members/{member}/link")).json()["link"].rsplit("/", 1)[1]
    await maria.post("members", content=b'{"name": "Trasig Loggsdotter", "roles": ["nej"]')
    await maria.put("settings/logo", content=b"\x89PNG\r\n\x1a\n Trasig Loggsdotter")
    log = server.log.read_text()
    assert '"event":"request"' in log
    for secret in (token, wrong, seat, code, link, GOOD, "ett-fel-lösenord", "Hemlighetsson", "asa@hemligt", "Loggsdotter", member, organisation):
        assert secret not in log, secret
        assert json.dumps(secret)[1:-1] not in log, secret
    assert "Traceback" not in log


async def test_of_many_who_use_one_link_at_once_one_gets_in(server: Running, organisation: str) -> None:
    member = add_member(server.data, organisation, "Maria")
    token = add_link(server.data, organisation, member)
    doors = [Door(server, organisation) for _ in range(6)]
    answered = await asyncio.gather(*(door.post("link/password", token=token, password=f"{GOOD} {number}") for number, door in enumerate(doors)))
    assert sorted(each.status_code for each in answered) == [200, *[410] * 5]
    assert rows(server.data, "SELECT count(*) FROM seats WHERE member = ?", member) == [(1,)]
    (winner,) = [number for number, each in enumerate(answered) if each.status_code == 200]
    entered = [(await doors[0].enter("Maria", f"{GOOD} {number}")).status_code for number in range(6)]
    assert [number for number, status in enumerate(entered) if status == 200] == [winner], "the password is the winner's"
    for door in doors:
        await door.client.aclose()


async def test_many_large_pictures_at_once_are_drawn_one_after_the_other(tmp_path: Path) -> None:
    """Sixty kilobytes that unpack to sixty megabytes, three times over while they are turned and shrunk: a dozen at once were more than a gigabyte."""
    running = Running(tmp_path / "data").start()
    try:
        assert running.process is not None
        maria, picture = make_seat(running.data, "kommun", "Maria"), io.BytesIO()
        Image.new("RGBA", (4000, 4000)).save(picture, "PNG")
        async with httpx.AsyncClient(base_url=running.url, timeout=60, cookies={COOKIE: maria.token}) as client:
            sent = await asyncio.gather(*(client.put("/api/o/kommun/admin/settings/logo", content=picture.getvalue()) for _ in range(12)))
        assert {each.status_code for each in sent} == {200}
        assert highest_megabytes(running.process.pid) < 600
    finally:
        running.stop()


def highest_megabytes(process: int) -> int:
    return int(Path(f"/proc/{process}/status").read_text().split("VmHWM:")[1].split()[0]) // 1024


@pytest.mark.parametrize("mark", ["a", ";", "<"])
async def test_a_line_without_end_in_a_list_of_people_is_a_fault_and_no_stumble(sat: Sat, mark: str) -> None:
    maria = await sat("Maria")
    read = await maria.post("invitations/read", {"lines": f"Anna Berg\n{mark * 200_000}\nBo Ek"})
    assert read.status_code == 200, read.text
    assert [each[0] for each in read.json()["people"]] == ["Anna Berg", "Bo Ek"]
    assert [each[0] for each in read.json()["faults"]] in ([2], [])
