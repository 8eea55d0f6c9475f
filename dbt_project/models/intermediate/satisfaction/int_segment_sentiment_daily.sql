{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension != 'account' and {{ in_rebuild_window('activity_date') }}
),

answers as (select * from {{ ref('fct_nps_90d') }}),

silence as (select * from {{ ref('int_survey_nonresponse_daily') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

-- Each account speaks with one voice, weighted by the revenue that it brings on the day.
voices as (
    select
        answers.account_id,
        answers.activity_date,
        subscription_days.mrr,
        {{ net_promoter_score('answers.promoter_count', 'answers.detractor_count', 'answers.respondent_count') }} as nps
    from answers
    inner join subscription_days using (account_id, activity_date)
    where answers.respondent_count > 0
),

accounts as (
    select
        segments.dimension,
        segments.segment,
        segments.activity_date,
        silence.invites_365d,
        silence.is_silent,
        -- A square has room from nineteen digits on: see sum_weighed_by_amount.
        cast(voices.mrr as decimal(19, 2)) as mrr,
        voices.nps
    from segments
    left join voices using (account_id, activity_date)
    left join silence using (account_id, activity_date)
),

summed as (
    select
        dimension,
        segment,
        activity_date,
        count(*) filter (where invites_365d >= 2) as asked_twice_account_count,
        count(*) filter (where is_silent) as silent_account_count,
        count(*) filter (where mrr > 0) as speaking_account_count,
        coalesce(sum(mrr), 0) as speaking_mrr,
        sum(cast(mrr * nps as decimal(38, 6))) as weighted_sum,
        sum(cast(mrr * mrr as decimal(38, 6))) as square_sum,
        sum(cast(mrr * mrr * nps as decimal(38, 6))) as weighted_square_sum,
        sum(cast(mrr * mrr * nps * nps as decimal(38, 6))) as square_square_sum
    from accounts
    group by dimension, segment, activity_date
),

weighed as (
    select
        *,
        cast(weighted_sum as double) / nullif(cast(speaking_mrr as double), 0) as mrr_weighted_nps,
        -- As many accounts of one revenue would be as sure (Kish 1965).
        cast(speaking_mrr as double) * cast(speaking_mrr as double) / nullif(cast(square_sum as double), 0)
            as equal_account_count
    from summed
)

-- Standard error of a weighted mean: root of the sum of squared weights times squared distances, over the weights.
-- Where all say the same it is zero, and what as many accounts of one revenue leave open stands in its place.
select
    dimension,
    segment,
    activity_date,
    asked_twice_account_count,
    silent_account_count,
    speaking_account_count,
    cast(speaking_mrr as decimal(18, 2)) as speaking_mrr,
    mrr_weighted_nps,
    {{ half_width_95() }} * greatest(
        sqrt(
            greatest(
                cast(square_square_sum as double)
                - 2 * mrr_weighted_nps * cast(weighted_square_sum as double)
                + mrr_weighted_nps * mrr_weighted_nps * cast(square_sum as double),
                0
            )
        ) / nullif(cast(speaking_mrr as double), 0),
        100 * sqrt({{ variance_with_three_more(
            'equal_account_count * cast(weighted_square_sum as double) / cast(square_sum as double) / 100',
            'equal_account_count * cast(square_square_sum as double) / cast(square_sum as double) / 10000',
            'equal_account_count',
        ) }})
    ) as mrr_weighted_nps_margin
from weighed
