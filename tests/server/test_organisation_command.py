"""Several organisations on one server: the operator makes them and sees them, and each begins with a way in and without anybody else's people."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.desk import COOKIE, make_seat
from tests.server.terminal import run_here
from tests.serving import ROOT, Running

ENGLISH = "en_GB.UTF-8"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server with the starter library in its first organisation."""
    running = Running(tmp_path_factory.mktemp("organisations") / "data")
    assert run_here(running, "publish", ROOT / "checklists").returncode == 0
    yield running.start()
    running.stop()


def rows(running: Running, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(running.data / "stormlykta.db", timeout=10)) as database:
        return database.execute(sql, values).fetchall()


def trail(running: Running, organisation: str) -> list[tuple[str, str, str]]:
    return rows(running, "SELECT name, deed, title FROM audit WHERE organisation = ? ORDER BY number", organisation)


def library_of(running: Running, organisation: str) -> dict[str, Any]:
    """What stands in its manifest, with the documents it names."""
    parts = dict(rows(running, "SELECT p.part, d.bytes FROM parts p JOIN documents d USING (organisation, hash) WHERE organisation = ?", organisation))
    return {part: json.loads(data) for part, data in parts.items()}


def test_a_new_organisation_has_a_link_for_its_first_administrator(running: Running) -> None:
    running.environment["STORMLYKTA_URL"] = "https://kris.example"
    done = run_here(running, "organisation", "add", "sala", "--name", "Sala kommun")
    del running.environment["STORMLYKTA_URL"]
    assert (done.returncode, done.stderr) == (0, "")
    assert "Organisationen Sala kommun (sala) är gjord." in done.stdout
    (token,) = re.findall(r"https://kris\.example/#/valkommen/sala/([\w-]{43})\b", done.stdout)
    assert trail(running, "sala") == [
        ("stormlykta organisation add", "organisation.added", "Sala kommun"),
        ("stormlykta admin-link", "link.made", ""),
    ]
    assert token not in str(rows(running, "SELECT * FROM audit WHERE organisation = 'sala'"))
    assert rows(running, "SELECT count(*) FROM versions WHERE organisation = 'sala'") == [(0,)]


def test_one_like_another_has_its_library_and_its_words_but_not_its_people(running: Running) -> None:
    run_here(running, "invite", "Anna Berg", "--role", "admin", "--json")
    with closing(sqlite3.connect(running.data / "stormlykta.db", timeout=10)) as database, database:
        database.execute("UPDATE organisations SET settings = json_set(settings, '$.review_months', 6) WHERE id = 'exempelkommun'")
        database.execute("INSERT INTO withdrawals VALUES ('exempelkommun', 'varmebolja', 1, 'x', 'y')")
    done = run_here(running, "organisation", "add", "heby", "--name", "Heby kommun", "--like", "exempelkommun")
    assert done.returncode == 0, done.stderr
    mine, model = library_of(running, "heby"), library_of(running, "exempelkommun")
    assert (mine["vocabulary"], mine["messages"], mine["exercises"]) == (model["vocabulary"], model["messages"], model["exercises"])
    assert {function["kind"] for function in mine["contacts"]["functions"]} == {"public"}
    assert "tib" in {function["id"] for function in model["contacts"]["functions"]}
    assert mine["members"]["members"] == []
    cards = {
        organisation: {row[0] for row in rows(running, "SELECT checklist FROM versions WHERE organisation = ?", organisation)} for organisation in ("heby",)
    }
    assert len(cards["heby"]) > 20
    assert "varmebolja" not in cards["heby"], "what is withdrawn there does not begin here"
    assert json.loads(rows(running, "SELECT settings FROM organisations WHERE id = 'heby'")[0][0])["review_months"] == 6
    assert not rows(running, "SELECT 1 FROM documents WHERE organisation = 'heby' AND CAST(bytes AS TEXT) LIKE '%Anna Berg%'")


