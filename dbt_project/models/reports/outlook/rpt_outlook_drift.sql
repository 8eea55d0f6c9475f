with

shares as (select * from {{ ref('int_outlook_feature_shares') }}),

words as (
    select
        feature,
        label
    from {{ ref('outlook_features') }}
    union all
    select
        feature || '_is_missing',
        label || ', not known'
    from {{ ref('outlook_features') }}
),

measured as (
    select
        snapshot_date,
        platform,
        model_version,
        feature,
        known_count,
        cast(sum(cast((found - expected) * ln(found / expected) as decimal(18, 9))) as double) as drift_index,
        cast(sum(cast((found - remembered) * ln(found / remembered) as decimal(18, 9))) as double) as own_index,
        max(chance_of_one * {{ chi_square_once_in_100_000('bin_count - 1') }}) as chance_index
    from shares
    where bin_count > 1
    group by snapshot_date, platform, model_version, feature, known_count
),

-- What everybody meets in the same week, as downtime, is spread another way every week: that is usual, and no alarm.
-- Where one platform breaks the others differ from it, so the one that moved farthest from its own past is meant.
compared as (
    select
        *,
        median(drift_index) over (partition by platform, feature) as usual_index,
        max(own_index) over (partition by snapshot_date, feature) as own_index_at_most
    from measured
)

select
    compared.snapshot_date,
    compared.platform,
    compared.model_version,
    compared.feature,
    words.label as feature_label,
    compared.known_count,
    compared.drift_index,
    compared.chance_index,
    compared.usual_index,
    case
        when compared.platform = 'all' then compared.drift_index > {{ var('drift_threshold') }}
        else
            compared.drift_index > {{ var('drift_threshold_of_parts') }}
            and compared.own_index = compared.own_index_at_most
    end
    and compared.drift_index > compared.chance_index
    and compared.drift_index > 3 * compared.usual_index as is_alarm
from compared
left join words on compared.feature = words.feature
