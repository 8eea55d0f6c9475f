with

{{ measured_ticket_times('first_resolution', 'median') }},

{{ metric_rows('first_resolution_hours_median_28d', from_step='measured') }}
