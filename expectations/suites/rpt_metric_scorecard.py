"""Expectations for ``reports.rpt_metric_scorecard``.

Is it today's scorecard, and a full one?
"""

from great_expectations import expectations as gxe

from expectations.as_of import AS_OF

TABLE = "reports.rpt_metric_scorecard"

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=5, notes="A scorecard of fewer metrics has lost a family of them."
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select metric from {{batch}}
            where metric_date > {AS_OF} or metric_date < {AS_OF} - 92
        """,
        description="every figure is of the last quarter, none of the future",
        notes="An old figure under a new date misleads, and a future one was never measured.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch} having count(metric_value) < count(*) / 2
        """,
        description="at least half of the metrics have a value",
        severity="warning",
        notes="A scorecard of gaps says that sources are missing; the coverage page names them.",
    ),
]
