"""What tests of getting in put into the database and read from it: members, ways in, one-time links, the audit trail."""

import hashlib
import json
import secrets
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

GOOD = "blåklint storm 7 väst"  # a password that nobody would guess
QUICK = PasswordHasher(time_cost=1, memory_cost=64)  # weaker than the server's own: a test of many sign-ins is not a test of argon2


def add_member(data: Path, organisation: str, name: str, roles: str = "admin", email: str | None = None, removed: bool = False) -> str:
    member = secrets.token_urlsafe(8)
    with closing(sqlite3.connect(data / "stormlykta.db", timeout=10)) as database, database:
        database.execute("INSERT INTO organisations VALUES (?, ?, '{}') ON CONFLICT DO NOTHING", (organisation, organisation.capitalize()))
        database.execute(
            "INSERT INTO members (organisation, id, name, roles, email, removed) VALUES (?, ?, ?, ?, ?, ?)",
            (organisation, member, name, roles, email, 1 if removed else None),
        )
    return member


def add_password(data: Path, organisation: str, member: str, password: str = GOOD, hasher: PasswordHasher = QUICK) -> None:
    with closing(sqlite3.connect(data / "stormlykta.db", timeout=10)) as database, database:
        database.execute(
            "INSERT INTO credentials (organisation, id, member, kind, name, secret, uses, created) VALUES (?, ?, ?, 'password', '', ?, 0, 1)",
            (organisation, secrets.token_urlsafe(9), member, hasher.hash(password).encode()),
        )


def add_link(data: Path, organisation: str, member: str | None = None, hours: float = 24) -> str:
    token, now = secrets.token_urlsafe(32), int(time.time() * 1000)
    with closing(sqlite3.connect(data / "stormlykta.db", timeout=10)) as database, database:
        database.execute("INSERT INTO organisations VALUES (?, ?, '{}') ON CONFLICT DO NOTHING", (organisation, organisation.capitalize()))
        values = (hashlib.sha256(token.encode()).digest(), organisation, member, now, now + int(hours * 3_600_000))
        database.execute("INSERT INTO links (token, organisation, member, created, expires) VALUES (?, ?, ?, ?, ?)", values)
    return token


def change(data: Path, sql: str, *values: Any) -> None:
    with closing(sqlite3.connect(data / "stormlykta.db", timeout=10)) as database, database:
        database.execute(sql, values)


def rows(data: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(data / "stormlykta.db", timeout=10)) as database:
        return database.execute(sql, values).fetchall()


def trail(data: Path, organisation: str) -> list[tuple[str, str, Any]]:
    """(deed, who, after), the oldest first."""
    found = rows(data, "SELECT deed, name, after FROM audit WHERE organisation = ? ORDER BY number", organisation)
    return [(deed, name, json.loads(after)) for deed, name, after in found]
