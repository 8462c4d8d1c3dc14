"""An organisation's own settings, as the manifest hands them to every phone.

Rule: settings are one JSON object; a key that is not there has the default that stands here.
"""

from typing import Any

import msgspec

from stormlykta.connections import Transaction

DEFAULTS: dict[str, Any] = {"emergency": ["112", "tib", "lansstyrelsen-tib"], "review_months": 12, "second_person": False, "languages": ["sv", "en"]}


async def describe(transaction: Transaction, organisation: str) -> dict[str, Any]:
    """Id, name and settings, defaults filled in."""
    ((name, settings),) = await transaction.fetch("SELECT name, settings FROM organisations WHERE id = ?", (organisation,))
    return {**DEFAULTS, **msgspec.json.decode(settings), "id": organisation, "name": name}


async def member_email(transaction: Transaction, organisation: str, member: str) -> str | None:
    rows = await transaction.fetch("SELECT email FROM members WHERE organisation = ? AND id = ?", (organisation, member))
    return rows[0][0] if rows else None
