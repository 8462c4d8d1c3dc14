"""The readiness board in a real browser, with real phones: what they lack, what they are told to do, and that doing it makes them ready."""

import re

import httpx
from playwright.async_api import expect

from tests.browser.board import add_days, add_leaders, faults
from tests.browser.clerk import Clerk
from tests.browser.conftest import PickUp, SitDown
from tests.browser.leader import Leader
from tests.desk import COOKIE
from tests.serving import ROOT, Running


async def board(clerk: Clerk) -> None:
    """The board as it is now."""
    await clerk.go_to("beredskap")
    await clerk.page.reload()
    await expect(clerk.page.get_by_role("heading", name="Det senaste året")).to_be_visible()


async def sees(clerk: Clerk, words: str) -> None:
    """Looks again until the board says so: a phone tells of itself when it has had a moment."""
    await board(clerk)
    for _ in range(40):
        if await clerk.page.get_by_text(words, exact=True).first.is_visible():
            return
        await clerk.page.wait_for_timeout(250)
        await board(clerk)
    raise AssertionError(f"the board never said {words!r}:\n{await clerk.page.locator('main').inner_text()}")


async def allow_lasting_storage(leader: Leader) -> None:
    """This phone's browser says yes when it is asked, as one does that has the app on its home screen."""
    session = await leader.context.new_cdp_session(leader.page)
    await session.send("Browser.grantPermissions", {"origin": leader.url, "permissions": ["durableStorage"]})


async def current_library(clerk: Clerk, server: Running) -> str:
    cookies = {each["name"]: each["value"] for each in await clerk.context.cookies() if each["name"] == COOKIE}
    async with httpx.AsyncClient(base_url=server.url, cookies=cookies) as client:
        return str((await client.get(f"/api/o/{clerk.organisation}/admin/readiness")).json()["manifest"]["hash"])


async def test_a_phone_that_does_what_its_reminder_says_becomes_ready(pick_up: PickUp, sit_down: SitDown) -> None:
    maria, anna = await sit_down("Maria"), await pick_up("Anna Berg")
    page = maria.page
    await sees(maria, "Lagringen är inte varaktig")
    await expect(page.get_by_text("Ingen av 1 ledare är redo.").first).to_be_visible()
    await page.get_by_role("button", name="Påminn 1 som inte är redo").click()
    await expect(page.get_by_role("heading", name="Påminnelse")).to_be_focused()
    await page.get_by_text("Visa texten").click()
    words = page.get_by_text("Hej Anna!")
    await expect(words).to_contain_text("Öppna Mer i Stormlykta och tryck på Be om varaktig lagring.")
    await expect(words).not_to_contain_text("Prova nu")
    sms = await page.get_by_role("link", name="Sms").get_attribute("href")
    assert sms is not None
    assert sms.startswith("sms:?body=Hej%20Anna!")

    await allow_lasting_storage(anna)
    await anna.open_app("#/mer")
    await anna.page.get_by_role("button", name="Be om varaktig lagring").click()
    await sees(maria, "Ledaren är redo.")
    await expect(page.get_by_role("button", name=re.compile("Påminn"))).to_have_count(0)
    row = page.get_by_role("row").filter(has_text="Anna Bergs telefon")
    await expect(row).to_contain_text("Redo")
    await expect(row).not_to_contain_text("aldrig")  # it has tried itself when it joined


async def test_a_phone_out_of_reach_when_something_is_published_is_behind_until_it_is_back(server: Running, pick_up: PickUp, sit_down: SitDown) -> None:
    maria, anna = await sit_down("Maria"), await pick_up("Anna")
    await allow_lasting_storage(anna)
    await anna.open_app("#/mer")
    await anna.page.get_by_role("button", name="Be om varaktig lagring").click()
    await sees(maria, "Ledaren är redo.")
    await anna.go("offline")
    contacts = (ROOT / "checklists" / "contacts" / "kontakter.csv").read_text().replace("Karin Exempelsson", "Karin Efterträdare")
    (server.data.parent / "kontakter.csv").write_text(contacts)
    published = server.command("contacts", "import", server.data.parent / "kontakter.csv")
    assert published.returncode == 0, published.stderr
    await sees(maria, "Äldre krispärm")
    await anna.go("online")
    await sees(maria, "Ledaren är redo.")


