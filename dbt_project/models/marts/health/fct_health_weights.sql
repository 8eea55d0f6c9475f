with

components as (select * from {{ ref('score_components') }}),

pillars as (select * from {{ ref('score_pillars') }}),

measured_sets as (select * from {{ ref('fct_health_measured_sets_daily') }}),

sets as (
    select distinct
        model_version_id,
        measured_set
    from measured_sets
),

members as (
    select
        sets.model_version_id,
        sets.measured_set,
        components.component,
        components.pillar,
        pillars.weight as pillar_weight,
        components.weight as weight_in_pillar
    from sets
    inner join components
        on
            sets.model_version_id = components.model_version_id
            and sets.measured_set like '%|' || components.component || '|%'
    inner join pillars
        on
            components.model_version_id = pillars.model_version_id
            and components.pillar = pillars.pillar
),

pillar_sums as (
    select
        model_version_id,
        measured_set,
        pillar,
        pillar_weight,
        sum(weight_in_pillar) as measured_weight_in_pillar
    from members
    group by model_version_id, measured_set, pillar, pillar_weight
),

set_sums as (
    select
        model_version_id,
        measured_set,
        sum(pillar_weight) as measured_pillar_weight
    from pillar_sums
    group by model_version_id, measured_set
)

-- scoring.md 3.5: a missing component leaves its weight first to its pillar, a missing pillar to the others.
select
    members.model_version_id,
    members.measured_set,
    members.component,
    cast(members.weight_in_pillar as double) / cast(pillar_sums.measured_weight_in_pillar as double)
    * cast(members.pillar_weight as double) / cast(set_sums.measured_pillar_weight as double) as effective_weight
from members
inner join pillar_sums using (model_version_id, measured_set, pillar)
inner join set_sums using (model_version_id, measured_set)
