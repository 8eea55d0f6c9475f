with

touchpoints as (select * from {{ with_known_accounts('stg_crm__engagement_touchpoints') }})

select
    touch_id,
    account_id,
    user_id,
    kind,
    campaign,
    {{ local_day('touched_at') }} as touch_date
from touchpoints
where
    rejection_reason is null
    and {{ happened_by_as_of('touched_at') }}
qualify {{ is_latest(['touch_id'], []) }}
