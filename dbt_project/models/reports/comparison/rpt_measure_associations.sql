with

associations as (select * from {{ ref('int_measure_associations') }}),

labels as (select * from {{ ref('score_components') }}),

names as (
    select
        component as measure,
        min(label) as label
    from labels
    group by component
),

totals as (
    select * from associations
    where dimension = 'all'
),

parts as (
    select
        outcome,
        lag_weeks,
        measure,
        count(*) filter (where status = 'ok') as segment_count,
        count(*) filter (where is_reversed) as reversed_segment_count
    from associations
    where dimension != 'all'
    group by outcome, lag_weeks, measure
)

select
    totals.outcome,
    totals.measure,
    totals.lag_weeks,
    case totals.measure
        when 'core_events_28d' then 'core events'
        when 'health_score' then 'health score'
        else names.label
    end as label,
    totals.status,
    totals.account_count,
    totals.outcome_count,
    coalesce(parts.segment_count, 0) as segment_count,
    coalesce(parts.reversed_segment_count, 0) as reversed_segment_count,
    totals.rho,
    totals.rho_low,
    totals.rho_high,
    totals.rho_at_equal_usage,
    totals.adjusted_p_value,
    totals.is_notable,
    totals.snapshot_date
from totals
left join parts using (outcome, lag_weeks, measure)
left join names using (measure)
