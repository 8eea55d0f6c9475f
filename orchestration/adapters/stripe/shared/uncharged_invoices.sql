-- Invoices of which charges do not tell all: those that no charge is of, and those that were settled without one that
-- went through, or by several of which each was of a part. A charge that names no invoice, as since the API of 2025-03-31, may be of any of its customer and
-- amount.
with

invoices as (
    select * from each_invoice
    qualify row_number() over (partition by id order by landed_file desc, landed_line desc) = 1
),

charged as (
    select invoices.id, charge.status = 'succeeded' and charge.id not in (select id from part_payments) as is_whole
    from invoices
    inner join each_charge as charge on charge.invoice = invoices.id
    union all
    select invoices.id, charge.status = 'succeeded' as is_whole
    from invoices
    inner join each_charge as charge
        on
            charge.invoice is null
            and charge.customer = invoices.customer
            and try_cast(charge.amount as double) = try_cast(invoices.amount_due as double)
),

outcomes as (
    select id, bool_or(is_whole) as is_paid from charged group by id
),

parts as (
    select invoice, sum(amount) as part_paid from part_payments group by invoice
)

select invoices.*, parts.part_paid
from invoices
left join outcomes on outcomes.id = invoices.id
left join parts on parts.invoice = invoices.id
where
    invoices.amount_due is not null
    and (
        outcomes.id is null
        or (not outcomes.is_paid and (invoices.status in ('paid', 'void') or parts.part_paid is not null))
    )
