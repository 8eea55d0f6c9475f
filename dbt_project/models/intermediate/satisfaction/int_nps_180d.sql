{{ standing_nps_days(180) }}
