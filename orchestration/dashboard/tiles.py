"""The tiles of the first screen: what each shows, how it is compared, and its thirteen weeks.

Which tiles there are, in which order and under which names the seed ``dashboard_tiles`` says. What
is not here: their values, which are ``rpt_dashboard_tiles``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from orchestration.dashboard.declared import Source
from orchestration.dashboard.reading import Publication
from orchestration.reporting.facts import Row
from orchestration.reporting.formats import day, tile_kinds

SOURCE = Source(
    "rpt_dashboard_tiles", ("tile", "weeks_before"), "tile_order, tile, weeks_before desc"
)
COMPARISONS = {1: "a week before", 4: "4 weeks before", 13: "13 weeks before", 52: "a year before"}
USUAL = 4
WEEKS = 13
WIDTH, HEIGHT, EDGE = 130, 34, 3
LINE = Markup(
    '<svg role="img" aria-label="{label}" viewBox="0 0 {width} {height}" '
    'preserveAspectRatio="none"><path d="{path}" fill="none" stroke="#1f5fa8" stroke-width="2" '
    'vector-effect="non-scaling-stroke"/></svg>'
)


@dataclass(frozen=True)
class Tile:
    """A tile: its rows by weeks before, the kinds of its numbers, its line and where it leads."""

    now: Row
    before: dict[int, Row]
    kind: str
    change_kind: str
    line: Markup
    link: str


def tiles(publication: Publication) -> Iterator[Tile]:
    """Give the tiles in their order."""
    by_tile: dict[str, dict[int, Row]] = {}
    for row in publication.rows(SOURCE):
        by_tile.setdefault(row["tile"], {})[row["weeks_before"]] = row
    for rows in by_tile.values():
        now = rows[0]
        kinds = tile_kinds(now["unit"])
        page, _, anchor = (now["page"] or "").partition("#")
        link = f"{page}.html#{anchor}" if anchor else f"{page}.html"
        yield Tile(now, {weeks: rows[weeks] for weeks in COMPARISONS}, *kinds, _line(rows), link)


def _line(rows: dict[int, Row]) -> Markup:
    values = [(WEEKS - weeks, rows[weeks]["tile_value"]) for weeks in range(WEEKS, -1, -1)]
    known = [value for _, value in values if value is not None]
    if len(known) < 2:
        return Markup("")
    low, span = min(known), (max(known) - min(known)) or 1
    path, is_drawn = [], False
    for place, value in values:
        if value is not None:
            x = round(EDGE + place / WEEKS * (WIDTH - 2 * EDGE), 1)
            y = round(HEIGHT - EDGE - float(value - low) / float(span) * (HEIGHT - 2 * EDGE), 1)
            path.append(f"{'L' if is_drawn else 'M'}{x} {y}")
        is_drawn = value is not None
    days = [rows[WEEKS - place]["tile_date"] for place, value in values if value is not None]
    label = f"{rows[0]['label']}, week by week since {day(days[0])}."
    return LINE.format(label=label, width=WIDTH, height=HEIGHT, path="".join(path))
