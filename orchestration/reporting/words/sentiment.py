"""What customers say."""

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
SENTIMENT_TREND = {
    "nps_90d": ("net promoter score", "count"),
    "nps_response_rate_90d": ("response rate, NPS", "share"),
    "csat_90d": ("satisfied, surveys", "share"),
    "csat_tickets_90d": ("satisfied, solved tickets", "share"),
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
