"""Expectations for ``reports.rpt_accounts``.

Is it the list of today's customers?
"""

from great_expectations import expectations as gxe

from expectations.as_of import AS_OF
from expectations.rows import no_row

TABLE = "reports.rpt_accounts"

EXPECTATIONS = [
    no_row(
        f"as_of_date <> {AS_OF}",
        description="it is of the day built",
        notes="A report under yesterday's date would be filed over yesterday's report.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="health_score", min_value=0, max_value=100, notes="A score is in this range."
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            having count(*) >= 20 and avg((days_since_last_activity > 28)::integer) > 0.8
        """,
        description="at most 8 in 10 customers have been quiet for a month",
        severity="warning",
        notes="A product that nobody uses is more likely a feed that nobody reads.",
    ),
]
