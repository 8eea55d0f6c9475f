-- Charges that went through and left a part of their invoice open. The one that reaches what the invoice asked for settles
-- it. Each change of a charge is a line; the last one holds.
with

latest as (
    select * from each_charge
    qualify row_number() over (partition by id order by landed_file desc, landed_line desc) = 1
),

running as (
    select
        id,
        invoice,
        try_cast(amount as double) as amount,
        try_cast(amount_due as double) as amount_due,
        sum(try_cast(amount as double)) over (partition by invoice order by to_time(created), id) as paid_by_then
    from latest
    where id is not null and invoice is not null and status = 'succeeded' and not is_deleted
)

select * from running where paid_by_then < amount_due
