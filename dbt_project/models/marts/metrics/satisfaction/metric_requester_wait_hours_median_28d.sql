with

{{ measured_ticket_times('requester_wait', 'median') }},

{{ metric_rows('requester_wait_hours_median_28d', from_step='measured') }}
