with

source as (
    {{ landed_rows('surveys', 'responses') }}
),

topic_words as (select * from {{ ref('topic_words') }}),

topics as (
    {{ topics_in('source', 'comment') }}
),

told as (
    select
        source.*,
        topics.found_topic
    from source
    left join topics using (_load_id, _file, _line)
)

select
    -- ids
    response_id,
    invite_id,
    {{ pseudonym('user_id') }} as user_id,
    account_id,
    -- texts
    survey_type,
    coalesce({{ one_spelling('topic', 'responded_at') }}, found_topic) as topic,
    -- numbers
    score,
    scale_min as scale_minimum,
    scale_max as scale_maximum,
    -- booleans
    comment is not null as has_comment,
    coalesce(excluded, false) as is_excluded,
    -- times
    responded_at,
    -- lineage
    coalesce(
        set_aside_because,
        case
            when scale_min >= scale_max then 'scale_min is not below scale_max'
            when survey_type = 'nps' and (coalesce(scale_min, 0) not in (0, 1) or coalesce(scale_max, 10) != 10)
                then 'scale_min and scale_max are not those of nps, 0 to 10'
            when
                survey_type = 'nps' and score not between coalesce(scale_min, 0) and 10
                or survey_type = 'ces' and score not between coalesce(scale_min, 1) and coalesce(scale_max, 7)
                -- The mean of CES is one of marks from 1 to 7, whatever scale an export tells.
                or survey_type = 'ces' and score not between 1 and 7
                or survey_type = 'csat' and score not between coalesce(scale_min, 1) and coalesce(scale_max, 5)
                then 'score is outside the scale of its survey'
        end
    ) as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from told
