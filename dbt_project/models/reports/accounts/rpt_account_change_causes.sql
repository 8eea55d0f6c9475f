with

ends as (select * from {{ ref('rpt_account_score_changes') }}),

days as (select * from {{ ref('int_health_compared_days') }}),

changes as (
    select changes.*
    from {{ ref('fct_account_health_changes') }} as changes
    inner join days on changes.score_date = days.score_date and days.horizon_days = 0
),

components as (
    select
        health.score_date as explained_date,
        components.*
    from {{ ref('fct_account_health_daily') }} as health
    inner join days using (score_date)
    inner join {{ ref('fct_account_health_components_daily') }} as components
        on
            health.account_id = components.account_id
            and health.components_date = components.score_date
),

labels as (select * from {{ ref('rpt_component_names') }}),

rules as (select * from {{ ref('score_override_rules') }} where valid_to is null),

-- The row 'all' is the whole change: the others sum to it.
reasons as (
    select
        account_id,
        score_date,
        horizon_days,
        cause,
        component,
        effect
    from changes
    union all
    select
        account_id,
        score_date,
        horizon_days,
        'all' as cause,
        'all' as component,
        change as effect
    from ends
),

ranked as (
    select
        ends.*,
        reasons.cause,
        reasons.component,
        reasons.effect,
        row_number() over largest_first as reason_rank,
        cast(sum(cast(reasons.effect as decimal(18, 12))) over whole_cause as double) as cause_effect,
        cast(sum(cast(reasons.effect as decimal(18, 12))) over largest_first as double) - reasons.effect
            as effect_of_larger
    from ends
    inner join reasons using (account_id, score_date, horizon_days)
    window
        whole_cause as (partition by ends.account_id, ends.horizon_days, reasons.cause),
        largest_first as (
            partition by ends.account_id, ends.horizon_days, reasons.cause
            order by abs(reasons.effect) desc, reasons.component asc
            rows between unbounded preceding and current row
        )
)

-- Behaviour is named until four fifths of the change are told, another cause once it brings a point.
select
    ranked.account_id,
    ranked.account_name,
    ranked.horizon_days,
    ranked.cause,
    ranked.component,
    case
        when ranked.component != 'all' then labels.label
        -- A cap by hand is named by its reason.
        when ranked.cause = 'override' then {{ override_in_words() }}
        else ranked.cause
    end as label,
    labels.unit,
    ranked.band_then,
    ranked.band,
    ranked.score_then,
    ranked.score_now,
    ranked.change,
    ranked.effect,
    ranked.cause_effect,
    ranked.reason_rank,
    then_components.metric_value as value_then,
    now_components.metric_value as value_now,
    case
        when ranked.cause = 'all' then false
        when ranked.cause = 'behaviour'
            -- What is shown as 0.0 explains nothing.
            then
                abs(ranked.change) >= 0.05
                and abs(ranked.effect) >= 0.05
                and ranked.effect_of_larger * sign(ranked.change) < 0.8 * abs(ranked.change)
        else ranked.reason_rank = 1 and abs(ranked.cause_effect) >= 1
    end as is_named,
    ranked.compared_date
from ranked
left join labels using (component)
left join rules on ranked.override_rule = rules.override_rule
left join {{ ref('fct_account_health_daily') }} as held
    on ranked.account_id = held.account_id and ranked.score_date = held.score_date
left join components as then_components
    on
        ranked.account_id = then_components.account_id
        and ranked.compared_date = then_components.explained_date
        and ranked.component = then_components.component
left join components as now_components
    on
        ranked.account_id = now_components.account_id
        and ranked.score_date = now_components.explained_date
        and ranked.component = now_components.component
