with

outcomes as (select * from {{ ref('fct_feature_outcomes') }}),

features as (select * from {{ ref('dim_features') }}),

sides as (
    select
        feature_id,
        min(adoption_date) as adoption_date,
        min(outcome_date) as outcome_date,
        sum(case when is_adopter then account_count else 0 end) as adopter_count,
        sum(case when is_adopter then retained_account_count else 0 end) as adopter_retained_count,
        sum(case when is_adopter then 0 else account_count end) as other_count,
        sum(case when is_adopter then 0 else retained_account_count end) as other_retained_count
    from outcomes
    group by feature_id
),

shares as (
    select
        *,
        adopter_retained_count / nullif(cast(adopter_count as double), 0) as adopter_retained_rate,
        other_retained_count / nullif(cast(other_count as double), 0) as other_retained_rate
    from sides
)

select
    shares.feature_id,
    features.feature_name,
    cast(shares.adopter_count as bigint) as adopter_count,
    cast(shares.adopter_retained_count as bigint) as adopter_retained_count,
    shares.adopter_retained_rate,
    {{ wilson_bound('shares.adopter_retained_rate', 'nullif(shares.adopter_count, 0)', -1) }}
        as adopter_retained_rate_low,
    {{ wilson_bound('shares.adopter_retained_rate', 'nullif(shares.adopter_count, 0)', 1) }}
        as adopter_retained_rate_high,
    cast(shares.other_count as bigint) as other_count,
    cast(shares.other_retained_count as bigint) as other_retained_count,
    shares.other_retained_rate,
    {{ wilson_bound('shares.other_retained_rate', 'nullif(shares.other_count, 0)', -1) }} as other_retained_rate_low,
    {{ wilson_bound('shares.other_retained_rate', 'nullif(shares.other_count, 0)', 1) }} as other_retained_rate_high,
    shares.adoption_date,
    shares.outcome_date
from shares
inner join features using (feature_id)
