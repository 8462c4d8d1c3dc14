"""The manifest: what is published now, as each member may see it.

Rule: the hash is over the bytes without the hash itself, so whoever sees the same has the same hash.
Secret numbers reach leaders only; a trial reaches its own author only.
"""

from typing import Any

import msgspec

from stormlykta.connections import Transaction
from stormlykta.library import OPEN_CONTACTS, PARTS
from stormlykta.texts.documents import document_hash

ENTRY = ("id", "version", "hash", "title", "kind", "order", "published", "published_by", "review_by", "changes")
Manifest = tuple[str, bytes]


class Shelf:
    """All that one organisation has published, ready to be handed to anybody in it."""

    def __init__(self, body: dict[str, Any], open_contacts: str, trials: dict[str, list[dict[str, Any]]]) -> None:
        self._body, self._open_contacts, self._trials = body, open_contacts, trials
        self._made: dict[tuple[str, bool], Manifest] = {}

    def manifest(self, member: str, leader: bool) -> Manifest:
        """(hash, bytes) for a member."""
        own = member if member in self._trials else ""
        found = self._made.get((own, leader))
        if found is None:
            body = self._body if leader else {**self._body, "contacts": self._open_contacts}
            if own:
                body = {**body, "trials": self._trials[own]}
            digest = document_hash(msgspec.json.encode(body))
            found = self._made[own, leader] = (digest, msgspec.json.encode({"hash": digest, **body}))
        return found

    def content(self, leader: bool) -> str:
        """The hash of what is published, but for who is a member and the logo: a phone that lacks only those has all it needs in a crisis."""
        body = {**self._body, "members": "", "logo": "", "contacts": self._body["contacts"] if leader else self._open_contacts}
        return document_hash(msgspec.json.encode(body))

    def known(self) -> set[tuple[str, str]]:
        """(hash, content) of every manifest that somebody can have now."""
        return {(self.manifest(member, leader)[0], self.content(leader)) for member in ("", *self._trials) for leader in (True, False)}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shelf) and (self._body, self._open_contacts, self._trials) == (other._body, other._open_contacts, other._trials)

    __hash__ = None  # type: ignore[assignment]


async def read_shelf(transaction: Transaction, organisation: str) -> Shelf:
    ((name, settings),) = await transaction.fetch("SELECT name, settings FROM organisations WHERE id = ?", (organisation,))
    versions = await transaction.fetch(
        'SELECT checklist, version, hash, title, kind, "order", published, published_by, review_by, changes FROM versions v '
        "WHERE organisation = ? AND version = (SELECT MAX(version) FROM versions w WHERE w.organisation = v.organisation AND w.checklist = v.checklist) "
        "AND NOT EXISTS (SELECT 1 FROM withdrawals x WHERE x.organisation = v.organisation AND x.checklist = v.checklist) "
        'ORDER BY kind, "order", checklist',
        (organisation,),
    )
    parts: dict[str, str] = {row[0]: row[1] for row in await transaction.fetch("SELECT part, hash FROM parts WHERE organisation = ?", (organisation,))}
    body: dict[str, Any] = {
        "organisation": {**msgspec.json.decode(settings), "id": organisation, "name": name},
        "checklists": [dict(zip(ENTRY, row, strict=True)) for row in versions],
        **{part: parts.get(part, "") for part in PARTS},
    }
    return Shelf(body, parts.get(OPEN_CONTACTS, parts.get("contacts", "")), await read_trials(transaction, organisation))


async def read_trials(transaction: Transaction, organisation: str) -> dict[str, list[dict[str, Any]]]:
    """The drafts that members have sent to their own phones, by member."""
    rows = await transaction.fetch(
        "SELECT t.member, t.checklist, t.hash, t.sent, d.bytes FROM trials t JOIN documents d ON d.organisation = t.organisation AND d.hash = t.hash "
        "WHERE t.organisation = ? ORDER BY t.checklist",
        (organisation,),
    )
    trials: dict[str, list[dict[str, Any]]] = {}
    for member, checklist, digest, sent, data in rows:
        document = msgspec.json.decode(data)
        entry = {"id": checklist, "version": 0, "hash": digest, "title": document["title"]["sv"], "kind": document["kind"], "order": document["order"]}
        trials.setdefault(member, []).append({**entry, "sent": sent, "draft": True})
    return trials


async def record_manifests(transaction: Transaction, fresh: dict[tuple[str, str, str], int]) -> None:
    """When each (organisation, hash, content) was first there: a phone that names it in its report is as old as this."""
    rows = [(organisation, digest, content, built) for (organisation, digest, content), built in fresh.items()]
    await transaction.many("INSERT INTO manifests (organisation, hash, content, built) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", rows)
