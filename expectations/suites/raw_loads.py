"""Expectations for ``raw.loads``.

Did the files arrive whole?
"""

from great_expectations import expectations as gxe

from expectations.as_of import CORE

TABLE = "raw.loads"

EXPECTATIONS = [
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select system, table_name from {{batch}}
            where system || '/' || table_name in {CORE}
            group by all
            having sum(lines_read) >= 100 and sum(rows_quarantined) > sum(lines_read) / 5
        """,
        description="at most 1 in 5 lines of a table is quarantined, of those that all rests on",
        notes="So many bad lines are a changed format; what is left is no fair picture.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select system, table_name from {batch} group by all
            having sum(lines_read) >= 100 and sum(rows_quarantined) > sum(lines_read) / 20
        """,
        description="at most 1 in 20 lines of a table is quarantined",
        severity="warning",
        notes="A few bad lines are usual; more deserve a look at raw.quarantine.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="select * from {batch} where refusal is not null",
        description="no file is refused as a whole",
        severity="warning",
        notes="A refused file is a gap in the data until it is delivered again.",
    ),
]
