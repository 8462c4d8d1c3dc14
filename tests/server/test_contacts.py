"""The register of contacts: what the desk changes, phones have at once; nobody overwrites another; secret numbers stay secret; the trail tells."""

import asyncio
import json
import sqlite3
import time
from contextlib import closing
from typing import Any

import pytest

from tests.server.conftest import Joined, Sat
from tests.server.register import add, function, listed, on_phone, person, save, trail
from tests.server.workbook import sheet_text
from tests.serving import ROOT, Running

HIDDEN = "070-174 06 99"


async def test_a_new_function_gets_an_id_of_its_own_and_is_on_the_phones(sat: Sat, joined: Joined, server: Running, organisation: str) -> None:
    maria, anna = await sat("Maria", roles="editor"), await joined("Anna")
    view = await add(maria, "VA-jour (natt)", person("Åsa Ek", email="asa@kommun.example"), person("Bo"), about={"sv": "vattenläckor"})
    made = view["function"]
    assert (made["id"], [each["id"] for each in made["persons"]]) == ("va-jour-natt", ["va-jour-natt", "va-jour-natt-2"])
    assert made["persons"][0]["numbers"] == [{"number": "070-174 06 05", "dial": "+46701740605"}]
    assert await on_phone(anna) == [made]
    assert (await add(maria, "VA-jour natt", person("Dan")))["function"]["id"] == "va-jour-natt-3"  # -2 is Bo's
    assert trail(server.data, organisation)[0] == {
        "deed": "contact.added",
        "about": "va-jour-natt",
        "title": "VA-jour (natt)",
        "name": "Maria",
        "before": None,
        "after": {"title": "VA-jour (natt)", "category": "krisledning", "what_for": "vattenläckor", "person (Åsa Ek)": "Åsa Ek", "person (Bo)": "Bo"},
    }


async def test_a_phone_that_listens_is_poked_by_every_change(sat: Sat, joined: Joined) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    before = (await anna.client.get(f"{anna.base}/library")).json()["hash"]
    async with anna.client.stream("GET", f"{anna.base}/live") as live:
        lines = live.aiter_lines()
        await anext(lines)
        await add(maria, "VA-jour", person("Åsa"))
        async with asyncio.timeout(10):
            async for line in lines:
                if "library" in line and before not in line:
                    break
    assert [each["id"] for each in await on_phone(anna)] == ["va-jour"]


async def test_fields_persons_and_their_order_are_changed_and_the_trail_holds_only_what_changed(sat: Sat, server: Running, organisation: str) -> None:
    maria = await sat("Maria")
    view = await add(maria, "VA-jour", person("Åsa"), person("Bo", "070-174 06 06"))
    asa, bo = view["function"]["persons"]
    changed = (await save(maria, view, persons=[{**bo, "email": "bo@kommun.example"}, asa], hours="dygnet runt")).json()
    assert [each["name"] for each in changed["function"]["persons"]] == ["Bo", "Åsa"]
    assert trail(server.data, organisation)[-1]["before"] == {"hours": "", "email (Bo)": "", "order": "Åsa, Bo"}
    assert trail(server.data, organisation)[-1]["after"] == {"hours": "dygnet runt", "email (Bo)": "bo@kommun.example", "order": "Bo, Åsa"}
    assert (await listed(maria))["va-jour"] == changed


async def test_two_at_once_never_overwrite_each_other(sat: Sat) -> None:
    maria, nils = await sat("Maria"), await sat("Nils")
    view = await add(maria, "VA-jour", person("Åsa"))
    first, second = await save(maria, view, hours="dagtid"), await save(nils, view, hours="natt")
    assert (first.status_code, second.status_code, second.json()["error"]["code"]) == (200, 409, "conflict")
    assert second.json()["theirs"] == first.json()
    assert (await save(nils, second.json()["theirs"], hours="natt")).status_code == 200
    assert (await maria.delete("contacts/va-jour", params={"mark": view["mark"]})).json()["error"]["code"] == "conflict"


