{{ weekly_values(['nps_90d', 'csat_90d', 'csat_tickets_90d', 'nps_response_rate_90d']) }}
