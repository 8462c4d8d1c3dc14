"""What the editor does with words beyond typing them: as text and back, loose spaces, references, and what lies on the phone."""

import re

from playwright.async_api import Page, expect

from tests.browser.clerk import Clerk
from tests.browser.conftest import PickUp, SitDown
from tests.browser.writing import ask, line, saved, small_draft, stored, write_on

ONE = ("Första åtgärder", ["Larma staben", "Ring elnätet"])


async def ids_on_the_server(clerk: Clerk) -> dict[str, str]:
    document = await stored(clerk, "prov")
    return {step["text"]["sv"]: step["id"] for phase in document["phases"] for step in phase["steps"]}


async def as_text(page: Page) -> None:
    await page.get_by_role("button", name="Som text").click()
    await expect(page.get_by_label("Kortet som text")).to_have_value(re.compile("Larma staben"))


async def test_a_step_typed_as_text_has_one_id_from_its_first_letters_to_its_last(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await write_on(maria, await small_draft(maria, ONE))
    await as_text(page)
    text = page.get_by_label("Kortet som text")
    seen: list[str] = []
    written = (await text.input_value()).rstrip()
    for words in ("Öppna", "Öppna stabsrummet", "Öppna det stora stabsrummet", "Lås upp det stora stabsrummet"):
        await text.fill(f"{written}\n- [ ] {words}\n")
        await expect(page.get_by_text("Texten är läst och finns i formuläret.")).to_be_visible()
        await expect(page.get_by_role("region", name="Så ser det ut på telefonen").get_by_text(words, exact=True)).to_be_visible()
        await saved(page)
        seen.append((await ids_on_the_server(maria))[words])
    assert len(set(seen)) == 1, seen
    assert re.fullmatch("s-[a-z0-9]{10}", seen[0])
    await page.get_by_role("button", name="Till formuläret").click()
    await expect(line(page, 3)).to_have_value("Lås upp det stora stabsrummet")
    await as_text(page)
    await expect(text).to_have_value(re.compile(re.escape(f"Lås upp det stora stabsrummet {{#{seen[0]}}}").replace("stabsrummet\\ ", r"stabsrummet\*{0,2}\ ")))


async def test_loose_spaces_are_gone_when_a_field_is_left_and_never_seen_in_the_text(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await write_on(maria, await small_draft(maria, ONE))
    await line(page, 1).fill("  Larma   staben  ")
    await expect(line(page, 1)).to_have_value("  Larma   staben  ")
    await line(page, 2).click()
    await expect(line(page, 1)).to_have_value("Larma staben")
    await page.locator("summary").filter(has_text="Framsidan").click()
    await page.get_by_label("Använd när").fill("När det provas. ")
    await page.locator("summary").filter(has_text="Mer om kortet").click()
    await page.get_by_label("Ägare").fill(" beredskap ")
    await page.get_by_label("Mål", exact=True).click()
    await saved(page)
    document = await stored(maria, "prov")
    assert (document["trigger"]["sv"], document["owner"]) == ("När det provas.", "beredskap")
    await as_text(page)
    assert "&#" not in await page.get_by_label("Kortet som text").input_value()


async def test_a_reference_is_put_into_the_translation_too(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    made = await small_draft(maria, ONE)
    draft = await ask(maria, "GET", f"drafts/{made}")
    draft["document"]["goal"] = {"sv": "Provet är gjort.", "en": "The trial is done."}
    await ask(maria, "PUT", f"drafts/{made}", {"revision": draft["revision"], "document": draft["document"]})
    page = await write_on(maria, made)
    await page.get_by_role("button", name="Engelska").click()
    await page.locator("summary").filter(has_text="Framsidan").click()
    await page.locator("summary").filter(has_text="Mer om kortet").click()
    goal = page.locator(".field-pair").filter(has=page.locator("[data-place='front-goal']"))
    await goal.get_by_role("button", name="Hänvisa till kort, kontakt eller roll").click()
    await expect(goal.get_by_role("combobox")).to_be_focused()
    await page.keyboard.type("värmebölja")
    await expect(goal.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(goal.locator("[data-place='front-goal-en']")).to_have_value(re.compile(r"^The trial is done\. \(Card: .+\)$"))
    await saved(page)
    assert (await stored(maria, made))["goal"] == {"sv": "Provet är gjort. [[card:varmebolja]]", "en": "The trial is done. [[card:varmebolja]]"}
    await page.get_by_role("button", name="Ångra (Ctrl+Z)").click()
    await saved(page)
    assert (await stored(maria, made))["goal"] == {"sv": "Provet är gjort.", "en": "The trial is done."}, "one deed, one undo"


async def test_the_editor_says_that_the_draft_is_on_the_phone_also_when_it_is_opened_anew(sit_down: SitDown, pick_up: PickUp) -> None:
    await pick_up("Maria")
    maria = await sit_down("Maria", roles="leader,admin")
    page = await write_on(maria, await small_draft(maria, ONE))
    await page.get_by_role("button", name="Prova på min telefon").click()
    await expect(page.get_by_text("Skickat till din telefon.").first).to_be_visible()
    await page.reload()
    await expect(page.get_by_text("Ligger på din telefon sedan")).to_be_visible()
    await line(page, 1).fill("Larma hela staben")
    await saved(page)
    await expect(page.get_by_text(re.compile("På din telefon ligger texten från .*, utan det du har skrivit sedan"))).to_be_visible()
    await page.get_by_role("button", name="Till min telefon igen").click()
    await expect(page.get_by_text("Skickat till din telefon.").first).to_be_visible()
    await page.get_by_role("button", name="Ta bort från telefonen").click()
    await expect(page.get_by_role("button", name="Prova på min telefon")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("button", name="Prova på min telefon")).to_be_visible()
