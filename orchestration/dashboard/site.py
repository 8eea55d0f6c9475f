"""The pages of the dashboard: published tables in, one HTML file a page and its facts out.

Nothing depends on the clock or on the order of rows, so the same tables give the same bytes. What
is not here: where the files are put, which is ``writing``, and the pages of accounts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from orchestration.dashboard.cells import Cells, is_number, link_of
from orchestration.dashboard.charts import drawn
from orchestration.dashboard.cube import FIGURES, choices, cube, lookup
from orchestration.dashboard.declaration import declared_pages
from orchestration.dashboard.declared import DeclaredPage, Section
from orchestration.dashboard.explorer import listed_rows, rows_of
from orchestration.dashboard.presets import PRESETS
from orchestration.dashboard.reading import Publication
from orchestration.dashboard.scatter import axes
from orchestration.dashboard.scripts import Script, own_script, table_script, table_style
from orchestration.dashboard.style import look
from orchestration.dashboard.tables import LaidOut, laid_out
from orchestration.dashboard.tiles import COMPARISONS, USUAL, tiles
from orchestration.reporting import formats, rendering, words
from orchestration.reporting.drawings.bands import band_trend
from orchestration.reporting.facts import Fact, FactBook, Row, straight
from orchestration.reporting.page import Page
from orchestration.reporting.quality import badge
from orchestration.reporting.reading import read_checks, read_scored_accounts, read_tables
from orchestration.reporting.sentences.summary import statements
from orchestration.reporting.table import Table
from orchestration.reporting.tables import TABLES
from orchestration.reporting.texts import written

TEMPLATES = Path(__file__).parent / "templates"
LEFT_SHOWN = 15
# What the hand-made templates show and the report does not.
SHOWN = TABLES | {
    "rpt_band_movement": Table(("earlier_band", "band"), "earlier_band, band"),
    "rpt_accounts_left": Table(
        ("account_id",), "mrr_28_days_before desc nulls last, account_id", LEFT_SHOWN
    ),
}


@dataclass(frozen=True)
class SitePage:
    """A page: its file, its markup and its facts."""

    place: str
    html: str
    facts: list[Fact]


@dataclass(frozen=True)
class Drawn:
    """A section with what it shows.

    Attributes:
        section: what is declared.
        missing: tables that are not published.
        charts: the pictures, None where there is nothing to draw.
        tables: what its tables show.
        is_empty: whether there is nothing to show.
    """

    section: Section
    missing: list[str]
    charts: list[tuple[Any, Any]]
    tables: list[LaidOut]

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to show."""
        return not any(picture for _, picture in self.charts) and not any(
            one.count for one in self.tables
        )


class Site:
    """What all pages of one day share.

    Args:
        connection: the publication.
        as_of: the day that the pages show.
        pages: what is declared.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        as_of: date,
        pages: list[DeclaredPage] | None = None,
    ) -> None:
        self.connection, self.as_of = connection, as_of
        self.pages = declared_pages() if pages is None else pages
        self.publication = Publication(connection)
        there = {
            name: table
            for name, table in SHOWN.items()
            if self.publication.has(table.stored_as or name)
        }
        self.tables = {name: [] for name in SHOWN} | read_tables(connection, as_of, there)
        self.checks = read_checks(connection)
        self.scored = read_scored_accounts(connection)
        self.currency = rendering.currency_of(self.tables)
        self.jinja = environment()

    def made(self) -> Iterator[SitePage]:
        """Give every declared page, in its order."""
        for declared in self.pages:
            yield self.page(declared)

    def page(self, declared: DeclaredPage) -> SitePage:
        """Make one page."""
        page = Page(self.as_of, self.tables, self.checks, FactBook(self.currency), self.scored)
        cells = Cells(page.book, self.scored)
        sections = [self._drawn(section, cells) for section in declared.sections]
        html = self.jinja.get_template("page.html.jinja").render(
            **self.context(page),
            declared=declared,
            sections=sections,
            scripts=_scripts(declared),
        )
        return SitePage(f"{declared.name}.html", html, page.book.facts)

    def context(self, page: Page, root: str = "") -> dict[str, Any]:
        """Return what every template may speak of."""
        return {
            "page": page,
            "pages": self.pages,
            "root": root,
            "tables": self.tables,
            "show": page.book.show,
            "badge": badge(page),
            "statements": lambda: statements(page),
            "band_trend": lambda: band_trend(page),
            "tiles": lambda: tiles(self.publication),
            "cube_choices": lambda: choices(self.cells_of_the_cube),
            "cube_lookup": lambda: lookup(self.cells_of_the_cube, page.book),
            "written": lambda text: written(text, page),
            "scatter": lambda table: axes(rows_of(table), self.currency),
            **look(),
        }

    @cached_property
    def cells_of_the_cube(self) -> list[Row]:
        """Return the cells of the cube, which one page looks up."""
        return cube(self.publication)

    def _drawn(self, section: Section, cells: Cells) -> Drawn:
        missing = sorted({one for one in section.read() if not self.publication.has(one)})
        if missing and (section.template or len(missing) == len(set(section.read()))):
            return Drawn(section, missing, [], [])
        charts = [
            (drawing, drawn(self.publication, drawing, section.id)) for drawing in section.charts
        ]
        listed = [laid_out(one, self.publication.rows(one.source), cells) for one in section.tables]
        return Drawn(section, missing, charts, listed)


def _scripts(declared: DeclaredPage) -> list[Script]:
    explored = any(table.explored for section in declared.sections for table in section.tables)
    scripted = any(section.template for section in declared.sections)
    bundle = [table_script()] if explored else []
    return [*bundle, own_script()] if explored or scripted else []


def owners(table: LaidOut) -> list[str]:
    """Return the owners of the customers of a table."""
    return sorted({row["csm_id"] for row in rows_of(table) if row["csm_id"]})


def environment() -> Environment:
    """Return the template environment: everything is escaped, nothing may be undefined."""
    jinja = Environment(
        loader=FileSystemLoader([TEMPLATES, rendering.TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=straight,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.globals.update(words=words, formats=formats, is_number=is_number)
    jinja.globals.update(figures=FIGURES, presets=PRESETS, listed_rows=listed_rows, owners=owners)
    jinja.globals.update(table_style=table_style, comparisons=COMPARISONS, usual_comparison=USUAL)
    jinja.filters.update(day=formats.day, brief=formats.brief, page_of=link_of)
    return jinja
