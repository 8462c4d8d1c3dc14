"""The bench on which one author's operations and seals are laid together and proved: pure, no I/O.

Rule: an operation has a place (its chain hash) only through a seal that leads through it; two places for one n are a fork, not an error.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import msgspec

from stormlykta.log.operations import Operation, Rotten, Seal, read_operation, root, seal_text, verify
from stormlykta.log.walks import Link, Walk, walk

Standing = Literal["good", "unproven", "waiting", "bad"]
WAITED = -(10**12)  # orders of what waited here lie below those of what comes


class Item(msgspec.Struct, gc=False):
    """One operation on the bench: the `index` of the push it answers (and `more`, when it came again), or -1 and `aside` (row, received, clock).

    `places`: the chain hashes that seals lead it to. One, but for the same words on two branches of a fork.
    """

    n: int
    d: bytes
    record: bytes
    index: int
    more: tuple[int, ...] = ()
    aside: tuple[int, int, int] | None = None
    places: tuple[bytes, ...] = ()
    standing: Standing = "waiting"
    new: bool = False


class Run(NamedTuple):
    """One author's operations in a row under one seal, with the chain hashes after each."""

    seal: Seal
    operations: list[Operation]
    after: list[bytes]


class Proof(NamedTuple):
    standing: Standing
    walk: Walk


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
    """`items` by (n, d); `links`: all that may stand at an n, held and dead ones too; `dead`: links whose words nobody may read."""

    inc: str
    dev: str
    seals: list[Seal] = field(default_factory=list)
    items: dict[tuple[int, bytes], Item] = field(default_factory=dict)
    links: dict[int, list[Link]] = field(default_factory=dict)
    dead: set[tuple[int, bytes]] = field(default_factory=set)
    proofs: dict[Seal, Proof] = field(default_factory=dict)
    were_waiting: set[Seal] = field(default_factory=set)

    def add(self, index: int, operation: Operation) -> None:
        key = (operation.n, operation.d)
        item = self.items.get(key)
        if item is not None:
            item.more += (index,)
            return
        self.items[key] = Item(operation.n, operation.d, operation.record, index)
        self.hold(operation.n, operation.d, None, index)

    def hold(self, n: int, d: bytes, h: bytes | None, order: int) -> None:
        """Lays a link at `n`. One whose place is known takes the room of the same one without; an item keeps a link without, for it may stand elsewhere too."""
        there = self.links.setdefault(n, [])
        if not any(link.d == d and link.h == h for link in there):
            there.append(Link(d, h, order))

    def bury(self, n: int, d: bytes, order: int) -> None:
        self.dead.add((n, d))
        self.hold(n, d, None, order)

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
                self.hold(n, operation.d, None, WAITED + row)

    def check(self, key: bytes | None) -> None:
        """Puts away the seals that can not be true, before anything is looked up for them. `key` None: the device has not joined."""
        for seal in self.seals:
            if (seal.start == 1 and seal.prev != root(self.inc, self.dev)) or (key is not None and not verify(key, seal.sig, seal_text(seal))):
                self.proofs[seal] = Proof("bad", Walk("wrong"))
        self.seals = [seal for seal in self.seals if seal not in self.proofs]

    def prove(self, arrived: Literal["good", "unproven"]) -> None:
        """Gives each seal its standing and each operation its places. What arrives is `good` when the signature was checked."""
        for seal in self.seals:
            walked = walk(seal, self.links)
            self.proofs[seal] = Proof(arrived if walked.end == "arrived" else "bad" if walked.end == "wrong" else "waiting", walked)
        refused: set[int] = set()
        for seal, proof in self.proofs.items():
            if proof.standing == arrived:
                self._place(seal, proof.walk, arrived)
        for seal in self.seals:
            if self.proofs[seal].standing == "bad" and self._elsewhere(seal):
                self.proofs[seal] = Proof("waiting", Walk("open"))
        for seal, proof in self.proofs.items():
            if proof.standing == "bad":
                refused.update(n for n, _ in self.items if seal.start <= n <= seal.end)
        for item in self.items.values():
            if not item.places and item.n in refused:
                item.standing = "bad"

    def _elsewhere(self, seal: Seal) -> bool:
        """Whether something in the seal's range has its place by another seal: then what this one leads through has not come yet."""
        return any(item.places for (n, _), item in self.items.items() if seal.start <= n <= seal.end)

    def _place(self, seal: Seal, walked: Walk, standing: Literal["good", "unproven"]) -> None:
        for n, d, h in zip(range(seal.start, seal.end + 1), walked.path, walked.after, strict=True):
            item = self.items.get((n, d))
            if item is not None and h not in item.places:
                item.places += (h,)
                item.standing = standing

    def buried_links(self) -> list[tuple[int, bytes]]:
        """The dead ones that a seal leads through."""
        if not self.dead:
            return []
        arrived = [(seal, proof.walk.path) for seal, proof in self.proofs.items() if proof.walk.path]
        return [(n, d) for seal, path in arrived for n, d in zip(range(seal.start, seal.end + 1), path, strict=True) if (n, d) in self.dead]

    def brings_new(self, seal: Seal) -> bool:
        return any(item.new and seal.start <= item.n <= seal.end for item in self.items.values())
