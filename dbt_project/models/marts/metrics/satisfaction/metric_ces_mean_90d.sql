with

measurements as (select * from {{ ref('int_segment_surveys_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    ces_sum as numerator,
    ces_answers as denominator,
    ces_sum / nullif(cast(ces_answers as double), 0) as metric_value,
    ces_sum / nullif(cast(ces_answers as double), 0) - 1.959964 * sqrt(
        greatest(ces_square_sum - cast(ces_sum as double) * ces_sum / nullif(ces_answers, 0), 0)
        / nullif(ces_answers - 1, 0) / ces_answers
    ) as interval_low,
    ces_sum / nullif(cast(ces_answers as double), 0) + 1.959964 * sqrt(
        greatest(ces_square_sum - cast(ces_sum as double) * ces_sum / nullif(ces_answers, 0), 0)
        / nullif(ces_answers - 1, 0) / ces_answers
    ) as interval_high,
    ces_answers as sample_size
from measurements
