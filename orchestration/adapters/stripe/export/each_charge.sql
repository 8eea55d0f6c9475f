select
    payments.id,
    payments."Customer ID" as customer,
    payments."Invoice ID" as invoice,
    as_utc(invoices."Due Date (UTC)") as due_date,
    in_minor(invoices."Amount Due", payments.Currency) as amount_due,
    as_utc(coalesce(payments."Created date (UTC)", payments."Created (UTC)", payments.Created)) as created,
    case lower(payments.Status)
        when 'paid' then 'succeeded'
        when 'partial refund' then 'succeeded'
        when 'partially refunded' then 'succeeded'
        else lower(payments.Status)
    end as status,
    -- An inquiry that was closed became no dispute, and of one that was won the money stayed.
    case
        when regexp_replace(lower(payments."Dispute Status"), '[^a-z]', '', 'g') not in ('', 'won', 'warningclosed')
            then 'true'
    end as disputed,
    payments.Captured as captured,
    cast(null as varchar) as refunded,
    -- The button writes units, and a time that is called UTC; a table of the API's own has neither, whatever its name.
    case
        when
            coalesce(payments."Created date (UTC)", payments."Created (UTC)") is null
            and regexp_full_match(payments.Amount, '\d+') and decimals_of(payments.Currency) > 0
            then concat(payments.Amount, ' units or minor units of ', payments.Currency)
        else in_minor(payments.Amount, payments.Currency)
    end as amount,
    in_minor(payments."Amount Refunded", payments.Currency) as amount_refunded,
    trim(payments.Currency) as currency,
    payments."Decline Reason" as failure_code,
    payments.is_deleted,
    payments.landed_file,
    payments.landed_line
from payments
left join (
    -- An invoice that is exported again is another line; the last one holds.
    select
        id,
        max_by("Due Date (UTC)", (landed_file, landed_line)) as "Due Date (UTC)",
        max_by("Amount Due", (landed_file, landed_line)) as "Amount Due"
    from invoices
    group by id
) as invoices on invoices.id = payments."Invoice ID"
