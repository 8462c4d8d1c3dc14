"""Members and phones at the desk, with real phones: invited, joined, changed, revoked, removed, and nothing of theirs lost."""

import re
import sqlite3
from contextlib import closing

from playwright.async_api import Page, expect

from tests.browser.board import faults
from tests.browser.clerk import Clerk
from tests.browser.conftest import PickUp, SitDown
from tests.browser.test_trouble import COUNT
from tests.serving import Running

STORM = "Långvarigt elavbrott och storm"
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}")


async def members(clerk: Clerk) -> Page:
    await clerk.go_to("medlemmar")
    await clerk.page.reload()
    await expect(clerk.page.get_by_role("heading", name="Medlemmar", level=1)).to_be_visible()
    return clerk.page


async def open_member(clerk: Clerk, name: str) -> Page:
    page = await members(clerk)
    await page.get_by_role("region", name="Medlemmar").get_by_role("link", name=name, exact=True).click()
    await expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    return page


async def code_on(page: Page) -> str:
    found = CODE.search(await page.locator(".sheet-code").first.inner_text())
    assert found is not None
    return found[0]


async def test_a_new_member_gets_a_code_and_is_there_with_their_phone_when_they_have_joined(pick_up: PickUp, sit_down: SitDown) -> None:
    maria, anna = await sit_down("Maria"), await pick_up("Anna", join=False)
    page = await members(maria)
    await page.get_by_role("link", name="Ny medlem").click()
    await page.get_by_label("Namn").fill("Anna Berg")
    await page.get_by_label("E-post").fill("anna@exempel.example")
    await page.get_by_role("button", name="Lägg till och gör en kod").click()
    await expect(page.get_by_role("heading", name="Anna Berg", level=1)).to_be_visible()
    await expect(page.get_by_role("img", name="QR-kod för Anna Berg").first).to_be_visible()
    mail = await page.get_by_role("link", name="Mejla").get_attribute("href")
    code = await code_on(page)
    assert mail is not None
    assert mail.startswith("mailto:anna@exempel.example?subject=")
    assert code in mail
    await anna.join(code)
    page = await open_member(maria, "Anna Berg")
    await expect(page.get_by_role("heading", name="Annas telefon")).to_be_visible()
    await expect(page.get_by_text("Den senaste koden användes")).to_be_visible()


