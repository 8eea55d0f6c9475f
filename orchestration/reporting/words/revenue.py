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
