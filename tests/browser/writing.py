"""A clerk who writes: what a person does at the editor, and how its page is read. Used by the tests of drafts."""

import re
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.browser.clerk import Clerk

STORM = "elavbrott-storm"
STORM_TITLE = "Långvarigt elavbrott och storm"
ASK = """async ([path, method, body]) => {
  const sent = body === null ? {} : {headers: {'content-type': 'application/json'}, body: JSON.stringify(body)};
  const reply = await fetch(path, {method, ...sent});
  return reply.status === 204 ? null : await reply.json();
}"""
LINES = """() => Object.fromEntries([...document.querySelectorAll('[data-phase]')].map(list =>
  [list.dataset.phase, [...list.querySelectorAll('[data-place^="step:"]')].map(line => line.value)]))"""
PASTE = """words => {
  const data = new DataTransfer();
  data.setData('text/plain', words);
  document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""
HERE = "() => [document.activeElement.value, document.activeElement.selectionStart]"


async def ask(clerk: Clerk, method: str, path: str, body: Any = None) -> Any:
    """As the page itself would ask, with its seat."""
    return await clerk.page.evaluate(ASK, [f"/api/o/{clerk.organisation}/admin/{path}", method, body])


async def write_on(clerk: Clerk, checklist: str = STORM) -> Page:
    """Opens the editor; begins a draft when there is none."""
    await clerk.go_to("checklistor", checklist, "skriv")
    await expect(clerk.page.get_by_role("button", name="Börja skriva").or_(clerk.page.get_by_text("Fastställ …"))).to_be_visible()
    if await clerk.page.get_by_role("button", name="Börja skriva").is_visible():
        await clerk.page.get_by_role("button", name="Börja skriva").click()
    await expect(clerk.page.get_by_text("Fastställ …")).to_be_visible()
    return clerk.page


async def small_draft(clerk: Clerk, *phases: tuple[str, list[str]], id: str = "prov") -> str:
    """A draft with these phases and steps, put on the server; its id."""
    made = await ask(clerk, "POST", "checklists", {"blank": {"kind": "action-card", "title": id.capitalize()}})
    document = {
        **made["document"],
        **{"trigger": {"sv": "När det provas."}, "goal": {"sv": "Provet är gjort."}, "not_for": {"sv": "Allt annat: [[card:teleavbrott]]."}},
        **{
            "immediate": [{"sv": "Ring elnätet [[call:elnat-driftcentral]]"}],
            "tags": {"sv": ["prov", "prova", "test", "testa", "försök"]},
            "owner": "beredskap",
        },
        "audience": ["tib"],
        "phases": [
            {
                "id": phase,
                "title": {"sv": title},
                "mode": "read-do",
                "steps": [{"id": f"{phase}-{at}", "text": {"sv": words}} for at, words in enumerate(steps)],
            }
            for phase, (title, steps) in zip(("f15", "f60", "f24"), phases, strict=False)
        ],
    }
    await ask(clerk, "PUT", f"drafts/{made['checklist']}", {"revision": made["revision"], "document": document})
    return str(made["checklist"])


async def stored(clerk: Clerk, checklist: str) -> dict[str, Any]:
    """The text that the server holds."""
    return dict((await ask(clerk, "GET", f"drafts/{checklist}"))["document"])


async def stored_lines(clerk: Clerk, checklist: str) -> dict[str, list[str]]:
    document = await stored(clerk, checklist)
    return {phase["id"]: [step["text"]["sv"] for step in phase["steps"]] for phase in document["phases"]}


async def lines(page: Page) -> dict[str, list[str]]:
    return dict(await page.evaluate(LINES))


async def caret(page: Page) -> tuple[str, int]:
    words, at = await page.evaluate(HERE)
    return words, at


def line(page: Page, number: int, phase: int = 0) -> Locator:
    """The words of a step, by its number in its phase."""
    return page.locator("[data-phase]").nth(phase).get_by_label(f"Åtgärd {number}", exact=True)


async def saved(page: Page) -> None:
    """The page says that the server has it."""
    await expect(page.get_by_text(re.compile("^(· )?sparat [0-9i]")).first).to_be_visible(timeout=15_000)
