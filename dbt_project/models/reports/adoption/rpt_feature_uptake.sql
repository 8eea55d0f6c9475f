with

uptake as (select * from {{ ref('int_feature_uptake') }}),

features as (select * from {{ ref('dim_features') }}),

shares as (
    select
        *,
        adopting_user_count / nullif(cast(eligible_active_user_count as double), 0) as uptake_rate
    from uptake
)

select
    shares.feature_id,
    features.feature_name,
    shares.days_since_release,
    shares.eligible_active_user_count,
    shares.adopting_user_count,
    shares.uptake_rate,
    {{ wilson_bound('shares.uptake_rate', 'nullif(shares.eligible_active_user_count, 0)', -1) }} as uptake_rate_low,
    {{ wilson_bound('shares.uptake_rate', 'nullif(shares.eligible_active_user_count, 0)', 1) }} as uptake_rate_high,
    shares.eligible_account_count,
    shares.adopting_account_count,
    shares.released_on
from shares
inner join features using (feature_id)
