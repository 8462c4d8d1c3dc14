"""Self-confirmation from end to end: a clerk writes, the person answers in a browser of their own, the clerk sees it, and the phones have it."""

import re
from typing import Any

import msgspec
import pytest
from playwright.async_api import Locator, Page, expect

from stormlykta.shapes import Contacts
from tests.browser.clerk import Clerk
from tests.browser.conftest import PickUp, SitDown
from tests.browser.leader import Leader
from tests.browser.test_screens import AXE, RUN_AXE, STICKS_OUT
from tests.register import put_register, read_register
from tests.serving import Running

MOST = {"kommundirektor", "kommundirektor-2", "stabschef"}
OLD = "2025-01-15"


@pytest.fixture
async def register(server: Running) -> Contacts:
    """The starter library's contacts, of which three persons have not been confirmed for long, and all others have just been."""
    contacts = await read_register(server.data, "exempelkommun")
    functions = tuple(
        msgspec.structs.replace(
            function, persons=tuple(msgspec.structs.replace(person, verified=OLD if person.id in MOST else "2099-01-01") for person in function.persons)
        )
        for function in contacts.functions
    )
    await put_register(server.data, "exempelkommun", Contacts(functions))
    return Contacts(functions)


async def answers(clerk: Clerk) -> Page:
    await clerk.go_to("kontakter", "svar")
    await expect(clerk.page.get_by_role("heading", name="Bekräftelser", level=1)).to_be_visible()
    return clerk.page


async def write_to(clerk: Clerk, name: str) -> str:
    """The link of a letter to somebody, as the clerk would copy it."""
    page = await answers(clerk)
    await page.get_by_role("link", name=f"Skriv brev till {name}").click()
    return await link_on(page, name)


async def link_on(page: Page, name: str) -> str:
    await expect(page.get_by_role("heading", name=f"Brev till {name}", level=1)).to_be_visible()
    text = await page.get_by_label("Text", exact=True).input_value()
    assert f"Hej {name}!" in text
    found = re.search(r"\S+#/bekrafta/\S+", text)
    assert found is not None
    return found[0]


async def open_link(reader: Leader, link: str) -> Page:
    await reader.page.goto(link)
    return reader.page


def answer_of(page: Page, name: str) -> Locator:
    return page.get_by_role("article").filter(has=page.get_by_role("heading", name=name))


async def test_a_person_says_that_all_is_right_and_the_phones_show_it_without_reload(
    register: Contacts, sit_down: SitDown, pick_up: PickUp, server: Running
) -> None:
    maria, anna, karin = await sit_down("Maria", roles="admin,leader"), await pick_up("Anna"), await pick_up("Karin", join=False)
    await anna.open_app("#/kontakt/kommundirektor")
    await expect(anna.page.get_by_text("Bekräftad för").first).to_be_visible()
    link = await write_to(maria, "Karin Exempelsson")
    page = await open_link(karin, link)
    await expect(page.get_by_role("heading", name="Stämmer detta?")).to_be_visible()
    await expect(page.get_by_text("070-174 06 07")).to_be_visible()
    await expect(page.get_by_text("Bo Provlund")).to_have_count(0)
    await page.get_by_role("button", name="Ja, det stämmer").click()
    await expect(page.get_by_role("heading", name="Tack!")).to_be_visible()
    await expect(anna.page.get_by_text(re.compile(r"Bekräftad \d+ \w+, Karin Exempelsson"))).to_be_visible(timeout=15_000)
    desk = await answers(maria)
    row = desk.get_by_role("listitem").filter(has_text="Karin Exempelsson").filter(has_text="Kommundirektör")
    await expect(row.get_by_text("Stämmer")).to_be_visible()


async def test_a_correction_waits_for_the_clerk_and_is_then_on_the_phones(register: Contacts, sit_down: SitDown, pick_up: PickUp) -> None:
    maria, anna, karin = await sit_down("Maria", roles="admin,leader"), await pick_up("Anna"), await pick_up("Karin", join=False)
    await anna.open_app("#/kontakt/kommundirektor")
    page = await open_link(karin, await write_to(maria, "Karin Exempelsson"))
    await page.get_by_role("button", name="Något är fel").click()
    await page.get_by_label("Telefon 1", exact=True).fill("070-174 06 77")
    await page.get_by_label("Något mer vi ska veta?").fill("Ny telefon")
    await page.get_by_role("button", name="Skicka rättelsen").click()
    await expect(page.get_by_role("heading", name="Tack för rättelsen!")).to_be_visible()
    desk = await answers(maria)
    answer = answer_of(desk, "Karin Exempelsson")
    await expect(answer.locator("del")).to_have_text("070-174 06 07 (tjänstemobil)")
    await expect(answer.locator("ins")).to_have_text("070-174 06 77 (tjänstemobil)")
    await expect(answer.get_by_text("Ny telefon")).to_be_visible()
    await expect(anna.page.get_by_text("070-174 06 07").first).to_be_visible()
    await answer.get_by_role("button", name="Godta Karin Exempelsson").click()
    await expect(desk.get_by_text("Rättelsen är godtagen").first).to_be_visible()
    await expect(anna.page.get_by_text("070-174 06 77").first).to_be_visible(timeout=15_000)
    await expect(answer).to_have_count(0)


