"""Cards into drafts of contacts. Our own cards say every column (X-STORMLYKTA-…); anybody else's say what they have.

Rule: pure. What a card does not have is not said, so nothing is taken away because a phone does not know of it.
"""

from __future__ import annotations

from stormlykta.files.contact_drafts import Draft, RowFindings, check_draft
from stormlykta.files.contact_fields import SLOTS, Wrong
from stormlykta.files.text_tables import Watch
from stormlykta.files.vcards import Card, Property

OWN = "X-STORMLYKTA-"
STANDARD = {"name": "FN", "title": "TITLE", "organisation": "ORG", "email": "EMAIL", "address": "ADR", "notes": "NOTE"}
OWN_COLUMNS = (
    *("id", "function_id", "kind", "category", "role", "title_en", "deputy_of", "order", "rakel", "hours", "what_for", "what_for_en"),
    *("verified", "verified_by", "interval_days", "private"),
)
NO_PERSON = ("group",)
MARKS = {"cell": "mobil", "work": "arbete", "home": "hem", "pager": "personsökare", "car": "bil"}
UNDIALLED = {"fax", "textphone", "video", "modem", "bbs"}


def property_of(column: str) -> str:
    """The name of the property that holds a column in our own cards."""
    return STANDARD.get(column) or OWN + column.upper().replace("_", "-")


def draft_cards(cards: list[Card], findings: RowFindings, watch: Watch) -> list[Draft]:
    if not cards:
        findings.error("", 0, "no-cards")
    drafts = []
    for done, card in enumerate(cards):
        if done % 200 == 0:
            watch(done, len(cards))
        for wrong in card.wrong:
            findings.fault(card.number, wrong)
        if card.text("KIND").lower() in NO_PERSON:
            findings.tell(card.number, "vcard-group")
        elif card.properties:
            drafts.append(_draft(card, findings))
    return drafts


def _draft(card: Card, findings: RowFindings) -> Draft:
    own = any(each.name.startswith(OWN) for each in card.properties)
    said = {column: card.text(property_of(column)) for column in (*STANDARD, *OWN_COLUMNS)}
    if not own:
        said = {column: text for column, text in said.items() if text}
        said["name"] = said.get("name") or _full_name(card)
        if "title" not in said and card.text("ROLE"):
            said["title"] = card.text("ROLE")
    elif card.text(property_of("vacant")):
        said["name"] = ""
    numbers = _numbers(card, findings)
    if own or numbers:
        for slot in range(1, SLOTS + 1):
            each = numbers[slot - 1] if slot <= len(numbers) else None
            said[f"phone{slot}"] = _spoken(each) if each else ""
            if own:
                said[f"phone{slot}_label"] = each.label if each else ""
            elif each:
                said[f"phone{slot}_hint"] = each.label or next((mark for kind, mark in MARKS.items() if kind in each.kinds), "")
    return check_draft(card.number, said, findings)


def _numbers(card: Card, findings: RowFindings) -> list[Property]:
    numbers = []
    for each in card.all("TEL"):
        if each.kinds & UNDIALLED and not each.kinds & {"voice", "cell"}:
            findings.tell(card.number, "fax-left", value=_spoken(each))
        elif _spoken(each):
            numbers.append(each)
    if len(numbers) > SLOTS:
        findings.fault(card.number, Wrong("phones-many", {"limit": SLOTS}))
    return numbers[:SLOTS]


def _spoken(number: Property) -> str:
    """ "tel:+46-70-174-06-05;ext=1" → "+46-70-174-06-05"; a text as it stands."""
    text = number.text().strip()
    return text[4:].split(";")[0] if text.lower().startswith("tel:") else text


def _full_name(card: Card) -> str:
    """N is family;given;additional;prefix;suffix."""
    for each in card.all("N"):
        parts = [*each.parts(), "", ""]
        return f"{parts[1]} {parts[0]}".strip()
    return ""
