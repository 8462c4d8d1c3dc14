"""The list of checklists, a new one, its page: in real browsers, by keyboard too, and free of axe violations in both themes at both widths."""

import re
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import PickUp, SitDown
from tests.browser.drafting import Colleague, Elsewhere, elsewhere, goal
from tests.browser.test_screens import AXE, RUN_AXE, STICKS_OUT

__all__ = ["elsewhere"]

STORM = "Långvarigt elavbrott och storm"
ID = "elavbrott-storm"
# What stands on the picture of the phone is a picture: nothing there can be pressed.
SMALL_TARGETS = """() => [...document.querySelectorAll('button, a[href], input, select, summary')]
  .filter(e => e.checkVisibility() && !e.closest('p, .said, .handset') && !['radio', 'checkbox'].includes(e.type) && !e.matches('.skip'))
  .map(e => [e, e.getBoundingClientRect()]).filter(([e, r]) => r.width > 1 && r.height < 44)
  .map(([e, r]) => `${e.outerHTML.slice(0, 90)} ${Math.round(r.width)}×${Math.round(r.height)}`)"""


async def faults(page: Page, name: str) -> list[str]:
    await page.evaluate(AXE)
    found: list[str] = []
    for width in (360, 1280):
        await page.set_viewport_size({"width": width, "height": 800})
        for theme in ("light", "dark"):
            await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            found += [f"{name}, {width}, {theme}: {fault}" for fault in await page.evaluate(RUN_AXE)]
    for width in (1280, 360, 320):
        await page.set_viewport_size({"width": width, "height": 800})
        if sticking := await page.evaluate(STICKS_OUT):
            found.append(f"{name}, {width} px: sticks out {sticking}")
        found += [f"{name}, {width}: small {small}" for small in await page.evaluate(SMALL_TARGETS)]
    await page.set_viewport_size({"width": 1280, "height": 800})
    return found


async def tab_to(page: Page, target: Locator, most: int = 80) -> None:
    for _ in range(most):
        if await target.evaluate("e => e === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {target}")


async def names(page: Page) -> list[str]:
    return [await each.inner_text() for each in await page.get_by_role("rowheader").get_by_role("link").all()]


async def test_the_list_says_how_each_checklist_stands_and_finds_the_right_one(sit_down: SitDown, elsewhere: Elsewhere) -> None:
    erik = await elsewhere("Erik", "editor")
    await erik.redraft(ID, goal("Ingen fryser."))
    await erik.redraft("teleavbrott", goal("Alla nås."))
    await erik.done("POST", "drafts/teleavbrott/hand", {"note": ""})
    await erik.done("POST", "checklists/skogsbrand/withdraw", {"why": "Ersatt."})
    maria = await sit_down("Maria")
    await maria.go_to("checklistor")
    page = maria.page
    row = page.get_by_role("row").filter(has_text=STORM)
    await expect(row).to_contain_text("Fastställd v1")
    await expect(row).to_contain_text("Utkast av Erik")
    await expect(row).to_contain_text("Aldrig övad")
    await expect(page.get_by_role("row").filter(has_text="Skogsbrand")).to_contain_text("Tillbakadragen")
    await page.get_by_role("button", name="Väntar på läsning 1").click()
    assert await names(page) == ["Avbrott i telefoni, mobilnät och internet"]
    await page.get_by_role("button", name="Utkast 2").click()
    assert len(await names(page)) == 2
    await page.get_by_role("button", name=re.compile("^Alla ")).click()
    await page.get_by_role("searchbox").fill("stromlost elavbrot")
    assert (await names(page))[0] == STORM
    await page.get_by_role("searchbox").fill("")
    await page.get_by_label("Ordna efter").select_option("Titel")
    found = await names(page)
    assert found[0] == "Avbrott i telefoni, mobilnät och internet"
    assert found[-1] == "Återgång och utvärdering – efter krisen"


async def test_what_is_overdue_is_said_in_words_and_found_with_one_tap(sit_down: SitDown, elsewhere: Elsewhere) -> None:
    erik = await elsewhere("Erik", "editor")
    maria = await sit_down("Maria")
    # The clerk's clock is two years ahead; the server's dates are as they are.
    await maria.page.clock.set_system_time("2028-06-01T12:00:00")
    await erik.publish(ID, goal("Ingen fryser."), "Nytt mål")
    await maria.go_to("checklistor")
    page = maria.page
    await page.reload()
    await page.get_by_role("button", name=re.compile("^Behöver ses över 2[0-9]")).click()
    await expect(page.get_by_role("row").filter(has_text="Värmebölja")).to_contain_text("Behöver ses över")
    await expect(page.get_by_role("row").filter(has_text=STORM)).to_have_count(0)


