{{ config(materialized='ephemeral') }}

select
    model_version,
    draw,
    feature,
    is_missing_mark,
    coefficient,
    mean,
    scale,
    lower_limit,
    upper_limit
from {{ source('outlook', 'outlook_coefficients') }}
