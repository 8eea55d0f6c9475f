{#- NPS of each account and day by the answers of the last `days` days. An answer speaks for its person until the
    person's next one, and `days` days at most. -#}
{% macro standing_nps_days(days) -%}
with

account_days as (
    select * from {{ ref('int_account_days_spined') }}
    where {{ in_rebuild_window('activity_date') }}
),

surveys as (
    select * from {{ ref('fct_surveys') }}
    where
        survey_type = 'nps'
        and score is not null
        and account_id is not null
        and {{ in_rebuild_window('response_date', look_back=days) }}
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

-- Sorting the days of whom nobody asked would cost as much as those of the others.
asked as (select distinct account_id from answers),

-- Days that are not of the account carry the counts over and are dropped at the end: an answer may begin to speak before
-- the first of them, and cease to in a gap.
changes as (
    select
        account_id,
        response_date as activity_date,
        1 as respondent,
        promoter,
        detractor,
        response_date,
        0 as is_account_day
    from answers
    where response_date < end_date
    union all
    select
        account_id,
        end_date as activity_date,
        -1,
        -promoter,
        -detractor,
        null,
        0
    from answers
    where response_date < end_date
    union all
    select
        account_id,
        activity_date,
        0,
        0,
        0,
        null,
        1
    from account_days
    inner join asked using (account_id)
),

running as (
    select
        account_id,
        activity_date,
        cast(sum(sum(respondent)) over account_history as bigint) as respondent_count,
        cast(sum(sum(promoter)) over account_history as bigint) as promoter_count,
        cast(sum(sum(detractor)) over account_history as bigint) as detractor_count,
        max(max(response_date)) over account_history as last_response_date,
        max(is_account_day) = 1 as is_account_day
    from changes
    group by account_id, activity_date
    window account_history as (
        partition by account_id
        order by activity_date
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
where is_account_day

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
