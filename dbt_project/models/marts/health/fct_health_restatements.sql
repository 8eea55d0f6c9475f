with

published as (select * from {{ ref('stg_run__published_scores') }}),

health as (select * from {{ ref('fct_account_health_daily') }})

-- What was said on a day and what the warehouse says of that day now: late rows, corrections, other weights.
select
    published.account_id,
    published.score_date,
    published.model_version_id as published_version_id,
    health.model_version_id,
    published.band as published_band,
    health.band,
    case
        when health.account_id is null then 'no_customer_any_more'
        when published.model_version_id != health.model_version_id then 'other_model'
        when (published.health_score is distinct from health.health_score) then 'other_score'
        when (published.band is distinct from health.band) then 'other_band'
        else 'as_published'
    end as restatement,
    published.health_score as published_score,
    health.health_score,
    health.health_score - published.health_score as score_change
from published
left join health using (account_id, score_date)
