{{ config(materialized='ephemeral') }}

select
    model_version,
    feature,
    bin,
    above,
    up_to,
    row_count,
    known_count
from {{ source('outlook', 'outlook_reference_bins') }}
