"""When each checklist was last used in an exercise, from the log.

Rule: the server never folds. Of a log only two kinds of records are looked at, as they came: `open` (its earliest says whether this is an exercise)
and `card` (which checklist was taken out, and when that reached the server). What has been looked through is not read again.
"""

from dataclasses import dataclass, field
from typing import Any

import msgspec

from stormlykta.connections import Transaction

Order = tuple[int, str, int]  # (lam, device, n): the order of operations, whatever the clocks say


@dataclass
class Use:
    """What one log has shown up to `seq`. `used`: checklist → when it was last taken out, ms."""

    seq: int = 0
    opened: Order | None = None
    exercise: bool = False
    used: dict[str, int] = field(default_factory=dict)


class Practice:
    """Kept as long as the server lives: a new operation costs the reading of itself only."""

    def __init__(self) -> None:
        self._uses: dict[int, Use] = {}

    async def read(self, transaction: Transaction, organisation: str) -> dict[str, int]:
        """Checklist → when it was last practised, ms."""
        practised: dict[str, int] = {}
        for use in (await self.exercises(transaction, organisation)).values():
            for checklist, when in use.used.items():
                practised[checklist] = max(when, practised.get(checklist, 0))
        return practised

    async def exercises(self, transaction: Transaction, organisation: str) -> dict[int, Use]:
        """The logs that are exercises, by their stream."""
        found: dict[int, Use] = {}
        for stream, head in await transaction.fetch("SELECT id, head FROM streams WHERE organisation = ?", (organisation,)):
            use = self._uses.get(stream, Use())
            if head != use.seq:
                use = self._uses[stream] = await look(transaction, stream, use if head > use.seq else Use(), head)
            if use.exercise:
                found[stream] = use
        return found


async def look(transaction: Transaction, stream: int, before: Use, head: int) -> Use:
    """What is known of a log once its newest operations have been looked at."""
    rows = await transaction.fetch(
        "SELECT record, received FROM operations WHERE stream = ? AND seq > ? AND seq <= ? AND verdict = 'ok' "
        "AND json_extract(record, '$[6]') IN ('open', 'card') ORDER BY seq",
        (stream, before.seq, head),
    )
    use = Use(head, before.opened, before.exercise, dict(before.used))
    for record, received in rows:
        _, device, n, lam, _, _, kind, _, _, body = msgspec.json.decode(record)
        said = read_body(body)
        if kind == "open" and (use.opened is None or (lam, device, n) < use.opened):
            use.opened, use.exercise = (lam, device, n), said.get("exercise") in (1, True)
        elif kind == "card" and isinstance(said.get("checklist"), str):
            use.used[said["checklist"]] = max(received, use.used.get(said["checklist"], 0))
    return use


def read_body(body: str) -> dict[str, Any]:
    """A body is anything: the log keeps what it does not understand."""
    try:
        said = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return {}
    return said if isinstance(said, dict) else {}
