"""When things are wrong: each has its clear words for the person, and nothing is lost."""

import asyncio
import http.server
import re
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from playwright.async_api import Page, expect

from tests.browser.conftest import PickUp
from tests.browser.leader import Leader
from tests.phone import Phone
from tests.serving import Running

STORM = "Långvarigt elavbrott och storm"


async def test_a_wrong_code_a_used_code_and_a_short_code_say_what_to_do(server: Running, pick_up: PickUp) -> None:
    anna = await pick_up("Anna", join=False)
    used = server.invite("Bo")["code"]
    await (await pick_up("Bo", join=False)).join(used)
    for code, words in (("ABCD", "Koden ska ha 8 tecken"), ("ABCD1234", "Koden stämmer inte"), (used, "Koden är redan använd")):
        await anna.open_app("#/gamed")
        await anna.page.get_by_label("Kod", exact=True).fill(code)
        await anna.page.get_by_role("button", name="Fortsätt").click()
        await expect(anna.page.get_by_text(words)).to_be_visible()


async def test_a_code_may_be_typed_in_any_way(server: Running, pick_up: PickUp) -> None:
    anna = await pick_up("Anna", join=False)
    code = server.invite("Anna")["code"]
    await anna.open_app()
    await anna.page.get_by_label("Kod", exact=True).fill(f" {code[:4].lower()}-{code[4:]} ")
    await anna.page.get_by_role("button", name="Fortsätt").click()
    await expect(anna.page.get_by_role("heading", name="Redo", exact=True)).to_be_visible(timeout=20_000)


