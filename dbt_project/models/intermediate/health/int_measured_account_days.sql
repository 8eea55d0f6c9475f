{#- The view names no database, as it must be read in a copy of the file too. -#}
with

account_days as (select * from {{ ref('int_scored_account_days').include(database=false) }})

select
    account_id,
    score_date,
    model,
    model_version_id,
    lifecycle_stage,
    scoring_stage,
    size_band,
    tenure_days,
    last_active_date,
    tenure_days_when_last_active
from account_days
where components_date = score_date
