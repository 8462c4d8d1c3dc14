"""From a draft to every phone, in real browsers: publishing, the second person, two at once, withdrawing, going back."""

import re

from playwright.async_api import Page, expect

from tests.browser.clerk import Clerk
from tests.browser.conftest import PickUp, SitDown
from tests.browser.drafting import Elsewhere, elsewhere, first_step, goal
from tests.serving import Running

__all__ = ["elsewhere"]

STORM = "Långvarigt elavbrott och storm"
ID = "elavbrott-storm"
NEW_GOAL = "Alla som behöver hjälp är nådda inom tre timmar."
PASTED = """Kris på skola

När: Något allvarligt har hänt på en skola.
Mål: Alla elever är i trygghet och alla hemma vet det.
Använd inte när: Det är pågående våld, larma 112 först.

Första åtgärder
1. Ring 112
2. Samla eleverna i aulan

Första timmen
- Informera vårdnadshavarna
- Ordna transporter
"""


async def to_publish(clerk: Clerk, checklist: str = ID) -> Page:
    await clerk.go_to("checklistor", checklist, "faststall")
    await expect(clerk.page.get_by_role("heading", level=1, name=re.compile("^(Fastställ|Läs) "))).to_be_visible()
    return clerk.page


async def fill_in(page: Page, what: str) -> None:
    await page.get_by_label("Vad har ändrats?").fill(what)


async def press_publish(page: Page, version: int) -> None:
    await page.get_by_role("button", name=f"Fastställ version {version}").click()


async def sees_done(page: Page, version: int) -> None:
    await expect(page.get_by_role("heading", level=1, name=f"Version {version} är fastställd")).to_be_visible()


async def test_pasted_text_becomes_a_version_that_an_open_phone_shows_without_reload(sit_down: SitDown, pick_up: PickUp) -> None:
    anna = await pick_up("Anna")
    await anna.open_app("#/krisparm")
    await expect(anna.page.get_by_role("link", name=re.compile(STORM))).to_be_visible()
    await anna.page.evaluate("window.stillHere = true")

    maria = await sit_down("Maria")
    await maria.go_to("checklistor")
    page = maria.page
    await page.get_by_role("link", name="Ny checklista").click()
    await page.get_by_role("radio", name="Klistra in en lista").check()
    await page.get_by_label("Texten").fill(PASTED)
    await page.get_by_role("button", name="Börja skriva").click()
    await expect(page.get_by_role("heading", level=1, name="Kris på skola")).to_be_visible()
    await page.get_by_label("Gör genast 1", exact=True).fill("Ring 112")
    await page.get_by_role("button", name="Fastställ …").click()

    await expect(page.get_by_role("heading", level=1, name="Fastställ Kris på skola")).to_be_visible()
    await expect(page.get_by_text("Ingen version finns att jämföra med")).to_be_visible()
    await page.get_by_role("button", name="Använd förslaget").click()
    await expect(page.get_by_label("Vad har ändrats?")).to_have_value("Första versionen")
    await page.get_by_label("Ägare").fill("Rektor")
    await expect(page.get_by_role("button", name="Fastställ version 1. Den går till 1 ledares telefon.")).to_be_visible()
    await press_publish(page, 1)
    await sees_done(page, 1)
    await expect(page.get_by_text("1 av 1 telefoner har hämtat den.")).to_be_visible(timeout=20_000)

    await expect(anna.page.get_by_role("link", name=re.compile("Kris på skola.*v1"))).to_be_visible(timeout=15_000)
    assert await anna.page.evaluate("window.stillHere") is True


