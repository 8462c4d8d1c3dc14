"""Getting in, in a real browser: by a one-time link, a passkey of a virtual authenticator, a password, the organisation's own provider; and being put out."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import CDPSession, Page, Playwright, expect

from tests.browser.clerk import Clerk, at_a_desk
from tests.browser.conftest import PickUp, SitDown
from tests.browser.test_screens import AXE, RUN_AXE, SMALL_TARGETS, STICKS_OUT
from tests.entering import GOOD, add_link, add_member, add_password, change
from tests.providers import RealProvider
from tests.serving import Running

ORGANISATION = "exempelkommun"
FRESH = "tre gula lyktor i hamnen"


@pytest_asyncio.fixture
async def come(server: Running, playwright: Playwright, tmp_path: Path) -> AsyncIterator[Any]:
    """`await come("Maria")`: somebody at a computer who is signed in nowhere."""
    clerks: list[Clerk] = []

    async def arrive(name: str, width: int = 1280) -> Clerk:
        clerk = await Clerk.pick_up(name, playwright, tmp_path / f"door-{len(clerks)}-{name}", server.url, **at_a_desk(width))
        clerks.append(clerk)
        return clerk

    yield arrive
    for clerk in clerks:
        await clerk.put_down()
    assert [error for clerk in clerks for error in clerk.errors] == []


async def plug_in(page: Page) -> CDPSession:
    """A key that verifies its owner, as Windows Hello or a phone does."""
    session = await page.context.new_cdp_session(page)
    await session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    await session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


async def sits_down(page: Page) -> None:
    await expect(page.get_by_role("navigation", name="Administrationens rum")).to_be_visible()


async def types(page: Page, who: str, password: str) -> None:
    await page.get_by_label("E-post eller namn").fill(who)
    await page.get_by_label("Lösenord", exact=True).fill(password)
    await page.get_by_role("button", name="Logga in", exact=True).click()


async def leave(page: Page) -> None:
    await page.get_by_role("link", name="Mitt konto").click()
    await page.get_by_role("button", name="Logga ut", exact=True).click()
    await expect(page.get_by_text("Du är utloggad.")).to_be_visible()


async def test_a_link_makes_a_passkey_and_the_passkey_opens_the_desk(server: Running, come: Any) -> None:
    maria = await come("Maria")
    page = maria.page
    await plug_in(page)
    token = add_link(server.data, ORGANISATION)
    await maria.open_app(f"#/valkommen/{ORGANISATION}/{token}")
    await expect(page.get_by_role("heading", name="Välkommen till Exempelkommun")).to_be_visible()
    await page.get_by_role("button", name="Skapa nyckel").click()
    await expect(page.get_by_text("Skriv ditt namn först.")).to_be_visible()
    await expect(page.get_by_label("Ditt namn")).to_be_focused()
    await page.get_by_label("Ditt namn").fill("Maria Ek")
    await page.get_by_role("button", name="Skapa nyckel").click()
    await sits_down(page)
    await expect(page, "the link does not stay in the address").to_have_url(f"{server.url}/#/admin/{ORGANISATION}")
    await leave(page)
    await page.get_by_role("button", name="Logga in med nyckel").click()
    await sits_down(page)
    await page.get_by_role("link", name="Mitt konto").click()
    await expect(page.get_by_text("Ditt enda sätt att logga in.")).to_be_visible()
    await expect(page.get_by_role("listitem").filter(has_text="Den här webbläsaren")).to_contain_text("nyckel")


async def test_a_link_makes_a_password_a_wrong_one_is_refused_in_words_and_the_right_one_opens(server: Running, come: Any) -> None:
    maria = await come("Maria", width=360)
    page = maria.page
    await maria.open_app(f"#/valkommen/{ORGANISATION}/{add_link(server.data, ORGANISATION)}")
    await page.get_by_label("Ditt namn").fill("Maria Ek")
    await page.get_by_role("button", name="Med ett lösenord").click()
    first, second = page.get_by_label("Nytt lösenord"), page.get_by_label("Lösenordet en gång till")
    await first.fill("sommar")
    await expect(page.get_by_text("6 tecken till")).to_be_visible()
    await first.fill("Sommaren2026!")
    await expect(page.get_by_text("Tillräckligt långt")).to_be_visible()
    await second.fill("något annat helt")
    await page.get_by_role("button", name="Spara lösenordet").click()
    await expect(page.get_by_role("alert")).to_contain_text("inte lika")
    await second.fill("Sommaren2026!")
    await page.get_by_role("button", name="Spara lösenordet").click()
    await expect(page.get_by_role("alert")).to_contain_text("Det går att gissa")
    assert await first.input_value() == "Sommaren2026!", "what was typed stays"
    await page.get_by_role("button", name="Visa lösenordet").click()
    await expect(first).to_have_attribute("type", "text")
    await first.fill(GOOD)
    await second.fill(GOOD)
    await page.get_by_role("button", name="Spara lösenordet").click()
    await sits_down(page)
    await leave(page)
    await types(page, "maria ek", "fel lösenord här")
    await expect(page.get_by_role("alert")).to_contain_text("Namnet eller lösenordet stämmer inte.")
    assert await page.get_by_label("E-post eller namn").input_value() == "maria ek"
    await page.get_by_label("Lösenord", exact=True).fill(GOOD)
    await page.get_by_label("Lösenord", exact=True).press("Enter")
    await sits_down(page)


@pytest.mark.parametrize(("hours", "heading"), [(24, "Länken är redan använd"), (-1, "Länken gäller inte längre"), (0, "Länken finns inte")])
async def test_a_link_that_is_no_good_says_so_and_what_to_do(server: Running, come: Any, hours: int, heading: str) -> None:
    maria = await come("Maria", width=360)
    token = add_link(server.data, ORGANISATION, hours=hours) if hours else "avklippt"
    change(server.data, "UPDATE links SET used = 1 WHERE expires > created + 1")
    await maria.open_app(f"#/valkommen/{ORGANISATION}/{token}")
    await expect(maria.page.get_by_role("heading", name=heading)).to_be_visible()
    await expect(maria.page.get_by_text("stormlykta admin-link")).to_be_visible()
    await maria.page.get_by_role("link", name="Till inloggningen").click()
    await expect(maria.page.get_by_role("heading", name="Logga in", exact=True)).to_be_visible()


async def test_where_the_browser_can_make_no_key_that_is_said_and_a_password_is_offered(server: Running, come: Any) -> None:
    maria = await come("Maria")
    await maria.context.add_init_script("delete window.PublicKeyCredential")
    await maria.open_app(f"#/valkommen/{ORGANISATION}/{add_link(server.data, ORGANISATION)}")
    await expect(maria.page.get_by_text("kan inte skapa nycklar på den här adressen")).to_be_visible()
    await expect(maria.page.get_by_label("Nytt lösenord")).to_be_visible()
    await expect(maria.page.get_by_role("button", name="Skapa nyckel")).to_have_count(0)
    await maria.open_app(f"#/admin/{ORGANISATION}")
    await expect(maria.page.get_by_role("button", name="Logga in", exact=True)).to_be_visible()
    await expect(maria.page.get_by_role("button", name="Logga in med nyckel")).to_have_count(0)


async def test_a_person_who_breaks_off_at_the_key_is_told_and_can_go_on(server: Running, come: Any) -> None:
    maria = await come("Maria")
    page = maria.page
    add_password(server.data, ORGANISATION, add_member(server.data, ORGANISATION, "Maria Ek"))
    await page.add_init_script("navigator.credentials.get = async () => { throw new DOMException('', 'NotAllowedError'); }")
    await maria.open_app(f"#/admin/{ORGANISATION}")
    await page.get_by_role("button", name="Logga in med nyckel").click()
    await expect(page.get_by_role("alert")).to_contain_text("Nyckeln användes inte.")
    await types(page, "Maria Ek", GOOD)
    await sits_down(page)


async def test_signing_out_everywhere_ends_the_other_browser_and_says_so_there(server: Running, come: Any) -> None:
    add_password(server.data, ORGANISATION, add_member(server.data, ORGANISATION, "Maria Ek"))
    here, there = await come("Maria"), await come("Maria")
    for browser in (here, there):
        await browser.open_app(f"#/admin/{ORGANISATION}")
        await types(browser.page, "Maria Ek", GOOD)
        await sits_down(browser.page)
    await here.page.get_by_role("link", name="Mitt konto").click()
    await expect(here.page.get_by_role("button", name=re.compile("^Logga ut Chrome på"))).to_have_count(1)
    await here.page.get_by_role("button", name="Logga ut överallt").click()
    await expect(here.page.get_by_text("Du är utloggad överallt.")).to_be_visible()
    await there.page.get_by_role("link", name="Mitt konto").click()
    await expect(there.page.get_by_role("dialog", name="Logga in igen")).to_be_visible()


async def test_a_seat_that_ends_under_a_page_is_taken_again_over_it_and_what_was_typed_is_there(server: Running, sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    add_password(server.data, ORGANISATION, maria.member)
    page = maria.page
    await maria.go_to("konto")
    await page.get_by_role("button", name="Byt lösenord").click()
    await page.get_by_label("Nytt lösenord").fill(FRESH)
    await page.get_by_label("Lösenordet en gång till").fill(FRESH)
    await page.get_by_label("Lösenordet du har nu").fill(GOOD)
    await maria.end_seat()
    await page.get_by_role("button", name="Spara lösenordet").click()
    over = page.get_by_role("dialog", name="Logga in igen")
    await expect(over).to_be_visible()
    await expect(over.get_by_text("Sidan finns kvar under")).to_be_visible()
    await expect(over.get_by_label("Lösenord", exact=True)).to_be_focused()
    assert await over.get_by_label("E-post eller namn").input_value() == "Maria"
    await page.keyboard.type(GOOD)
    await page.keyboard.press("Enter")
    await expect(over).to_have_count(0)
    assert await page.get_by_label("Nytt lösenord").input_value() == FRESH
    await page.get_by_role("button", name="Spara lösenordet").click()
    await expect(page.get_by_text("Lösenordet är bytt.").first).to_be_visible()


async def test_keys_are_added_and_removed_and_the_last_way_in_stays(server: Running, sit_down: SitDown) -> None:
    maria = await sit_down("Maria")
    add_password(server.data, ORGANISATION, maria.member)
    page = maria.page
    await plug_in(page)
    await maria.go_to("konto")
    await expect(page.get_by_text("Ditt enda sätt att logga in.")).to_be_visible()
    await page.get_by_role("button", name="Lägg till en nyckel").click()
    await page.get_by_label("Vad kallar du nyckeln?").fill("Jobbdatorn")
    await page.get_by_role("button", name="Skapa nyckel").click()
    await expect(page.get_by_text("Nyckeln är klar.").first).to_be_visible()
    await page.get_by_role("button", name="Lägg till en nyckel").click()
    await page.get_by_role("button", name="Skapa nyckel").click()
    await expect(page.get_by_role("alert")).to_contain_text("Den här datorn har redan en nyckel för dig.")
    await page.get_by_role("button", name="Avbryt").click()
    await page.get_by_role("button", name="Ta bort Jobbdatorn").click()
    await expect(page.get_by_role("button", name="Behåll")).to_be_focused()
    await page.get_by_role("group", name="Ta bort Jobbdatorn? Det går inte att ångra.").get_by_role("button", name="Ta bort").click()
    await expect(page.get_by_text("Jobbdatorn är borttagen.").first).to_be_visible()
    await expect(page.get_by_text("Ditt enda sätt att logga in.")).to_be_visible()


async def test_an_administrator_puts_out_somebody_elses_browser(sit_down: SitDown) -> None:
    maria, erik = await sit_down("Maria"), await sit_down("Erik", roles="editor")
    await erik.go_to("konto")
    await expect(erik.page.get_by_role("heading", name="Andra som är inloggade")).to_have_count(0)
    await maria.go_to("konto")
    await maria.page.get_by_role("button", name=re.compile("^Logga ut Erik,")).click()
    await expect(maria.page.get_by_text("Ingen annan är inloggad just nu.")).to_be_visible()
    await erik.page.get_by_role("link", name="Checklistor").click()
    await expect(erik.page.get_by_role("dialog", name="Logga in igen")).to_be_visible()


async def test_who_has_never_been_here_says_which_organisation(server: Running, come: Any) -> None:
    add_password(server.data, ORGANISATION, add_member(server.data, ORGANISATION, "Maria Ek"))
    maria = await come("Maria")
    page = maria.page
    await maria.open_app("#/admin")
    await page.get_by_label("Organisation", exact=True).fill("Exempel kommun")
    await page.get_by_role("button", name="Fortsätt").click()
    await expect(page.get_by_text("Bara små bokstäver a–z")).to_be_visible()
    await page.get_by_label("Organisation", exact=True).fill("Exempelkommun ")
    await page.get_by_role("button", name="Fortsätt").click()
    await types(page, "Maria Ek", GOOD)
    await sits_down(page)
    await maria.open_app("#/admin")
    await sits_down(page)


async def test_who_may_sit_at_a_desk_finds_the_way_there_in_the_app_and_who_may_not_does_not(server: Running, pick_up: PickUp) -> None:
    anna = await pick_up("Anna", join=False)
    await anna.join(server.invite("Anna", ORGANISATION, "--role", "leader", "--role", "editor")["code"])
    await anna.open_app("#/mer")
    await anna.page.get_by_role("link", name="Till administrationen").click()
    await expect(anna.page.get_by_role("heading", name="Logga in", exact=True)).to_be_visible()
    bo = await pick_up("Bo")
    await bo.open_app("#/mer")
    await expect(bo.page.get_by_role("heading", name="Mer")).to_be_visible()
    await expect(bo.page.get_by_role("link", name="Till administrationen")).to_have_count(0)


class TestByProvider:
    """The organisation's own provider, a real one that the server is told of in its file."""

    @pytest.fixture
    def provider(self, tmp_path: Path) -> Iterator[RealProvider]:
        started = RealProvider(tmp_path).start()
        yield started
        started.stop()

    @pytest.fixture
    def server(self, tmp_path: Path, provider: RealProvider) -> Iterator[Running]:
        (tmp_path / "oidc.toml").write_text(
            f'[{ORGANISATION}]\nissuer = "{provider.issuer}"\nclient_id = "stormlykta"\nclient_secret = "hemligt"\nname = "kommunkontot"\n'
        )
        running = Running(tmp_path / "data", STORMLYKTA_OIDC=str(tmp_path / "oidc.toml")).start()
        yield running
        running.stop()

    async def test_one_goes_there_and_comes_back_signed_in_or_is_told_why_not(self, server: Running, provider: RealProvider, come: Any) -> None:
        add_member(server.data, ORGANISATION, "Maria Ek", "editor", "maria@exempel.se")
        provider.put_user("maria", email="maria@exempel.se", email_verified=True)
        maria = await come("Maria")
        page = maria.page
        await maria.open_app(f"#/admin/{ORGANISATION}")
        await page.get_by_role("link", name="Logga in med kommunkontot").click()
        await page.get_by_placeholder("sub").fill("nagon-annan")
        await page.get_by_role("button", name="Authorize").click()
        await expect(page.get_by_role("alert")).to_contain_text("intygar inte e-postadressen")
        await expect(page, "the reason does not stay in the address").to_have_url(f"{server.url}/#/admin/{ORGANISATION}")
        await page.get_by_role("link", name="Logga in med kommunkontot").click()
        await page.get_by_placeholder("sub").fill("maria")
        await page.get_by_role("button", name="Authorize", exact=True).click()
        await sits_down(page)
        await expect(page.get_by_role("link", name="Maria Ek")).to_be_visible()

    async def test_signing_in_again_there_keeps_the_page_that_is_open(self, server: Running, provider: RealProvider, sit_down: SitDown) -> None:
        maria = await sit_down("Maria")
        change(server.data, "UPDATE members SET email = 'maria@exempel.se' WHERE id = ?", maria.member)
        provider.put_user("maria", email="maria@exempel.se", email_verified=True)
        page = maria.page
        await maria.go_to("konto")
        await page.get_by_role("button", name="Lägg till ett lösenord").click()
        await page.get_by_label("Nytt lösenord").fill(FRESH)
        await maria.end_seat()
        await page.get_by_label("Lösenordet en gång till").fill(FRESH)
        await page.get_by_role("button", name="Spara lösenordet").click()
        over = page.get_by_role("dialog", name="Logga in igen")
        async with maria.context.expect_page() as opened:
            await over.get_by_role("link", name="Logga in med kommunkontot").click()
        tab = await opened.value
        await tab.get_by_placeholder("sub").fill("maria")
        await tab.get_by_role("button", name="Authorize").click()
        await sits_down(tab)
        await tab.close()
        await page.bring_to_front()
        await page.evaluate("dispatchEvent(new Event('focus'))")
        await expect(over).to_have_count(0)
        assert await page.get_by_label("Nytt lösenord").input_value() == FRESH

    async def test_with_the_provider_down_that_is_said_and_the_password_still_opens(self, server: Running, provider: RealProvider, come: Any) -> None:
        add_password(server.data, ORGANISATION, add_member(server.data, ORGANISATION, "Maria Ek"))
        provider.stop()
        maria = await come("Maria")
        await maria.open_app(f"#/admin/{ORGANISATION}")
        await maria.page.get_by_role("link", name="Logga in med kommunkontot").click()
        await expect(maria.page.get_by_role("alert")).to_contain_text("svarar inte just nu")
        await types(maria.page, "Maria Ek", GOOD)
        await sits_down(maria.page)


