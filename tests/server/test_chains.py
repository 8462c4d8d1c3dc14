"""The log as a whole, on a real database: however operations and seals are cut up, mixed and repeated, the same ones are placed, once each.

Rule: no "ok" is ever lost, and the seqs have no gaps.
"""

import asyncio
import hashlib
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stormlykta import accounts
from stormlykta.database import Database
from stormlykta.log import oplog
from stormlykta.log.operations import Operation, Rotten, Seal, base64url, link, read_operation, root, seal_text

ORGANISATION = "kommunen"
FINAL = {"ok", "dup", "quar", "dead"}
Place = tuple[int, bytes]
Parcel = tuple[Operation | Rotten | Seal, ...]
Commits = list[list[tuple[list[Operation | Rotten], list[Seal]]]]
received = count(1_000)


@dataclass
class Device:
    """A phone's key and its branches in one incident: `places` of each branch, from n = 1."""

    name: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: str = field(default_factory=lambda: base64url(secrets.token_bytes(16)))

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)

    def sign(self, seal: Seal) -> Seal:
        r, s = utils.decode_dss_signature(self.key.sign(seal_text(seal), ec.ECDSA(hashes.SHA256())))
        return seal._replace(sig=r.to_bytes(32, "big") + s.to_bytes(32, "big"))


@dataclass
class Branch:
    """One line of operations of a device: `after[n]` is the chain hash after n, `after[0]` the root."""

    device: Device
    inc: str
    operations: list[Operation | Rotten] = field(default_factory=list)
    after: list[bytes] = field(default_factory=list)

    def write(self, text: str, *, rotten: bool = False) -> None:
        """A deed; or one of a shape that is none, which still holds its place in the chain."""
        self.after = self.after or [root(self.inc, self.device.id)]
        n = len(self.after)
        operation = read_operation(msgspec.json.encode([1, self.device.id, n, n, 0, self.inc, "log", "", "", 7 if rotten else text]))
        assert isinstance(operation, Rotten if rotten else Operation)
        self.operations.append(operation)
        self.after.append(link(self.after[-1], operation.d))

    def fork(self, at: int) -> "Branch":
        return Branch(self.device, self.inc, self.operations[:at], self.after[: at + 1])

    def seal(self, start: int, end: int) -> Seal:
        return self.device.sign(Seal(self.device.id, self.inc, start, end, self.after[start - 1], self.after[end], b""))

    @property
    def records(self) -> list[bytes]:
        return [each.record for each in self.operations if isinstance(each, Operation)]

    def sealed_by(self, seals: Sequence[Seal]) -> list[Seal]:
        return [seal for seal in seals if seal.dev == self.device.id and seal.head in self.after[1:]]

    def places(self, start: int, end: int) -> set[Place]:
        return {(n, self.after[n]) for n in range(start, end + 1) if isinstance(self.operations[n - 1], Operation)}


class Bed:
    """A real database in a temporary file, two devices that have joined, and a loop to run both in."""

    def __init__(self, path: Path) -> None:
        self.runner = asyncio.Runner()
        self.database = self.runner.run(Database.open(path / "stormlykta.db"))
        self.anna, self.bo = Device("anna"), Device("bo")
        self.runner.run(self.join(self.anna))
        self.runner.run(self.join(self.bo))

    async def join(self, device: Device) -> None:
        async def job(transaction: Any) -> None:
            await accounts.ensure_organisation(transaction, ORGANISATION, "Kommunen", 1)
            invited = await accounts.invite(transaction, ORGANISATION, device.name, ["leader"], 1)
            await accounts.use_code(transaction, invited.code, accounts.Joiner(device.id, device.point, device.name, "test"), 2)

        await self.database.write(job)

    def push(self, *pushes: tuple[list[Operation | Rotten], list[Seal]], carrier: str = "") -> list[oplog.Outcome]:
        """All at once, so that they share a commit, as when many phones come back together."""

        async def all_at_once() -> list[oplog.Outcome]:
            proved = [oplog.prepare(oplog.Push(ORGANISATION, carrier, items, seals, 0, next(received))) for items, seals in pushes]
            return await asyncio.gather(*(self.database.write(lambda t, each=each: oplog.append(t, each)) for each in proved))  # type: ignore[misc]

        return self.runner.run(all_at_once())

    def fetch(self, sql: str, *values: Any) -> list[Any]:
        return [tuple(row) for row in self.runner.run(self.database.fetch(sql, values))]

    def placed(self, inc: str) -> list[tuple[int, str, int, bytes, str, str]]:
        """(seq, device, n, hash, record, verdict) in the order of seq."""
        return self.fetch(
            "SELECT o.seq, a.device, o.n, o.hash, o.record, o.verdict FROM operations o JOIN authors a ON a.id = o.author "
            "JOIN streams s ON s.id = o.stream WHERE s.incident = ? ORDER BY o.seq",
            inc,
        )

    def close(self) -> None:
        self.runner.run(self.database.close())
        self.runner.close()


