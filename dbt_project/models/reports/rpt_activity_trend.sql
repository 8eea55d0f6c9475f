{{ weekly_values([
    'dau', 'wau_7d', 'mau_28d', 'stickiness_28d', 'session_seconds_median_28d', 'core_events_28d_per_user',
], has_interval=false) }}
