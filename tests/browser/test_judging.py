"""Before a version goes out: who may judge it, what was remarked, and everything that stops it in clear words and loses nothing."""

import re

from playwright.async_api import expect

from tests.browser.conftest import SitDown
from tests.browser.drafting import Elsewhere, elsewhere, first_step, goal
from tests.browser.test_publishing import ID, NEW_GOAL, fill_in, press_publish, sees_done, to_publish
from tests.browser.writing import line, write_on
from tests.entering import GOOD, add_password
from tests.serving import Running

__all__ = ["elsewhere"]


async def test_an_earlier_author_is_never_offered_to_approve(sit_down: SitDown, elsewhere: Elsewhere) -> None:
    erik, maria = await sit_down("Erik", roles="editor"), await elsewhere("Maria", "editor")
    await elsewhere("Berit")
    own = await elsewhere("Erik", "editor")
    await own.redraft(ID, goal(NEW_GOAL))
    await maria.redraft(ID, first_step("Skriv ut listor över alla som behöver el"))
    await maria.done("POST", f"drafts/{ID}/hand", {"note": ""})
    page = erik.page
    await erik.go_to("checklistor", ID)
    await expect(page.get_by_role("link", name="Se hur läsningen går")).to_be_visible()
    await expect(page.get_by_role("link", name="Läs och godkänn …")).to_have_count(0)
    page = await to_publish(erik)
    await expect(page.get_by_role("main").get_by_text("Utkastet lämnades")).to_be_visible()
    await expect(page.get_by_role("button", name="Godkänn")).to_have_count(0)
    await page.get_by_role("button", name="Ta tillbaka").click()
    await page.locator("summary").filter(has_text="Låt någon annan läsa").click()
    await expect(page.get_by_label("Vem ska läsa?").locator("option")).to_have_text(["Den som har tid", "Berit"])


async def test_a_remark_on_a_step_that_has_been_removed_is_shown_with_the_words_it_was_about(sit_down: SitDown, elsewhere: Elsewhere) -> None:
    author, reader = await elsewhere("Maria", "editor"), await elsewhere("Erik", "editor")
    draft = await author.redraft(ID, goal(NEW_GOAL))
    step, other = draft["document"]["phases"][0]["steps"][:2]
    await author.done("POST", f"drafts/{ID}/hand", {"note": ""})
    await reader.done("POST", f"drafts/{ID}/remarks", {"step": step["id"], "text": "Behövs den?"})
    await reader.done("POST", f"drafts/{ID}/remarks", {"step": other["id"], "text": "Vem gör den?"})
    await author.redraft(ID, lambda document: document["phases"][0]["steps"].pop(0))
    maria = await sit_down("Maria", roles="editor")
    page = await to_publish(maria)
    gone = page.get_by_role("listitem").filter(has_text="Behövs den?")
    await expect(gone).to_contain_text("Om en åtgärd som är borttagen")
    await expect(gone).to_contain_text(step["text"]["sv"])
    same = page.get_by_role("listitem").filter(has_text="Vem gör den?")
    await expect(same).to_contain_text(f"Om: ”{other['text']['sv']}”")
    await page.get_by_role("button", name="Hela kortet").click()
    await expect(gone).to_contain_text(step["text"]["sv"])
    await expect(page.get_by_text("Vem gör den?")).to_have_count(1)
    await gone.get_by_role("button", name="Klar", exact=True).click()
    await expect(gone).to_contain_text("Åtgärdad")
    page = await write_on(maria, ID)
    await expect(page.get_by_text("Behövs den?")).to_have_count(0)
    await author.done("PUT", f"drafts/{ID}/remarks/1", {"settled": False})
    await page.reload()
    await expect(page.get_by_role("listitem").filter(has_text="Behövs den?")).to_contain_text(step["text"]["sv"])


async def test_who_has_returned_a_draft_reads_whose_turn_it_is(sit_down: SitDown, elsewhere: Elsewhere) -> None:
    author = await elsewhere("Maria", "admin")
    await author.require_second_person()
    await author.redraft(ID, goal(NEW_GOAL))
    await author.done("POST", f"drafts/{ID}/hand", {"note": ""})
    erik = await sit_down("Erik", roles="editor")
    page = await to_publish(erik)
    await page.get_by_label("Till den som skrivit").fill("Se över målet.")
    await page.get_by_role("button", name="Lämna tillbaka").click()
    await expect(page.get_by_text("Du har lämnat tillbaka utkastet. Nu är det Maria som skriver vidare")).to_be_visible()
    await expect(page.get_by_text("Ingen annan kan läsa")).to_have_count(0)


