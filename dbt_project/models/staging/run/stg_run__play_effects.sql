{{ config(materialized='ephemeral') }}

select
    fitted_on,
    play,
    outcome,
    method,
    is_randomised,
    status,
    reason,
    treated_count,
    control_count,
    treated_mean,
    control_mean,
    estimate,
    estimate_low,
    estimate_high,
    p_value,
    p_value_holm,
    smallest_detectable,
    imbalance_before,
    imbalance_after,
    most_unbalanced,
    pre_trend,
    pre_trend_low,
    pre_trend_high,
    placebo_kind,
    placebo,
    placebo_low,
    placebo_high
from {{ source('run', 'play_effects') }}
where fitted_on <= (select parameters.as_of_date from {{ ref('stg_run__parameters') }} as parameters)
