"""A clerk at a desk: a real Chromium on a profile of its own, signed in to the administration."""

import re
from typing import Any, Self

from playwright.async_api import ViewportSize, expect

from tests.browser.leader import Leader
from tests.desk import COOKIE, make_seat
from tests.serving import Running

DESK: ViewportSize = {"width": 1280, "height": 800}


class Clerk(Leader):
    """`await sit_down("Maria")`; the verbs are what a clerk does."""

    organisation = "exempelkommun"
    member = ""

    async def sit(self, server: Running, organisation: str = "exempelkommun", roles: str = "admin") -> Self:
        """Signed in as by a password, without typing it: signing in itself is tested in test_entrance.py."""
        seat = make_seat(server.data, organisation, self.name, roles)
        self.organisation, self.member = organisation, seat.member
        path = f"/api/o/{organisation}/admin"
        await self.context.add_cookies(
            [{"name": COOKIE, "value": seat.token, "domain": "localhost", "path": path, "httpOnly": True, "sameSite": "Strict"}],
        )
        return self

    async def go_to(self, *rooms: str) -> None:
        """`await maria.go_to("kontakter", "svar")`."""
        await self.open_app("/".join(("#/admin", self.organisation, *rooms)))
        await expect(self.page.get_by_role("navigation", name=re.compile("Administrationens rum|Rooms of the administration"))).to_be_visible()

    async def end_seat(self) -> None:
        """As when the working day is over: the browser's cookie is worth nothing any more."""
        await self.context.clear_cookies(name=COOKIE)


def at_a_desk(width: int) -> dict[str, Any]:
    return {"viewport": DESK if width >= 960 else {"width": width, "height": 740}}
