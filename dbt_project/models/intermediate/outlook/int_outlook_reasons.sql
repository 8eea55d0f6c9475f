{{ config(materialized='ephemeral') }}

with

contributions as (select * from {{ ref('fct_churn_prediction_contributions') }}),

features as (select * from {{ ref('outlook_features') }}),

worded as (
    select
        contributions.account_id,
        contributions.horizon_days,
        contributions.contribution,
        case
            when contributions.feature = features.feature and contributions.scaled_value >= 0 then features.words_above
            when contributions.feature = features.feature then features.words_below
            else features.words_missing
        end as words,
        row_number() over (
            partition by contributions.account_id, contributions.horizon_days
            order by contributions.contribution desc, contributions.feature asc
        ) as place_up,
        row_number() over (
            partition by contributions.account_id, contributions.horizon_days
            order by contributions.contribution asc, contributions.feature asc
        ) as place_down
    from contributions
    inner join features on contributions.feature in (features.feature, features.feature || '_is_missing')
    where contributions.contribution != 0 and contributions.feature_value is not null
)

-- Three of each say most; what adds less than a tenth to the odds says nothing.
select
    account_id,
    horizon_days,
    concat_ws(
        '; ',
        max(case when place_up = 1 and contribution > 0.095 then words end),
        max(case when place_up = 2 and contribution > 0.095 then words end),
        max(case when place_up = 3 and contribution > 0.095 then words end)
    ) as raised_by,
    concat_ws(
        '; ',
        max(case when place_down = 1 and contribution < -0.095 then words end),
        max(case when place_down = 2 and contribution < -0.095 then words end),
        max(case when place_down = 3 and contribution < -0.095 then words end)
    ) as lowered_by
from worded
group by account_id, horizon_days
