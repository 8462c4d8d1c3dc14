"""The duty roster from end to end: read in from a file at the desk, swapped in two taps, and on every phone, also without network."""

import re
from datetime import date, timedelta

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.clerk import DESK, Clerk
from tests.browser.conftest import PickUp, SitDown
from tests.browser.leader import ARGUMENTS
from tests.browser.test_letters import faults

MONDAY = date.today() - timedelta(days=date.today().weekday())


def row(function: str, person: str, week: int, days: tuple[int, int] = (0, 7)) -> str:
    begins, ends = (MONDAY + timedelta(days=7 * week + day) for day in days)
    return f"{function};{person};{begins} 08:00;{ends} 08:00\n"


HEADINGS = "funktion;person;från;till\n"
# From last week on, so that somebody is on duty also on a Monday morning before eight.
FILE = HEADINGS + "".join(row("Stabschef", "Sofia Övningsson", week) + row("tib", "Ersättande TiB", week) for week in (-1, 0, 1, 3))


async def file_page(clerk: Clerk, text: str, name: str = "jour.csv") -> Page:
    await clerk.go_to("jour", "fil")
    await expect(clerk.page.get_by_role("heading", name="Läs in en jourlista", level=1)).to_be_visible()
    await clerk.page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    return clerk.page


async def bring(clerk: Clerk, text: str) -> Page:
    page = await file_page(clerk, text)
    await page.get_by_role("button", name=re.compile("^Läs in")).click()
    await expect(page.get_by_text("Jourlistan är inläst").first).to_be_visible()
    return page


def shifts(page: Page, who: str, function: str = "Stabschef") -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=function)).get_by_role("button", name=re.compile(f"^{who}"))


async def test_a_roster_read_in_at_the_desk_says_who_is_on_duty_on_a_phone_without_network(sit_down: SitDown, pick_up: PickUp) -> None:
    maria, anna = await sit_down("Maria", roles="editor"), await pick_up("Anna")
    await anna.open_app("#/kontakt/tib")
    await expect(anna.page.get_by_text("Ring först")).to_be_visible()
    await expect(anna.page.get_by_text("I tjänst nu")).to_have_count(0)
    page = await file_page(maria, FILE)
    await expect(page.get_by_role("cell", name="Nytt").first).to_be_visible()
    await expect(anna.page.get_by_text("I tjänst nu")).to_have_count(0)  # nothing is written before one says so
    await page.get_by_role("button", name="Läs in, 8 ändringar").click()
    await expect(page.get_by_text("Jourlistan är inläst: 8 nya pass").first).to_be_visible()
    await expect(anna.page.get_by_text("I tjänst nu: Ersättande TiB, till")).to_be_visible(timeout=15_000)
    await anna.go("offline")
    await anna.page.reload()
    await expect(anna.page.get_by_text(re.compile(r"I tjänst nu: Ersättande TiB, till .+ \(jourlistan från \d+ \w+\)"))).to_be_visible()
    first = anna.page.get_by_role("heading", level=2).first
    await expect(first).to_have_text("Ersättande TiB")  # who is on duty is rung first
    await anna.open_app("#/kontakter")
    await expect(anna.page.get_by_text("I tjänst nu: Sofia Övningsson, till")).to_be_visible()
    await anna.open_app("#/")
    await expect(anna.page.get_by_role("link", name=re.compile("^Ring TiB"))).to_have_attribute("href", "tel:+46701740606")


async def test_a_swap_is_two_taps_is_undone_by_one_and_is_on_the_phones(sit_down: SitDown, pick_up: PickUp) -> None:
    maria, anna = await sit_down("Maria", roles="editor"), await pick_up("Anna")
    page = await bring(maria, HEADINGS + row("tib", "tib", -1) + row("tib", "tib", 0))
    await anna.open_app("#/kontakt/tib")
    await expect(anna.page.get_by_text("I tjänst nu: Vakthavande TiB")).to_be_visible(timeout=15_000)
    await shifts(page, "Vakthavande TiB", "Tjänsteperson").click()
    await page.get_by_role("button", name="Ersättande TiB", exact=True).click()
    await expect(page.get_by_text("Ersättande TiB har nu passet").first).to_be_visible()
    await expect(anna.page.get_by_text("I tjänst nu: Ersättande TiB")).to_be_visible(timeout=15_000)
    await expect(shifts(page, "Ersättande TiB.*bytt", "Tjänsteperson")).to_have_count(1)
    await page.get_by_role("button", name="Ångra").click()
    await expect(shifts(page, "Vakthavande TiB", "Tjänsteperson")).to_have_count(1)
    await expect(shifts(page, "Ersättande TiB", "Tjänsteperson")).to_have_count(0)


