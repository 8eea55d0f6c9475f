{#- NPS of each account and day by the answers of the last `days` days. An answer speaks for its person until the
    person's next one, and `days` days at most. Before the first answer nobody was heard, and nothing is counted. -#}
{% macro standing_nps_days(days) -%}
with

account_days as (
    select * from {{ ref('int_account_days_spined') }}
    where {{ in_rebuild_window('activity_date') }}
),

coverage as (
    select first_date from {{ ref('dim_source_coverage') }}
    where source = 'surveys_responses'
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
        ) as replaced_date,
        cast(is_positive as integer) as promoter,
        cast(is_detractor as integer) as detractor
    from surveys
),

changes as (
    {%- for change_date, sign in [('response_date', ''), ('replaced_date', '-')] %}
    select
        account_id,
        {{ change_date }} as change_date,
        {{ sign }}1 as respondent,
        {{ sign }}promoter as promoter,
        {{ sign }}detractor as detractor,
        response_date
    from answers
    where response_date < replaced_date
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

-- Between two changes the counts stand still, whether the account has days there or not.
intervals as (
    select
        account_id,
        change_date as valid_from,
        lead(change_date, 1, date '9999-12-31') over account_history as valid_to,
        cast(sum(sum(respondent)) over account_history as bigint) as respondent_count,
        cast(sum(sum(promoter)) over account_history as bigint) as promoter_count,
        cast(sum(sum(detractor)) over account_history as bigint) as detractor_count,
        max(max(response_date)) over account_history as last_response_date
    from changes
    group by account_id, change_date
    window account_history as (partition by account_id order by change_date)
)

select
    account_days.account_id,
    account_days.activity_date,
    case when coverage.first_date <= account_days.activity_date then coalesce(intervals.respondent_count, 0) end as respondent_count,
    case when coverage.first_date <= account_days.activity_date then coalesce(intervals.promoter_count, 0) end as promoter_count,
    case when coverage.first_date <= account_days.activity_date then coalesce(intervals.detractor_count, 0) end as detractor_count,
    case when intervals.respondent_count > 0 then intervals.last_response_date end as last_response_date
from account_days
cross join coverage
left join intervals
    on
        account_days.account_id = intervals.account_id
        and account_days.activity_date >= intervals.valid_from
        and account_days.activity_date < intervals.valid_to
{%- endmacro %}
