"""The bench on which one author's operations and seals are laid together and proved: pure, no I/O.

Rule: an operation has a place (its chain hash) only through a seal that leads through it; two places for one n are a fork, not an error.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from stormlykta.operations import Operation, Seal, link, read_operation, root, seal_text, verify, walk

Standing = Literal["good", "unproven", "waiting", "bad"]


@dataclass
class Item:
    """One operation on the bench: the indexes of the push it answers, or (row, received, clock) when it already waited here."""

    n: int
    d: bytes
    record: bytes
    indexes: list[int] = field(default_factory=list)
    aside: tuple[int, int, int] | None = None
    new: bool = False


@dataclass
class Bench:
    seals: list[Seal] = field(default_factory=list)
    places: dict[tuple[int, bytes], tuple[bytes, Standing]] = field(default_factory=dict)
    chain_of: dict[Seal, set[bytes]] = field(default_factory=dict)
    were_waiting: set[Seal] = field(default_factory=set)
    _items: dict[tuple[int, bytes], Item] = field(default_factory=dict)
    _digests: dict[int, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    bad: list[Seal] = field(default_factory=list)
    _identity: tuple[str, str] = ("", "")

    @property
    def items(self) -> Iterable[Item]:
        return self._items.values()

    def add(self, index: int, operation: Operation) -> None:
        self._identity = (operation.dev, operation.inc)
        item = self._items.get((operation.n, operation.d))
        if item is None:
            item = self._items[operation.n, operation.d] = Item(operation.n, operation.d, operation.record)
            self._digests[operation.n].append(operation.d)
        item.indexes.append(index)

    def hold(self, n: int, d: bytes) -> None:
        if d not in self._digests[n]:
            self._digests[n].append(d)

    def take_waiting(self, rows: Iterable[Any]) -> None:
        """Seals (start, end, prev, head, sig) that came before their operations."""
        dev, inc = self._identity if not self.seals else (self.seals[0].dev, self.seals[0].inc)
        for start, end, prev, head, sig in rows:
            seal = Seal(dev, inc, start, end, prev, head, sig)
            self.were_waiting.add(seal)
            if seal not in self.seals:
                self.seals.append(seal)

    def take_asides(self, rows: Iterable[Any]) -> None:
        """Operations (row, n, raw, received, clock) that came before their seals."""
        for row, n, raw, received, clock in rows:
            operation = read_operation(raw)
            if not isinstance(operation, Operation):
                continue
            item = self._items.setdefault((n, operation.d), Item(n, operation.d, operation.record))
            item.aside = (row, received, clock)
            if operation.d not in self._digests[n]:
                self._digests[n].append(operation.d)

    def lacks(self, seal: Seal) -> bool:
        """Whether the seal can not be walked with what came alone."""
        return seal.end - seal.start >= len(self._items) or walk(seal, self.candidates) is None

    def candidates(self, n: int) -> list[bytes]:
        return self._digests.get(n, [])

    def disproved(self, n: int) -> bool:
        return any(seal.start <= n <= seal.end for seal in self.bad)

    def brings_new(self, seal: Seal) -> bool:
        return any(item.new and seal.start <= item.n <= seal.end for item in self.items)


def judge_seals(bench: Bench, key: bytes | None, inc: str, dev: str) -> dict[Seal, Standing]:
    """Gives each seal its standing and each operation it leads through its place. `key` None: the device has not joined."""
    standings: dict[Seal, Standing] = {}
    for seal in bench.seals:
        path = walk(seal, bench.candidates)
        if seal.start == 1 and seal.prev != root(inc, dev):
            standing: Standing = "bad"
        elif path is None:
            complete = all(bench.candidates(n) for n in range(seal.start, seal.end + 1))
            standing = "bad" if complete else "waiting"
        elif key is None:
            standing = "unproven"
        else:
            standing = "good" if verify(key, seal.sig, seal_text(seal)) else "bad"
        standings[seal] = standing
        if standing == "bad":
            bench.bad.append(seal)
        elif path is not None and standing != "waiting":
            place_along(bench, seal, path, standing)
    return standings


def place_along(bench: Bench, seal: Seal, path: list[bytes], standing: Standing) -> None:
    h = seal.prev
    chain: set[bytes] = set()
    for n, d in enumerate(path, seal.start):
        h = link(h, d)
        chain.add(h)
        bench.places.setdefault((n, d), (h, standing))
    bench.chain_of[seal] = chain
