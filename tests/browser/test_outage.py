"""The main job, as people do it: through an outage, and everything is there for everybody afterwards."""

import re

from playwright.async_api import expect

from tests.browser.conftest import LIBRARY, PickUp
from tests.serving import Running

STORM = "Långvarigt elavbrott och storm"


async def test_a_leader_works_through_an_outage_and_the_team_has_it_all_afterwards(server: Running, pick_up: PickUp) -> None:
    anna = await pick_up("Anna")
    await anna.put_down()
    server.stop()

    await anna.open_browser()
    await anna.go("offline")
    await anna.open_app()
    page = anna.page
    await expect(page.get_by_role("heading", name="Läge", level=1)).to_be_visible()
    await page.get_by_role("link", name="Krispärm", exact=True).click()
    await page.get_by_role("searchbox").fill("strömlöst")
    first = page.get_by_role("main").get_by_role("listitem").first
    await expect(first).to_contain_text(STORM)
    await first.get_by_role("link").click()
    await expect(page.get_by_role("heading", name="Gör genast")).to_be_visible()
    await page.get_by_role("link", name="Starta med detta kort").click()
    await page.get_by_label("Vad ska den heta?").fill("Stormen Vera")
    await page.get_by_role("button", name="Starta händelsen").click()

    names = await anna.step_names()
    await anna.tick(names[0])
    await expect(anna.step(names[0])).to_contain_text("på telefonen")
    await anna.choose(names[1], "Pågår")
    await anna.choose(names[2], "Redan gjort")
    await anna.choose(names[3], "Ej aktuell")
    await anna.choose(names[4], "Kunde inte")
    await anna.step(names[4]).get_by_label("Varför?").fill("radion är nere")
    await anna.step(names[4]).get_by_role("button", name="Spara", exact=True).click()
    await expect(anna.step(names[4])).to_contain_text("Kunde inte: radion är nere")
    await anna.tick(names[5])
    await page.get_by_role("button", name=f"Ångra: {names[5]}").click()
    await expect(page.get_by_role("button", name=f"Markera klar: {names[5]}")).to_have_attribute("aria-pressed", "false")
    await page.get_by_role("button", name="Egen åtgärd").first.click()
    await page.get_by_placeholder("Vad ska göras?").fill("Hämta ved till Norrbyn")
    await page.keyboard.press("Enter")
    await expect(anna.step("Hämta ved till Norrbyn")).to_contain_text("på telefonen")
    call = anna.step(names[1]).get_by_role("link", name=re.compile("^Ring ")).first
    await expect(call).to_have_attribute("href", re.compile(r"^tel:\+?\d+$"))
    await call.click()
    await anna.step(names[1]).get_by_role("button", name="Nådd").click()
    await anna.write("Strömmen borta i Norrbyn och Söderåsen.")
    await expect(page.get_by_role("listitem").filter(has_text="Norrbyn och Söderåsen")).to_contain_text("på telefonen")
    await anna.sees_sync("på telefonen")

    anna.kill_browser()
    await anna.open_browser()
    await anna.go("offline")
    await anna.open_app()
    await anna.enter("Stormen Vera")
    await expect(anna.step(names[4])).to_contain_text("Kunde inte: radion är nere")
    await expect(anna.step("Hämta ved till Norrbyn")).to_be_visible()

    server.start()
    await anna.go("online")
    await anna.sees_sync("Allt hos teamet")
    await expect(anna.page.get_by_text("på telefonen")).to_have_count(0)
    bo = await pick_up("Bo")
    await bo.enter("Stormen Vera")
    await expect(bo.step(names[0])).to_contain_text("Anna")
    await expect(bo.step(names[4])).to_contain_text("Kunde inte: radion är nere")
    await expect(bo.step("Hämta ved till Norrbyn")).to_be_visible()
    await bo.page.get_by_role("link", name="Loggbok").click()
    await expect(bo.page.get_by_text("Strömmen borta i Norrbyn och Söderåsen.")).to_be_visible()


