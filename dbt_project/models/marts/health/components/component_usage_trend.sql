with

account_days as (select * from {{ ref('fct_scored_account_days') }}),

engagement as (select * from {{ ref('fct_account_engagement_daily') }}),

-- One is added to both sides, so that a silent month has a trend too.
measured as (
    select
        account_days.account_id,
        account_days.score_date,
        100.0 * (engagement.core_events_28d - engagement.core_events_previous_28d) as numerator,
        engagement.core_events_previous_28d + 1 as denominator,
        engagement.core_events_28d + engagement.core_events_previous_28d as sample_size,
        account_days.score_date as measured_on,
        case when account_days.tenure_days < 56 then 'immature' end as obstacle
    from account_days
    left join engagement
        on
            account_days.account_id = engagement.account_id
            and account_days.score_date = engagement.activity_date
),

{{ component_rows('usage_trend', from_step='measured', source='product_events', covered_days=56) }}
