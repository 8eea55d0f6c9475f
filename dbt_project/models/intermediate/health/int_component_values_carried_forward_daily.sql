with

measurements as (select * from {{ ref('int_health_measurements_daily') }}),

-- The same rows, read on their own: a step that is used twice would be read for all days.
said as (select * from {{ ref('int_health_measurements_daily') }}),

account_days as (select * from {{ ref('int_scored_account_days') }}),

measured_days as (select * from {{ ref('int_measured_account_days') }}),

models as (select * from {{ ref('int_scored_models_daily') }}),

components as (select * from {{ ref('dim_score_components') }}),

freshness as (select * from {{ ref('fct_source_freshness_daily') }}),

sized as (
    select distinct
        component,
        segment
    from components
),

-- Who slept on the last day of a source was measured up to six days before.
last_days as (
    {%- for days_before in range(7) %}
        select
            fresh_on as said_on,
            fresh_on - {{ days_before }} as score_date
        from freshness
        where is_stale
        {% if not loop.last %}union{% endif %}
    {%- endfor %}
),

last_measured as (
    select
        account_days.account_id,
        account_days.score_date as said_on,
        max(last_days.score_date) as score_date
    from last_days
    inner join measured_days using (score_date)
    inner join account_days
        on
            measured_days.account_id = account_days.account_id
            and last_days.said_on = account_days.score_date
    group by account_days.account_id, account_days.score_date
),

-- What a source said last stands, ever less trusted, while it is silent.
last_said as (
    select
        last_measured.said_on,
        said.*
    from said
    inner join last_measured using (account_id, score_date)
),

-- Whether it is stale is part of the key: as a condition of its own, it would be tried pair by pair.
standing as (
    select
        measurements.account_id,
        measurements.score_date,
        measurements.component,
        coalesce(last_said.numerator, measurements.numerator) as numerator,
        coalesce(last_said.denominator, measurements.denominator) as denominator,
        coalesce(last_said.sample_size, measurements.sample_size) as sample_size,
        coalesce(last_said.metric_value, measurements.metric_value) as metric_value,
        coalesce(last_said.measured_on, measurements.measured_on) as measured_on,
        case when last_said.status = 'ok' then 'carried' else measurements.status end as status
    from measurements
    left join last_said
        on
            measurements.account_id = last_said.account_id
            and measurements.component = last_said.component
            and case when measurements.status = 'stale' then measurements.fresh_on end = last_said.said_on
)

select
    standing.*,
    models.model_version_id,
    models.part,
    components.pillar,
    components.component_mark,
    components.curve,
    components.missing_policy,
    components.prior_weight,
    components.minimum_n,
    components.nominal_weight,
    components.neutral_score,
    coalesce(
        components.time_to_live_days, case when standing.status = 'carried' then {{ var('carried_days') }} end
    ) as time_to_live_days,
    coalesce(
        {{ drawn_to_prior('standing', 'components.prior_weight', 'components.prior_value') }}, standing.metric_value
    ) as scored_value
from standing
inner join models using (account_id, score_date)
left join sized
    on
        standing.component = sized.component
        and models.size_band = sized.segment
inner join components
    on
        models.model_version_id = components.model_version_id
        and standing.component = components.component
        and coalesce(sized.segment, 'all') = components.segment
        and standing.score_date >= components.valid_from
        and standing.score_date < components.valid_to