async def test_five_hundred_checklists_are_a_list_that_can_be_used(sit_down: SitDown, elsewhere: Elsewhere) -> None:
    erik = await elsewhere("Erik", "editor")
    for number in range(500):
        await erik.done("POST", "checklists", {"blank": {"kind": "action-card", "title": f"Lista {number + 1}"}})
    maria = await sit_down("Maria", width=360)
    await maria.go_to("checklistor")
    page = maria.page
    cards = page.get_by_role("main").get_by_role("listitem")
    await expect(cards).to_have_count(100)
    await expect(page.get_by_text("100 av 524 checklistor")).to_be_visible()
    await page.get_by_role("button", name="Visa 100 till").click()
    await expect(cards).to_have_count(200)
    await page.get_by_role("searchbox").fill("lista 417")
    await expect(cards.first).to_contain_text("Lista 417")


async def test_markdown_that_can_not_be_read_names_its_lines_and_is_kept(sit_down: SitDown, elsewhere: Elsewhere) -> None:
    erik = await elsewhere("Erik", "editor")
    document = (await erik.done("GET", "checklists/varmebolja"))["published"]
    written = await erik.done("POST", "markdown/write", {"document": document})
    broken = written["sv"].replace("Tid: T+", "Tid: snart ", 1)
    maria = await sit_down("Maria")
    await maria.go_to("checklistor", "_ny")
    page = maria.page
    await page.get_by_role("radio", name="Öppna en Markdown-fil").check()
    await open_file(page, "Filen på svenska", "kort.md", broken.encode())
    await expect(page.get_by_text("Texten går inte att läsa som en checklista än.")).to_be_visible()
    line = broken[: broken.index("Tid: snart")].count("\n") + 1
    await page.get_by_role("button", name=f"Rad {line}", exact=True).click()
    area = page.get_by_role("textbox", name="kort.md")
    assert "Tid: snart" in await area.evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)")
    await page.reload()
    await expect(area).to_have_value(broken)
    await area.fill(written["sv"])
    await open_file(page, "Filen på engelska", "card.md", written["en"].encode())
    await expect(page.get_by_text(re.compile("Värmebölja: .* skeden, .* åtgärder"))).to_be_visible()
    await page.get_by_role("button", name="Börja skriva").click()
    await expect(page.get_by_role("heading", level=1, name="Värmebölja")).to_be_visible()
    await maria.go_to("checklistor", "_ny")
    await expect(page.get_by_role("radio", name="Ur startbiblioteket")).to_be_checked()


