"""Expectations for ``marts.fct_incidents``.

Were incidents this long and this many?
"""

from great_expectations import expectations as gxe

TABLE = "marts.fct_incidents"

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="seconds_to_resolve",
        min_value=0,
        max_value=2_592_000,
        mostly=0.95,
        severity="warning",
        notes="Hardly any incident lasts a month, and none ends before it begins.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            having count(*) >= 10 and count(*) filter (is_open) > count(*) / 2
        """,
        description="most incidents are over",
        severity="warning",
        notes="An export without the time of the end leaves every outage running.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            having count(*) >= 20 and count(*) filter (is_planned) = count(*)
        """,
        description="some incident was not planned",
        severity="warning",
        notes="Maintenance only: the export has the calendar and not the incidents.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            where is_failure
            having count(*) >= 20 and count(*) filter (component_count > 0) = 0
        """,
        description="some failure touched a component",
        severity="warning",
        notes="Identifiers of components that do not match: nothing would ever be down.",
    ),
]
