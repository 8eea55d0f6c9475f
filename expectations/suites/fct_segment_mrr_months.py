"""Expectations for ``marts.fct_segment_mrr_months``.

Can a retention rate be read from it?
"""

from great_expectations import expectations as gxe

TABLE = "marts.fct_segment_mrr_months"

EXPECTATIONS = [
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select latest.month_end
            from {batch} as latest
            inner join {batch} as earlier
                on latest.dimension = earlier.dimension and latest.segment = earlier.segment
                and earlier.month_end = date_trunc('month', latest.month_end)::date - 1
            where latest.dimension = 'all' and earlier.paying_account_count >= 20
                and latest.mrr not between earlier.mrr / 4 and earlier.mrr * 4
                and latest.month_end = (select max(month_end) from {batch})
        """,
        description="revenue neither falls to a quarter nor grows fourfold in the last month",
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
            where dimension = 'all' and unknown_account_count > opening_account_count
        """,
        description="more movements are known than unknown",
        severity="warning",
        notes="Retention of the few accounts that can be valued says nothing about the others.",
    ),
]
