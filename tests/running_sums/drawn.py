"""Rows for a test of running sums, drawn by the names of tables and columns.

Happenings begin well before the first day of any spine, and spines have gaps: a customer who comes
back has no days between.
"""

import random
from collections.abc import Sequence
from typing import Any

ACCOUNTS = ["a1", "a2"]
LAST_DAY = 110
FIRST_SPINE_DAY = 40
CHOICES: dict[str, Sequence[Any]] = {
    "account_id": ACCOUNTS,
    "user_id": ["u1", "u2", "u3"],
    "entity_id": ["u1", "u2"],
    "entity": ["user", "account"],
    "feature_id": ["f1", "f2"],
    "role": ["analyst", "buyer", "admin"],
    "platform": ["web", "ios"],
    "survey_type": ["nps", "nps", "csat"],
    "measure": ["opened", "reopened"],
    "audience": ["account", "active", "provisioned"],
    "kind": ["feature", "day", "day"],
    "recurring": ["r1", "r2", "r3", "r4", "r5", "r6"],
    "importance": [1, 2, 3],
    "offer_number": [1, 2, 3, 4, 5, 6],
    "score": [0, 9, 10, None],
    "core_event_count": [0, 1, 5],
    "core_min_count": [1, 3, 6],
    "core_user_count": [1, 2],
    "ticket_id": ["t1", "t2", "t3", "t4", "t5", "t6"],
    "ticket_type": ["question", "problem", None],
    "subject": ["any", "x"],
    "amount": [0, 1, 2],
    "threshold": [2, 5],
    "bucket": [*range(90, 130)],
    "session_count": [1, 2, 5],
}
# What a column holds in one table only.
CHOSEN: dict[str, dict[str, Sequence[Any]]] = {
    "dim_features": {"platforms": [None, "web", "web|ios"]},
    "int_user_reach_spans": {"platforms": ["web", "web|ios"]},
    "int_user_usage_summed_to_days": {"platform": ["web", "ios", "unknown"]},
    "onboarding_milestones": {"subject": [None, "x"]},
    "int_session_length_buckets_daily": {},
}
ANY = {"roles": None, "platforms": "any", "plan_id": "p", "reach": "p;any;any"}
# What may be there twice is drawn as it comes; anything else would be refused by its grain.
GRAIN = {
    "int_account_entitlements": ("account_id", "feature_id"),
    "int_feature_offers": ("offer_number",),
    "int_feature_entitlements": ("feature_id",),
    "dim_features": ("feature_id",),
    "dim_users": ("user_id",),
    "fct_tickets": ("ticket_id",),
    "int_ticket_intervals": ("ticket_id", "measure"),
    "fct_user_activity_daily": ("account_id", "user_id", "activity_date"),
    "int_onboarding_amounts": ("account_id", "measure", "subject", "activity_date"),
    "int_session_length_buckets_daily": ("dimension", "segment", "bucket", "activity_date"),
}
COUNTED = {
    "int_habit_recurrences": 400,
    "int_champions_matched_to_accounts": 6,
    "dim_users": 6,
    "int_active_user_days": 30,
    "int_feature_offers": 12,
    "int_feature_entitlements": 12,
    "int_account_entitlements": 12,
    "int_feature_adoption_spans": 15,
    "dim_features": 4,
    "fct_tickets": 12,
    "int_ticket_intervals": 12,
    "fct_user_activity_daily": 250,
    "int_user_usage_summed_to_days": 120,
    "int_onboarding_amounts": 40,
    "int_session_length_buckets_daily": 60,
    "int_memberships_dated": 15,
}


def spine(rng: random.Random) -> list[int]:
    """Draw the days of an account: one or two unbroken runs."""
    days: set[int] = set()
    for _ in range(rng.randint(1, 2)):
        first = rng.randint(FIRST_SPINE_DAY, LAST_DAY - 10)
        days |= set(range(first, min(first + rng.randint(1, 30), LAST_DAY)))
    return sorted(days)


def rows(table: str, columns: str, rng: random.Random) -> list[tuple]:
    """Draw the rows of a table."""
    names = [column.split()[0] for column in columns.split(", ")]
    if table == "int_days_spined":
        return [(day,) for day in range(FIRST_SPINE_DAY, LAST_DAY)]
    if table == "dim_source_coverage":
        told = [None, *range(LAST_DAY)]
        return [(name, rng.choice(told)) for name in ("surveys_responses", "crm_account_users")]
    if table in ("int_account_days_spined", "fct_subscriptions_daily"):
        others = tuple(ANY[name] for name in names[2:])
        return [(account, day, *others) for account in ACCOUNTS for day in spine(rng)]
    if table == "fct_account_segments_daily":
        return [
            (account, day, dimension, segment)
            for account in ACCOUNTS
            for day in spine(rng)
            for dimension, segment in (
                ("all", "all"),
                ("platform", rng.choice(["web", "ios"])),
                ("plan", rng.choice(["x", "y"])),
            )
        ]
    is_by_segment = "activity_date" in names and names[0] == "dimension"
    if is_by_segment and "user_id" not in names and table not in CHOSEN:
        return segment_days(names, rng)
    drawn = {}
    for number in range(COUNTED.get(table, rng.randint(0, 10))):
        row = one(names, number, rng)
        row |= {name: rng.choice(values) for name, values in CHOSEN.get(table, {}).items()}
        grain = GRAIN.get(table, names)
        drawn[tuple(row[name] for name in grain)] = tuple(row[name] for name in names)
    return list(drawn.values())


def segment_days(names: list[str], rng: random.Random) -> list[tuple]:
    """Draw a row for each segment on its days."""
    drawn = []
    for dimension, segment in (("all", "all"), ("platform", "web"), ("platform", "ios")):
        for day in spine(rng):
            row = {**ANY, "role": "any", "dimension": dimension, "segment": segment}
            row["activity_date"] = day
            drawn.append(tuple(row.get(name, rng.randint(0, 3)) for name in names))
    return drawn


def one(names: list[str], number: int, rng: random.Random) -> dict[str, Any]:
    """Draw one row: a happening of one day, or a span."""
    day = rng.randint(0, LAST_DAY)
    row: dict[str, Any] = dict(ANY)
    row["dimension"], row["segment"] = rng.choice([("all", "all"), ("platform", "web")])
    row |= {name: rng.choice(CHOICES[name]) for name in names if name in CHOICES}
    for name in names:
        if name in ("first_date", "counted_from") or (name.endswith("_date") and name not in row):
            row[name] = day
        if name in ("end_date", "last_date", "counted_to"):
            row[name] = day + rng.randint(1, 60)
        if name.startswith("is_"):
            row[name] = rng.random() < 0.5
    if "response_id" in names:
        # One moment a person and day, as the model takes the later of two by their identifiers.
        row |= {"response_id": f"r{number:03}", "responded_at": row["response_date"]}
        row["user_id"] = rng.choice(["u1", "u2", None])
    if "role" in names and "audience" in names:
        row["role"] = "any"
    return row
