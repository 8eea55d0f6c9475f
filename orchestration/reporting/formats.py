"""How a value is written: one function for every kind of number on the page.

Only rounding, separators, signs and units of display (a share as per cent, seconds as minutes)
happen here. What is not here: which kind a column is, which the templates say, or the unit of
a metric.
"""

import math
from collections.abc import Callable
from datetime import date

MINUS = "\N{MINUS SIGN}"
SIZES = ((1e9, "bn"), (1e6, "M"), (1e3, "k"))
# Not strftime: its names follow the language of the machine.
MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def noun(count: float | None, one: str, many: str = "") -> str:
    """Return the word that goes with a count."""
    return one if count == 1 else many or f"{one}s"


def brief(text: str, longest: int = 48) -> str:
    """Return a text that leaves room for others: names come from outside and may be endless."""
    return text if len(text) <= longest else f"{text[: longest - 1]}\N{HORIZONTAL ELLIPSIS}"


def number(value: float, digits: int = 0, signed: bool = False) -> str:
    """Write a number with thousands separators; what rounds to zero has no sign."""
    text = f"{abs(value):,.{digits}f}"
    if not any(figure in text for figure in "123456789"):
        return text
    if value < 0:
        return MINUS + text
    return f"+{text}" if signed else text


def compact(value: float, signed: bool = False) -> str:
    """Write a number short enough to stand over a bar; the exact one is in the table."""
    size, sign = next((one for one in SIZES if abs(value) >= one[0]), (1, ""))
    shown = value / size
    return f"{number(shown, 1 if sign and abs(shown) < 9.95 else 0, signed)}{sign}"


def day(value: date) -> str:
    """Write a date in full, such as 31 Oct 2026, so that nobody guesses the order."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(value: date) -> str:
    """Write the month of a date."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def duration(value: float, signed: bool = False) -> str:
    """Write seconds as minutes and seconds."""
    minutes, seconds = divmod(round(abs(value)), 60)
    size = f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
    if not round(value):
        return size
    return MINUS + size if value < 0 else ("+" if signed else "") + size


# Bands as the score orders them; a rule of alerts asks for their number.
BAND_STEPS = {1: "at risk", 2: "watch", 3: "healthy"}

# A logarithmic change is stored as its logarithm and, by its definition, read as per cent.
KINDS: dict[str, Callable] = {
    "count": lambda value: number(value),
    "plain": lambda value: f"{value:.0f}",
    "count_change": lambda value: number(value, signed=True),
    "number": lambda value: number(value, 2),
    "number_change": lambda value: number(value, 2, signed=True),
    "amount": lambda value: number(value, 0 if value == round(value) else 1),
    "points": lambda value: number(value, 1),
    "points_change": lambda value: number(value, 1, signed=True),
    "points_size": lambda value: number(abs(value), 1),
    "index": lambda value: number(value, 4),
    "points_fine": lambda value: number(value, 2),
    "points_fine_change": lambda value: number(value, 2, signed=True),
    "share": lambda value: f"{number(100 * value, 1)}%",
    "share_size": lambda value: f"{number(abs(100 * value), 1)}%",
    "share_change": lambda value: f"{number(100 * value, 1, signed=True)} pp",
    "share_fine": lambda value: f"{number(100 * value, 3)}%",
    "seconds": lambda value: f"{number(value, 2)} s",
    "minutes": lambda value: f"{number(value)} min",
    # Two hours and more are read as hours.
    "minutes_fine": lambda value: (
        f"{number(value, 1)} min" if abs(value) < 120 else f"{number(value / 60, 1)} h"
    ),
    "hours_fine": lambda value: f"{number(value, 1)} h",
    "share_of": lambda value: f"{number(100 * value)}%",
    "relative_change": lambda value: f"{number(100 * value, 1, signed=True)}%",
    "percent": lambda value: f"{number(value, 1, signed=True)}%",
    "log_change": lambda value: f"{number(100 * math.expm1(value), 1, signed=True)}%",
    "times": lambda value: f"{number(value, 1)} times",
    "hours": lambda value: f"{number(value, 0 if abs(value) >= 10 else 1)} h",
    "amount_of_days": lambda value: f"{KINDS['amount'](value)} day{'' if value == 1 else 's'}",
    "days": lambda value: f"{number(value)} day{'' if value == 1 else 's'}",
    "band_step": lambda value: BAND_STEPS.get(round(value), number(value)),
    "answer": lambda value: {0: "no", 1: "yes"}.get(value) or number(value, 2),
    "duration": duration,
    "duration_change": lambda value: duration(value, signed=True),
    "date": day,
}

# Units of components and metrics; any other unit is a plain number, its word behind it.
KIND_OF_UNIT = {
    "share": "share",
    "share of days": "share",
    "share points": "share_change",
    "per cent": "percent",
    "log change": "log_change",
    "seconds": "duration",
    "hours": "hours",
    "times": "times",
    "days": "amount_of_days",
    "points": "count",
    "currency": "money",
    "money": "money",
    "index": "index",
    "attempts": "count",
    "users": "count",
    "accounts": "count",
    "contracts": "count",
    "events": "count",
    "sessions": "count",
    "yes or no": "answer",
    "roles": "amount",
    "step": "count",
    "band": "band_step",
    "tickets": "amount",
    "s": "seconds",
    "minutes": "minutes_fine",
    "incidents": "count",
}
CHANGE_OF_KIND = {
    "share": "share_change",
    "money": "money_change",
    "duration": "duration_change",
    "count": "count_change",
    "points": "points_change",
}


def kind_of(unit: str | None) -> str:
    """Return how values of a unit are written."""
    return KIND_OF_UNIT.get(unit or "", "number")


def change_kind_of(unit: str | None) -> str:
    """Return how changes of values of a unit are written."""
    return CHANGE_OF_KIND.get(kind_of(unit), "number_change")


# Of tiles: the score has a decimal, as everywhere; other points are whole.
KINDS_OF_TILES = {"score": ("points", "points_change"), "tickets": ("count", "count_change")}


def tile_kinds(unit: str | None) -> tuple[str, str]:
    """Return how the value of a tile and its change are written."""
    return KINDS_OF_TILES.get(unit or "", (kind_of(unit), change_kind_of(unit)))


def write(value: object, kind: str, currency: str = "") -> str:
    """Write a value that is known.

    Args:
        value: a number or a date.
        kind: one of KINDS, or ``money`` or ``money_change``.
        currency: stands before money.
    """
    if kind in ("money", "money_change"):
        amount = number(float(value), signed=kind == "money_change")
        sign = amount[0] if amount[0] in (MINUS, "+") else ""
        return f"{sign}{currency} {amount.removeprefix(sign)}" if currency else amount
    return KINDS[kind](value if isinstance(value, date) else float(value))
