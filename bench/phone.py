"""How fast it is in a leader's hand: a tap until it is drawn and a cold start, both at a quarter of the processor; a tick from one phone to the other.

Real Chromium, real server, loopback. Times are the browser's own: from the event until the frame after the change was painted.
"""

import asyncio
import re
import statistics
import tempfile
import time
from pathlib import Path

from playwright.async_api import CDPSession, Page, async_playwright, expect
from tests.browser.leader import Leader
from tests.serving import ROOT, Running

STORM = "Långvarigt elavbrott och storm"
SLOWER = 4
TAPS = 15
TICKS = 15
STARTS = 7

TAP = """key => new Promise(done => {
  const button = [...document.querySelectorAll('button.mark')].find(each => each.getAttribute('aria-label') === key);
  const step = button.closest('li');
  button.scrollIntoView({block: 'center'});
  setTimeout(() => {
    const began = performance.now();
    const seen = new MutationObserver(() => {
      seen.disconnect();
      requestAnimationFrame(() => {
        const painted = new MessageChannel();
        painted.port1.onmessage = () => done(performance.now() - began);
        painted.port2.postMessage(0);
      });
    });
    seen.observe(step, {attributes: true, childList: true, subtree: true});
    button.click();
  }, 400);
})"""

CLICK = """key => {
  const button = [...document.querySelectorAll('button.mark')].find(each => each.getAttribute('aria-label') === key);
  const at = Date.now();
  button.click();
  return at;
}"""


async def slow_down(page: Page, rate: int) -> CDPSession:
    session = await page.context.new_cdp_session(page)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    return session


async def keys_of(page: Page) -> list[str]:
    return [await each.get_attribute("aria-label") or "" for each in await page.get_by_role("button", name=re.compile("^Markera klar: ")).all()]


async def measure_taps(anna: Leader) -> list[float]:
    session = await slow_down(anna.page, SLOWER)
    taps = [await anna.page.evaluate(TAP, key) for key in (await keys_of(anna.page))[:TAPS]]
    await session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return [float(tap) for tap in taps]


async def measure_ticks(anna: Leader, bo: Leader) -> list[float]:
    """Seconds from Anna's click until Bo's screen shows it. The watching is by the browser itself, so no polling of ours is in it."""
    took = []
    for key in (await keys_of(bo.page))[TAPS : TAPS + TICKS]:
        watch = """key => new Promise(done => { const look = () => {
          const button = [...document.querySelectorAll('button.mark')].find(each => each.getAttribute('aria-label') === key);
          button?.getAttribute('aria-pressed') === 'true' ? done(Date.now()) : requestAnimationFrame(look); }; look(); })"""
        seen = asyncio.create_task(bo.page.evaluate(watch, key))
        await asyncio.sleep(0.3)
        clicked = await anna.page.evaluate(CLICK, key)
        took.append((await asyncio.wait_for(seen, 20) - clicked) / 1000)
    return took


async def measure_cold_starts(anna: Leader) -> list[float]:
    """Seconds from navigation until the cards can be used, with the browser newly started, no network and a slow processor."""
    took = []
    for _ in range(STARTS):
        await anna.put_down()
        await anna.open_browser()
        await anna.go("offline")
        await slow_down(anna.page, SLOWER)
        began = time.perf_counter()
        await anna.page.goto(f"{anna.url}/#/krisparm", wait_until="commit")
        await anna.page.get_by_role("link", name=STORM).wait_for()
        took.append(time.perf_counter() - began)
    await anna.go("online")
    return took


def spread(values: list[float], unit: str, factor: float = 1.0) -> str:
    ordered = sorted(value * factor for value in values)
    return f"median {statistics.median(ordered):.0f} {unit}, least {ordered[0]:.0f}, most {ordered[-1]:.0f} ({len(ordered)} times)"


async def run(folder: Path) -> None:
    running = Running(folder / "data", STORMLYKTA_LOG="warning").start()
    try:
        running.command("publish", ROOT / "checklists")
        async with async_playwright() as playwright:
            anna = await Leader.pick_up("Anna", playwright, folder / "anna", running.url)
            await anna.join(running.invite("Anna")["code"])
            bo = await Leader.pick_up("Bo", playwright, folder / "bo", running.url)
            await bo.join(running.invite("Bo")["code"])
            await anna.start(STORM, "Stormen Vera")
            await bo.enter("Stormen Vera")
            await expect(bo.page.get_by_role("button", name=re.compile("^Markera klar: ")).first).to_be_visible()
            print(f"tap to drawn, {SLOWER}× slower     {spread(await measure_taps(anna), 'ms')}")
            print(f"tick to the other phone    {spread(await measure_ticks(anna, bo), 'ms', 1000)}")
            print(f"cold start, no net, {SLOWER}×      {spread(await measure_cold_starts(anna), 'ms', 1000)}")
            await anna.put_down()
            await bo.put_down()
    finally:
        running.stop()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        asyncio.run(run(Path(temporary)))
