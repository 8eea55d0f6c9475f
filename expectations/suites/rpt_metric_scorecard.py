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
            select max(metric_date) from {{batch}}
            having max(metric_date) <> {AS_OF}
        """,
        description="the latest figure is of the day built",
        notes="An old scorecard under a new date misleads, and a future one was never measured.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select metric, metric_date from {{batch}}
            where metric_value is not null and metric_date < {AS_OF} - 183
        """,
        description="every figure is of the last half year",
        severity="warning",
        notes="Nobody has started, renewed or left since, so there was nothing newer to measure.",
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