async def test_the_same_text_again_is_refused_in_words_until_its_review_is_moved(sit_down: SitDown, elsewhere: Elsewhere) -> None:
    erik = await elsewhere("Erik", "editor")
    await erik.publish(ID, goal(NEW_GOAL), "Nytt mål")
    await erik.done("POST", f"drafts/{ID}")
    maria = await sit_down("Maria")
    page = await to_publish(maria)
    await expect(page.get_by_text("Texten är som i version 2.")).to_be_visible()
    await fill_in(page, "Genomläst")
    await page.get_by_label("Ses över senast").fill("2099-01-01")
    await page.get_by_label("Ägare").fill("TiB")
    await press_publish(page, 3)
    await expect(page.get_by_role("alert").filter(has_text="Inget skiljer från versionen som gäller")).to_be_visible()
    await expect(page.get_by_label("Vad har ändrats?")).to_have_value("Genomläst")
    await page.get_by_label("Ses över senast").fill("2099-06-01")
    await press_publish(page, 3)
    await sees_done(page, 3)


async def test_a_faulty_draft_cannot_be_published_and_leads_to_where_it_is_mended(sit_down: SitDown, elsewhere: Elsewhere) -> None:
    erik = await elsewhere("Erik", "editor")
    await erik.redraft(ID, first_step(""))
    maria = await sit_down("Maria")
    page = await to_publish(maria)
    await expect(page.get_by_role("heading", name="En sak måste rättas först")).to_be_visible()
    await expect(page.get_by_role("button", name=re.compile("^Fastställ version"))).to_have_count(0)
    await page.get_by_role("link", name="Rätta i utkastet").first.click()
    await line(page, 1).fill("Skriv ut listor")
    await page.get_by_role("button", name="Fastställ …").click()
    await fill_in(page, "Listorna först")
    await press_publish(page, 2)
    await sees_done(page, 2)


async def test_a_version_that_came_meanwhile_is_compared_with_and_the_new_draft_stays(sit_down: SitDown, elsewhere: Elsewhere) -> None:
    erik = await elsewhere("Erik", "editor")
    await erik.redraft(ID, goal(NEW_GOAL))
    maria = await sit_down("Maria")
    page = await to_publish(maria)
    await fill_in(page, "Nytt mål")
    assert await erik.publish(ID, goal("Ingen fryser."), "Kortare mål") == 2
    await erik.redraft(ID, goal("Ingen fryser och alla vet det."))
    await press_publish(page, 2)
    await expect(page.get_by_role("alert").filter(has_text="Version 2 fastställdes")).to_be_visible()
    await expect(page.get_by_label("Vad har ändrats?")).to_have_value("Nytt mål")
    assert (await erik.done("GET", f"drafts/{ID}"))["document"]["goal"]["sv"] == "Ingen fryser och alla vet det."
    await page.get_by_role("button", name="Visa det nya").click()
    await expect(page.locator("ins").filter(has_text="och alla vet det")).to_be_visible()
    await press_publish(page, 3)
    await sees_done(page, 3)


async def test_a_seat_that_ends_on_the_publish_page_keeps_what_was_typed_and_signing_in_over_it_publishes(
    server: Running, sit_down: SitDown, elsewhere: Elsewhere
) -> None:
    erik = await elsewhere("Erik", "editor")
    await erik.redraft(ID, goal(NEW_GOAL))
    maria = await sit_down("Maria")
    add_password(server.data, maria.organisation, maria.member)
    page = await to_publish(maria)
    await fill_in(page, "Målet säger nu inom vilken tid")
    await page.get_by_label("Ägare").fill("Beredskapssamordnaren")
    await maria.end_seat()
    await press_publish(page, 2)
    over = page.get_by_role("dialog", name="Logga in igen")
    await over.get_by_label("Lösenord", exact=True).fill(GOOD)
    await page.keyboard.press("Enter")
    await expect(over).to_have_count(0)
    await expect(page.get_by_label("Vad har ändrats?")).to_have_value("Målet säger nu inom vilken tid")
    await expect(page.get_by_label("Ägare")).to_have_value("Beredskapssamordnaren")
    await press_publish(page, 2)
    await sees_done(page, 2)


async def test_nobody_publishes_without_knowing_that_their_last_words_are_not_in_it(server: Running, sit_down: SitDown, elsewhere: Elsewhere) -> None:
    maria = await sit_down("Maria")
    page = await write_on(maria, ID)
    server.stop()
    await line(page, 1).fill("Skriv ut alla listor på papper")
    await expect(page.get_by_text("Inte sparat").first).to_be_visible()
    closed, maria.page = page, await maria.context.new_page()
    await closed.close()
    server.start()
    page = await to_publish(maria)
    await expect(page.get_by_text("På den här datorn finns text som inte hann sparas i utkastet")).to_be_visible()
    await page.get_by_role("main").get_by_role("link", name="Skriv vidare").last.click()
    await page.get_by_role("button", name="Fortsätt med texten på datorn").click()
    await expect(line(page, 1)).to_have_value("Skriv ut alla listor på papper")
    await page.get_by_role("button", name="Fastställ …").click()
    await expect(page.get_by_role("heading", level=1, name=re.compile("^Fastställ "))).to_be_visible()
    await expect(page.get_by_text("På den här datorn finns text")).to_have_count(0)
    await expect(page.locator("ins").filter(has_text="på papper")).to_be_visible()
