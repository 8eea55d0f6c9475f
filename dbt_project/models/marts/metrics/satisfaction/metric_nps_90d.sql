with

measurements as (select * from {{ ref('int_segment_surveys_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    100.0 * (nps_promoters - nps_detractors) as numerator,
    nps_answers as denominator,
    {{ net_promoter_score('nps_promoters', 'nps_detractors', 'nps_answers') }} as metric_value,
    greatest(
        {{ net_promoter_score('nps_promoters', 'nps_detractors', 'nps_answers') }}
        - {{ net_promoter_margin('nps_promoters', 'nps_detractors', 'nps_answers') }},
        -100
    ) as interval_low,
    least(
        {{ net_promoter_score('nps_promoters', 'nps_detractors', 'nps_answers') }}
        + {{ net_promoter_margin('nps_promoters', 'nps_detractors', 'nps_answers') }},
        100
    ) as interval_high,
    nps_answers as sample_size
from measurements
