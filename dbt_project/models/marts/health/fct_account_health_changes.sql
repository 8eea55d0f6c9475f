{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='score_date') }}

with

-- What was the last day yesterday goes again, unless it is a Monday.
pairs as (
    select * from {{ ref('int_explained_score_pairs') }}
    where {{ in_rebuild_window('score_date', look_back=1) }}
),

then_components as (
    select * from {{ ref('int_health_components_daily') }}
    where
        {{ in_rebuild_window('score_date', look_back=(var('change_horizons') | max | int) + 7) }}
        and model_role = 'live'
),

now_components as (
    select * from {{ ref('int_health_components_daily') }}
    where {{ in_rebuild_window('score_date', look_back=7) }} and model_role in ('live', 'outgoing')
),

-- Days on which an account slept are explained by the same two days.
{%- set two_days = ['account_id', 'model_version_id', 'compared_components_date', 'components_date'] %}
compared as (
    select distinct {{ two_days | join(', ') }}
    from pairs
),

by_former as (
    select distinct
        pairs.{{ two_days | join(', pairs.') }},
        by_former.component,
        by_former.component_score
    from pairs
    inner join {{ ref('int_health_former_reference_scores_daily') }} as by_former
        using (account_id, score_date, horizon_days)
    where {{ in_rebuild_window('by_former.score_date', look_back=1) }}
),

differences as (
    select
        compared.*,
        then_components.component,
        then_components.effective_weight as weight_then,
        coalesce(now_components.effective_weight, 0) as weight_now,
        -- What is known at one end only is taken to have been so at the other.
        coalesce(then_components.component_score, now_components.component_score, 0) as component_then,
        coalesce(now_components.component_score, then_components.component_score, 0) as component_now,
        -- By the references of the earlier day; what others make of the same value is not the customer's doing.
        case when then_components.component_score is not null then by_former.component_score end as by_former_now
    from compared
    inner join then_components
        on
            compared.account_id = then_components.account_id
            and compared.compared_components_date = then_components.score_date
    -- What is no longer asked has no row any more: onboarding ends.
    left join now_components
        on
            compared.account_id = now_components.account_id
            and compared.components_date = now_components.score_date
            and compared.model_version_id = now_components.model_version_id
            and then_components.component = now_components.component
    left join by_former
        on
            compared.account_id = by_former.account_id
            and compared.components_date = by_former.components_date
            and compared.compared_components_date = by_former.compared_components_date
            and compared.model_version_id = by_former.model_version_id
            and then_components.component = by_former.component
    where
        then_components.component_score is distinct from now_components.component_score
        or then_components.effective_weight is distinct from now_components.effective_weight
        or by_former.component_score is not null
),

ends as (
    select
        differences.*,
        pairs.score_date,
        pairs.horizon_days,
        (pairs.score_then + pairs.score_now) / 2 as middle
    from pairs
    inner join differences using ({{ two_days | join(', ') }})
),

effects as (
    {%- for cause, effect in [
        ('behaviour', '(weight_then + weight_now) / 2 * (coalesce(by_former_now, component_now) - component_then)'),
        ('availability', '((component_then + component_now) / 2 - middle) * (weight_now - weight_then)'),
        ('model', '(weight_then + weight_now) / 2 * (component_now - by_former_now)')] %}
        select
            account_id,
            score_date,
            horizon_days,
            '{{ cause }}' as cause,
            component,
            {{ effect }} as effect
        from ends
        union all
    {%- endfor %}
    {%- for cause in ['model', 'override'] %}
        select
            account_id,
            score_date,
            horizon_days,
            '{{ cause }}' as cause,
            'all' as component,
            {{ cause }}_effect as effect
        from pairs
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
)

-- What changed nothing has no row.
select * from effects
where effect != 0
