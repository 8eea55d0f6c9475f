with

{{ measured_ticket_times('full_resolution', 'median') }},

{{ metric_rows('full_resolution_hours_median_28d', from_step='measured') }}
