"""Draws the app's icons from lantern.svg with headless Chromium; run by hand when the lantern changes, the PNGs are committed.

One rule: lantern.svg is the only source; nothing in public/ is edited by hand. CHROMIUM names another browser than /usr/bin/chromium.
"""

import os
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
PUBLIC = HERE.parent / "public"
# name, pixels, corner radius in percent (maskable and Apple icons are cut by the phone itself)
ICONS = [("icon-192.png", 192, 22), ("icon-512.png", 512, 22), ("maskable-192.png", 192, 0), ("maskable-512.png", 512, 0), ("apple-touch-icon.png", 180, 0)]


def draw() -> None:
    lantern = (HERE / "lantern.svg").read_text()
    rounded = lantern.replace('class="plate"', 'rx="112"')
    (PUBLIC / "icon.svg").write_text(rounded)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        for name, pixels, radius in ICONS:
            page = browser.new_page(viewport={"width": pixels, "height": pixels})
            page.set_content(f"<style>*{{margin:0}}svg{{display:block;width:{pixels}px;height:{pixels}px}}</style>{rounded if radius else lantern}")
            page.screenshot(path=PUBLIC / name, omit_background=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    draw()
