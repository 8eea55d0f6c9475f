with

measurements as (select * from {{ ref('int_segment_surveys_daily') }}),

measured as (
    select
        activity_date as metric_date,
        dimension,
        segment,
        nps_invites_completed as numerator,
        nps_invites_delivered as denominator,
        nps_invites_delivered as sample_size
    from measurements
),

{{ metric_rows('nps_response_rate_90d', from_step='measured') }}