async def test_what_is_wrong_is_told_field_by_field_and_nothing_is_written(sat: Sat, server: Running, organisation: str) -> None:
    maria = await sat("Maria")
    bad = function(
        "",
        person("", "12", email="asa", interval_days=0, verified="i går"),
        person("Bo", ""),
        person("<b>", notes="[[call:x]]"),
        person("A" * 121, address="\u202eevil"),
        role="finns-inte",
        category="",
    )
    refused = await maria.post("contacts", {"function": bad})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "field")
    assert refused.json()["fields"] == {
        "title.sv": "cell-blank",
        "category": "cell-blank",
        "role": "role-unknown",
        "persons.0.name": "cell-blank",
        "persons.0.numbers.0.number": "phone-bad",
        "persons.0.email": "email-bad",
        "persons.0.verified": "date-bad",
        "persons.0.interval_days": "number-bad",
        "persons.1.numbers": "nothing-to-reach",
        "persons.2.notes": "reference-mark",
        "persons.3.name": "text-long",
        "persons.3.address": "odd-character",
    }
    assert await listed(maria) == {}
    assert trail(server.data, organisation) == []


@pytest.mark.parametrize("body", [{}, {"function": {}}, {"function": {"title": "x"}}, {"function": function("x", kind="annat")}, [], "text"])
async def test_a_body_of_another_form_is_refused(sat: Sat, body: Any) -> None:
    refused = await (await sat("Maria")).post("contacts", body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "shape")


async def test_script_in_a_name_is_kept_as_text_and_sent_as_data(sat: Sat, joined: Joined) -> None:
    maria, anna = await sat("Maria"), await joined("Anna")
    await add(maria, "<img src=x onerror=alert(1)>", person("<script>alert(1)</script>"))
    assert (await on_phone(anna))[0]["persons"][0]["name"] == "<script>alert(1)</script>"


async def test_a_changed_number_is_no_longer_confirmed_until_somebody_says_so(sat: Sat) -> None:
    maria = await sat("Maria")
    view = await add(maria, "VA-jour", person("Åsa", verified="2026-10-01", verified_by="Nils"), person("Bo", "070-174 06 06"))
    asa, bo = view["function"]["persons"]
    moved = (await save(maria, view, persons=[{**asa, "numbers": [{"number": "070-174 06 07"}]}, bo])).json()
    assert "verified" not in moved["function"]["persons"][0]
    confirmed = (await maria.post("contacts/va-jour/confirm", {"persons": ["va-jour"]})).json()
    first, second = confirmed["function"]["persons"]
    assert (first["verified"], first["verified_by"], "verified" in second) == (time.strftime("%Y-%m-%d", time.localtime(time.time())), "Maria", False)
    assert (await maria.post("contacts/va-jour/confirm", {"persons": ["nobody"]})).status_code == 404
    assert (await maria.post("contacts/nothing/confirm", {"persons": ["va-jour"]})).status_code == 404


async def test_a_removed_function_can_be_brought_back_as_it_was_and_where_it_was(sat: Sat, joined: Joined, server: Running, organisation: str) -> None:
    maria, editor, anna = await sat("Maria", roles="admin,leader"), await sat("Edit", roles="editor"), await joined("Anna")
    await add(maria, "Alfa", person("A"))
    await add(maria, "Beta", person("B", HIDDEN, private=True, notes="ring fru"))
    await add(maria, "Gamma", person("C"))
    before = await on_phone(anna)
    seen = (await listed(editor))["beta"]
    assert (await editor.delete("contacts/beta", params={"mark": seen["mark"]})).status_code == 204
    assert [each["id"] for each in await on_phone(anna)] == ["alfa", "gamma"]
    back = await editor.post("contacts/beta/restore")
    assert (back.status_code, HIDDEN in back.text) == (200, False)
    assert await on_phone(anna) == before  # the secret number too, though whoever brought it back never saw it
    assert (await editor.post("contacts/beta/restore")).json()["error"]["code"] == "taken"
    assert (await editor.post("contacts/nothing/restore")).json()["error"]["code"] == "not-found"
    assert [each["deed"] for each in trail(server.data, organisation)][-2:] == ["contact.removed", "contact.restored"]


