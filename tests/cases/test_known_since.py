"""Whole exports every day: what was known on a past day is known of it, and an end stays.

One company exports to the same name each day, and its CRM's connector to a new one. Rows are
added and none is changed, so that nothing of what was known is gone.
"""

import json
from datetime import UTC, date, datetime

import pytest

from tests.cases.built import asking, build, relation, write_landing

LAST_DAY = date(2026, 11, 12)
MODELS = ["dim_accounts", "int_subscriptions_deduplicated", "fct_row_reconciliation"]
BEGAN = "2026-06-01T00:00:00Z"
EVENTS = [
    {"event_id": f"e{day}", "event_name": "opened", "user_id": "u1", "account_id": "1"}
    | {"event_ts": f"2026-11-{day:02}T09:00:00Z"}
    for day in range(1, 13)
]
# The subscription that is canceled has neither an end nor a period that could tell one.
SUBSCRIPTIONS = [
    {"subscription_id": f"s{number}", "account_id": str(number), "started_at": BEGAN}
    | {"status": "canceled" if number == 1 else "active"}
    for number in range(1, 5)
]


def arrive(landing, day, count):
    """Export what there is on a day: of each thing so many."""
    write_landing(landing, {"billing/subscriptions": SUBSCRIPTIONS[:count]})
    companies = [
        {"id": number, "property_name": f"n{number}", "property_lifecyclestage": "customer"}
        | {"property_createdate": "2026-01-01 00:00:00"}
        for number in range(1, count + 1)
    ]
    changes = [
        {"company_id": number, "name": "industry", "value": "mining"}
        | {"timestamp": "2026-01-05 08:00:00"}
        for number in range(1, count + 1)
    ]
    for table, rows in {"company": companies, "company_property_history": changes}.items():
        path = landing / f"hubspot/{table}/2026-11-{day}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.fixture(scope="module")
def days(tmp_path_factory):
    """Build two days, and the first again as it was known; return what each says."""
    folder = tmp_path_factory.mktemp("days")
    contacts = [{"id": 1, "property_email": "a@b.example"}]
    landing = write_landing(
        folder / "landing", {"product/events": EVENTS, "hubspot/contact": contacts}
    )
    said = []
    for day, count, known_on in ((11, 2, None), (12, 4, None), (12, 4, date(2026, 11, 11))):
        arrive(landing, day, count)
        loaded_at = datetime(2026, 11, day, 6, tzinfo=UTC)
        ask = asking(
            build(folder, landing, MODELS, LAST_DAY, loaded_at=loaded_at, known_on=known_on)
        )
        tables = {
            "accounts": "select account_id, industry from marts.dim_accounts order by 1",
            "ends": "select subscription_id, ended_at from "
            f"{relation('int_subscriptions_deduplicated')} order by 1",
            "lines": "select system, table_name, lines_read, rows_kept, unaccounted from "
            "marts.fct_row_reconciliation where lines_read > 0 or unaccounted <> 0 order by all",
        }
        said.append({name: ask(query) for name, query in tables.items()})
    return said


def test_a_past_day_is_built_again_as_it_was_known(days):
    first, second, again = days
    assert len(second["accounts"]) == 4
    assert again == first


def test_what_was_canceled_without_an_end_ended_when_that_was_first_said(days):
    ends = [dict(day["ends"])["s1"] for day in days]
    assert ends == [datetime(2026, 11, 11, 6)] * 3


def test_each_line_is_accounted_for(days):
    assert {row[-1] for day in days for row in day["lines"]} == {0}
