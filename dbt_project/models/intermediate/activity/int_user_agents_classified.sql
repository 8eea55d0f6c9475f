with

events as (select * from {{ ref('stg_product__events') }}),

patterns as (select * from {{ ref('bot_user_agents') }}),

user_agents as (
    select distinct user_agent
    from events
    where user_agent is not null
)

select
    user_agents.user_agent,
    count(patterns.pattern) > 0 as is_bot
from user_agents
left join patterns on lower(user_agents.user_agent) like lower(patterns.pattern)
group by user_agents.user_agent
