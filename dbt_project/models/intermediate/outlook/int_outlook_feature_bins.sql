{{ config(materialized='ephemeral') }}

with

models as (
    select
        model_version,
        row_number() over (order by horizon_days) as place
    from {{ ref('int_outlook_models') }}
    where is_leading_model and model_status in ('ok', 'candidate')
),

bins as (
    select bins.*
    from {{ ref('stg_outlook__outlook_reference_bins') }} as bins
    inner join models on bins.model_version = models.model_version
    where models.place = 1
),

features as (select * from {{ ref('fct_account_features_weekly') }} where is_at_risk),

account_days as (select * from {{ ref('fct_account_daily') }}),

words as (select * from {{ ref('outlook_features') }}),

-- By the platform that an account mostly used: what breaks on one of them is a small part of the whole.
on_platforms as (
    select
        features.*,
        account_days.platform
    from features
    left join account_days
        on
            features.account_id = account_days.account_id
            and features.snapshot_date - 1 = account_days.activity_date
),

weekly as (
    {{ features_as_rows('on_platforms', kept=['platform', 'snapshot_date']) }}
),

placed as (
    select
        weekly.snapshot_date,
        weekly.platform,
        bins.model_version,
        bins.feature,
        bins.bin,
        count(*) as row_count
    from weekly
    inner join bins
        on
            weekly.feature = bins.feature
            and (bins.above is null or weekly.feature_value > bins.above)
            and (bins.up_to is null or weekly.feature_value <= bins.up_to)
    where weekly.feature_value is not null
    group by weekly.snapshot_date, weekly.platform, bins.model_version, bins.feature, bins.bin
),

-- A part is asked how it uses the product and what it meets there; what it pays moves by itself.
parts as (
    select
        snapshot_date,
        'all' as platform,
        model_version,
        feature,
        bin,
        sum(row_count) as row_count
    from placed
    group by snapshot_date, model_version, feature, bin
    union all
    select placed.* from placed
    inner join words on placed.feature = words.feature
    where placed.platform is not null and words.subject in ('use', 'trend', 'support', 'reliability')
),

asked as (
    select distinct
        snapshot_date,
        platform,
        model_version,
        feature
    from parts
)

select
    asked.snapshot_date,
    asked.platform,
    asked.model_version,
    asked.feature,
    bins.bin,
    bins.row_count as learned_count,
    coalesce(parts.row_count, 0) as row_count
from asked
inner join bins on asked.feature = bins.feature
left join parts
    on
        asked.snapshot_date = parts.snapshot_date
        and asked.platform = parts.platform
        and asked.feature = parts.feature
        and bins.bin = parts.bin
