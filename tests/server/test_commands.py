"""The command line as an administrator meets it: Swedish and English, what went wrong and where, and exit codes that a script can trust."""

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.phone import Phone
from tests.server.terminal import run_here
from tests.server.test_documents_samples import Package, small_package
from tests.serving import ROOT, STORMLYKTA, Running

ENGLISH = "en_GB.UTF-8"
SWEDISH = "sv_SE.UTF-8"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Running:
    """Only the folder and the commands: no server runs."""
    return Running(tmp_path_factory.mktemp("commands") / "data")


@pytest.fixture
def package(tmp_path: Path) -> Package:
    return small_package(tmp_path / "checklists")


def members(running: Running) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(running.data / "stormlykta.db")) as database:
        return database.execute("SELECT organisation, name, roles FROM members ORDER BY name").fetchall()


def test_an_invitation_as_json_is_one_object_of_four_things(running: Running) -> None:
    done = running.command("invite", "Anna Berg", "--json")
    assert done.returncode == 0
    invited = json.loads(done.stdout)
    assert set(invited) == {"code", "expires", "organisation", "member"}
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{8}", invited["code"])
    assert 24 * 3_600_000 < invited["expires"] - time.time() * 1000 <= 48 * 3_600_000
    assert invited["organisation"] == "exempelkommun"
    again = json.loads(run_here(running, "invite", "Anna Berg", "--json").stdout)
    assert again["member"] == invited["member"]
    assert again["code"] != invited["code"]


@pytest.mark.parametrize(("language", "words"), [(SWEDISH, ("Kod för Åsa Öberg:", "Öppna http")), (ENGLISH, ("Code for Åsa Öberg:", "Open http"))])
def test_an_invitation_shows_the_code_its_link_and_its_square(running: Running, language: str, words: tuple[str, str]) -> None:
    running.environment["STORMLYKTA_URL"] = "https://kris.example/"
    done = run_here(running, "invite", " Åsa Öberg ", language=language)
    del running.environment["STORMLYKTA_URL"]
    assert done.returncode == 0, done.stderr
    assert all(word in done.stdout for word in words)
    (spoken,) = re.findall(r"\b([0-9A-Z]{4}-[0-9A-Z]{4})\b", done.stdout)
    assert f"https://kris.example/#/gamed/{spoken.replace('-', '')}" in done.stdout
    assert "█" in done.stdout


def test_roles_are_given_kept_and_changed(running: Running) -> None:
    def roles() -> str:
        return next(roles for _, name, roles in members(running) if name == "Eva")

    assert run_here(running, "invite", "Eva", "--role", "editor", "--role", "admin", "--json").returncode == 0
    assert roles() == "editor,admin"
    assert run_here(running, "invite", "Eva", "--json").returncode == 0
    assert roles() == "editor,admin", "a second phone must not change what somebody may do"
    assert run_here(running, "invite", "Eva", "--role", "leader", "--json").returncode == 0
    assert roles() == "leader"
    wrong = run_here(running, "invite", "Eva", "--role", "chef")
    assert wrong.returncode == 2
    assert "chef" in wrong.stderr


@pytest.mark.parametrize(("language", "word"), [(SWEDISH, "Skriv ett namn."), (ENGLISH, "Write a name.")])
def test_a_name_of_nothing_is_refused(running: Running, language: str, word: str) -> None:
    done = run_here(running, "invite", "  ", language=language)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (1, "", word)


@pytest.mark.parametrize(
    ("command", "language", "word"),
    [(("invite", "Anna"), SWEDISH, "Ett id för en organisation"), (("publish", str(ROOT / "README.md")), ENGLISH, "An organisation's id")],
)
def test_an_organisation_id_that_is_none_is_refused_in_words(running: Running, command: tuple[str, ...], language: str, word: str) -> None:
    done = run_here(running, *command, "--organisation", "Å B", language=language)
    assert done.returncode == 1
    assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_a_new_organisation_is_made_and_said_so(running: Running) -> None:
    done = run_here(running, "invite", "Nora", "--organisation", "grannkommun", language=ENGLISH)
    assert "The organisation grannkommun did not exist and has been made." in done.stderr
    assert "Code for Nora" in done.stdout
    assert ("grannkommun", "Nora", "leader") in members(running)


@pytest.mark.parametrize(("language", "error", "sum_up"), [(SWEDISH, "fel", "Ingenting fastställdes"), (ENGLISH, "error", "Nothing was published")])
def test_an_error_names_file_line_and_what_to_do(running: Running, package: Package, language: str, error: str, sum_up: str) -> None:
    package.change("cards/strom.sv.md", "- Vem: tib", "- Vem: rymdchefen").change("messages/budskap.sv.md", "approve: tib", "aprove: tib")
    cards = (package.folder / "cards/strom.sv.md").read_text().splitlines()
    line = next(number for number, text in enumerate(cards, 1) if "rymdchefen" in text)
    for command in ("publish", "check") if language == SWEDISH else ("publish",):
        done = run_here(running, command, package.folder, language=language)
        assert done.returncode == 1
        assert f"{package.folder}/cards/strom.sv.md:{line}: {error}: " in done.stderr
        assert "rymdchefen" in done.stderr
        assert "aprove" in done.stderr
        assert (sum_up in done.stderr) is (command == "publish")
        assert done.stdout == ""


