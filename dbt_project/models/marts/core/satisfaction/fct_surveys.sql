with

responses as (select * from {{ ref('int_survey_responses_deduplicated') }})

-- metrics.md 2.6: NPS promoters are 9 and 10, detractors 0 to 6; CSAT 4 and 5 of 5 are positive.
select
    response_id,
    account_id,
    user_id,
    {{ local_day('responded_at') }} as response_date,
    survey_type,
    topic,
    score,
    scale_minimum,
    scale_maximum,
    case
        when survey_type = 'nps' then score >= 9
        when survey_type = 'csat'
            then
                score - coalesce(scale_minimum, 1)
                >= 0.75 * (coalesce(scale_maximum, 5) - coalesce(scale_minimum, 1))
        when survey_type = 'ces' then score >= 5
    end as is_positive,
    case when survey_type = 'nps' then score <= 6 end as is_detractor,
    has_comment,
    responded_at
from responses
where not is_excluded
