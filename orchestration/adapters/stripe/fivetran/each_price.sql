-- What prices and plans say, by their key; a plan is a price of the former API.
with

told as (
    select
        id,
        product_id,
        coalesce(recurring_interval, case when type = 'one_time' then 'one_time' end) as interval,
        recurring_interval_count as interval_count,
        coalesce(unit_amount, unit_amount_decimal) as unit_amount,
        currency,
        recurring_usage_type as usage_type,
        transform_quantity_divide_by as divide_by,
        false as is_plan,
        landed_file,
        landed_line
    from price
    union all by name
    select
        id,
        product_id,
        interval,
        interval_count,
        coalesce(amount, amount_decimal) as unit_amount,
        currency,
        usage_type,
        transform_usage_divide_by as divide_by,
        true as is_plan,
        landed_file,
        landed_line
    from plan
),

last_told as (
    select * from told
    qualify row_number() over (partition by id, is_plan order by landed_file desc, landed_line desc) = 1
)

select
    id,
    arg_min(product_id, is_plan) as product_id,
    arg_min(interval, is_plan) as interval,
    arg_min(interval_count, is_plan) as interval_count,
    arg_min(unit_amount, is_plan) as unit_amount,
    arg_min(currency, is_plan) as currency,
    arg_min(usage_type, is_plan) as usage_type,
    arg_min(divide_by, is_plan) as divide_by
from last_told
group by id
