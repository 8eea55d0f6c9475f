with

responses as (select * from {{ with_known_names('stg_surveys__responses') }}),

invites as (select * from {{ ref('int_survey_invites_deduplicated') }}),

memberships as (select * from {{ ref('int_users_matched_to_accounts') }}),

latest as (
    select * from responses
    where
        rejection_reason is null
        and {{ happened_by_as_of('responded_at') }}
    qualify {{ is_latest(['response_id'], []) }}
),

-- What an answer leaves out, its invitation may say.
completed as (
    select
        latest.response_id,
        latest.invite_id,
        coalesce(latest.account_id, invites.account_id) as account_id,
        coalesce(latest.user_id, invites.user_id) as user_id,
        coalesce(latest.survey_type, invites.survey_type) as survey_type,
        latest.topic,
        latest.score,
        latest.scale_minimum,
        latest.scale_maximum,
        latest.has_comment,
        latest.is_excluded,
        latest.responded_at,
        invites.sent_at,
        latest.landed_file,
        latest.landed_line
    from latest
    left join invites using (invite_id)
)

select
    completed.response_id,
    completed.invite_id,
    {{ found_account('completed') }} as account_id,
    {{ account_found_by('completed') }} as account_found_by,
    completed.user_id,
    completed.survey_type,
    completed.topic,
    completed.score,
    completed.scale_minimum,
    completed.scale_maximum,
    completed.has_comment,
    completed.is_excluded,
    completed.responded_at,
    case
        when completed.responded_at < completed.sent_at - interval '2 seconds'
            then 'responded_at is before sent_at of the invitation: the answer counts on its own day'
    end as contradiction,
    completed.landed_file,
    completed.landed_line
from completed
{{ joined_to_memberships('completed', 'user_id', 'responded_at') }}
