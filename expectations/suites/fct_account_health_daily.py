"""Expectations for ``marts.fct_account_health_daily``.

Does the score tell customers apart?
"""

from great_expectations import expectations as gxe

from expectations.as_of import AS_OF

TABLE = "marts.fct_account_health_daily"

MEANS = f"""
select
    avg(health_score) filter (where score_date = {AS_OF}) as latest,
    avg(health_score) filter (where score_date = {AS_OF} - 7) as week_before,
    stddev_samp(health_score) filter (where score_date = {AS_OF}) as spread,
    count(health_score) filter (where score_date = {AS_OF}) as latest_count,
    count(distinct model_version_id) as version_count,
    avg((band = 'at_risk')::integer) filter (where score_date = {AS_OF}) as at_risk_share
from {{batch}}
where score_date in ({AS_OF}, {AS_OF} - 7)
"""

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="health_score",
        min_value=0,
        max_value=100,
        notes="Weights sum to one and points stop at 100, so a score cannot leave this range.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="confidence", min_value=0, max_value=1, notes="It is a share of the weight."
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"from ({MEANS}) where latest_count >= 20 and spread < 0.5",
        description="scores differ",
        notes="A score that says the same thing about everyone has lost its inputs.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            from ({MEANS})
            where latest_count >= 20 and version_count = 1 and abs(latest - week_before) > 15
        """,
        description="the mean score moves by at most 15 points in a week",
        notes="Not all customers change at once; a source has, or a unit.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            from ({MEANS}) where latest_count >= 20 and at_risk_share > 0.5
        """,
        description="at most half of the accounts are at risk",
        severity="warning",
        notes="A list of everybody tells nobody whom to call; the bands may need another look.",
    ),
]