async def test_many_are_pasted_seen_as_understood_and_each_gets_a_sheet_that_works(pick_up: PickUp, sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    bo, cecilia = await pick_up("Bo"), await pick_up("Cecilia", join=False)
    page = await members(maria)
    await page.get_by_role("link", name="Bjud in flera").first.click()
    await page.get_by_label("En person på varje rad").fill("namn;e-post\nCecilia Fors;cecilia@exempel.example\nBo\nEva;trasig@\n")
    await page.get_by_role("button", name="Läs listan").click()
    await expect(page.get_by_text("Rad 4: ”Eva;trasig@”. E-postadressen går inte att läsa.")).to_be_visible()
    await expect(page.get_by_role("checkbox", name=re.compile("Cecilia Fors"))).to_be_checked()
    await expect(page.get_by_role("checkbox", name=re.compile("^Bo"))).not_to_be_checked()  # has a phone
    await page.get_by_label("En person på varje rad").fill("Cecilia Fors;cecilia@exempel.example\nBo\nEva\nFredrik\nGunilla\n")
    await page.get_by_role("button", name="Läs listan").click()
    await page.get_by_role("button", name="Bjud in 4").click()
    await expect(page.get_by_role("heading", name="4 koder är klara")).to_be_visible()
    await page.go_back()
    await page.go_forward()
    await expect(page.get_by_role("heading", name="4 koder är klara")).to_be_visible()  # the codes are told once: they wait for whoever comes back
    assert await pages(page) == 1
    await page.get_by_role("button", name="En per sida").click()
    assert await pages(page) == 4
    row = page.get_by_role("listitem").filter(has_text="Cecilia Fors")
    found = CODE.search(await row.inner_text())
    assert found is not None
    await cecilia.join(found[0])
    await page.get_by_role("button", name="Klar, glöm koderna").click()
    await expect(page.get_by_role("heading", name="Medlemmar", level=1), "what comes next: who has joined").to_be_focused()
    await expect(page.get_by_role("row").filter(has_text="Cecilia Fors")).to_contain_text("Cecilias telefon")
    await expect(page.get_by_role("row").filter(has_text="Eva")).to_contain_text("inbjuden, koden gäller till")
    assert bo.errors == []


async def pages(page: Page) -> int:
    pdf = await page.pdf(prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


async def test_persons_are_chosen_among_the_contacts(sit_down: SitDown) -> None:
    maria = await sit_down("Maria", roles="admin,leader")
    await maria.go_to("medlemmar", "~bjud-in")
    page = maria.page
    await page.get_by_role("button", name="Välj bland kontakterna").click()
    await page.get_by_label("Sök bland kontakterna").fill("exempelsson kommundirektör")
    await page.get_by_role("checkbox", name=re.compile("Karin Exempelsson")).check()
    await page.get_by_role("button", name="Bjud in 1").click()
    await expect(page.get_by_role("heading", name="1 kod är klar")).to_be_visible()
    page = await open_member(maria, "Karin Exempelsson")
    await expect(page.get_by_label("E-post")).to_have_value("kommundirektor@exempelkommun.example")


async def test_what_is_typed_about_a_new_member_survives_a_closed_tab_and_a_lost_line(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    await maria.go_to("medlemmar", "~ny")
    page = maria.page
    await page.get_by_label("Namn").fill("Anna Berg")
    await page.get_by_role("checkbox", name=re.compile("Redaktör")).check()
    await page.reload()
    await expect(page.get_by_label("Namn")).to_have_value("Anna Berg")
    await expect(page.get_by_role("checkbox", name=re.compile("Redaktör"))).to_be_checked()
    await maria.go("offline")
    await page.get_by_role("button", name="Lägg till och gör en kod").click()
    await expect(page.get_by_text("Servern nås inte.")).to_be_visible()
    await maria.go("online")
    await page.get_by_role("button", name="Lägg till och gör en kod").click()
    await expect(page.get_by_role("heading", name="Anna Berg", level=1)).to_be_visible()
    await maria.go_to("medlemmar", "~ny")
    await expect(page.get_by_label("Namn")).to_have_value("")


async def test_what_is_wrong_stands_under_its_field_and_the_last_administrator_stays(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await open_member(maria, "Maria")
    await page.get_by_label("Namn").fill("  ")
    await page.get_by_label("E-post").fill("maria@")
    await page.get_by_role("button", name="Spara").click()
    await expect(page.get_by_text("Skriv ett namn.")).to_be_visible()
    await expect(page.get_by_text("Det är ingen e-postadress.")).to_be_visible()
    await expect(page.get_by_label("Namn")).to_be_focused()
    await page.get_by_label("Namn").fill("Maria Ek")
    await page.get_by_label("E-post").fill("maria@exempel.example")
    await page.get_by_role("checkbox", name=re.compile("Administratör")).uncheck()
    await page.get_by_role("checkbox", name=re.compile("Ledare")).check()
    await expect(page.get_by_text("Du tar bort din egen roll som administratör.")).to_be_visible()
    await page.get_by_role("button", name="Spara").click()
    await expect(page.get_by_text("Någon måste vara administratör.")).to_be_visible()
    await page.get_by_role("checkbox", name=re.compile("Administratör")).check()
    await page.get_by_role("button", name="Spara").click()
    await expect(page.get_by_text("Sparat.", exact=True).first).to_be_visible()
    await expect(page.get_by_role("heading", name="Maria Ek", level=1)).to_be_visible()
    await page.reload()
    await expect(page.get_by_label("E-post")).to_have_value("maria@exempel.example")


async def test_a_revoked_phone_wipes_itself_when_its_unsent_work_has_arrived(server: Running, pick_up: PickUp, sit_down: SitDown) -> None:
    maria, anna = await sit_down("Maria"), await pick_up("Anna")
    await anna.start(STORM, "Stormen Vera")
    await anna.sees_sync("Allt hos teamet")
    await anna.go("offline")
    await anna.write("Skrivet innan jag visste")
    page = await open_member(maria, "Anna")
    await page.get_by_role("button", name="Spärra").click()
    await expect(page.get_by_role("heading", name="Spärra Annas telefon?")).to_be_focused()
    await expect(page.get_by_text("Det som gjorts på den och inte hunnit skickas tas emot när den hör av sig")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Spärra")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Spärra telefonen").click()
    await expect(page.get_by_text(re.compile("Har inte hört av sig sedan dess"))).to_be_visible()
    await anna.go("online")
    await expect(anna.page.get_by_role("heading", name="Telefonen är spärrad")).to_be_visible(timeout=20_000)
    assert await anna.page.evaluate(COUNT, ["library", "documents", "ops"]) == [0, 0, 0]
    with closing(sqlite3.connect(server.data / "stormlykta.db")) as database:
        kept = [record for (record,) in database.execute("SELECT record FROM operations WHERE verdict = 'quar:revoked'")]
    assert any("Skrivet innan jag visste" in record for record in kept)
    page = await open_member(maria, "Anna")
    await expect(page.get_by_text(re.compile("fick då veta att den ska rensa sig"))).to_be_visible()


async def test_a_removed_member_is_out_and_their_phone_too(pick_up: PickUp, sit_down: SitDown) -> None:
    maria, anna = await sit_down("Maria"), await pick_up("Anna")
    page = await open_member(maria, "Anna")
    await page.get_by_role("button", name="Byt namn").click()
    await page.get_by_label("Telefonens namn").fill("Annas jourtelefon")
    await page.get_by_role("button", name="Spara").last.click()
    await expect(page.get_by_role("heading", name="Annas jourtelefon")).to_be_visible()
    await page.get_by_role("button", name="Ta bort medlemmen").click()
    await expect(page.get_by_text("Det som personen har gjort i händelser och i spårloggen står kvar.")).to_be_visible()
    await page.get_by_role("button", name="Ta bort", exact=True).click()
    await expect(page.get_by_role("heading", name="Medlemmar", level=1)).to_be_visible()
    await expect(page.get_by_role("link", name="Anna", exact=True)).to_have_count(0)
    await expect(anna.page.get_by_role("heading", name="Telefonen är spärrad")).to_be_visible(timeout=20_000)
    page = await members(maria)
    await page.get_by_text("Borttagna de senaste 90 dagarna (1)").click()
    await expect(page.get_by_text("Annas jourtelefon. Hörde av sig")).to_be_visible()


async def test_the_pages_about_members_are_free_of_axe_violations_and_fit(pick_up: PickUp, sit_down: SitDown) -> None:
    maria, _ = await sit_down("Maria", reduced_motion="reduce"), await pick_up("Anna")
    page = await members(maria)
    found = await faults(page, "medlemmar")
    page = await open_member(maria, "Anna")
    await page.get_by_role("button", name="Gör en ny kod").click()
    await page.get_by_role("button", name="Spärra").click()
    await page.get_by_role("button", name="Byt namn").click()
    await page.get_by_role("button", name="Ta bort medlemmen").click()
    found += await faults(page, "medlem")
    await maria.go_to("medlemmar", "~ny")
    await page.get_by_role("button", name="Lägg till och gör en kod").click()
    await expect(page.get_by_text("Skriv ett namn.")).to_be_visible()
    found += await faults(page, "ny medlem")
    await maria.go_to("medlemmar", "~bjud-in")
    await page.get_by_label("En person på varje rad").fill("Bo\nEva;trasig@")
    await page.get_by_role("button", name="Läs listan").click()
    await expect(page.get_by_text("Rad 2")).to_be_visible()
    found += await faults(page, "bjud in")
    await page.get_by_role("button", name="Bjud in 1").click()
    await expect(page.get_by_role("heading", name="1 kod är klar")).to_be_visible()
    found += await faults(page, "koder")
    await maria.go_to("medlemmar", "~bjud-in")
    await page.get_by_role("button", name="Klar, glöm koderna").click()
    await maria.go_to("medlemmar", "~bjud-in")
    await page.get_by_role("button", name="Välj bland kontakterna").click()
    await expect(page.get_by_label("Sök bland kontakterna")).to_be_visible()
    found += await faults(page, "ur kontakterna")
    assert found == []
