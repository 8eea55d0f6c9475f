select
    account_id,
    score_date,
    model_version_id,
    band,
    status,
    health_score,
    confidence
from {{ source('run', 'published_scores') }}
