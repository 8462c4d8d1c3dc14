"""The organisation sets itself up: what may stand in each field, two who change at once, words that are used, a logo that is none."""

import base64
import io
import json
import re
import sqlite3
import struct
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.desk import DeskClient
from tests.server.conftest import Joined, Sat
from tests.serving import ROOT, Running


@pytest.fixture
def published(server: Running, organisation: str) -> str:
    """The organisation has the starter library."""
    done = server.command("publish", ROOT / "checklists", "--organisation", organisation)
    assert done.returncode == 0, done.stderr
    return organisation


async def settings_of(desk: DeskClient) -> dict[str, Any]:
    response = await desk.get("settings")
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


async def change(desk: DeskClient, **wanted: Any) -> httpx.Response:
    return await desk.put("settings", {"mark": (await settings_of(desk))["mark"], **wanted})


async def deeds(desk: DeskClient) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = (await desk.get("trail")).json()["entries"]
    return entries


async def test_a_new_organisation_has_sound_defaults(sat: Sat, organisation: str) -> None:
    settings = (await settings_of(await sat("Maria")))["settings"]
    assert settings == {
        "name": organisation.capitalize(),
        "emergency": ["112", "tib", "lansstyrelsen-tib"],
        "review_months": 12,
        "contact_days": 365,
        "second_person": False,
        "languages": ["sv", "en"],
        "staff": None,
        "levels": [],
    }


async def test_what_is_changed_reaches_the_phones_and_the_trail_and_the_rest_stays(sat: Sat, joined: Joined, published: str) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    async with anna.client.stream("GET", f"{anna.base}/live") as stream:
        heard = stream.aiter_lines()
        await anext(heard)
        done = await change(
            maria,
            name="  Sala\u0007kommun ",
            emergency=["11313", "112"],
            review_months=6,
            second_person=True,
            languages=["sv"],
            staff={"sv": "Central stab", "en": ""},
            levels=[{"sv": "Bevakning"}, {"sv": "Stabsläge", "en": "Standby"}],
        )
        assert done.status_code == 200, done.text
        async for line in heard:
            if line.startswith("data:") and "library" in line:
                break
    told = (await anna.client.get(f"{anna.base}/library")).json()["organisation"]
    assert told["name"] == "Salakommun"
    assert (told["review_months"], told["second_person"], told["languages"]) == (6, True, ["sv"])
    assert told["staff"] == {"sv": "Central stab"}
    assert told["levels"] == [{"sv": "Bevakning"}, {"sv": "Stabsläge", "en": "Standby"}]
    assert done.json()["settings"]["contact_days"] == 365
    (deed,) = [deed for deed in await deeds(maria) if deed["deed"] == "settings.changed"]
    assert (deed["name"], deed["title"], deed["way"]) == ("Maria", "Salakommun", "password")
    assert deed["before"]["review_months"] == 12
    assert deed["after"]["review_months"] == 6
    assert "contact_days" not in deed["after"]


async def test_what_changes_nothing_is_no_deed(sat: Sat) -> None:
    maria = await sat("Maria")
    assert (await change(maria, review_months=12)).status_code == 200
    assert await deeds(maria) == []


@pytest.mark.parametrize(
    ("wanted", "fields"),
    [
        ({"name": "  \u200b "}, {"name": "empty"}),
        ({"name": "x" * 81}, {"name": "long"}),
        ({"emergency": ["112", "112"]}, {"emergency": "twice"}),
        ({"emergency": ["112", "tib", "lansstyrelsen-tib", "elnat"]}, {"emergency": "many"}),
        ({"emergency": ["finns-inte"]}, {"emergency": "unknown"}),
        ({"review_months": 0}, {"review_months": "range"}),
        ({"contact_days": 6, "review_months": 61}, {"contact_days": "range", "review_months": "range"}),
        ({"languages": ["en"]}, {"languages": "languages"}),
        ({"languages": ["sv", "fi"]}, {"languages": "languages"}),
        ({"languages": []}, {"languages": "languages"}),
        ({"staff": {"sv": "", "en": "Staff"}}, {"staff": "empty"}),
        ({"levels": [{"sv": "Gul"}, {"sv": " "}]}, {"levels.1": "empty"}),
        ({"levels": [{"sv": "Gul"}, {"sv": "gul"}]}, {"levels.1": "twice"}),
        ({"levels": [{"sv": str(number)} for number in range(9)]}, {"levels": "many"}),
    ],
)
async def test_a_field_that_is_wrong_is_named_with_its_reason_and_nothing_is_changed(sat: Sat, wanted: dict[str, Any], fields: dict[str, str]) -> None:
    maria = await sat("Maria")
    before = await settings_of(maria)
    refused = await change(maria, **{"second_person": True, **wanted})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "field")
    assert refused.json()["fields"] == fields
    assert await settings_of(maria) == before