async def test_an_answer_that_does_not_get_through_keeps_what_was_typed(register: Contacts, sit_down: SitDown, pick_up: PickUp) -> None:
    maria, karin = await sit_down("Maria"), await pick_up("Karin", join=False)
    page = await open_link(karin, await write_to(maria, "Karin Exempelsson"))
    await page.get_by_role("button", name="Något är fel").click()
    await page.get_by_label("Telefon 1", exact=True).fill("07O-174")
    await page.get_by_role("button", name="Skicka rättelsen").click()
    await expect(page.get_by_text("Det är inget telefonnummer")).to_be_visible()
    await expect(page.get_by_label("Telefon 1", exact=True)).to_be_focused()
    await page.get_by_label("Telefon 1", exact=True).fill("070-174 06 77")
    await karin.go("offline")
    await page.get_by_role("button", name="Skicka rättelsen").click()
    await expect(page.get_by_role("alert").get_by_text("Servern nås inte")).to_be_visible(timeout=30_000)
    await karin.go("online")
    await expect(page.get_by_label("Telefon 1", exact=True)).to_have_value("070-174 06 77")
    await page.get_by_role("button", name="Skicka rättelsen").click()
    await expect(page.get_by_role("heading", name="Tack för rättelsen!")).to_be_visible()


async def test_a_half_typed_answer_is_kept_in_its_tab_until_it_is_sent(register: Contacts, sit_down: SitDown, pick_up: PickUp) -> None:
    maria, karin = await sit_down("Maria"), await pick_up("Karin", join=False)
    page = await open_link(karin, await write_to(maria, "Karin Exempelsson"))
    await page.get_by_role("button", name="Något är fel").click()
    await page.get_by_label("Telefon 1", exact=True).fill("070-174 06 77")
    await page.get_by_label("Något mer vi ska veta?").fill("Ny telefon")
    await page.get_by_role("button", name="Tillbaka").click()
    await page.reload()
    await expect(page.get_by_text("Det du skrev men inte skickade är kvar.")).to_be_visible()
    await expect(page.get_by_label("Telefon 1", exact=True)).to_have_value("070-174 06 77")
    await expect(page.get_by_label("Något mer vi ska veta?")).to_have_value("Ny telefon")
    other = await karin.context.new_page()  # whoever sits down at the computer next
    await other.goto(page.url)
    await expect(other.get_by_role("heading", name="Stämmer detta?")).to_be_visible()
    await page.get_by_role("button", name="Skicka rättelsen").click()
    await expect(page.get_by_role("heading", name="Tack för rättelsen!")).to_be_visible()
    assert await page.evaluate("sessionStorage.length + localStorage.length") == 0


async def test_a_link_that_is_used_recalled_or_guessed_says_so_and_nothing_about_anybody(register: Contacts, sit_down: SitDown, pick_up: PickUp) -> None:
    maria, karin = await sit_down("Maria"), await pick_up("Karin", join=False)
    old = await write_to(maria, "Karin Exempelsson")
    await answers(maria)
    await maria.page.get_by_role("link", name="Nytt brev till Karin Exempelsson").click()
    new = await link_on(maria.page, "Karin Exempelsson")
    assert old != new
    page = await open_link(karin, old)
    await expect(page.get_by_role("heading", name="Länken gäller inte längre")).to_be_visible()
    await open_link(karin, f"{old[:-6]}xxxxxx")
    await expect(page.get_by_role("heading", name="Länken leder ingenstans")).to_be_visible()
    await open_link(karin, new)
    await page.get_by_role("button", name="Ja, det stämmer").click()
    await expect(page.get_by_role("heading", name="Tack!")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("heading", name="Svaret har redan kommit in")).to_be_visible()
    await expect(page.get_by_text("Karin")).to_have_count(0)


async def test_a_clerk_writes_to_all_who_have_not_been_confirmed_one_by_one(register: Contacts, sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await answers(maria)
    await page.get_by_role("link", name="Skriv till alla 3 som inte bekräftats på länge").click()
    await expect(page.get_by_text("Brev 1 av 3")).to_be_visible()
    first = await link_on(page, "Karin Exempelsson")
    mail = page.get_by_role("link", name="Öppna i e-post")
    await expect(mail).to_have_attribute("href", re.compile(r"^mailto:kommundirektor@exempelkommun\.example\?subject=.*&body="))
    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_label("Text", exact=True)).to_have_value(re.compile("Hello Karin Exempelsson!"))
    await page.get_by_role("button", name="Nästa: Bo Provlund").click()
    second = await link_on_in_english(page, "Bo Provlund")
    assert first != second
    await page.get_by_role("button", name="Hoppa över").click()
    await expect(page.get_by_text("Brev 3 av 3")).to_be_visible()
    await page.get_by_role("button", name="Klart").click()
    await expect(page.get_by_text("2 brev är gjorda")).to_be_visible()
    await page.get_by_role("link", name="Till svaren").click()
    await expect(page.get_by_role("link", name="Skriv till den som inte bekräftats på länge")).to_be_visible()
    waiting = page.get_by_role("listitem").filter(has_text="inte öppnat")
    await expect(waiting).to_have_count(2)
    await page.go_back()  # who comes back to the page of a letter has not asked for one more
    await page.reload()
    await expect(waiting).to_have_count(2)


