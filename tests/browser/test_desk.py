"""The desk's frame in a real browser: the way in, the rooms, and what happens to an open page when its seat ends."""

from playwright.async_api import expect

from tests.browser.conftest import SitDown


async def test_a_clerk_finds_the_rooms_of_their_role(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    rooms = maria.page.get_by_role("navigation", name="Administrationens rum")
    await expect(rooms.get_by_role("link", name="Medlemmar")).to_be_visible()
    erik = await sit_down("Erik", roles="editor")
    rooms = erik.page.get_by_role("navigation", name="Administrationens rum")
    await expect(rooms.get_by_role("link", name="Checklistor")).to_be_visible()
    await expect(rooms.get_by_role("link", name="Medlemmar")).to_have_count(0)
    await erik.go_to("medlemmar")
    await expect(erik.page.get_by_role("heading", name="Din roll räcker inte hit")).to_be_visible()


async def test_the_desk_is_no_part_of_what_a_phone_keeps(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    kept = await maria.page.evaluate(
        """async () => {
            await navigator.serviceWorker.ready;
            const caches_ = await Promise.all((await caches.keys()).map(name => caches.open(name)));
            return (await Promise.all(caches_.map(cache => cache.keys()))).flat().map(request => request.url);
        }"""
    )
    assert kept
    assert [url for url in kept if "desk-" in url] == []
    assert len([url for url in kept if url.endswith(".css")]) == 1


async def test_the_focus_follows_into_a_new_page_and_comes_back_to_a_key_that_was_shut_for_a_moment(sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    page = maria.page
    await page.get_by_role("navigation", name="Administrationens rum").get_by_role("link", name="Medlemmar").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Medlemmar", level=1)).to_be_focused()
    await maria.go_to("medlemmar", "~bjud-in")
    await page.get_by_label("En person på varje rad").fill("Anna Berg")
    await page.get_by_role("button", name="Läs listan").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="1 person")).to_be_visible()
    await expect(page.get_by_role("button", name="Läs listan")).to_be_focused()