async def test_a_hole_and_two_at_once_are_said_in_words_and_a_hole_is_filled(sit_down: SitDown) -> None:
    maria = await sit_down("Maria", roles="editor")
    page = await bring(maria, FILE + row("Stabschef", "Inhyrd Vikarie", 1, (2, 7)))
    await expect(page.get_by_text("Två samtidigt").first).to_be_visible()
    holes = shifts(page, "Ingen")
    await expect(page.get_by_role("button", name=re.compile("^Inte planerat")).first).to_be_visible()  # after the last shift nothing is missing yet
    await expect(page.get_by_text("1 vecka med luckor, 1 vecka där två har jouren samtidigt här nedan.")).to_be_visible()
    before = await holes.count()
    await holes.first.click()
    await page.get_by_role("button", name="Sofia Övningsson", exact=True).click()
    await expect(page.get_by_text("Sofia Övningsson har nu passet").first).to_be_visible()
    await expect(holes).to_have_count(before - 1)


async def test_somebody_outside_the_contacts_takes_a_part_of_a_shift(sit_down: SitDown) -> None:
    maria = await sit_down("Maria", roles="editor")
    page = await bring(maria, HEADINGS + row("Stabschef", "Sofia Övningsson", 1) + row("Stabschef", "Sofia Övningsson", 2))
    await shifts(page, "Sofia").first.click()
    await page.get_by_label("Bara en del av tiden").check()
    await page.get_by_label("Från", exact=True).fill(f"{MONDAY + timedelta(days=12)}T08:00")
    await page.get_by_text("Någon annan").click()
    await page.get_by_label("Namn").fill("Inhyrd Vikarie")
    await page.get_by_role("button", name="Ta passet").click()
    await expect(shifts(page, "Inhyrd Vikarie")).to_have_count(1)
    await expect(shifts(page, "Inhyrd Vikarie")).to_contain_text("från lör 08:00, bytt")
    await expect(shifts(page, "Sofia").first).to_contain_text("till lör 08:00")


async def test_a_faulty_file_says_which_rows_and_why_and_the_rest_is_read_in_only_when_asked(sit_down: SitDown) -> None:
    maria = await sit_down("Maria", roles="editor")
    page = await file_page(maria, HEADINGS + row("Stabschefen", "Sofia Övningsson", 0) + row("Stabschef", "Sofia Övningsson", 0))
    await expect(page.get_by_text("1 rad går inte att läsa")).to_be_visible()
    await expect(page.get_by_text("Rad 2")).to_be_visible()
    await expect(page.get_by_text("Menas Stabschef?")).to_be_visible()
    await page.get_by_role("button", name="Läs in utan den felaktiga raden").click()
    await expect(page.get_by_text("Jourlistan är inläst: 1 nya pass, 0 ändrade, 0 borttagna. 1 felaktig rad är inte med.").first).to_be_visible()
    await file_page(maria, "hej;hopp\n1;2\n")
    await expect(page.get_by_text("Hittade inte rubrikerna")).to_be_visible()
    await expect(page.get_by_role("button", name=re.compile("^Läs in"))).to_have_count(0)


async def test_the_clerk_says_when_the_weeks_change_hands(sit_down: SitDown) -> None:
    maria = await sit_down("Maria", roles="editor")
    year, week, _ = (MONDAY + timedelta(days=7)).isocalendar()
    page = await file_page(maria, f"vecka;funktion;person\n{year}-v{week};Stabschef;Sofia Övningsson\n")
    plan = page.get_by_role("region", name="Det här skulle ändras")
    await expect(plan.get_by_text(re.compile(r"^mån .* 08:00–$"))).to_be_visible()
    await page.get_by_text("Hur filen ska läsas").click()
    await page.get_by_label("Veckans byte sker").select_option("fredag")
    await page.get_by_label("klockan").fill("16:00")
    await expect(plan.get_by_text(re.compile(r"^fre .* 16:00–$"))).to_be_visible()


