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
    "industry": "Industry",
    "country": "Country",
}
STAGES = {"landing": "landing files", "identity": "whose event it is"}
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
    return "" if code in ("share", "seconds", "log change", "days") else code


def by_dimension(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """Group segments by dimension, those that are named here first."""
    order = dict.fromkeys([*DIMENSIONS, *(row["dimension"] for row in rows)])
    groups = [(code, [row for row in rows if row["dimension"] == code]) for code in order]
    return [(DIMENSIONS.get(code, code), group) for code, group in groups if group]


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
