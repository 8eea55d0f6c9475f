"""The findings of the gates as a table, so that the report can show what was checked.

``quality.expectation_results`` holds the last findings of each table. What is not here: what
follows from them, which the gates decide.
"""

from collections.abc import Collection, Mapping, Sequence

from expectations.catalogue import Suite
from expectations.finding import Finding
from orchestration.checks.public_texts import CLAIM
from orchestration.settings.parts import WarehouseSettings
from orchestration.warehouse.connection import Warehouse

ABSENT = "Not checked: the table has no rows, as its source is absent."

TABLE = """
create schema if not exists quality;
create table if not exists quality.expectation_results (
    gate varchar, table_name varchar, expectation varchar, column_name varchar,
    severity varchar, passed boolean, observed varchar, reason varchar
)
"""


def record(
    settings: WarehouseSettings,
    gate: str,
    found: Mapping[Suite, Sequence[Finding]],
    not_asked: Collection[str] = (),
) -> None:
    """Replace what the gate found before, but for what suites said that were not asked now.

    Args:
        settings: of the file.
        gate: its name.
        found: of each suite that was asked, and of the look at public texts.
        not_asked: the tables of the other suites of the gate.
    """
    rows = [
        [gate, suite.table, *row] for suite, findings in found.items() for row in _rows(findings)
    ]
    places = ", ".join("?" * 8)
    with Warehouse.of(settings).writing() as connection:
        connection.execute(TABLE)
        connection.begin()
        connection.execute(
            "delete from quality.expectation_results "
            "where gate = ? and not (list_contains(?, table_name) and expectation <> ?)",
            [gate, sorted(not_asked), CLAIM],
        )
        if rows:
            insert = f"insert into quality.expectation_results values ({places})"
            connection.executemany(insert, rows)
        connection.commit()


def _rows(findings: Sequence[Finding]) -> list[list[object]]:
    if not findings:
        return [["table_has_rows", None, "info", True, "no rows", ABSENT]]
    return [
        [
            finding.expectation,
            finding.column,
            finding.severity,
            finding.passed,
            finding.observed,
            finding.reason,
        ]
        for finding in findings
    ]
