"""The words of an event, for people: one line, and the lines below it.

Names come from outside: what could end a header, turn the direction of a line or fill the page is
taken out of them first. What is not here: how a channel marks them up.
"""

import unicodedata
from typing import TYPE_CHECKING

from orchestration.reporting import formats

if TYPE_CHECKING:
    from orchestration.alerting.events import Event

# Marks that turn the direction of what follows, and controls, have no place in a name.
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# The unit of what is so or not: of it the label says all.
YES_OR_NO = "yes or no"
# Their unit is part of how the value is written.
WRITTEN_AS_ON_THE_PAGE = ("share", "share of days", "band", YES_OR_NO, "days", "minutes", "s")
ENDINGS = {"recovered": "is good again", "closed": "is closed"}
REASONS = {
    "left": "the account has left",
    "rule_retired": "the rule has ended",
    "past": "its day is over",
}


def plain(text: str, longest: int = 120) -> str:
    """Return a text in one line, without what is not seen, of so many characters at most."""
    seen = "".join(
        " " if unicodedata.category(mark) in HIDDEN else mark for mark in text[: 10 * longest]
    )
    line = " ".join(seen.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def kind_of(unit: str | None) -> str:
    """Return how values of a unit are written, as on the page about alerts; else as a number."""
    return formats.kind_of(unit) if unit in WRITTEN_AS_ON_THE_PAGE else "number"


def value_in_words(value: float | None, unit: str | None) -> str:
    """Write a value with its unit; a share is a percentage."""
    if value is None:
        return "not known"
    if (kind := kind_of(unit)) != "number":
        return formats.KINDS[kind](value)
    digits = 0 if float(value).is_integer() else 2
    behind = (unit or "").removesuffix("s") if value == 1 else unit or ""
    return f"{formats.number(value, digits)} {behind}".rstrip()


def value_of_the_day(event: "Event") -> str:
    """Write what was observed and when: a message may be read days after it was due."""
    value = value_in_words(event.observed_value, event.unit)
    return f"{value} on {formats.day(event.event_date)}"


def headline(event: "Event") -> str:
    """Return what happened, in one line."""
    if event.event == "storm":
        return (
            f"Likely a data problem: “{event.label}” holds for "
            f"{formats.number(event.observed_value or 0)} accounts at once; "
            "they are not told one by one"
        )
    name = formats.brief(event.entity_name)
    what = f"{name}: {event.label}"
    value = value_of_the_day(event)
    match event.event:
        case "recovered":
            # The label says what was wrong, so it does not stand before what is good now.
            now = "no longer" if event.unit == YES_OR_NO else value
            return f"Good again: {name}, {now} (the alert was: {event.label})"
        case "closed":
            why = REASONS.get(
                event.decision_reason or "", event.decision_reason or "no reason told"
            )
            return f"Closed: {what} ({why})"
        case "worsened":
            return f"Worse: {what}, {value}"
        case "escalated":
            what = f"Still open since {formats.day(event.opened_on)}: {what}"
    return what if event.unit == YES_OR_NO else f"{what}, {value}"


def details(event: "Event") -> list[tuple[str, str]]:
    """Return what else is to be known, as names and texts."""
    facts = [("Open since", formats.day(event.opened_on))]
    if not event.is_ending:
        facts.insert(0, ("Severity", event.severity))
    if event.mrr is not None:
        facts.append(("Monthly revenue", formats.write(event.mrr, "money", event.currency)))
    if event.is_late:
        facts.append(("Told late", "something had kept it back; see docs/alerts.md"))
    if event.runbook and not event.is_ending:
        facts.append(("What to do", event.runbook))
    return [*facts, ("Rule", event.rule), ("Identifier", event.entity_id)]
