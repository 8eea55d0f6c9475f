with

landed as (select * from {{ ref('stg_catalogue__plans') }})

select
    plan_id,
    tier,
    currency,
    list_price_minor,
    seats_included,
    coalesce(renews, true) as renews,
    landed_file,
    landed_line
from landed
where rejection_reason is null
qualify {{ is_latest(['plan_id'], []) }}
