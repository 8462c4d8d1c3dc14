"""Administration: who sits at a desk, drafts, letters, the audit trail. Not released yet: changed together with tables.py until it is."""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = [
    "ALTER TABLE members ADD COLUMN email TEXT",
    "ALTER TABLE documents ADD COLUMN audience TEXT",
    "ALTER TABLE versions ADD COLUMN approved_by TEXT",
    """CREATE TABLE superseded (
        organisation TEXT NOT NULL,
        hash TEXT NOT NULL,
        since INTEGER NOT NULL,
        PRIMARY KEY (organisation, hash),
        FOREIGN KEY(organisation) REFERENCES organisations (id)
    )
     STRICT""",
    """CREATE TABLE manifests (
        organisation TEXT NOT NULL,
        hash TEXT NOT NULL,
        built INTEGER NOT NULL,
        content TEXT NOT NULL,
        PRIMARY KEY (organisation, hash),
        FOREIGN KEY(organisation) REFERENCES organisations (id)
    )
     STRICT""",
    """CREATE TABLE credentials (
        organisation TEXT NOT NULL,
        id TEXT NOT NULL,
        member TEXT NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        secret BLOB NOT NULL,
        uses INTEGER NOT NULL,
        created INTEGER NOT NULL,
        used INTEGER,
        PRIMARY KEY (organisation, id),
        FOREIGN KEY(organisation, member) REFERENCES members (organisation, id),
        FOREIGN KEY(organisation) REFERENCES organisations (id)
    )
     STRICT""",
    """CREATE TABLE links (
        token BLOB NOT NULL,
        organisation TEXT NOT NULL,
        member TEXT,
        created INTEGER NOT NULL,
        expires INTEGER NOT NULL,
        used INTEGER,
        PRIMARY KEY (token),
        FOREIGN KEY(organisation) REFERENCES organisations (id)
    )
     STRICT""",
    """CREATE TABLE seats (
        token BLOB NOT NULL,
        organisation TEXT NOT NULL,
        id TEXT NOT NULL,
        member TEXT NOT NULL,
        created INTEGER NOT NULL,
        used INTEGER NOT NULL,
        ended INTEGER,
        way TEXT NOT NULL,
        agent TEXT NOT NULL,
        PRIMARY KEY (token),
        FOREIGN KEY(organisation, member) REFERENCES members (organisation, id),
        UNIQUE (organisation, id)
    )
     STRICT""",
    """CREATE TABLE audit (
        organisation TEXT NOT NULL,
        number INTEGER NOT NULL,
        at INTEGER NOT NULL,
        member TEXT NOT NULL,
        name TEXT NOT NULL,
        seat TEXT NOT NULL,
        deed TEXT NOT NULL,
        about TEXT NOT NULL,
        title TEXT NOT NULL,
        "before" TEXT NOT NULL,
        "after" TEXT NOT NULL,
        PRIMARY KEY (organisation, number),
        FOREIGN KEY(organisation) REFERENCES organisations (id)
    )
     STRICT""",
    """CREATE TABLE drafts (
        organisation TEXT NOT NULL,
        checklist TEXT NOT NULL,
        revision INTEGER NOT NULL,
        base INTEGER NOT NULL,
        body TEXT NOT NULL,
        began INTEGER NOT NULL,
        began_by TEXT NOT NULL,
        saved INTEGER NOT NULL,
        saved_by TEXT NOT NULL,
        writers TEXT NOT NULL,
        stage TEXT NOT NULL,
        handed TEXT,
        verdict TEXT,
        PRIMARY KEY (organisation, checklist),
        FOREIGN KEY(organisation) REFERENCES organisations (id)
    )
     STRICT""",
    """CREATE TABLE draft_texts (
        organisation TEXT NOT NULL,
        checklist TEXT NOT NULL,
        text INTEGER NOT NULL,
        body TEXT NOT NULL,
        saved INTEGER NOT NULL,
        saved_by TEXT NOT NULL,
        writers TEXT NOT NULL,
        why TEXT NOT NULL,
        PRIMARY KEY (organisation, checklist, text),
        FOREIGN KEY(organisation) REFERENCES organisations (id)
    )
     STRICT""",
    """CREATE TABLE remarks (
        organisation TEXT NOT NULL,
        checklist TEXT NOT NULL,
        remark INTEGER NOT NULL,
        step TEXT NOT NULL,
        words TEXT NOT NULL,
        text TEXT NOT NULL,
        "by" TEXT NOT NULL,
        at INTEGER NOT NULL,
        settled INTEGER NOT NULL,
        PRIMARY KEY (organisation, checklist, remark),
        FOREIGN KEY(organisation) REFERENCES organisations (id)
    )
     STRICT""",
    """CREATE TABLE withdrawals (
        organisation TEXT NOT NULL,
        checklist TEXT NOT NULL,
        at INTEGER NOT NULL,
        "by" TEXT NOT NULL,
        why TEXT NOT NULL,
        PRIMARY KEY (organisation, checklist),
        FOREIGN KEY(organisation) REFERENCES organisations (id)
    )
     STRICT""",
    """CREATE TABLE trials (
        organisation TEXT NOT NULL,
        member TEXT NOT NULL,
        checklist TEXT NOT NULL,
        hash TEXT NOT NULL,
        sent INTEGER NOT NULL,
        PRIMARY KEY (organisation, member, checklist),
        FOREIGN KEY(organisation, hash) REFERENCES documents (organisation, hash),
        FOREIGN KEY(organisation, member) REFERENCES members (organisation, id),
        FOREIGN KEY(organisation) REFERENCES organisations (id)
    )
     STRICT""",
    """CREATE TABLE letters (
        token BLOB NOT NULL,
        organisation TEXT NOT NULL,
        id TEXT NOT NULL,
        function TEXT NOT NULL,
        person TEXT NOT NULL,
        title TEXT NOT NULL,
        name TEXT NOT NULL,
        created INTEGER NOT NULL,
        created_by TEXT NOT NULL,
        expires INTEGER NOT NULL,
        opened INTEGER,
        answered INTEGER,
        answer TEXT,
        settled INTEGER,
        settled_by TEXT,
        state TEXT NOT NULL,
        PRIMARY KEY (token),
        UNIQUE (organisation, id),
        FOREIGN KEY(organisation) REFERENCES organisations (id)
    )
     STRICT""",
    "CREATE INDEX letters_by_person ON letters (organisation, function, person)",
    """CREATE TABLE readiness (
        organisation TEXT NOT NULL,
        day TEXT NOT NULL,
        figures TEXT NOT NULL,
        PRIMARY KEY (organisation, day),
        FOREIGN KEY(organisation) REFERENCES organisations (id)
    )
     STRICT""",
    "CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END",
    "CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END",
    # INSERT OR REPLACE takes rows away without asking the trigger above.
    "CREATE TRIGGER audit_is_never_replaced BEFORE INSERT ON audit "
    "WHEN EXISTS (SELECT 1 FROM audit WHERE organisation = NEW.organisation AND number = NEW.number) "
    "BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END",
]


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
