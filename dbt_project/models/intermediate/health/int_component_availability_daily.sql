{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='score_date') }}

with

scores as (select * from {{ ref('int_component_scores_daily') }} where {{ in_rebuild_window('score_date') }})

-- The same few components are missing for most accounts, so weights are worked out once per set.
select
    account_id,
    score_date,
    model_version_id,
    cast(sum(case when component_score is not null then component_mark else 0 end) as bigint) as measured_set
from scores
group by account_id, score_date, model_version_id
