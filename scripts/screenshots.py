"""Takes the pictures of the screens, of a real server and a real Chromium, Swedish: those in README; with --all FOLDER every screen, to look at.

Run: make screenshots.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.browser.clerk import Clerk, at_a_desk
from tests.browser.leader import Leader
from tests.serving import ROOT, Running

LASTING = "navigator.storage.persist = navigator.storage.persisted = async () => true"  # as an installed app has it
STORM = "Långvarigt elavbrott och storm"
README = {"lage-light-phone", "handelse-dark-phone", "kort-light-phone", "ovning-dark-phone", "kontakter-light-phone", "handelse-light-desk"}
README |= {"skriv-light-desk", "beredskap-light-desk", "jamfor-light-desk", "kontaktregister-light-desk"}
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}


async def work(anna: Leader, bo: Leader) -> str:
    """An hour of an outage: both at work, one answer differs, something is late. Gives the incident's address."""
    await anna.start(STORM, "Stormen Vera")
    await bo.enter("Stormen Vera")
    names = await bo.step_names()
    await anna.tick(names[0])
    await bo.tick(names[0])
    await anna.sees_sync("Allt hos teamet")
    await bo.page.wait_for_timeout(500)
    for leader in (anna, bo):
        await leader.go("offline")
    await anna.tick(names[1])
    await bo.choose(names[1], "Kunde inte")
    await bo.step(names[1]).get_by_label("Varför?").fill("radion är nere i Norrbyn")
    await bo.step(names[1]).get_by_role("button", name="Spara", exact=True).click()
    for leader in (anna, bo):
        await leader.go("online")
    await anna.write("Strömmen borta i Norrbyn och Söderåsen sedan 05.10.")
    await bo.write("Elnätsbolaget: 4 800 hushåll, tidigast i kväll. Nytt besked 08.00.")
    await anna.sees_sync("Allt hos teamet")
    await anna.page.wait_for_timeout(1000)
    return anna.page.url.split("#")[1].removesuffix("/logg")


async def take(folder: Path, wanted: set[str] | None) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        running = Running(Path(temporary) / "data", STORMLYKTA_LOG="warning").start()
        try:
            running.command("publish", ROOT / "checklists", "--by", "Maria Ek")
            async with async_playwright() as playwright:
                anna = await Leader.pick_up("Anna", playwright, Path(temporary) / "anna", running.url)
                await anna.open_app()
                await photograph(anna, "ga-med", folder, wanted)
                await anna.join(running.invite("Anna")["code"])
                await photograph(anna, "redo", folder, wanted)
                bo = await Leader.pick_up("Bo", playwright, Path(temporary) / "bo", running.url)
                await bo.context.add_init_script(LASTING)
                await bo.join(running.invite("Bo")["code"])
                incident = await work(anna, bo)
                screens = {"lage": "/", "handelse": incident, "logg": f"{incident}/logg", "om": f"{incident}/om", "krisparm": "/krisparm"}
                screens |= {"kort": "/kort/elavbrott-storm", "rollkort": "/kort/roll-tib", "kontakter": "/kontakter", "kontakt": "/kontakt/kommundirektor"}
                screens |= {"budskap": "/budskap/forsta-budskap", "mer": "/mer", "starta": "/starta/skarp", "starta-ovning": "/starta/ovning/elavbrott-storm"}
                for name, path in screens.items():
                    await anna.open_app(f"#{path}")
                    await photograph(anna, name, folder, wanted)
                await anna.page.set_viewport_size({"width": 360, "height": 740})
                await anna.start(STORM, "Vinterövning", kind="övning")
                await photograph(anna, "ovning", folder, wanted)
                maria = await Clerk.pick_up("Maria", playwright, Path(temporary) / "maria", running.url, **at_a_desk(1280))
                await maria.sit(running)
                await administer(maria, folder, wanted)
                await maria.put_down()
                await anna.put_down()
                await bo.put_down()
        finally:
            running.stop()


async def administer(maria: Clerk, folder: Path, wanted: set[str] | None) -> None:
    """The rooms of the administration, with a checklist on its way to a new version."""
    await maria.go_to("checklistor", "elavbrott-storm", "skriv")
    await maria.page.get_by_role("button", name="Börja skriva").click()
    first = maria.page.locator("[data-place^='step:']").first
    await first.fill("Kontrollera att Rakel fungerar och utse en person som passar den")
    await first.press("Enter")
    await maria.page.keyboard.type("Ring elnätsbolaget: omfattning, orsak, prognos")
    await maria.page.get_by_text("sparat").first.wait_for()
    rooms = {"beredskap": "", "checklistor": "checklistor", "skriv": "checklistor/elavbrott-storm/skriv", "jamfor": "checklistor/elavbrott-storm/faststall"}
    rooms |= {"lista": "checklistor/elavbrott-storm", "ny": "checklistor/_ny", "kontaktregister": "kontakter", "funktion": "kontakter/va-jour", "jour": "jour"}
    rooms |= {"medlemmar": "medlemmar", "installningar": "installningar", "logg": "logg", "konto": "konto"}
    for name, room in rooms.items():
        await maria.go_to(*filter(None, room.split("/")))
        await maria.page.wait_for_timeout(500)
        await photograph(maria, name if name != "logg" else "sparlogg", folder, wanted)


async def photograph(leader: Leader, name: str, folder: Path, wanted: set[str] | None) -> None:
    for size, viewport in SIZES.items():
        await leader.page.set_viewport_size({"width": viewport["width"], "height": viewport["height"]})
        for theme in ("light", "dark"):
            picture = f"{name}-{theme}-{size}"
            if wanted is None or picture in wanted:
                await leader.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
                await leader.page.wait_for_timeout(400)
                await leader.page.screenshot(path=folder / f"{picture}.png")
                print(picture)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Takes pictures of the screens.")
    parser.add_argument("--all", metavar="FOLDER", help="every screen, light and dark, phone and desk, into this folder")
    everything = parser.parse_args().all
    target = Path(everything) if everything else ROOT / "docs" / "pictures"
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(target, None if everything else README))