@pytest.fixture(scope="module")
def bed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bed]:
    made = Bed(tmp_path_factory.mktemp("chains"))
    yield made
    made.close()


@dataclass
class Story:
    """What is to be delivered: operations, seals, and which places the seals prove once all has come."""

    inc: str
    branches: list[Branch]
    seals: list[Seal]
    proved: dict[str, set[Place]]

    @property
    def operations(self) -> list[Operation | Rotten]:
        return [*{(each.dev, each.n, each.d): each for branch in self.branches for each in branch.operations}.values()]

    @property
    def parcels(self) -> list[Parcel]:
        """Each seal with the operations that it covers."""
        return [(*branch.operations[seal.start - 1 : seal.end], seal) for branch in self.branches for seal in branch.sealed_by(self.seals)]


def draw_story(draw: Any, bed: Bed, *, forks: bool = False, rotten: bool = False) -> Story:
    inc = base64url(secrets.token_bytes(16))
    branches: list[Branch] = []
    for device in (bed.anna, bed.bo):
        branch = Branch(device, inc, after=[root(inc, device.id)])
        for number in range(draw(st.integers(0, 5))):
            branch.write(f"{device.name} {number}", rotten=rotten and draw(st.booleans()))
        branches.append(branch)
        if forks and draw(st.booleans()):
            clone = branch.fork(draw(st.integers(0, len(branch.operations))))
            for number in range(draw(st.integers(1, 3))):
                clone.write(f"klon {number}")
            branches.append(clone)
    seals: list[Seal] = []
    proved: dict[str, set[Place]] = {bed.anna.id: set(), bed.bo.id: set()}
    for branch in branches:
        last = len(branch.operations)
        for start, end in draw(st.lists(st.tuples(st.integers(1, max(last, 1)), st.integers(1, max(last, 1))), max_size=4)) if last else []:
            if start <= end:
                seals.append(branch.seal(start, end))
                proved[branch.device.id] |= branch.places(start, end)
    return Story(inc, branches, seals, proved)


def deal(draw: Any, things: Sequence[Operation | Rotten | Seal | Parcel]) -> Commits:
    """The things in any order, some twice, cut into pushes, the pushes gathered into commits. What is given as a tuple travels together."""
    parcels = [thing if isinstance(thing, tuple) and not isinstance(thing, Seal) else (thing,) for thing in things]
    twice = draw(st.lists(st.sampled_from(parcels), max_size=4)) if parcels else []
    commits: Commits = [[([], [])]]
    for parcel in draw(st.permutations([*parcels, *twice])):
        cut = draw(st.sampled_from(["same push", "same push", "next push", "next commit"]))
        if cut == "next commit":
            commits.append([([], [])])
        elif cut == "next push":
            commits[-1].append(([], []))
        operations, seals = commits[-1][-1]
        for thing in parcel:
            if isinstance(thing, Seal):
                seals.append(thing)
            else:
                operations.append(thing)
    return commits


