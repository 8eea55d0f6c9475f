with

-- The same rows are read three times on their own: a step that is used twice would be read for all days.
measurements as (select * from {{ ref('int_health_measurements_daily') }} where status != 'stale'),

stale as (select * from {{ ref('int_health_measurements_daily') }} where status = 'stale'),

observed as (select * from {{ ref('int_health_measurements_daily') }}),

account_days as (select * from {{ ref('int_scored_account_days') }}),

models as (select * from {{ ref('int_scored_models_daily') }}),

components as (select * from {{ ref('dim_score_components') }}),

freshness as (
    select
        is_stale,
        {{ last_fresh_day() }} as fresh_on
    from {{ ref('fct_source_freshness_daily') }}
),

sized as (
    select distinct
        component,
        segment
    from components
),

-- Who slept on the last day before a source was stale was measured some days before.
last_measured as (
    select
        account_days.account_id,
        account_days.score_date as fresh_on,
        account_days.components_date as score_date
    from account_days
    inner join (
        select distinct fresh_on
        from freshness
        where is_stale
    ) as last_days on account_days.score_date = last_days.fresh_on
),

-- What was observed last of a source stands, ever less trusted, while it is silent.
last_observed as (
    select
        last_measured.fresh_on as observed_on,
        observed.*
    from observed
    inner join last_measured using (account_id, score_date)
),

known as (
    select
        account_id,
        score_date,
        component,
        numerator,
        denominator,
        sample_size,
        metric_value,
        measured_on,
        status
    from measurements
    union all
    select
        stale.account_id,
        stale.score_date,
        stale.component,
        coalesce(last_observed.numerator, stale.numerator) as numerator,
        coalesce(last_observed.denominator, stale.denominator) as denominator,
        coalesce(last_observed.sample_size, stale.sample_size) as sample_size,
        coalesce(last_observed.metric_value, stale.metric_value) as metric_value,
        coalesce(last_observed.measured_on, stale.measured_on) as measured_on,
        case when last_observed.status = 'ok' then 'carried_forward' else stale.status end as status
    from stale
    left join last_observed
        on
            stale.account_id = last_observed.account_id
            and stale.component = last_observed.component
            and stale.fresh_on = last_observed.observed_on
)

select
    known.*,
    models.model_version_id,
    models.model_role,
    components.pillar,
    components.weight_in_pillar,
    components.pillar_weight,
    components.curve,
    components.missing_policy,
    components.prior_weight,
    components.minimum_n,
    components.nominal_weight,
    components.neutral_score,
    coalesce(
        components.time_to_live_days,
        case when known.status = 'carried_forward' then {{ var('carried_forward_days') }} end
    ) as time_to_live_days,
    coalesce(
        {{ drawn_to_prior('known', 'components.prior_weight', 'components.prior_value') }}, known.metric_value
    ) as scored_value
from known
inner join models using (account_id, score_date)
left join sized
    on
        known.component = sized.component
        and models.size_band = sized.segment
inner join components
    on
        models.model_version_id = components.model_version_id
        and known.component = components.component
        and coalesce(sized.segment, 'all') = components.segment
        and known.score_date >= components.valid_from
        and known.score_date < components.valid_to
