{#- Everything that a rule of the report can look at, one row for each: a figure of the portfolio, a metric, or the mean score
    of a segment. Reads the steps facts, totals, comparison, scorecard, segment_changes, segments and ends. -#}
{% macro report_measures() %}
    select
        'portfolio' as about,
        fact as measure,
        'all' as subject,
        'all customers' as label,
        unit,
        fact_value as measure_value,
        earlier_value,
        cast(null as double) as sample_size,
        cast(null as decimal(18, 2)) as subject_mrr,
        earlier_date
    from facts
    union all
    select
        'portfolio' as about,
        totals.total as measure,
        'all' as subject,
        'all customers' as label,
        totals.unit,
        totals.total_value as measure_value,
        null as earlier_value,
        null as sample_size,
        null as subject_mrr,
        ends.earlier_date
    from totals
    cross join ends
    union all
    select
        'portfolio' as about,
        'unusual_metric_count' as measure,
        'all' as subject,
        'all customers' as label,
        'metrics' as unit,
        cast(count(comparison.metric) as double) as measure_value,
        null as earlier_value,
        null as sample_size,
        null as subject_mrr,
        max(ends.earlier_date) as earlier_date
    from ends
    left join comparison on comparison.is_unusual and comparison.unusual_group_since is not null
    union all
    select
        'metric' as about,
        metric as measure,
        metric as subject,
        label,
        unit,
        metric_value as measure_value,
        earlier_value,
        sample_size,
        null as subject_mrr,
        earlier_date
    from scorecard
    union all
    select
        'segment' as about,
        'mean_health_score' as measure,
        segment_changes.dimension || '=' || segment_changes.segment as subject,
        replace(segment_changes.dimension || ' is ' || segment_changes.segment, '_', ' ') as label,
        'points' as unit,
        segment_changes.mean_score_now as measure_value,
        segment_changes.mean_score_then as earlier_value,
        cast(segments.scored_account_count as double) as sample_size,
        segments.mrr as subject_mrr,
        ends.earlier_date
    from segment_changes
    inner join segments using (dimension, segment)
    -- Of a company that is all in one country the country says no more than the company does.
    inner join (
        select dimension
        from segments
        where scored_account_count > 0
        group by dimension
        having count(*) > 1
    ) as divided using (dimension)
    cross join ends
{%- endmacro %}
