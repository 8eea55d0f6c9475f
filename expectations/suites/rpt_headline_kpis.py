"""Expectations for ``reports.rpt_headline_kpis``.

Would a manager believe the headline?
"""

from great_expectations import expectations as gxe

TABLE = "reports.rpt_headline_kpis"

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=5, notes="A summary without its facts is an empty first page."
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select fact from {batch}
            where fact in ('mean_health_score', 'health_score_by_mrr')
                and fact_value not between 0 and 100
        """,
        description="the mean score lies between 0 and 100",
        notes="A mean outside of its parts is a weight gone wrong.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select fact from {batch}
            where fact in ('customer_count', 'mrr') and earlier_value >= 20
                and fact_value not between earlier_value / 2 and earlier_value * 2
        """,
        description="customers and revenue neither halve nor double in 28 days",
        severity="warning",
        notes="Such a month would be known to everybody before the report says so.",
    ),
]
