with

entitlements as (select * from {{ ref('fct_feature_entitlements') }}),

dates as (select * from {{ ref('dim_dates') }})

select
    entitlements.plan_id,
    dates.date_day as activity_date,
    count(*) as eligible_feature_count,
    cast(sum(entitlements.importance) as double) as eligible_importance
from entitlements
inner join dates on entitlements.first_date <= dates.date_day and entitlements.end_date > dates.date_day
group by entitlements.plan_id, dates.date_day
