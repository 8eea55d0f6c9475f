"""Expectations for ``marts.fct_metrics_daily``.

Can these numbers be shown?
"""

from great_expectations import expectations as gxe

from expectations.as_of import AS_OF
from expectations.rows import no_row

TABLE = "marts.fct_metrics_daily"

EXPECTATIONS = [
    no_row(
        "metric_value not between 0 and 1",
        asked="""
            metric like '%\\_rate%' escape '\\' and metric not like '%\\_net' escape '\\'
        """,
        description="a rate lies between 0 and 1, unless it is net of growth",
        notes="More than all of them: numerator and denominator count different things. Only what "
        "is named net counts revenue that grows as it renews.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select max(metric_date) from {{batch}} having max(metric_date) < {AS_OF}
        """,
        description="there are metrics of the day built",
        notes="A scorecard that ends before its day shows old numbers under a new date.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select latest.metric
            from {{batch}} as latest
            inner join {{batch}} as earlier
                on latest.metric = earlier.metric and earlier.metric_date = latest.metric_date - 7
            where latest.metric_date = {AS_OF} and latest.dimension = 'all'
                and earlier.dimension = 'all' and earlier.sample_size >= 50
                and abs(earlier.metric_value) > 0 and latest.metric like '%\\_28d%' escape '\\'
                and latest.metric not like '%trend%' and latest.metric not like '%downtime%'
                and abs(latest.metric_value / earlier.metric_value) not between 0.2 and 5
        """,
        description="no total over 28 days changes fivefold in a week",
        severity="warning",
        notes="Three quarters of its days are the same, so it cannot jump by itself.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select count(*) from {{batch}}
            where metric_date = {AS_OF} and dimension = 'all'
            having count(*) filter (metric_value is not null) = 0
        """,
        description="some metric of the day built has a value",
        notes="All of them empty: the sources were there, and what was made of them is not.",
    ),
    no_row(
        "isnan(metric_value) or isinf(metric_value)",
        description="a value is a number",
        notes="Something was divided by nothing; whoever sums it gets nothing, too.",
    ),
    no_row(
        "metric_value not between interval_low - 1e-9 and interval_high + 1e-9",
        description="a value lies within its interval",
        severity="warning",
        notes="Value and interval come from different rows.",
    ),
]
