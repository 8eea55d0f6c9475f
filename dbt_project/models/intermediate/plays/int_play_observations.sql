with

observed as (select * from {{ ref('int_play_observed') }}),

surroundings as (select * from {{ ref('int_play_surroundings') }}),

use_around as (select * from {{ ref('int_play_use_around') }}),

parameters as (select * from {{ ref('stg_run__parameters') }})

select
    observed.account_id,
    observed.observed_on,
    observed.play,
    observed.arm,
    coalesce(use_around.lifecycle_stage = 'cancelling', false) as was_leaving,
    coalesce(surroundings.was_helped_lately, false) as was_helped_lately,
    coalesce(surroundings.is_helped_now, false) as is_helped_now,
    observed.observed_on + {{ var('play_outcome_days') }} + {{ var('churn_grace_days') }}
    <= parameters.as_of_date as is_outcome_known,
    observed.observed_on + {{ var('play_outcome_days') }} <= parameters.as_of_date as is_use_known,
    coalesce(surroundings.has_left, false) as has_left,
    ln(1 + 7 * use_around.use_week_before) as use_week_before,
    ln(1 + 7 * use_around.use_before) as use_before,
    ln(1 + 7 * use_around.use_earlier) as use_earlier,
    ln(1 + 7 * use_around.use_after) as use_after,
    use_around.health_score,
    ln(1 + greatest(cast(coalesce(use_around.mrr, 0) as double), 0)) as log_mrr,
    ln(1 + greatest(coalesce(use_around.seat_count, 0), 0)) as log_seats,
    ln(1 + greatest(use_around.tenure_days, 0)) as log_tenure,
    ln(1 + use_around.active_user_count_28d) as log_active_users,
    cast(use_around.active_days_28d as double) as active_days_28d,
    cast(use_around.used_feature_count_28d as double) as used_feature_count_28d,
    cast(use_around.days_since_last_activity as double) as days_since_last_activity,
    cast(use_around.ticket_count_28d as double) as ticket_count_28d,
    use_around.error_session_count_28d / greatest(use_around.session_count_28d, 1) as error_session_share
from observed
cross join parameters
left join surroundings
    on observed.account_id = surroundings.account_id and observed.observed_on = surroundings.observed_on
left join use_around on observed.account_id = use_around.account_id and observed.observed_on = use_around.observed_on
