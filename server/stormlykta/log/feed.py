"""What the log hands out: the news of incidents, cut to a budget, as pieces that are read and compressed once for everybody (docs/protocol.md 6).

Rule: it only reads. A stretch of a log never changes, except when a verdict or the seals do: then `forget` is called.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

import msgspec

from stormlykta.connections import Transaction
from stormlykta.database import Database
from stormlykta.log.operations import Seal, base64url, seal_fields
from stormlykta.log.parcels import Piece, join, make_piece

BLOCK = 128  # operations in a block
CACHE_BYTES = 64 * 1024 * 1024
PAGES = 64  # ready-made pages, of at most 256 KiB before compression
FEW = 8  # incidents asked for by name that are looked up by their keys
STUB = 1024  # bytes kept free for what stands around the incidents, and to say "there is more"
WRAP = 128  # bytes around the operations of one incident

encode = msgspec.json.Encoder().encode


class Ask(NamedTuple):
    """`pull`: what the phone has, by incident. `brought`: seqs that this very request brought. `budget`: bytes before compression. `cutoff`: ms."""

    organisation: str
    pull: Mapping[str, int]
    unnamed: bool
    brought: Mapping[str, set[int]]
    budget: int
    cutoff: int


@dataclass(frozen=True)
class Segment:
    """Operations of a stream as JSON (`rows`), with the seals, people and links that belong to them, each once. `piece`: a full block's rows, compressed.

    A link is the digest of a dead operation that stands between others in a chain: [device, n, d]. What it said is handed to nobody.
    """

    rows: list[bytes]
    seqs: list[int]
    seals: dict[bytes, None] = field(default_factory=dict)
    people: dict[bytes, None] = field(default_factory=dict)
    links: dict[bytes, None] = field(default_factory=dict)
    piece: Piece | None = None

    @cached_property
    def size(self) -> int:
        return sum(map(len, self.rows)) + len(self.rows) + self.extra

    @cached_property
    def extra(self) -> int:
        return sum(len(part) + 1 for part in (*self.seals, *self.people, *self.links))


class Feed:
    """Keeps the stretches that many phones ask for at once."""

    def __init__(self) -> None:
        self._stretches: OrderedDict[tuple[int, int, int], tuple[Segment, int]] = OrderedDict()
        self._pages: OrderedDict[tuple[int, int, int], Piece] = OrderedDict()
        self._bytes = 0

    def forget(self, streams: Iterable[int]) -> None:
        gone = set(streams)
        for key in [key for key in self._stretches if key[0] in gone]:
            self._bytes -= self._stretches.pop(key)[1]
        for page in [page for page in self._pages if page[0] in gone]:
            self._bytes -= self._pages.pop(page).size

    async def since(self, database: Database, ask: Ask) -> list[bytes | Piece]:
        """The members of the answer's "incidents" object, in pieces."""
        news = await wanted(database, ask)
        if not news:
            return []
        async with database.reader() as transaction:
            return await self._gather(transaction, ask, news)

    async def _gather(self, transaction: Transaction, ask: Ask, news: list[tuple[str, int, int, int]]) -> list[bytes | Piece]:
        out: list[bytes | Piece] = []
        left = ask.budget - STUB
        given, unfinished = False, False
        for incident, stream, known, head in news:
            if left <= 0 and unfinished:
                break
            segments: list[Segment] = []
            at = min(known, head)
            if left > 0 and known < head:
                segments, at = await self._cut(transaction, ask, incident, stream, known, head, left - WRAP, must=not given)
            given = given or any(segment.rows for segment in segments)
            unfinished = unfinished or at < head
            left -= sum(segment.size for segment in segments) + WRAP
            out += [b'%b%b:{"ops":[' % (b"," if out else b"", encode(incident)), *self._page(stream, known, at, segments), b',"seq":%d,"head":%d}' % (at, head)]
        return out

    def _page(self, stream: int, known: int, at: int, segments: list[Segment]) -> list[bytes | Piece]:
        """What fills one incident from `known` to `at`. It is put together once: after a poke, and after an outage, everybody asks for the same."""
        if not segments or any(segment.piece is None for segment in segments):
            return fill(segments)
        key = (stream, known, at)
        if key not in self._pages:
            self._pages[key] = join([part if isinstance(part, Piece) else make_piece(part) for part in fill(segments)])
            self._bytes += self._pages[key].size
            while len(self._pages) > PAGES:
                self._bytes -= self._pages.popitem(last=False)[1].size
        return [self._pages[key]]

    async def _cut(
        self, transaction: Transaction, ask: Ask, incident: str, stream: int, known: int, head: int, left: int, must: bool
    ) -> tuple[list[Segment], int]:
        """What fits into `left` bytes, and how far it reaches; at least one operation if it `must`. It ends on a block where it can: those are ready made."""
        segments: list[Segment] = []
        brought = ask.brought.get(incident, set())
        at, end = known, 0
        while at < head:
            end = end if end > at else min(head, (at // BLOCK + 1) * BLOCK)
            own = any(at < seq <= end for seq in brought)
            made = load(transaction, ask.organisation, stream, at, end, brought) if own else self._stretch(transaction, ask.organisation, stream, at, end)
            segment = await made
            must_now = must and end == at + 1 and not any(each.rows for each in segments)
            if segment.size <= left or must_now:
                segments.append(segment)
                left -= segment.size
                at = end
            elif (at % BLOCK == 0 and segments) or end == at + 1:
                break
            else:
                end = at + (end - at) // 2  # with fewer operations there are fewer seals and people, too
        return segments, at

    async def _stretch(self, transaction: Transaction, organisation: str, stream: int, at: int, end: int) -> Segment:
        """The operations after `at` up to `end`, read and compressed once."""
        found = self._stretches.get((stream, at, end))
        if found is not None:
            self._stretches.move_to_end((stream, at, end))
            return found[0]
        segment = await load(transaction, organisation, stream, at, end, set())
        if segment.rows:
            segment = replace(segment, piece=make_piece(b",".join(segment.rows)))
        size = segment.size * 2 + 1000
        self._bytes += size - self._stretches.pop((stream, at, end), (segment, 0))[1]
        self._stretches[stream, at, end] = (segment, size)
        while self._bytes > CACHE_BYTES and self._stretches:
            self._bytes -= self._stretches.popitem(last=False)[1][1]
        return segment


async def wanted(database: Database, ask: Ask) -> list[tuple[str, int, int, int]]:
    """(incident, stream, known, head) of every incident with news for this phone: those it named, then the rest, latest active first."""
    if not ask.unnamed and len(ask.pull) <= FEW:
        marks = ",".join("?" * len(ask.pull))
        rows = await database.glance(
            f"SELECT incident, id, head, received FROM streams WHERE organisation = ? AND incident IN ({marks}) AND head > 0", (ask.organisation, *ask.pull)
        )
    else:
        rows = await database.fetch(
            "SELECT incident, id, head, received FROM streams WHERE organisation = ? AND head > 0 ORDER BY received DESC, id DESC", (ask.organisation,)
        )
    streams = {incident: (stream, head) for incident, stream, head, _ in rows}
    news = []
    for incident, known in ask.pull.items():
        stream, head = streams.get(incident, (0, 0))
        if known != head or any(seq > known for seq in ask.brought.get(incident, ())):
            news.append((incident, stream, known, head))
    if ask.unnamed:
        news += [(incident, stream, 0, head) for incident, stream, head, received in rows if incident not in ask.pull and received >= ask.cutoff]
    return news


async def load(transaction: Transaction, organisation: str, stream: int, after: int, end: int, without: set[int]) -> Segment:
    """The operations after `after` up to `end`, without those of a set of seqs, with their seals and people."""
    rows = await transaction.fetch(
        "SELECT seq, record, received, clock, verdict, author, n FROM operations WHERE stream = ? AND seq > ? AND seq <= ? ORDER BY seq", (stream, after, end)
    )
    segment = Segment([], [])
    reach: dict[int, tuple[int, int]] = {}
    for seq, record, received, clock, verdict, author, n in rows:
        if seq in without:
            continue
        segment.rows.append(f'[{seq},{record},{received},{clock},"{verdict}"]'.encode())
        segment.seqs.append(seq)
        low, high = reach.get(author, (n, n))
        reach[author] = (min(low, n), max(high, n))
    if not reach:
        return segment
    marks = ",".join("?" * len(reach))
    for author, device, incident, start, stop, prev, head, sig in await transaction.fetch(
        f'SELECT a.id, a.device, t.incident, s.start, s."end", s.prev, s.head, s.sig FROM seals s JOIN authors a ON a.id = s.author '
        f"JOIN streams t ON t.id = a.stream WHERE s.author IN ({marks}) AND s.state <> 'waiting' AND s.start <= ? AND s.\"end\" >= ? ORDER BY a.id, s.start",
        (*reach, max(high for _, high in reach.values()), min(low for low, _ in reach.values())),
    ):
        low, high = reach[author]
        if start <= high and stop >= low:
            segment.seals[encode(seal_fields(Seal(device, incident, start, stop, prev, head, sig)))] = None
    for device, n, digest in await transaction.fetch(
        f"SELECT a.device, s.n, s.digest FROM asides s JOIN authors a ON a.id = s.author WHERE s.author IN ({marks}) AND s.link = 1", tuple(reach)
    ):
        segment.links[encode([device, n, base64url(digest)])] = None
    for device, member, key in await transaction.fetch(
        "SELECT a.device, d.member, d.key FROM authors a JOIN devices d ON d.organisation = ? AND d.id = a.device "
        f"WHERE a.id IN ({marks}) AND a.first > ? AND a.first <= ?",
        (organisation, *reach, after, end),
    ):
        segment.people[encode(device) + b":" + encode([member, base64url(key)])] = None
    return segment


def fill(segments: list[Segment]) -> list[bytes | Piece]:
    """The operations, seals, people and links of segments, as they stand inside one incident of the answer."""
    out: list[bytes | Piece] = []
    filled = [segment for segment in segments if segment.rows]
    for index, segment in enumerate(filled):
        if index:
            out.append(b",")
        out.append(segment.piece if segment.piece is not None else b",".join(segment.rows))
    seals: dict[bytes, None] = {}
    people: dict[bytes, None] = {}
    links: dict[bytes, None] = {}
    for segment in filled:
        seals.update(segment.seals)
        people.update(segment.people)
        links.update(segment.links)
    linked = b',"links":[%b]' % b",".join(links) if links else b""
    out.append(b'],"seals":[%b],"people":{%b}%b' % (b",".join(seals), b",".join(people), linked))
    return out


async def have(transaction: Transaction, organisation: str, incidents: Iterable[str]) -> dict[str, dict[str, list[list[int]]]]:
    """What the server holds of each incident: for each device its ranges of n."""
    answer: dict[str, dict[str, list[list[int]]]] = {}
    for incident in incidents:
        ranges: dict[str, list[list[int]]] = {}
        for device, n in await transaction.fetch(
            "SELECT a.device, o.n FROM streams s JOIN authors a ON a.stream = s.id JOIN "
            "(SELECT author, n FROM operations UNION ALL SELECT author, n FROM asides WHERE verdict LIKE 'dead:s%' AND verdict <> 'dead:seal') o "
            "ON o.author = a.id WHERE s.organisation = ? AND s.incident = ? ORDER BY a.id, o.n",
            (organisation, incident),
        ):
            runs = ranges.setdefault(device, [])
            if runs and runs[-1][1] in (n, n - 1):
                runs[-1][1] = n
            else:
                runs.append([n, n])
        answer[incident] = ranges
    return answer


async def list_incidents(transaction: Transaction, organisation: str) -> list[list[Any]]:
    """[[incident, head, last received, first "open" operation or None]…], the latest active first."""
    listed = []
    for stream, incident, head, received in await transaction.fetch(
        "SELECT id, incident, head, received FROM streams WHERE organisation = ? AND head > 0 ORDER BY received DESC, id DESC", (organisation,)
    ):
        opened = await transaction.fetch(
            "SELECT record FROM operations WHERE stream = ? AND verdict = 'ok' AND json_extract(record, '$[6]') = 'open' "
            "ORDER BY json_extract(record, '$[3]'), json_extract(record, '$[1]'), json_extract(record, '$[2]') LIMIT 1",
            (stream,),
        )
        listed.append([incident, head, received, msgspec.Raw(opened[0][0].encode()) if opened else None])
    return listed
