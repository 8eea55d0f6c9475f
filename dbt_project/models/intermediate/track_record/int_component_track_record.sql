with

components as (select * from {{ ref('fct_account_health_components_daily') }}),

drafts as (select * from {{ ref('int_health_components_daily') }} where model_role = 'shadow'),

snapshots as (select * from {{ ref('int_account_snapshots') }}),

outcomes as (select * from {{ ref('fct_account_outcomes') }}),

-- The accounts that have a score, as for the score itself.
observations as (select * from {{ ref('int_backtest_observations') }} where predictor = 'health_score'),

mondays as (
    {%- for step in ['components', 'drafts'] %}
        select
            {{ step }}.account_id,
            {{ step }}.score_date,
            {{ step }}.model_version_id,
            {{ step }}.model_role,
            {{ step }}.component,
            {{ step }}.component_score,
            {{ step }}.is_available,
            {{ step }}.nominal_weight
        from {{ step }}
        inner join snapshots
            on
                {{ step }}.account_id = snapshots.account_id
                and {{ step }}.score_date = snapshots.snapshot_date
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

-- A component counts in the version that asks for it and in all that are live together; drafts stand apart.
asked as (
    {%- for version in ["'all'", 'model_version_id'] %}
        select
            account_id,
            score_date as snapshot_date,
            {{ version }} as model_version_id,
            component,
            component_score,
            is_available,
            nominal_weight
        from mondays
        {{ "where model_role = 'live'" if loop.first }}
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

-- Millions of rows are grouped and sorted by two numbers instead of four names.
measured as (
    select
        model_version_id,
        component,
        row_number() over (order by model_version_id, component) as component_number,
        round(cast(avg(cast(nominal_weight as decimal(18, 12))) as double), 9) as nominal_weight,
        count(*) filter (where is_available) / cast(count(*) as double) as available_share
    from asked
    group by model_version_id, component
),

followed as (
    select
        label,
        horizon_days,
        row_number() over (order by label, horizon_days) as outcome_number
    from outcomes
    group by label, horizon_days
),

judged as (
    select
        measured.component_number,
        followed.outcome_number,
        asked.account_id,
        asked.component_score,
        cast(1 as double) as one_count,
        cast(observations.event_count as double) as event_count
    from asked
    inner join measured using (model_version_id, component)
    inner join observations using (account_id, snapshot_date)
    inner join followed using (label, horizon_days)
    where asked.component_score is not null
),

{{ clustered_areas('judged', by=['component_number', 'outcome_number'], value='component_score') }}

select
    measured.model_version_id,
    measured.component,
    followed.label,
    followed.horizon_days,
    measured.nominal_weight,
    measured.available_share,
    {%- for name in ['row_count', 'account_count', 'event_count', 'event_account_count'] %}
        cast(coalesce(areas.{{ name }}, 0) as bigint) as {{ name }},
    {%- endfor %}
    case
        when measured.available_share = 0 then 'never_measured'
        when areas.is_enough then 'ok'
        else 'insufficient_outcomes'
    end as status,
    {%- for name in ['auc', 'auc_low', 'auc_high'] %}
        case when areas.is_enough then areas.{{ name }} end as {{ name }},
    {%- endfor %}
    case
        when not coalesce(areas.is_enough, false) then null
        when coalesce(areas.auc_low, areas.auc) > 0.5 then 'as_expected'
        when coalesce(areas.auc_high, areas.auc) < 0.5 then 'against'
        else 'nothing_to_be_seen'
    end as direction
from measured
cross join followed
left join areas using (component_number, outcome_number)
