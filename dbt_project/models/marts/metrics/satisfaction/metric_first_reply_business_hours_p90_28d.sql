with

{{ measured_ticket_times('first_reply_business', 'p90') }},

{{ metric_rows('first_reply_business_hours_p90_28d', from_step='measured') }}
