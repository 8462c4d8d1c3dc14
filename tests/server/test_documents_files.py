"""What lies on a disk is never more than a finding: odd bytes, odd names, odd folders; and no text at all can make the reader fall."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from stormlykta.texts.documents import Known, canonical, read_contacts, read_library
from stormlykta.texts.findings import Findings
from stormlykta.texts.grammar import Source, read_front
from stormlykta.texts.package import Package
from stormlykta.texts.source_files import TextFile, clean_lines
from tests.server.test_documents_samples import PACKAGE, small_package

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NAMES = sorted(PACKAGE)


@pytest.mark.parametrize(
    ("data", "line", "phrase"),
    [
        (b"", 0, "empty"),
        (b"\xef\xbb\xbf \r\n", 0, "empty"),
        (b"---\nid: str\x00m\n---\n", 2, "U+0000"),
        ("---\nid: \u202estrom\n---\n".encode(), 2, "U+202E"),
        ("---\ntitle: Åska\n---\n".encode("cp1252"), 2, "not UTF-8"),
        (b"---\n" + b"x" * 4001 + b"\n---\n", 2, "longer than 4000"),
        (b"x\n" * 20_001, 0, "more than 20000 lines"),
        (b"x" * (4 * 1024 * 1024 + 1), 0, "larger than 4 MiB"),
    ],
)
def test_bytes_that_are_no_text_are_told_with_their_line(tmp_path: Path, data: bytes, line: int, phrase: str) -> None:
    path = tmp_path / "kort.sv.md"
    path.write_bytes(data)
    findings = read_library([path], Known(), "en")[1]
    assert [f for f in findings if (f.file, f.line, f.severity) == (str(path), line, "error") and phrase in f.message], findings


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_byte_order_marks_and_line_ends_change_nothing(tmp_path: Path, mark: bytes, end: str) -> None:
    plain = small_package(tmp_path / "plain")
    odd = small_package(tmp_path / "odd")
    for name, text in PACKAGE.items():
        (odd.folder / name).write_bytes(mark + text.replace("\n", end).encode())
    assert odd.findings() == []
    assert [canonical(card) for card in odd.read()[0].checklists] == [canonical(card) for card in plain.read()[0].checklists]
    assert odd.read()[0].contacts == plain.read()[0].contacts


@pytest.mark.parametrize(
    ("name", "text", "phrase"),
    [
        ("kort.md", "x", "must end in .sv.md or .en.md"),
        ("rollerna.yml", "x", "must be named roles.yml"),
        ("ensam.en.md", "---\nid: x\n---\n", "ensam.sv.md is missing"),
        ("ensam.inspelslista.csv", "x", "ensam.sv.md is missing"),
        ("under/roles.yml", PACKAGE["roles.yml"], "already in"),
    ],
)
def test_a_file_that_belongs_to_nothing_is_told(tmp_path: Path, name: str, text: str, phrase: str) -> None:
    package = small_package(tmp_path)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(text, "utf-8")
    assert [f for f in package.findings() if phrase in f[3]], package.findings()


def test_what_is_no_content_is_passed_over_and_a_document_that_could_be_is_advised_about(tmp_path: Path) -> None:
    package = small_package(tmp_path)
    for name in ("README.md", ".hidden.md", "~$kort.docx", "bild.png", ".git"):
        (tmp_path / name).write_text("x")
    assert package.findings() == []
    (tmp_path / "kort.docx").write_text("x")
    assert [(f[0], f[2]) for f in package.findings()] == [("kort.docx", "advice")]


def test_paths_that_lead_nowhere_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", tmp_path / "nowhere.sv.md", Path("\0"), tmp_path / ("x" * 5000)):
        assert [(f.line, f.severity) for f in read_library([path], Known(), "sv")[1]] == [(0, "error")]
        assert [(f.line, f.severity) for f in read_contacts(path, "sv")[1]] == [(0, "error")]
    (tmp_path / "empty").mkdir()
    assert "Nothing to read" in read_library([tmp_path / "empty"], Known(), "en")[1][0].message
    assert read_library([], Known(), "en")[1] == []
    assert len(read_contacts(tmp_path / "empty", "en")[1]) == 1


def test_a_file_named_twice_is_read_once_and_a_loop_of_links_ends(tmp_path: Path) -> None:
    package = small_package(tmp_path)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    library, findings = read_library([tmp_path, tmp_path / "roles.yml", tmp_path / "cards"], Known(), "sv")
    assert findings == []
    assert len(library.checklists) == len(package.read()[0].checklists)


def lines_broken(name: str) -> st.SearchStrategy[str]:
    """The right file with some lines gone, doubled, moved, or written over with anything."""
    lines = PACKAGE[name].split("\n")
    line = st.one_of(st.sampled_from(lines), st.text(max_size=40), st.sampled_from(lines).map(lambda text: text[: len(text) // 2]))
    return st.builds(
        lambda start, cut, new: "\n".join([*lines[:start], *new, *lines[start + cut :]]),
        st.integers(0, len(lines)),
        st.integers(0, 4),
        st.lists(line, max_size=4),
    )


@SETTINGS
@given(st.sampled_from(NAMES).flatmap(lambda name: st.tuples(st.just(name), lines_broken(name))))
@example((NAMES[0], PACKAGE[NAMES[0]]))
def test_no_broken_line_makes_the_reader_fall(case: tuple[str, str]) -> None:
    name, text = case
    check({**{each: text.encode() for each, text in PACKAGE.items()}, name: text.encode("utf-8", "surrogatepass")})


@SETTINGS
@given(st.sampled_from(NAMES), st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_no_bytes_make_the_reader_fall(name: str, data: bytes) -> None:
    check({**{each: text.encode() for each, text in PACKAGE.items()}, name: data})
    check({name: data})


@SETTINGS
@given(st.dictionaries(st.sampled_from(["id", "type", "language", "version", "minutes", "reviewed", "review_interval", "order"]), st.text(max_size=30)))
def test_no_front_matter_makes_the_reader_fall(values: dict[str, str]) -> None:
    findings = Findings("sv")
    lines = ["---", *(f"{key}: {value}" for key, value in values.items()), "---"]
    read_front(Source("x", "sv", lines), findings)
    for kind in ("action-card", "role-card", "template", "exercise"):
        check({"x.sv.md": "\n".join([lines[0], f"type: {kind}", *lines[1:]]).encode("utf-8", "surrogatepass")})


def check(files: dict[str, bytes]) -> None:
    """Reads the bytes as a package, in memory; whatever comes out can be written as JSON, and every finding has its place."""
    for language in ("sv", "en"):
        findings = Findings("sv" if language == "sv" else "en")
        read = [(name, clean_lines(name, data, findings)) for name, data in files.items()]
        package = Package([TextFile(name, Path(name), lines) for name, lines in read if lines is not None], findings)
        library = package.library({})
        package.check(Known())
        for document in [*library.checklists, library.messages, library.exercises, library.contacts, library.vocabulary]:
            assert document is None or canonical(document)
        assert all(finding.file in files and finding.line >= 0 and finding.message for finding in findings.in_order())
