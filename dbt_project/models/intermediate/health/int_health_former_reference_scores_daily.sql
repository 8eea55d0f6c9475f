with

pairs as (select * from {{ ref('int_health_score_pairs_daily') }}),

account_days as (select * from {{ ref('int_scored_account_days') }}),

components as (select * from {{ ref('dim_score_components') }}),

curve_segments as (select * from {{ ref('int_score_curve_segments') }}),

sized as (
    select distinct
        component,
        segment
    from components
),

-- Only the days that look back past a change of the references.
looking_back as (
    {%- for horizon in var('change_horizons') %}
        select distinct
            {{ horizon }} as horizon_days,
            refrozen.valid_from + numbers.number as score_date
        from (select distinct valid_from from components where is_drawn) as refrozen
        cross join {{ number_series(0, horizon ~ ' - 1') }} as numbers
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

compared as (
    select
        pairs.account_id,
        pairs.score_date,
        pairs.horizon_days,
        pairs.compared_date,
        pairs.components_date,
        pairs.model_version_id,
        account_days.size_band
    from pairs
    inner join looking_back using (score_date, horizon_days)
    inner join account_days using (account_id, score_date)
),

measured as (
    select * from {{ ref('int_health_components_daily') }}
    where is_available and model_role in ('live', 'outgoing')
),

drawn as (
    select
        compared.account_id,
        compared.score_date,
        compared.horizon_days,
        measured.component,
        components.curve,
        coalesce(
            {{ drawn_to_prior('measured', 'components.prior_weight', 'components.prior_value') }}, measured.metric_value
        ) as scored_value
    from compared
    inner join measured
        on
            compared.account_id = measured.account_id
            and compared.components_date = measured.score_date
            and compared.model_version_id = measured.model_version_id
    left join sized
        on
            measured.component = sized.component
            and compared.size_band = sized.segment
    inner join components
        on
            compared.model_version_id = components.model_version_id
            and measured.component = components.component
            and coalesce(sized.segment, 'all') = components.segment
            and compared.compared_date >= components.valid_from
            and compared.compared_date < components.valid_to
            and compared.score_date >= components.valid_to
)

select
    drawn.account_id,
    drawn.score_date,
    drawn.horizon_days,
    drawn.component,
    {{ score_on_curve('curve_segments', 'drawn.scored_value') }} as component_score
from drawn
inner join curve_segments
    on
        drawn.curve = curve_segments.curve
        and drawn.scored_value >= curve_segments.reaches_from
        and drawn.scored_value < curve_segments.reaches_to
