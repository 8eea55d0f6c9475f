"""Expectations for ``marts.dim_metrics``.

Does everybody who reads a number know what it is?
"""

from great_expectations import expectations as gxe

TABLE = "marts.dim_metrics"

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=20,
        max_value=1000,
        notes="The scorecard is one of dozens of metrics; fewer were lost on the way.",
    ),
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="definition",
        min_value=25,
        notes="A definition of three words defines nothing.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="direction",
        value_set=["higher", "lower", "target"],
        severity="warning",
        notes="Without it nobody knows whether a change is good news.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select label from {batch} group by label having count(*) > 1
        """,
        description="no two metrics have the same label",
        severity="warning",
        notes="Two numbers under one name: people will quote the one they like better.",
    ),
]
