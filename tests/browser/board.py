"""What tests of the readiness board and of members share: many leaders with phones, straight into the database, and a look at every page for faults."""

import json
import secrets
import sqlite3
import time
from contextlib import closing

from playwright.async_api import Page

from tests.browser.test_screens import AXE, RUN_AXE, SMALL_TARGETS, STICKS_OUT
from tests.serving import Running

DAY = 86_400_000
GOOD = {"build": "0.1.0+abc", "offline_ok": True, "persisted": True, "tested": 1_790_000_000_000, "unsent": 0, "oldest_unsent": 0}


def add_leaders(server: Running, names: list[str], library: str = "", seen_days: int = 0, organisation: str = "exempelkommun") -> None:
    """Leaders with a phone each, that lacks nothing but what is said here."""
    now = int(time.time() * 1000)
    with closing(sqlite3.connect(server.data / "stormlykta.db", timeout=10)) as database, database:
        for name in names:
            member, device = secrets.token_urlsafe(8), secrets.token_urlsafe(16)
            database.execute("INSERT INTO members (organisation, id, name, roles) VALUES (?, ?, ?, 'leader')", (organisation, member, name))
            database.execute(
                "INSERT INTO devices VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?)",
                (organisation, device, member, b"k", f"{name}s telefon", now, now - seen_days * DAY, json.dumps({**GOOD, "library": library})),
            )


def add_days(server: Running, days: int, organisation: str = "exempelkommun") -> None:
    """The figures of so many days before today."""
    with closing(sqlite3.connect(server.data / "stormlykta.db", timeout=10)) as database, database:
        for back in range(1, days + 1):
            day = time.strftime("%Y-%m-%d", time.localtime(time.time() - back * 86_400))
            figures = {"leaders": 10, "ready": 9 - back * 8 // days, "current": 9, "practised": 2, "contacts": 20, "confirmed": 75}
            database.execute("INSERT OR REPLACE INTO readiness VALUES (?, ?, ?)", (organisation, day, json.dumps(figures)))


async def faults(page: Page, name: str) -> list[str]:
    """Nothing that axe, 320 px or a thumb would stumble on, in both themes, at phone and desk width."""
    await page.evaluate(AXE)
    found: list[str] = []
    for width, height in ((1280, 800), (360, 740)):
        await page.set_viewport_size({"width": width, "height": height})
        for theme in ("light", "dark"):
            await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            found += [f"{name}, {width} px, {theme}: {fault}" for fault in await page.evaluate(RUN_AXE)]
    for width in (320, 360, 1280):
        await page.set_viewport_size({"width": width, "height": 740})
        if sticking := await page.evaluate(STICKS_OUT):
            found.append(f"{name}, {width} px: sticks out {sticking}")
    found += [f"{name}: small {small}" for small in await page.evaluate(SMALL_TARGETS) if 'type="checkbox"' not in small]  # its label is the target
    return found
