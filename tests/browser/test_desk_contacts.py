"""The register of contacts in a real browser: written at the desk, on the phones at once; files looked through before they are read in."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.clerk import Clerk
from tests.browser.conftest import PickUp, SitDown
from tests.browser.test_screens import AXE, RUN_AXE, SMALL_TARGETS, STICKS_OUT
from tests.serving import Running

OUTSIDE = """() => [...document.querySelectorAll('.fn-keys > *')]
  .some(key => key.getBoundingClientRect().right > key.closest('.fn').getBoundingClientRect().right)"""
HEAD = "Funktion;Namn;Mobil;E-post;Ersättare för;Skonummer\n"
FILE = (
    f"{HEAD}VA-jour;VA-jour;070-174 06 98;;;38\n;Åsa Ek;701740671;asa@exempelkommun.example;VA-jour;\n"
    "Snöröjning;Bo Snö;070-174 06 72;;;\nEl-jour;Erik;12;;;\n=1+1;Fel;070-174 06 05;;;\n"
)


async def list_of(clerk: Clerk) -> Page:
    await clerk.go_to("kontakter")
    await expect(clerk.page.get_by_role("heading", name="Kontakter", level=1)).to_be_visible()
    return clerk.page


async def form_of(clerk: Clerk, function: str) -> Page:
    await clerk.go_to("kontakter", function)
    await expect(clerk.page.get_by_role("button", name="Spara")).to_be_visible()
    return clerk.page


def place(page: Page, name: str) -> Locator:
    return page.locator(f'[data-place="{name}"]')


def note(page: Page, words: str) -> Locator:
    """What the page tells, beside what it reads aloud."""
    return page.locator("main").get_by_text(words)


def number(page: Page, words: str) -> Locator:
    return page.locator(".number").filter(has_text=words)


async def names(page: Page) -> list[str]:
    """The persons in the form, in their order."""
    return [await each.input_value() for each in await page.locator('[data-place$=".name"]').all()]


async def choose_file(page: Page, tmp_path: Path, text: str, name: str = "lista.csv") -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    await page.locator("input[type=file]").set_input_files(path)


async def test_a_number_changed_at_the_desk_is_on_a_phone_without_reload(sit_down: SitDown, pick_up: PickUp) -> None:
    maria, anna = await sit_down("Maria", roles="editor"), await pick_up("Anna")
    await anna.open_app("#/kontakt/va-jour")
    await expect(number(anna.page, "070-174 06 57")).to_be_visible()
    page = await form_of(maria, "va-jour")
    await page.get_by_label("Nummer 1").fill("070-174 06 99")
    await expect(page.get_by_text("räknas inte längre som bekräftat")).to_be_visible()
    await page.get_by_role("button", name="Bekräftad idag").click()
    await page.get_by_role("button", name="Spara").click()
    await expect(note(page, "VA-jour är sparad")).to_be_visible()
    row = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Ändra VA-jour"))
    await expect(row.locator(".number").filter(has_text="070-174 06 99")).to_be_visible()
    await expect(row.get_by_text(re.compile(r"Bekräftad \d+ \w+, Maria"))).to_be_visible()
    await expect(number(anna.page, "070-174 06 99")).to_be_visible()
    await expect(number(anna.page, "070-174 06 57")).to_have_count(0)


async def test_a_new_function_with_a_deputy_is_written_by_keyboard_alone(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await list_of(maria)
    await page.get_by_role("link", name="Ny funktion").press("Enter")
    await page.get_by_label("Funktion", exact=True).press_sequentially("Snöröjning")
    for words in ("Bo Snö", "bo@exempelkommun.example", "070-174 06 72", "mobil"):
        await tab_to(page, {"Bo Snö": "Namn", "bo@exempelkommun.example": "E-post", "070-174 06 72": "Nummer", "mobil": "Märkning"}[words])
        await page.keyboard.type(words)
    await page.get_by_role("button", name="Lägg till ersättare").press("Enter")
    await expect(place(page, "persons.1.name")).to_be_focused()
    await page.keyboard.type("Eva Snö")
    await place(page, "persons.1.numbers.0.number").press_sequentially("070-174 06 73")
    await page.get_by_role("button", name="Flytta upp Eva Snö").press("Enter")
    assert await names(page) == ["Eva Snö", "Bo Snö"]
    await expect(page.get_by_role("button", name="Flytta ner Eva Snö")).to_be_focused()
    await page.get_by_role("button", name="Spara").press("Enter")
    await expect(note(page, "Snöröjning är sparad")).to_be_visible()
    row = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Ändra Snöröjning"))
    assert [await each.inner_text() for each in await row.locator("b").all()] == ["Eva Snö", "Bo Snö"]


async def tab_to(page: Page, label: str) -> None:
    field = page.get_by_label(label, exact=True).first
    for _ in range(30):
        await page.keyboard.press("Tab")
        if await field.evaluate("e => e === document.activeElement"):
            return
    raise AssertionError(f"Tab never came to {label}")


async def test_persons_are_dragged_into_another_order_and_escape_lets_go_of_nothing(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await form_of(maria, "kommundirektor")
    before = await names(page)
    grip = page.locator(".grip").nth(2)
    await grip.scroll_into_view_if_needed()

    async def drag() -> None:
        await grip.hover()
        await page.mouse.down()
        box = await page.locator("[data-person]").nth(1).bounding_box()
        assert box is not None
        await page.mouse.move(box["x"] + 40, box["y"] + 20, steps=6)
        await expect(page.locator(".line-above")).to_have_count(1)

    await drag()
    await page.keyboard.press("Escape")
    await page.mouse.up()
    assert await names(page) == before
    await drag()
    await page.mouse.up()
    await expect(page.locator('[data-place="persons.1.name"]')).to_have_value(before[2])
    assert await names(page) == [before[0], before[2], before[1]]


async def test_what_is_wrong_stands_under_its_field_and_what_was_typed_stays(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await form_of(maria, "va-jour")
    await page.get_by_label("Nummer 1").fill("12")
    await page.get_by_label("E-post").fill("va-jour")
    await page.get_by_role("button", name="Spara").click()
    await expect(note(page, "2 saker behöver rättas")).to_be_visible()
    await expect(page.get_by_text("Inget telefonnummer.")).to_be_visible()
    await expect(page.get_by_label("E-post")).to_be_focused()
    await expect(page.get_by_label("E-post")).to_have_attribute("aria-invalid", "true")
    await expect(page.get_by_label("Nummer 1")).to_have_value("12")


async def test_what_was_written_survives_a_lost_line_a_closed_tab_and_an_ended_seat(sit_down: SitDown, server: Running) -> None:
    maria = await sit_down("Maria")
    page = await form_of(maria, "va-jour")
    await page.get_by_label("Namn").fill("Vattenvakten")
    await maria.go("offline")
    await page.get_by_role("button", name="Spara").click()
    await expect(note(page, "Servern nås inte")).to_be_visible()
    await expect(page.get_by_label("Namn")).to_have_value("Vattenvakten")
    await maria.go("online")
    maria.page = await maria.context.new_page()
    await page.close()
    page = await form_of(maria, "va-jour")
    await expect(page.get_by_text("Det du skrev sist men inte sparade är tillbaka.")).to_be_visible()
    await expect(page.get_by_label("Namn")).to_have_value("Vattenvakten")
    await maria.end_seat()
    await page.get_by_role("button", name="Spara").click()
    await expect(page.locator(".desk-over")).to_be_visible()
    await maria.sit(server)
    await page.reload()
    await expect(page.get_by_label("Namn")).to_have_value("Vattenvakten")
    await page.get_by_role("button", name="Spara").click()
    await expect(note(page, "VA-jour är sparad")).to_be_visible()
    await expect(page.get_by_text("Vattenvakten")).to_be_visible()


async def test_two_who_save_at_once_see_both_texts_and_choose(sit_down: SitDown) -> None:
    maria, nils = await sit_down("Maria"), await sit_down("Nils")
    first, second = await form_of(maria, "va-jour"), await form_of(nils, "va-jour")
    await first.get_by_label("Tid").fill("dagtid")
    await second.get_by_label("Tid").fill("nattetid")
    await first.get_by_role("button", name="Spara").click()
    await expect(note(first, "VA-jour är sparad")).to_be_visible()
    await second.get_by_role("button", name="Spara").click()
    conflict = second.get_by_role("alert").filter(has_text="Någon annan har sparat samtidigt")
    await expect(conflict).to_be_visible()
    assert re.sub(r"\s+", " ", await conflict.locator("dl").inner_text()) == "Tid Det du skrev nattetid Det som är sparat dagtid"
    await expect(second.get_by_label("Tid")).to_have_value("nattetid")
    await conflict.get_by_role("button", name="Spara det jag skrev").click()
    await expect(note(second, "VA-jour är sparad")).to_be_visible()
    await form_of(maria, "va-jour")
    await first.reload()
    await expect(first.get_by_label("Tid")).to_have_value("nattetid")


async def test_removing_tells_which_cards_ring_it_and_can_be_undone(sit_down: SitDown, pick_up: PickUp) -> None:
    maria, anna = await sit_down("Maria"), await pick_up("Anna")
    await anna.open_app("#/kontakter")
    mine = anna.page.get_by_role("link", name=re.compile("^VA-jour"))
    await expect(mine).to_be_visible()
    page = await form_of(maria, "va-jour")
    await page.get_by_role("button", name="Ta bort funktionen").click()
    told = page.get_by_role("alert").filter(has_text="ringer den här kontakten")
    await expect(told.get_by_role("link", name=re.compile("ricksvatten"))).to_be_visible()
    await told.get_by_role("button", name="Ta bort ändå").click()
    await expect(note(page, "VA-jour är borttagen.")).to_be_visible()
    await expect(mine).to_have_count(0)
    await page.get_by_role("button", name="Ångra").click()
    await expect(page.get_by_role("heading", name="Ändra VA-jour")).to_be_visible()
    await expect(mine).to_be_visible()


async def test_confirmed_today_is_one_tap(sit_down: SitDown) -> None:
    maria = await sit_down("Maria Ek")
    page = await list_of(maria)
    await page.get_by_label("Sök funktion, namn eller nummer").fill("va-jour")
    row = page.locator(".fn").filter(has=page.get_by_role("heading", name="Ändra VA-jour"))
    await row.get_by_role("button", name="Bekräftad idag: VA-jour").click()
    await expect(row.get_by_text(re.compile("Maria Ek"))).to_be_visible()
    await expect(row.get_by_role("button", name=re.compile("Bekräftad idag"))).to_have_count(0)


@pytest.mark.parametrize("language", ["Svenska", "English"])
async def test_every_key_of_a_row_is_inside_the_list_at_any_width(sit_down: SitDown, language: str) -> None:
    maria = await sit_down("Maria")
    await maria.go_to("konto")
    await maria.page.get_by_role("button", name=language).click()
    await maria.go_to("kontakter")
    page, outside = maria.page, []
    await expect(page.locator(".fn-keys").first).to_be_visible()
    for width in (320, 700, 960, 1000, 1100, 1279, 1280, 1440):
        await page.set_viewport_size({"width": width, "height": 740})
        if await page.evaluate(OUTSIDE):
            outside.append(width)
    assert outside == []


async def test_a_file_is_looked_through_under_four_tabs_and_then_read_in(sit_down: SitDown, pick_up: PickUp, tmp_path: Path) -> None:
    maria, anna = await sit_down("Maria"), await pick_up("Anna")
    await anna.open_app("#/kontakt/va-jour")
    page = await list_of(maria)
    await page.get_by_role("link", name="Läs in en fil").click()
    await choose_file(page, tmp_path, FILE)
    tabs = page.get_by_role("tab")
    await expect(tabs).to_have_text(["Nya 1", "Ändrade 1", "Tas bort 0", "Felaktiga rader 2"])
    panel = page.get_by_role("tabpanel")
    await expect(panel.get_by_role("heading", name="Snöröjning")).to_be_visible()
    await tabs.nth(0).press("ArrowRight")
    await expect(panel.get_by_text("070-174 06 98")).to_be_visible()
    await expect(panel.get_by_text("Åsa Ek").first).to_be_visible()
    await tabs.nth(3).click()
    await expect(panel.get_by_role("row").filter(has_text="”12” är inget telefonnummer")).to_contain_text("5")
    await expect(panel.get_by_role("row").filter(has_text="Cell A6 är en formel (=1+1)")).to_be_visible()
    await expect(page.get_by_text("Kolumnen ”Skonummer” läses inte.")).to_be_visible()
    await expect(number(anna.page, "070-174 06 57")).to_be_visible()
    await page.get_by_role("button", name="Läs in 2 kontakter").click()
    await expect(page.get_by_text("2 kontakter är inlästa.")).to_be_visible()
    await expect(number(anna.page, "070-174 06 98")).to_be_visible()
    await expect(anna.page.get_by_text("Åsa Ek").first).to_be_visible()


async def test_replacing_all_shows_what_goes_and_which_cards_ring_it(sit_down: SitDown, tmp_path: Path) -> None:
    maria = await sit_down("Maria")
    await maria.go_to("kontakter", "~fil")
    page = maria.page
    await page.get_by_label("Ersätt alla").click()
    await choose_file(page, tmp_path, f"{HEAD}Snöröjning;Bo Snö;070-174 06 72;;;\n")
    await page.get_by_role("tab", name="Tas bort 34").click()
    gone = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="VA-jour"))
    await expect(gone.get_by_text(re.compile(r"kort ringer den: .*ricksvatten"))).to_be_visible()
    await expect(page.get_by_role("button", name="Läs in 1 kontakt och ta bort 34")).to_be_visible()
    await page.get_by_role("link", name="Avbryt").click()
    await expect(page.get_by_role("heading", name="Ändra VA-jour")).to_be_visible()


async def test_a_cancelled_import_writes_nothing(sit_down: SitDown, tmp_path: Path) -> None:
    maria = await sit_down("Maria")
    await maria.go_to("kontakter", "~fil")
    page = maria.page
    many = "".join(f"Funktion {number};Person {number};0701740605;;;\n" for number in range(19_000))
    await choose_file(page, tmp_path, HEAD + many)
    await page.get_by_role("button", name="Läs in 19000 kontakter").click(timeout=60_000)
    await expect(page.get_by_role("progressbar")).to_have_attribute("value", re.compile(r"[1-9]"))
    await page.get_by_role("button", name="Avbryt").click()
    await expect(page.get_by_text("Avbrutet. Inget är ändrat.")).to_be_visible(timeout=30_000)
    await list_of(maria)
    await expect(page.get_by_text("85 funktioner")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("bild.xlsx", b"\x89PNG\r\n\x1a\n\0\0", "varken CSV, Excel"),
        ("trasig.xlsx", b"PK\x03\x04 nothing", "skadad"),
        ("stor.csv", b"x" * 5_300_000, "större än 5 MB"),
    ],
)
async def test_a_file_that_will_not_do_is_refused_in_words(sit_down: SitDown, tmp_path: Path, name: str, data: bytes, words: str) -> None:
    maria = await sit_down("Maria")
    await maria.go_to("kontakter", "~fil")
    (tmp_path / name).write_bytes(data)
    await maria.page.locator("input[type=file]").set_input_files(tmp_path / name)
    await expect(maria.page.get_by_role("alert").filter(has_text=words)).to_be_visible()


async def test_secret_numbers_are_unseen_at_another_desk_and_on_another_phone(sit_down: SitDown, pick_up: PickUp, server: Running) -> None:
    leader, editor = await sit_down("Maria", roles="admin,leader"), await sit_down("Edit", roles="editor")
    anna, erik = await pick_up("Anna"), await pick_up("Erik", join=False)
    await erik.join(server.invite("Erik", "exempelkommun", "--role", "editor")["code"])
    page = await form_of(leader, "va-jour")
    await page.get_by_label("Nummer 1").fill("070-174 06 99")
    await page.get_by_label("Hemligt nummer: visas bara för ledare").check()
    await page.get_by_role("button", name="Spara").click()
    await expect(number(page, "070-174 06 99")).to_be_visible()
    for phone in (anna, erik):
        await phone.open_app("#/kontakt/va-jour")
        await expect(phone.page.get_by_role("heading", name="VA-jour", level=1)).to_be_visible()
    await expect(number(anna.page, "070-174 06 99")).to_be_visible()
    await expect(number(erik.page, "070-174 06")).to_have_count(0)
    await expect(erik.page.get_by_text("Privat nummer")).to_be_visible()
    other = await form_of(editor, "va-jour")
    await expect(other.get_by_text("Det som finns här är hemligt")).to_be_visible()
    assert "06 99" not in await other.content()
    await other.get_by_label("Tid").fill("nattetid")
    await other.get_by_role("button", name="Spara").click()
    await expect(other.get_by_text("Hemligt, bara för ledare")).to_be_visible()
    assert "06 99" not in await other.content()
    await expect(number(anna.page, "070-174 06 99")).to_be_visible()  # still there, though the editor saved


async def test_five_thousand_contacts_are_drawn_a_hundred_at_a_time_and_found(sit_down: SitDown, tmp_path: Path) -> None:
    maria = await sit_down("Maria")
    await maria.go_to("kontakter", "~fil")
    page = maria.page
    await choose_file(page, tmp_path, HEAD + "".join(f"Funktion {number};Person {number};070{1_740_000 + number};;;\n" for number in range(5000)))
    await page.get_by_role("button", name="Läs in 5000 kontakter").click(timeout=30_000)
    await expect(page.get_by_text("5000 kontakter är inlästa.")).to_be_visible(timeout=30_000)
    await page.get_by_role("link", name="Till kontakterna").click()
    await expect(page.get_by_text("100 av 5085 visas")).to_be_visible()
    await expect(page.locator(".fn")).to_have_count(100)
    await page.get_by_role("button", name="Visa 100 till").click()
    await expect(page.locator(".fn")).to_have_count(200)
    await page.get_by_label("Sök funktion, namn eller nummer").fill("person 4321")
    await expect(page.locator(".fn")).to_have_count(1)
    await page.get_by_label("Sök funktion, namn eller nummer").fill("070-174 43 21")
    await expect(page.get_by_role("heading", name="Ändra Funktion 4321")).to_be_visible()


async def test_the_list_is_fetched_as_a_file(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await list_of(maria)
    await page.locator("summary").filter(has_text="Hämta som fil").click()
    await expect(page.get_by_text("Hemliga nummer följer inte med")).to_be_visible()
    async with page.expect_download() as saving:
        await page.get_by_role("button", name="CSV").click()
    saved = await (await saving.value).path()
    assert "va-jour;intern;krisledning;va-chef;VA-jour" in saved.read_text(encoding="utf-8-sig")


async def test_the_register_is_free_of_axe_violations_in_both_themes_and_fits(sit_down: SitDown, tmp_path: Path) -> None:
    maria = await sit_down("Maria", roles="admin,leader", reduced_motion="reduce")
    page = maria.page
    found: list[str] = []

    async def look(name: str) -> None:
        for width in (1280, 360):
            await page.set_viewport_size({"width": width, "height": 800})
            await page.evaluate(AXE)
            for theme in ("light", "dark"):
                await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
                found.extend(f"{name}, {theme}, {width}: {fault}" for fault in await page.evaluate(RUN_AXE))
        for width in (320, 360, 1280):
            await page.set_viewport_size({"width": width, "height": 800})
            if sticking := await page.evaluate(STICKS_OUT):
                found.append(f"{name}, {width} px: sticks out {sticking}")
            small = await page.evaluate(SMALL_TARGETS)
            found.extend(f"{name}, {width}: small {each}" for each in small if 'type="checkbox"' not in each)  # its words are as large as it is not

    await list_of(maria)
    await look("listan")
    await page.locator("summary").filter(has_text="Hämta som fil").click()
    await look("hämta")
    await form_of(maria, "kommundirektor")
    await page.get_by_label("Namn").first.fill("")
    await page.get_by_role("button", name="Spara").click()
    await expect(note(page, "En sak behöver rättas.")).to_be_visible()
    await look("formuläret med fel")
    await page.get_by_role("button", name="Ta bort funktionen").click()
    await expect(page.get_by_role("button", name="Ta bort ändå")).to_be_visible()
    await look("borttagning")
    await maria.go_to("kontakter", "~fil")
    await look("filen")
    await page.get_by_label("Ersätt alla").click()
    await choose_file(page, tmp_path, FILE)
    for tab in ("Nya", "Ändrade", "Tas bort", "Felaktiga rader"):
        await page.get_by_role("tab", name=tab).click()
        await look(tab)
    assert found == [], "\n".join(found)


async def test_the_register_speaks_english_to_who_wants_it(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    await maria.open_app("#/mer")
    await maria.page.get_by_role("button", name="English").click()
    await maria.go_to("kontakter")
    await expect(maria.page.get_by_role("link", name="New function")).to_be_visible()
    await expect(maria.page.get_by_role("heading", name="Change Water on-call")).to_be_visible()
