{#- NPS of each account and day by the answers of the last `days` days. An answer speaks for its person until the
    person's next one, and `days` days at most. -#}
{% macro standing_nps_days(days) -%}
with

account_days as (
    select * from {{ ref('int_account_days_spined') }}
    where {{ is_rebuilt('activity_date') }}
),

surveys as (
    select * from {{ ref('fct_surveys') }}
    where
        survey_type = 'nps'
        and score is not null
        and account_id is not null
        and {{ is_rebuilt('response_date', look_back=days) }}
),

answers as (
    select
        account_id,
        response_date,
        least(
            response_date + {{ days }},
            coalesce(
                lead(response_date) over (
                    partition by account_id, coalesce(user_id, response_id)
                    order by responded_at, response_id
                ),
                response_date + {{ days }}
            )
        ) as end_date,
        cast(is_positive as integer) as promoter,
        cast(is_detractor as integer) as detractor
    from surveys
),

first_days as (
    select
        account_id,
        min(activity_date) as first_date
    from account_days
    group by account_id
),

-- What stood before the first day that is built stands on it.
standing as (
    select
        answers.*,
        greatest(answers.response_date, first_days.first_date) as start_date
    from answers
    inner join first_days using (account_id)
),

changes as (
    select
        account_id,
        start_date as activity_date,
        1 as respondent,
        promoter,
        detractor,
        response_date
    from standing
    where start_date < end_date
    union all
    select
        account_id,
        end_date as activity_date,
        -1,
        -promoter,
        -detractor,
        null
    from standing
    where start_date < end_date
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
),

-- Sorting the days of whom nobody asked would cost as much as those of the others.
asked as (select distinct account_id from summed),

running as (
    select
        account_days.account_id,
        account_days.activity_date,
        cast(sum(coalesce(summed.respondent, 0)) over account_history as bigint) as respondent_count,
        cast(sum(coalesce(summed.promoter, 0)) over account_history as bigint) as promoter_count,
        cast(sum(coalesce(summed.detractor, 0)) over account_history as bigint) as detractor_count,
        max(summed.response_date) over account_history as last_response_date
    from account_days
    inner join asked using (account_id)
    left join summed using (account_id, activity_date)
    window account_history as (
        partition by account_days.account_id
        order by account_days.activity_date
        rows between unbounded preceding and current row
    )
)

select
    account_id,
    activity_date,
    respondent_count,
    promoter_count,
    detractor_count,
    case when respondent_count > 0 then last_response_date end as last_response_date
from running
union all
select
    account_days.account_id,
    account_days.activity_date,
    0,
    0,
    0,
    null
from account_days
left join asked using (account_id)
where asked.account_id is null
{%- endmacro %}
