with

health as (select * from {{ ref('fct_account_health_daily') }} where health_score is not null),

now_scores as (
    select
        account_id,
        score_date,
        model_version_id,
        base_score
    from health
    union all
    select
        health.account_id,
        health.score_date,
        others.model_version_id,
        others.base_score
    from health
    inner join {{ ref('int_other_model_scores_daily') }} as others
        on
            health.account_id = others.account_id
            and health.components_date = others.score_date
    where others.model_role = 'outgoing'
),

caps as (
    {{ lowest_caps() }}
)

-- Both ends by the model of the earlier one, under the caps of their days; what another model says of the later end is
-- the model's doing. Where the earlier model has nothing left to say, the whole change is.
{%- for horizon in var('change_horizons') %}
    select
        later.account_id,
        later.score_date,
        {{ horizon }} as horizon_days,
        earlier.score_date as compared_date,
        later.components_date,
        earlier.components_date as compared_components_date,
        earlier.model_version_id,
        earlier.base_score as score_then,
        now_scores.base_score as score_now,
        caps.cap,
        later.health_score
        - least(coalesce(now_scores.base_score, earlier.base_score), coalesce(caps.cap, 100)) as model_effect,
        least(coalesce(now_scores.base_score, earlier.base_score), coalesce(caps.cap, 100))
        - coalesce(now_scores.base_score, earlier.base_score)
        - earlier.override_effect as override_effect
    from health as later
    inner join health as earlier
        on
            later.account_id = earlier.account_id
            and later.score_date = earlier.score_date + {{ horizon }}
    inner join now_scores
        on
            later.account_id = now_scores.account_id
            and later.score_date = now_scores.score_date
            and earlier.model_version_id = now_scores.model_version_id
    left join caps
        on
            later.account_id = caps.account_id
            and later.score_date = caps.score_date
    {% if not loop.last %}union all{% endif %}
{%- endfor %}
