"""Who was drawn, what was recommended, and what plays did; ``plays`` writes them."""

PLAY_BOOKS = {
    # Who was drawn into which arm of a play, before it is offered, and what was recommended;
    # ``plays.issuing`` writes both.
    "play_assignments": {
        "play": "varchar",
        "account_id": "varchar",
        "arm": "varchar",
        "assigned_on": "date",
        "holdout_share": "double",
        "run_id": "varchar",
    },
    "published_actions": {
        "account_id": "varchar",
        "action_date": "date",
        "play": "varchar",
        "status": "varchar",
        "owner": "varchar",
        "due_date": "date",
        "run_id": "varchar",
    },
    # What plays did; ``plays.book`` writes it.
    "play_effects": {
        "fitted_on": "date",
        "play": "varchar",
        "outcome": "varchar",
        "method": "varchar",
        "is_randomised": "boolean",
        "status": "varchar",
        "reason": "varchar",
        "treated_count": "bigint",
        "control_count": "bigint",
        **dict.fromkeys(
            (
                *("treated_mean", "control_mean", "estimate", "estimate_low", "estimate_high"),
                *("p_value", "p_value_holm", "smallest_detectable"),
                *("imbalance_before", "imbalance_after"),
            ),
            "double",
        ),
        "most_unbalanced": "varchar",
        **dict.fromkeys(("pre_trend", "pre_trend_low", "pre_trend_high"), "double"),
        "placebo_kind": "varchar",
        **dict.fromkeys(("placebo", "placebo_low", "placebo_high"), "double"),
    },
}