@contextmanager
def captive_portal(port: int) -> Iterator[list[str]]:
    """A hotel's network: whatever is asked, it answers 200 with a page to log in on."""
    asked: list[str] = []

    class Portal(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked.append(self.path)
            page = b"<!doctype html><title>Logga in</title><h1>Gratis wifi</h1>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        do_GET = do_POST

        def log_message(self, format: str, *args: object) -> None:
            return

    portal = http.server.ThreadingHTTPServer(("127.0.0.1", port), Portal)
    thread = threading.Thread(target=portal.serve_forever)
    thread.start()
    try:
        yield asked
    finally:
        portal.shutdown()
        portal.server_close()
        thread.join()


async def test_a_captive_portal_acknowledges_nothing_and_the_screen_says_so(server: Running, pick_up: PickUp) -> None:
    anna = await pick_up("Anna")
    await anna.start(STORM, "Stormen Vera")
    await anna.sees_sync("Allt hos teamet")
    server.stop()
    with captive_portal(server.port) as asked:
        await anna.write("Skrivet bakom en inloggningssida")
        await expect(anna.page.get_by_text("Nätet kräver inloggning")).to_be_visible(timeout=30_000)
        await expect(anna.page.get_by_role("listitem").filter(has_text="inloggningssida")).to_contain_text("på telefonen")
        assert any(path.endswith("/sync") for path in asked)
        await anna.page.reload()
        await expect(anna.page.get_by_text("Skrivet bakom en inloggningssida")).to_be_visible()
    server.start()
    await anna.sees_sync("Allt hos teamet", 60)
    await expect(anna.page.get_by_role("listitem").filter(has_text="inloggningssida")).not_to_contain_text("på telefonen")


async def test_two_tabs_write_at_once_and_both_keep_all(server: Running, pick_up: PickUp) -> None:
    anna, bo = await pick_up("Anna"), await pick_up("Bo")
    await anna.start(STORM, "Stormen Vera")
    await anna.page.get_by_role("link", name="Loggbok").click()
    other = await anna.context.new_page()
    await other.goto(anna.page.url)
    await expect(other.get_by_label("Ny rad i loggboken")).to_be_visible()

    async def write(page: Page, lines: list[str]) -> None:
        for line in lines:
            await page.get_by_label("Ny rad i loggboken").fill(line)
            await page.get_by_role("button", name="Skriv", exact=True).click()

    await asyncio.gather(write(anna.page, [f"flik ett {n}" for n in range(6)]), write(other, [f"flik två {n}" for n in range(6)]))
    for page in (anna.page, other):
        await expect(page.get_by_role("listitem").filter(has_text=re.compile("flik (ett|två) "))).to_have_count(12)
    await bo.enter("Stormen Vera")
    await bo.page.get_by_role("link", name="Loggbok").click()
    await expect(bo.page.get_by_role("listitem").filter(has_text=re.compile("flik (ett|två) "))).to_have_count(12)


async def test_a_wiped_phone_says_so_and_comes_back_without_a_new_code(server: Running, pick_up: PickUp) -> None:
    anna = await pick_up("Anna")
    await anna.start(STORM, "Stormen Vera")
    await anna.sees_sync("Allt hos teamet")
    session = await anna.context.new_cdp_session(anna.page)
    await anna.page.goto("about:blank")
    kept = "indexeddb,local_storage,service_workers,cache_storage"
    await session.send("Storage.clearDataForOrigin", {"origin": server.url, "storageTypes": kept})
    await anna.open_app()
    await expect(anna.page.get_by_role("heading", name="Telefonens minne är tömt")).to_be_visible()
    await anna.page.get_by_role("button", name="Kom tillbaka").click()
    await expect(anna.page.get_by_role("heading", name="Redo", exact=True)).to_be_visible(timeout=20_000)
    await anna.enter("Stormen Vera")


COUNT = """names => new Promise(done => {
  const open = indexedDB.open('stormlykta-exempelkommun');
  open.onsuccess = async () => {
    const database = open.result;
    const counts = names.map(name => new Promise(counted => {
      database.transaction(name).objectStore(name).count().onsuccess = event => counted(event.target.result);
    }));
    done(await Promise.all(counts));
    database.close();
  };
})"""


async def test_a_revoked_phone_shows_nothing_more_and_its_last_deed_is_not_lost(server: Running, pick_up: PickUp) -> None:
    anna = await pick_up("Anna")
    await anna.start(STORM, "Stormen Vera")
    await anna.sees_sync("Allt hos teamet")
    device = server.command("devices").stdout.split()[1]
    await anna.go("offline")
    await anna.write("Skrivet innan jag visste")
    assert server.command("revoke", device).returncode == 0
    await anna.go("online")
    await expect(anna.page.get_by_role("heading", name="Telefonen är spärrad")).to_be_visible(timeout=20_000)
    await anna.open_app("#/kontakter")
    await expect(anna.page.get_by_role("heading", name="Telefonen är spärrad")).to_be_visible()
    with sqlite3.connect(server.data / "stormlykta.db") as database:
        kept = [record for (record,) in database.execute("SELECT record FROM operations WHERE verdict = 'quar:revoked'")]
    database.close()
    assert any("Skrivet innan jag visste" in record for record in kept)
    left = await anna.page.evaluate(COUNT, ["library", "documents", "ops"])
    assert left == [0, 0, 0]


async def test_what_a_newer_app_wrote_is_kept_and_counted_and_nothing_else_is_disturbed(server: Running, pick_up: PickUp) -> None:
    anna = await pick_up("Anna")
    await anna.start(STORM, "Stormen Vera")
    await anna.sees_sync("Allt hos teamet")
    inc = anna.page.url.rsplit("/", 1)[1]
    async with httpx.AsyncClient(base_url=server.url) as client:
        newer = Phone("bo", client)
        await newer.join(server.invite("Bo")["code"])
        newer.write(inc, "hologram", body={"shape": "lykta"}, lam=50)
        newer.write(inc, "log", body={"type": "event", "text": "Skrivet med en nyare app"}, lam=51)
        assert [verdict for verdict, _ in (await newer.push(*newer.unsent()))["results"]] == ["ok", "ok"]
    await expect(anna.page.get_by_text("för gammal för en rad")).to_be_visible()
    await anna.page.get_by_role("link", name="Loggbok").click()
    await expect(anna.page.get_by_text("Skrivet med en nyare app")).to_be_visible()


async def test_over_plain_http_from_elsewhere_the_app_says_what_is_missing(server: Running, pick_up: PickUp) -> None:
    anna = await pick_up("Anna", join=False, args=["--no-sandbox", "--host-resolver-rules=MAP krisparm.example 127.0.0.1"])
    await anna.page.goto(f"http://krisparm.example:{server.port}/")
    await expect(anna.page.get_by_role("heading", name="Adressen är inte säker")).to_be_visible()
    await expect(anna.page.get_by_text("https")).not_to_have_count(0)


# Chromium lets small writes through however small its quota is said to be, so the refusal of a full disk is given in its stead.
FULL = """() => {
  const real = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function () { this.transaction.abort(); throw new DOMException('no room', 'QuotaExceededError'); };
  window.roomAgain = () => { IDBObjectStore.prototype.put = real; };
}"""


async def test_a_full_phone_says_that_the_last_deed_was_not_saved_and_keeps_all_before_it(server: Running, pick_up: PickUp) -> None:
    anna = await pick_up("Anna")
    await anna.start(STORM, "Stormen Vera")
    await anna.write("Skrivet medan det fanns plats")
    await anna.go("offline")
    await anna.page.evaluate(FULL)
    await anna.page.get_by_label("Ny rad i loggboken").fill("Skrivet på en full telefon")
    await anna.page.get_by_role("button", name="Skriv", exact=True).click()
    await expect(anna.page.get_by_text("Det senaste sparades inte").first).to_be_visible()
    await expect(anna.page.get_by_role("listitem").filter(has_text="full telefon")).to_have_count(0)
    await expect(anna.page.get_by_label("Ny rad i loggboken")).to_have_value("Skrivet på en full telefon")
    await anna.page.evaluate("roomAgain()")
    await anna.page.get_by_role("button", name="Skriv", exact=True).click()
    await expect(anna.page.get_by_role("listitem").filter(has_text="full telefon")).to_be_visible()
    await anna.page.reload()
    for line in ("Skrivet medan det fanns plats", "Skrivet på en full telefon"):
        await expect(anna.page.get_by_text(line)).to_be_visible()


async def test_a_cloned_phone_goes_on_under_a_new_name_and_both_hands_work_is_kept(server: Running, pick_up: PickUp) -> None:
    anna = await pick_up("Anna")
    await anna.start(STORM, "Stormen Vera")
    await anna.sees_sync("Allt hos teamet")
    await anna.put_down()
    copied = anna.profile.with_name("kopia")
    shutil.copytree(anna.profile, copied, symlinks=True)
    await anna.open_browser()
    clone = await Leader.pick_up("Anna", anna.playwright, copied, server.url)
    for hand, line in ((anna, "Från telefonen"), (clone, "Från kopian")):
        await hand.open_app()
        await hand.enter("Stormen Vera")
        await hand.go("offline")
        await hand.write(line)
        await hand.write(f"{line} igen")
    for hand in (anna, clone):
        await hand.go("online")
    bo = await pick_up("Bo")
    await bo.enter("Stormen Vera")
    await bo.page.get_by_role("link", name="Loggbok").click()
    for hand in (bo, anna, clone):
        await expect(hand.page.get_by_role("listitem").filter(has_text=re.compile("^.*Från (telefonen|kopian)"))).to_have_count(4, timeout=15_000)
        await hand.sees_sync("Allt hos teamet")
    await clone.write("Kopian går vidare")
    await expect(bo.page.get_by_text("Kopian går vidare")).to_be_visible()
    await clone.put_down()
    assert clone.errors == []


TIRED_PHONE = """() => {
  const soon = window.setTimeout;
  window.setTimeout = (what, ms, ...rest) => soon(what, ms < 200 ? 4000 : ms, ...rest);
  window.requestAnimationFrame = what => soon(what, 4000);
}"""
HELD_WARMING = """
  const soon = window.setTimeout;
  window.setTimeout = (what, ms, ...rest) => ms === 1500 ? ((window.warm = what), 0) : soon(what, ms, ...rest);
"""


async def test_a_screen_fetched_while_a_tired_phone_draws_the_waiting_words_is_shown(server: Running, pick_up: PickUp) -> None:
    anna = await pick_up("Anna")
    await anna.context.add_init_script(HELD_WARMING)
    await anna.open_app("#/krisparm")
    await anna.page.reload()
    await expect(anna.page.get_by_role("heading", name="Krispärm")).to_be_visible()
    await anna.page.wait_for_function("() => window.warm")
    await anna.page.evaluate(TIRED_PHONE)
    # Drawn without its code; what is to happen after the drawing waits; then all screens come, before it has happened.
    await anna.page.evaluate("() => { location.hash = '#/mer'; }")
    await expect(anna.page.locator(".coming")).to_be_visible()
    await anna.page.evaluate("() => window.warm()")
    await expect(anna.page.get_by_role("heading", name="Mer", exact=True)).to_be_visible()
