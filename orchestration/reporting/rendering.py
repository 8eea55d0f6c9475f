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

from orchestration.reporting import formats, words
from orchestration.reporting.drawings import drawings
from orchestration.reporting.facts import Fact, FactBook
from orchestration.reporting.page import Page
from orchestration.reporting.places import page_of
from orchestration.reporting.quality import badge
from orchestration.reporting.reading import read_checks, read_scored_accounts, read_tables
from orchestration.reporting.sentences.caveats import told_caveats
from orchestration.reporting.sentences.summary import findings
from orchestration.reporting.tables import CAVEATS_SHOWN

TEMPLATES = Path(__file__).parent / "templates"
SHORT = "short.css"


@dataclass(frozen=True)
class Report:
    """A rendered report.

    Attributes:
        as_of: the day that it shows.
        html: the whole page.
        facts: every number of the page, in its order.
        currency: stands before money.
    """

    as_of: date
    html: str
    facts: list[Fact]
    currency: str = ""


def render_report(connection: duckdb.DuckDBPyConnection, as_of: date) -> Report:
    """Make the report of the day for which the report tables are built.

    Raises:
        ReportError: a table is missing, or the tables are built for another day.
    """
    tables = read_tables(connection, as_of)
    page = Page(
        as_of,
        tables,
        read_checks(connection),
        FactBook(currency_of(tables)),
        read_scored_accounts(connection),
    )
    html = (
        environment()
        .get_template("report.html.jinja")
        .render(
            page=page,
            tables=tables,
            show=page.book.show,
            statements=findings(page),
            caveats=told_caveats(page)[:CAVEATS_SHOWN],
            tile_kinds=formats.tile_kinds,
            charts=drawings(page),
            badge=badge(page),
            **style(SHORT),
        )
    )
    return Report(as_of, html, page.book.facts, page.book.currency)


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
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.globals.update(words=words, formats=formats)
    jinja.filters.update(day=formats.day, brief=formats.brief, page_of=page_of)
    return jinja
