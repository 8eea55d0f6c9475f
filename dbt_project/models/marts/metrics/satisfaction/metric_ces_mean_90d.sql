with

measurements as (select * from {{ ref('int_segment_surveys_daily') }}),

-- Three marks above and three below the middle of the scale: as -1 to 1, half the interval has the least width of all
-- means of answers.
measured as (
    select
        *,
        ces_sum / nullif(cast(ces_answers as double), 0) as mean_mark,
        {{ half_width_95() }} * sqrt(greatest(
            (ces_square_sum - cast(ces_sum as double) * ces_sum / nullif(ces_answers, 0))
            / nullif(ces_answers - 1, 0) / nullif(ces_answers, 0),
            9 * {{ variance_with_three_more(
                '(ces_sum - 4.0 * ces_answers) / 3.0',
                '(ces_square_sum - 8.0 * ces_sum + 16.0 * ces_answers) / 9.0',
                'ces_answers',
            ) }}
        )) as margin
    from measurements
)

select
    activity_date as metric_date,
    dimension,
    segment,
    ces_sum as numerator,
    ces_answers as denominator,
    mean_mark as metric_value,
    case when margin is not null then greatest(mean_mark - margin, 1) end as interval_low,
    case when margin is not null then least(mean_mark + margin, 7) end as interval_high,
    ces_answers as sample_size
from measured
