"""The schema that the migrations make is the one that tables.py describes; every table is strict and belongs to somebody."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from stormlykta.database import Database, migrate
from stormlykta.desk_tables import metadata
from tests.server.terminal import run_here
from tests.serving import Running

SHARED = {"meta": "says what the database itself is", "alembic_version": "says how far it is migrated", "organisations": "is the organisation"}

TABLES = "pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrations") / "stormlykta.db"
    migrate(path)
    return path


@pytest.fixture
def database(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as opened:
        yield opened


def made_from_tables(folder: Path) -> Path:
    path = folder / "tables.db"
    engine = create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    engine.dispose()
    return path


def describe(path: Path) -> dict[str, object]:
    """All that SQLite knows of each table: columns, keys, indexes, strictness."""
    with closing(sqlite3.connect(path)) as database:
        tables = database.execute(f"SELECT name, wr, strict FROM {TABLES}").fetchall()
        return {
            name: (
                without_rowid,
                strict,
                database.execute(f'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info({name!r})').fetchall(),
                sorted(database.execute(f'SELECT "table", "from", "to", seq FROM pragma_foreign_key_list({name!r})').fetchall()),
                sorted(
                    (unique, database.execute(f"SELECT group_concat(name) FROM pragma_index_info({index!r})").fetchone()[0], index.removeprefix("sqlite_"))
                    for _, index, unique, _, _ in database.execute(f"PRAGMA index_list({name!r})")
                ),
            )
            for name, without_rowid, strict in tables
            if name != "alembic_version"
        }


def test_what_the_migrations_make_is_what_the_tables_say(path: Path, tmp_path: Path) -> None:
    migrated, described = describe(path), describe(made_from_tables(tmp_path))
    assert set(migrated) == set(metadata.tables)
    for name in described:
        assert migrated[name] == described[name], name


def test_alembic_finds_nothing_to_change(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_every_table_is_strict(database: sqlite3.Connection) -> None:
    loose = database.execute(f"SELECT name FROM {TABLES} AND NOT strict").fetchall()
    assert [name for (name,) in loose if name != "alembic_version"] == []


def test_every_table_belongs_to_an_organisation_or_hangs_on_a_stream(database: sqlite3.Connection) -> None:
    for name, table in metadata.tables.items():
        if name in SHARED:
            continue
        if "organisation" in table.columns:
            assert not table.columns["organisation"].nullable
            parents = {row[2] for row in database.execute(f"PRAGMA foreign_key_list({name!r})") if row[3] == "organisation"}
            assert parents, f"{name}.organisation refers to nothing"
        else:
            parents = {row[2] for row in database.execute(f"PRAGMA foreign_key_list({name!r})")}
            assert parents & {"streams", "authors"}, f"{name} belongs to nobody"


def test_migrating_twice_changes_nothing_and_keeps_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "stormlykta.db"
    migrate(path)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("INSERT INTO organisations VALUES ('kommun', 'Kommun', '{}')")
    before = describe(path)
    migrate(path)
    assert describe(path) == before
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT id FROM organisations").fetchall() == [("kommun",)]


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "stormlykta.db"
    migrate(path)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(Exception, match="9999"):
        asyncio.run(Database.open(path))
    assert path.read_bytes() == before
    done = run_here(Running(tmp_path), "invite", "Anna")
    assert done.returncode == 1
    assert "9999" in done.stderr
    assert "Traceback" not in done.stderr
