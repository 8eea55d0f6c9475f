{{ config(materialized='ephemeral') }}

select
    model_version,
    score_from,
    score_before,
    outcome_rate
from {{ source('outlook', 'outlook_score_rates') }}
