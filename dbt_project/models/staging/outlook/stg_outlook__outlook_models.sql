{{ config(materialized='ephemeral') }}

-- A past day is looked at without what was learned after it.
select
    model_version,
    label,
    horizon_days,
    trained_on,
    status,
    reason,
    is_better,
    training_event_count,
    test_event_count,
    parameter_count,
    possible_from,
    feature_set_version,
    data_sha256,
    git_commit
from {{ source('outlook', 'outlook_models') }}
where trained_on <= (select parameters.as_of_date from {{ ref('stg_run__parameters') }} as parameters)
