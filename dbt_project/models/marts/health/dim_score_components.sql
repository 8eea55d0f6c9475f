with

components as (select * from {{ ref('score_components') }}),

pillars as (select * from {{ ref('score_pillars') }}),

reference_values as (select * from {{ ref('int_score_references_dated') }}),

written as (select distinct curve from {{ ref('score_curve_points') }}),

curve_segments as (select * from {{ ref('int_score_curve_segments') }}),

versions as (select * from {{ ref('score_model_versions') }}),

-- The peers of an account are those of its size, where that size has frozen values, otherwise all. Until anything is
-- frozen a curve that was written down for the component stands in; where there is none it has no curve.
peers as (
    select
        components.*,
        reference_values.segment,
        reference_values.prior_value,
        reference_values.is_drawn,
        reference_values.valid_from,
        reference_values.valid_to,
        case
            when components.curve != 'reference' then components.curve
            when reference_values.p50 is not null
                then
                    {{ curve_of_peers(
                        'components.component', 'reference_values.segment', 'reference_values.valid_from'
                    ) }}
            else written.curve
        end as peer_curve,
        -- What is usual, or where nothing is known, what a rate is drawn to.
        case when components.prior_weight > 0 then reference_values.prior_value else reference_values.p50 end
            as usual_value
    from components
    inner join reference_values on components.component = reference_values.component
    left join written on components.component = written.curve
)

select
    peers.model_version_id,
    versions.model,
    peers.component,
    peers.segment,
    peers.pillar,
    peers.label,
    peers.unit,
    peers.peer_curve as curve,
    peers.missing_policy,
    peers.prior_value,
    peers.prior_weight,
    peers.minimum_n,
    peers.time_to_live_days,
    cast(peers.weight as double) as weight_in_pillar,
    cast(pillars.weight as double) as pillar_weight,
    cast(cast(peers.weight as decimal(19, 6)) * pillars.weight as double) as nominal_weight,
    {{ score_on_curve('curve_segments', 'peers.usual_value') }} as neutral_score,
    peers.is_drawn,
    -- The beginning of time is a day that spreadsheets and BI tools can hold.
    greatest(peers.valid_from, date '1901-01-01') as valid_from,
    peers.valid_to
from peers
inner join versions using (model_version_id)
inner join pillars
    on
        peers.model_version_id = pillars.model_version_id
        and peers.pillar = pillars.pillar
left join curve_segments
    on
        peers.peer_curve = curve_segments.curve
        and peers.usual_value >= curve_segments.reaches_from
        and peers.usual_value < curve_segments.reaches_to
