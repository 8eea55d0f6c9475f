"""Of whom a report is: everybody, one segment, or the book of one owner.

The seeds ``report_scopes`` and ``report_subscribers`` declare them. What is not here:
what a report says of them.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from orchestration.landing.sql_texts import literal
from orchestration.reporting.places import file_of
from orchestration.reporting.table import Table
from orchestration.reporting.tables import MONTH, TABLES

# Who subscribed to a report gets one, whether or not it stands among the scopes.
SEEDS = ("report_scopes.csv", "report_subscribers.csv")
KINDS = ("all", "segment", "owner")
# Of these, a narrower report shows the rows of its own customers.
OF_ACCOUNTS = (
    *("rpt_account_score_changes", "rpt_accounts_needing_attention", "rpt_action_queue"),
    *("rpt_renewals_not_healthy", "rpt_action_follow_up"),
)
# These are of the whole company and have no place in a narrower report.
OF_ALL = (
    *("rpt_report_findings", "rpt_dashboard_tiles", "rpt_health_trend", "rpt_mrr_bridge"),
    *("rpt_outlook_revenue", "rpt_outlook_models"),
)
OF_AN_OWNER = "account_id in (select account_id from reports.rpt_accounts where csm_id = {owner})"
OF_A_SEGMENT = (
    "account_id in (select account_id from marts.fct_account_segments_daily where dimension ="
    " {dimension} and segment = {segment} and activity_date = (select max(as_of_date) from"
    " reports.rpt_headline_kpis))"
)


class ScopeError(ValueError):
    """A scope is declared wrongly. The text names the line and what is allowed."""


@dataclass(frozen=True)
class Scope:
    """Of whom a report is.

    Attributes:
        kind: one of KINDS.
        name: the owner, or the segment as ``plan=growth``; empty for everybody.
    """

    kind: str = "all"
    name: str = ""

    @property
    def is_all(self) -> bool:
        """Tell whether it is everybody."""
        return self.kind == "all"

    @property
    def segment(self) -> tuple[str, str]:
        """Return dimension and segment."""
        dimension, _, segment = self.name.partition("=")
        return dimension, segment

    @property
    def file(self) -> str:
        """Return the name of its page, which any file system takes."""
        return "report.html" if self.is_all else f"report-{self.kind}-{file_of(self.name)}"

    def tables(self) -> dict[str, Table]:
        """Return the tables of its report."""
        if self.is_all:
            return TABLES
        kept = {name: table for name, table in TABLES.items() if name not in OF_ALL}
        for name in OF_ACCOUNTS:
            kept[name] = replace(kept[name], within=self._customers())
        causes = kept["rpt_segment_change_causes"]
        dimension, segment = self.segment
        kept["rpt_segment_change_causes"] = replace(
            causes,
            choice=f"where dimension = {literal(dimension)} and segment = {literal(segment)} and "
            f"horizon_days = {MONTH}",
        )
        return kept | self._figures()

    def _customers(self) -> str:
        if self.kind == "owner":
            return OF_AN_OWNER.format(owner=literal(self.name))
        dimension, segment = map(literal, self.segment)
        return OF_A_SEGMENT.format(dimension=dimension, segment=segment)

    def _figures(self) -> dict[str, Table]:
        if self.kind == "owner":
            chosen = f"where csm_id = {literal(self.name)}"
            return {"rpt_csm_portfolios": Table(("csm_id",), "csm_id", choice=chosen)}
        dimension, segment = map(literal, self.segment)
        key = ("dimension", "segment", "second_dimension", "second_segment", "weeks_before")
        # A segment by itself stands beside all, in either place.
        chosen = (
            f"where weeks_before = 0 and ((dimension = {dimension} and segment = {segment} and"
            " second_dimension = 'all') or (dimension = 'all' and second_dimension ="
            f" {dimension} and second_segment = {segment}))"
        )
        return {"fct_segment_cube": Table(key, ", ".join(key), limit=1, choice=chosen)}


def declared_scopes(project: Path) -> Iterator[Scope]:
    """Give everybody, and every narrower scope that the seeds declare, each once.

    Args:
        project: the folder of the dbt project.

    Raises:
        ScopeError: a line of a seed is no scope.
    """
    paths = [path for name in SEEDS if (path := project / "seeds" / name).exists()]
    yield from dict.fromkeys([Scope(), *(scope for path in paths for scope in _scopes_of(path))])


def _scopes_of(path: Path) -> Iterator[Scope]:
    with path.open(newline="", encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            scope = Scope(row.get("scope_kind") or "", row.get("scope") or "")
            is_told = (scope.is_all and not scope.name) or (
                scope.kind == "owner" and scope.name) or (
                scope.kind == "segment" and all(scope.segment))  # fmt: skip
            if not is_told:
                raise ScopeError(
                    f"{path}:{number}: scope_kind {scope.kind!r} with scope {scope.name!r}; a scope"
                    " is all with nothing, owner with an owner, or segment with a segment such as"
                    " plan=growth. No report was made; mend the line and run again."
                )
            yield scope
