"""Tickets."""

SUPPORT = (
    "tickets_28d",
    "tickets_28d_per_100_users",
    "support_burden_28d",
    "backlog_tickets",
    "backlog_age_days_median",
    "backlog_age_days_p90",
    "urgent_unresolved_48h",
    "unreplied_tickets",
    "unreplied_age_days_median",
    "first_reply_hours_median_28d",
    "first_reply_hours_p90_28d",
    "first_reply_business_hours_median_28d",
    "first_reply_business_hours_p90_28d",
    "sla_attainment_28d",
    "first_resolution_hours_median_28d",
    "first_resolution_hours_p90_28d",
    "full_resolution_hours_median_28d",
    "full_resolution_hours_p90_28d",
    "resolution_hours_km_median_90d",
    "requester_wait_hours_median_28d",
    "agent_wait_hours_median_28d",
    "reopen_rate_28d",
    "one_touch_rate_28d",
    "escalation_rate_28d",
)
SUPPORT_TREND = {
    "backlog_tickets": ("backlog", "count"),
    "tickets_28d": ("opened in 28 days", "count"),
    "first_reply_hours_median_28d": ("median first reply", "hours"),
    "first_resolution_hours_median_28d": ("median first solution", "hours"),
    "sla_attainment_28d": ("replies within target", "share"),
}
REPLY_TIMES = {
    "first_reply_hours_median_28d": "to the first reply",
    "first_resolution_hours_median_28d": "to the first solution",
}
