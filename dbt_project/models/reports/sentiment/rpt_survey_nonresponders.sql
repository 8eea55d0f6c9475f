with

accounts as (select * from {{ ref('rpt_accounts') }}),

silence as (select * from {{ ref('int_survey_nonresponse_daily') }})

select
    accounts.account_id,
    accounts.account_name,
    accounts.plan,
    accounts.csm_id,
    accounts.band,
    accounts.mrr,
    silence.invites_365d,
    row_number() over (order by accounts.mrr desc nulls last, accounts.account_id asc) as silent_rank,
    accounts.as_of_date
from accounts
inner join silence
    on
        accounts.account_id = silence.account_id
        and accounts.as_of_date = silence.activity_date
where silence.is_silent
