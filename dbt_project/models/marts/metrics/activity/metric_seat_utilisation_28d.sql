with

measurements as (select * from {{ ref('int_segment_activity_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    case when accounts_without_seats = 0 then mau end as numerator,
    case when accounts_without_seats = 0 then seat_count end as denominator,
    seat_count as sample_size
from measurements
where dimension != 'account'
