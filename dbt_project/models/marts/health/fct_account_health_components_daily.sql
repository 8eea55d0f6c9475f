{#- Its rows are rebuilt by days where they stand, so no more than these days are published anew. The view names no
    database, as it must be read in a copy of the file too. -#}
{{ config(materialized='view', incremental_strategy='replace_days', event_time='score_date') }}

with

components as (
    select * from {{ ref('int_health_components_daily').include(database=false) }}
    where model_role = 'live'
)

select
    account_id,
    score_date,
    model_version_id,
    model_role,
    pillar,
    component,
    status,
    metric_value,
    scored_value,
    numerator,
    denominator,
    sample_size,
    component_score,
    neutral_score,
    nominal_weight,
    effective_weight,
    points,
    points_lost,
    evidence,
    is_available,
    is_imputed,
    measured_on
from components
