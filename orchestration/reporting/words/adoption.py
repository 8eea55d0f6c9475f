"""Features and new customers."""

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
