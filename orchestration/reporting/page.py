"""What templates and sentences work with: the rows of the page, and ways to look one up.

What is not here: how rows are read, and what is said about them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from orchestration.reporting.facts import NOT_KNOWN, FactBook, Row


@dataclass(frozen=True)
class Page:
    """The tables of one report.

    Attributes:
        as_of: the day for which the tables are built.
        tables: rows by table.
        checks: outcome of the gates; None where no gate has written.
        book: writes numbers and remembers them.
        scored: customers with a score, who have a page of their own.
    """

    as_of: date
    tables: dict[str, list[Row]]
    checks: list[Row] | None
    book: FactBook
    scored: frozenset[str] = frozenset()

    def row(self, table: str, **key: str) -> Row | None:
        """Return the row with a key, None where there is none."""
        return next((row for row in self.tables[table] if row.key == key), None)

    def fact(self, name: str, column: str = "fact_value") -> Any:
        """Return a value of the summary; None where it is not known."""
        row = self.row("rpt_headline_kpis", fact=name)
        return row[column] if row else None

    def show_fact(self, name: str, kind: str = "count", column: str = "fact_value") -> Markup:
        """Write a value of the summary."""
        return self._show(self.row("rpt_headline_kpis", fact=name), column, kind)

    def total(self, name: str) -> Any:
        """Return one of the totals; None where it is not known."""
        row = self.row("rpt_run_stats", total=name)
        return row["total_value"] if row else None

    def show_total(self, name: str, kind: str = "count") -> Markup:
        """Write one of the totals."""
        return self._show(self.row("rpt_run_stats", total=name), "total_value", kind)

    @property
    def nobody(self) -> Markup:
        """Say that there is no customer: none is known, or all that there were have left."""
        if not self.fact("customers_ever_count"):
            return Markup("No customer is known")
        return Markup("All {} customers have left, the last on {}").format(
            self.show_fact("customers_ever_count"),
            self.show_fact("customers_ever_count", "date", "fact_date"),
        )

    @property
    def has_month_before(self) -> bool:
        """Tell whether there were customers 28 days before."""
        return self.fact("customer_count", "earlier_value") is not None

    @property
    def earlier_date(self) -> date:
        """Return the day with which is compared."""
        return self.fact("customer_count", "earlier_date")

    def _show(self, row: Row | None, column: str, kind: str) -> Markup:
        return escape(NOT_KNOWN) if row is None else self.book.show(row, column, kind)
