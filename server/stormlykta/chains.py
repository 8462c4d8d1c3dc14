"""The bench on which one author's operations and seals are laid together and proved: pure, no I/O.

Rule: an operation has a place (its chain hash) only through a seal that leads through it; two places for one n are a fork, not an error.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import msgspec

from stormlykta.operations import Operation, Rotten, Seal, read_operation, root, seal_text, verify, walk

Standing = Literal["good", "unproven", "waiting", "bad"]


class Item(msgspec.Struct, gc=False):
    """One operation on the bench: the `index` of the push it answers (and `more`, when it came again), or -1 and `aside` (row, received, clock)."""

    n: int
    d: bytes
    record: bytes
    index: int
    more: tuple[int, ...] = ()
    aside: tuple[int, int, int] | None = None
    place: bytes | None = None
    standing: Standing = "waiting"
    new: bool = False


@dataclass(slots=True)
class Proof:
    """How far a seal leads: the chain hashes `after` each of its operations, or None where it does not arrive."""

    standing: Standing
    after: list[bytes] | None = None


class Run(NamedTuple):
    """One author's operations in a row under one seal, with the chain hashes after each."""

    seal: Seal
    operations: list[Operation]
    after: list[bytes]


def straight(items: Sequence[Operation | Rotten], seals: Sequence[Seal]) -> Run | None:
    """The items as a run, when that is what they are: nearly every push is."""
    if len(seals) != 1 or seals[0].end - seals[0].start + 1 != len(items):
        return None
    seal = seals[0]
    n, inc, dev, h = seal.start, seal.inc, seal.dev, seal.prev
    operations: list[Operation] = []
    after: list[bytes] = []
    sha256 = hashlib.sha256
    for item in items:
        if not isinstance(item, Operation) or item.n != n or item.inc != inc or item.dev != dev:
            return None
        h = sha256(h + item.d).digest()
        after.append(h)
        operations.append(item)
        n += 1
    begins = seal.start > 1 or seal.prev == root(inc, dev)
    return Run(seal, operations, after) if begins and h == seal.head else None


@dataclass
class Bench:
    """`items` by (n, d); `digests`: all d that may stand at an n, held ones too."""

    inc: str
    dev: str
    seals: list[Seal] = field(default_factory=list)
    items: dict[tuple[int, bytes], Item] = field(default_factory=dict)
    digests: dict[int, list[bytes]] = field(default_factory=dict)
    proofs: dict[Seal, Proof] = field(default_factory=dict)
    were_waiting: set[Seal] = field(default_factory=set)

    def add(self, index: int, operation: Operation) -> None:
        key = (operation.n, operation.d)
        item = self.items.get(key)
        if item is not None:
            item.more += (index,)
            return
        self.items[key] = Item(operation.n, operation.d, operation.record, index)
        if operation.n in self.digests:
            self.hold(operation.n, operation.d)
        else:
            self.digests[operation.n] = [operation.d]

    def hold(self, n: int, d: bytes) -> None:
        there = self.digests.get(n)
        if there is None:
            self.digests[n] = [d]
        elif d not in there:
            there.append(d)

    def take_waiting(self, rows: Iterable[Any]) -> None:
        """Seals (start, end, prev, head, sig) that came before their operations."""
        for start, end, prev, head, sig in rows:
            seal = Seal(self.dev, self.inc, start, end, prev, head, sig)
            self.were_waiting.add(seal)
            if seal not in self.seals:
                self.seals.append(seal)

    def take_asides(self, rows: Iterable[Any]) -> None:
        """Operations (row, n, raw, received, clock) that came before their seals."""
        for row, n, raw, received, clock in rows:
            operation = read_operation(raw)
            if isinstance(operation, Operation):
                item = self.items.setdefault((n, operation.d), Item(n, operation.d, operation.record, -1))
                item.aside = (row, received, clock)
                self.hold(n, operation.d)

    def lead(self) -> bool:
        """Follows each seal through what lies on the bench. False: some do not arrive, so what is held elsewhere should be laid here too."""
        self.proofs = {seal: self._follow(seal) for seal in self.seals}
        return all(proof.after is not None for proof in self.proofs.values())

    def _follow(self, seal: Seal) -> Proof:
        if seal.start == 1 and seal.prev != root(self.inc, self.dev):
            return Proof("bad")
        found = walk(seal, self.digests)
        if found is None:
            complete = all(n in self.digests for n in range(seal.start, seal.end + 1))
            return Proof("bad" if complete else "waiting")
        path, after = found
        items = self.items
        for key, h in zip(zip(range(seal.start, seal.end + 1), path, strict=True), after, strict=True):
            if key in items and (item := items[key]).place is None:
                item.place = h
        return Proof("unproven", after)

    def verify(self, key: bytes | None) -> None:
        """Gives each seal that arrives its standing, and each operation the best one that leads through it. `key` None: the device has not joined."""
        bad: set[int] = set()
        good: set[bytes] = set()
        unproven: set[bytes] = set()
        for seal, proof in self.proofs.items():
            if proof.after is not None and key is not None:
                proof.standing = "good" if verify(key, seal.sig, seal_text(seal)) else "bad"
            if proof.standing == "bad":
                bad.update(n for n, _ in self.items if seal.start <= n <= seal.end)
            elif proof.after is not None:
                (good if proof.standing == "good" else unproven).update(proof.after)
        for item in self.items.values():
            if item.place in good:
                item.standing = "good"
            elif item.place in unproven:
                item.standing = "unproven"
            else:
                item.standing = "bad" if item.n in bad else "waiting"

    def brings_new(self, seal: Seal) -> bool:
        return any(item.new and seal.start <= item.n <= seal.end for item in self.items.values())
