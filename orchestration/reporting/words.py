"""The words of the page for the codes of the tables.

What is not here: definitions of metrics, units and component names, which are data.
"""

from markupsafe import Markup

from orchestration.reporting.facts import Row

NONE = "\N{EN DASH}"

# Icon and word: colour is never the only cue.
BANDS = {
    "at_risk": ("▼", "at risk"),
    "watch": ("◆", "watch"),
    "healthy": ("●", "healthy"),
    "not_scored": ("○", "not scored"),
    "not_a_customer": (NONE, "not a customer"),
    "all": ("", "all"),
}
BAND_ORDER = ("at_risk", "watch", "healthy", "not_scored")

STATUSES = {
    "ok": "measured",
    "immature": "history too short",
    "insufficient_n": "too few to tell",
    "no_denominator": "nothing to measure against",
    "source_unavailable": "source not connected",
    "too_new": "too new for a score",
    "low_confidence": "too little evidence",
    "not_measured": "nothing is measured",
    "never_used": "no use on record",
    "retired": "retired",
}
SOURCE_STATUSES = {
    "present": ("●", "present"),
    "stale": ("◆", "stale"),
    "absent": ("○", "absent"),
    "seed": ("●", "from the repository"),
}
DIMENSIONS = {
    "all": "All customers",
    "plan": "Plan",
    "size_band": "Size",
    "lifecycle_stage": "Stage",
    "tenure_band": "Tenure",
    "industry": "Industry",
    "country": "Country",
    "region": "Region",
    "platform": "Main platform",
    "usage_decile": "Usage decile",
}
TRENDS = {
    "up": ("▲", "rising"),
    "down": ("▼", "falling"),
    "steady": ("=", "steady"),
    "not_assessable": ("○", "too few points"),
}
OUTCOMES = {
    "churn_42d": "Leaving within 42 days",
    "health_score": "Health score",
}
STAGES = {
    "landing": "landing files",
    "identity": "whose event it is",
    "catalogue": "catalogue against data",
}
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
ADOPTION = {
    "feat_breadth_28d": "features of their plan in use by accounts",
    "feat_adopt_user_28d": "features adopted by users who can reach them",
    "product_adoption_rate": "users with the habit",
}
# Columns of the onboarding table: heading and kind of number.
ONBOARDING = {
    "activation_rate": ("activated", "share"),
    "onboarding_pct": ("steps done in 30 days", "share"),
    "onboarding_completion_rate_30d": ("complete in 30 days", "share"),
    "onboarding_completion_rate_60d": ("in 60 days", "share"),
    "onboarding_completion_rate_90d": ("in 90 days", "share"),
    "ttfv_hours": ("median hours to first value, 90 days", "hours"),
    "time_to_adopt_days": ("median days to adopt, 90 days", "amount_of_days"),
}
# Steps of the revenue bridge, in its order.
BRIDGE = {
    "opening": "before",
    "new": "new customers",
    "reactivation": "came back",
    "expansion": "expansion",
    "contraction": "contraction",
    "churn": "churn",
    "fx": "exchange rates",
    "not_known": "became known or unknown",
    "closing": "after",
}
MOVEMENTS = BRIDGE | {"new": "new customer", "not_known": "not known"}
KEPT_APART = {
    "no_rate": "no exchange rate",
    "no_price": "price, seats or billing period not known",
    "no_account": "its account is not in the CRM",
}
REVENUE_KEPT = {"nrr_12m": "net", "grr_12m": "gross"}
PAYMENTS = (
    "failed_payments_90d",
    "payment_failure_rate_90d",
    "payment_recovery_rate_90d",
    "past_due_account_rate",
    "past_due_days_acct_mean",
)
# Columns of the table of months: heading and kind of number.
REVENUE = {
    "mrr": ("revenue a month", "money"),
    "new": ("new", "money"),
    "reactivation": ("came back", "money"),
    "expansion": ("expansion", "money"),
    "contraction": ("contraction", "money"),
    "churn": ("churn", "money"),
    "fx": ("exchange rates", "money_change"),
    "nrr_1m": ("net kept, month", "share"),
    "grr_1m": ("gross kept, month", "share"),
    "nrr_12m": ("net kept, 12 months", "share"),
    "grr_12m": ("gross kept, 12 months", "share"),
    "quick_ratio_mrr": ("won per lost", "number"),
    "arpa": ("per customer", "money"),
    "top_10_share": ("ten largest", "share"),
}
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
# Measures of a section, in the order of its table.
SENTIMENT = (
    "nps_90d",
    "nps_mrr_weighted_90d",
    "nps_response_rate_90d",
    "csat_90d",
    "csat_tickets_90d",
    "ces_mean_90d",
    "ces_easy_rate_90d",
    "survey_response_rate_90d",
    "silent_account_rate_365d",
)
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
SENTIMENT_TREND = {
    "nps_90d": ("net promoter score", "count"),
    "nps_response_rate_90d": ("response rate, NPS", "share"),
    "csat_90d": ("satisfied, surveys", "share"),
    "csat_tickets_90d": ("satisfied, solved tickets", "share"),
}
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
CSAT_TREND = {
    "csat_90d": "answers to surveys",
    "csat_tickets_90d": "ratings of solved tickets",
}
SENTIMENTS = {
    "promoting": "More promoters",
    "balanced": "As many of both",
    "detracting": "More detractors",
    "no answer": "No answer",
}
USAGE_LEVELS = {
    "more": "More than the median customer",
    "less": "As much as the median customer or less",
    "not known": "Seats not known",
}
# Two per cent is what the median of session lengths can be off by its buckets alone.
NOTICEABLE = 0.02
# With fewer than this a share would say more about chance than about the segment.
FEWEST = 5
LIFECYCLE = {
    "new_count": "new",
    "returning_count": "returning",
    "resurrected_count": "came back",
    "dormant_count": "went quiet",
}
# Columns of the retention table: heading and kind of number.
RETENTION = {
    "logo_churn_rate": ("customers lost", "share"),
    "early_churn_rate": ("lost in their first 90 days", "share"),
    "resurrected_customers": ("customers who came back", "count"),
    "grr_churn": ("revenue lost", "share"),
    "nrr_churn": ("net loss of revenue", "share"),
    "renewal_rate_logo": ("contracts renewed", "share"),
    "renewal_rate_value": ("revenue renewed", "share"),
    "save_rate": ("cancel requests taken back", "share"),
}
# Months of tenure at which survival is written out.
TENURES = (3, 6, 12, 24)
TENURE_BANDS = {
    "under 3 months": "under 3 months",
    "3 to 5 months": "3 to 5",
    "6 to 11 months": "6 to 11",
    "12 to 23 months": "12 to 23",
    "24 months and more": "24 and more",
    "all": "all",
}


