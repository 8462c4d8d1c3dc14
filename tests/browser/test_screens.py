"""Every screen, in both themes and at 320 px: no axe violation, nothing sticks out, every target large enough."""

from playwright.async_api import Page, expect

from tests.browser.conftest import PickUp
from tests.serving import ROOT, Running

STORM = "Långvarigt elavbrott och storm"
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
RUN_AXE = """async () => {
  const rules = {'target-size': {enabled: true}};
  const found = await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules});
  return found.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 160)).join(' | ')}`);
}"""
STICKS_OUT = "() => document.scrollingElement.scrollWidth > innerWidth ? `${document.scrollingElement.scrollWidth} > ${innerWidth}` : ''"
SMALL_TARGETS = """() => [...document.querySelectorAll('button, a[href], input, select, summary')]
  .filter(e => e.checkVisibility() && !e.closest('p, .said') && e.type !== 'radio' && !e.matches('.skip'))
  .map(e => [e, e.getBoundingClientRect()]).filter(([e, r]) => r.width > 1 && r.height < 44)
  .map(([e, r]) => `${e.outerHTML.slice(0, 90)} ${Math.round(r.width)}×${Math.round(r.height)}`)"""


async def faults(page: Page, name: str) -> list[str]:
    await page.evaluate(AXE)
    found: list[str] = []
    for theme in ("light", "dark"):
        await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        found += [f"{name}, {theme}: {fault}" for fault in await page.evaluate(RUN_AXE)]
    for width in (320, 360, 1280):
        await page.set_viewport_size({"width": width, "height": 740})
        if sticking := await page.evaluate(STICKS_OUT):
            found.append(f"{name}, {width} px: sticks out {sticking}")
    await page.set_viewport_size({"width": 360, "height": 740})
    return found + [f"{name}: small {small}" for small in await page.evaluate(SMALL_TARGETS)]


async def test_every_screen_is_free_of_axe_violations_in_both_themes_and_fits(server: Running, pick_up: PickUp) -> None:
    anna = await pick_up("Anna", join=False, reduced_motion="reduce")
    page = anna.page
    await anna.open_app()
    await expect(page.get_by_role("heading", name="Gå med")).to_be_visible()
    found = await faults(page, "gå med")
    await anna.join(server.invite("Anna")["code"])
    found += await faults(page, "redo")
    await anna.start(STORM, "Stormen Vera")
    first = (await anna.step_names())[0]
    await anna.choose(first, "Kunde inte")
    found += await faults(page, "händelse")
    incident = page.url
    await anna.write("Strömmen är borta i Norrbyn.")
    found += await faults(page, "loggbok")
    await anna.start(STORM, "Vinterövning", kind="övning")
    found += await faults(page, "övning")
    for name, path in {
        "läge": "#/",
        "krispärm": "#/krisparm",
        "åtgärdskort": "#/kort/elavbrott-storm",
        "rollkort": "#/kort/roll-tib",
        "kontakter": "#/kontakter",
        "kontakt": "#/kontakt/kommundirektor",
        "budskap": "#/budskap/forsta-budskap",
        "mer": "#/mer",
        "starta": "#/starta/skarp",
        "starta övning": "#/starta/ovning/elavbrott-storm",
        "om händelsen": incident[incident.index("#") :].removesuffix("/logg") + "/om",
        "finns inte": "#/kort/finns-inte",
    }.items():
        await anna.open_app(path)
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await page.wait_for_timeout(150)
        found += await faults(page, name)
    assert found == []


async def test_the_whole_way_of_a_tick_can_be_gone_by_keyboard(pick_up: PickUp) -> None:
    anna = await pick_up("Anna")
    await anna.start(STORM, "Stormen Vera")
    page = anna.page
    key = page.get_by_role("button", name="Markera klar").first
    for _ in range(40):
        await page.keyboard.press("Tab")
        if await key.evaluate("e => e === document.activeElement"):
            break
    await expect(key).to_be_focused()
    await page.keyboard.press("Space")
    await expect(page.get_by_role("button", name="Markera klar").first).to_have_attribute("aria-pressed", "true")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("group", name="Markera som").first).to_be_visible()


async def test_the_app_speaks_english_to_who_wants_it(pick_up: PickUp) -> None:
    anna = await pick_up("Anna")
    await anna.open_app("#/mer")
    await anna.page.get_by_role("button", name="English").click()
    await anna.open_app("#/krisparm")
    await expect(anna.page.get_by_role("link", name="Prolonged power outage and storm")).to_be_visible()
    assert await anna.page.evaluate("document.documentElement.lang") == "en"
