"""The score of one customer over a year, as a line: light enough for a page of each customer.

What is not here: charts with axes and marks, which are specifications in ``charts/``.
"""

from datetime import date
from itertools import pairwise

from markupsafe import Markup

from orchestration.reporting.drawings.year_axis import LABELS, LEFT, RIGHT, WIDTH, place, quarters
from orchestration.reporting.facts import Row
from orchestration.reporting.formats import day

HEIGHT, TOP = 120, 8
# Rows are a week apart; a longer pause is a time without a score, over which no line is drawn.
PAUSE_DAYS = 7
SVG = Markup(
    '<svg role="img" aria-label="{label}" viewBox="0 0 {width} {height}" width="{width}">'
    "{quarters}{grid}{path}{end}</svg>"
)
LINE = Markup('<path d="{}" fill="none" stroke="#1f5fa8" stroke-width="2"/>')
DOT = Markup('<circle cx="{}" cy="{}" r="3.5" fill="#1f5fa8"/>')
GRID = Markup(
    '<path d="M{left} {y}H{right}" stroke="#d5dae1"/>'
    '<text x="{text}" y="{base}" font-size="12" fill="#3a4250" text-anchor="end">{score}</text>'
)


def sparkline(rows: list[Row], as_of: date) -> Markup:
    """Draw the scores of the weeks, oldest first; the axis always reaches from 0 to 100."""
    points = [(place(row["score_date"], as_of), _y(row["health_score"])) for row in rows]
    steps = ["M"] + [
        "L" if (later["score_date"] - earlier["score_date"]).days <= PAUSE_DAYS else "M"
        for earlier, later in pairwise(rows)
    ]
    path = "".join(f"{step}{x} {y}" for step, (x, y) in zip(steps, points, strict=True))
    first = rows[0]["score_date"]
    return SVG.format(
        label=f"Health score, week by week, from {day(first)} to {day(rows[-1]['score_date'])}.",
        width=WIDTH,
        height=HEIGHT + TOP + LABELS,
        quarters=quarters(as_of, TOP, TOP + HEIGHT),
        grid=Markup("").join(_grid(score) for score in (0, 50, 100)),
        path=LINE.format(path),
        end=DOT.format(*points[-1]),
    )


def _grid(score: int) -> Markup:
    y = _y(score)
    return GRID.format(
        left=LEFT, right=WIDTH - RIGHT, y=y, text=LEFT - 6, base=round(y + 4, 1), score=score
    )


def _y(score: float) -> float:
    return round(TOP + (100 - score) / 100 * HEIGHT, 1)
