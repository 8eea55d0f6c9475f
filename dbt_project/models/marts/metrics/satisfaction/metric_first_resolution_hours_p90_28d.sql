with

{{ measured_ticket_times('first_resolution', 'p90') }},

{{ metric_rows('first_resolution_hours_p90_28d', from_step='measured') }}
