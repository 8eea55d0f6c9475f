with

payments as (select * from {{ with_known_names('stg_billing__payments') }})

select
    payment_id,
    account_id,
    invoice_id,
    status,
    currency,
    failure_code,
    amount_minor,
    due_at,
    attempted_at,
    case
        when status = 'paid' and failure_code is not null then 'status is paid and failure_code is told: it is paid'
    end as contradiction,
    landed_file,
    landed_line
from payments
where
    rejection_reason is null
    and {{ happened_by_as_of('attempted_at') }}
qualify {{ is_latest(['payment_id'], []) }}
