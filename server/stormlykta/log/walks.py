"""The walk along a chain: which of several operations a seal leads through. Pure.

Rule: a walk that ends in the seal's head is proof; one that does not is proof of nothing, unless there was only one way to go.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from stormlykta.log.operations import Seal

STEPS = 200_000  # links that one search may try: forks are rare, and so are many branches of one
DOUBTS = 3  # how often a walk may leave the likeliest way


class Link(NamedTuple):
    """A digest that may stand at an n. `h`: its place, when it is held already. `order`: what came one after another has orders that follow."""

    d: bytes
    h: bytes | None
    order: int


class Walk(NamedTuple):
    """`arrived`: with the digests and the chain hashes after each. `wrong`: there was one way, and it does not lead to the head. `open`: not told yet."""

    end: Literal["arrived", "wrong", "open"]
    path: Sequence[bytes] = ()
    after: Sequence[bytes] = ()


def walk(seal: Seal, links: Mapping[int, Sequence[Link]]) -> Walk:
    """Follows a seal from `prev` through what may stand at each n."""
    path: list[bytes] = []
    after: list[bytes] = []
    h, sha256 = seal.prev, hashlib.sha256
    for n in range(seal.start, seal.end + 1):
        choices = links.get(n, ())
        if len(choices) != 1 or choices[0].h is not None:
            break
        h = sha256(h + choices[0].d).digest()
        path.append(choices[0].d)
        after.append(h)
    else:
        return Walk("arrived", path, after) if h == seal.head else Walk("wrong")
    rest = Search(seal, links).find(seal.start + len(path), h)
    if rest is None:
        return Walk("open")
    return Walk("arrived", path + [d for d, _ in rest], after + [h for _, h in rest])


class Search:
    """Few changes of mind first: a chain keeps to its branch, and a branch comes in order."""

    def __init__(self, seal: Seal, links: Mapping[int, Sequence[Link]]) -> None:
        self._seal, self._links, self._steps = seal, links, STEPS

    def find(self, n: int, h: bytes) -> list[tuple[bytes, bytes]] | None:
        """The digests and hashes from `n` on that lead from `h` to the head."""
        for doubts in range(DOUBTS + 1):
            found = self._follow(n, h, None, doubts)
            if found is not None or self._steps <= 0:
                return found
        return None

    def _follow(self, n: int, h: bytes, order: int | None, doubts: int) -> list[tuple[bytes, bytes]] | None:
        gone: list[tuple[bytes, bytes]] = []
        while n <= self._seal.end:
            fitting = self._fitting(n, h, order)
            if not fitting or self._steps <= 0:
                return None
            if doubts:
                for link, after in fitting[1:]:
                    rest = self._follow(n + 1, after, link.order, doubts - 1)
                    if rest is not None:
                        return [*gone, (link.d, after), *rest]
            link, h = fitting[0]
            order = link.order
            gone.append((link.d, h))
            n += 1
        return gone if doubts == 0 and h == self._seal.head else None

    def _fitting(self, n: int, h: bytes, order: int | None) -> list[tuple[Link, bytes]]:
        """What may follow `h` at `n`, the likeliest first: what is held here, then what came right after the one before."""
        choices = self._links.get(n, ())
        self._steps -= len(choices)
        fitting = [(link, after) for link in choices if (after := hashlib.sha256(h + link.d).digest()) and link.h in (None, after)]
        if order is not None or len(fitting) > 1:
            fitting.sort(key=lambda each: (each[0].h is None, distance(each[0].order, order)))
        return fitting


def distance(order: int, before: int | None) -> int:
    if before is None:
        return order
    return order - before if order > before else 10**15 + before - order