async def test_a_file_that_is_no_text_is_refused_in_words(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    await maria.go_to("checklistor", "_ny")
    page = maria.page
    await page.get_by_role("radio", name="Öppna en Markdown-fil").check()
    await open_file(page, "Filen på svenska", "gammal.md", "# Värmebölja på gång".encode("latin-1"))
    await expect(page.get_by_text("gammal.md är ingen textfil i UTF-8.")).to_be_visible()
    await open_file(page, "Filen på svenska", "bild.md", b"\x89PNG\0\0\0")
    await expect(page.get_by_text("bild.md är ingen textfil i UTF-8.")).to_be_visible()


async def test_a_copy_and_a_blank_one_can_be_begun(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    await maria.go_to("checklistor", "_ny")
    page = maria.page
    await page.get_by_role("radio", name="Kopia av en som finns").check()
    await page.get_by_role("searchbox").fill("varmebolja")
    await page.get_by_role("radio", name=re.compile("^Värmebölja")).check()
    await expect(page.get_by_label("Vad ska den heta?")).to_have_value("Värmebölja (kopia)")
    await page.get_by_label("Vad ska den heta?").fill("Köldknäpp")
    await page.get_by_role("button", name="Börja skriva").click()
    await expect(page.get_by_role("heading", level=1, name="Köldknäpp")).to_be_visible()
    await maria.go_to("checklistor", "_ny")
    await page.get_by_role("radio", name="Tom", exact=False).check()
    await page.get_by_role("button", name="Börja skriva").click()
    await expect(page.get_by_text("Skriv en titel.")).to_be_visible()
    await page.get_by_role("radio", name="Rollkort").check()
    await page.get_by_label("Vad ska den heta?").fill("Ny")
    await page.get_by_role("button", name="Börja skriva").click()
    await expect(page.get_by_role("heading", level=1, name="Ny", exact=True)).to_be_visible()
    await maria.go_to("checklistor", "ny")
    await expect(page.get_by_text("Ingen version gäller")).to_be_visible()


async def test_a_draft_that_is_thrown_away_can_be_had_back(sit_down: SitDown, elsewhere: Elsewhere) -> None:
    erik = await elsewhere("Erik", "editor")
    await erik.redraft(ID, goal("Ingen fryser."))
    maria = await sit_down("Maria")
    await maria.go_to("checklistor", ID)
    page = maria.page
    await page.get_by_role("button", name="Släng utkastet").click()
    await expect(page.get_by_role("main").get_by_text("Utkastet är slängt.")).to_be_visible()
    assert (await erik.get(f"drafts/{ID}")).status_code == 404
    await page.get_by_role("button", name="Ångra").click()
    await expect(page.get_by_role("heading", name="Utkast", exact=True)).to_be_visible()
    assert (await erik.done("GET", f"drafts/{ID}"))["document"]["goal"]["sv"] == "Ingen fryser."


async def test_a_draft_on_ones_own_phone_is_said_and_taken_off(sit_down: SitDown, pick_up: PickUp, elsewhere: Elsewhere) -> None:
    maria_here = await elsewhere("Maria")
    draft = await maria_here.redraft(ID, goal("Ingen fryser."))
    phone = await pick_up("Maria")
    await maria_here.done("PUT", f"trials/{ID}", {"revision": draft["revision"]})
    await phone.open_app("#/krisparm")
    await expect(phone.page.get_by_text("UTKAST")).to_be_visible(timeout=15_000)
    maria = await sit_down("Maria")
    await maria.go_to("checklistor", ID)
    await expect(maria.page.get_by_text("Utkastet ligger på din egen telefon")).to_be_visible()
    await maria.page.get_by_role("button", name="Ta bort från min telefon").click()
    await expect(maria.page.get_by_text("Utkastet tas bort från din telefon.")).to_be_visible()
    await expect(phone.page.get_by_text("UTKAST")).to_have_count(0, timeout=15_000)


async def test_a_draft_is_published_by_keyboard_alone(sit_down: SitDown, elsewhere: Elsewhere) -> None:
    erik = await elsewhere("Erik", "editor")
    await erik.redraft(ID, goal("Ingen fryser."))
    maria = await sit_down("Maria")
    await maria.go_to("checklistor")
    page = maria.page
    await expect(page.get_by_role("link", name=STORM)).to_be_visible()
    await tab_to(page, page.get_by_role("link", name=STORM))
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1, name=STORM)).to_be_focused()
    await tab_to(page, page.get_by_role("link", name="Fastställ …"))
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1, name=f"Fastställ {STORM}")).to_be_focused()
    await tab_to(page, page.get_by_role("button", name="Använd förslaget"))
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Vad har ändrats?")).to_be_focused()
    await page.keyboard.press("Control+A")
    await page.keyboard.type("Målet säger vad som är nått")
    await tab_to(page, page.get_by_role("button", name="Fastställ version 2"))
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1, name="Version 2 är fastställd")).to_be_focused()


async def test_no_page_has_axe_violations_or_sticks_out(sit_down: SitDown, elsewhere: Elsewhere) -> None:
    erik, berit = await elsewhere("Erik", "editor"), await elsewhere("Berit")
    await set_the_stage(erik)
    await berit.require_second_person()
    maria = await sit_down("Maria", reduced_motion="reduce")
    page = maria.page
    found: list[str] = []
    for name, rooms in {
        "listan": (),
        "ny": ("_ny",),
        "en": (ID,),
        "tillbakadragen": ("skogsbrand",),
        "version": (ID, "version", "1"),
        "jämförelse": (ID, "jamfor", "1", "utkast"),
        "fastställ": (ID, "faststall"),
        "läs": ("teleavbrott", "faststall"),
        "fel kvar": ("lista", "faststall"),
        "finns inte": ("inget-sadant",),
    }.items():
        await maria.go_to("checklistor", *rooms)
        await expect(page.get_by_role("main")).not_to_contain_text("Hämtar …")
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        found += await faults(page, name)
    assert found == []


async def set_the_stage(erik: Colleague) -> None:
    await erik.publish(ID, goal("Ingen fryser."), "Nytt mål")
    await erik.redraft(ID, goal("Ingen fryser eller törstar."))
    await erik.redraft("teleavbrott", goal("Alla nås."))
    await erik.done("POST", "drafts/teleavbrott/hand", {"note": "Läs gärna"})
    await erik.done("POST", "drafts/teleavbrott/remarks", {"step": "", "text": "Är det för långt?"})
    await erik.done("POST", "checklists/skogsbrand/withdraw", {"why": "Ersatt."})
    await erik.done("POST", "checklists", {"blank": {"kind": "role-card", "title": "Lista"}})


async def open_file(page: Page, label: str, name: str, content: bytes) -> None:
    files: Any = {"name": name, "mimeType": "text/markdown", "buffer": content}
    await page.get_by_label(re.compile(f"^{label}")).set_input_files(files)
