with

measurements as (select * from {{ ref('int_segment_activity_daily') }}),

earlier as (
    select
        dimension,
        segment,
        activity_date + 28 as activity_date,
        mau as previous_mau
    from measurements
)

select
    measurements.activity_date as metric_date,
    measurements.dimension,
    measurements.segment,
    measurements.core_events_28d / nullif(cast(measurements.mau as double), 0) as numerator,
    measurements.core_events_previous_28d / nullif(cast(earlier.previous_mau as double), 0) as denominator,
    least(measurements.mau, coalesce(earlier.previous_mau, 0)) as sample_size
from measurements
left join earlier using (dimension, segment, activity_date)
where measurements.dimension != 'account'
