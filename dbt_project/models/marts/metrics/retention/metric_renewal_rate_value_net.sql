with

measurements as (select * from {{ ref('int_segment_renewals_quarterly') }}),

measured as (
    select
        month_end as metric_date,
        dimension,
        segment,
        renewed_mrr as numerator,
        expiring_mrr as denominator,
        priced_count as sample_size,
        matures_on
    from measurements
),

{{ metric_rows('renewal_rate_value_net', from_step='measured', matures_on='matures_on') }}
