"""Attacks on power: deeds done after it was taken away, another's way in, two who put each other out at once, organisations side by side."""

import asyncio
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.desk import COOKIE, DeskClient
from tests.entering import rows
from tests.server.conftest import Sat
from tests.server.test_entrance import code_of
from tests.serving import Running


class SlowHand:
    """A request that has said everything but the last letter of its body, and waits."""

    def __init__(self, server: Running, desk: DeskClient, method: str, path: str, body: Any) -> None:
        self.body = json.dumps(body).encode()
        self.socket = socket.create_connection(("localhost", server.port), timeout=20)
        cookie = f"{COOKIE}={desk.client.cookies[COOKIE]}"
        head = f"{method} {desk.url(path)} HTTP/1.1\r\nHost: localhost:{server.port}\r\nCookie: {cookie}\r\nContent-Length: {len(self.body)}\r\n\r\n"
        self.socket.sendall(head.encode() + self.body[:-1])

    def finish(self) -> int:
        """The status of the answer."""
        self.socket.sendall(self.body[-1:])
        return int(self.socket.recv(65536).split()[1])


@contextmanager
def held_back(server: Running, desk: DeskClient, method: str, path: str, body: Any) -> Iterator[SlowHand]:
    hand = SlowHand(server, desk, method, path, body)
    try:
        yield hand
    finally:
        hand.socket.close()


@pytest.mark.parametrize("taken", ["removed", "demoted", "signed out"])
async def test_a_deed_that_was_begun_in_time_is_refused_when_the_power_is_gone_before_it_is_done(sat: Sat, server: Running, taken: str) -> None:
    """A body may take its time. Whoever was let in at the door may be nobody when the last letter comes."""
    maria, rolf = await sat("Maria"), await sat("Rolf")
    with held_back(server, rolf, "POST", "members", {"name": "Bakdörr", "roles": ["admin"]}) as hand:
        assert (await rolf.get("me")).status_code == 200, "the server has been through the queue before this"
        if taken == "removed":
            assert (await maria.delete(f"members/{rolf.member}")).status_code == 204
        elif taken == "demoted":
            assert (await maria.put(f"members/{rolf.member}", {"roles": ["editor"]})).status_code == 204
        else:
            (seat,) = [each["id"] for each in (await maria.get("seats")).json() if each["member"] == rolf.member]
            assert (await maria.delete(f"seats/{seat}")).status_code == 204
        assert await asyncio.to_thread(hand.finish) == (403 if taken == "demoted" else 401)
    assert "Bakdörr" not in [each["name"] for each in (await maria.get("members")).json()["members"]]


async def test_of_two_who_remove_each_other_at_once_one_is_left_and_of_three_never_fewer_than_two(sat: Sat, server: Running) -> None:
    """The second deed is done by somebody who is removed already."""
    maria, rolf = await sat("Maria"), await sat("Rolf")
    for others in (0, 1):
        if others:
            maria, rolf, _ = await sat("Maria"), await sat("Rolf"), await sat("Tredje")
        done = await asyncio.gather(*(one.delete(f"members/{other.member}") for one, other in ((maria, rolf), (rolf, maria))))
        assert sorted(each.status_code for each in done) in ([204, 401], [204, 409])
        left = rows(server.data, "SELECT name FROM members WHERE organisation = ? AND removed IS NULL", maria.organisation)
        assert len(left) == 1 + others


async def test_the_last_administrator_can_neither_leave_nor_lay_it_down(sat: Sat) -> None:
    maria = await sat("Maria")
    await sat("Erik", roles="editor")
    assert code_of(await maria.delete(f"members/{maria.member}")) == "last-admin"
    assert code_of(await maria.put(f"members/{maria.member}", {"roles": ["editor"]})) == "last-admin"
    assert code_of(await maria.put(f"members/{maria.member}", {"roles": []})) == "field"


@pytest.mark.parametrize("by", ["the desk", "the command line", "a link"])
async def test_a_seat_does_not_come_back_with_the_role(sat: Sat, server: Running, organisation: str, by: str) -> None:
    """Who was demoted because the cookie was in wrong hands may be trusted again; those hands may not."""
    maria, rolf = await sat("Maria"), await sat("Rolf", roles="editor")
    assert (await maria.put(f"members/{rolf.member}", {"roles": ["leader"]})).status_code == 204
    assert code_of(await rolf.get("me")) == "role"
    if by == "the desk":
        assert (await maria.put(f"members/{rolf.member}", {"roles": ["leader", "admin"]})).status_code == 204
    elif by == "the command line":
        server.invite("Rolf", organisation, "--role", "editor")
    else:
        assert server.command("admin-link", "Rolf", "--organisation", organisation).returncode == 0
    assert code_of(await rolf.get("me")) == "session"
    assert (await maria.get("me")).status_code == 200
