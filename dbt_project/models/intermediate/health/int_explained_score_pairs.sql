with

pairs as (select * from {{ ref('int_health_score_pairs_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }})

-- A week is explained by its Monday, and today by itself.
select pairs.*
from pairs
cross join parameters
where pairs.score_date in (cast(date_trunc('week', pairs.score_date) as date), parameters.as_of_date)
