"""What moved revenue, and what is in no sum."""

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
    "no_currency": "no currency told",
    "no_price": "price, seats or billing period not known",
    "no_account": "its account is not in the CRM",
}
# What was missing where a customer was lost.
FAILURE_MODES = {
    "not_landed": "the data that would have shown it",
    "nothing_to_see": "nothing to see",
    "no_rule": "a rule: the score was low, and nothing said so",
    "not_told": "somebody who was told",
    "not_acted": "somebody who acted",
    "acted_in_vain": "nothing: somebody acted, in vain",
    "ended_as_agreed": "nothing: the term ran out as agreed",
}
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
