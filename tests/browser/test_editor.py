"""Writing a checklist in a real browser: with keys alone, by dragging, as text; and how it looks on the phone meanwhile."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import SitDown
from tests.browser.test_screens import AXE, RUN_AXE, SMALL_TARGETS, STICKS_OUT
from tests.browser.writing import PASTE, STORM, STORM_TITLE, ask, caret, line, lines, saved, small_draft, stored, stored_lines, write_on

TWO = (("Första åtgärder", ["Larma staben", "Ring elnätet", "Skriv läget"]), ("Första timmen", ["Håll möte"]))


async def test_a_whole_checklist_is_written_with_the_keyboard_alone_from_blank_to_the_publish_page(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    made = await ask(maria, "POST", "checklists", {"blank": {"kind": "action-card", "title": "Översvämning"}})
    page = await write_on(maria, made["checklist"])
    press, write = page.keyboard.press, page.keyboard.type
    await expect(page.get_by_label("Använd när")).to_be_focused()
    await write("Vattnet stiger i centrum.")
    await press("Enter")
    await write("Ring räddningstjänsten")
    await tab_to(page, "Ring i punkt 1")
    await write("elnät")
    await press("Enter")
    await expect(page.get_by_role("button", name=re.compile("^Ta bort Elnätets driftcentral"))).to_be_focused()
    await tab_to(page, "Mål")
    await write("Ingen skadas.")
    await press("Enter")
    await write("Bara skyfall: (Kort: Skyfall och översvämning).")
    await tab_to(page, "Sökord")
    await write("vatten, flod, översvämning, källare, dämme")
    await tab_to(page, "För rollerna")
    await write("stabschef")
    await press("Enter")
    await tab_to(page, "Ägare")
    await write("beredskapssamordnare")
    await tab_to(page, "Åtgärd 1")
    await write("Larma staben")
    await press("Tab")
    await press("Space")
    await press("Escape")
    await press("End")
    await press("Enter")
    await write("Spärra broarna")
    await press("Enter")
    await write("Öppna en trygghetspunkt")
    await press("Alt+ArrowUp")
    assert await lines(page) == {"f15": ["Larma staben", "Öppna en trygghetspunkt", "Spärra broarna"]}
    await tab_to(page, "Första timmen")
    await press("Enter")
    await expect(page.get_by_role("button", name="Ny åtgärd (Enter)").nth(1)).to_be_focused()
    await press("Enter")
    await write("Håll första mötet")
    await saved(page)
    document = await stored(maria, made["checklist"])
    assert [step["text"]["sv"] for step in document["phases"][1]["steps"]] == ["Håll första mötet"]
    assert document["trigger"] == {"sv": "Vattnet stiger i centrum."}
    assert document["immediate"][0] == {"sv": "Ring räddningstjänsten [[call:elnat-driftcentral]]"}
    assert [step.get("critical", False) for step in document["phases"][0]["steps"]] == [True, False, False]
    assert all(re.fullmatch("s-[a-z0-9]{10}", step["id"]) for step in document["phases"][0]["steps"])
    await page.locator(".skip").focus()
    await tab_to(page, "Fastställ …")
    await press("Enter")
    await expect(page).to_have_url(re.compile(f"checklistor/{made['checklist']}/faststall$"))


async def tab_to(page: Page, name: str) -> None:
    """Tab after Tab, as a person who looks for something does; every stop can be left again."""
    for _ in range(60):
        await page.keyboard.press("Tab")
        said = await page.evaluate(
            "() => { const e = document.activeElement; return [e.labels?.[0]?.querySelector('span')?.textContent, e.ariaLabel, e.textContent].filter(Boolean) }"
        )
        if any(each.strip().startswith(name) for each in said):
            return
    raise AssertionError(f"Tab never came to {name}")


async def test_enter_splits_backspace_joins_arrows_move_and_undo_takes_all_of_it_back(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await write_on(maria, await small_draft(maria, *TWO))
    press = page.keyboard.press
    before = await lines(page)
    await line(page, 2).click()
    await press("Home")
    for _ in range(4):
        await press("ArrowRight")
    await press("Enter")
    assert (await lines(page))["f15"] == ["Larma staben", "Ring", "elnätet", "Skriv läget"]
    assert await caret(page) == ("elnätet", 0)
    await press("Backspace")
    assert (await lines(page)) == before
    assert await caret(page) == ("Ring elnätet", 5)
    await press("ArrowDown")
    await press("Alt+ArrowDown")
    assert await lines(page) == {"f15": ["Larma staben", "Ring elnätet"], "f60": ["Skriv läget", "Håll möte"]}
    await press("End")
    await press("Enter")
    await press("Backspace")
    assert await caret(page) == ("Skriv läget", 11)
    for _ in range(5):
        await press("Control+z")
    assert await lines(page) == before
    for _ in range(5):
        await press("Control+Shift+z")
    assert await lines(page) == {"f15": ["Larma staben", "Ring elnätet"], "f60": ["Skriv läget", "Håll möte"]}
    await page.get_by_role("button", name="Ångra (Ctrl+Z)").click()
    await page.get_by_role("button", name="Gör om (Ctrl+Y)").click()
    await saved(page)
    assert await stored_lines(maria, "prov") == await lines(page)


async def test_a_list_from_a_word_processor_becomes_steps(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await write_on(maria, await small_draft(maria, *TWO))
    await line(page, 1).click()
    await page.keyboard.press("End")
    await page.keyboard.press("Enter")
    await page.evaluate(PASTE, "•\tRing TiB\r\n• Öppna stabsrummet\r\n\r\n3. Starta loggen\r\n")
    assert (await lines(page))["f15"] == ["Larma staben", "Ring TiB", "Öppna stabsrummet", "Starta loggen", "Ring elnätet", "Skriv läget"]
    await page.keyboard.press("Control+z")
    assert (await lines(page))["f15"] == ["Larma staben", "", "Ring elnätet", "Skriv läget"]


@pytest.mark.parametrize("width", [1280, 360])
async def test_a_step_is_dragged_by_its_handle_into_another_phase_and_keeps_its_id(sit_down: SitDown, width: int) -> None:
    maria = await sit_down("Maria", width=width)
    page = await write_on(maria, await small_draft(maria, *TWO))
    await drag(page, "Dra åtgärd 2", onto=page.get_by_role("button", name="Dra åtgärd 1 till").nth(1))
    await expect(page.locator(".drop-here")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.mouse.up()
    assert (await lines(page))["f60"] == ["Håll möte"]
    await drag(page, "Dra åtgärd 2", onto=page.get_by_role("button", name="Dra åtgärd 1 till").nth(1))
    await page.mouse.up()
    assert await lines(page) == {"f15": ["Larma staben", "Skriv läget"], "f60": ["Ring elnätet", "Håll möte"]}
    await saved(page)
    assert [step["id"] for step in (await stored(maria, "prov"))["phases"][1]["steps"]] == ["f15-1", "f60-0"]


async def drag(page: Page, handle: str, onto: Locator) -> None:
    """Holds the first such handle over another; the page follows the hand when it comes to the edge."""
    held = page.get_by_role("button", name=handle).first
    await held.scroll_into_view_if_needed()
    start = await held.bounding_box()
    assert start is not None
    await page.mouse.move(start["x"] + 8, start["y"] + 8)
    await page.mouse.down()
    height = (page.viewport_size or {"height": 0})["height"]
    await page.mouse.move(start["x"] + 8, height - 12, steps=4)
    await expect(onto).to_be_in_viewport(ratio=1)
    await page.mouse.move(start["x"] + 8, height - 120, steps=2)
    end = await onto.bounding_box()
    assert end is not None
    await page.mouse.move(start["x"] + 8, end["y"] + 4, steps=2)


async def test_a_thumb_drags_a_step_on_a_phone(sit_down: SitDown) -> None:
    maria = await sit_down("Maria", width=360, has_touch=True)
    page = await write_on(maria, await small_draft(maria, *TWO))
    held = page.get_by_role("button", name="Dra åtgärd 1 till en annan plats").first
    target = page.get_by_role("button", name="Dra åtgärd 3 till en annan plats").first
    await target.scroll_into_view_if_needed()
    start, end = await held.bounding_box(), await target.bounding_box()
    assert start is not None
    assert end is not None
    thumb = await maria.context.new_cdp_session(page)
    for kind, y in (("touchStart", start["y"] + 9), ("touchMove", start["y"] + 40), ("touchMove", end["y"] + end["height"] - 2), ("touchEnd", None)):
        points = [] if y is None else [{"x": start["x"] + 9, "y": y}]
        await thumb.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert (await lines(page))["f15"] == ["Ring elnätet", "Skriv läget", "Larma staben"]


async def test_the_phone_beside_shows_what_is_written_as_it_is_written(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await write_on(maria)
    phone = page.get_by_role("region", name="Så ser det ut på telefonen")
    await line(page, 1, 1).fill("Ring alla som kan köra traktor")
    await expect(phone.get_by_text("Ring alla som kan köra traktor")).to_be_in_viewport()
    await page.keyboard.press("Tab")
    await page.get_by_role("combobox", name="Ring", exact=True).fill("vakthavande meteorolog")
    await page.keyboard.press("Enter")
    await expect(phone.locator("[data-here]").get_by_role("link", name=re.compile("meteorolog"))).to_be_visible()
    before = page.url
    await phone.locator("[data-here]").get_by_role("link", name=re.compile("meteorolog")).click()
    assert page.url == before


async def test_advice_stands_at_its_step_and_blocks_nothing(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await write_on(maria, await small_draft(maria, *TWO))
    words = "Utse talesperson och börja skriva på ett första budskap till allmänheten och personalen"
    await line(page, 1).fill(words)
    await expect(page.locator(".edit-step").nth(0).locator(".advice")).to_have_text(re.compile("13 ord"))
    await expect(line(page, 1)).to_have_attribute("aria-describedby", re.compile("^said-"))
    await line(page, 2).fill("")
    await expect(page.locator(".edit-step").nth(1).locator(".must")).to_be_visible()
    await expect(page.get_by_text(re.compile("kvar före fastställande"))).to_be_visible()
    assert (await stored_lines(maria, "prov"))["f15"][:2] == [words, ""]


async def test_the_card_as_text_and_back_loses_nothing(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await write_on(maria)
    before = await stored(maria, STORM)
    await page.get_by_role("button", name="Som text").click()
    text = page.get_by_label("Kortet som text")
    await expect(text).to_have_value(re.compile("# Långvarigt elavbrott och storm"))
    written = await text.input_value()
    await text.fill(written.replace("Bestäm mötesplats om telefonerna dör", "Bestäm mötesplats om näten dör"))
    await expect(page.get_by_role("region", name="Så ser det ut på telefonen").get_by_text("Bestäm mötesplats om näten dör")).to_be_visible()
    await saved(page)
    changed = await stored(maria, STORM)
    assert changed["immediate"][2]["sv"] == "Bestäm mötesplats om näten dör"
    assert {**changed, "immediate": None} == {**before, "immediate": None}
    await page.get_by_role("button", name="Till formuläret").click()
    await line(page, 1).click()
    await page.keyboard.press("Control+z")
    await saved(page)
    assert await stored(maria, STORM) == before


async def test_a_line_that_is_not_understood_is_told_by_its_number_and_the_text_waits(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await write_on(maria, await small_draft(maria, *TWO))
    await page.get_by_role("button", name="Som text").click()
    text = page.get_by_label("Kortet som text")
    await expect(text).to_have_value(re.compile("Larma staben"))
    written = await text.input_value()
    await text.fill(f"{written}\nDen här raden är ingenting\n")
    await expect(page.get_by_text("Texten går inte att läsa som ett kort än.")).to_be_visible()
    number = len(written.split("\n")) + 1
    await page.get_by_role("button", name=f"Rad {number}", exact=True).click()
    assert await page.evaluate("() => getSelection().toString()") == "Den här raden är ingenting"
    await page.get_by_role("button", name="Till formuläret").click()
    await expect(line(page, 1)).to_be_visible()
    assert (await lines(page))["f15"] == ["Larma staben", "Ring elnätet", "Skriv läget"]
    await page.get_by_role("button", name="Till texten").click()
    await expect(page.get_by_label("Kortet som text")).to_have_value(re.compile("Den här raden är ingenting"))
    await page.get_by_label("Kortet som text").fill(written.replace("Larma staben", "Larma hela staben"))
    await expect(page.get_by_text("Texten är läst och finns i formuläret.")).to_be_visible()
    await page.get_by_role("button", name="Till formuläret").click()
    await expect(line(page, 1)).to_have_value("Larma hela staben")
    assert (await lines(page))["f15"] == ["Larma hela staben", "Ring elnätet", "Skriv läget"]
    assert [step["id"] for step in (await stored(maria, "prov"))["phases"][0]["steps"]] == ["f15-0", "f15-1", "f15-2"]


async def test_phases_come_from_the_vocabulary_in_its_order_and_go_with_undo(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await write_on(maria, await small_draft(maria, *TWO))
    await page.get_by_role("button", name="Före", exact=True).click()
    assert list(await lines(page)) == ["fore", "f15", "f60"]
    await page.get_by_role("button", name="Ta bort skedet Första åtgärder").click()
    assert list(await lines(page)) == ["fore", "f60"]
    await page.get_by_role("button", name="Ångra (Ctrl+Z)").click()
    assert list(await lines(page)) == ["fore", "f15", "f60"]
    await page.get_by_label("Skedets namn").nth(1).fill("De första minuterna")
    await saved(page)
    assert [phase["title"]["sv"] for phase in (await stored(maria, "prov"))["phases"]] == ["Före", "De första minuterna", "Första timmen"]


async def test_what_has_changed_is_compared_with_the_version_in_force(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = await write_on(maria)
    await line(page, 2).fill("Läs varningen och lämna kommunens lokala bild")
    await line(page, 3).click()
    await page.keyboard.press("Control+End")
    await page.keyboard.press("Enter")
    await page.keyboard.type("Ladda alla radioapparater")
    await page.get_by_role("button", name="Jämför med v1").click()
    await expect(page.get_by_text("1 ny, 1 ändrad")).to_be_visible()
    await expect(page.locator("del").filter(has_text="delta i länsstyrelsens avstämning")).to_be_visible()
    await expect(page.locator("ins").filter(has_text="Ladda alla radioapparater")).to_be_visible()
    await expect(page.get_by_text("Utkast efter v1")).to_be_visible()
    await expect(page.get_by_role("heading", level=1)).to_have_text(STORM_TITLE)


async def test_the_editor_is_free_of_axe_violations_in_both_themes_and_fits(sit_down: SitDown) -> None:
    maria = await sit_down("Maria", reduced_motion="reduce")
    page = await write_on(maria)
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

    await look("formuläret")
    await line(page, 2, 1).click()
    await page.keyboard.press("Tab")
    await look("detaljerna")
    await page.get_by_role("combobox", name="Ring", exact=True).fill("vatten")
    await look("väljaren")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await page.locator("summary").filter(has_text="Framsidan").click()
    await page.get_by_role("button", name="Engelska").click()
    await look("framsidan med engelska")
    await line(page, 1).fill("Skriv ut alla listor")
    await page.get_by_role("button", name="Jämför med v1").click()
    await look("jämförelsen")
    await page.get_by_role("button", name="Som text").click()
    await expect(page.get_by_label("Kortet som text")).to_have_value(re.compile("#"))
    await look("texten")
    assert found == [], "\n".join(found)
