"""How long the repetitions of a calendar's event may take to work out, judged before anybody tries.

Rule: pure. A rule that could run for ever, or gives more than one occurrence a day, is refused; it is never merely begun.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from stormlykta.files.roster_names import Wrong
from stormlykta.files.roster_times import Changes
from stormlykta.files.swedish_time import ZONE, moment, wall

MOST_YEARS = 50  # since a repetition began
STEPS_A_YEAR = {"DAILY": 366, "WEEKLY": 53, "MONTHLY": 12, "YEARLY": 1}
KNOWN_RULES = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "WKST"}


def count_steps(parts: list[Any], now: int) -> int:
    """How many repetitions must be gone through, at most. Raises Wrong("rule-refused") for rules that may never give one, or give one a second."""
    steps = 0
    for part in parts:
        rules = part.get("RRULE") or []
        for rule in rules if isinstance(rules, list) else [rules]:
            try:
                steps += rule_steps(part, rule, now)
            except (AttributeError, TypeError, ValueError, IndexError) as error:  # the rule could not be read, and is something else than a rule
                raise Wrong("rule-refused", value="RRULE") from error
    return steps


def rule_steps(part: Any, rule: Any, now: int) -> int:
    frequency = str((rule.get("FREQ") or [""])[0]).upper()
    strange = [key for key in rule if key.upper() not in KNOWN_RULES]
    if frequency not in STEPS_A_YEAR or strange:
        raise Wrong("rule-refused", value=", ".join(strange) or f"FREQ={frequency}")
    interval = whole(rule, "INTERVAL", "1")[0]
    ordinals = whole(rule, "BYDAY")
    days = whole(rule, "BYMONTHDAY")
    rare = any(abs(number) > 4 for number in ordinals) or (any(abs(day) > 28 for day in days) and (frequency != "MONTHLY" or "BYMONTH" in rule))
    if interval < 1 or rare or (days and "BYDAY" in rule):
        raise Wrong("rule-refused", value="INTERVAL, BYDAY, BYMONTHDAY")
    years = (wall(now).date() - wall_of(begin(part), Changes()).date()).days / 366
    if years > MOST_YEARS:
        raise Wrong("rule-refused", value="DTSTART")
    a_year = STEPS_A_YEAR[frequency]
    if days or "BYDAY" in rule:
        a_year = a_year * len(rule.get("BYDAY", "1")) if frequency == "WEEKLY" else 366
    return int((max(0.0, years) + 2) * a_year)


def whole(rule: Any, key: str, otherwise: str = "") -> list[int]:
    """The numbers of a rule's part: BYDAY=1MO,FR has one."""
    return [int(number) for each in rule.get(key, [otherwise]) if re.fullmatch(r"-?\d+", number := re.sub(r"[^0-9-]", "", str(each)))]


def begin(part: Any) -> date:
    """Raises Wrong("event-broken") when the event has no readable beginning."""
    try:
        start: date = part.start
        moment(wall_of(start, Changes()))
    except Exception as error:
        raise Wrong("event-broken") from error
    return start


def wall_of(value: date, changes: Changes) -> datetime:
    if not isinstance(value, datetime):
        return datetime.combine(value, changes.clock)
    return value.astimezone(ZONE).replace(tzinfo=None) if value.tzinfo is not None else value
