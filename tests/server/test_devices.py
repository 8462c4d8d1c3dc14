"""Devices that come back strange (docs/protocol.md 8): revoked, removed, not allowed, unknown, cloned.

Rule: what they bring is kept; what they may read is no more than it was.
"""

import asyncio
import copy
import json
import sqlite3
import time

import pytest

from tests.phone import Phone, new_id
from tests.server.conftest import Joined, make_code
from tests.serving import Running


def change(server: Running, sql: str, *values: object) -> None:
    database = sqlite3.connect(server.data / "stormlykta.db", timeout=10)
    with database:
        database.execute(sql, values)
    database.close()


def verdicts(phone: Phone, answer: dict[str, object], inc: str) -> list[tuple[int, str]]:
    """(seq, verdict) of what an answer hands out of an incident."""
    incidents = answer["incidents"]
    assert isinstance(incidents, dict)
    return [(seq, verdict) for seq, _, _, _, verdict in incidents[inc]["ops"]]


async def test_what_a_revoked_phone_brings_is_kept_and_it_gets_nothing(server: Running, joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    anna.write(inc, "log", body="före")
    await anna.sync()
    assert server.command("revoke", anna.device, "--organisation", anna.organisation).returncode == 0
    anna.write(inc, "log", body="efter")
    bo.write(inc, "log", body="hos bo")
    await bo.sync()
    answer = await anna.push(*[part[-1:] for part in (anna.written[inc], [anna.seal(inc, 2, 2)])], pull={inc: 0})
    assert answer["results"] == [["quar", "revoked"]]
    assert answer["revoked"] is True
    assert answer["incidents"] == {}
    assert answer["library"] == ""
    told = await bo.push([], pull={inc: 0})
    assert verdicts(bo, told, inc) == [(1, "ok"), (2, "ok"), (3, "quar:revoked")]
    assert (await anna.push(anna.written[inc], [anna.seal(inc, 1, 2)]))["results"] == [["dup", 1], ["quar", "revoked"]]


@pytest.mark.parametrize("carrier", ["anna herself", "bo"])
async def test_it_is_the_author_that_is_judged_whoever_carries(server: Running, joined: Joined, carrier: str) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    change(server, "UPDATE devices SET revoked = 1 WHERE id = ?", anna.device)
    inc = new_id()
    anna.write(inc, "log", body="burit")
    bo.write(inc, "log", body="bos eget")
    sender = bo if carrier == "bo" else anna
    operations, seals = anna.unsent()
    own, own_seals = bo.unsent()
    assert (await sender.push(operations + own, seals + own_seals))["results"] == [["quar", "revoked"], ["ok", 2]]


async def test_what_a_removed_member_brings_waits_for_a_person(server: Running, joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    change(server, "UPDATE members SET removed = 1 WHERE organisation = ? AND id = ?", anna.organisation, anna.member)
    inc = new_id()
    anna.write(inc, "log", body="skrivet innan hon fick veta")
    answer = await anna.push(*anna.unsent(), pull={})
    assert (answer["results"], answer["revoked"], answer["incidents"]) == ([["quar", "member"]], True, {})
    told = await bo.push([], pull={})
    assert verdicts(bo, told, inc) == [(1, "quar:member")]


@pytest.mark.parametrize(("roles", "verdict"), [("leader", "ok"), ("admin", "ok"), ("leader,editor", "ok"), ("editor", "quar"), ("", "quar")])
async def test_only_leaders_and_administrators_write_in_incidents(joined: Joined, roles: str, verdict: str) -> None:
    eva = await joined("eva", roles=roles)
    inc = new_id()
    eva.write(inc, "open", body={"title": "Övning", "exercise": 1})
    answer = await eva.push(*eva.unsent(), pull={})
    assert answer["results"] == [[verdict, 1 if verdict == "ok" else "role"]]
    assert "revoked" not in answer
    assert (await eva.client.get(f"{eva.base}/library")).status_code == 200


async def test_an_unknown_author_waits_is_shown_and_is_judged_again_when_it_joins(server: Running, joined: Joined) -> None:
    bo, cecilia = await joined("bo"), await joined("cecilia")
    anna = Phone("anna", cecilia.client)
    inc = new_id()
    for number in range(3):
        anna.write(inc, "log", body=f"på papper {number}")
    bo.write(inc, "log", body="bos eget")
    carried = await bo.push(*anna.unsent())
    await bo.sync()
    assert carried["results"] == [["quar", "unknown-device"]] * 3
    before = await cecilia.push([], pull={})
    assert verdicts(cecilia, before, inc) == [(1, "quar:unknown-device"), (2, "quar:unknown-device"), (3, "quar:unknown-device"), (4, "ok")]
    assert set(before["incidents"][inc]["people"]) == {bo.device}

    async with cecilia.client.stream("GET", f"{cecilia.base}/live") as stream:
        lines = stream.aiter_lines()
        await anext(lines)
        code = make_code(server.data, bo.organisation, "anna")
        response = await bo.client.post("/api/join", json={"code": code, **anna.introduction()})
        assert response.status_code == 201
        poked = await next_poke(lines)
    assert poked == {"incident": inc, "seq": 7}

    after = await cecilia.push([], pull={inc: 4})
    assert verdicts(cecilia, after, inc) == [(5, "ok"), (6, "ok"), (7, "ok")]
    assert [operation for _, operation, *_ in after["incidents"][inc]["ops"]] == anna.written[inc]
    assert after["incidents"][inc]["people"] == {anna.device: [response.json()["member"]["id"], anna.key]}
    assert [seal[:4] for seal in after["incidents"][inc]["seals"]] == [[anna.device, inc, 1, 3]]
    assert verdicts(cecilia, await cecilia.push([], pull={inc: 0}), inc) == [(4, "ok"), (5, "ok"), (6, "ok"), (7, "ok")]
    assert (await cecilia.push(*anna.unsent()))["results"] == [["dup", 5], ["dup", 6], ["dup", 7]]


async def test_an_unknown_author_that_joins_with_another_key_had_never_written(server: Running, joined: Joined) -> None:
    bo = await joined("bo")
    anna, thief = Phone("anna", bo.client), Phone("tjuv", bo.client)
    thief.device = anna.device
    inc = new_id()
    thief.write(inc, "log", body="i annas namn")
    assert (await bo.push(*thief.unsent()))["results"] == [["quar", "unknown-device"]]
    await bo.client.post("/api/join", json={"code": make_code(server.data, bo.organisation, "anna"), **anna.introduction()})
    await bo.sign_in()
    assert (await bo.push([], pull={inc: 0}))["incidents"].get(inc, {"ops": []})["ops"] == []
    anna.organisation = bo.organisation
    anna.write(inc, "log", body="annas eget")
    assert [word for word, _ in (await bo.push(*anna.unsent()))["results"]] == ["ok"]


async def test_fork_is_told_to_the_forker_and_to_nobody_else(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    anna.write(inc, "log", body="ett")
    await anna.sync()
    clone = copy.copy(anna)
    clone.chains, clone.written, clone.sent = copy.deepcopy((anna.chains, anna.written, anna.sent))
    anna.write(inc, "log", body="från telefonen")
    clone.write(inc, "log", body="från kopian")
    carried = await bo.push(*anna.unsent())
    carried_too = await bo.push(*clone.unsent())
    own = await bo.sync()
    assert [answer.get("fork") for answer in (carried, carried_too, own)] == [None] * 3
    assert [word for word, _ in carried_too["results"]] == ["ok"]
    forked = await clone.push(*clone.unsent())
    assert forked["fork"] is True
    assert forked["results"] == [["dup", 3]]
    other = new_id()
    clone.write(other, "log", body="i en annan händelse")
    assert "fork" not in await clone.push([clone.written[other][0]], [clone.seal(other, 1, 1)])


async def test_a_live_stream_ends_within_two_seconds_of_the_revoking(server: Running, joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    async with anna.client.stream("GET", f"{anna.base}/live") as annas, bo.client.stream("GET", f"{bo.base}/live") as bos:
        lines, others = annas.aiter_lines(), bos.aiter_lines()
        assert [await anext(lines), await anext(others)] == ["retry: 2000"] * 2
        done = await asyncio.to_thread(server.command, "revoke", anna.device, "--organisation", anna.organisation)
        assert done.returncode == 0, done.stderr
        began = time.monotonic()
        async with asyncio.timeout(5):
            assert [line async for line in lines if "incident" in line] == []
        assert time.monotonic() - began < 3
        refused = await anna.client.get(f"{anna.base}/live")
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "revoked")
        cecilia = await joined("cecilia")
        cecilia.write(new_id(), "log", body="bo hör ännu")
        await cecilia.sync()
        assert (await next_poke(others))["seq"] == 1


async def test_what_a_phone_says_of_itself_is_kept_short_and_plain(server: Running, joined: Joined) -> None:
    anna = await joined("anna")
    report = {"build": "b" * 500, "offline_ok": True, "unsent": 3, "oldest_unsent": 10**30, "persisted": {"a": 1}, "secret": "x"}
    await anna.push([], device=report, library="L")
    await anna.push([], device={"unsent": 0})
    database = sqlite3.connect(server.data / "stormlykta.db")
    ((report, seen),) = database.execute("SELECT report, seen FROM devices WHERE id = ?", (anna.device,)).fetchall()
    database.close()
    assert json.loads(report) == {"build": "b" * 80, "offline_ok": True, "unsent": 0, "library": ""}
    assert abs(seen - time.time() * 1000) < 5000


async def next_poke(lines: object) -> dict[str, object]:
    async for line in lines:  # type: ignore[attr-defined]
        if line.startswith("data:") and "incident" in line:
            poke: dict[str, object] = json.loads(line[5:])
            return poke
    raise AssertionError("the stream ended")
