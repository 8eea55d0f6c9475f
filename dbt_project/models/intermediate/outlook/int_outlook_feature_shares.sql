{{ config(materialized='ephemeral') }}

with

bins as (select * from {{ ref('int_outlook_feature_bins') }}),

-- A window of 28 days shares no day with the Mondays of its past.
remembered as (
    select
        *,
        sum(row_count) over (
            partition by platform, feature, bin
            order by snapshot_date
            range between unbounded preceding and interval 28 days preceding
        ) as past_count
    from bins
),

-- An empty tenth counts as half a row, or its logarithm would be endless.
shared as (
    select
        parts.*,
        wholes.row_count - parts.row_count as others_count,
        wholes.past_count - parts.past_count as others_past_count,
        count(*) over part_weeks as bin_count,
        sum(parts.row_count) over part_weeks as known_count,
        sum(parts.learned_count) over part_weeks as learned_total,
        sum(parts.past_count) over part_weeks as past_total,
        sum(wholes.row_count - parts.row_count) over part_weeks as others_total,
        sum(wholes.past_count - parts.past_count) over part_weeks as others_past_total
    from remembered as parts
    inner join remembered as wholes
        on
            parts.snapshot_date = wholes.snapshot_date
            and parts.feature = wholes.feature
            and parts.bin = wholes.bin
            and wholes.platform = 'all'
    window part_weeks as (partition by parts.snapshot_date, parts.platform, parts.feature)
),

-- The whole is set beside what was learned from. A part is set beside its own past, moved as all others have moved
-- since, so that neither a holiday nor the age of a company is a sign of it.
expecting as (
    select
        *,
        case
            when platform = 'all' then greatest(learned_count, 0.5)
            when past_total > 0 and others_total > 0 and others_past_total > 0
                then
                    greatest(past_count, 0.5)
                    * (greatest(others_count, 0.5) / others_total)
                    / (greatest(others_past_count, 0.5) / others_past_total)
        end as expected_weight,
        case
            when platform = 'all' then 1.0 / known_count + 1.0 / learned_total
            else 1.0 / known_count + 1.0 / past_total + 1.0 / others_total + 1.0 / others_past_total
        end as chance_of_one
    from shared
)

select
    snapshot_date,
    platform,
    model_version,
    feature,
    bin,
    cast(known_count as bigint) as known_count,
    bin_count,
    chance_of_one,
    expected_weight / sum(expected_weight) over part_weeks as expected,
    case when platform != 'all' then greatest(past_count, 0.5) / cast(past_total as double) end as remembered,
    greatest(row_count, 0.5) / cast(known_count as double) as found
from expecting
where expected_weight is not null
window part_weeks as (partition by snapshot_date, platform, feature)
