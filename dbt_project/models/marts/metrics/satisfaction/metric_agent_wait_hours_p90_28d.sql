with

{{ measured_ticket_times('agent_wait', 'p90') }},

{{ metric_rows('agent_wait_hours_p90_28d', from_step='measured') }}
