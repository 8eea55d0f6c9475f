"""The page: tables in, one HTML file and the list of its facts out.

Nothing depends on the clock or on the order of rows in the warehouse, so the same tables give
the same bytes. What is not here: where the file is put, which is ``writing``.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from orchestration.reporting import formats, words
from orchestration.reporting.drawings import drawings
from orchestration.reporting.facts import Fact, FactBook, straight
from orchestration.reporting.page import Page
from orchestration.reporting.places import page_of
from orchestration.reporting.quality import badge
from orchestration.reporting.reading import read_checks, read_scored_accounts, read_tables
from orchestration.reporting.scopes import Scope
from orchestration.reporting.sentences.caveats import told_caveats
from orchestration.reporting.sentences.scoped import scoped
from orchestration.reporting.sentences.summary import findings
from orchestration.reporting.tables import CAVEATS_SHOWN, TABLES

TEMPLATES = Path(__file__).parent / "templates"
SHORT = "short.css"
ALL = Scope()


@dataclass(frozen=True)
class Report:
    """A rendered report.

    Attributes:
        as_of: the day that it shows.
        html: the whole page.
        facts: every number of the page, in its order.
        currency: stands before money.
        summary: its statements as plain text.
        scope: of whom it is.
    """

    as_of: date
    html: str
    facts: list[Fact]
    currency: str = ""
    summary: tuple[str, ...] = ()
    scope: Scope = ALL


def render_report(connection: duckdb.DuckDBPyConnection, as_of: date, scope: Scope = ALL) -> Report:
    """Make the report of the day for which the report tables are built.

    Args:
        connection: the publication.
        as_of: the day.
        scope: of whom it is.

    Raises:
        ReportError: a table is missing, or the tables are built for another day.
    """
    empty = {name: [] for name in TABLES}
    tables = empty | read_tables(connection, as_of, scope.tables())
    page = Page(
        as_of,
        tables,
        read_checks(connection),
        FactBook(currency_of(tables)),
        read_scored_accounts(connection),
    )
    said = findings(page) if scope.is_all else scoped(page, scope)
    html = (
        environment()
        .get_template("report.html.jinja")
        .render(
            page=page,
            tables=tables,
            show=page.book.show,
            statements=said,
            scope=scope,
            caveats=told_caveats(page)[:CAVEATS_SHOWN],
            tile_kinds=formats.tile_kinds,
            charts=drawings(page),
            badge=badge(page),
            **style(SHORT),
        )
    )
    summary = tuple(Markup("{} {}").format(one.what, one.so_what).striptags() for one in said)
    return Report(as_of, html, page.book.facts, page.book.currency, summary, scope)


def style(*besides: str) -> dict[str, str]:
    """Return the style sheet of every page, and its hash, by which the page allows it.

    Args:
        besides: style sheets of the page itself, which come after it.
    """
    css = "".join((TEMPLATES / name).read_text("utf-8") for name in ("report.css", *besides))
    return {
        "css": css,
        "css_hash": base64.b64encode(hashlib.sha256(css.encode()).digest()).decode(),
    }


def currency_of(tables: dict) -> str:
    """Return the currency in which revenue is reported."""
    units = [row["unit"] for row in tables["rpt_headline_kpis"] if row["fact"] == "mrr"]
    return units[0] if units else ""


def environment() -> Environment:
    """Return the template environment: everything is escaped, nothing may be undefined."""
    jinja = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=straight,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.globals.update(words=words, formats=formats)
    jinja.filters.update(day=formats.day, brief=formats.brief, page_of=page_of)
    return jinja
