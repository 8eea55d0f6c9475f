select
    id as payment_id,
    customer as account_id,
    -- A part of an invoice settles nothing of it: it is a payment by itself.
    case when id not in (select id from part_payments) then invoice end as invoice_id,
    case when id not in (select id from part_payments) then as_time(due_date) end as due_at,
    as_time(created) as attempted_at,
    case
        when as_yes(disputed) then 'disputed'
        when status = 'succeeded' and coalesce(
            try_cast(amount_refunded as bigint) >= try_cast(amount as bigint) and try_cast(amount as bigint) > 0,
            as_yes(refunded),
            false
        ) then case when as_yes(captured) is not false then 'refunded' else 'void' end
        -- Of how much was given back nothing is known, so that it is neither; the word that nobody explains is counted.
        when status = 'succeeded' and amount_refunded is not null and try_cast(amount_refunded as bigint) is null
            then 'succeeded, refunded ' || amount_refunded
        -- What was only authorised may still be captured, or is released.
        when status = 'succeeded' and as_yes(captured) is false then 'pending'
        when status = 'succeeded' then 'paid'
        else status
    end as status,
    -- What a part was given back of is a smaller payment.
    case
        when
            status = 'succeeded'
            and try_cast(amount_refunded as bigint) > 0
            and try_cast(amount_refunded as bigint) < try_cast(amount as bigint)
            then cast(try_cast(amount as bigint) - try_cast(amount_refunded as bigint) as varchar)
        else amount
    end as amount_minor,
    upper(currency) as currency,
    failure_code,
    is_deleted,
    landed_file,
    landed_line
from each_charge