@pytest.mark.parametrize("wanted", [{"review_months": "tolv"}, {"name": None}, {"languages": "sv"}, {"staff": {"en": "x"}}, {"levels": [1]}])
async def test_what_has_the_wrong_form_is_refused_as_such(sat: Sat, wanted: dict[str, Any]) -> None:
    refused = await change(await sat("Maria"), **wanted)
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "shape")


async def test_a_setting_that_this_server_does_not_know_is_left_as_it_is(sat: Sat, joined: Joined, server: Running, organisation: str) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    with closing(sqlite3.connect(server.data / "stormlykta.db", timeout=10)) as database, database:
        database.execute("UPDATE organisations SET settings = json_set(settings, '$.tomorrow', 7) WHERE id = ?", (organisation,))
    assert (await change(maria, review_months=9)).status_code == 200
    told = (await anna.client.get(f"{anna.base}/library")).json()["organisation"]
    assert (told["tomorrow"], told["review_months"]) == (7, 9)


async def test_a_script_in_a_name_is_kept_as_letters(sat: Sat, joined: Joined) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    name = '<img src=x onerror="alert(1)">'
    assert (await change(maria, name=name)).status_code == 200
    answer = await anna.client.get(f"{anna.base}/library")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["organisation"]["name"] == name


async def test_who_changes_what_they_have_not_seen_is_shown_what_there_is_now(sat: Sat) -> None:
    maria, erik = await sat("Maria"), await sat("Erik")
    seen = (await settings_of(erik))["mark"]
    assert (await change(maria, review_months=18)).status_code == 200
    refused = await erik.put("settings", {"mark": seen, "review_months": 6})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "conflict")
    present = refused.json()["present"]
    assert present["settings"]["review_months"] == 18
    assert present == await settings_of(erik)
    assert (await erik.put("settings", {"mark": present["mark"], "review_months": 6})).status_code == 200


async def test_a_number_that_has_left_the_contacts_may_stay_but_not_be_chosen_anew(sat: Sat, server: Running, organisation: str) -> None:
    maria = await sat("Maria")
    assert (await change(maria, emergency=["tib"])).status_code == 200
    assert (await settings_of(maria))["numbers"] == []
    refused = await change(maria, emergency=["112"])
    assert refused.json()["fields"] == {"emergency": "unknown"}


async def test_secret_numbers_are_told_only_to_leaders(sat: Sat, server: Running, organisation: str, tmp_path: Path) -> None:
    starter = (ROOT / "checklists/contacts/kontakter.csv").read_text().splitlines()
    secret = next(line for line in starter if line.startswith("tib;"))
    plain = next(line for line in starter if line.startswith("kommundirektor;"))
    table = tmp_path / "kontakter.csv"
    table.write_text("\n".join([next(line for line in starter if line.startswith("id;")), re.sub(";nej;$", ";ja;", secret), plain]) + "\n")
    done = server.command("contacts", "import", table, "--organisation", organisation)
    assert done.returncode == 0, done.stderr
    maria, lena = await sat("Maria"), await sat("Lena", roles="admin,leader")
    assert [(each["id"], each["number"] is None, each["private"]) for each in (await maria.get("settings/numbers")).json()] == [
        ("tib", True, True),
        ("kommundirektor", False, False),
    ]
    (found,) = (await lena.get("settings/numbers?q=beredskap%20VAKT")).json()
    assert (found["id"], found["number"]) == ("tib", secret.split(";")[10])
    assert found["number"] not in (await maria.get("settings")).text
    assert found["number"] in (await lena.get("settings")).text


async def words_of(desk: DeskClient) -> dict[str, Any]:
    words: dict[str, Any] = (await settings_of(desk))["words"]
    return words


