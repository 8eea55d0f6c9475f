with

responses as (select * from {{ ref('int_survey_responses_deduplicated') }})

-- NPS promoters are 9 and 10, detractors 0 to 6; CSAT is positive in the upper quarter of its scale:
-- 4 and 5 of 5, 6 and 7 of 7, 8 to 10 of 10, 3 of 3; CES is easy in the upper third: 5 to 7 of 7.
select
    responses.response_id,
    responses.invite_id,
    responses.account_id,
    responses.user_id,
    {{ local_day('responses.responded_at') }} as response_date,
    responses.survey_type,
    responses.topic,
    responses.score,
    responses.scale_minimum,
    responses.scale_maximum,
    case
        when responses.survey_type = 'nps' then responses.score >= 9
        when responses.survey_type = 'csat'
            then
                responses.score - coalesce(responses.scale_minimum, 1)
                >= 0.75 * (coalesce(responses.scale_maximum, 5) - coalesce(responses.scale_minimum, 1))
        when responses.survey_type = 'ces'
            then
                3 * (responses.score - coalesce(responses.scale_minimum, 1))
                >= 2 * (coalesce(responses.scale_maximum, 7) - coalesce(responses.scale_minimum, 1))
    end as is_positive,
    case when responses.survey_type = 'nps' then responses.score <= 6 end as is_detractor,
    responses.has_comment,
    responses.responded_at
from responses
where not responses.is_excluded