async def test_two_clerks_who_change_at_once_are_told_and_nothing_is_undone(sit_down: SitDown) -> None:
    maria, erik = await sit_down("Maria", roles="editor"), await sit_down("Erik", roles="editor")
    page = await bring(maria, HEADINGS + row("Stabschef", "Sofia Övningsson", 1) + row("Stabschef", "Sofia Övningsson", 2))
    await erik.go_to("jour")
    await shifts(erik.page, "Sofia").first.click()
    await shifts(page, "Sofia").last.click()
    await page.get_by_role("button", name="Ta bort passet").click()
    await expect(page.get_by_text("Passet är borttaget").first).to_be_visible()
    await erik.page.get_by_text("Någon annan").click()
    await erik.page.get_by_label("Namn").fill("Inhyrd Vikarie")
    await erik.page.get_by_role("button", name="Ta passet").click()
    await expect(erik.page.get_by_role("alert").filter(has_text="Någon annan har ändrat jourlistan")).to_be_visible()
    await expect(shifts(erik.page, "Sofia")).to_have_count(1)


async def test_a_desk_in_another_time_zone_shows_swedish_weeks_over_the_change_of_clocks(sit_down: SitDown) -> None:
    maria = await sit_down("Maria", roles="editor")
    change = next(day for n in range(400) if (day := MONDAY + timedelta(days=n)).month in (3, 10) and day.weekday() == 6 and day.day > 24)
    monday = change - timedelta(days=6)
    skip = (monday - MONDAY).days // 7
    page = await bring(maria, HEADINGS + "".join(row("Stabschef", "Sofia Övningsson", week) for week in range(max(0, skip - 1), skip + 3)))
    browser = await maria.playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
    seated = await maria.context.storage_state()
    far = await browser.new_context(timezone_id="Pacific/Auckland", locale="sv-SE", viewport=DESK, storage_state=seated)
    page, address = await far.new_page(), page.url
    await page.goto(address)
    await expect(page.get_by_role("columnheader").first).to_be_visible()
    for _ in range(skip // 12):
        await page.get_by_role("button", name="Senare veckor").click()
    week = page.get_by_role("columnheader").filter(has_text=re.compile(rf"^v {monday.isocalendar().week}\b"))
    await expect(week).to_contain_text(re.compile(rf"{monday.day} \w+( \d+)?–{(change + timedelta(days=1)).day} \w+"))
    cell = shifts(page, "Sofia").filter(has_text=re.compile(rf"\bmån {monday.day} \w+ (\d+ )?08:00–mån {(change + timedelta(days=1)).day} \w+ (\d+ )?08:00"))
    await expect(cell).to_have_count(1)
    await expect(cell.locator("small")).to_have_count(0)  # a whole week, no sliver more
    await browser.close()


@pytest.mark.parametrize("width", [360, 1280])
async def test_every_page_of_the_roster_is_free_of_axe_violations_in_both_themes(sit_down: SitDown, width: int) -> None:
    maria = await sit_down("Maria", roles="editor", width=width)
    await maria.go_to("jour")
    await expect(maria.page.get_by_role("heading", name="Ingen jourlista än")).to_be_visible()
    found = await faults(maria.page, "ingen jourlista")
    page = await file_page(maria, FILE + row("Stabschefen", "x", 0) + row("Stabschef", "Inhyrd Vikarie", 1, (2, 7)))
    await expect(page.get_by_text("Det här skulle ändras")).to_be_visible()
    await page.get_by_text("Hur filen ska läsas").click()
    found += await faults(page, "filen")
    await page.get_by_role("button", name="Läs in utan den felaktiga raden").click()
    await expect(page.get_by_text("Två samtidigt").first).to_be_visible()
    await shifts(page, "Sofia").first.click()
    await page.get_by_label("Bara en del av tiden").check()
    await page.get_by_text("Någon annan").click()
    assert found + await faults(page, "jouren") == []
