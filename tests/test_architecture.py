"""docs/architecture.md is true: imports point down as it lists them, there are no cycles, files are small, and nothing forbidden is in the tree."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SERVER = ROOT / "server" / "stormlykta"
WEB = ROOT / "web" / "src"
PAGE = (ROOT / "docs" / "architecture.md").read_text()
SPEAK_HTTP = {"__main__", "server", "app", "desk", "doors", "pages", "walls"}
ROOMS = {"stormlykta"} | {f"stormlykta.{path.parent.name}" for path in SERVER.glob("*/__init__.py")}
LONGEST = {"tests": 400}  # lines, 300 elsewhere


def levels(which: str) -> dict[str, int]:
    block = re.search(rf"```imports {which}\n(.*?)```", PAGE, re.DOTALL)
    assert block is not None
    return {name: number for number, line in enumerate(block[1].splitlines()) for name in line.split()}


def server_modules() -> dict[str, Path]:
    return {
        str(path.relative_to(SERVER).with_suffix("")): path for path in SERVER.rglob("*.py") if "migrations" not in path.parts and path.name != "__init__.py"
    }


def imports_of(path: Path) -> set[str]:
    """Modules of ours that a file imports, wherever in the file; and `starlette` or `uvicorn`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            if name in ROOMS and isinstance(node, ast.ImportFrom):
                found |= {(name.removeprefix("stormlykta").strip(".") + "/" + alias.name).lstrip("/") for alias in node.names if alias.name != "__version__"}
            elif name.startswith("stormlykta."):
                found.add(name.removeprefix("stormlykta.").replace(".", "/"))
            elif name.split(".")[0] in ("starlette", "uvicorn"):
                found.add("HTTP")
    return found


def test_every_server_module_stands_in_the_list_and_imports_only_from_below() -> None:
    order = levels("server")
    modules = server_modules()
    assert set(modules) == set(order)
    upward = [
        f"{module} → {imported}" for module, path in modules.items() for imported in imports_of(path) - {"HTTP"} if order.get(imported, -1) <= order[module]
    ]
    assert upward == []


def test_only_the_modules_at_the_door_speak_http() -> None:
    assert {module for module, path in server_modules().items() if "HTTP" in imports_of(path) and not module.startswith("api/")} <= SPEAK_HTTP


def test_no_import_hides_inside_a_function() -> None:
    hidden = [
        f"{module}:{node.lineno}"
        for module, path in server_modules().items()
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_only_the_database_module_begins_a_transaction() -> None:
    begins = re.compile(r"\bBEGIN\b|\.begin\(|\bCOMMIT\b|\.commit\(|SAVEPOINT")
    assert [module for module, path in server_modules().items() if begins.search(path.read_text())] == ["database"]


def web_files() -> list[Path]:
    return [path for path in WEB.rglob("*.ts*") if ".test." not in path.name]


def room_of(path: Path) -> str:
    inside = path.relative_to(WEB)
    return inside.parts[0].removesuffix(".tsx").removesuffix(".ts")


def web_imports(path: Path) -> list[Path]:
    targets = re.findall(r"""(?:from|import)\s*\(?\s*['"](\.{1,2}/[^'"]+)['"]""", path.read_text())
    resolved = []
    for target in targets:
        base = (path.parent / target).resolve()
        for candidate in (base, base.with_name(base.name + ".ts"), base.with_name(base.name + ".tsx")):
            if candidate.is_file():
                resolved.append(candidate)
                break
    return [target for target in resolved if target.suffix in (".ts", ".tsx")]


def test_the_apps_rooms_import_only_from_below() -> None:
    order = levels("web")
    upward = []
    for path in web_files():
        room = room_of(path)
        assert room in order, f"{room} is not in the list"
        for target in web_imports(path):
            other = room_of(target)
            if other != room and order[other] <= order[room]:
                upward.append(f"{path.relative_to(WEB)} → {target.relative_to(WEB)}")
            if other == "device" and room in ("screens", "parts", "app"):
                upward.append(f"{path.relative_to(WEB)} → {target.relative_to(WEB)}: screens see the state, not the device")
    assert upward == []


def test_the_desks_rooms_import_only_from_below() -> None:
    order = levels("admin")
    desk = WEB / "admin"
    rooms = {path: path.parent.name for path in desk.glob("*/*.ts*") if path.parent.name != "text"}
    assert set(rooms.values()) == set(order)
    upward = [
        f"{path.relative_to(desk)} → {target.relative_to(desk)}"
        for path, room in rooms.items()
        for target in web_imports(path)
        if target in rooms and rooms[target] != room and order[rooms[target]] <= order[room]
    ]
    assert upward == []


def test_the_app_has_no_import_cycles() -> None:
    graph = {path: web_imports(path) for path in web_files()}
    done: set[Path] = set()

    def visit(path: Path, above: tuple[Path, ...]) -> None:
        assert path not in above, " → ".join(str(each.relative_to(WEB)) for each in (*above, path))
        if path not in done:
            for target in graph.get(path, []):
                visit(target, (*above, path))
            done.add(path)

    for path in graph:
        visit(path, ())


def test_core_reads_no_clock_no_chance_and_no_world() -> None:
    world = re.compile(
        r"Date\.now|new Date\(|Math\.random|crypto\.|\bfetch\(|\bwindow\b|\bdocument\.|localStorage|indexedDB|navigator|performance\.now|toLocale"
    )
    offenders = [
        f"{path.name}: {match[0]}"
        for path in (WEB / "core").glob("*.ts")
        for line in path.read_text().splitlines()
        if (match := world.search(line.split("//")[0])) and not line.lstrip().startswith("*")
    ]
    assert offenders == []


@pytest.mark.parametrize("folder", ["server", "web/src", "web/sw", "tests", "bench", "scripts"])
def test_files_are_small_and_say_what_they_are_for(folder: str) -> None:
    paths = [
        path for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".ts", ".tsx") and "versions" not in path.parts and path.name != "__init__.py"
    ]
    assert [f"{path.relative_to(ROOT)}: {length}" for path in paths if (length := len(path.read_text().splitlines())) > LONGEST.get(folder, 300)] == []
    assert [str(path.relative_to(ROOT)) for path in paths if not re.match(r'\s*("""|/\*|//|#)', path.read_text())] == []


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_nothing_that_loosens_a_check_is_in_the_code() -> None:
    marks = re.compile(
        r"\bTODO\b|\bFIXME\b|\bXXX\b|pytest\.mark\.(skip|xfail)|\b(it|test|describe)\.(skip|only|todo)"
        r"|: any\b|as any\b|eslint-disable|@ts-(ignore|expect-error)"
    )
    code = [path for path in tracked() if path.suffix in (".py", ".ts", ".tsx", ".css") and path.name != Path(__file__).name]
    assert [f"{path.relative_to(ROOT)}: {match[0]}" for path in code if (match := marks.search(path.read_text()))] == []


def test_no_lock_file_names_a_registry() -> None:
    for name in ("package-lock.json", "requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        assert not re.search(r'"resolved"|index-url|find-links', text), name
    assert "--hash=sha256:" in (ROOT / "requirements.txt").read_text()
