"""What is written at the desk is never lost: a closed tab, a lost line, an ended seat, another clerk; and a draft on its author's own phone."""

import re

from playwright.async_api import Page, expect

from tests.browser.clerk import Clerk
from tests.browser.conftest import PickUp, SitDown
from tests.browser.test_screens import AXE, RUN_AXE
from tests.browser.writing import STORM_TITLE, ask, line, lines, saved, small_draft, stored_lines, write_on
from tests.entering import GOOD, add_password
from tests.serving import Running

ONE = ("Första åtgärder", ["Larma staben", "Ring elnätet"])


async def test_a_draft_saves_itself_a_moment_after_the_last_key(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await write_on(maria, await small_draft(maria, ONE))
    await line(page, 1).press_sequentially("!")
    await expect(page.get_by_text("sparas …")).to_be_visible()
    await saved(page)
    assert await stored_lines(maria, "prov") == await lines(page)
    await page.reload()
    await expect(line(page, 1)).to_have_value(re.compile("!"))


async def another_tab(clerk: Clerk, checklist: str, server: Running | None = None) -> Page:
    """The tab is closed, as by mistake, and the page opened anew; `server`: which is started again in between."""
    closed, clerk.page = clerk.page, await clerk.context.new_page()
    await closed.close()
    if server is not None:
        server.start()
    await clerk.go_to("checklistor", checklist, "skriv")
    await expect(clerk.page.get_by_text("Fastställ …").or_(clerk.page.get_by_text("Vilken ska gälla?"))).to_be_visible()
    return clerk.page


async def test_a_tab_that_is_closed_before_the_text_was_saved_loses_nothing(server: Running, sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await write_on(maria, await small_draft(maria, ONE))
    server.stop()
    await line(page, 2).fill("Ring elnätet om och om igen")
    await expect(page.get_by_text("Inte sparat: inget nät. Finns kvar på den här datorn.").first).to_be_visible()
    page = await another_tab(maria, "prov", server)
    await expect(page.get_by_text("finns en text från")).to_be_visible()
    await expect(page.locator("ins").filter(has_text="om och om igen")).to_be_visible()
    await page.get_by_role("button", name="Fortsätt med texten på datorn").click()
    await saved(page)
    assert (await stored_lines(maria, "prov"))["f15"] == ["Larma staben", "Ring elnätet om och om igen"]
    page = await another_tab(maria, "prov")
    await expect(line(page, 2)).to_have_value("Ring elnätet om och om igen")


async def test_a_kept_text_can_be_put_away_for_the_saved_one(server: Running, sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await write_on(maria, await small_draft(maria, ONE))
    server.stop()
    await line(page, 2).fill("Något hastigt")
    await expect(page.get_by_text("Inte sparat: inget nät.").first).to_be_visible()
    page = await another_tab(maria, "prov", server)
    await page.get_by_role("button", name="Fortsätt med den sparade").click()
    await expect(line(page, 2)).to_have_value("Ring elnätet")
    page = await another_tab(maria, "prov")
    await expect(line(page, 2)).to_have_value("Ring elnätet")


async def test_a_lost_line_is_told_in_words_and_the_text_goes_out_when_it_is_back(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await write_on(maria, await small_draft(maria, ONE))
    await maria.go("offline")
    await line(page, 1).fill("Larma staben utan nät")
    await expect(page.get_by_text("Inte sparat: inget nät. Finns kvar på den här datorn.").first).to_be_visible(timeout=15_000)
    await line(page, 2).fill("Ring elnätet från en mobil")
    await maria.go("online")
    await saved(page)
    assert (await stored_lines(maria, "prov"))["f15"] == ["Larma staben utan nät", "Ring elnätet från en mobil"]


async def test_a_server_that_goes_away_and_comes_back_gets_the_text(server: Running, sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await write_on(maria, await small_draft(maria, ONE))
    server.stop()
    await line(page, 1).fill("Larma staben medan servern startar om")
    await expect(page.get_by_text("Inte sparat: inget nät.").first).to_be_visible(timeout=15_000)
    server.start()
    await expect(page.get_by_text("Inte sparat").first).to_be_hidden(timeout=40_000)
    assert (await stored_lines(maria, "prov"))["f15"][0] == "Larma staben medan servern startar om"


async def test_an_ended_seat_leaves_the_text_on_the_page_and_signing_in_over_it_saves_it(server: Running, sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    add_password(server.data, maria.organisation, maria.member)
    page = await write_on(maria, await small_draft(maria, ONE))
    await maria.end_seat()
    await line(page, 1).fill("Larma staben efter arbetsdagen")
    over = page.get_by_role("dialog", name="Logga in igen")
    await expect(over).to_be_visible()
    await expect(page.locator(".draft-line")).to_contain_text("Inte sparat: du är utloggad. Finns kvar på den här datorn.")
    await over.get_by_label("Lösenord", exact=True).fill(GOOD)
    await page.keyboard.press("Enter")
    await expect(over).to_have_count(0)
    await saved(page)
    await expect(line(page, 1)).to_have_value("Larma staben efter arbetsdagen")
    assert (await stored_lines(maria, "prov"))["f15"][0] == "Larma staben efter arbetsdagen"


async def test_a_seat_that_ended_and_a_tab_that_was_closed_lose_nothing_either(server: Running, sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await write_on(maria, await small_draft(maria, ONE))
    await maria.end_seat()
    await line(page, 1).fill("Larma staben efter arbetsdagen")
    await expect(page.locator(".draft-line")).to_contain_text("Inte sparat: du är utloggad.")
    await maria.sit(server)
    await page.reload()
    await page.get_by_role("button", name="Fortsätt med texten på datorn").click()
    await saved(page)
    assert (await stored_lines(maria, "prov"))["f15"][0] == "Larma staben efter arbetsdagen"


async def test_a_clerk_whose_right_is_taken_away_while_writing_is_told_and_keeps_the_text(server: Running, sit_down: SitDown) -> None:
    erik = await sit_down("Erik", roles="editor")
    page = await write_on(erik, await small_draft(erik, ONE))
    await erik.sit(server, roles="leader")
    await line(page, 1).fill("Larma alla")
    await expect(page.get_by_text("Inte sparat: ").first).to_be_visible()
    await expect(page.get_by_text("Finns kvar på den här datorn.").first).to_be_visible()
    await expect(page.locator("[data-place^='step:']").first).to_have_value("Larma alla")


async def two_clerks(sit_down: SitDown) -> tuple[Clerk, Clerk]:
    """Both have the same draft open, and Olle saves first."""
    maria = await sit_down("Maria")
    await write_on(maria, await small_draft(maria, ONE))
    olle = await sit_down("Olle")
    await write_on(olle, "prov")
    await line(olle.page, 1).fill("Larma staben på radio")
    await saved(olle.page)
    await expect(olle.page.get_by_text("sparas …")).to_be_hidden()
    return maria, olle


async def test_two_clerks_on_the_same_draft_never_write_over_each_other(sit_down: SitDown) -> None:
    maria, olle = await two_clerks(sit_down)
    page = maria.page
    await line(page, 2).fill("Ring elnätet två gånger")
    await expect(page.get_by_text("Olle har sparat en annan text")).to_be_visible()
    assert (await stored_lines(olle, "prov"))["f15"] == ["Larma staben på radio", "Ring elnätet"]
    await expect(page.locator("del").filter(has_text="på radio")).to_be_visible()
    await expect(page.locator("ins").filter(has_text="två gånger")).to_be_visible()
    for theme in ("light", "dark"):
        await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        await page.evaluate(AXE)
        assert await page.evaluate(RUN_AXE) == []
    await page.get_by_role("button", name="Fortsätt med min").click()
    await saved(page)
    assert (await stored_lines(maria, "prov"))["f15"] == ["Larma staben", "Ring elnätet två gånger"]
    await page.locator("summary").filter(has_text=re.compile("Andra texter|En annan text")).click()
    mine = page.get_by_role("listitem").filter(has_text=re.compile("^Olle"))
    await mine.get_by_role("button", name="Läs och jämför").click()
    await expect(page.locator("ins").filter(has_text="på radio")).to_be_visible()
    await mine.get_by_role("button", name="Ta fram den texten").click()
    await expect(line(page, 1)).to_have_value("Larma staben på radio")
    await line(page, 1).press("Control+z")
    await expect(line(page, 1)).to_have_value("Larma staben")


async def test_of_two_texts_one_can_choose_piece_by_piece(sit_down: SitDown) -> None:
    maria, _olle = await two_clerks(sit_down)
    page = maria.page
    await line(page, 2).fill("Ring elnätet två gånger")
    await page.get_by_role("group", name="Vilken ska gälla? Larma staben").get_by_role("button", name="Olles").click()
    await page.get_by_role("button", name="Fortsätt med det valda").click()
    await saved(page)
    assert (await stored_lines(maria, "prov"))["f15"] == ["Larma staben på radio", "Ring elnätet två gånger"]


async def test_going_on_with_the_others_text_keeps_ones_own_among_the_other_texts(sit_down: SitDown) -> None:
    maria, _olle = await two_clerks(sit_down)
    page = maria.page
    await line(page, 2).fill("Ring elnätet två gånger")
    await page.get_by_role("button", name="Fortsätt med Olles").click()
    assert (await lines(page))["f15"] == ["Larma staben på radio", "Ring elnätet"]
    aside = page.get_by_role("listitem").filter(has_text=re.compile("^Maria"))
    await page.locator("summary").filter(has_text=re.compile("Andra texter|En annan text")).click()
    await aside.get_by_role("button", name="Läs och jämför").click()
    await expect(page.locator("ins").filter(has_text="två gånger")).to_be_visible()


async def test_who_has_nothing_unsaved_gets_the_others_text_when_looking_again(sit_down: SitDown) -> None:
    maria, _olle = await two_clerks(sit_down)
    await maria.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await expect(line(maria.page, 1)).to_have_value("Larma staben på radio")
    await line(maria.page, 2).fill("Ring elnätet två gånger")
    await saved(maria.page)
    await expect(maria.page.get_by_text("sparas …")).to_be_hidden()
    assert (await stored_lines(maria, "prov"))["f15"] == ["Larma staben på radio", "Ring elnätet två gånger"]


async def test_a_draft_that_is_thrown_away_under_the_writer_can_be_begun_anew(sit_down: SitDown) -> None:
    maria, olle = await two_clerks(sit_down)
    await write_on(maria)
    await write_on(olle)
    await ask(olle, "DELETE", "drafts/elavbrott-storm")
    page = maria.page
    await line(page, 1).fill("Skriv ut listor på papper")
    await expect(page.get_by_text("Utkastet har fastställts eller slängts av någon annan.")).to_be_visible()
    await page.get_by_role("button", name="Gör ett nytt utkast av min text").click()
    await saved(page)
    assert (await stored_lines(maria, "elavbrott-storm"))["fore"][0] == "Skriv ut listor på papper"


async def test_what_a_reader_remarks_stands_at_its_step_until_it_is_settled(sit_down: SitDown) -> None:
    maria, olle = await two_clerks(sit_down)
    await ask(olle, "POST", "drafts/prov/remarks", {"step": "f15-1", "text": "Vem ringer om jouren inte svarar?"})
    page = maria.page
    await page.reload()
    remark = page.locator("[data-step='f15-1']").get_by_text("Vem ringer om jouren inte svarar?")
    await expect(remark).to_be_visible()
    await page.get_by_role("button", name="Klar", exact=True).click()
    await expect(remark).to_be_hidden()
    assert [each["settled"] for each in (await ask(maria, "GET", "drafts/prov"))["remarks"]] == [True]


async def test_a_draft_is_tried_on_the_clerks_own_phone_marked_and_only_as_an_exercise(pick_up: PickUp, sit_down: SitDown) -> None:
    phone, other = await pick_up("Maria"), await pick_up("Anna")
    maria = await sit_down("Maria", roles="leader,admin")
    page = await write_on(maria)
    await line(page, 1).fill("Skriv ut listor på papper innan strömmen går")
    await page.get_by_role("button", name="Prova på min telefon").click()
    await expect(page.get_by_text("Skickat till din telefon.").first).to_be_visible()
    await phone.open_app("#/krisparm")
    row = phone.page.get_by_role("listitem").filter(has_text="UTKAST")
    await expect(row.get_by_role("link", name=STORM_TITLE)).to_be_visible(timeout=15_000)
    assert "UTKAST" in await phone.page.get_by_role("main").get_by_role("listitem").first.inner_text()
    await row.get_by_role("link").click()
    await expect(phone.page.locator(".band.draft")).to_have_text("UTKAST")
    await expect(phone.page.get_by_text("Skriv ut listor på papper innan strömmen går")).to_have_count(1)
    for theme in ("light", "dark"):
        await phone.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        await phone.page.evaluate(AXE)
        assert await phone.page.evaluate(RUN_AXE) == []
    await phone.go("offline")
    await phone.page.get_by_role("link", name="Starta övning").click()
    await expect(phone.page.get_by_text("Skarpt läge", exact=True)).to_have_count(0)
    await phone.page.get_by_role("button", name="Starta övningen").click()
    await expect(phone.page.get_by_text("ÖVNING").first).to_be_visible()
    assert "Skriv ut listor på papper innan strömmen går" in await phone.step_names()
    await phone.go("online")
    await other.open_app("#/krisparm")
    await expect(other.page.get_by_role("link", name=STORM_TITLE)).to_have_count(1)
    await page.get_by_role("button", name="Ta bort från telefonen").click()
    await expect(page.get_by_text("Utkastet tas bort från telefonen.").first).to_be_visible()
    await phone.open_app("#/krisparm")
    await expect(phone.page.get_by_text("UTKAST")).to_have_count(0, timeout=15_000)
    await phone.open_app("#/starta/skarp")
    await expect(phone.page.get_by_text("UTKAST")).to_have_count(0)
