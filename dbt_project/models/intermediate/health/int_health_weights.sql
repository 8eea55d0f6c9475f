with

components as (
    select distinct
        model_version_id,
        component,
        component_mark,
        pillar,
        weight_in_pillar,
        pillar_weight
    from {{ ref('dim_score_components') }}
),

measured_sets as (select * from {{ ref('int_component_availability_daily') }}),

sets as (
    select distinct
        model_version_id,
        measured_set
    from measured_sets
),

members as (
    select
        sets.measured_set,
        components.*
    from sets
    inner join components
        on
            sets.model_version_id = components.model_version_id
            and sets.measured_set & components.component_mark > 0
),

pillars as (
    select
        model_version_id,
        measured_set,
        pillar,
        pillar_weight,
        sum(cast(weight_in_pillar as decimal(9, 6))) as measured_weight_in_pillar
    from members
    group by model_version_id, measured_set, pillar, pillar_weight
),

whole as (
    select
        model_version_id,
        measured_set,
        sum(cast(pillar_weight as decimal(9, 6))) as measured_pillar_weight
    from pillars
    group by model_version_id, measured_set
)

-- A missing component leaves its weight first to its pillar, a missing pillar to the others.
select
    members.model_version_id,
    members.measured_set,
    members.component,
    members.weight_in_pillar / cast(pillars.measured_weight_in_pillar as double)
    * members.pillar_weight / cast(whole.measured_pillar_weight as double) as effective_weight
from members
inner join pillars using (model_version_id, measured_set, pillar)
inner join whole using (model_version_id, measured_set)
