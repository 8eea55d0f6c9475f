with

account_days as (select * from {{ ref('fct_scored_account_days') }}),

engagement as (select * from {{ ref('fct_account_engagement_daily') }}),

measured as (
    select
        account_days.account_id,
        account_days.score_date,
        engagement.days_since_last_activity as numerator,
        engagement.usual_gap_days as denominator,
        engagement.gap_count as sample_size,
        account_days.score_date as measured_on,
        case when coalesce(engagement.gap_count, 0) < 5 then 'insufficient_n' end as obstacle
    from account_days
    left join engagement
        on
            account_days.account_id = engagement.account_id
            and account_days.score_date = engagement.activity_date
),

{{ component_rows('overdue_ratio', from_step='measured', source='product_events', covered_days=28) }}
