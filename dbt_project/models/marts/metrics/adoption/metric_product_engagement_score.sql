with

measurements as (select * from {{ ref('int_product_engagement_monthly') }})

select
    month_end as metric_date,
    dimension,
    segment,
    100 * (adoption_share + stickiness_share + growth_share) as numerator,
    cast(3 as double) as denominator,
    active_user_count as sample_size
from measurements
