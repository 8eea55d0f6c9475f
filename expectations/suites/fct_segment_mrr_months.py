"""Expectations for ``marts.fct_segment_mrr_months``.

Can a retention rate be read from it?
"""

from great_expectations import expectations as gxe

TABLE = "marts.fct_segment_mrr_months"

EXPECTATIONS = [
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select month_end,
                sum(opening) - max(opening) as opened,
                sum(closing) - max(closing) as closed
            from marts.fct_mrr_months
            where not is_internal and month_end = (select max(month_end) from {batch})
            group by month_end
            having count(*) filter (opening > 0) >= 20
                and closed not between opened / 4 and opened * 4
        """,
        description="revenue but for the largest account neither falls to a quarter nor grows "
        "fourfold in the last month",
        notes="Prices, rates and exports break overnight; the revenue of a company does not.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select month_end from {batch}
            where dimension = 'all' and opening_account_count >= 20
                and opening_revalued + reactivation + expansion - contraction - churn
                    > opening_revalued * 1.5
        """,
        description="customers of the month before do not pay half as much again",
        severity="warning",
        notes="Net retention of 150 per cent in one month is a year's price read as a month's.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select month_end from {batch}
            where dimension = 'all' and unknown_account_count
                > opening_account_count + new_account_count + reactivation_account_count
        """,
        description="more movements are known than unknown",
        severity="warning",
        notes="Retention of the few accounts that can be valued says nothing about the others.",
    ),
]