def months_shown(rows: list[Row]) -> range:
    """Return the months after the start that any cohort has begun."""
    return range(max(row["interval_number"] for row in rows) + 1)


def is_enough(row: Row) -> bool:
    """Tell whether enough customers were watched up to here for a rate."""
    return row["fewest_at_risk_count"] >= FEWEST


def by_reason(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """Group churns by reason, the commonest first and the sums last."""
    counts = {
        (row["reason_kind"], row["reason"]): row["churn_count"]
        for row in rows
        if row["tenure_band"] == "all"
    }
    order = sorted(counts, key=lambda pair: (pair[0] == "all", -counts[pair], pair))
    return [
        (reason, [row for row in rows if (row["reason_kind"], row["reason"]) == (kind, reason)])
        for kind, reason in order
    ]


def band(code: str | None) -> Markup:
    """Return a band as icon and word."""
    icon, word = BANDS.get(code or "not_scored", ("", code))
    return Markup('<span class="band {}"><span aria-hidden="true">{}</span> {}</span>').format(
        code or "not_scored", icon, word
    )


def status(code: str | None) -> str:
    """Return in words why a value can or cannot be used."""
    return STATUSES.get(code or "", (code or "not known").replace("_", " "))


def source_status(code: str) -> Markup:
    """Return the state of a source as icon and word."""
    icon, word = SOURCE_STATUSES.get(code, ("", code))
    return Markup('<span class="state {}"><span aria-hidden="true">{}</span> {}</span>').format(
        code, icon, word
    )


def plain(code: str | None) -> str:
    """Return a code as words: underscores are for machines."""
    return (code or "").replace("_", " ")


def unit(code: str) -> str:
    """Return what stands under a number whose text does not carry its unit."""
    return "" if code in ("share", "seconds", "log change", "days", "currency") else code
    return "" if code in ("share", "seconds", "log change", "days", "money") else code


def rows_of(rows: list[Row], metrics: tuple[str, ...]) -> list[Row]:
    """Return the rows of the metrics, in the order in which they are named."""
    named = {row["metric"]: row for row in rows}
    return [named[metric] for metric in metrics if metric in named]


def no_ratio(row: Row, column: str) -> str:
    """Say why a ratio of a month is empty; without losses there is none to divide by."""
    code = row.cells.get(f"{column}_status")
    if code == "no_denominator" and column == "quick_ratio_mrr":
        return "no losses"
    return status(code) if code else "not known"
    return "" if code in ("share", "seconds", "s", "log change", "days") else code


def by_dimension(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """Group segments by dimension, those that are named here first."""
    order = dict.fromkeys([*DIMENSIONS, *(row["dimension"] for row in rows)])
    groups = [(code, [row for row in rows if row["dimension"] == code]) for code in order]
    return [(DIMENSIONS.get(code, code), group) for code, group in groups if group]


def trend(code: str) -> Markup:
    """Return a direction as icon and word; whether it is good the catalogue says, not the arrow."""
    icon, word = TRENDS.get(code, ("", code))
    return Markup('<span aria-hidden="true">{}</span> {}').format(icon, word)


def dimension(code: str) -> str:
    """Return the name of a dimension."""
    return DIMENSIONS.get(code, plain(code))


def reading(row: Row) -> str:
    """Say whether a metric changed for the better; only where the catalogue has a direction."""
    change, direction = row["change"], row["direction"]
    if change is None or direction not in ("higher", "lower"):
        return NONE
    if is_within_noise(row):
        return "= about the same"
    return "▲ better" if (change > 0) == (direction == "higher") else "▼ worse"


def is_within_noise(row: Row) -> bool:
    """Tell whether a change is too small to have a direction."""
    if row["interval_low"] is not None:
        return row["interval_low"] <= row["earlier_value"] <= row["interval_high"]
    relative = row["relative_change"]
    return row["change"] == 0 or (relative is not None and abs(relative) < NOTICEABLE)


def outcome(passed: bool, severity: str) -> Markup:
    """Return the outcome of a check as icon and word."""
    if severity == "info":
        return Markup(
            '<span class="state absent"><span aria-hidden="true">○</span> not checked</span>'
        )
    if passed:
        return Markup('<span class="state present"><span aria-hidden="true">●</span> passed</span>')
    code = "bad" if severity == "critical" else "stale"
    return Markup(
        '<span class="state {}"><span aria-hidden="true">▼</span> failed, {}</span>'
    ).format(code, severity)
