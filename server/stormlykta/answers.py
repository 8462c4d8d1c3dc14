"""What the phone's doors answer, as types: docs/protocol.md 6, for the interface's description.

Rule: nothing is made from these. The answers are written where they are fast to write; a test holds each to its type.
"""

from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

from stormlykta.log.operations import Fields


class JoinedMember(Struct):
    id: str
    name: str
    roles: list[str]


class JoinedOrganisation(Struct):
    id: str
    name: str


class Joined(Struct):
    member: JoinedMember
    organisation: JoinedOrganisation
    epoch: str
    now: int


class Challenge(Struct):
    challenge: str


class News(Struct):
    """`ops`: [seq, operation or its digest, received, offset, verdict]. `people`: by device [member, key]. `links`: [device, n, digest] of dead operations."""

    ops: list[tuple[int, Fields | str, int, int, str]]
    seals: list[tuple[str, str, int, int, str, str, str]]
    people: dict[str, tuple[str, str]]
    seq: int
    head: int
    links: list[tuple[str, int, str]] | UnsetType = UNSET


class Exchanged(Struct):
    """`results`: [verdict, seq or code] for each operation pushed, in order."""

    v: Literal[1]
    epoch: str
    now: int
    results: list[tuple[Literal["ok", "dup", "quar", "dead"], int | str]]
    incidents: dict[str, News]
    library: str
    fork: bool | UnsetType = UNSET
    revoked: bool | UnsetType = UNSET


class PublishedChecklist(Struct):
    id: str
    version: int
    hash: str
    title: str
    kind: str
    order: str
    published: int
    published_by: str
    review_by: str
    changes: str


class Trial(Struct):
    """A draft on its author's own phones."""

    id: str
    version: Literal[0]
    hash: str
    title: str
    kind: str
    order: str
    sent: int
    draft: Literal[True]


class Manifest(Struct):
    """What is published now. The parts are hashes of documents, '' where there is none."""

    hash: str
    organisation: dict[str, Any]
    checklists: list[PublishedChecklist]
    members: str
    contacts: str
    messages: str
    exercises: str
    vocabulary: str
    roster: str
    logo: str
    trials: list[Trial] | UnsetType = UNSET


class Health(Struct):
    status: Literal["ok"]
    version: str


Have = dict[str, dict[str, list[tuple[int, int]]]]
Incidents = list[tuple[str, int, int, Fields | None]]
