"""Score against revenue: where each customer stands, for a picture that follows the filters.

Places are worked out here; the page draws those that its filters leave. Revenue has a logarithmic
axis, so who pays nothing, or has no score, has no place. What is not here: the list.
"""

import math
from dataclasses import dataclass

from markupsafe import Markup

from orchestration.reporting.facts import Row
from orchestration.reporting.formats import compact
from orchestration.reporting.words import BANDS

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 260, 52, 12, 10, 40
COLOURS = {"healthy": "#0f7a5a", "watch": "#b26a00", "at_risk": "#b3261e", "not_scored": "#5d6673"}
# Colour is never the only cue: bands differ in the ends of their strokes, and in size.
MARKS = {
    "healthy": ("round", 4),
    "watch": ("round", 8),
    "at_risk": ("square", 7),
    "not_scored": ("square", 3),
}
SVG = Markup(
    '<svg id="scatter" role="img" aria-label="Health score from 0 to 100 against revenue a month, '
    'for the customers in the list below." viewBox="0 0 {width} {height}" width="{width}">{inside}'
    "</svg>"
)
RULE = Markup('<path d="{way}" stroke="#e3e7ec" fill="none"/>')
TEXT = Markup(
    '<text x="{x}" y="{y}" font-size="12" fill="#3a4250" text-anchor="{anchor}">{text}</text>'
)
DOTS = Markup(
    '<path data-band="{band}" d="" fill="none" stroke="{colour}" stroke-opacity=".7" '
    'stroke-width="{size}" stroke-linecap="{end}"><title>{name}</title></path>'
)


@dataclass(frozen=True)
class Scale:
    """The powers of ten between which all revenue lies."""

    low: int
    high: int

    def y(self, mrr: float) -> float:
        """Return the height of a revenue."""
        share = (math.log10(mrr) - self.low) / (self.high - self.low)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def scale_of(rows: list[Row]) -> Scale | None:
    """Return the scale that holds every customer; None where nobody has a place."""
    placed = [math.log10(row["mrr"]) for row in rows if _has_place(row)]
    if not placed:
        return None
    low = math.floor(min(placed))
    return Scale(low, max(math.ceil(max(placed)), low + 1))


def place_of(row: Row, scale: Scale) -> list | None:
    """Return where a customer stands, and its band; None for who has no place."""
    if not _has_place(row):
        return None
    return [_x(row["health_score"]), scale.y(float(row["mrr"])), row["band"] or "not_scored"]


def axes(rows: list[Row], currency: str) -> Markup:
    """Draw the axes and, for each band, a path that the page fills; nothing without a place."""
    scale = scale_of(rows)
    if scale is None:
        return Markup("")
    base = HEIGHT - BOTTOM
    parts = []
    for score in (0, 25, 50, 75, 100):
        parts.append(RULE.format(way=f"M{_x(score)} {TOP}V{base}"))
        parts.append(TEXT.format(x=_x(score), y=base + 16, anchor="middle", text=score))
    for power in range(scale.low, scale.high + 1):
        y = scale.y(10.0**power)
        parts.append(RULE.format(way=f"M{LEFT} {y}H{WIDTH - RIGHT}"))
        parts.append(TEXT.format(x=LEFT - 6, y=y + 4, anchor="end", text=compact(10.0**power)))
    parts.append(TEXT.format(x=LEFT, y=HEIGHT - 6, anchor="start",
                             text=f"across: health score; up: {currency} a month; squares: at risk,"
                             " large dots: watch, small dots: healthy"))  # fmt: skip
    bands = [code for code in COLOURS if any((row["band"] or "not_scored") == code for row in rows)]
    for code in bands:
        end, size = MARKS[code]
        parts.append(
            DOTS.format(band=code, colour=COLOURS[code], name=BANDS[code][1], end=end, size=size)
        )
    return SVG.format(width=WIDTH, height=HEIGHT, inside=Markup("").join(parts))


def _has_place(row: Row) -> bool:
    return row["health_score"] is not None and row["mrr"] is not None and row["mrr"] > 0


def _x(score: float) -> float:
    return round(LEFT + score / 100 * (WIDTH - LEFT - RIGHT), 1)
