"""Expectations for ``marts.fct_churns``.

Did these customers leave, and for these reasons?
"""

from great_expectations import expectations as gxe

from expectations.as_of import AS_OF
from expectations.rows import no_row

TABLE = "marts.fct_churns"

EXPECTATIONS = [
    no_row(
        f"service_ended_date > {AS_OF}",
        description="nobody left after the day built",
        notes="An end that was announced is no departure yet.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="tenure_days",
        min_value=0,
        max_value=18_250,
        mostly=0.95,
        severity="warning",
        notes="A customer of more than fifty years is a start that defaulted to 1970 or 1900.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select max(departures) from (
                select count(*) as departures from {batch}
                where end_kind = 'churned'
                group by service_ended_date
            )
            having sum(departures) >= 50 and max(departures) > sum(departures) / 2
        """,
        description="no day saw half of all departures",
        severity="warning",
        notes="The day on which the export was cleaned up, or a default end.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            where end_kind = 'churned'
            having count(*) >= 50 and count(*) filter (reason_kind = 'unknown') = count(*)
        """,
        description="of some departure the reason is known",
        severity="warning",
        notes="Codes that seeds/churn_reasons.csv does not have: every reason is unknown.",
    ),
]
