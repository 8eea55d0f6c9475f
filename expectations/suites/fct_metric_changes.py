"""Expectations for ``marts.fct_metric_changes``.

Is every comparison one of a day with a day before it?
"""

from great_expectations import expectations as gxe

from expectations.rows import no_row

TABLE = "marts.fct_metric_changes"

EXPECTATIONS = [
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="metric_date",
        column_B="compared_date",
        notes="What is compared with itself or with later days has no change worth a word.",
    ),
    no_row(
        """
            abs(metric_value - compared_value - absolute_change)
                > 1e-9 * greatest(abs(metric_value), abs(compared_value), 1)
        """,
        description="a change is the value less the one it is compared with",
        notes="The page prints all three side by side; they must agree.",
    ),
]
