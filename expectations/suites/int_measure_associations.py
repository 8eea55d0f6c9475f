"""Expectations for ``intermediate.int_measure_associations``.

Can these be rank correlations at all?
"""

from great_expectations import expectations as gxe

from expectations.rows import no_row

TABLE = "intermediate.int_measure_associations"

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="rho",
        min_value=-1,
        max_value=1,
        notes="A rank correlation outside has ranks of other accounts in it.",
    ),
    no_row(
        "not (rho_low <= rho and rho <= rho_high) or adjusted_p_value < p_value - 1e-12",
        description="a correlation lies in its interval, and looking often makes nothing surer",
        notes="An interval beside its value, or a p value that got smaller by being corrected.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            where dimension = 'all' and status = 'ok'
            having count(*) >= 20 and sum(cast(is_notable as integer)) = count(*)
        """,
        description="not everything goes together with everything",
        severity="warning",
        notes="If all is notable, the measures know the outcome: look for a leak.",
    ),
]
