"""The shape of every published document: what a phone receives as JSON, key by key, in this order.

Rule: a document once published is for ever, so fields are only ever added, last and with a default.
Equal content must give equal bytes: no floats, no sets, no clock; what is not said is left out.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

Kind = Literal["action-card", "role-card"]
Mode = Literal["read-do", "do-confirm"]
ContactKind = Literal["intern", "extern", "public"]


class Text(Struct, frozen=True, omit_defaults=True):
    """What a person reads. Swedish is always there; a screen in English falls back to it, text by text."""

    sv: str
    en: str | None = None


class Tags(Struct, frozen=True, omit_defaults=True):
    sv: tuple[str, ...]
    en: tuple[str, ...] | None = None


class Step(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    text: Text
    why: Text | None = None
    role: str | None = None
    within: int | None = None  # minutes after T-zero; negative: before
    every: int | None = None  # minutes
    when: Literal["ongoing", "before"] | None = None
    critical: bool = False
    decision: bool = False
    everyone: bool = False
    call: tuple[str, ...] = ()
    message: str | None = None
    cards: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Phase(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    title: Text
    mode: Mode
    pause: Text | None = None
    steps: tuple[Step, ...]


class Checklist(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", tag="checklist"):
    id: str
    kind: Kind
    edition: str  # the author's own number, "1.1.0"; the version that counts lives in the manifest
    order: str
    role: str | None = None
    title: Text
    tags: Tags
    audience: tuple[str, ...]
    owner: str
    reviewed: str
    review_by: str
    status: str | None = None
    trigger: Text
    not_for: Text
    goal: Text
    mission: Text | None = None
    reports_to: Text | None = None
    takes_over_from: Text | None = None
    hands_over_to: Text | None = None
    immediate: tuple[Text, ...]
    phases: tuple[Phase, ...]


class Field(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    label: Text
    example: Text | None = None


class Message(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    title: Text
    channels: tuple[str, ...]
    approve: str | None = None
    max_chars: int | None = None
    reviewed: str
    text: Text  # plain text, {{field}} where something is filled in
    fields: tuple[Field, ...]
    tips: tuple[Text, ...]


class Messages(Struct, frozen=True, omit_defaults=True, tag_field="type", tag="messages"):
    messages: tuple[Message, ...]


class Number(Struct, frozen=True, omit_defaults=True):
    number: str  # as people write it
    dial: str  # as a phone dials it
    label: str | None = None


class Person(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    name: str
    numbers: tuple[Number, ...]
    email: str | None = None
    rakel: str | None = None
    address: str | None = None
    verified: str | None = None
    verified_by: str | None = None
    interval_days: int | None = None
    private: bool = False
    notes: str | None = None


class Function(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    title: Text
    kind: ContactKind
    category: str
    role: str | None = None
    organisation: str | None = None
    hours: str | None = None
    about: Text | None = None
    persons: tuple[Person, ...]


class Contacts(Struct, frozen=True, omit_defaults=True, tag_field="type", tag="contacts"):
    functions: tuple[Function, ...]


class Goal(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    text: Text


class Inject(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    minute: int  # minutes after the start of play
    title: Text
    time: str | None = None  # the time in the story, "06:05"
    sender: Text
    channel: Text
    to: str  # a role id, or "all"
    text: Text
    expected: Text
    goals: tuple[str, ...]


class Block(Struct, frozen=True, kw_only=True, omit_defaults=True):
    title: Text | None = None
    injects: tuple[Inject, ...]


class Question(Struct, frozen=True, kw_only=True, omit_defaults=True):
    goal: str
    text: Text


class Exercise(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    title: Text
    edition: str
    form: Text
    micro: bool = False  # done alone, assessed by oneself
    minutes: int
    participants: str | None = None
    audience: tuple[str, ...]
    checklists: tuple[str, ...]
    reviewed: str
    purpose: Text
    rules: Text
    start: Text
    goals: tuple[Goal, ...]
    blocks: tuple[Block, ...]
    assessment: tuple[Question, ...]
    scale: Text | None = None
    afterwards: Text | None = None


class Exercises(Struct, frozen=True, omit_defaults=True, tag_field="type", tag="exercises"):
    exercises: tuple[Exercise, ...]


class Role(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    title: Text
    staff: str | None = None
    task: Text


class PhaseName(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    title: Text


class Reference(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    title: str
    url: str | None = None
    status: str
    note: str | None = None


class Vocabulary(Struct, frozen=True, omit_defaults=True, tag_field="type", tag="vocabulary"):
    roles: tuple[Role, ...]
    phases: tuple[PhaseName, ...]  # in the order that cards must follow
    sources: tuple[Reference, ...]


class Member(Struct, frozen=True, omit_defaults=True):
    id: str
    name: str
    roles: tuple[str, ...]


class Members(Struct, frozen=True, omit_defaults=True, tag_field="type", tag="members"):
    members: tuple[Member, ...]


class Logo(Struct, frozen=True, omit_defaults=True, tag_field="type", tag="logo"):
    media: Literal["image/png"]
    data: str  # base64url


class Shift(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who holds a function when. Without `person` it is somebody who is not among the contacts: a name and no number."""

    function: str
    person: str | None = None
    name: str
    start: int = field(name="from")  # ms
    end: int = field(name="to")
    swapped: bool = False  # not as the plan had it


class Roster(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", tag="roster"):
    made: int  # ms
    by: str
    shifts: tuple[Shift, ...]


Document = Checklist | Messages | Contacts | Exercises | Vocabulary | Members | Logo | Roster


class Library(Struct, frozen=True, kw_only=True):
    """All that was read in one go. Empty lists and None: nothing of that sort was among the files."""

    checklists: list[Checklist]
    messages: Messages
    contacts: Contacts | None
    exercises: Exercises
    vocabulary: Vocabulary | None


class Known(Struct, frozen=True, kw_only=True):
    """The ids that the organisation has published already, so that one file can refer to them."""

    checklists: frozenset[str] = frozenset()
    messages: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()  # functions and persons
    roles: frozenset[str] = frozenset()
    phases: tuple[str, ...] = ()  # in order
    sources: frozenset[str] = frozenset()
    role_titles: dict[str, Text] = {}  # what a contact without a title of its own is called
