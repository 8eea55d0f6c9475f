with

accounts as (select * from {{ ref('dim_accounts') }}),

components as (select * from {{ ref('fct_account_health_components_daily') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

labels as (select * from {{ ref('score_components') }}),

overrides as (select * from {{ ref('rpt_overrides') }}),

benchmarks as (select * from {{ ref('fct_account_benchmarks') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- Percentiles among peers are taken at the end of each month.
latest_benchmarks as (
    select * from benchmarks
    qualify snapshot_date = max(snapshot_date) over ()
),

-- A cap stands beside the components: with it the points sum to the score, and what is lost to 100.
parts as (
    select
        components.account_id,
        components.component,
        components.pillar,
        labels.label,
        labels.unit,
        labels.action_hint,
        components.status,
        components.metric_value,
        components.numerator,
        components.denominator,
        components.component_score,
        components.nominal_weight,
        components.effective_weight,
        components.points,
        components.points_lost,
        components.is_available,
        components.is_imputed,
        components.measured_on
    from health
    inner join parameters on health.score_date = parameters.as_of_date
    inner join components
        on
            health.account_id = components.account_id
            and health.components_date = components.score_date
    inner join labels
        on
            components.model_version_id = labels.model_version_id
            and components.component = labels.component

    union all

    select
        account_id,
        'cap' as component,
        'cap' as pillar,
        label,
        unit,
        action_hint,
        'ok' as status,
        condition_value as metric_value,
        null as numerator,
        null as denominator,
        null as component_score,
        null as nominal_weight,
        null as effective_weight,
        effect as points,
        -effect as points_lost,
        true as is_available,
        false as is_imputed,
        null as measured_on
    from overrides
    where is_counting
)

select
    parts.account_id,
    parts.component,
    parts.pillar,
    parts.label,
    parts.unit,
    parts.action_hint,
    parts.status,
    parts.metric_value,
    parts.numerator,
    parts.denominator,
    parts.component_score,
    parts.nominal_weight,
    parts.effective_weight,
    parts.points,
    parts.points_lost,
    -- What holds the whole score down comes first, then what costs the most.
    case
        when parts.is_available and parts.points_lost > 0
            then
                row_number() over (
                    partition by parts.account_id
                    order by
                        parts.component = 'cap' desc,
                        parts.is_available desc,
                        parts.points_lost desc,
                        parts.component asc
                )
    end as loss_rank,
    latest_benchmarks.percentile_among_peers,
    latest_benchmarks.peer_count,
    parts.is_available,
    parts.is_imputed,
    parts.measured_on
from parts
inner join accounts on parts.account_id = accounts.account_id
left join latest_benchmarks
    on
        parts.account_id = latest_benchmarks.account_id
        and parts.component = latest_benchmarks.measure
where not accounts.is_internal