async def test_a_starter_becomes_a_version(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = maria.page
    await maria.go_to("checklistor", "_ny")
    await page.get_by_role("searchbox", name="Sök i startbiblioteket").fill("varmebolja")
    await page.get_by_role("radio", name=re.compile("^Värmebölja")).check()
    await expect(page.get_by_text("Det blir en till, under ett annat namn i systemet.")).to_be_visible()
    await page.get_by_role("button", name="Börja skriva").click()
    await expect(page.get_by_role("heading", level=1, name="Värmebölja")).to_be_visible()
    await page.get_by_role("button", name="Fastställ …").click()
    await fill_in(page, "Första versionen")
    await press_publish(page, 1)
    await sees_done(page, 1)
    await page.get_by_role("link", name="Till checklistan").click()
    await expect(page.get_by_role("heading", name="Version 1 gäller")).to_be_visible()
    await expect(page.get_by_text("Ändrat: Första versionen.")).to_be_visible()


async def test_a_comparison_is_read_first_and_the_suggestion_says_what_differs(sit_down: SitDown, elsewhere: Elsewhere) -> None:
    erik = await elsewhere("Erik", "editor")
    await erik.redraft(ID, goal(NEW_GOAL))
    maria = await sit_down("Maria")
    page = await to_publish(maria)
    await expect(page.get_by_role("heading", name="Det här ändras mot version 1")).to_be_visible()
    await expect(page.locator("ins").filter(has_text="nådda inom tre timmar")).to_be_visible()
    await expect(page.get_by_text("Förslag: ändringar i mål")).to_be_visible()
    await press_publish(page, 2)
    await expect(page.get_by_text("Skriv vad som har ändrats.")).to_be_visible()
    await expect(page.get_by_label("Vad har ändrats?")).to_have_attribute("aria-invalid", "true")
    await page.get_by_label("Ses över senast").fill("2020-01-01")
    await fill_in(page, "Tydligare mål.")
    await press_publish(page, 2)
    await expect(page.get_by_text("Välj ett datum som inte har varit.")).to_be_visible()
    await page.get_by_label("Ses över senast").fill("2099-05-01")
    await press_publish(page, 2)
    await sees_done(page, 2)
    await page.get_by_role("link", name="Till checklistan").click()
    history = page.get_by_role("listitem").filter(has_text="Version 2")
    await expect(history).to_contain_text("Maria")
    await expect(history).to_contain_text("Tydligare mål")


async def test_the_second_person_reads_remarks_returns_and_approves(sit_down: SitDown, elsewhere: Elsewhere) -> None:
    admin = await elsewhere("Berit")
    await admin.require_second_person()
    maria, erik = await sit_down("Maria", roles="editor"), await sit_down("Erik", roles="editor")
    author = await elsewhere("Maria", "editor")
    draft = await author.redraft(ID, first_step("Skriv ut listor över alla som är beroende av el"))

    page = await to_publish(maria)
    await expect(page.get_by_text("Hos er ska någon som inte har skrivit i utkastet läsa")).to_be_visible()
    await expect(page.get_by_role("button", name="Fastställ version 2")).to_have_count(0)
    await page.get_by_label("Vem ska läsa?").select_option(label="Erik")
    await page.get_by_label("Hälsning till den som läser").fill("Är första åtgärden tydlig?")
    await page.get_by_role("button", name="Lämna till Erik").click()
    await expect(page.get_by_role("main").get_by_text("Utkastet lämnades")).to_be_visible()
    await expect(page.get_by_role("button", name="Godkänn")).to_have_count(0)
    refused = await author.post(f"drafts/{ID}/approve", {"revision": draft["revision"]})
    assert refused.status_code == 403

    await erik.go_to("checklistor")
    await erik.page.get_by_role("button", name="Väntar på läsning 1").click()
    await erik.page.get_by_role("link", name=STORM).click()
    await erik.page.get_by_role("link", name="Läs och godkänn …").click()
    reader = erik.page
    await expect(reader.get_by_text("Är första åtgärden tydlig?")).to_be_visible()
    await reader.get_by_role("button", name="Anmärk på: Skriv ut listor över alla som är beroende av el").click()
    await reader.get_by_label("Din anmärkning").fill("Vem skriver ut dem?")
    await reader.get_by_role("button", name="Lägg till anmärkningen").click()
    await expect(reader.get_by_role("listitem").filter(has_text="Vem skriver ut dem?").last).to_be_visible()
    await reader.get_by_role("button", name="Lämna tillbaka").click()
    await expect(reader.get_by_role("main").get_by_text("Erik har läst utkastet och lämnade tillbaka det")).to_be_visible()

    page = maria.page
    await expect(page.get_by_role("main").get_by_text("Erik har läst utkastet och lämnade tillbaka det")).to_be_visible(timeout=20_000)
    await author.redraft(ID, first_step("Omsorgen skriver ut listor över alla som är beroende av el"))
    await page.reload()
    await expect(page.get_by_text("Vem skriver ut dem?")).to_be_visible()
    await page.get_by_role("button", name="Klar", exact=True).click()
    await expect(page.get_by_text("Åtgärdad")).to_be_visible()
    await page.get_by_role("button", name="Lämna till Erik").or_(page.get_by_role("button", name="Lämna för läsning")).click()

    await reader.reload()
    await reader.get_by_role("button", name="Godkänn").click()
    await expect(reader.get_by_role("main").get_by_text("Erik har läst och godkänt utkastet")).to_be_visible()
    await expect(page.get_by_role("main").get_by_text("Erik har läst och godkänt utkastet")).to_be_visible(timeout=20_000)
    await fill_in(page, "Vem som skriver ut listorna")
    await press_publish(page, 2)
    await sees_done(page, 2)
    await page.get_by_role("link", name="Till checklistan").click()
    await expect(page.get_by_text(re.compile("av Maria, läst och godkänd av Erik"))).to_be_visible()


async def test_of_two_who_publish_at_once_one_is_told_and_loses_nothing(sit_down: SitDown, elsewhere: Elsewhere) -> None:
    maria, erik = await sit_down("Maria"), await sit_down("Erik", roles="editor")
    author = await elsewhere("Maria")
    await author.redraft(ID, goal(NEW_GOAL))
    first, second = await to_publish(maria), await to_publish(erik)
    await fill_in(first, "Nytt mål")
    await fill_in(second, "Målet säger nu inom vilken tid")
    await press_publish(first, 2)
    await sees_done(first, 2)
    await press_publish(second, 2)
    await expect(second.get_by_role("heading", level=1, name="Maria hann före")).to_be_visible()
    await expect(second.get_by_text("Det är samma text som du hade framför dig.")).to_be_visible()
    await expect(second.get_by_text("Målet säger nu inom vilken tid")).to_be_visible()


async def test_a_draft_that_was_changed_meanwhile_is_read_before_it_goes_out(sit_down: SitDown, elsewhere: Elsewhere) -> None:
    author = await elsewhere("Erik", "editor")
    await author.redraft(ID, goal(NEW_GOAL))
    maria = await sit_down("Maria")
    page = await to_publish(maria)
    await fill_in(page, "Nytt mål")
    await author.redraft(ID, goal("Ingen fryser."))
    await press_publish(page, 2)
    await expect(page.get_by_text(re.compile("Erik har ändrat i utkastet .* 1 ändrad"))).to_be_visible()
    await expect(page.get_by_label("Vad har ändrats?")).to_have_value("Nytt mål")
    await page.get_by_role("button", name="Visa det nya").click()
    await expect(page.locator("ins").filter(has_text="fryser")).to_be_visible()
    await press_publish(page, 2)
    await sees_done(page, 2)


async def test_a_text_that_was_outrun_by_another_version_can_go_on_as_a_draft(sit_down: SitDown, elsewhere: Elsewhere) -> None:
    erik = await elsewhere("Erik", "editor")
    await erik.redraft(ID, goal(NEW_GOAL))
    maria = await sit_down("Maria")
    page = await to_publish(maria)
    await fill_in(page, "Nytt mål")
    assert await erik.publish(ID, goal("Ingen fryser."), "Kortare mål") == 2
    await press_publish(page, 2)
    await expect(page.get_by_role("heading", level=1, name="Erik hann före")).to_be_visible()
    await expect(page.locator("ins").filter(has_text="nådda inom tre timmar")).to_be_visible()
    await page.get_by_role("button", name="Gör ett nytt utkast av min text").click()
    await expect(page.get_by_role("heading", name="Det här ändras mot version 2")).to_be_visible()
    await expect(page.get_by_label("Vad har ändrats?")).to_have_value("Nytt mål")
    await press_publish(page, 3)
    await sees_done(page, 3)


async def test_a_withdrawn_checklist_leaves_start_and_an_open_incident_keeps_it(sit_down: SitDown, pick_up: PickUp) -> None:
    anna = await pick_up("Anna")
    await anna.start(STORM, "Stormen Vera")
    maria = await sit_down("Maria")
    await maria.go_to("checklistor", ID)
    page = maria.page
    await page.get_by_role("button", name="Dra tillbaka …").click()
    await page.get_by_role("button", name=f"Dra tillbaka {STORM}").click()
    await expect(page.get_by_text("Skriv något här.")).to_be_visible()
    await page.get_by_label("Varför dras den tillbaka?").fill("Ersätts av ett nytt kort")
    await page.get_by_role("button", name=f"Dra tillbaka {STORM}").click()
    await expect(page.get_by_text("Maria drog tillbaka den")).to_contain_text("Ersätts av ett nytt kort")

    await anna.open_app("#/starta/skarp")
    await expect(anna.page.get_by_role("link", name=re.compile("Värmebölja"))).to_be_visible()
    await expect(anna.page.get_by_role("link", name=re.compile(STORM))).to_have_count(0, timeout=15_000)
    await anna.enter("Stormen Vera")
    step = (await anna.step_names())[0]
    await anna.tick(step)

    await page.get_by_role("button", name="Återta").click()
    await expect(page.get_by_role("heading", name="Version 1 gäller")).to_be_visible()
    await anna.open_app("#/starta/skarp")
    await expect(anna.page.get_by_role("link", name=re.compile(STORM))).to_be_visible(timeout=15_000)


async def test_going_back_is_a_new_version(sit_down: SitDown, elsewhere: Elsewhere) -> None:
    erik = await elsewhere("Erik", "editor")
    await erik.publish(ID, goal(NEW_GOAL), "Nytt mål")
    await erik.redraft(ID, goal("Ett halvfärdigt utkast."))
    maria = await sit_down("Maria")
    await maria.go_to("checklistor", ID)
    page = maria.page
    await page.get_by_role("link", name="Läs version 1", exact=True).click()
    await expect(page.get_by_text("VERSION 1, GÄLLER INTE")).to_be_visible()
    await page.get_by_role("link", name="Jämför med version 2, som gäller").click()
    await expect(page.locator("ins").filter(has_text="nådda inom tre timmar")).to_be_visible()
    await page.go_back()
    await page.get_by_role("button", name="Börja om från version 1").click()
    await expect(page.get_by_text(re.compile("Det finns redan ett utkast, sparat .* av Erik"))).to_be_visible()
    await page.get_by_role("button", name="Släng det och börja från version 1").click()
    await expect(page.get_by_role("heading", level=1, name=STORM, exact=True)).to_be_visible()
    page = await to_publish(maria)
    await expect(page.get_by_text(re.compile("Förslag: Tillbaka till version 1"))).to_be_visible()
    await page.get_by_role("button", name="Använd förslaget").click()
    await press_publish(page, 3)
    await sees_done(page, 3)
    document = (await erik.done("GET", f"checklists/{ID}/versions/3"))["document"]
    assert document["goal"] == (await erik.done("GET", f"checklists/{ID}/versions/1"))["document"]["goal"]


async def test_a_lost_connection_loses_nothing_that_was_typed(sit_down: SitDown, elsewhere: Elsewhere) -> None:
    erik = await elsewhere("Erik", "editor")
    await erik.redraft(ID, goal(NEW_GOAL))
    maria = await sit_down("Maria")
    page = await to_publish(maria)
    await fill_in(page, "Målet säger nu inom vilken tid")
    await maria.go("offline")
    await press_publish(page, 2)
    await expect(page.get_by_text("Servern nås inte. Kontrollera nätet och försök igen.")).to_be_visible()
    await expect(page.get_by_label("Vad har ändrats?")).to_have_value("Målet säger nu inom vilken tid")
    await maria.go("online")
    await press_publish(page, 2)
    await sees_done(page, 2)


async def test_an_editor_whose_right_is_withdrawn_is_told_and_what_was_typed_is_kept(server: Running, sit_down: SitDown, elsewhere: Elsewhere) -> None:
    admin = await elsewhere("Berit")
    await admin.redraft(ID, goal(NEW_GOAL))
    erik = await sit_down("Erik", roles="editor")
    page = await to_publish(erik)
    await fill_in(page, "Målet säger nu inom vilken tid")
    await admin.give_roles(erik.member, "leader")
    await press_publish(page, 2)
    await expect(page.get_by_text("Du har inte längre rätt att fastställa.")).to_be_visible()
    await expect(page.get_by_label("Vad har ändrats?")).to_have_value("Målet säger nu inom vilken tid")
    await admin.give_roles(erik.member, "editor")
    await erik.sit(server, roles="editor")  # the old seat does not come back with the role
    await page.reload()
    await expect(page.get_by_label("Vad har ändrats?")).to_have_value("Målet säger nu inom vilken tid")
    await press_publish(page, 2)
    await sees_done(page, 2)
