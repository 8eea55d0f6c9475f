with

topics as (select * from {{ ref('int_topic_surveys_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }})

select
    topics.topic,
    topics.nps,
    topics.nps_margin,
    topics.csat,
    topics.csat_low,
    topics.csat_high,
    topics.nps_answers,
    topics.csat_answers,
    topics.ces_answers
from topics
inner join parameters on topics.activity_date = parameters.as_of_date
where topics.nps_answers + topics.csat_answers + topics.ces_answers > 0
