with

{{ measured_ticket_times('agent_wait', 'median') }},

{{ metric_rows('agent_wait_hours_median_28d', from_step='measured') }}
