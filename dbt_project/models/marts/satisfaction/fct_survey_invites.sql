with

invites as (select * from {{ ref('int_survey_invites_deduplicated') }}),

surveys as (select * from {{ ref('fct_surveys') }}),

-- A comment without a mark does not complete a survey.
completed as (
    select
        invite_id,
        min(response_date) as completed_date
    from surveys
    where score is not null and invite_id is not null
    group by invite_id
),

dated as (
    select
        invites.*,
        {{ local_day('invites.sent_at') }} as sent_date,
        completed.completed_date
    from invites
    left join completed using (invite_id)
)

-- What bounced is not delivered; what was answered was, whatever the mailer says.
select
    invite_id,
    account_id,
    user_id,
    ticket_id,
    sent_date,
    case when coalesce(is_delivered, true) then sent_date else completed_date end as delivered_date,
    completed_date,
    survey_type,
    channel,
    coalesce(is_delivered, true) or completed_date is not null as is_delivered,
    completed_date is not null as is_completed,
    sent_at
from dated