def check_log(bed: Bed, inc: str, acknowledged: dict[int, bytes]) -> None:
    """Gap-free, each place once, every hash true to its record, and each acknowledged operation where it was said to be."""
    rows = bed.placed(inc)
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    assert len({(device, n, h) for _, device, n, h, _, _ in rows}) == len(rows)
    records = {seq: record.encode() for seq, _, _, _, record, _ in rows}
    for seq, record in acknowledged.items():
        assert records[seq] == record
    ((head,),) = bed.fetch("SELECT coalesce(MAX(head), 0) FROM streams WHERE incident = ?", inc) or [(0,)]
    assert head == len(rows)


def deliver(bed: Bed, story: Story, commits: Commits) -> dict[int, bytes]:
    acknowledged: dict[int, bytes] = {}
    for pushes in commits:
        for (items, _), outcome in zip(pushes, bed.push(*pushes), strict=True):
            assert len(outcome.results) == len(items)
            for item, (word, detail) in zip(items, outcome.results, strict=True):
                assert word in FINAL
                if isinstance(item, Rotten):
                    assert (word, detail) == ("dead", "shape")
                    continue
                if word in ("ok", "dup"):
                    assert isinstance(detail, int)
                    assert acknowledged.setdefault(detail, item.record) == item.record
        check_log(bed, story.inc, acknowledged)
    return acknowledged


