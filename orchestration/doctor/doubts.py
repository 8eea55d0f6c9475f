"""What a draft of a mapping asks of whoever edits it, as neither names nor values tell it.

What is not here: what they do tell, which ``drafts`` writes.
"""

from collections.abc import Mapping, Sequence

import yaml

from orchestration.adapters.mapping_units import unsaid_durations
from orchestration.doctor.likeness import words_of
from orchestration.doctor.values import NO_ORDER, Values
from orchestration.landing.contract import Column

PRICE = "unit_amount_minor"
INTERVALS = {"month": "month", "year": "year", "annual": "year", "mrr": "month", "arr": "year"}
INTERVALS |= {"monat": "month", "jahr": "year", "mensuel": "month", "mois": "month"}
INTERVALS |= {"annuel": "year"}
# Words of a price that may be one of all seats.
WHOLE = {"mrr", "arr", "amount", "total", "charges", "sum", "betrag", "summe", "montant"}
# Lists of contracts write their last day there, and programs the moment from which on nothing is.
ENDS = ("ended_at", "valid_to")
SEATS_OPEN = "  # quantity:"


def how_written(tables: Mapping[str, Mapping[str, Values]]) -> list[str]:
    """Return the lines that somebody must decide on, where days or numbers can be read two ways."""
    every = [values for seen in tables.values() for values in seen.values()]
    lines = []
    orders = {order for values in every for order in values.orders}
    if len(orders) == 1:
        (order,) = orders
        lines.append(f"{f'dates: {order}':<30}# as a number above 12 was seen where days stand")
    elif any(NO_ORDER in values.kinds for values in every):
        lines.append("# dates: day first            # NEEDED: day first or month first?")
    if any("number with a comma" in values.kinds for values in every):
        lines.append("decimals: comma               # as numbers like 49,00 were seen")
    elif any(values.points[True] and not values.points[False] for values in every):
        lines.append("# decimals: comma             # NEEDED? if 1.200 means twelve hundred")
    return lines


def with_seats(pairs: Mapping[str, str]) -> dict[str, str]:
    """Leave out the seats where a price may be that of all of them, which seats would multiply."""
    words = {*words_of(pairs[PRICE])}
    is_whole = bool(words & WHOLE) and not words & {"unit", "per", "pro", "par"}
    return {ours: said for ours, said in pairs.items() if ours != "quantity" or not is_whole}


def about_seats(pairs: Mapping[str, str]) -> str:
    """Ask what seats there are, where none are taken."""
    if seats := pairs.get("quantity"):
        return (
            f"{SEATS_OPEN} {said_of(seats)}    # NEEDED: this line where {said_of(pairs[PRICE])} "
            "is of one seat, constants: {quantity: 1} where it is of all"
        )
    return f"{SEATS_OPEN}    # NEEDED: seats, or constants: {{quantity: 1}}; else no price is known"


def doubt_of(column: Column, values: Values, identity: Sequence[str] | bool) -> str:
    """Say what speaks against their column as it is; nothing where nothing does."""
    if values.repeats and identity == (column.name,):
        return "    # NEEDED? its values repeat, and lines with one value are one thing"
    if "number with a sign of a currency" in values.kinds:
        return "    # NEEDED: an amount with a sign of a currency is not read, take the sign off"
    if "day with a year of two digits" in values.kinds:
        return "    # NEEDED: a year of two digits is not read, write all four"
    return ""


def about_constants(pairs: Mapping[str, str]) -> str:
    """Return the line of constants, which asks for the interval of a price that tells none."""
    if PRICE not in pairs or "interval" in pairs:
        return "# constants: {}           # what is the same in every line, as {currency: EUR}"
    for word, interval in INTERVALS.items():
        if any(said.startswith(word) for said in words_of(pairs[PRICE])):
            return f"constants: {{interval: {interval}}}    # as {said_of(pairs[PRICE])} is called"
    return "# constants: {interval: month}    # NEEDED: is a price one of a month or of a year?"


def about_units(pairs: Mapping[str, str], seen: Mapping[str, Values]) -> list[str]:
    """Return the line that says which amounts are units, or asks for it."""
    amounts = [ours for ours in pairs if ours.endswith("_minor")]
    units = [ours for ours in amounts if (seen[pairs[ours]].unit or "").startswith("units")]
    if units:
        return [f"amounts_in_units: [{', '.join(units)}]    # as decimals were seen"]
    said = f"# amounts_in_units: [{', '.join(amounts)}]"
    return [f"{said}    # NEEDED: is 49 one of 49 euros (else [], as of 49 cents)?"] * bool(amounts)


def about_durations(pairs: Mapping[str, str]) -> list[str]:
    """Return the line that asks what durations count, where no name of theirs says it."""
    names = ", ".join(unsaid_durations({}, pairs))
    said = f"# durations_in_seconds: [{names}]"
    return [f"{said}    # NEEDED, or …_in_nanoseconds; [] for milliseconds"] * bool(names)


def about_last_days(pairs: Mapping[str, str], seen: Mapping[str, Values]) -> list[str]:
    """Return the line that asks whether an end that is told as a day is the last day."""
    ends = [ours for ours in ENDS if ours in pairs and seen[pairs[ours]].kind.startswith("day")]
    said = f"# last_days: [{', '.join(ends)}]"
    return [f"{said}    # NEEDED where the day is the last one of service"] * bool(ends)


def said_of(name: str) -> str:
    """Write a name as YAML does."""
    return yaml.safe_dump(name, allow_unicode=True, default_flow_style=True).split("\n")[0]
