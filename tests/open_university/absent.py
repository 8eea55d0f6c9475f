"""What must hold in any warehouse: no source, no number."""

import duckdb

# Metrics of which at least one source was never connected, or does not tell what they need.
ABSENT_METRICS = """
    select distinct metric
    from marts.dim_metric_sources
    join marts.dim_source_coverage using (source)
    where status = 'absent'
"""


def absent_metrics(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the metrics that cannot be measured here."""
    return {metric for (metric,) in connection.execute(ABSENT_METRICS).fetchall()}


def numbers_out_of_nothing(connection: duckdb.DuckDBPyConnection) -> list[tuple]:
    """Return the rows of such metrics that hold a number, or do not say why they hold none."""
    return connection.execute(
        f"""
        select metric, metric_date, dimension, segment, status, metric_value, numerator
        from marts.fct_metrics_daily
        where metric in ({ABSENT_METRICS})
            and (
                status != 'source_unavailable'
                or coalesce(metric_value, numerator, denominator) is not null
                or coalesce(interval_low, interval_high) is not null
            )
        """
    ).fetchall()
