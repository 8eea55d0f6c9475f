with

tickets as (select * from {{ ref('int_tickets_deduplicated') }}),

channels as (select * from {{ ref('channel_schedules') }})

select
    tickets.ticket_id,
    coalesce(channels.schedule_id, '{{ var("support_schedule") }}') as schedule_id
from tickets
left join channels on tickets.channel = channels.channel
