with

{{ measured_ticket_times('first_reply_business', 'median') }},

{{ metric_rows('first_reply_business_hours_median_28d', from_step='measured') }}
