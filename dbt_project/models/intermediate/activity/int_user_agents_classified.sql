{{ config(materialized='ephemeral') }}

with

events as (select * from {{ ref('stg_product__events') }}),

patterns as (select * from {{ ref('bot_user_agents') }}),

user_agents as (
    select distinct user_agent
    from events
    where user_agent is not null
),

words as (
    select
        user_agent,
        {{ words_of('user_agent') }} as word
    from user_agents
),

distinct_words as (select distinct word from words),

-- Whole words, as the telephones of CUBOT are no bots.
bot_words as (
    select distinct_words.word
    from distinct_words
    inner join patterns on distinct_words.word like patterns.pattern
    group by distinct_words.word
    having bool_and(patterns.is_bot)
)

select
    words.user_agent,
    count(bot_words.word) > 0 as is_bot
from words
left join bot_words using (word)
group by words.user_agent
