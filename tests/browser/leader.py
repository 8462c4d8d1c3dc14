"""A leader with a phone: a real Chromium on a profile of its own, spoken to as a person would, by what stands on the screen."""

import os
import re
import signal
import time
from pathlib import Path
from typing import Any, Literal, Self

from playwright.async_api import BrowserContext, Locator, Page, Playwright, ViewportSize, expect

PHONE: ViewportSize = {"width": 360, "height": 740}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]

# There is no telephone in this browser: a call would open its dialog about a foreign program, which shuts the page out.
NO_TELEPHONE = "document.addEventListener('click', event => event.target.closest?.('a[href^=\"tel:\"]') && event.preventDefault(), true)"


class Leader:
    """`await Leader.pick_up("Anna", …)` opens the browser; the verbs are what a leader does."""

    def __init__(self, name: str, playwright: Playwright, profile: Path, url: str, **options: Any) -> None:
        self.name, self.playwright, self.profile, self.url = name, playwright, profile, url
        self.arguments: list[str] = options.pop("args", [])
        self.options = options
        self.context: BrowserContext
        self.page: Page
        self.errors: list[str] = []

    @classmethod
    async def pick_up(cls, name: str, playwright: Playwright, profile: Path, url: str, **options: Any) -> Self:
        leader = cls(name, playwright, profile, url, **options)
        await leader.open_browser()
        return leader

    async def open_browser(self) -> None:
        self.context = await self.playwright.chromium.launch_persistent_context(
            str(self.profile),
            executable_path="/usr/bin/chromium",
            headless=True,
            args=[*ARGUMENTS, *self.arguments],
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            **{"viewport": PHONE, **self.options},
        )
        self.context.set_default_timeout(20_000)
        await self.context.add_init_script(NO_TELEPHONE)
        self.page = self.context.pages[0] if self.context.pages else await self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    async def open_app(self, path: str = "") -> None:
        await self.page.goto(f"{self.url}/{path}")

    async def put_down(self) -> None:
        await self.context.close()

    def kill_browser(self) -> None:
        """As when the battery goes: SIGKILL to every process of this profile."""
        marker = f"--user-data-dir={self.profile}".encode()
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    if marker in (entry / "cmdline").read_bytes().split(b"\0"):
                        os.kill(int(entry.name), signal.SIGKILL)
                except (OSError, ProcessLookupError):
                    continue
        deadline = time.monotonic() + 10
        while (self.profile / "SingletonLock").is_symlink() and time.monotonic() < deadline:
            (self.profile / "SingletonLock").unlink()

    async def go(self, network: Literal["offline", "online"]) -> None:
        await self.context.set_offline(network == "offline")

    async def join(self, code: str) -> None:
        await self.open_app(f"#/gamed/{code}")
        await self.page.get_by_label("Vad kallar du telefonen?").fill(f"{self.name}s telefon")
        await self.page.get_by_role("button", name="Fortsätt").click()
        await expect(self.page.get_by_role("heading", name="Redo", exact=True)).to_be_visible(timeout=20_000)

    def step(self, text: str) -> Locator:
        return self.page.get_by_role("listitem").filter(has=self.page.get_by_role("button", name=f"Markera klar: {text}"))

    async def step_names(self) -> list[str]:
        """The words of all steps on the screen, once there are any."""
        keys = self.page.get_by_role("button", name=re.compile("^Markera klar: "))
        await expect(keys.first).to_be_visible()
        return [(await each.get_attribute("aria-label") or "").removeprefix("Markera klar: ") for each in await keys.all()]

    async def tick(self, text: str) -> None:
        await self.page.get_by_role("button", name=f"Markera klar: {text}").click()

    async def choose(self, text: str, state: str) -> None:
        """Marks a step as something else than done: Pågår, Redan gjort, Ej aktuell, Kunde inte."""
        await self.open_step(text)
        await self.step(text).get_by_role("button", name=state, exact=True).click()

    async def open_step(self, text: str) -> None:
        words = self.step(text).get_by_role("button", expanded=False).first
        if await words.count() and not await self.step(text).get_by_role("group", name="Markera som").is_visible():
            await words.click()
        await expect(self.step(text).get_by_role("group", name="Markera som")).to_be_visible()

    async def start(self, card: str, title: str, kind: Literal["händelse", "övning"] = "händelse") -> None:
        """From the first screen: finds the card, gives it a name, starts."""
        await self.open_app("#/")
        await self.page.get_by_role("link", name=f"Starta {kind}").click()
        await self.page.get_by_role("link", name=card).click()
        await self.page.get_by_label("Vad ska den heta?").fill(title)
        await self.page.get_by_role("button", name="Starta händelsen" if kind == "händelse" else "Starta övningen").click()
        await expect(self.page.get_by_role("heading", name=title, level=1)).to_be_visible()

    async def enter(self, title: str) -> None:
        """Opens an ongoing incident from the first screen."""
        await self.open_app("#/")
        await self.page.get_by_role("link", name=f"Öppna {title}").click()
        await expect(self.page.get_by_role("heading", name=title, level=1)).to_be_visible()

    async def write(self, line: str) -> None:
        await self.page.get_by_role("link", name="Loggbok").click()
        await self.page.get_by_label("Ny rad i loggboken").fill(line)
        await self.page.get_by_role("button", name="Skriv", exact=True).click()
        await expect(self.page.get_by_text(line)).to_be_visible()

    async def sees_sync(self, words: str, seconds: float = 10) -> None:
        await expect(self.page.get_by_text(words).first).to_be_visible(timeout=seconds * 1000)