async def test_every_page_of_getting_in_is_free_of_axe_violations_in_both_themes_and_fits(server: Running, come: Any, sit_down: SitDown) -> None:
    found: list[str] = []

    async def look(page: Page, name: str) -> None:
        await page.evaluate(AXE)
        for width, height in ((360, 740), (1280, 800), (320, 740)):
            await page.set_viewport_size({"width": width, "height": height})
            for theme in ("light", "dark"):
                await page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
                found.extend(f"{name}, {width}, {theme}: {fault}" for fault in await page.evaluate(RUN_AXE))
            if sticking := await page.evaluate(STICKS_OUT):
                found.append(f"{name}, {width}: sticks out {sticking}")
            found.extend(f"{name}, {width}: small {small}" for small in await page.evaluate(SMALL_TARGETS))

    stranger = await come("Maria")
    page = stranger.page
    await stranger.open_app("#/admin")
    await expect(page.get_by_label("Organisation", exact=True)).to_be_visible()
    await look(page, "vilken organisation")
    await stranger.open_app(f"#/admin/{ORGANISATION}")
    await types(page, "Maria", "fel lösenord här")
    await expect(page.get_by_role("alert")).to_be_visible()
    await page.get_by_text("Kommer du inte in?").click()
    await look(page, "logga in")
    await stranger.open_app(f"#/valkommen/{ORGANISATION}/{add_link(server.data, ORGANISATION)}")
    await page.get_by_role("button", name="Skapa nyckel").click()
    await page.get_by_role("button", name="Med ett lösenord").click()
    await page.get_by_role("button", name="Spara lösenordet").click()
    await look(page, "välkommen")
    await stranger.open_app(f"#/valkommen/{ORGANISATION}/avklippt")
    await expect(page.get_by_role("heading", name="Länken finns inte")).to_be_visible()
    await look(page, "fel länk")
    maria = await sit_down("Maria Ek")
    await sit_down("Erik", roles="editor")
    add_password(server.data, ORGANISATION, maria.member)
    await maria.go_to("konto")
    await maria.page.get_by_role("button", name="Byt lösenord").click()
    await look(maria.page, "mitt konto")
    await maria.end_seat()
    await maria.page.get_by_role("link", name="Checklistor").click()
    await expect(maria.page.get_by_role("dialog", name="Logga in igen")).to_be_visible()
    await look(maria.page, "logga in igen")
    assert found == []