async def test_two_leaders_who_worked_apart_agree_within_two_seconds(server: Running, pick_up: PickUp) -> None:
    anna, bo = await pick_up("Anna"), await pick_up("Bo")
    await anna.start(STORM, "Stormen Vera")
    await anna.sees_sync("Allt hos teamet")
    await bo.enter("Stormen Vera")
    names = await bo.step_names()
    for leader in (anna, bo):
        await leader.go("offline")
    server.stop()

    await anna.tick(names[0])
    await anna.tick(names[1])
    await anna.tick(names[2])
    await bo.tick(names[0])
    await bo.choose(names[1], "Kunde inte")
    await bo.tick(names[3])
    await anna.page.get_by_role("button", name="Egen åtgärd").first.click()
    await anna.page.get_by_placeholder("Vad ska göras?").fill("Ställ ut värmefläktar")
    await anna.page.keyboard.press("Enter")
    await anna.write("Första raden")
    await bo.write("Andra raden")
    await anna.write("Tredje raden")

    server.start()
    for leader in (anna, bo):
        await leader.go("online")
    for leader in (anna, bo):
        await expect(leader.page.get_by_role("listitem").filter(has_text="raden")).to_have_count(3, timeout=2_000)
        for line in ("Första", "Andra", "Tredje"):
            await expect(leader.page.get_by_text(f"{line} raden")).to_be_visible(timeout=2_000)
    for leader in (anna, bo):
        await leader.page.get_by_role("link", name="Åtgärder").click()
        await expect(leader.step(names[0])).to_contain_text(re.compile("Anna .* och Bo |Bo .* och Anna "), timeout=2_000)
        await expect(leader.step(names[1])).to_contain_text("Olika besked", timeout=2_000)
        await expect(leader.step(names[2])).to_contain_text("Anna")
        await expect(leader.step(names[3])).to_contain_text("Bo")
        await expect(leader.step("Ställ ut värmefläktar")).to_be_visible()
        await expect(leader.page.get_by_role("dialog")).to_have_count(0)
        await leader.sees_sync("Allt hos teamet")

    await bo.tick(names[1])
    for leader in (bo, anna):
        await expect(leader.step(names[1])).not_to_contain_text("Olika besked", timeout=2_000)
        await expect(leader.page.get_by_role("button", name=f"Markera klar: {names[1]}")).to_have_attribute("aria-pressed", "true")


async def test_an_exercise_can_not_be_taken_for_real(pick_up: PickUp) -> None:
    anna = await pick_up("Anna")
    await anna.start(STORM, "Vinterövning", kind="övning")
    await expect(anna.page.get_by_role("note").filter(has_text="ÖVNING").first).to_be_visible()
    await anna.page.get_by_role("link", name="Loggbok").click()
    await expect(anna.page.get_by_role("note").filter(has_text="ÖVNING").first).to_be_visible()
    await anna.open_app("#/")
    await expect(anna.page.get_by_role("main")).to_contain_text("ÖVNING")


async def test_a_new_version_reaches_the_phone_and_the_open_incident_stays_on_its_own(server: Running, pick_up: PickUp) -> None:
    anna = await pick_up("Anna")
    await anna.start(STORM, "Stormen Vera")
    await anna.sees_sync("Allt hos teamet")
    card = server.data.parent / "c-elavbrott-storm.sv.md"
    text = (LIBRARY / "cards" / card.name).read_text()
    step = re.search(r"- \[ \] \*\*(.+?)\*\*", text)
    assert step is not None
    card.write_text(text.replace(step[1], "Ring alla grannar först av allt"))
    published = server.command("publish", card, "--by", "Maria Ek", "--changes", "grannar först")
    assert published.returncode == 0, published.stderr
    await expect(anna.page.get_by_text("Version 2 finns")).to_be_visible(timeout=5_000)
    await expect(anna.step(step[1]).first).to_be_visible()
    await anna.open_app("#/kort/elavbrott-storm")
    await expect(anna.page.get_by_text("Version 2, fastställd")).to_be_visible()


async def test_a_phone_whose_clock_is_two_years_wrong_loses_nothing_and_is_not_refused(server: Running, pick_up: PickUp) -> None:
    anna, bo = await pick_up("Anna"), await pick_up("Bo")
    await bo.start(STORM, "Stormen Vera")
    await bo.write("Bo skrev först")
    await bo.sees_sync("Allt hos teamet")
    await anna.enter("Stormen Vera")
    await anna.go("offline")
    await anna.put_down()
    await anna.open_browser()
    await anna.context.add_init_script("const real = Date.now.bind(Date); Date.now = () => real() - 2 * 365 * 86400000;")
    await anna.go("offline")
    await anna.open_app()
    await anna.enter("Stormen Vera")
    await anna.write("Anna skrev med fel klocka")
    await anna.go("online")
    await expect(bo.page.get_by_text("Anna skrev med fel klocka")).to_be_visible(timeout=10_000)
    lines = await bo.page.get_by_role("listitem").filter(has_text="skrev").all_inner_texts()
    assert sum("Bo skrev först" in line for line in lines) == 1
    assert sum("Anna skrev med fel klocka" in line for line in lines) == 1
    await anna.sees_sync("Allt hos teamet")
