with

deciles as (select * from {{ ref('int_measure_deciles') }}),

labels as (select * from {{ ref('score_components') }}),

names as (
    select
        component as measure,
        min(label) as label
    from labels
    group by component
)

select
    deciles.measure,
    deciles.decile,
    case deciles.measure
        when 'core_events_28d' then 'core events'
        when 'health_score' then 'health score'
        else names.label
    end as label,
    deciles.account_month_count,
    deciles.left_count,
    deciles.churn_rate,
    deciles.churn_rate_low,
    deciles.churn_rate_high,
    deciles.lowest_value,
    deciles.highest_value
from deciles
left join names using (measure)
