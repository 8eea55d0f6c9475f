-- Invoices of which charges do not tell all: those that no charge is of, and those that were settled without one that
-- went through. A charge that names no invoice, as since the API of 2025-03-31, may be of any of its customer and
-- amount.
with

invoices as (
    select * from each_invoice
    qualify row_number() over (partition by id order by landed_file desc, landed_line desc) = 1
),

charged as (
    select invoices.id, charge.status
    from invoices
    inner join each_charge as charge on charge.invoice = invoices.id
    union all
    select invoices.id, charge.status
    from invoices
    inner join each_charge as charge
        on
            charge.invoice is null
            and charge.customer = invoices.customer
            and try_cast(charge.amount as double) = try_cast(invoices.amount_due as double)
),

outcomes as (
    select id, bool_or(status = 'succeeded') as is_paid from charged group by id
)

select invoices.*
from invoices
left join outcomes on outcomes.id = invoices.id
where
    invoices.amount_due is not null
    and (outcomes.id is null or (invoices.status in ('paid', 'void') and not outcomes.is_paid))
