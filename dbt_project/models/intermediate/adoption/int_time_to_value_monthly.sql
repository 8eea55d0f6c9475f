{{ config(materialized='ephemeral') }}

with

value_times as (select * from {{ ref('int_account_value_times') }}),

segments as (select * from {{ ref('fct_account_segments_daily') }}),

month_ends as (select * from {{ ref('int_month_ends') }}),

-- Begun in the 90 days that end with the month, and watched until its last day: nothing later counts.
spells as (
    select
        month_ends.month_end,
        segments.dimension,
        segments.segment,
        case
            when value_times.first_value_date <= month_ends.month_end then value_times.hours_to_value
            else greatest(
                {{ seconds_between(
                    'value_times.started_at',
                    'cast(least(value_times.served_until, month_ends.month_end + 1) as timestamp)'
                ) }} / 3600.0, 0
            )
        end as duration,
        coalesce(value_times.first_value_date <= month_ends.month_end, false) as is_reached
    from value_times
    inner join month_ends
        on
            value_times.started_on <= month_ends.month_end
            and value_times.started_on > month_ends.month_end - 90
    inner join segments
        on
            value_times.account_id = segments.account_id
            and value_times.started_on = segments.activity_date
    where segments.dimension != 'account'
),

{{ kaplan_meier('spells', by=['month_end', 'dimension', 'segment']) }}

select
    month_end,
    dimension,
    segment,
    cast(spell_count as bigint) as spell_count,
    cast(reached_count as bigint) as reached_count,
    cast(median_duration as double) as median_hours,
    cast(median_low as double) as median_hours_low,
    cast(median_high as double) as median_hours_high
from medians
