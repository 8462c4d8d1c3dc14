"""How often somebody may guess, and the challenges a device answers. Kept in memory: a restart forgives.

Rule: what fails is counted, what succeeds is not.
"""

import secrets
from collections import OrderedDict, deque

from stormlykta.errors import Problem
from stormlykta.log.operations import base64url

WINDOW_SECONDS = 60.0
BY_ADDRESS = 20
BY_EVERYBODY = 500
CHALLENGE_SECONDS = 60.0
CHALLENGES = 20_000


class Guesses:
    """Failures of one sort (say, wrong joining codes) in the last minute, by address and in all."""

    def __init__(self, by_address: int = BY_ADDRESS, by_everybody: int = BY_EVERYBODY, window_seconds: float = WINDOW_SECONDS) -> None:
        self._by_address, self._by_everybody, self._window = by_address, by_everybody, window_seconds
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()
        self._all: deque[float] = deque()

    def check(self, address: str, now_seconds: float) -> None:
        """Raises Problem("limit") while there have been too many failures."""
        for failures, most in ((self._failures.get(address), self._by_address), (self._all, self._by_everybody)):
            while failures and failures[0] < now_seconds - self._window:
                failures.popleft()
            if failures is not None and len(failures) >= most:
                wait = int(failures[0] + self._window - now_seconds) + 1
                raise Problem("limit", headers={"Retry-After": str(wait)}, wait=wait)

    def fail(self, address: str, now_seconds: float) -> None:
        self._failures.setdefault(address, deque(maxlen=self._by_address)).append(now_seconds)
        self._failures.move_to_end(address)
        self._all.append(now_seconds)
        if len(self._all) > self._by_everybody:
            self._all.popleft()
        if len(self._failures) > 10_000:
            self._failures.popitem(last=False)

    def forgive(self, address: str, now_seconds: float) -> None:
        """What `fail` counted beforehand at that moment was no failure."""
        for failures in (self._failures.get(address), self._all):
            if failures and now_seconds in failures:
                failures.remove(now_seconds)


class Challenges:
    """Random texts for a device to sign, each good once and for a minute."""

    def __init__(self) -> None:
        self._open: OrderedDict[tuple[str, str, str], float] = OrderedDict()

    def make(self, organisation: str, device: str, now_seconds: float) -> str:
        challenge = base64url(secrets.token_bytes(32))
        self._open[organisation, device, challenge] = now_seconds + CHALLENGE_SECONDS
        while len(self._open) > CHALLENGES:
            self._open.popitem(last=False)
        return challenge

    def take(self, organisation: str, device: str, challenge: str, now_seconds: float) -> bool:
        return self._open.pop((organisation, device, challenge), 0.0) > now_seconds