async def test_a_removed_function_can_also_be_put_back_as_somebody_remembers_it(sat: Sat) -> None:
    maria = await sat("Maria")
    view = await add(maria, "VA-jour", person("Åsa"), person("Bo", "070-174 06 06"))
    await maria.delete("contacts/va-jour", params={"mark": view["mark"]})
    gone = await save(maria, view, hours="natt")
    assert (gone.status_code, gone.json()["theirs"]) == (409, None)
    back = await save(maria, {**view, "mark": None}, hours="natt")
    assert (back.status_code, back.json()["function"]["persons"]) == (200, view["function"]["persons"])
    assert (await save(maria, {**view, "mark": None})).json()["error"]["code"] == "conflict"
    assert (await maria.put("contacts/va-jour-2", {"mark": None, "function": function("Bo", person("Bo"))})).json()["error"]["code"] == "taken"
    assert (await maria.put("contacts/INTE ETT ID", {"mark": None, "function": function("Bo", person("Bo"))})).status_code == 404


async def test_more_persons_or_larger_numbers_than_anybody_means_are_refused(sat: Sat) -> None:
    maria = await sat("Maria")
    many = await maria.post("contacts", {"function": function("Alla", *[person(f"P{at}") for at in range(3000)])})
    assert (many.status_code, many.json()["fields"]) == (422, {"persons": "many"})
    huge = await maria.post(
        "contacts", content=b'{"function":{"title":{"sv":"x"},"kind":"intern","persons":[{"name":"x","interval_days":1' + b"0" * 5000 + b"}]}}"
    )
    assert huge.status_code == 400
    lots = [{"number": "112"}] * 9
    assert (await maria.post("contacts", {"function": function("Alla", {**person("P"), "numbers": lots})})).json()["fields"] == {"persons.0.numbers": "many"}


async def test_which_cards_name_a_contact_is_told_before_it_is_removed(sat: Sat, server: Running, organisation: str) -> None:
    assert server.command("publish", ROOT / "checklists", "--organisation", organisation).returncode == 0
    maria = await sat("Maria")
    cards = (await maria.get("contacts/va-jour/cards")).json()
    assert {card["id"] for card in cards} >= {"dricksvatten"}, cards
    register = (await maria.get("contacts")).json()
    assert register["named"]["va-jour"] == len(cards)
    assert {"id": "stabschef", "title": {"sv": "Stabschef", "en": "Chief of staff"}} in register["roles"]
    assert (await maria.get("contacts/nothing/cards")).status_code == 404


async def test_secret_numbers_are_seen_by_leaders_only_at_the_desk_and_on_phones(sat: Sat, joined: Joined, server: Running, organisation: str) -> None:
    leader, editor = await sat("Maria", roles="admin,leader"), await sat("Edit", roles="admin")
    anna, erik = await joined("Anna", roles="leader"), await joined("Erik", roles="editor")
    secret = person("Åsa", HIDDEN, private=True, email="asa@hemma.example", notes="hemma")
    await add(leader, "VA-jour", secret, person("Bo", "070-174 06 06"))
    assert (await listed(leader))["va-jour"]["function"]["persons"][0]["numbers"][0]["number"] == HIDDEN
    hidden = (await editor.get("contacts")).text
    assert (HIDDEN in hidden, "hemma" in hidden, json.loads(hidden)["secrets"]) == (False, False, False)
    (open_one,) = await on_phone(erik)
    assert open_one["persons"][0] == {"id": "va-jour", "name": "Åsa", "numbers": [], "private": True}
    assert (await on_phone(anna))[0]["persons"][0]["numbers"][0]["number"] == HIDDEN
    for form in ("csv", "vcf", "xlsx"):
        for desk in (leader, editor):
            exported = (await desk.get(f"contacts/export?form={form}")).content
            assert (HIDDEN in (sheet_text(exported) if form == "xlsx" else exported.decode())) == (desk is leader), form
    assert "06 99" not in json.dumps(trail(server.data, organisation))
    assert "hemma" not in json.dumps(trail(server.data, organisation))


