{#- Steps that end with `measured`, for metric_rows: hours of one measure of int_ticket_time_percentiles_daily at one of its
    percentiles, `median` or `p90`, on every day on which a segment has customers. -#}
{% macro measured_ticket_times(measure, percentile) -%}
activity as (
    select * from {{ ref('int_segment_activity_daily') }}
    where dimension != 'account'
),

percentiles as (
    select * from {{ ref('int_ticket_time_percentiles_daily') }}
    where measure = '{{ measure }}'
),

measured as (
    select
        activity.activity_date as metric_date,
        activity.dimension,
        activity.segment,
        percentiles.{{ percentile }}_seconds / 3600.0 as numerator,
        cast(null as double) as denominator,
        percentiles.{{ percentile }}_seconds / 3600.0 as metric_value,
        percentiles.{{ percentile }}_seconds_low / 3600.0 as interval_low,
        percentiles.{{ percentile }}_seconds_high / 3600.0 as interval_high,
        coalesce(percentiles.ticket_count, 0) as sample_size
    from activity
    left join percentiles using (dimension, segment, activity_date)
)
{%- endmacro %}
