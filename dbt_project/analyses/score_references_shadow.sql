-- Reads the references that are to hold from now on from the temporary table new_references, which `make freeze` fills.
with

new_references as (select * from new_references),

components as (
    select
        account_id,
        score_date,
        model_version_id,
        component,
        status,
        component_score,
        metric_value,
        numerator,
        denominator,
        is_available
    from {{ ref('fct_account_health_components_daily') }}
),

declared as (select * from {{ ref('score_components') }}),

pillars as (select * from {{ ref('score_pillars') }}),

-- Whoever is asleep has a score of today by components of some days ago.
account_days as (
    select
        scored.account_id,
        scored.size_band,
        health.components_date
    from {{ ref('int_scored_account_days') }} as scored
    inner join {{ ref('fct_account_health_daily') }} as health using (account_id, score_date)
    inner join {{ ref('stg_run__parameters') }} as parameters on health.score_date = parameters.as_of_date
),

health as (select * from {{ ref('fct_account_health_daily') }}),

curve_segments as (select * from {{ ref('int_score_curve_segments') }}),

bands as (select * from {{ ref('score_bands') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

caps as (
    {{ lowest_caps() }}
),

-- What each component would rest on. What the new references do not tell stays as it is.
referred as (
    select
        components.account_id,
        model_version_id,
        component,
        pillar,
        components.component_score,
        declared.curve,
        declared.weight,
        pillars.weight as pillar_weight,
        components.is_available or components.status = 'no_reference' as is_measured,
        components.metric_value,
        {{ drawn_to_prior('components', 'declared.prior_weight', 'own.prior_value') }} as drawn_value,
        {%- for column in var('reference_curve') %}
            coalesce(sized.{{ column }}, own.{{ column }}) as {{ column }}
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from components
    inner join account_days
        on
            components.account_id = account_days.account_id
            and components.score_date = account_days.components_date
    inner join declared using (model_version_id, component)
    inner join pillars using (model_version_id, pillar)
    left join new_references as own on components.component = own.component and own.segment = 'all'
    left join
        new_references as sized
        on components.component = sized.component and account_days.size_band = sized.segment
),

rescored as (
    select
        referred.*,
        case
            when not referred.is_measured then referred.component_score
            when referred.curve = 'reference' and referred.p50 is not null
                then case
                    when referred.metric_value >= referred.p90 then {{ var('reference_curve').p90 }}
                    {%- set points = var('reference_curve').items() | list %}
                    {%- for low, from_score in points[:-1] | reverse %}
                        {%- set high, to_score = points[-loop.index] %}
                        when referred.metric_value >= referred.{{ low }}
                            then
                                {{ from_score }}
                                + {{ to_score - from_score }} * (referred.metric_value - referred.{{ low }})
                                / (referred.{{ high }} - referred.{{ low }})
                    {%- endfor %}
                    else {{ points[0][1] }}
                end
            when referred.drawn_value is not null
                then {{ score_on_curve('curve_segments', 'referred.drawn_value') }}
            else referred.component_score
        end as new_score
    from referred
    left join curve_segments
        on
            referred.curve = curve_segments.curve
            and referred.drawn_value >= curve_segments.reaches_from
            and referred.drawn_value < curve_segments.reaches_to
),

of_pillars as (
    select
        account_id,
        model_version_id,
        pillar,
        max(cast(pillar_weight as double)) as pillar_weight,
        sum(cast(weight as double) * new_score) / sum(cast(weight as double)) as pillar_score
    from rescored
    where new_score is not null
    group by account_id, model_version_id, pillar
),

compared as (
    select
        account_id,
        model_version_id,
        health.health_score,
        least(
            sum(of_pillars.pillar_weight * of_pillars.pillar_score) / sum(of_pillars.pillar_weight),
            coalesce(max(caps.cap), 100)
        ) as new_health_score
    from health
    inner join parameters on health.score_date = parameters.as_of_date
    inner join of_pillars using (account_id, model_version_id)
    left join caps using (account_id, score_date)
    where health.health_score is not null
    group by account_id, model_version_id, health.health_score
)

-- Bands by the plain cut on both sides, as new references have no history of their own.
select
    compared.account_id,
    compared.health_score,
    compared.new_health_score,
    max_by(bands.band, bands.lower_bound) filter (where bands.lower_bound <= compared.health_score) as band,
    max_by(bands.band, bands.lower_bound) filter (where bands.lower_bound <= compared.new_health_score) as new_band
from compared
inner join bands using (model_version_id)
group by all
order by compared.account_id
