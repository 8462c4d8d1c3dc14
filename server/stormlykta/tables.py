"""Every table. Rule: what belongs to an organisation is reached only by its id; a stream is (organisation, incident), and all below it hang on the stream.

Times are milliseconds since 1970 (UTC). Hashes and keys are raw bytes.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, ForeignKeyConstraint, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

metadata = MetaData()
Whole = Integer().with_variant(BigInteger(), "postgresql")


def table(name: str, *parts: Column[object] | UniqueConstraint | ForeignKeyConstraint | Index, rowid: bool = True) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True, sqlite_with_rowid=rowid)


def organisation_key() -> Column[object]:
    return Column("organisation", Text, ForeignKey("organisations.id"), primary_key=True)


meta = table("meta", Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

organisations = table(
    "organisations",
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("settings", Text, nullable=False),  # JSON object, joined into the manifest's "organisation"
)

members = table(
    "members",
    organisation_key(),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("roles", Text, nullable=False),  # comma separated: leader, editor, admin
    Column("removed", Whole),  # when, else null
    Column("email", Text),  # lower case; signs in by it, and is known by it at the organisation's own provider
)

devices = table(
    "devices",
    organisation_key(),
    Column("id", Text, primary_key=True),  # minted by the device itself
    Column("member", Text, nullable=False),
    Column("key", LargeBinary, nullable=False),  # raw P-256 point, 65 bytes
    Column("name", Text, nullable=False),  # what the person calls this phone
    Column("joined", Whole, nullable=False),
    Column("revoked", Whole),
    Column("seen", Whole, nullable=False),
    Column("report", Text, nullable=False),  # JSON: build, offline_ok, persisted, tested, unsent, oldest_unsent, library
    ForeignKeyConstraint(["organisation", "member"], ["members.organisation", "members.id"]),
)

invitations = table(
    "invitations",
    Column("code", LargeBinary, primary_key=True),  # SHA-256 of the code: the code itself is never stored
    Column("organisation", Text, nullable=False),
    Column("member", Text, nullable=False),
    Column("created", Whole, nullable=False),
    Column("expires", Whole, nullable=False),
    Column("used", Whole),
    Column("device", Text),  # which device used it
    ForeignKeyConstraint(["organisation", "member"], ["members.organisation", "members.id"]),
)

sessions = table(
    "sessions",
    Column("token", LargeBinary, primary_key=True),  # SHA-256 of the cookie's value
    Column("organisation", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("created", Whole, nullable=False),
    Column("renewed", Whole, nullable=False),  # when the cookie was last given
    ForeignKeyConstraint(["organisation", "device"], ["devices.organisation", "devices.id"]),
)

streams = table(
    "streams",
    Column("id", Integer, primary_key=True),
    Column("organisation", Text, ForeignKey("organisations.id"), nullable=False),
    Column("incident", Text, nullable=False),
    Column("head", Whole, nullable=False),  # the highest seq given
    Column("received", Whole, nullable=False),  # when the last operation came
    UniqueConstraint("organisation", "incident"),
    Index("streams_by_received", "organisation", "received"),
)

authors = table(
    "authors",
    Column("id", Integer, primary_key=True),
    Column("stream", Integer, ForeignKey("streams.id"), nullable=False),
    Column("device", Text, nullable=False),  # may be one that has not joined yet
    Column("first", Whole, nullable=False),  # the seq of its first operation, 0 when it has none
    Column("loose", Integer, nullable=False),  # 1: operations without a seal, or seals without their operations, wait here
    UniqueConstraint("stream", "device"),
)

operations = table(
    "operations",
    Column("stream", Integer, ForeignKey("streams.id"), primary_key=True),
    Column("seq", Whole, primary_key=True),  # gap-free, in commit order; a changed verdict moves the row to a new seq
    Column("author", Integer, ForeignKey("authors.id"), nullable=False),
    Column("n", Whole, nullable=False),
    Column("hash", LargeBinary, nullable=False),  # h_n: two with the same n are a fork, and both are kept
    Column("record", Text, nullable=False),  # canonical bytes
    Column("received", Whole, nullable=False),
    Column("clock", Whole, nullable=False),  # the sender's offset, ms
    Column("verdict", Text, nullable=False),  # ok, quar:member, quar:revoked, quar:role, quar:unknown-device
    Index("operations_by_author", "author", "n", "hash", unique=True),
    rowid=False,
)

asides = table(
    "asides",
    Column("id", Integer, primary_key=True),
    Column("organisation", Text, ForeignKey("organisations.id"), nullable=False),
    Column("author", Integer, ForeignKey("authors.id")),  # where it says whose it is
    Column("n", Whole),
    Column("digest", LargeBinary, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("received", Whole, nullable=False),
    Column("clock", Whole, nullable=False),
    Column("verdict", Text, nullable=False),  # dead:shape, dead:size, dead:seal, quar:seal: stored, handed to nobody
    Column("link", Integer, nullable=False),  # 1: dead, but a good seal leads through it, so its digest is handed out
    UniqueConstraint("organisation", "digest", "verdict"),
    Index("asides_by_author", "author", "n"),
)

seals = table(
    "seals",
    Column("author", Integer, ForeignKey("authors.id"), primary_key=True),
    Column("start", Whole, primary_key=True),
    Column("end", Whole, primary_key=True),
    Column("head", LargeBinary, primary_key=True),
    Column("sig", LargeBinary, primary_key=True),
    Column("prev", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),  # good; unproven (the device has not joined); waiting (operations are missing)
    rowid=False,
)

documents = table(
    "documents",
    organisation_key(),
    Column("hash", Text, primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
    Column("created", Whole, nullable=False),
    Column("audience", Text),  # leader: holds secret numbers, handed to leaders only; else null
)

versions = table(
    "versions",
    organisation_key(),
    Column("checklist", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("hash", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("order", Text, nullable=False),
    Column("review_by", Text, nullable=False),
    Column("published", Whole, nullable=False),
    Column("published_by", Text, nullable=False),
    Column("changes", Text, nullable=False),
    Column("approved_by", Text),  # the second person, where there was one
    ForeignKeyConstraint(["organisation", "hash"], ["documents.organisation", "documents.hash"]),
)

parts = table(
    "parts",
    organisation_key(),
    Column("part", Text, primary_key=True),  # library.PARTS, and contacts-open
    Column("hash", Text, nullable=False),
    Column("published", Whole, nullable=False),
    ForeignKeyConstraint(["organisation", "hash"], ["documents.organisation", "documents.hash"]),
)

files = table(
    "files", organisation_key(), Column("hash", Text, primary_key=True), Column("bytes", LargeBinary, nullable=False), Column("received", Whole, nullable=False)
)

superseded = table(
    "superseded",  # documents that were a part once: forgotten a day later, unless they are one again
    organisation_key(),
    Column("hash", Text, primary_key=True),
    Column("since", Whole, nullable=False),
)

manifests = table(
    "manifests",
    organisation_key(),
    Column("hash", Text, primary_key=True),
    Column("built", Whole, nullable=False),
    Column("content", Text, nullable=False),  # the hash of what it names, but for who is a member: two with the same are as good as each other
)
