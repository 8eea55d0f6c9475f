with

observations as (
    select * from {{ ref('int_backtest_observations') }}
    where predictor = 'health_score' and band = 'at_risk'
),

interventions as (select * from {{ ref('int_interventions_deduplicated') }} where was_done),

coverage as (select * from {{ ref('dim_source_coverage') }} where source = 'crm_interventions' and is_covered),

-- What begins in the lead is the answer to the list of that Monday; what began before may still be at work.
helped as (
    select distinct
        observations.account_id,
        observations.snapshot_date
    from observations
    inner join interventions
        on
            observations.account_id = interventions.account_id
            and interventions.began_on > observations.snapshot_date - {{ var('treatment_look_back_days') }}
            and interventions.began_on <= observations.snapshot_date + {{ var('outcome_lead_days') }}
),

-- Before the first intervention on record nobody knows who was helped.
judged as (
    select
        observations.label,
        observations.horizon_days,
        observations.account_id,
        observations.event_count,
        case
            when helped.account_id is not null then 'treated'
            when observations.snapshot_date >= coverage.first_date then 'untreated'
            else 'not_known'
        end as treatment
    from observations
    left join coverage on true
    left join helped
        on
            observations.account_id = helped.account_id
            and observations.snapshot_date = helped.snapshot_date
),

accounts as (
    {%- for treatment in ['treatment', "'all'"] %}
        select
            label,
            horizon_days,
            {{ treatment }} as treatment,
            account_id,
            count(*) as row_count,
            count(*) filter (where event_count = 0) as stay_count
        from judged
        group by {{ 'treatment, ' if loop.first }}label, horizon_days, account_id
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

summed as (
    select
        label,
        horizon_days,
        treatment,
        count(*) as account_count,
        cast(sum(row_count) as double) as row_count,
        cast(sum(stay_count) as double) as stay_count
    from accounts
    group by label, horizon_days, treatment
),

varied as (
    select
        accounts.label,
        accounts.horizon_days,
        accounts.treatment,
        {{ clustered_variance(ratio_influence(
            'accounts.stay_count', 'accounts.row_count', 'summed.stay_count', 'summed.row_count'
        )) }} as variance
    from accounts
    inner join summed using (label, horizon_days, treatment)
    group by accounts.label, accounts.horizon_days, accounts.treatment
)

select
    summed.label,
    summed.horizon_days,
    summed.treatment,
    summed.account_count,
    cast(summed.row_count as bigint) as row_count,
    cast(summed.stay_count as bigint) as stay_count,
    summed.stay_count / summed.row_count as false_alarm_rate,
    {%- for side, end in [(-1, 'low'), (1, 'high')] %}
        {{ clustered_wilson_bound('(summed.stay_count / summed.row_count)', 'varied.variance', 'summed.row_count',
            'summed.account_count', side) }} as false_alarm_rate_{{ end }}
        {%- if not loop.last %},{% endif %}
    {%- endfor %}
from summed
inner join varied using (label, horizon_days, treatment)