def test_each_organisation_sees_only_its_own(running: Running) -> None:
    run_here(running, "organisation", "add", "tierp", "--name", "Tierps kommun")
    sala, tierp = (make_seat(running.data, organisation, "Nora", "admin") for organisation in ("tierp", "exempelkommun"))
    with httpx.Client(base_url=running.url) as client:
        for seat, own, foreign in ((sala, "tierp", "exempelkommun"), (tierp, "exempelkommun", "tierp")):
            headers = {"Cookie": f"{COOKIE}={seat.token}"}
            told = client.get(f"/api/o/{own}/admin/trail", headers=headers).json()
            assert {entry["about"] for entry in told["entries"] if entry["deed"] == "organisation.added"} <= {own}
            assert client.get(f"/api/o/{own}/admin/settings", headers=headers).status_code == 200
            assert client.get(f"/api/o/{foreign}/admin/settings", headers=headers).json()["error"]["code"] == "session"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("exempelkommun", "--name", "Igen"), "There is an organisation exempelkommun already."),
        (("Å B", "--name", "Fel"), "An organisation's id is"),
        (("ny", "--name", " \u200b "), "Write a name"),
        (("ny", "--name", "x" * 81), "Write a name"),
        (("ny", "--name", "Ny", "--like", "finns-inte"), "There is no organisation finns-inte to be like."),
    ],
)
def test_what_can_not_be_made_is_refused_in_words_and_leaves_nothing(running: Running, arguments: tuple[str, ...], words: str) -> None:
    before = rows(running, "SELECT * FROM organisations")
    done = run_here(running, "organisation", "add", *arguments, language=ENGLISH)
    assert (done.returncode, done.stdout) == (1, "")
    assert words in done.stderr
    assert rows(running, "SELECT * FROM organisations") == before


def test_a_name_must_be_given(running: Running) -> None:
    done = running.command("organisation", "add", "namnlos")
    assert done.returncode == 2
    assert "--name" in done.stderr


def test_the_list_says_who_is_there(running: Running) -> None:
    done = running.command("organisation", "list")
    assert done.returncode == 0
    assert re.search(r"^exempelkommun +Exempelkommun: \d administratörer, \d medlemmar, 0 telefoner, \d\d checklistor$", done.stdout, re.MULTILINE)


def test_no_organisation_is_said_so(tmp_path: Path) -> None:
    done = run_here(Running(tmp_path / "data"), "organisation", "list", language=ENGLISH)
    assert (done.returncode, done.stdout.strip()) == (0, "There is no organisation yet.")


def test_what_the_command_line_does_stands_in_the_trail(running: Running, tmp_path: Path) -> None:
    run_here(running, "organisation", "add", "arboga", "--name", "Arboga kommun")
    done = run_here(running, "publish", ROOT / "checklists", "--organisation", "arboga", "--by", "Maria Ek", "--changes", "Första utgåvan")
    assert done.returncode == 0, done.stderr
    for role in ("leader", "leader", "admin"):
        assert run_here(running, "invite", "Bo Dahl", "--role", role, "--organisation", "arboga", "--json").returncode == 0
    deeds = rows(running, "SELECT name, deed, title, before, after FROM audit WHERE organisation = 'arboga' ORDER BY number")
    published = [deed for deed in deeds if deed[1] == "checklist.published"]
    assert len(published) > 20
    assert {deed[0] for deed in published} == {"stormlykta publish"}
    assert json.loads(published[0][4]) == {"version": 1, "changes": "Första utgåvan", "by": "Maria Ek"}
    (sums,) = [json.loads(deed[4]) for deed in deeds if deed[1] == "library.published"]
    assert sums["contact-new"] > 20
    told = [(deed, title, json.loads(before), json.loads(after)) for name, deed, title, before, after in deeds if name == "stormlykta invite"]
    assert [deed for deed, *_ in told] == ["member.added", "member.invited", "member.invited", "member.changed", "member.invited"]
    assert told[3] == ("member.changed", "Bo Dahl", {"roles": ["leader"]}, {"roles": ["admin"]})
    again = run_here(running, "publish", ROOT / "checklists", "--organisation", "arboga")
    assert again.returncode == 0
    assert len(rows(running, "SELECT 1 FROM audit WHERE organisation = 'arboga'")) == len(deeds), "what changes nothing is no deed"
