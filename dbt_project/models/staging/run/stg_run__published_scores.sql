select
    account_id,
    score_date,
    model_version_id,
    band,
    status,
    health_score,
    confidence
from {{ source('run', 'published_scores') }}
-- What was published before the day that is built, so that a past one that is built again knows no more than it did.
where score_date < (select parameters.as_of_date from {{ ref('stg_run__parameters') }} as parameters)
