"""Two hands with one device's name, and hands that are not the device's at all: nobody's work is lost, and nobody can kill another's."""

import asyncio
import copy
from pathlib import Path
from typing import Any

import httpx
import msgspec

from stormlykta import accounts
from stormlykta.connections import Transaction
from stormlykta.database import Database
from stormlykta.log import arrivals, oplog
from stormlykta.log.operations import LARGEST, Seal, link, read_operation, read_seal, root, seal_fields, unbase64
from tests.phone import Phone, new_id
from tests.server.conftest import Joined, make_code
from tests.serving import Running


def clone_of(phone: Phone) -> Phone:
    clone = copy.copy(phone)
    clone.chains, clone.written, clone.sent = copy.deepcopy((phone.chains, phone.written, phone.sent))
    return clone


def note(phone: Phone, inc: str, *texts: str) -> None:
    for text in texts:
        phone.write(inc, "log", body={"type": "event", "text": text})


def verdicts(answer: dict[str, Any]) -> list[str]:
    return [verdict for verdict, _ in answer["results"]]


async def test_both_branches_of_a_fork_in_one_push_are_kept_whole(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    note(anna, inc, "ett", "två", "tre")
    clone = clone_of(anna)
    for number in range(40):
        note(anna, inc, f"hos anna {number}")
        note(clone, inc, f"hos kopian {number}")
    answer = await bo.push(anna.written[inc] + clone.written[inc][3:], [anna.seal(inc, 1, 43), clone.seal(inc, 4, 43)])
    assert verdicts(answer) == ["ok"] * 83


async def test_a_branch_that_comes_in_two_halves_waits_for_itself(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    note(anna, inc, "ett")
    clone = clone_of(anna)
    note(anna, inc, *(f"hos anna {number}" for number in range(4)))
    note(clone, inc, *(f"hos kopian {number}" for number in range(4)))
    await anna.sync()
    seal = clone.seal(inc, 2, 5)
    assert (await bo.push(clone.written[inc][1:3], [seal]))["results"] == [["quar", "seal"]] * 2
    assert verdicts(await bo.push(clone.written[inc][3:], [seal])) == ["ok", "ok"]
    assert verdicts(await bo.push(clone.written[inc][1:3], [seal])) == ["dup", "dup"]


async def test_the_same_words_on_two_branches_are_two_operations(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    note(anna, inc, "ett")
    clone = clone_of(anna)
    note(anna, inc, "a")
    note(clone, inc, "b")
    same = anna.write(inc, "log", body="samma")
    read = read_operation(msgspec.json.encode(same))
    clone.written[inc].append(same)
    clone.chains[inc].append(link(clone.chains[inc][-1], read.d))
    await bo.push(anna.written[inc] + clone.written[inc][1:], [anna.seal(inc, 1, 3), clone.seal(inc, 2, 3)])
    await bo.sync()
    assert len(bo.log(inc)) == 5


async def test_a_forged_seal_before_the_true_one_changes_nothing(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    note(anna, inc, "ett", "två", "tre")
    await anna.sync()
    operation = anna.write(inc, "log", body="fyra")
    read = read_operation(msgspec.json.encode(operation))
    forged = seal_fields(Seal(anna.device, inc, 4, 4, bytes(32), link(bytes(32), read.d), bytes(64)))
    assert (await bo.push([operation], [list(forged), anna.seal(inc, 4, 4)]))["results"] == [["ok", 4]]


async def test_a_forged_seal_for_one_who_has_not_joined_does_not_kill_what_she_wrote(server: Running, joined: Joined) -> None:
    bo = await joined("bo")
    anna = Phone("anna", bo.client)
    inc = new_id()
    note(anna, inc, "skrivet innan hon gick med")
    read = read_operation(msgspec.json.encode(anna.written[inc][0]))
    invented = seal_fields(Seal(anna.device, inc, 1, 1, root(inc, anna.device), link(root(inc, anna.device), read.d), bytes(64)))
    assert (await bo.push(anna.written[inc], [list(invented)]))["results"] == [["quar", "unknown-device"]]
    await bo.client.post("/api/join", json={"code": make_code(server.data, bo.organisation, "anna"), **anna.introduction()})
    anna.organisation = bo.organisation
    assert verdicts(await anna.push(*anna.unsent())) == ["ok"]


async def test_a_flood_of_unsealed_forgeries_does_not_stop_the_true_author(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    note(anna, inc, *(str(number) for number in range(6)))
    forged = [[*anna.written[inc][at][:9], f"förfalskat {number}"] for at in range(3) for number in range(100)]
    assert set(verdicts(await bo.push(forged))) == {"quar"}
    seal = anna.seal(inc, 1, 6)
    await anna.push(anna.written[inc][:3], [seal])
    await anna.push(anna.written[inc][3:], [seal])
    assert verdicts(await anna.push(anna.written[inc], [seal])) == ["dup"] * 6


async def test_a_flood_of_rotten_operations_does_not_swell_the_answers(joined: Joined) -> None:
    anna, bo, cecilia = await joined("anna"), await joined("bo"), await joined("cecilia")
    inc = new_id()
    note(anna, inc, "ett", "två", "tre")
    await anna.sync()
    for number in range(4):
        rotten = [[1, anna.device, 2, 1, 1, inc, "log", "", "", number * 1000 + each] for each in range(499)]
        await bo.push([anna.written[inc][0], *rotten])
    answer = await cecilia.push([], pull={})
    assert len(answer["incidents"][inc]["ops"]) == 3
    assert "links" not in answer["incidents"][inc]


async def test_forged_seals_are_not_kept_to_be_looked_through(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    forged = [list(seal_fields(Seal(anna.device, inc, 1, LARGEST, root(inc, anna.device), bytes([each % 256]) * 32, bytes(64)))) for each in range(500)]
    await bo.push([], forged)
    note(anna, inc, "ett")
    assert (await anna.push(*anna.unsent()))["results"] == [["ok", 1]]


async def test_carried_and_joined_in_one_commit_is_judged_with_the_key(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "stormlykta.db")
    try:
        await database.write(lambda transaction: accounts.ensure_organisation(transaction, "kommun", "Kommun", 1))
        invitation = await database.write(lambda transaction: accounts.invite(transaction, "kommun", "Anna", ["leader"], 1))
        async with httpx.AsyncClient() as client:
            anna = Phone("anna", client)
        inc = new_id()
        note(anna, inc, "buret av Bo")
        operations, seals = anna.unsent()
        read = [seal for each in seals if (seal := read_seal(msgspec.json.encode(each)))]
        push = oplog.Push("kommun", new_id(), [read_operation(msgspec.json.encode(each)) for each in operations], read, 0, 1000)
        joiner = accounts.read_joiner(anna.device, unbase64(anna.key), "telefon", "test")

        async def join(transaction: Transaction) -> oplog.Outcome:
            await accounts.use_code(transaction, invitation.code, joiner, 2)
            return await arrivals.judge_again(transaction, "kommun", anna.device, 2)

        await asyncio.gather(database.write(lambda transaction: oplog.append(transaction, oplog.prepare(push))), database.write(join))
        assert [row[0] for row in await database.fetch("SELECT verdict FROM operations")] == ["ok"]
    finally:
        await database.close()


async def test_each_branch_of_a_fork_keeps_its_own_proof_when_both_are_spanned(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    note(anna, inc, "ett", "två", "tre")
    await anna.sync()
    clone = clone_of(anna)
    note(anna, inc, "a4", "a5")
    note(clone, inc, "x4", "x5")
    await anna.sync()
    await clone.push(*clone.unsent())
    await anna.push([], [anna.seal(inc, 1, 5)])
    await anna.push([], [clone.seal(inc, 1, 5)])
    await bo.sync()
    heads = {seal[5] for seal in bo.seals[inc] if seal[2:4] == [1, 5]}
    assert heads == {anna.seal(inc, 1, 5)[5], clone.seal(inc, 1, 5)[5]}


async def test_what_belongs_to_another_branch_does_not_kill_the_seal_that_waits(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    note(anna, inc, "ett", "två", "tre")
    await anna.sync()
    clone = clone_of(anna)
    note(anna, inc, "a4", "a5")
    note(clone, inc, "x4")
    a4, a5 = anna.written[inc][3:]
    first = await bo.push([clone.written[inc][3], a5], [clone.seal(inc, 4, 4), anna.seal(inc, 4, 5)])
    assert first["results"] == [["ok", 4], ["quar", "seal"]]
    assert verdicts(await bo.push([a4], [anna.seal(inc, 4, 5)])) == ["ok"]
    await bo.sync()
    assert len(bo.log(inc)) == 6
