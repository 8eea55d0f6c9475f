with

touchpoints as (select * from {{ with_known_names('stg_crm__engagement_touchpoints') }}),

memberships as (select * from {{ ref('int_users_matched_to_accounts') }}),

latest as (
    select * from touchpoints
    where
        rejection_reason is null
        and {{ happened_by_as_of('touched_at') }}
    qualify {{ is_latest(['touch_id'], []) }}
)

select
    latest.touch_id,
    {{ found_account('latest') }} as account_id,
    {{ account_found_by('latest') }} as account_found_by,
    latest.user_id,
    latest.kind,
    latest.campaign,
    latest.direction,
    latest.is_answered,
    {{ local_day('latest.touched_at') }} as touch_date
from latest
{{ joined_to_memberships('latest', 'user_id', 'touched_at') }}
