with

invites as (select * from {{ with_known_accounts('stg_surveys__invites') }})

select
    invite_id,
    account_id,
    user_id,
    ticket_id,
    survey_type,
    channel,
    is_delivered,
    sent_at
from invites
where
    rejection_reason is null
    and {{ happened_by_as_of('sent_at') }}
qualify {{ is_latest(['invite_id'], []) }}
