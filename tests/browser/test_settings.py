"""A clerk sets the organisation up, and the phones show it without being touched; the trail tells of it."""

import csv
import io
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from PIL import Image
from playwright.async_api import Locator, Page, expect

from tests.browser.board import faults
from tests.browser.conftest import PickUp, SitDown
from tests.serving import Running

TIB = "Tjänsteperson i beredskap (TiB)"


def part(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


async def save(page: Page, name: str) -> None:
    await part(page, name).get_by_role("button", name="Spara", exact=True).click()
    await expect(part(page, name).get_by_role("status")).to_contain_text("Sparat")


def picture(folder: Path, name: str = "vapen.png") -> Path:
    path = folder / name
    Image.new("RGB", (600, 500), "navy").save(path)
    return path


async def test_name_logo_and_numbers_reach_an_open_phone_and_the_trail(sit_down: SitDown, pick_up: PickUp, tmp_path: Path) -> None:
    anna = await pick_up("Anna")
    await anna.open_app("#/")
    calls = anna.page.get_by_role("link", name=re.compile("^Ring "))
    await expect(calls).to_have_count(3)
    await expect(anna.page.locator("header img")).to_have_count(0)

    maria = await sit_down("Maria Ek")
    await maria.go_to("installningar")
    await maria.page.get_by_label("Organisationens namn").fill("Storkommun")
    await expect(part(maria.page, "Namn").get_by_role("status")).to_have_text("Inte sparat än")
    await save(maria.page, "Namn")
    await expect(maria.page.get_by_role("banner")).to_contain_text("Storkommun")
    await expect(anna.page.get_by_text("Storkommun")).to_be_visible()

    await maria.page.get_by_label("Välj bild").set_input_files(picture(tmp_path))
    await expect(maria.page.get_by_role("img", name="Logotyp")).to_be_visible()
    drawn = anna.page.locator("header img")
    await expect(drawn).to_be_visible()
    assert await drawn.evaluate("image => image.decode().then(() => [image.naturalWidth, image.naturalHeight])") == [256, 213]

    numbers = part(maria.page, "Nummer på startsidan")
    await numbers.get_by_role("button", name=f"Ta bort {TIB}").click()
    await numbers.get_by_label("Sök kontakt att lägga till").fill("stabschef")
    await numbers.get_by_role("button", name="Lägg till Stabschef").click()
    await numbers.get_by_role("button", name="Flytta upp Stabschef").click()
    await save(maria.page, "Nummer på startsidan")
    await expect(calls.nth(1)).to_contain_text("Stabschef")
    await expect(calls.filter(has_text="TiB")).to_have_count(0)

    await maria.go_to("logg")
    for sentence in ("Maria Ek ändrade inställningarna", "Maria Ek bytte logotyp"):
        await expect(maria.page.get_by_text(sentence).first).to_be_visible()
    deed = maria.page.get_by_role("listitem").filter(has_text="Maria Ek ändrade inställningarna").last
    await deed.locator("summary").click()
    await expect(deed).to_contain_text(re.compile("Namn\\s*Före\\s*Exempelkommun\\s*Efter\\s*Storkommun"))
    await expect(deed).to_contain_text("med lösenord")

    await maria.go_to("installningar")
    await maria.page.get_by_role("button", name="Ta bort logotypen").click()
    await expect(drawn).to_have_count(0)
    await maria.page.get_by_role("button", name="Ångra", exact=True).click()
    await expect(drawn).to_be_visible()


async def test_what_is_no_picture_is_said_in_words(sit_down: SitDown, tmp_path: Path) -> None:
    maria = await sit_down("Maria")
    await maria.go_to("installningar")
    for name, content, words in (
        ("logga.png", b"<svg onload='alert(1)'/>", "Filen är ingen bild som går att använda."),
        ("halv.png", picture(tmp_path).read_bytes()[:300], "Bilden går inte att läsa till slutet."),
        ("stor.png", bytes(1024 * 1024 + 1), "Filen är större än 1 MB."),
    ):
        (tmp_path / name).write_bytes(content)
        await maria.page.get_by_label("Välj bild").set_input_files(tmp_path / name)
        await expect(part(maria.page, "Logotyp").get_by_role("alert")).to_contain_text(words)


async def test_a_field_that_is_wrong_says_why_and_keeps_what_was_typed(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    await maria.go_to("installningar", "regler")
    field = maria.page.get_by_label("Checklistor ses över inom")
    for typed in ("tolv", "0", "61"):
        await field.fill(typed)
        await field.press("Enter")
        await expect(part(maria.page, "Hur länge det gäller")).to_contain_text("Skriv ett antal månader från 1 till 60.")
        await expect(field).to_be_focused()
        await expect(field).to_have_value(typed)
        await expect(field).to_have_attribute("aria-invalid", "true")
    await field.fill("18")
    await save(maria.page, "Hur länge det gäller")
    await maria.page.reload()
    await expect(field).to_have_value("18")


async def test_the_language_choice_and_the_name_of_the_staff_follow_on_the_phone(sit_down: SitDown, pick_up: PickUp) -> None:
    anna = await pick_up("Anna")
    await anna.open_app("#/mer")
    await expect(anna.page.get_by_role("heading", name="Språk")).to_be_visible()
    maria = await sit_down("Maria")
    await maria.go_to("installningar")
    await maria.page.get_by_label("Engelska finns i appen").uncheck()
    await save(maria.page, "Språk")
    await expect(anna.page.get_by_role("heading", name="Språk")).to_have_count(0)
    await maria.go_to("installningar", "ord")
    await maria.page.get_by_label("Namn på staben", exact=True).fill("Central stab")
    await expect(maria.page.get_by_label("Namn på staben, på engelska")).to_have_count(0)
    await save(maria.page, "Staben")
    await anna.open_app("#/kontakter")
    await expect(anna.page.get_by_role("heading", name="Central stab")).to_be_visible()


async def test_what_was_typed_survives_a_lost_line_a_closed_tab_and_an_ended_seat(sit_down: SitDown, server: Running) -> None:
    maria = await sit_down("Maria")
    await maria.go_to("installningar", "ord")
    await maria.page.get_by_role("button", name="Lägg till nivå").click()
    await maria.page.get_by_label("Nivå 1", exact=True).fill("Bevakning")
    await maria.go("offline")
    await part(maria.page, "Nivåer").get_by_role("button", name="Spara", exact=True).click()
    await expect(part(maria.page, "Nivåer").get_by_role("alert")).to_contain_text("Servern nås inte")
    await maria.go("online")
    closed, maria.page = maria.page, await maria.context.new_page()
    await closed.close()
    await maria.go_to("installningar", "ord")
    await expect(maria.page.get_by_label("Nivå 1", exact=True)).to_have_value("Bevakning")
    await expect(part(maria.page, "Nivåer").get_by_role("status")).to_have_text("Inte sparat än")

    await maria.end_seat()
    await part(maria.page, "Nivåer").get_by_role("button", name="Spara", exact=True).click()
    await expect(maria.page.get_by_role("heading", name="Logga in")).to_be_visible()
    await maria.sit(server)
    await maria.page.reload()
    await expect(maria.page.get_by_label("Nivå 1", exact=True)).to_have_value("Bevakning")
    await save(maria.page, "Nivåer")
    await maria.page.reload()
    await expect(maria.page.get_by_label("Nivå 1", exact=True)).to_have_value("Bevakning")
    await expect(part(maria.page, "Nivåer").get_by_role("button", name="Spara", exact=True)).to_have_count(0)


async def test_two_who_change_at_once_never_write_over_each_other_unseen(sit_down: SitDown) -> None:
    maria, erik = await sit_down("Maria"), await sit_down("Erik")
    for clerk in (maria, erik):
        await clerk.go_to("installningar")
        await expect(clerk.page.get_by_label("Organisationens namn")).to_have_value("Exempelkommun")
    await erik.page.get_by_label("Organisationens namn").fill("Eriks kommun")
    await maria.page.get_by_label("Engelska finns i appen").uncheck()
    await save(maria.page, "Språk")
    await save(erik.page, "Namn")  # something else was changed: no reason to ask

    await maria.page.get_by_label("Organisationens namn").fill("Marias kommun")
    await part(maria.page, "Namn").get_by_role("button", name="Spara", exact=True).click()
    clash = part(maria.page, "Namn")
    await expect(clash).to_contain_text("Någon annan har ändrat det här medan du skrev.")
    await expect(clash.locator("q")).to_have_text("Eriks kommun")
    await expect(maria.page.get_by_label("Organisationens namn")).to_have_value("Marias kommun")
    await clash.get_by_role("button", name="Behåll det jag skrev").click()
    await save(maria.page, "Namn")
    await maria.page.reload()
    await expect(maria.page.get_by_label("Organisationens namn")).to_have_value("Marias kommun")


async def test_a_role_that_is_used_goes_only_after_one_has_seen_where(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    await maria.go_to("installningar", "roller")
    row = maria.page.get_by_role("listitem").filter(has_text="Stabschef").first
    await row.locator("summary").click()
    await row.get_by_role("button", name="Ta bort rollen Stabschef").click()
    await expect(row).to_contain_text(re.compile(r"Stabschef nämns på \d+ ställen"))
    await expect(row.get_by_role("button", name="Behåll rollen")).to_be_focused()
    await row.get_by_role("button", name="Ta bort ändå").click()
    await expect(maria.page.locator("summary").filter(has_text=re.compile("^Stabschef"))).to_have_count(0)
    await maria.page.get_by_role("button", name="Lägg tillbaka Stabschef").click()
    await expect(maria.page.locator("summary").filter(has_text=re.compile("^Stabschef"))).to_have_count(1)
    await expect(part(maria.page, "Roller").get_by_role("button", name="Spara", exact=True)).to_have_count(0)

    await maria.page.get_by_role("button", name="Lägg till roll").click()
    fresh = maria.page.get_by_role("listitem").filter(has_text="Ny roll")
    await part(maria.page, "Roller").get_by_role("button", name="Spara", exact=True).click()
    await expect(fresh).to_contain_text("Skriv något här.")
    await fresh.get_by_label("Namn", exact=True).fill("Brandvakt")
    await fresh.get_by_label("Uppgift, en mening", exact=True).fill("Vaktar elden.")
    await save(maria.page, "Roller")
    await expect(maria.page.locator("summary").filter(has_text="Brandvakt")).to_contain_text("Används inte")


async def test_phases_are_renamed_and_moved_with_the_keyboard(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    await maria.go_to("installningar", "skeden")
    first = maria.page.get_by_label("Skede 1", exact=True)
    await expect(first).to_have_value("Före")
    await maria.page.get_by_role("button", name="Flytta ner Före").focus()
    await maria.page.keyboard.press("Enter")
    await expect(maria.page.get_by_role("button", name="Flytta ner Före")).to_be_focused()
    await maria.page.keyboard.press("Enter")
    await expect(maria.page.get_by_label("Skede 3", exact=True)).to_have_value("Före")
    await first.fill("Genast")
    await save(maria.page, "Skeden")
    await expect(part(maria.page, "Skeden")).to_contain_text("Dessa kort har skedena i en annan ordning")
    await expect(maria.page.get_by_role("button", name=re.compile("^Ta bort"))).to_have_count(0)


async def test_the_trail_is_searched_and_saved_as_a_file(sit_down: SitDown, server: Running) -> None:
    maria = await sit_down("Maria Ek")
    with closing(sqlite3.connect(server.data / "stormlykta.db", timeout=10)) as database, database:
        database.executemany(
            "INSERT INTO audit VALUES ('exempelkommun', ?, ?, 'm', 'Åsa Öberg', '', 'något.okänt', 'x', ?, 'null', 'null')",
            [(1000 + number, 1_750_000_000_000 + number, f"Sak {number}") for number in range(150)],
        )
    await maria.go_to("logg")
    await expect(maria.page.get_by_text("100 visas, fler finns")).to_be_visible()
    await maria.page.get_by_role("button", name="Visa fler").click()
    await expect(maria.page.get_by_text("Åsa Öberg: något.okänt, Sak 0")).to_be_visible()
    await maria.page.get_by_label("Vem").select_option("Åsa Öberg")
    await maria.page.get_by_label("Sök i loggen").fill("SAK 77")
    await expect(maria.page.get_by_text("1 händelse", exact=True)).to_be_visible()
    async with maria.page.expect_download() as waiting:
        await maria.page.get_by_role("button", name="Spara som tabell (CSV)").click()
    rows = list(csv.DictReader(io.StringIO((await (await waiting.value).path()).read_text("utf-8-sig")), delimiter=";"))
    assert [(row["name"], row["title"]) for row in rows] == [("Åsa Öberg", "Sak 77")]
    await maria.page.get_by_label("Sök i loggen").fill("finns inte")
    await expect(maria.page.get_by_text("Inget stämmer med urvalet.")).to_be_visible()
    await maria.page.get_by_role("button", name="Visa allt").click()
    await expect(maria.page.get_by_text("100 visas, fler finns")).to_be_visible()
    await maria.page.get_by_label("Vad", exact=True).select_option("Spårloggen själv")
    await expect(maria.page.get_by_text("Maria Ek sparade spårloggen som fil")).to_be_visible()


async def test_settings_and_trail_are_free_of_axe_violations_and_fit(sit_down: SitDown, tmp_path: Path) -> None:
    maria = await sit_down("Maria", reduced_motion="reduce")
    page = maria.page
    found: list[str] = []

    async def look(name: str) -> None:
        found.extend(fault for fault in await faults(page, name) if 'type="checkbox"' not in fault and 'type="file"' not in fault)

    await maria.go_to("installningar")
    await page.get_by_label("Välj bild").set_input_files(picture(tmp_path))
    await expect(page.get_by_role("img", name="Logotyp")).to_be_visible()
    await page.get_by_label("Organisationens namn").fill("Osparad kommun")
    await part(page, "Nummer på startsidan").get_by_role("button", name=f"Ta bort {TIB}").click()
    await page.get_by_label("Sök kontakt att lägga till").fill("chef")
    await expect(page.get_by_role("button", name="Lägg till Stabschef")).to_be_visible()
    await look("organisationen")
    await maria.go_to("installningar", "regler")
    await page.get_by_label("Checklistor ses över inom").fill("x")
    await page.get_by_label("Checklistor ses över inom").press("Enter")
    await look("regler")
    await maria.go_to("installningar", "ord")
    await page.get_by_role("button", name="Lägg till nivå").click()
    await look("ord")
    await maria.go_to("installningar", "roller")
    await page.locator("summary").filter(has_text="Stabschef").first.click()
    await page.get_by_role("button", name="Ta bort rollen Stabschef").click()
    await look("roller")
    await maria.go_to("installningar", "skeden")
    await expect(page.get_by_label("Skede 1", exact=True)).to_be_visible()
    await look("skeden")
    await maria.go_to("logg")
    await page.locator(".trail summary").first.click()
    await look("spårlogg")
    assert found == []
