{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

invites as (
    select * from {{ ref('fct_survey_invites') }}
    where delivered_date is not null
),

surveys as (
    select * from {{ ref('fct_surveys') }}
    where score is not null
),

invited as (
    select
        account_id,
        delivered_date as activity_date,
        count(*) as invite_count
    from invites
    group by account_id, delivered_date
),

answered as (
    select
        account_id,
        response_date as activity_date,
        count(*) as answer_count
    from surveys
    group by account_id, response_date
),

-- Nobody else has a row: who is never asked cannot be silent.
asked as (
    select account_id from invited
    union
    select account_id from answered
),

account_days as (
    select
        spine.account_id,
        spine.activity_date
    from {{ ref('int_account_days_spined') }} as spine
    inner join asked using (account_id)
    where {{ in_rebuild_window('spine.activity_date', look_back=364) }}
),

-- Days of an account begin with the logs of the product; who was asked or answered before them was asked or answered.
days as (
    select * from account_days
    union
    select
        account_id,
        activity_date
    from invited
    where {{ in_rebuild_window('activity_date', look_back=364) }}
    union
    select
        account_id,
        activity_date
    from answered
    where {{ in_rebuild_window('activity_date', look_back=364) }}
),

counted as (
    select
        account_id,
        activity_date,
        sum(coalesce(invited.invite_count, 0)) over last_365_days as invite_count,
        sum(coalesce(answered.answer_count, 0)) over last_365_days as answer_count
    from days
    left join invited using (account_id, activity_date)
    left join answered using (account_id, activity_date)
    window last_365_days as (
        partition by account_id
        order by activity_date
        range between interval 364 days preceding and current row
    )
)

-- Silent is who was asked twice or more in 365 days and did not answer in them; who was not asked is not silent.
select
    account_id,
    activity_date,
    cast(counted.invite_count as bigint) as invites_365d,
    cast(counted.answer_count as bigint) as answers_365d,
    counted.invite_count >= 2 and counted.answer_count = 0 as is_silent
from counted
inner join account_days using (account_id, activity_date)
where counted.invite_count + counted.answer_count > 0 and {{ in_rebuild_window('activity_date') }}
