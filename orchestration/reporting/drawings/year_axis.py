"""The axis of time below the drawings of a customer: 52 weeks up to a day, with their quarters."""

from datetime import date, timedelta

from markupsafe import Markup

from orchestration.reporting.formats import month

WIDTH, LEFT, RIGHT, LABELS = 640, 32, 6, 24
WEEKS = 52
# Half of what the name of a month takes, in the size below.
HALF = 28
QUARTER = Markup(
    '<line x1="{x}" x2="{x}" y1="{top}" y2="{bottom}" stroke="#e3e7ec"/>'
    '<text x="{x}" y="{base}" font-size="12" fill="#3a4250" text-anchor="{anchor}">{name}</text>'
)


def place(shown: date, as_of: date) -> float:
    """Return where a day stands, in pixels from the left; ``as_of`` stands at the right end."""
    weeks_back = (as_of - shown).days / 7
    return round(WIDTH - RIGHT - weeks_back / WEEKS * (WIDTH - RIGHT - LEFT), 1)


def quarters(as_of: date, top: float, bottom: float) -> Markup:
    """Draw a line where each quarter of a year begins, from top to bottom, and name it below."""
    begins = as_of - timedelta(weeks=WEEKS)
    firsts = (date(year, 3 * n + 1, 1) for year in (begins.year, as_of.year) for n in range(4))
    return Markup("").join(
        _quarter(first, place(first, as_of), top, bottom)
        for first in sorted(set(firsts))
        if begins <= first <= as_of
    )


def _quarter(first: date, x: float, top: float, bottom: float) -> Markup:
    anchor = "start" if x < LEFT + HALF else "end" if x > WIDTH - RIGHT - HALF else "middle"
    return QUARTER.format(
        x=x, top=top, bottom=bottom, base=bottom + 18, anchor=anchor, name=month(first)
    )
