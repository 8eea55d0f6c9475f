"""Expectations for ``marts.fct_row_reconciliation``.

Is every line accounted for?
"""

from great_expectations import expectations as gxe

from expectations.as_of import CORE

TABLE = "marts.fct_row_reconciliation"

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="unaccounted",
        min_value=0,
        max_value=0,
        notes="Lines read are kept, quarantined, duplicates or rejected; none may be lost.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select system, table_name from {{batch}}
            where rows_loaded >= 100 and rejected > rows_loaded / 5
                and system || '/' || table_name in {CORE}
        """,
        description="at most 1 in 5 rows is rejected of the tables that all rests on",
        notes="So many rejected rows are a changed meaning; what is left is no fair picture.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select system, table_name from {batch}
            where rows_loaded >= 100 and rejected > rows_loaded / 5
        """,
        description="at most 1 in 5 rows of a table is rejected in staging",
        severity="warning",
        notes="What is made of this table alone is no fair picture; the rejected rows say why.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select system, table_name from {batch}
            where rows_loaded >= 100 and duplicates > rows_loaded / 2
        """,
        description="at most half of the rows of a table are duplicates",
        severity="warning",
        notes="Full exports delivered daily do this; an identifier used twice does it too.",
    ),
]