async def link_on_in_english(page: Page, name: str) -> str:
    await expect(page.get_by_role("heading", name=f"Brev till {name}", level=1)).to_be_visible()
    link: str = re.findall(r"\S+#/bekrafta/\S+", await page.get_by_label("Text", exact=True).input_value())[0]
    return link


async def test_many_corrections_are_accepted_at_once_and_one_is_declined(register: Contacts, sit_down: SitDown, pick_up: PickUp, server: Running) -> None:
    maria, reader = await sit_down("Maria", roles="admin,leader"), await pick_up("Karin", join=False)
    for name, number in (("Karin Exempelsson", "070-174 06 71"), ("Bo Provlund", "070-174 06 72"), ("Sofia Övningsson", "070-174 06 73")):
        page = await open_link(reader, await write_to(maria, name))
        await page.get_by_role("button", name="Något är fel").click()
        await page.get_by_label("Telefon 1", exact=True).fill(number)
        await page.get_by_role("button", name="Skicka rättelsen").click()
        await expect(page.get_by_role("heading", name="Tack för rättelsen!")).to_be_visible()
    desk = await answers(maria)
    sofia = answer_of(desk, "Sofia Övningsson")
    await sofia.get_by_role("button", name="Avböj Sofia Övningsson").click()
    await sofia.get_by_role("button", name="Avböj", exact=True).click()
    await expect(sofia).to_have_count(0)
    await desk.get_by_role("button", name="Godta alla 2").click()
    await expect(desk.get_by_text("2 rättelser är godtagna").first).to_be_visible()
    persons = {person.id: person for function in (await read_register(server.data, "exempelkommun")).functions for person in function.persons}
    assert [persons[id].numbers[0].number for id in ("kommundirektor", "kommundirektor-2", "stabschef")] == [
        *("070-174 06 71", "070-174 06 72", "070-174 06 12"),
    ]


async def test_the_letters_page_speaks_english_and_works_by_keyboard(register: Contacts, sit_down: SitDown, pick_up: PickUp) -> None:
    maria, karin = await sit_down("Maria"), await pick_up("Karin", join=False)
    page = await open_link(karin, await write_to(maria, "Karin Exempelsson"))
    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_role("heading", name="Is this right?")).to_be_visible()
    await expect(page.get_by_text("Chief executive")).to_be_visible()
    await page.get_by_role("heading", name="Is this right?").focus()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Yes, it is right")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Thank you!")).to_be_focused()


@pytest.mark.parametrize("width", [360, 1280])
async def test_every_page_of_letters_is_free_of_axe_violations_in_both_themes(register: Contacts, sit_down: SitDown, pick_up: PickUp, width: int) -> None:
    maria, karin = await sit_down("Maria", width=width), await pick_up("Karin", join=False, viewport={"width": width, "height": 740})
    link = await write_to(maria, "Karin Exempelsson")
    found = await faults(maria.page, "brevet")
    page = await open_link(karin, link)
    await expect(page.get_by_role("heading", name="Stämmer detta?")).to_be_visible()
    found += await faults(page, "stämmer detta")
    await page.get_by_role("button", name="Något är fel").click()
    await page.get_by_label("Telefon 1", exact=True).fill("12")
    await page.get_by_role("button", name="Skicka rättelsen").click()
    await expect(page.get_by_text("Det är inget telefonnummer")).to_be_visible()
    found += await faults(page, "vad är fel")
    await page.get_by_label("Telefon 1", exact=True).fill("070-174 06 77")
    await page.get_by_role("button", name="Skicka rättelsen").click()
    await expect(page.get_by_role("heading", name="Tack för rättelsen!")).to_be_visible()
    found += await faults(page, "tack")
    await answers(maria)
    await expect(answer_of(maria.page, "Karin Exempelsson")).to_be_visible()
    assert found + await faults(maria.page, "svaren") == []


async def faults(page: Page, name: str) -> list[str]:
    await page.evaluate(AXE)
    found: list[Any] = []
    for theme in ("light", "dark"):
        await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        found += [f"{name}, {theme}: {fault}" for fault in await page.evaluate(RUN_AXE)]
    wide = await page.evaluate(STICKS_OUT)
    return found + ([f"{name}: sticks out {wide}"] if wide else [])