@settings(max_examples=90, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_any_order_any_cut_and_any_repetition_places_the_same_operations_once_each(bed: Bed, data: st.DataObject) -> None:
    story = draw_story(data.draw, bed)
    deliver(bed, story, deal(data.draw, [*story.operations, *story.seals]))
    check_story(bed, story)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_all_branches_of_forked_devices_are_placed_when_each_seal_travels_with_what_it_covers(bed: Bed, data: st.DataObject) -> None:
    story = draw_story(data.draw, bed, forks=True)
    deliver(bed, story, deal(data.draw, story.parcels))
    check_story(bed, story)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_a_dead_operation_keeps_its_place_so_that_those_around_it_are_placed(bed: Bed, data: st.DataObject) -> None:
    story = draw_story(data.draw, bed, rotten=True)
    deliver(bed, story, deal(data.draw, story.parcels))
    check_story(bed, story)


def test_a_later_seal_leads_through_a_dead_operation_that_came_before(bed: Bed) -> None:
    inc = base64url(secrets.token_bytes(16))
    anna = Branch(bed.anna, inc)
    anna.write("ett")
    anna.write("", rotten=True)
    anna.write("tre")
    (first,) = bed.push((anna.operations[:2], [anna.seal(1, 2)]))
    (second,) = bed.push((anna.operations[2:], [anna.seal(1, 3)]))
    assert first.results == [("ok", 1), ("dead", "shape")]
    assert second.results == [("ok", 2)]


def test_a_seal_that_does_not_begin_at_the_root_proves_nothing_even_when_its_author_signed_it(bed: Bed) -> None:
    inc = base64url(secrets.token_bytes(16))
    anna = Branch(bed.anna, inc)
    anna.write("ett")
    anna.write("två")
    first, second = anna.operations
    head = link(link(bytes(32), first.d), second.d)
    rootless = bed.anna.sign(Seal(bed.anna.id, inc, 1, 2, bytes(32), head, b""))
    for items in ([first, second], [second, first]):
        (outcome,) = bed.push((items, [rootless]))
        assert outcome.results == [("dead", "seal")] * 2
    (outcome,) = bed.push(([first, second], [anna.seal(1, 2)]))
    assert outcome.results == [("ok", 1), ("ok", 2)]


def check_story(bed: Bed, story: Story) -> None:
    """What the seals prove is there, whole and true, and nothing else."""
    written = {
        (each.n, h, each.record)
        for branch in story.branches
        for each, h in zip(branch.operations, branch.after[1:], strict=True)
        if isinstance(each, Operation)
    }
    placed = {(device, n, h) for _, device, n, h, _, _ in bed.placed(story.inc)}
    assert placed == {(device, n, h) for device, places in story.proved.items() for n, h in places}
    for _, _, n, h, record, verdict in bed.placed(story.inc):
        assert verdict == "ok"
        assert (n, h, record.encode()) in written


def spoil(draw: Any, seal: Seal) -> Seal:
    how = draw(st.sampled_from(["signature", "head", "short", "long", "of another"]))
    return {
        "signature": seal._replace(sig=bytes([seal.sig[0] ^ 1]) + seal.sig[1:]),
        "head": seal._replace(head=hashlib.sha256(seal.head).digest()),
        "short": seal._replace(end=max(seal.start, seal.end - 1)),
        "long": seal._replace(end=seal.end + 1),
        "of another": seal._replace(sig=bytes(64)),
    }[how]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_spoilt_seals_prove_nothing_take_nothing_away_and_the_true_ones_still_do(bed: Bed, data: st.DataObject) -> None:
    story = draw_story(data.draw, bed)
    spoilt = [seal for seal in (spoil(data.draw, seal) for seal in story.seals) if seal not in story.seals]
    acknowledged = deliver(bed, story, deal(data.draw, [*story.operations, *spoilt]))
    assert bed.placed(story.inc) == []
    acknowledged |= deliver(bed, story, deal(data.draw, [*story.operations, *story.seals, *spoilt]))
    for branch in story.branches:
        for seal in branch.sealed_by(story.seals):
            (again,) = bed.push(([*branch.operations[seal.start - 1 : seal.end]], [seal]))
            assert all(word in ("ok", "dup") for word, _ in again.results)
    check_log(bed, story.inc, acknowledged)
    check_story(bed, story)


def test_a_batch_of_pushes_in_one_commit_gets_the_seqs_that_a_row_of_commits_would(bed: Bed) -> None:
    inc = base64url(secrets.token_bytes(16))
    anna, bo = Branch(bed.anna, inc), Branch(bed.bo, inc)
    for number in range(3):
        anna.write(f"a{number}")
        bo.write(f"b{number}")
    outcomes = bed.push(
        (list(anna.operations[:2]), [anna.seal(1, 2)]),
        (list(bo.operations), [bo.seal(1, 3)]),
        (list(anna.operations), [anna.seal(1, 3)]),
        ([], [bo.seal(2, 3)]),
    )
    assert [outcome.results for outcome in outcomes] == [
        [("ok", 1), ("ok", 2)],
        [("ok", 3), ("ok", 4), ("ok", 5)],
        [("dup", 1), ("dup", 2), ("ok", 6)],
        [],
    ]
    assert [outcome.given for outcome in outcomes] == [2, 3, 1, 0]


def test_one_job_that_fails_takes_nobody_with_it(bed: Bed) -> None:
    inc = base64url(secrets.token_bytes(16))
    anna, bo = Branch(bed.anna, inc), Branch(bed.bo, inc)
    for branch in (anna, bo):
        branch.write("larmat")

    async def all_at_once() -> Sequence[Any]:
        proved = [oplog.prepare(oplog.Push(ORGANISATION, "", [*branch.operations], [branch.seal(1, 1)], 0, next(received))) for branch in (anna, bo)]

        async def fails(transaction: Any) -> None:
            await oplog.append(transaction, proved[0])
            raise ValueError("a bug")

        return await asyncio.gather(
            bed.database.write(fails),
            bed.database.write(lambda t: oplog.append(t, proved[0])),
            bed.database.write(fails),
            bed.database.write(lambda t: oplog.append(t, proved[1])),
            return_exceptions=True,
        )

    first, second, third, fourth = bed.runner.run(all_at_once())
    assert isinstance(first, ValueError)
    assert isinstance(third, ValueError)
    assert (second.results, fourth.results) == ([("ok", 1)], [("ok", 2)])
    check_log(bed, inc, {1: anna.records[0], 2: bo.records[0]})


def test_what_is_rotten_is_kept_raw_and_handed_to_nobody(bed: Bed) -> None:
    inc = base64url(secrets.token_bytes(16))
    raw = f'[1,"{bed.anna.id}",1,1,0,"{inc}","log","","",7]'.encode()
    ((outcome,),) = [bed.push(([read_operation(raw)], []))]
    assert outcome.results == [("dead", "shape")]
    assert bed.fetch("SELECT verdict FROM asides WHERE raw = ?", raw) == [("dead:shape",)]
    assert bed.placed(inc) == []
