with

{{ measured_ticket_times('full_resolution', 'p90') }},

{{ metric_rows('full_resolution_hours_p90_28d', from_step='measured') }}
