{{ config(materialized='ephemeral') }}

with

spells as (select * from {{ ref('int_activity_spells') }}),

months as (select * from {{ ref('int_churn_months_completed') }}),

active_days as (select * from {{ ref('int_active_user_days') }}),

-- Users belong where they stood on the first day of their active time: later days would move the past.
grouped as (
    select
        spells.user_id,
        spells.spell_start,
        spells.activity_churn_date,
        active_days.dimension,
        active_days.segment
    from spells
    inner join active_days
        on
            spells.user_id = active_days.user_id
            and spells.spell_start = active_days.activity_date
    where active_days.dimension != 'account'
)

select
    grouped.dimension,
    grouped.segment,
    months.month_end,
    count(distinct grouped.user_id) as opening_user_count,
    count(distinct grouped.user_id) filter (where grouped.activity_churn_date <= months.month_end) as churned_user_count
from grouped
inner join months
    on
        grouped.spell_start <= months.opening_date
        and coalesce(grouped.activity_churn_date > months.opening_date, true)
group by grouped.dimension, grouped.segment, months.month_end
