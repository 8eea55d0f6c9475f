"""What happened to one customer, drawn on one axis of time below its score.

What is not here: the score itself, which is ``sparkline``, and the list of what happened.
"""

from datetime import date

from markupsafe import Markup

from orchestration.reporting.drawings.year_axis import LABELS, LEFT, RIGHT, WIDTH, place, quarters
from orchestration.reporting.facts import Row
from orchestration.reporting.formats import day

LANE, TEXT = 20, 13
# In the order in which they are drawn; kinds that nobody has named come last.
KINDS = {
    "band": "Band",
    "plan": "Plan",
    "cancellation asked": "Asked to cancel",
    "payment failed": "Payment failed",
    "ticket": "Ticket",
    "answer": "Answer",
    "outage": "Outage met",
    "release": "Release",
    "feature adopted": "Feature adopted",
    "alert": "Alert",
    "intervention": "We did",
}
SVG = Markup(
    '<svg role="img" aria-label="{label}" viewBox="0 0 {width} {height}" width="{width}">'
    "{quarters}{lanes}</svg>"
)
NAME = Markup('<text x="{x}" y="{y}" font-size="12" fill="#3a4250">{name}</text>')
RULE = Markup('<path d="M{left} {y}H{right}" stroke="#e3e7ec"/>')
MARK = Markup(
    '<circle cx="{x}" cy="{y}" r="3.5" fill="#1f5fa8" fill-opacity=".75">'
    "<title>{title}</title></circle>"
)


def timeline(rows: list[Row], as_of: date) -> Markup:
    """Draw the events of 52 weeks, one lane a kind; nothing where nothing happened."""
    found = {row["happening"] for row in rows}
    kinds = [*(kind for kind in KINDS if kind in found), *sorted(found - set(KINDS))]
    if not kinds:
        return Markup("")
    lanes = Markup("").join(
        _lane(number, kind, [row for row in rows if row["happening"] == kind], as_of)
        for number, kind in enumerate(kinds)
    )
    bottom = len(kinds) * (LANE + TEXT)
    label = f"What happened in 52 weeks, one line a kind: {', '.join(map(name_of, kinds)).lower()}."
    return SVG.format(
        label=label,
        width=WIDTH,
        height=bottom + LABELS,
        quarters=quarters(as_of, 0, bottom),
        lanes=lanes,
    )


def name_of(kind: str) -> str:
    """Return the name of a kind of event."""
    return KINDS.get(kind, kind.replace("_", " "))


def _lane(number: int, kind: str, rows: list[Row], as_of: date) -> Markup:
    top = number * (LANE + TEXT)
    y = top + TEXT + LANE / 2
    # A hundred marks on one day are one mark to the eye.
    first_of = {place(row["happened_on"], as_of): row for row in rows}
    marks = Markup("").join(
        MARK.format(x=x, y=y, title=f"{day(row['happened_on'])}: {row['what'] or name_of(kind)}")
        for x, row in first_of.items()
    )
    rule = RULE.format(left=LEFT, right=WIDTH - RIGHT, y=y)
    return NAME.format(x=LEFT, y=top + TEXT, name=name_of(kind)) + rule + marks
