with

measurements as (select * from {{ ref('int_segment_renewals_quarterly') }}),

measured as (
    select
        month_end as metric_date,
        dimension,
        segment,
        on_time_count as numerator,
        due_count as denominator,
        due_count as sample_size,
        matures_on
    from measurements
),

{{ metric_rows('on_time_renewal_rate', from_step='measured', matures_on='matures_on') }}
