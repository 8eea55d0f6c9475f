"""Expectations for ``marts.fct_mrr_months``.

Is this ledger one that finance would sign?
"""

from great_expectations import expectations as gxe

TABLE = "marts.fct_mrr_months"

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="closing",
        min_value=0,
        notes="Nobody pays less than nothing; a credit note was read as a price.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select month_end from {batch}
            where not is_internal
            group by month_end
            having sum(opening) >= 1000 and count(*) filter (opening > 0) >= 20
                and sum(churn) > sum(opening) / 2
        """,
        description="no month loses half of its revenue to accounts that leave",
        severity="warning",
        notes="An export without most subscriptions looks like a company that everybody leaves.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select month_end from {batch}
            group by month_end
            having count(*) >= 20 and count(*) filter (status <> 'ok') > count(*) / 2
        """,
        description="at most half of the accounts cannot be valued",
        severity="warning",
        notes="Without prices or rates the rest of the revenue stands for all of it.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select month_end from {batch}
            group by month_end
            having sum(opening) >= 1000 and abs(sum(fx)) > sum(opening) / 5
        """,
        description="exchange rates move no month by more than a fifth",
        severity="warning",
        notes="Currencies fall by a fifth in years; in a month it is a rate upside down.",
    ),
]
