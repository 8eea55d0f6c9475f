with

account_days as (select * from {{ ref('fct_measured_account_days') }}),

rhythms as (select * from {{ ref('fct_account_rhythms_daily') }}),

usage_coverage as (
    select first_date
    from {{ ref('dim_source_coverage') }}
    where source = 'product_events'
),

-- Of a window that reaches back before an account, or before anything is known, only the days since then count.
measured as (
    select
        account_days.account_id,
        account_days.score_date,
        rhythms.active_days as numerator,
        least(
            rhythms.use_window_days,
            greatest(
                {{ var('use_windows') | min }},
                least(
                    account_days.tenure_days, {{ days_between('usage_coverage.first_date', 'account_days.score_date') }}
                ) + 1
            )
        ) as denominator,
        rhythms.active_days as sample_size,
        account_days.score_date as measured_on,
        case when account_days.tenure_days < 14 then 'immature' end as obstacle
    from account_days
    cross join usage_coverage
    left join rhythms
        on
            account_days.account_id = rhythms.account_id
            and account_days.score_date = rhythms.activity_date
),

{{ component_rows('active_days', from_step='measured', source='product_events', covered_days=28) }}
