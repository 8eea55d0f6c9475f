"""Expectations for ``marts.fct_account_health_changes``.

Do the causes of a change look like causes? That they sum to it, dbt proves.
"""

from great_expectations import expectations as gxe

from expectations.as_of import AS_OF
from expectations.rows import no_row

TABLE = "marts.fct_account_health_changes"

EXPECTATIONS = [
    no_row(
        "abs(effect) > 99",
        asked=f"score_date = {AS_OF}",
        description="no cause moves a score further than it can go",
        notes="A score goes from 1 to 100; a larger effect is one that another one hides.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select sum(abs(effect)) from {{batch}}
            where score_date = {AS_OF} and horizon_days = 7 and cause != 'override'
            having count(distinct account_id) >= 20
                and coalesce(sum(abs(effect)) filter (where cause = 'behaviour'), 0)
                < 0.25 * sum(abs(effect))
        """,
        description="a quarter of what moves in a week is what customers did",
        severity="warning",
        notes="Otherwise sources that come and go, or changes of model, are what the score shows.",
    ),
]
