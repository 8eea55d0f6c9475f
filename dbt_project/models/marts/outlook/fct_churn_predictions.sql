with

accounts as (
    select
        account_id,
        snapshot_date,
        mrr
    from {{ ref('fct_account_features_weekly') }}
    where
        is_at_risk
        and snapshot_date = (select max(newest.snapshot_date) from {{ ref('fct_account_features_weekly') }} as newest)
),

horizons as (
    {%- for days in var('outcome_horizons') %}
        select cast({{ days }} as integer) as horizon_days
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

models as (select * from {{ ref('int_outlook_models') }} where is_leading_model),

health as (select * from {{ ref('fct_account_health_daily') }}),

score_rates as (select * from {{ ref('stg_outlook__outlook_score_rates') }}),

reasons as (select * from {{ ref('int_outlook_reasons') }}),

logits as (
    select
        account_id,
        model_version,
        cast(sum(cast(contribution as decimal(18, 12))) as double) as logit
    from {{ ref('fct_churn_prediction_contributions') }}
    group by account_id, model_version
),

spreads as (
    select
        account_id,
        model_version,
        round({{ half_width_95() }} * stddev_samp(cast(logit as double)), 9) as reach
    from {{ ref('int_outlook_draws') }}
    group by account_id, model_version
)

select
    accounts.account_id,
    accounts.snapshot_date as prediction_date,
    horizons.horizon_days,
    coalesce(models.model_version, 'none') as model_version,
    models.label,
    case
        when logits.logit is null and models.model_status in ('ok', 'candidate') then 'not_a_number'
        else coalesce(models.model_status, 'not_trained')
    end as status,
    logits.logit,
    1 / (1 + exp(-logits.logit)) as probability,
    1 / (1 + exp(-(logits.logit - spreads.reach))) as probability_low,
    1 / (1 + exp(-(logits.logit + spreads.reach))) as probability_high,
    case
        when logits.logit is not null
            then
                row_number() over (
                    partition by horizons.horizon_days
                    order by logits.logit is null asc, logits.logit desc, accounts.account_id asc
                )
    end as place,
    accounts.mrr,
    health.health_score,
    health.band,
    score_rates.outcome_rate as rate_of_score,
    nullif(reasons.raised_by, '') as raised_by,
    nullif(reasons.lowered_by, '') as lowered_by
from accounts
cross join horizons
left join models on horizons.horizon_days = models.horizon_days
left join logits on accounts.account_id = logits.account_id and models.model_version = logits.model_version
left join spreads on accounts.account_id = spreads.account_id and models.model_version = spreads.model_version
left join health on accounts.account_id = health.account_id and accounts.snapshot_date - 1 = health.score_date
left join score_rates
    on
        models.model_version = score_rates.model_version
        and health.health_score >= score_rates.score_from
        and health.health_score < score_rates.score_before
left join reasons on accounts.account_id = reasons.account_id and horizons.horizon_days = reasons.horizon_days