async def test_a_role_gets_another_name_and_keeps_its_id_on_every_phone(sat: Sat, joined: Joined, published: str) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    words = await words_of(maria)
    roles = [{**role, "title": {"sv": "Beredskapschef", "en": "Duty chief"}} if role["id"] == "tib" else role for role in words["roles"]]
    roles.append({"title": {"sv": "Åsnedrivare, öst"}, "task": {"sv": "Leder åsnorna."}})
    done = await maria.put("settings/words", {"mark": words["mark"], "roles": roles})
    assert done.status_code == 200, done.text
    library = (await anna.client.get(f"{anna.base}/library")).json()
    document = (await anna.client.get(f"{anna.base}/documents/{library['vocabulary']}")).json()
    assert next(role for role in document["roles"] if role["id"] == "tib")["title"] == {"sv": "Beredskapschef", "en": "Duty chief"}
    assert document["roles"][-1]["id"] == "asnedrivare-ost"
    assert document["sources"], "what the page does not show is left as it was"
    (deed,) = [deed for deed in await deeds(maria) if deed["deed"] == "vocabulary.changed"]
    assert set(deed["before"]["roles"]) == {"tib"}
    assert set(deed["after"]["roles"]) == {"tib", "asnedrivare-ost"}


async def test_who_takes_away_a_role_that_is_used_is_told_where_and_may_mean_it(sat: Sat, published: str) -> None:
    maria = await sat("Maria")
    words = await words_of(maria)
    roles = [role for role in words["roles"] if role["id"] != "stabschef"]
    refused = await maria.put("settings/words", {"mark": words["mark"], "roles": roles})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "in-use")
    uses = refused.json()["roles"]["stabschef"]
    assert any(use["sort"] == "checklist" for use in uses)
    assert uses == words["uses"]["stabschef"]
    assert await words_of(maria) == words
    done = await maria.put("settings/words", {"mark": words["mark"], "roles": roles, "despite": ["stabschef"]})
    assert done.status_code == 200
    assert "stabschef" not in {role["id"] for role in done.json()["words"]["roles"]}


async def test_phases_get_other_names_and_another_order_and_cards_that_stand_otherwise_are_named(sat: Sat, published: str) -> None:
    maria = await sat("Maria")
    words = await words_of(maria)
    assert words["disordered"] == []
    phases = [{**phase, "title": {"sv": "Genast"}} if phase["id"] == "f15" else phase for phase in reversed(words["phases"])]
    done = await maria.put("settings/words", {"mark": words["mark"], "phases": phases})
    assert done.status_code == 200, done.text
    after = done.json()["words"]
    assert [phase["id"] for phase in after["phases"]] == [phase["id"] for phase in reversed(words["phases"])]
    assert {"id": "f15", "title": {"sv": "Genast"}} in after["phases"]
    assert "elavbrott-storm" in {card["id"] for card in after["disordered"]}
    left = [phase for phase in after["phases"] if phase["id"] != "f15"]
    refused = await maria.put("settings/words", {"mark": after["mark"], "phases": left, "despite": ["f15"]})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "in-use"), "cards without their phase could never be published again"
    assert refused.json()["phases"]["f15"] == after["phase_uses"]["f15"]


@pytest.mark.parametrize(
    ("role", "fields"),
    [
        ({"id": "annat-id", "title": {"sv": "A"}, "task": {"sv": "B"}}, {"roles.0.id": "unknown"}),
        ({"title": {"sv": ""}, "task": {"sv": ""}}, {"roles.0.title": "empty", "roles.0.task": "empty"}),
        ({"title": {"sv": "A" * 81}, "task": {"sv": "B" * 301}}, {"roles.0.title": "long", "roles.0.task": "long"}),
    ],
)
async def test_a_role_that_is_wrong_is_named_with_its_reason(sat: Sat, role: dict[str, Any], fields: dict[str, str]) -> None:
    maria = await sat("Maria")
    refused = await maria.put("settings/words", {"mark": (await words_of(maria))["mark"], "roles": [role]})
    assert (refused.status_code, refused.json()["fields"]) == (422, fields)


async def test_new_roles_of_the_same_name_are_refused_and_odd_names_get_ids_all_the_same(sat: Sat) -> None:
    maria = await sat("Maria")
    one = {"title": {"sv": "Chef"}, "task": {"sv": "Leder."}}
    refused = await maria.put("settings/words", {"mark": (await words_of(maria))["mark"], "roles": [one, {**one, "title": {"sv": "CHEF"}}]})
    assert refused.json()["fields"] == {"roles.1.title": "twice"}
    odd = [{**one, "title": {"sv": name}} for name in ("Chef", "Chef!", "指揮", "…")]
    done = await maria.put("settings/words", {"mark": (await words_of(maria))["mark"], "roles": odd})
    assert [role["id"] for role in done.json()["words"]["roles"]] == ["chef", "chef-2", "ny", "ny-2"]


