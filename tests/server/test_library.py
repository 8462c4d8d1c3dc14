"""What is published reaches the phones whole, once, and stays: through the command line, and out of the real door."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import pytest

from stormlykta.texts.documents import document_hash
from tests.phone import Phone, new_id
from tests.server.conftest import Joined
from tests.server.terminal import run_here
from tests.server.test_documents_samples import Package, small_package
from tests.serving import Running


@pytest.fixture
def package(tmp_path: Path) -> Package:
    return small_package(tmp_path / "checklists")


async def publish(server: Running, phone: Phone, *paths: Path, code: int = 0) -> str:
    done = await asyncio.to_thread(run_here, server, "publish", *paths, "--organisation", phone.organisation, "--by", "Maria Ek")
    assert done.returncode == code, done.stderr
    return done.stdout if code == 0 else done.stderr


async def manifest_of(phone: Phone, beside: str = "") -> dict[str, Any]:
    """The manifest, once it is another than `beside`: the server looks for what other processes have written once a second."""
    deadline = time.monotonic() + 15
    while True:
        manifest: dict[str, Any] = (await phone.client.get(f"{phone.base}/library")).json()
        if manifest["hash"] != beside:
            return manifest
        assert time.monotonic() < deadline, "the published library was never seen"
        await asyncio.sleep(0.05)


async def document(phone: Phone, digest: str) -> dict[str, Any]:
    response = await phone.client.get(f"{phone.base}/documents/{digest}")
    assert response.status_code == 200
    assert document_hash(response.content) == digest
    found: dict[str, Any] = response.json()
    return found


async def test_what_is_published_is_on_every_phone_within_seconds_and_checks_out(server: Running, joined: Joined, package: Package) -> None:
    anna = await joined("anna")
    empty = await manifest_of(anna)
    assert (empty["checklists"], empty["messages"]) == ([], "")
    done = await asyncio.to_thread(server.command, "publish", package.folder, "--organisation", anna.organisation, "--by", "Maria Ek")
    said = done.stdout
    manifest = await manifest_of(anna, beside=empty["hash"])
    assert "(strom, v1)" in said
    assert (await anna.push([]))["library"] == manifest["hash"]
    assert manifest["organisation"]["id"] == anna.organisation
    assert set(manifest) == {"hash", "organisation", "checklists", "members", "contacts", "messages", "exercises", "vocabulary", "roster", "logo"}
    first, second = manifest["checklists"]
    assert set(first) >= {"id", "version", "hash", "title", "kind", "order", "published", "published_by", "review_by"}
    assert [(each["id"], each["version"], each["kind"], each["published_by"]) for each in (first, second)] == [
        ("strom", 1, "action-card", "Maria Ek"),
        ("tele", 1, "role-card", "Maria Ek"),
    ]
    assert abs(first["published"] - time.time() * 1000) < 60_000
    assert first["review_by"] == "2026-02-28"
    digests = [first["hash"], second["hash"], *(manifest[part] for part in ("contacts", "messages", "exercises", "vocabulary"))]
    documents = [await document(anna, digest) for digest in digests]
    assert [each["type"] for each in documents] == ["checklist", "checklist", "contacts", "messages", "exercises", "vocabulary"]
    assert "version" not in documents[0]


async def test_the_manifest_is_not_sent_again_to_who_has_it_and_documents_are_for_ever(server: Running, joined: Joined, package: Package) -> None:
    anna = await joined("anna")
    await publish(server, anna, package.folder)
    manifest = await manifest_of(anna)
    first = await anna.client.get(f"{anna.base}/library")
    tag = first.headers["etag"]
    assert tag == f'"{manifest["hash"]}"'
    for asked in (tag, f'"x", {tag}', f"W/{tag}"):
        again = await anna.client.get(f"{anna.base}/library", headers={"If-None-Match": asked})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (await anna.client.get(f"{anna.base}/library", headers={"If-None-Match": '"another"'})).status_code == 200
    assert "no-cache" in first.headers["cache-control"]
    digest = manifest["checklists"][0]["hash"]
    packed = await anna.client.get(f"{anna.base}/documents/{digest}")
    plain = await anna.client.get(f"{anna.base}/documents/{digest}", headers={"Accept-Encoding": "identity"})
    assert "immutable" in packed.headers["cache-control"]
    assert "private" in packed.headers["cache-control"]
    assert (packed.headers.get("content-encoding"), plain.headers.get("content-encoding")) == ("gzip", None)
    assert packed.content == plain.content
    missing = await anna.client.get(f"{anna.base}/documents/{new_id()}")
    assert (missing.status_code, missing.headers["cache-control"]) == (404, "no-store")


async def test_the_same_twice_is_no_new_version_and_a_change_is_the_next_one(server: Running, joined: Joined, package: Package) -> None:
    anna = await joined("anna")
    await publish(server, anna, package.folder)
    first = await manifest_of(anna)
    said = await publish(server, anna, package.folder)
    assert "0 nya, 0 ändrade" in said
    package.change("cards/strom.sv.md", "Räkna bränslet", "Räkna dieseln")
    said = await publish(server, anna, package.folder / "cards")
    assert "v2" in said
    second = await manifest_of(anna, beside=first["hash"])
    assert [(each["id"], each["version"]) for each in second["checklists"]] == [("strom", 2), ("tele", 1)]
    old, new = first["checklists"][0], second["checklists"][0]
    assert (await document(anna, old["hash"]))["phases"][1]["steps"][0]["text"]["sv"] == "Räkna bränslet"
    assert (await document(anna, new["hash"]))["phases"][1]["steps"][0]["text"]["sv"] == "Räkna dieseln"
    assert second["checklists"][1] == first["checklists"][1]
    assert second["messages"] == first["messages"]


async def test_one_bad_file_publishes_nothing_at_all(server: Running, joined: Joined, package: Package) -> None:
    anna = await joined("anna")
    await publish(server, anna, package.folder)
    before = await manifest_of(anna)
    package.change("cards/strom.sv.md", "Räkna bränslet", "Räkna dieseln").change("cards/tele.sv.md", "Läge: läs-gör", "Läge: gissa")
    said = await publish(server, anna, package.folder, code=1)
    line = (package.folder / "cards/tele.sv.md").read_text().splitlines().index("Läge: gissa") + 1
    assert f"{package.folder}/cards/tele.sv.md:{line}: fel: " in said
    assert "Ingenting fastställdes" in said
    await asyncio.sleep(1.2)
    assert await manifest_of(anna) == before


async def test_an_open_incident_keeps_its_version_and_its_export_holds_it(server: Running, joined: Joined, package: Package) -> None:
    anna, bo = await joined("anna"), await joined("bo")
    await publish(server, anna, package.folder)
    card = (await manifest_of(anna))["checklists"][0]
    inc = new_id()
    anna.write(inc, "open", body={"title": "Stormen Vera", "exercise": 0})
    anna.write(inc, "card", "AAAAAAAAAAA", body={"checklist": card["id"], "version": card["version"], "hash": card["hash"]})
    anna.write(inc, "mark", "AAAAAAAAAAA/strom-ring", body={"state": "done"})
    await anna.sync()
    package.change("cards/strom.sv.md", "Räkna bränslet", "Räkna dieseln")
    await publish(server, anna, package.folder)
    exported = await bo.client.get(f"{bo.base}/incidents/{inc}/export")
    assert exported.headers["content-type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in exported.text.splitlines()]
    assert [line["type"] for line in lines] == ["header", "document", "person", "operation", "operation", "operation", "seal"]
    header, kept, person, *operations, seal = lines
    assert (header["v"], header["organisation"], header["incident"], header["head"]) == (1, anna.organisation, inc, 3)
    assert kept["hash"] == card["hash"] == document_hash(kept["text"].encode())
    assert (person["device"], person["key"], person["name"]) == (anna.device, anna.key, "anna")
    assert [line["op"] for line in operations] == anna.written[inc]
    assert seal["seal"][:4] == [anna.device, inc, 1, 3]
    listed = (await bo.client.get(f"{bo.base}/incidents")).json()
    assert [(each[0], each[1], each[3]) for each in listed] == [(inc, 3, anna.written[inc][0])]


async def test_messages_are_merged_by_id_and_a_lone_file_may_refer_to_what_is_published(
    server: Running, joined: Joined, package: Package, tmp_path: Path
) -> None:
    anna = await joined("anna")
    await publish(server, anna, package.folder)
    before = await manifest_of(anna)
    other = tmp_path / "andra.sv.md"
    text = (package.folder / "messages/budskap.sv.md").read_text()
    other.write_text(text.replace("id: budskap", "id: andra").replace("title: Budskap", "title: Andra budskapet"))
    await publish(server, anna, other)
    after = await manifest_of(anna, beside=before["hash"])
    assert {message["id"] for message in (await document(anna, after["messages"]))["messages"]} == {"andra", "budskap"}
    card = package.folder / "cards/strom.sv.md"
    package.change("cards/strom.sv.md", "Räkna bränslet", "Räkna veden")
    await publish(server, anna, card)
    last = await manifest_of(anna, beside=after["hash"])
    assert last["checklists"][0]["version"] == 2
    assert last["messages"] == after["messages"]


async def test_imported_contacts_replace_the_list_and_tell_what_went_and_who_still_names_it(
    server: Running, joined: Joined, package: Package, tmp_path: Path
) -> None:
    anna = await joined("anna")
    await publish(server, anna, package.folder)
    before = await manifest_of(anna)
    table = tmp_path / "kontakter.csv"
    lines = (package.folder / "contacts/kontakter.csv").read_text().replace("Anna Prov", "Anna Nyprov").splitlines(keepends=True)
    table.write_text("".join(line for line in lines if not line.startswith("elnat")))
    done = await asyncio.to_thread(run_here, server, "contacts", "import", table, "--organisation", anna.organisation)
    assert done.returncode == 0, done.stderr
    assert "1 ändrade" in done.stdout
    assert "1 borttagna" in done.stdout
    assert "”elnat”" in done.stderr
    assert "Strömavbrott" in done.stderr
    after = await manifest_of(anna, beside=before["hash"])
    functions = (await document(anna, after["contacts"]))["functions"]
    assert [function["id"] for function in functions] == ["tib", "112", "11313"], "public numbers are a list of their own"
    assert functions[0]["persons"][0]["name"] == "Anna Nyprov"
    assert functions[0]["title"]["sv"] == "Tjänsteperson i beredskap"
    assert {key: after[key] for key in ("messages", "checklists", "vocabulary")} == {key: before[key] for key in ("messages", "checklists", "vocabulary")}

    table.write_text("".join(lines).replace("031-390 06 07", "ring växeln"))
    bad = await asyncio.to_thread(run_here, server, "contacts", "import", table, "--organisation", anna.organisation)
    assert bad.returncode == 1
    assert f"{table}:6: fel: " in bad.stderr
    await asyncio.sleep(1.2)
    assert (await manifest_of(anna))["hash"] == after["hash"]


async def test_two_organisations_publish_each_their_own(server: Running, joined: Joined, package: Package, organisation: str) -> None:
    anna, nora = await joined("anna"), await joined("nora", f"grann-{organisation}")
    await publish(server, anna, package.folder)
    manifest = await manifest_of(anna)
    assert manifest["checklists"]
    assert (await manifest_of(nora))["checklists"] == []
    assert (await nora.client.get(f"{nora.base}/documents/{manifest['checklists'][0]['hash']}")).status_code == 404
