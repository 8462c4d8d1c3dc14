"""The tables of administration: who sits at a desk, drafts, letters, the audit trail. Rule: as in tables.py, whose metadata they join."""

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Integer, LargeBinary, Text, UniqueConstraint

from stormlykta.tables import Whole, metadata, organisation_key, table

credentials = table(
    "credentials",
    organisation_key(),
    Column("id", Text, primary_key=True),  # a passkey's own id, else random
    Column("member", Text, nullable=False),
    Column("kind", Text, nullable=False),  # password, passkey, oidc
    Column("name", Text, nullable=False),  # what the person calls it
    Column("secret", LargeBinary, nullable=False),  # argon2id text; a passkey's public key; issuer and subject
    Column("uses", Whole, nullable=False),  # a passkey's signature counter
    Column("created", Whole, nullable=False),
    Column("used", Whole),
    ForeignKeyConstraint(["organisation", "member"], ["members.organisation", "members.id"]),
)

links = table(
    "links",
    Column("token", LargeBinary, primary_key=True),  # SHA-256
    Column("organisation", Text, ForeignKey("organisations.id"), nullable=False),
    Column("member", Text),  # null: whoever opens it becomes the first administrator
    Column("created", Whole, nullable=False),
    Column("expires", Whole, nullable=False),
    Column("used", Whole),
)

seats = table(
    "seats",  # a person signed in at a desk
    Column("token", LargeBinary, primary_key=True),  # SHA-256 of the cookie's value
    Column("organisation", Text, nullable=False),
    Column("id", Text, nullable=False),  # what the list and the audit trail call it
    Column("member", Text, nullable=False),
    Column("created", Whole, nullable=False),
    Column("used", Whole, nullable=False),
    Column("ended", Whole),
    Column("way", Text, nullable=False),  # password, passkey, oidc, link
    Column("agent", Text, nullable=False),  # the browser's name for itself
    ForeignKeyConstraint(["organisation", "member"], ["members.organisation", "members.id"]),
    UniqueConstraint("organisation", "id"),
)

audit = table(
    "audit",  # only ever added to: triggers refuse the rest
    organisation_key(),
    Column("number", Whole, primary_key=True),
    Column("at", Whole, nullable=False),
    Column("member", Text, nullable=False),  # '' for the command line and for a letter's reader
    Column("name", Text, nullable=False),
    Column("seat", Text, nullable=False),
    Column("deed", Text, nullable=False),  # noun.verb
    Column("about", Text, nullable=False),  # an id
    Column("title", Text, nullable=False),
    Column("before", Text, nullable=False),  # JSON
    Column("after", Text, nullable=False),  # JSON
)

drafts = table(
    "drafts",
    organisation_key(),
    Column("checklist", Text, primary_key=True),
    Column("revision", Whole, nullable=False),
    Column("base", Integer, nullable=False),  # the version it began from, 0: none
    Column("body", Text, nullable=False),  # JSON, may be incomplete
    Column("began", Whole, nullable=False),
    Column("began_by", Text, nullable=False),
    Column("saved", Whole, nullable=False),
    Column("saved_by", Text, nullable=False),
    Column("writers", Text, nullable=False),  # JSON: by, since, until (revisions): none whose words are there may be the second person
    Column("stage", Text, nullable=False),  # writing, handed, returned, approved
    Column("handed", Text),  # JSON: by, to, at, note
    Column("verdict", Text),  # JSON: by, at, note, what, revision
)

draft_texts = table(
    "draft_texts",  # what was not taken into a draft, kept so that nothing is lost
    organisation_key(),
    Column("checklist", Text, primary_key=True),
    Column("text", Integer, primary_key=True),
    Column("body", Text, nullable=False),
    Column("saved", Whole, nullable=False),
    Column("saved_by", Text, nullable=False),
    Column("writers", Text, nullable=False),  # member ids, comma separated
    Column("why", Text, nullable=False),  # conflict, discarded
)

remarks = table(
    "remarks",
    organisation_key(),
    Column("checklist", Text, primary_key=True),
    Column("remark", Integer, primary_key=True),
    Column("step", Text, nullable=False),  # '' for the whole
    Column("words", Text, nullable=False),  # the step's, as they were then
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Whole, nullable=False),
    Column("settled", Integer, nullable=False),
)

withdrawals = table(
    "withdrawals",
    organisation_key(),
    Column("checklist", Text, primary_key=True),
    Column("at", Whole, nullable=False),
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
)

trials = table(
    "trials",  # drafts on their author's own phones
    organisation_key(),
    Column("member", Text, primary_key=True),
    Column("checklist", Text, primary_key=True),
    Column("hash", Text, nullable=False),
    Column("sent", Whole, nullable=False),
    ForeignKeyConstraint(["organisation", "hash"], ["documents.organisation", "documents.hash"]),
    ForeignKeyConstraint(["organisation", "member"], ["members.organisation", "members.id"]),
)

letters = table(
    "letters",
    Column("token", LargeBinary, primary_key=True),  # SHA-256
    Column("organisation", Text, ForeignKey("organisations.id"), nullable=False),
    Column("id", Text, nullable=False),
    Column("function", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("title", Text, nullable=False),  # the function's, as it was then
    Column("name", Text, nullable=False),  # the person's, as it was then
    Column("created", Whole, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("expires", Whole, nullable=False),
    Column("opened", Whole),
    Column("answered", Whole),
    Column("answer", Text),  # JSON: what the person says is right, until somebody has accepted or declined it
    Column("settled", Whole),
    Column("settled_by", Text),
    Column("state", Text, nullable=False),  # waiting, confirmed, corrected, accepted, declined, recalled
    UniqueConstraint("organisation", "id"),
    Index("letters_by_person", "organisation", "function", "person"),
)

readiness = table(
    "readiness",  # one row a day: the board's figures, for the plot over the year
    organisation_key(),
    Column("day", Text, primary_key=True),
    Column("figures", Text, nullable=False),  # JSON
)

__all__ = ["metadata"]
