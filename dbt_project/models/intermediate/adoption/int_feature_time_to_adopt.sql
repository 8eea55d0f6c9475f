{{ config(materialized='ephemeral') }}

with

adoptions as (select * from {{ ref('int_account_feature_adoptions') }}),

spells as (
    select
        feature_id,
        coalesce(days_to_adopt, {{ days_between('eligible_date', 'eligible_until') }}) as duration,
        adopted_date is not null as is_reached
    from adoptions
    where is_watched_from_start
),

{{ kaplan_meier('spells', by=['feature_id']) }}

select
    feature_id,
    cast(spell_count as bigint) as spell_count,
    cast(reached_count as bigint) as adopted_count,
    cast(median_duration as double) as median_days,
    cast(median_low as double) as median_days_low,
    cast(median_high as double) as median_days_high
from medians