@pytest.mark.parametrize(("language", "said"), [(SWEDISH, "9 nya, 0 ändrade, 0 oförändrade"), (ENGLISH, "9 new, 0 changed, 0 unchanged")])
def test_what_was_published_is_told(running: Running, package: Package, language: str, said: str) -> None:
    organisation = f"kommun-{language[:2]}"
    done = run_here(running, "publish", package.folder, "--organisation", organisation, "--changes", "Ny mall", language=language)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout
    with closing(sqlite3.connect(running.data / "stormlykta.db")) as database:
        asked = "SELECT checklist, version, published_by, changes FROM versions WHERE organisation = ? ORDER BY checklist"
        rows = database.execute(asked, (organisation,)).fetchall()
    assert rows == [("strom", 1, "stormlykta publish", "Ny mall"), ("tele", 1, "stormlykta publish", "Ny mall")]


def test_a_path_that_is_not_there_is_an_error_in_words(running: Running, tmp_path: Path) -> None:
    for command in (("publish", tmp_path / "borta"), ("check", tmp_path / "borta.sv.md"), ("contacts", "import", tmp_path / "borta.csv")):
        done = run_here(running, *command)
        assert done.returncode == 1, command
        assert str(tmp_path / "borta") in done.stderr
        assert "Traceback" not in done.stderr


def test_checking_writes_nothing_not_even_a_database(package: Package, tmp_path: Path) -> None:
    empty = Running(tmp_path / "data")
    done = run_here(empty, "check", package.folder, language=ENGLISH)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 cards, 1 messages, 1 exercises" in done.stdout
    assert not (tmp_path / "data").exists()


def test_phones_are_listed_and_revoked(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    running = Running(tmp_path / "data")
    request.addfinalizer(running.stop)
    assert run_here(running, "devices").stdout.strip() == "Inga telefoner har gått med än."
    code = running.invite("Anna")["code"]
    running.start()
    with httpx.Client(base_url=running.url) as client:
        anna = Phone("anna", httpx.AsyncClient())
        anna.device = f"-{anna.device[1:]}"  # as one phone in 64
        assert client.post("/api/join", json={"code": code, **anna.introduction()}).status_code == 201
    running.stop()
    listed = run_here(running, "devices", language=ENGLISH).stdout
    assert anna.device in listed
    assert "Anna · annas telefon · seen " in listed
    assert run_here(running, "revoke", anna.device).stdout.strip() == f"Telefonen {anna.device} är spärrad."
    assert run_here(running, "devices").stdout.startswith("spärrad")
    nobody = run_here(running, "revoke", "ingen", language=ENGLISH)
    assert (nobody.returncode, nobody.stdout.strip()) == (1, "There is no phone ingen in exempelkommun.")


@pytest.mark.parametrize(("language", "said"), [(SWEDISH, "används redan"), (ENGLISH, "is taken")])
def test_a_port_that_is_taken_is_said_in_words(running: Running, language: str, said: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = running.command("serve", "--port", str(taken.getsockname()[1]), language=language)
    assert done.returncode == 1
    assert said in done.stderr
    assert str(taken) not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("folder", "command", "language", "said"),
    [
        ("fil", ("invite", "Anna"), SWEDISH, "går inte att skriva i"),
        ("fil/data", ("serve", "--port", "0"), ENGLISH, "can not be written to"),
        ("fil/data", ("publish", str(ROOT / "checklists")), SWEDISH, "går inte att skriva i"),
    ],
)
def test_a_folder_that_can_not_be_written_is_said_in_words(tmp_path: Path, folder: str, command: tuple[str, ...], language: str, said: str) -> None:
    (tmp_path / "fil").write_text("inte en mapp")
    done = run_here(Running(tmp_path / folder), *command, language=language)
    assert done.returncode == 1
    assert f"{tmp_path / folder}" in done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("command", "language", "said"),
    [
        (("invite", "Anna"), SWEDISH, "går inte att använda: file is not a database"),
        (("serve", "--port", "0"), ENGLISH, "can not be used: file is not a database"),
        (("check", str(ROOT / "checklists")), ENGLISH, "can not be used: file is not a database"),
    ],
)
def test_a_file_that_is_no_database_is_said_in_words_and_left_alone(tmp_path: Path, command: tuple[str, ...], language: str, said: str) -> None:
    (tmp_path / "stormlykta.db").write_bytes(b"det var en gang en databas" * 100)
    done = run_here(Running(tmp_path), *command, language=language)
    assert done.returncode == 1
    assert f"{tmp_path / 'stormlykta.db'} {said}" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "stormlykta.db").read_bytes() == b"det var en gang en databas" * 100


@pytest.mark.parametrize(("language", "said"), [(SWEDISH, "fastställ checklistor"), (ENGLISH, "publish checklists")])
def test_help_is_in_the_language_of_the_terminal(running: Running, language: str, said: str) -> None:
    done = running.command("--help", language=language)
    assert done.returncode == 0
    assert said in done.stdout


def test_the_folder_may_be_given_either_way_and_the_module_is_the_same_program(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("STORMLYKTA_DATA", "LC_ALL")}
    for arguments in (["--data", str(tmp_path / "given")], []):
        done = subprocess.run(
            [sys.executable, "-m", "stormlykta", "invite", "Anna", "--json", *arguments],
            env={**environment, "STORMLYKTA_DATA": str(tmp_path / "set")},
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=True,
        )
        assert json.loads(done.stdout)["organisation"] == "exempelkommun"
    assert (tmp_path / "given" / "stormlykta.db").exists()
    assert (tmp_path / "set" / "stormlykta.db").exists()


def test_several_commands_at_once_wait_for_each_other(running: Running) -> None:
    names = [f"Person {number}" for number in range(3)]
    started = [subprocess.Popen([STORMLYKTA, "invite", name, "--json"], env=running.environment, stdout=subprocess.PIPE) for name in names]
    codes = {json.loads(each.communicate(timeout=60)[0])["code"] for each in started}
    assert len(codes) == 3
    assert {name for _, name, _ in members(running)} >= set(names)
