"""Errors, waiting and downtime."""

LATENCY = {"page_load_p95_28d": "page loads", "api_latency_p95_28d": "calls of the API"}
UPTIME = {"uptime_mean_28d": "mean of the components", "uptime_worst_28d": "worst component"}
# Columns of the reliability table: heading and kind of number.
RELIABILITY = {
    "session_error_rate_28d": ("sessions with an error", "share"),
    "errors_per_engaged_hour_28d": ("errors per hour of attention", "number"),
    "page_load_p95_28d": ("page loads, 95th percentile", "seconds"),
    "api_latency_p95_28d": ("API, 95th percentile", "seconds"),
    "uptime_mean_28d": ("uptime, mean", "share_fine"),
    "uptime_worst_28d": ("uptime, worst component", "share_fine"),
    "error_budget_remaining_worst_30d": ("error budget left, worst component", "share_of"),
    "felt_downtime_minutes_28d_acct_mean": ("felt downtime, minutes a customer", "points"),
}
MEASUREMENTS = {
    "page_load": "page loads",
    "api_latency": "calls of the API",
    "query": "queries",
    "lcp": "largest contentful paint",
    "inp": "interaction to next paint",
    "ttfb": "time to first byte",
}
# How an exposure is written; felt downtime is in minutes.
EXPOSURES = {
    "session errors": ("Sessions with an error", "share"),
    "slow or failed requests": ("Slow or failed requests", "share"),
    "felt downtime": ("Felt downtime, minutes", "points"),
}
