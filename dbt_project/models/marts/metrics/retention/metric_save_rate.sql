with

measurements as (select * from {{ ref('int_segment_saves_monthly') }}),

measured as (
    select
        month_end as metric_date,
        dimension,
        segment,
        saved_count as numerator,
        decided_count as denominator,
        decided_count as sample_size,
        matures_on
    from measurements
),

{{ metric_rows('save_rate', from_step='measured', matures_on='matures_on') }}
