"""Pokes: "something is new, ask". They carry no data, may be lost or merged, and are never sent to the device that brought the news.

Rule: nothing here is needed for correctness; a phone that hears no poke asks anyway.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping

import msgspec

HEARTBEAT_SECONDS = 20.0


class Listener:
    """One open stream of one device: what it has still to be told."""

    def __init__(self, device: str) -> None:
        self.device = device
        self.heads: dict[str, int] = {}
        self.library: str | None = None
        self.closed = False
        self.wake = asyncio.Event()

    def take(self) -> list[bytes]:
        events = [msgspec.json.encode({"incident": incident, "seq": seq}) for incident, seq in self.heads.items()]
        if self.library is not None:
            events.append(msgspec.json.encode({"library": self.library}))
        self.heads, self.library = {}, None
        self.wake.clear()
        return events


class Live:
    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = defaultdict(set)
        self._closed = False

    def poke(self, organisation: str, heads: Mapping[str, int], but: str | None = None) -> None:
        """Tells every listener of the organisation, except the device `but`, that these incidents have grown."""
        for listener in self._listeners[organisation]:
            if listener.device != but and heads:
                listener.heads.update(heads)
                listener.wake.set()

    def poke_library(self, organisation: str, library: str) -> None:
        for listener in self._listeners[organisation]:
            listener.library = library
            listener.wake.set()

    def organisations(self) -> list[str]:
        return [organisation for organisation, listeners in self._listeners.items() if listeners]

    def stop(self, devices: Iterable[tuple[str, str]]) -> None:
        """Ends the streams of (organisation, device) pairs that may read no more."""
        stopped = set(devices)
        for organisation, listeners in self._listeners.items():
            for listener in listeners:
                if (organisation, listener.device) in stopped:
                    listener.closed = True
                    listener.wake.set()

    def close(self) -> None:
        """Ends every stream, so that the server can stop."""
        self._closed = True
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.wake.set()

    async def listen(self, organisation: str, device: str) -> AsyncIterator[bytes]:
        """The stream's bytes: pokes as they come, a comment every 20 s."""
        listener = Listener(device)
        self._listeners[organisation].add(listener)
        try:
            yield b"retry: 2000\n: hello\n\n"
            while not (self._closed or listener.closed):
                try:
                    await asyncio.wait_for(listener.wake.wait(), HEARTBEAT_SECONDS)
                except TimeoutError:
                    yield b": still here\n\n"
                    continue
                if listener.closed:
                    break
                for data in listener.take():
                    yield b"event: poke\ndata: " + data + b"\n\n"
        finally:
            self._listeners[organisation].discard(listener)
