"""The first schema. Frozen: a change is a new migration."""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = [
    """CREATE TABLE meta (
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY ("key")
    )
     STRICT""",
    """CREATE TABLE organisations (
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        settings TEXT NOT NULL,
        PRIMARY KEY (id)
    )
     STRICT""",
    """CREATE TABLE documents (
        organisation TEXT NOT NULL,
        hash TEXT NOT NULL,
        bytes BLOB NOT NULL,
        created INTEGER NOT NULL,
        PRIMARY KEY (organisation, hash),
        FOREIGN KEY(organisation) REFERENCES organisations (id)
    )
     STRICT""",
    """CREATE TABLE files (
        organisation TEXT NOT NULL,
        hash TEXT NOT NULL,
        bytes BLOB NOT NULL,
        received INTEGER NOT NULL,
        PRIMARY KEY (organisation, hash),
        FOREIGN KEY(organisation) REFERENCES organisations (id)
    )
     STRICT""",
    """CREATE TABLE members (
        organisation TEXT NOT NULL,
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        roles TEXT NOT NULL,
        removed INTEGER,
        PRIMARY KEY (organisation, id),
        FOREIGN KEY(organisation) REFERENCES organisations (id)
    )
     STRICT""",
    """CREATE TABLE streams (
        id INTEGER NOT NULL,
        organisation TEXT NOT NULL,
        incident TEXT NOT NULL,
        head INTEGER NOT NULL,
        received INTEGER NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (organisation, incident),
        FOREIGN KEY(organisation) REFERENCES organisations (id)
    )
     STRICT""",
    "CREATE INDEX streams_by_received ON streams (organisation, received)",
    """CREATE TABLE authors (
        id INTEGER NOT NULL,
        stream INTEGER NOT NULL,
        device TEXT NOT NULL,
        first INTEGER NOT NULL,
        loose INTEGER NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (stream, device),
        FOREIGN KEY(stream) REFERENCES streams (id)
    )
     STRICT""",
    """CREATE TABLE devices (
        organisation TEXT NOT NULL,
        id TEXT NOT NULL,
        member TEXT NOT NULL,
        "key" BLOB NOT NULL,
        name TEXT NOT NULL,
        joined INTEGER NOT NULL,
        revoked INTEGER,
        seen INTEGER NOT NULL,
        report TEXT NOT NULL,
        PRIMARY KEY (organisation, id),
        FOREIGN KEY(organisation, member) REFERENCES members (organisation, id),
        FOREIGN KEY(organisation) REFERENCES organisations (id)
    )
     STRICT""",
    """CREATE TABLE invitations (
        code BLOB NOT NULL,
        organisation TEXT NOT NULL,
        member TEXT NOT NULL,
        created INTEGER NOT NULL,
        expires INTEGER NOT NULL,
        used INTEGER,
        device TEXT,
        PRIMARY KEY (code),
        FOREIGN KEY(organisation, member) REFERENCES members (organisation, id)
    )
     STRICT""",
    """CREATE TABLE parts (
        organisation TEXT NOT NULL,
        part TEXT NOT NULL,
        hash TEXT NOT NULL,
        published INTEGER NOT NULL,
        PRIMARY KEY (organisation, part),
        FOREIGN KEY(organisation, hash) REFERENCES documents (organisation, hash),
        FOREIGN KEY(organisation) REFERENCES organisations (id)
    )
     STRICT""",
    """CREATE TABLE versions (
        organisation TEXT NOT NULL,
        checklist TEXT NOT NULL,
        version INTEGER NOT NULL,
        hash TEXT NOT NULL,
        title TEXT NOT NULL,
        kind TEXT NOT NULL,
        "order" TEXT NOT NULL,
        review_by TEXT NOT NULL,
        published INTEGER NOT NULL,
        published_by TEXT NOT NULL,
        changes TEXT NOT NULL,
        PRIMARY KEY (organisation, checklist, version),
        FOREIGN KEY(organisation, hash) REFERENCES documents (organisation, hash),
        FOREIGN KEY(organisation) REFERENCES organisations (id)
    )
     STRICT""",
    """CREATE TABLE asides (
        id INTEGER NOT NULL,
        organisation TEXT NOT NULL,
        author INTEGER,
        n INTEGER,
        digest BLOB NOT NULL,
        raw BLOB NOT NULL,
        received INTEGER NOT NULL,
        clock INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        link INTEGER NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (organisation, digest, verdict),
        FOREIGN KEY(organisation) REFERENCES organisations (id),
        FOREIGN KEY(author) REFERENCES authors (id)
    )
     STRICT""",
    "CREATE INDEX asides_by_author ON asides (author, n)",
    """CREATE TABLE operations (
        stream INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        author INTEGER NOT NULL,
        n INTEGER NOT NULL,
        hash BLOB NOT NULL,
        record TEXT NOT NULL,
        received INTEGER NOT NULL,
        clock INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        PRIMARY KEY (stream, seq),
        FOREIGN KEY(stream) REFERENCES streams (id),
        FOREIGN KEY(author) REFERENCES authors (id)
    )
     WITHOUT ROWID,
     STRICT""",
    "CREATE UNIQUE INDEX operations_by_author ON operations (author, n, hash)",
    """CREATE TABLE seals (
        author INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        head BLOB NOT NULL,
        sig BLOB NOT NULL,
        prev BLOB NOT NULL,
        state TEXT NOT NULL,
        PRIMARY KEY (author, start, "end", head, sig),
        FOREIGN KEY(author) REFERENCES authors (id)
    )
     WITHOUT ROWID,
     STRICT""",
    """CREATE TABLE sessions (
        token BLOB NOT NULL,
        organisation TEXT NOT NULL,
        device TEXT NOT NULL,
        created INTEGER NOT NULL,
        renewed INTEGER NOT NULL,
        PRIMARY KEY (token),
        FOREIGN KEY(organisation, device) REFERENCES devices (organisation, id)
    )
     STRICT""",
]


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
