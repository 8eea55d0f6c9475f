with

account_days as (select * from {{ ref('int_account_days_spined') }}),

surveys as (select * from {{ ref('fct_surveys') }}),

-- An answer speaks for its person until the next one, and for 180 days at most.
answers as (
    select
        account_id,
        response_date as valid_from,
        least(
            response_date + 180,
            coalesce(
                lead(response_date) over (partition by account_id, user_id order by response_date, response_id),
                response_date + 180
            )
        ) as valid_to,
        cast(is_positive as integer) as promoter,
        cast(is_detractor as integer) as detractor
    from surveys
    where survey_type = 'nps' and score is not null and account_id is not null
),

changes as (
    select
        account_id,
        valid_from as activity_date,
        1 as respondent,
        promoter,
        detractor,
        valid_from as response_date
    from answers
    where valid_from < valid_to
    union all
    select
        account_id,
        valid_to,
        -1,
        -promoter,
        -detractor,
        null
    from answers
    where valid_from < valid_to
),

summed as (
    select
        account_id,
        activity_date,
        sum(respondent) as respondent,
        sum(promoter) as promoter,
        sum(detractor) as detractor,
        max(response_date) as response_date
    from changes
    group by account_id, activity_date
)

select
    account_days.account_id,
    account_days.activity_date,
    cast(sum(coalesce(summed.respondent, 0)) over account_history as bigint) as respondent_count,
    cast(sum(coalesce(summed.promoter, 0)) over account_history as bigint) as promoter_count,
    cast(sum(coalesce(summed.detractor, 0)) over account_history as bigint) as detractor_count,
    max(summed.response_date) over account_history as last_response_date
from account_days
left join summed using (account_id, activity_date)
window account_history as (
    partition by account_days.account_id
    order by account_days.activity_date
    rows between unbounded preceding and current row
)
