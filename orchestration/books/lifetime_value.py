"""What the worth of a customer rests on; ``lifetime_value.book`` writes it."""

LIFETIME_VALUE_BOOKS = {
    "lifetime_value_parameters": {
        "fitted_on": "date",
        "method": "varchar",
        "dimension": "varchar",
        "segment": "varchar",
        "term_months": "integer",
        "draw": "integer",
        **dict.fromkeys(("alpha", "beta", "r", "a", "b", "p", "q", "gamma"), "double"),
        "status": "varchar",
        "reason": "varchar",
        "customer_count": "bigint",
        "event_count": "bigint",
        "observed_periods": "double",
        "log_likelihood": "double",
        "seed": "bigint",
        "data_hash": "varchar",
        "code_version": "varchar",
    },
}
