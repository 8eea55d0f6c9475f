{{ config(materialized='ephemeral') }}

select
    account_id,
    prediction_date,
    horizon_days,
    model_version,
    label,
    status,
    probability,
    place
from {{ source('outlook', 'published_outlooks') }}
where prediction_date <= (select parameters.as_of_date from {{ ref('stg_run__parameters') }} as parameters)
