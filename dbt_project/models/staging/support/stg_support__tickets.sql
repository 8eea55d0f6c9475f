with

source as (
    {{ landed_rows('support', 'tickets') }}
),

topic_words as (select * from {{ ref('topic_words') }}),

topics as (
    {{ topics_in('source', 'subject') }}
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
    ticket_id,
    account_id,
    {{ pseudonym('requester_user_id') }} as requester_user_id,
    -- texts
    status,
    priority,
    type as ticket_type,
    coalesce({{ one_spelling('topic', 'created_at') }}, found_topic) as topic,
    channel,
    tags,
    {{ one_spelling('product_area', 'created_at') }} as product_area,
    satisfaction,
    -- numbers
    reopens as reopen_count,
    replies as reply_count,
    -- times
    created_at,
    updated_at,
    first_reply_at,
    solved_at,
    closed_at,
    satisfaction_at,
    -- lineage
    coalesce(
        set_aside_because,
        case
            when solved_at < created_at then 'solved_at is before created_at'
            when solved_at is null and closed_at < created_at then 'closed_at is before created_at'
        end
    ) as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from told