async def test_a_phone_that_is_not_a_leaders_cannot_fetch_the_leaders_list_by_its_hash(sat: Sat, joined: Joined) -> None:
    leader, anna, erik = await sat("Maria", roles="admin,leader"), await joined("Anna", roles="leader"), await joined("Erik", roles="editor")
    await add(leader, "VA-jour", person("Åsa", HIDDEN, private=True))
    full = (await anna.client.get(f"{anna.base}/library")).json()["contacts"]
    assert (await erik.client.get(f"{erik.base}/documents/{full}")).status_code == 404
    assert (await anna.client.get(f"{anna.base}/documents/{full}")).status_code == 200


async def test_who_may_not_read_a_secret_number_may_replace_it_but_not_wipe_or_show_it(sat: Sat) -> None:
    leader, editor = await sat("Maria", roles="admin,leader"), await sat("Edit", roles="editor")
    await add(leader, "VA-jour", person("Åsa", HIDDEN, private=True, rakel="EX-1"))
    view = (await listed(editor))["va-jour"]
    kept = await save(editor, view, hours="natt")
    assert kept.status_code == 200
    seen = (await listed(leader))["va-jour"]["function"]["persons"][0]
    assert (seen["numbers"][0]["number"], seen["rakel"]) == (HIDDEN, "EX-1")
    (asa,) = kept.json()["function"]["persons"]
    shown = await save(editor, kept.json(), persons=[{**asa, "private": False}])
    assert shown.json()["fields"]["persons.0.private"] == "secret-shown"
    replaced = await save(editor, kept.json(), persons=[{**asa, "numbers": [{"number": "070-174 06 98"}]}])
    assert (replaced.status_code, "06 98" in replaced.text) == (200, False)
    assert (await listed(leader))["va-jour"]["function"]["persons"][0]["numbers"][0]["number"] == "070-174 06 98"


async def test_a_mark_tells_nobody_what_the_secret_number_is(sat: Sat) -> None:
    leader, editor = await sat("Maria", roles="admin,leader"), await sat("Edit", roles="editor")
    view = await add(leader, "VA-jour", person("Åsa", HIDDEN, private=True))
    before = (await listed(editor))["va-jour"]["mark"]
    (asa,) = view["function"]["persons"]
    assert (await save(leader, view, persons=[{**asa, "numbers": [{"number": "070-174 06 97"}]}])).json()["mark"] != view["mark"]
    assert (await listed(editor))["va-jour"]["mark"] == before


async def test_old_lists_are_forgotten_after_a_day(sat: Sat, server: Running, organisation: str) -> None:
    maria = await sat("Maria")
    view = await add(maria, "VA-jour", person("Åsa"))
    for hour in range(4):
        view = (await save(maria, view, hours=f"kl. {hour}")).json()

    def documents() -> int:
        with closing(sqlite3.connect(server.data / "stormlykta.db", timeout=10)) as database, database:
            database.execute("UPDATE superseded SET since = since - 90000000 WHERE organisation = ?", (organisation,))
            return int(database.execute("SELECT count(*) FROM documents WHERE organisation = ?", (organisation,)).fetchone()[0])

    assert documents() == 5
    await save(maria, view, hours="")
    assert documents() == 2


@pytest.mark.parametrize("path", ["contacts", "contacts/export", "contacts/x/cards"])
async def test_another_organisation_sees_nothing_of_it(sat: Sat, path: str) -> None:
    maria, nils = await sat("Maria"), await sat("Nils", organisation="annan-kommun")
    view = await add(maria, "VA-jour", person("Åsa"))
    response = await nils.get(path)
    assert ("VA-jour" in response.text, response.status_code in (200, 404)) == (False, True)
    assert (await save(nils, view)).status_code == 409
    assert (await nils.delete("contacts/va-jour", params={"mark": view["mark"]})).status_code == 404
