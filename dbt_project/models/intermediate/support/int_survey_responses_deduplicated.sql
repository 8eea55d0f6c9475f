with

responses as (select * from {{ with_known_accounts('stg_surveys__responses') }})

select
    response_id,
    invite_id,
    account_id,
    user_id,
    survey_type,
    topic,
    score,
    scale_minimum,
    scale_maximum,
    has_comment,
    is_excluded,
    responded_at
from responses
where
    rejection_reason is null
    and {{ happened_by_as_of('responded_at') }}
qualify {{ is_latest(['response_id'], []) }}
