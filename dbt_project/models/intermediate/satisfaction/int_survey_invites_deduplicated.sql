with

invites as (select * from {{ with_known_names('stg_surveys__invites') }}),

memberships as (select * from {{ ref('int_users_matched_to_accounts') }}),

latest as (
    select * from invites
    where
        rejection_reason is null
        and {{ happened_by_as_of('sent_at') }}
    qualify {{ is_latest(['invite_id'], []) }}
)

select
    latest.invite_id,
    {{ found_account('latest') }} as account_id,
    {{ account_found_by('latest') }} as account_found_by,
    latest.user_id,
    latest.ticket_id,
    latest.survey_type,
    latest.channel,
    latest.is_delivered,
    latest.sent_at
from latest
{{ joined_to_memberships('latest', 'user_id', 'sent_at') }}
