"""Expectations for ``marts.fct_account_health_daily``.

Does the score tell customers apart?
"""

from great_expectations import expectations as gxe

from expectations.as_of import AS_OF, STEADY

TABLE = "marts.fct_account_health_daily"

SHARES = f"""
select
    stddev_samp(health_score) filter (where score_date = {AS_OF}) as spread,
    stddev_samp(health_score) filter (where score_date < {AS_OF}) as spread_before,
    count(health_score) filter (where score_date = {AS_OF}) as latest_count,
    count(health_score) filter (where score_date < {AS_OF}) as count_before,
    count(*) filter (where score_date = {AS_OF} and status != 'too_new') as customers,
    count(*) filter (where score_date < {AS_OF} and status != 'too_new') as customers_before,
    avg((confidence_level = 'low')::integer) filter (where score_date = {AS_OF}) as low_share,
    avg((band = 'at_risk')::integer) filter (where score_date = {AS_OF}) as at_risk_share,
    avg((band = 'at_risk')::integer) filter (where score_date < {AS_OF}) as at_risk_before,
    avg((band = 'healthy')::integer) filter (where score_date = {AS_OF}) as healthy_share,
    avg((band = 'healthy')::integer) filter (where score_date < {AS_OF}) as healthy_before
from {{batch}}
where score_date in ({AS_OF}, {AS_OF} - 7)
"""

# Who is scored by another model than a week before is no sign of anything.
MOVES = f"""
select
    count(*) as account_count,
    avg(later.health_score - earlier.health_score) as mean_move
from {{batch}} as later
inner join {{batch}} as earlier using (account_id, model_version_id)
where later.score_date = {AS_OF}
    and earlier.score_date = {AS_OF} - 7
    and later.health_score is not null
    and earlier.health_score is not null
"""

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="health_score",
        min_value=1,
        max_value=100,
        notes="Weights sum to one and curves end at 1 and 100, so a score cannot leave this range.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="confidence", min_value=0, max_value=1, notes="It is a share of the weight."
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            from ({SHARES}) where latest_count >= 20 and spread < 0.5 and spread_before >= 2
                and {STEADY}
        """,
        description="scores still differ when they did a week before",
        notes="A score that says the same thing about everyone has lost its inputs.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"from ({SHARES}) where latest_count >= 20 and spread < 0.5",
        description="scores differ",
        severity="warning",
        notes="Everybody does the same, or nothing that tells customers apart is measured.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            from ({MOVES}) where account_count >= 20 and abs(mean_move) > 15 and {STEADY}
        """,
        description="the mean score by the same model moves by at most 15 points in a week",
        notes="Not all customers change at once; a source has, or a unit.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            from ({SHARES})
            where customers >= 20 and latest_count < customers / 2
                and customers_before >= 20 and count_before >= customers_before / 2
                and {STEADY}
        """,
        description="half of the customers still have a score when they had one a week before",
        notes="What it rests on has gone. In the first weeks of a company few have a score.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            from ({SHARES}) where latest_count >= 20 and count_before >= 20 and greatest(
                abs(at_risk_share - at_risk_before), abs(healthy_share - healthy_before)
            ) > 0.2
        """,
        description="no band gains or loses a fifth of the accounts in a week",
        severity="warning",
        notes="Bands hardly flap; when many change at once, a source, a seed or a model has.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"from ({SHARES}) where customers >= 20 and low_share > 0.5",
        description="of at most half of the accounts little is known",
        severity="warning",
        notes="A score of low confidence is drawn grey, and no fall of it raises an alarm.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            from ({SHARES}) where latest_count >= 20 and at_risk_share > 0.5
        """,
        description="at most half of the accounts are at risk",
        severity="warning",
        notes="A list of everybody tells nobody whom to call; the bands may need another look.",
    ),
]
