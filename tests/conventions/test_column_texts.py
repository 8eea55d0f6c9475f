"""The same column name has the same text, or stands here with the reason why it has several.

Staging speaks of a row of its source and marts of a row of their own, so each is asked by itself.
What many tables have is written once, in models/docs.md.
"""

import re
from pathlib import Path

import pytest

from tests.conventions.manifest import layer, models

DOCS = Path(__file__).parents[2] / "dbt_project/models/docs.md"

# Layers that are asked together, and the names with several texts in them, by their reason.
SEVERAL = {
    ("marts", "reports"): {
        "it counts what one row of its table is about": """
            account_count active_user_count adopting_account_count
            adopting_user_count at_risk_count attention_count came_count churn_count cohort_size
            eligible_account_count eligible_active_user_count
            error_session_count event_count file_count left_count measured_account_count
            moved_by_availability_count moved_by_model_count open_ticket_count other_band_count
            other_count other_retained_count point_count
            attempt_count day_count
            renewals_90d_not_healthy_count retained row_count sample_count scored_account_count
            scored_count session_count ticket_count unvalued_account_count
        """,
        "it is a day or an interval of what its table is about": """
            compared_date created_at date_day first_date grouped_on horizon_days interval_number
            last_date last_used_date matures_on released_on snapshot_date tenure_band tenure_days
            valid_from valid_to
        """,
        "it is a state or a name of what its table is about": """
            attention_reason band_order direction finding is_customer is_in_population is_internal
            is_open is_provisional kind label method override_rule platform reason status what
        """,
        "a play, a rule and an invoice each have one of their own": """
            due_date evidence measure outcome owner page priority problem rule severity subject
        """,
        "a list of everybody says of whom it is empty": """
            attention_rank
        """,
        "it is a value, and the table says of whom, over how long or when it is empty": """
            amount capture_rate change closing condition_value core_events_28d effect
            false_alarm_rate
            fx grr_12m grr_1m health_score
            highest_value lift
            lowest_value mean_component_score mean_health_score mean_points_lost
            median_lead_days metric_value
            mrr mrr_lost mrr_weighted_lift neutral_score nps nrr_12m
            nrr_1m opening p_value relative_change retention_rate
            score surprise_rate
        """,
        "one table says more, or means another: a draft, the person, the first paid day": """
            band channel comparison country dimension end_kind is_outage
            metric model_version_id nrr_12m_status plan segment topic
        """,
    },
    ("staging",): {
        "what came of a call, and what it is measured by": "outcome",
        "it says what the column of its source is about": """
            age_band as_of_date channel column_name country created_at due_at ended_at event_id
            event_name
            feature_id is_core label landed_file landed_line means measure occurred_at owner_id
            plan_id quantity reason release_id role row_count sent_at started_at status subject
            updated_at valid_from valid_to
        """,
    },
}


def texts(layers):
    """Return the tables of every text of every column name."""
    found = {}
    for model in models():
        if layer(model) in layers:
            for column in model["columns"].values():
                tables = found.setdefault(column["name"], {})
                tables.setdefault(column["description"], []).append(model["name"])
    return found


@pytest.mark.parametrize("layers", SEVERAL, ids=" and ".join)
def test_a_column_name_has_one_text_or_is_listed_with_the_reason(layers):
    listed = {name for names in SEVERAL[layers].values() for name in names.split()}
    several = {name: list(found.items()) for name, found in texts(layers).items() if len(found) > 1}
    unlisted = "\n".join(
        f"{name}: {text!r} in {', '.join(tables)}"
        for name in sorted(set(several) - listed)
        for text, tables in several[name]
    )
    assert not unlisted, f"give each one text, best a block of {DOCS.name}\n{unlisted}"
    assert not listed - set(several), "these have one text by now, so take them off the list"


def test_every_block_is_the_text_of_a_column():
    blocks = re.findall(r"{% docs (\w+) %}\n(.*?)\n{% enddocs %}", DOCS.read_text(), re.S)
    used = {column["description"] for model in models() for column in model["columns"].values()} | {
        model["description"] for model in models()
    }
    assert blocks
    assert [name for name, text in blocks if text.strip() not in used] == []
