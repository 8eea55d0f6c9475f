{{ weekly_values([
    'backlog_tickets', 'tickets_28d', 'first_reply_hours_median_28d', 'first_resolution_hours_median_28d',
    'sla_attainment_28d',
]) }}
