with

{{ measured_ticket_times('first_reply', 'median') }},

{{ metric_rows('first_reply_hours_median_28d', from_step='measured') }}
