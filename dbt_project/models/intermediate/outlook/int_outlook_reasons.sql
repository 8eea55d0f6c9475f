{{ config(materialized='ephemeral') }}

with

contributions as (select * from {{ ref('fct_churn_prediction_contributions') }}),

features as (select * from {{ ref('outlook_features') }}),

worded as (
    select
        contributions.account_id,
        contributions.horizon_days,
        features.reason_group,
        contributions.feature,
        contributions.contribution,
        case
            when contributions.feature = features.feature and contributions.scaled_value >= 0 then features.words_above
            when contributions.feature = features.feature then features.words_below
            else features.words_missing
        end as words
    from contributions
    inner join features on contributions.feature in (features.feature, features.feature || '_is_missing')
    where contributions.contribution != 0 and contributions.feature_value is not null
),

-- What says the same of an account is one reason, which raises or lowers by the sum of its features; the feature that
-- weighs most in that direction gives it its words.
summed as (
    select
        *,
        cast(sum(cast(contribution as decimal(18, 12))) over of_group as double) as group_contribution
    from worded
    window of_group as (partition by account_id, horizon_days, reason_group)
),

reasons as (
    select
        account_id,
        horizon_days,
        reason_group,
        group_contribution,
        words
    from summed
    qualify
        row_number() over (
            partition by account_id, horizon_days, reason_group
            order by contribution * sign(group_contribution) desc, feature asc
        ) = 1
),

ranked as (
    select
        *,
        row_number() over (
            partition by account_id, horizon_days order by group_contribution desc, reason_group asc
        ) as place_up,
        row_number() over (
            partition by account_id, horizon_days order by group_contribution asc, reason_group asc
        ) as place_down
    from reasons
)

-- Three of each say most; what adds less than a tenth to the odds says nothing.
select
    account_id,
    horizon_days,
    concat_ws(
        '; ',
        max(case when place_up = 1 and group_contribution > 0.095 then words end),
        max(case when place_up = 2 and group_contribution > 0.095 then words end),
        max(case when place_up = 3 and group_contribution > 0.095 then words end)
    ) as raised_by,
    concat_ws(
        '; ',
        max(case when place_down = 1 and group_contribution < -0.095 then words end),
        max(case when place_down = 2 and group_contribution < -0.095 then words end),
        max(case when place_down = 3 and group_contribution < -0.095 then words end)
    ) as lowered_by
from ranked
group by account_id, horizon_days
