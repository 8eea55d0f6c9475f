with

account_components as (select * from {{ with_known_names('stg_status__account_components') }})

select
    account_id,
    component_id,
    valid_from,
    valid_to
from account_components
where
    rejection_reason is null
    and {{ happened_by_as_of('valid_from') }}
qualify {{ is_latest(['account_id', 'component_id', 'valid_from'], []) }}
