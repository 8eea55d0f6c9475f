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

weekly as (
    {{ features_as_rows('features') }}
),

placed as (
    select
        weekly.snapshot_date,
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
    group by weekly.snapshot_date, bins.model_version, bins.feature, bins.bin
),

totals as (
    select
        snapshot_date,
        feature,
        sum(row_count) as known_count
    from placed
    group by snapshot_date, feature
),

-- An empty tenth counts as half a row, or its logarithm would be endless.
shares as (
    select
        totals.snapshot_date,
        totals.known_count,
        bins.model_version,
        bins.feature,
        bins.known_count as reference_count,
        greatest(bins.row_count, 0.5) / cast(bins.known_count as double) as expected,
        greatest(coalesce(placed.row_count, 0), 0.5) / cast(totals.known_count as double) as found,
        count(*) over (partition by totals.snapshot_date, bins.feature) as bin_count
    from totals
    inner join bins on totals.feature = bins.feature
    left join placed
        on
            totals.snapshot_date = placed.snapshot_date
            and bins.feature = placed.feature
            and bins.bin = placed.bin
),

measured as (
    select
        snapshot_date,
        model_version,
        feature,
        known_count,
        cast(sum(cast((found - expected) * ln(found / expected) as decimal(18, 9))) as double) as drift_index,
        max((bin_count - 1) * (1.0 / reference_count + 1.0 / known_count)) as chance_index
    from shares
    group by snapshot_date, model_version, feature, known_count
),

-- What everybody meets in the same week, as downtime, is spread another way every week: that is usual, and no alarm.
compared as (
    select
        *,
        median(drift_index) over (partition by feature) as usual_index
    from measured
)

select
    snapshot_date,
    model_version,
    feature,
    known_count,
    drift_index,
    chance_index,
    usual_index,
    drift_index > {{ var('drift_threshold') }}
    and drift_index > 10 * chance_index
    and drift_index > 3 * usual_index as is_alarm
from compared
