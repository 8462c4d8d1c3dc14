"""The exchange through the real door: what is pushed gets one verdict, what is acknowledged comes out again, in order, for everybody."""

import copy
import hashlib
import json
from typing import Any

from stormlykta.log.operations import base64url, link
from tests.phone import Phone, new_id
from tests.server.conftest import Joined


def ticks(phone: Phone, inc: str, count: int) -> None:
    for number in range(count):
        phone.write(inc, "mark", f"kort/steg-{number}", body={"state": "done"})


async def test_a_tick_on_one_phone_is_seen_on_the_other_with_its_author(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    anna.write(inc, "open", body={"title": "Stormen Vera", "exercise": 0})
    anna.write(inc, "mark", "kort/larma", body={"state": "done"})
    await anna.sync()
    await bo.sync()
    assert bo.log(inc) == anna.written[inc]
    assert bo.people[anna.device] == [anna.member, anna.key]
    assert bo.seals[inc] == [bo.seals[inc][0]]
    assert bo.seals[inc][0][:4] == [anna.device, inc, 1, 2]


async def test_a_tick_sent_twice_is_kept_once(joined: Joined) -> None:
    anna = await joined("anna")
    inc = new_id()
    ticks(anna, inc, 3)
    operations, seals = anna.unsent()
    first = await anna.push(operations, seals)
    again = await anna.push(operations, seals)
    assert first["results"] == [["ok", 1], ["ok", 2], ["ok", 3]]
    assert again["results"] == [["dup", 1], ["dup", 2], ["dup", 3]]


async def test_the_same_operation_twice_in_one_push_gets_ok_and_dup(joined: Joined) -> None:
    anna = await joined("anna")
    inc = new_id()
    ticks(anna, inc, 1)
    operations, seals = anna.unsent()
    assert (await anna.push(operations * 2, seals))["results"] == [["ok", 1], ["dup", 1]]


async def test_one_rotten_operation_among_499_good_harms_none_of_them(joined: Joined) -> None:
    anna = await joined("anna")
    inc = new_id()
    ticks(anna, inc, 499)
    operations, seals = anna.unsent()
    for rotten in (
        [1, "kort"],
        [1, anna.device, 1.5, 1, 1, inc, "mark", "", "", ""],
        [True, *operations[0][1:]],
        "text",
        None,
        {"a": 1},
        [2, *operations[0][1:]],
    ):
        pushed = [*operations[:200], rotten, *operations[200:]]
        results = (await anna.push(pushed, seals))["results"]
        assert results[200] == ["dead", "shape"]
        assert all(result[0] in ("ok", "dup") for index, result in enumerate(results) if index != 200)


async def test_half_an_emoji_makes_only_its_own_operation_dead(joined: Joined) -> None:
    anna = await joined("anna")
    inc = new_id()
    ticks(anna, inc, 2)
    operations, seals = anna.unsent()
    broken = copy.deepcopy(operations[0])
    broken[9] = '{"text":"\ud83d"}'
    body = json.dumps(
        {"v": 1, "epoch": None, "offset": 0, "push": {"ops": [operations[0], broken, operations[1]], "seals": seals}, "pull": None, "library": ""}
    )
    response = await anna.post(body.encode())
    assert response.json()["results"] == [["ok", 1], ["dead", "shape"], ["ok", 2]]


async def test_bytes_that_are_not_utf8_make_only_their_own_operation_dead(joined: Joined) -> None:
    anna = await joined("anna")
    inc = new_id()
    anna.write(inc, "log", body={"type": "event", "text": "MARK"})
    anna.write(inc, "log", body={"type": "event", "text": "god"})
    operations, seals = anna.unsent()
    body = json.dumps({"v": 1, "epoch": None, "offset": 0, "push": {"ops": [*operations, operations[0]], "seals": seals}, "pull": None, "library": ""}).encode()
    at = body.rindex(b"MARK")
    response = await anna.post(body[:at] + b"\xff\xfe" + body[at + 4 :])
    assert response.json()["results"] == [["ok", 1], ["ok", 2], ["dead", "shape"]]


async def test_a_body_over_16_kib_is_dead_and_one_just_under_is_kept(joined: Joined) -> None:
    anna = await joined("anna")
    inc = new_id()
    anna.write(inc, "log", body="å" * (8 * 1024))
    operations, seals = anna.unsent()
    assert (await anna.push(operations, seals))["results"] == [["ok", 1]]
    too_large = [*operations[0][:9], "å" * (8 * 1024) + "a"]
    assert (await anna.push([too_large]))["results"] == [["dead", "size"]]


async def test_operations_may_come_in_any_order_and_the_server_waits_for_none(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    ticks(anna, inc, 6)
    written = anna.written[inc]
    assert (await anna.push(written[4:], [anna.seal(inc, 5, 6)]))["results"] == [["ok", 1], ["ok", 2]]
    assert (await anna.push([written[1], written[0]], [anna.seal(inc, 1, 2)]))["results"] == [["ok", 3], ["ok", 4]]
    assert (await anna.push(written[2:4], [anna.seal(inc, 3, 4)]))["results"] == [["ok", 5], ["ok", 6]]
    await bo.sync()
    assert sorted(operation[2] for operation in bo.log(inc)) == [1, 2, 3, 4, 5, 6]


async def test_an_operation_without_a_seal_waits_and_is_taken_when_the_seal_comes(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    ticks(anna, inc, 2)
    assert (await anna.push(anna.written[inc]))["results"] == [["quar", "seal"], ["quar", "seal"]]
    await bo.sync()
    assert bo.log(inc) == []
    assert (await anna.push([], [anna.seal(inc, 1, 2)]))["results"] == []
    await bo.sync()
    assert bo.log(inc) == anna.written[inc]
    assert (await anna.push(*anna.unsent()))["results"] == [["dup", 1], ["dup", 2]]


async def test_a_seal_that_comes_before_its_operations_waits_for_them(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    ticks(anna, inc, 3)
    await anna.push([], [anna.seal(inc, 1, 3)])
    assert (await anna.push(anna.written[inc][:2]))["results"] == [["quar", "seal"], ["quar", "seal"]]
    assert (await anna.push(anna.written[inc][2:]))["results"] == [["ok", 1]]
    await bo.sync()
    assert sorted(operation[2] for operation in bo.log(inc)) == [1, 2, 3]


async def test_a_seal_that_does_not_verify_kills_its_operations_but_not_for_the_true_author(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    ticks(anna, inc, 2)
    forged = anna.seal(inc, 1, 2)
    forged[6] = forged[6][:-6] + "AAAAAA"
    assert (await bo.push(anna.written[inc], [forged]))["results"] == [["dead", "seal"], ["dead", "seal"]]
    operations, seals = anna.unsent()
    assert (await anna.push(operations, seals))["results"] == [["ok", 1], ["ok", 2]]


async def test_changed_words_under_a_true_seal_are_dead(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    ticks(anna, inc, 1)
    _, seals = anna.unsent()
    changed = [*anna.written[inc][0][:9], '{"state":"failed"}']
    assert (await bo.push([changed], seals))["results"] == [["dead", "seal"]]


async def test_anyone_may_carry_a_sealed_range_for_its_author(joined: Joined) -> None:
    anna, bo, cecilia = await joined("anna"), await joined("bo"), await joined("cecilia")
    inc = new_id()
    ticks(anna, inc, 4)
    assert (await bo.push(*anna.unsent()))["results"] == [["ok", 1], ["ok", 2], ["ok", 3], ["ok", 4]]
    await cecilia.sync()
    assert cecilia.people[anna.device] == [anna.member, anna.key]


async def test_a_spanning_seal_takes_the_place_of_those_under_it(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    for _ in range(20):
        ticks(anna, inc, 1)
        await anna.sync()
    await anna.push([], [anna.seal(inc, 1, 20)])
    await bo.sync()
    assert [seal[2:4] for seal in bo.seals[inc]] == [[1, 20]]


async def test_a_cloned_phone_makes_a_fork_and_both_branches_are_kept(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    ticks(anna, inc, 2)
    await anna.sync()
    clone = copy.copy(anna)
    clone.chains, clone.written, clone.sent = copy.deepcopy((anna.chains, anna.written, anna.sent))
    anna.write(inc, "log", body={"type": "event", "text": "från telefonen"})
    clone.write(inc, "log", body={"type": "event", "text": "från kopian"})
    clone.write(inc, "log", body={"type": "event", "text": "och en till"})
    first = await anna.push(*anna.unsent())
    second = await clone.push(*clone.unsent())
    assert first["results"] == [["ok", 3]]
    assert "fork" not in first
    assert second["results"] == [["ok", 4], ["ok", 5]]
    assert second["fork"] is True
    await bo.sync()
    assert len(bo.log(inc)) == 5


async def test_an_incident_is_in_the_answer_only_when_something_moved(joined: Joined) -> None:
    anna = await joined("anna")
    inc = new_id()
    ticks(anna, inc, 3)
    answer = await anna.push(*anna.unsent(), pull={inc: 0})
    assert answer["incidents"][inc]["ops"] == []
    assert (answer["incidents"][inc]["seq"], answer["incidents"][inc]["head"]) == (3, 3)
    assert (await anna.push([], pull={inc: 3}))["incidents"] == {}
    ahead = await anna.push([], pull={inc: 9})
    assert (ahead["incidents"][inc]["seq"], ahead["incidents"][inc]["head"]) == (3, 3)
    assert (await anna.push([], pull={}, unnamed=0))["incidents"] == {}
    assert (await anna.push([], pull=None))["incidents"] == {}


async def test_a_long_log_comes_in_answers_of_at_most_256_kib_and_32_beside_a_push(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc, other = new_id(), new_id()
    for number in range(300):
        anna.write(inc, "log", body={"type": "event", "text": f"{number} " + "lång rad " * 300})
    while anna.unsent()[0]:
        operations, seals = anna.unsent(80)
        await anna.push(operations, seals)
        anna.sent[inc] += len(operations)
    full = await bo.post({"v": 1, "epoch": None, "offset": 0, "pull": {}, "library": ""})
    assert 200 * 1024 < len(full.content) <= 256 * 1024
    ticks(bo, other, 1)
    operations, seals = bo.unsent()
    beside = await bo.post({"v": 1, "epoch": None, "offset": 0, "push": {"ops": operations, "seals": seals}, "pull": {}, "library": ""})
    assert len(beside.content) <= 32 * 1024
    await bo.sync()
    assert bo.log(inc) == anna.written[inc]


async def test_the_wire_is_the_same_with_and_without_gzip(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    ticks(anna, inc, 400)
    await anna.post(
        {"v": 1, "epoch": None, "offset": 0, "push": dict(zip(("ops", "seals"), anna.unsent(), strict=True)), "pull": None, "library": ""}, zipped=True
    )
    request: dict[str, Any] = {"v": 1, "epoch": None, "offset": 0, "pull": {}, "library": ""}
    zipped = await bo.post(request)
    bo.client.headers["Accept-Encoding"] = "identity"
    plain = await bo.post(request)
    assert zipped.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert zipped.json()["incidents"] == plain.json()["incidents"]
    assert int(zipped.headers["content-length"]) < 45 * 400


async def test_a_dead_operation_in_the_middle_of_a_chain_harms_none_around_it(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc = new_id()
    ticks(anna, inc, 2)
    half = f'[1,"{anna.device}",3,3,1,"{inc}","log","","","{{\\"text\\":\\"\\ud83d\\"}}"]'.encode()
    anna.chains[inc].append(link(anna.chains[inc][-1], hashlib.sha256(half).digest()))
    anna.written[inc].append([])
    ticks(anna, inc, 2)
    good = [json.dumps(operation, ensure_ascii=False, separators=(",", ":")).encode() for operation in anna.written[inc] if operation]
    body = b'{"v":1,"epoch":null,"offset":0,"push":{"ops":[%b],"seals":[%b]},"pull":null,"library":""}'
    response = await anna.post(body % (b",".join([*good[:2], half, *good[2:]]), json.dumps(anna.seal(inc, 1, 5)).encode()))
    assert response.json()["results"] == [["ok", 1], ["ok", 2], ["dead", "shape"], ["ok", 3], ["ok", 4]]
    answer = await bo.push([], pull={})
    assert [operation[2] for _, operation, *_ in answer["incidents"][inc]["ops"]] == [1, 2, 4, 5]
    assert answer["incidents"][inc]["links"] == [[anna.device, 3, base64url(hashlib.sha256(half).digest())]]
    await anna.push([], [anna.seal(inc, 1, 5)])
    assert (await bo.push([], pull={}))["incidents"][inc]["seq"] == 4


async def test_whatever_way_the_first_operations_come_their_author_is_named(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    two_seals, late_seal, early_seal = new_id(), new_id(), new_id()
    for inc in (two_seals, late_seal, early_seal):
        ticks(anna, inc, 2)
    await anna.push(anna.written[two_seals], [anna.seal(two_seals, 1, 1), anna.seal(two_seals, 2, 2)])
    await anna.push(anna.written[late_seal])
    await anna.push([], [anna.seal(late_seal, 1, 2), anna.seal(early_seal, 1, 2)])
    await anna.push(anna.written[early_seal])
    answer = await bo.push([], pull={})
    assert {inc: list(news["people"]) for inc, news in answer["incidents"].items()} == {inc: [anna.device] for inc in (two_seals, late_seal, early_seal)}


async def test_what_is_held_is_dup_also_without_its_seal(joined: Joined) -> None:
    anna = await joined("anna")
    inc = new_id()
    ticks(anna, inc, 3)
    await anna.push(*anna.unsent())
    assert (await anna.push(anna.written[inc][1:2]))["results"] == [["dup", 2]]


async def test_seals_and_people_are_counted_and_only_those_that_belong_are_given(joined: Joined) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    inc, other = new_id(), new_id()
    ticks(anna, inc, 300)
    await anna.push(anna.written[inc], [anna.seal(inc, n, n) for n in range(1, 301)])
    ticks(bo, other, 1)
    operations, seals = bo.unsent()
    response = await bo.post({"v": 1, "epoch": None, "offset": 0, "push": {"ops": operations, "seals": seals}, "pull": {inc: 0}, "unnamed": 0, "library": ""})
    news = response.json()["incidents"][inc]
    assert len(response.content) <= 32 * 1024
    assert len(news["ops"]) == len(news["seals"]) > 40
    await anna.push([], [anna.seal(inc, 1, 300)])
    assert len((await bo.push([], pull={inc: 0}, unnamed=0))["incidents"][inc]["seals"]) == 1
