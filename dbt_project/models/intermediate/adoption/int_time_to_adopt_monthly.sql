{{ config(materialized='ephemeral') }}

with

adoptions as (select * from {{ ref('int_account_feature_adoptions') }}),

segments as (select * from {{ ref('fct_account_segments_daily') }}),

month_ends as (select * from {{ ref('int_month_ends') }}),

-- Eligible in the 90 days that end with the month, and watched until its last day: nothing later counts.
spells as (
    select
        month_ends.month_end,
        segments.dimension,
        segments.segment,
        case
            when adoptions.adopted_date <= month_ends.month_end then adoptions.days_to_adopt
            else {{ days_between(
                'adoptions.eligible_date', 'least(adoptions.eligible_until, month_ends.month_end + 1)'
            ) }}
        end as duration,
        coalesce(adoptions.adopted_date <= month_ends.month_end, false) as is_reached
    from adoptions
    inner join month_ends
        on
            adoptions.eligible_date <= month_ends.month_end
            and adoptions.eligible_date > month_ends.month_end - 90
    inner join segments
        on
            adoptions.account_id = segments.account_id
            and adoptions.eligible_date = segments.activity_date
    where adoptions.is_watched_from_start and segments.dimension != 'account'
),

{{ kaplan_meier('spells', by=['month_end', 'dimension', 'segment']) }}

select
    month_end,
    dimension,
    segment,
    cast(spell_count as bigint) as spell_count,
    cast(reached_count as bigint) as adopted_count,
    cast(median_duration as double) as median_days,
    cast(median_low as double) as median_days_low,
    cast(median_high as double) as median_days_high
from medians
