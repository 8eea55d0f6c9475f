"""Expectations for ``raw.surveys_responses``.

Do the answers fit their scales?
"""

from great_expectations import expectations as gxe

TABLE = "raw.surveys_responses"

EXPECTATIONS = [
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select survey_type from {batch} group by survey_type
            having count(*) >= 20
                and avg((score not between scale_min and scale_max)::integer) > 0.05
        """,
        description="at most 1 in 20 answers of a survey is off its scale",
        severity="warning",
        notes="Answers off the scale mean a wrong scale, and with it a wrong NPS or CSAT.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select survey_type from {batch} group by survey_type
            having count(score) >= 50 and count(distinct score) = 1
        """,
        description="not everybody gives the same answer",
        severity="warning",
        notes="Fifty equal answers are a default that nobody chose.",
    ),
]
