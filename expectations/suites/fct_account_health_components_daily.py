"""Expectations for ``marts.fct_account_health_components_daily``.

Are the parts measured?
"""

from great_expectations import expectations as gxe

from expectations.as_of import AS_OF

TABLE = "marts.fct_account_health_components_daily"

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="component_score",
        min_value=1,
        max_value=100,
        notes="Curves end at 1 and 100; beyond them one component would outweigh the others.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="effective_weight",
        min_value=0,
        max_value=1,
        notes="Weights of an account sum to 1.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select component from {{batch}}
            where score_date in ({AS_OF}, {AS_OF} - 7)
            group by component
            having count(*) filter (where is_available and score_date = {AS_OF} - 7) >= 20
                and count(*) filter (where is_available and score_date = {AS_OF})
                < count(*) filter (where is_available and score_date = {AS_OF} - 7) / 2
        """,
        description="no component is lost by half of the accounts in a week",
        severity="warning",
        notes="Its source has stopped; the score goes on without it, and means something else.",
    ),
]