async def test_words_changed_by_two_at_once_are_not_written_over(sat: Sat, published: str) -> None:
    maria, erik = await sat("Maria"), await sat("Erik")
    seen = await words_of(erik)
    phases = [{**phase, "title": {"sv": f"{phase['title']['sv']} (nu)"}} for phase in seen["phases"]]
    assert (await maria.put("settings/words", {"mark": seen["mark"], "phases": phases})).status_code == 200
    refused = await erik.put("settings/words", {"mark": seen["mark"], "roles": seen["roles"]})
    assert refused.status_code == 409
    assert refused.json()["present"]["words"]["phases"][0]["title"]["sv"].endswith("(nu)")


def png(width: int, height: int, colour: str = "navy") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "PNG")
    return file.getvalue()


def jpeg_that_says_where_it_was_taken() -> bytes:
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "HEMLIG-PLATS"
    Image.new("RGB", (900, 300), "navy").save(file, "JPEG", exif=exif)
    assert b"HEMLIG-PLATS" in file.getvalue()
    return file.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(width: int, height: int) -> bytes:
    """A few bytes that say they are a picture of very many."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


async def test_a_logo_is_drawn_anew_and_small_and_every_phone_gets_it(sat: Sat, joined: Joined) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    done = await maria.put("settings/logo", content=jpeg_that_says_where_it_was_taken(), headers={"Content-Type": "image/jpeg"})
    assert done.status_code == 200, done.text
    library = (await anna.client.get(f"{anna.base}/library")).json()
    document = (await anna.client.get(f"{anna.base}/documents/{library['logo']}")).json()
    assert document == done.json()
    assert (document["type"], document["media"]) == ("logo", "image/png")
    data = base64.urlsafe_b64decode(document["data"] + "==")
    assert b"HEMLIG" not in data
    with Image.open(io.BytesIO(data)) as drawn:
        assert (drawn.format, drawn.size, drawn.info) == ("PNG", (256, 85), {})
    assert (await settings_of(maria))["logo"] == document
    assert (await maria.delete("settings/logo")).status_code == 204
    assert (await anna.client.get(f"{anna.base}/library")).json()["logo"] == ""
    assert (await settings_of(maria))["logo"] is None
    assert [deed["deed"] for deed in await deeds(maria)] == ["logo.removed", "logo.changed"]


@pytest.mark.parametrize(
    ("sent", "status", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 422, "not-image"),
        (b"", 422, "not-image"),
        (b"MZ" + bytes(500), 422, "not-image"),
        (png(600, 400)[:400], 422, "broken"),
        (png(5_000, 4_000), 422, "large"),
        (bomb(40_000, 40_000), 422, "large"),
        (bomb(2**31 - 1, 2**31 - 1), 422, "large"),
        (bomb(3_000, 3_000), 422, "broken"),
        (png(64, 64) + bytes(1024 * 1024), 413, None),
    ],
    ids=["a script", "nothing", "a program", "half a picture", "very large", "a bomb", "a larger bomb", "a lie", "too many bytes"],
)
async def test_what_is_no_picture_is_refused_in_words_and_the_old_one_stays(sat: Sat, sent: bytes, status: int, why: str | None) -> None:
    maria = await sat("Maria")
    assert (await maria.put("settings/logo", content=png(64, 64))).status_code == 200
    before = (await settings_of(maria))["logo"]
    refused = await maria.put("settings/logo", content=sent)
    assert (refused.status_code, refused.json().get("why")) == (status, why)
    assert refused.json()["error"]["code"] == ("image" if why else "size")
    assert (await settings_of(maria))["logo"] == before
    assert (await maria.get("me")).status_code == 200


async def test_an_editor_and_another_organisations_admin_change_nothing_here(sat: Sat, organisation: str) -> None:
    maria, erik, nora = await sat("Maria"), await sat("Erik", roles="editor"), await sat("Nora", organisation=f"grann-{organisation}")
    before = await settings_of(maria)
    body = {"mark": before["mark"], "name": "Kapad kommun"}
    assert (await erik.put("settings", body)).json()["error"]["code"] == "role"
    foreign = await nora.client.put(maria.url("settings"), content=json.dumps(body).encode())
    assert foreign.json()["error"]["code"] == "session"
    assert await settings_of(maria) == before