async def test_the_board_shows_only_those_who_are_not_ready_when_asked_to(server: Running, sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    library = await current_library(maria, server)
    add_leaders(server, ["Anna Berg", "Bo Dahl"], library)
    add_leaders(server, ["Cecilia Fors"])
    add_leaders(server, ["David Hall"], library, seen_days=34)
    page = maria.page
    await board(maria)
    await expect(page.get_by_text("2 av 4 ledare är redo.").first).to_be_visible()
    names = page.get_by_role("region", name="Ledare").get_by_role("rowheader")
    assert await names.all_inner_texts() == ["Cecilia Fors", "David Hall", "Anna Berg", "Bo Dahl"], "those who lack most stand first"
    await page.get_by_role("button", name="Inte redo 2").click()
    assert await names.all_inner_texts() == ["Cecilia Fors", "David Hall"]
    await expect(page.get_by_text("Inte sedd på 34 dagar").first).to_be_visible()
    await page.get_by_role("button", name="Påminn 2 som inte är redo").click()
    common = await page.get_by_label("Text till alla").input_value()
    assert common.count("Öppna Stormlykta med nät") == 1, "what several must do is said once"
    await page.keyboard.press("Tab")
    await page.get_by_role("button", name="Stäng", exact=True).click()
    await expect(page.get_by_role("button", name="Påminn 2 som inte är redo")).to_be_focused()


async def test_what_is_overdue_leads_to_where_it_is_mended(sit_down: SitDown) -> None:
    maria = await sit_down("Maria", roles="editor")
    await board_without_leaders(maria)
    roles = maria.page.get_by_role("listitem").filter(has_text="utan ersättare")
    await roles.first.get_by_role("link").click()
    await expect(maria.page).to_have_url(re.compile(r"#/admin/exempelkommun/kontakter/\w"))


async def board_without_leaders(clerk: Clerk) -> None:
    await clerk.go_to("beredskap")
    await expect(clerk.page.get_by_text("Här finns inga ledare än")).to_be_visible()


async def test_the_year_is_a_plot_that_can_be_read_as_a_table(server: Running, sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    add_leaders(server, ["Anna Berg"], await current_library(maria, server))
    add_days(server, 200)
    page = maria.page
    await board(maria)
    await expect(page.get_by_role("img", name="Redo utan nät under året. Nu 1 av 1.").first).to_be_visible()
    await page.get_by_role("button", name="Kontakter bekräftade i tid").click()
    await expect(page.get_by_role("img", name=re.compile(r"^Kontakter bekräftade i tid under året\. Nu \d+ %\."))).to_be_visible()
    await page.get_by_text("Visa som tabell").click()
    rows = page.get_by_role("region", name="Det senaste året").get_by_role("row")
    assert await rows.count() >= 7
    await expect(rows.nth(1)).to_contain_text("1 av 1")


async def test_the_board_is_one_page_of_paper_however_many_there_are(server: Running, sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    library = await current_library(maria, server)
    add_leaders(server, [f"Förnamn Efternamnsson-Långström {n}" for n in range(60)], library)
    add_leaders(server, [f"Anna-Karin Dubbelnamnsson {n}" for n in range(40)], seen_days=40)
    add_days(server, 300)
    await board(maria)
    pdf = await maria.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 1
    await maria.page.emulate_media(media="print")
    await maria.page.set_viewport_size({"width": 680, "height": 1016})
    paper = maria.page.locator(".paper-page")
    assert await paper.evaluate("page => page.scrollHeight - page.clientHeight") <= 1, "nothing is cut off"
    text = await paper.inner_text()
    assert "60 av 100 ledare är redo." in text
    assert "Inte redo (40)" in text
    assert "och 30 till" in text
    await expect(paper.get_by_role("img", name=re.compile("under året"))).to_be_visible()
    assert "Visa" not in text


async def test_the_board_is_free_of_axe_violations_and_fits(server: Running, sit_down: SitDown) -> None:
    maria = await sit_down("Maria", reduced_motion="reduce")
    await board_without_leaders(maria)
    found = await faults(maria.page, "utan ledare")
    add_leaders(server, ["Anna Berg", "Bo Dahl"], await current_library(maria, server))
    add_leaders(server, ["Cecilia Fors", "David Hall"], seen_days=34)
    add_days(server, 100)
    await board(maria)
    await maria.page.get_by_role("button", name="Påminn 2 som inte är redo").click()
    await maria.page.get_by_text("Visa som tabell").click()
    found += await faults(maria.page, "beredskap")
    assert found == []


async def test_where_there_is_nothing_yet_the_board_does_not_say_that_all_is_well(sit_down: SitDown) -> None:
    maria = await sit_down("Maria", organisation="nykommun")
    page = maria.page
    overdue = page.get_by_role("region", name="Behöver ses över")
    await expect(overdue).to_contain_text("Här finns inga kontakter än.")
    await expect(overdue).to_contain_text("Ingen har någon roll än.")
    await expect(page.get_by_text("Krispärmen som gäller").filter(visible=True)).to_have_count(0)
    await page.get_by_role("link", name="Till checklistorna").click()
    await expect(page.get_by_role("heading", name="Här finns inga checklistor än")).to_be_visible()
