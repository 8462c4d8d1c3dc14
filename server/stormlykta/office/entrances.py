"""What the server remembers of who is at the door of administration: guesses, open ceremonies, visits to providers. In memory: a restart forgives.

Rule: a guess is counted before it is tried, so that a hundred at once are a hundred; what turns out to be none is forgiven.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from stormlykta.errors import Problem
from stormlykta.limits import Guesses
from stormlykta.office.credentials import folded
from stormlykta.office.oidc import Provider, Providers, Visits
from stormlykta.office.passkeys import Ceremonies
from stormlykta.office.passwords import Hasher

WRONG = frozenset({"enter", "passkey", "link", "used", "expired", "old-password", "provider-visit", "provider-refused", "provider-unknown"})
BY_PERSON = 10
PERSON_SECONDS = 600.0
BY_ALL_PERSONS = 100_000  # what all may do together is counted by address
OPENINGS = 100  # ceremonies and visits that one address may begin in a minute: there is room for only so many, and the oldest make way
TELL_MS = 600_000


class Entrances:
    def __init__(self, configured: dict[str, Provider] | None = None) -> None:
        self.hasher = Hasher()
        self.ceremonies = Ceremonies()
        self.visits = Visits()
        self.providers = Providers(configured or {})
        self.refusals = Refusals()
        self._by_address = Guesses()
        self._keys = Guesses(by_everybody=BY_ALL_PERSONS)  # what can not be guessed may not be shut for everybody by those who try
        self._openings = Guesses(OPENINGS, BY_ALL_PERSONS)
        self._by_person = Guesses(BY_PERSON, BY_ALL_PERSONS, PERSON_SECONDS)

    @contextmanager
    def guess(self, address: str, organisation: str, who: str = "") -> Iterator[None]:
        """Round one attempt; without `who` it is by key, link or account. Raises Problem("limit") before it when too many have been wrong."""
        moment, person = time.monotonic(), f"{organisation}/{folded(who)[:200]}"
        by_address = self._by_address if who else self._keys
        by_address.check(address, moment)
        if who:
            self._by_person.check(person, moment)
            self._by_person.fail(person, moment)
        by_address.fail(address, moment)
        try:
            yield
        except Problem as problem:
            if problem.code not in WRONG:
                by_address.forgive(address, moment)
                self._by_person.forgive(person, moment)
            raise
        by_address.forgive(address, moment)
        self._by_person.forgive(person, moment)

    def count_opening(self, address: str) -> None:
        """Raises Problem("limit") when one address begins so many ceremonies that others' would have to make way."""
        moment = time.monotonic()
        self._openings.check(address, moment)
        self._openings.fail(address, moment)


class Refusals:
    """Wrong attempts that the audit trail has not been told of. It hears at once of the first, of the rest every ten minutes: it must not be flooded."""

    def __init__(self) -> None:
        self._counted: dict[str, int] = {}
        self._told: dict[str, int] = {}

    def count(self, organisation: str) -> None:
        """Of an organisation that exists, for they are remembered."""
        self._counted[organisation] = self._counted.get(organisation, 0) + 1

    def due(self, organisation: str, now: int, wait: int = TELL_MS) -> int:
        """How many to tell of now."""
        return self._counted.get(organisation, 0) if self._told.get(organisation, 0) <= now - wait else 0

    def tell(self, organisation: str, now: int, told: int) -> None:
        """It has been written of so many."""
        self._told[organisation] = now
        self._counted[organisation] = max(0, self._counted.get(organisation, 0) - told)
