with

{{ measured_ticket_times('requester_wait', 'p90') }},

{{ metric_rows('requester_wait_hours_p90_28d', from_step='measured') }}
