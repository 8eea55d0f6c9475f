"""What people did, week by week."""

ACTIVITY = {
    "wau_7d": "weekly active users",
    "mau_28d": "28-day active users",
}
# Columns of the activity table: heading and kind of number.
TREND = {
    "dau": ("active on the day", "count"),
    "wau_7d": ("active in 7 days", "count"),
    "mau_28d": ("active in 28 days", "count"),
    "stickiness_28d": ("stickiness", "share"),
    "session_seconds_median_28d": ("median session", "duration"),
    "core_events_28d_per_user": ("core events per user", "number"),
}
LIFECYCLE = {
    "new_count": "new",
    "returning_count": "returning",
    "resurrected_count": "came back",
    "dormant_count": "went quiet",
}
