"""Expectations for ``raw.support_tickets``.

Can times to answer be read from it?
"""

from great_expectations import expectations as gxe

TABLE = "raw.support_tickets"

EXPECTATIONS = [
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="solved_at",
        column_B="created_at",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        mostly=0.98,
        severity="warning",
        notes="Such tickets are set aside; many are two clocks or two columns mixed up.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="reopens",
        min_value=0,
        max_value=50,
        mostly=0.99,
        severity="warning",
        notes="A ticket is reopened a few times; more is an identifier in the wrong column.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select sum(ticket_count) from (
                select count(*) as ticket_count from {batch} group by created_at::date
            )
            having sum(ticket_count) >= 100 and max(ticket_count) > sum(ticket_count) / 2
        """,
        description="no day brought half of all tickets",
        severity="warning",
        notes="The day of a migration in place of the day on which people wrote.",
    ),
]
