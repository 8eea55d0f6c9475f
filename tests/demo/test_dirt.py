"""The truth about dirt equals a count of the written files by other means."""

from datetime import datetime, timedelta

import pytest

from tests.demo.recount import Recount, contracts, parsed

# Catalogues are seeds unless they land, what the machine writes about its runs and what it learns
# never land, and the invented company has one name for an account in all its systems.
NOT_WRITTEN = ("catalogue/", "run/", "outlook/", "crm/account_keys")
CONTRACTS = {name: table for name, table in contracts().items() if not name.startswith(NOT_WRITTEN)}


@pytest.fixture(scope="module")
def recounts(tiny):
    return {
        name: Recount(name, contract, tiny.readable_files(name))
        for name, contract in CONTRACTS.items()
    }


@pytest.fixture(params=CONTRACTS)
def pair(request, tiny, recounts):
    """Return what the truth says about a table, and what the recount finds."""
    return tiny.dirt["tables"][request.param.replace("/", "_")], recounts[request.param]


def test_lines_are_as_many_as_the_truth_says(pair):
    assert pair[0]["lines"] == pair[1].lines


def test_every_refused_line_is_counted_under_its_kind(pair):
    assert pair[0]["quarantined"] == dict(pair[1].quarantined)


def test_duplicates_are_as_many_as_the_truth_says(pair):
    assert pair[0]["duplicates"] == pair[1].duplicates


def test_rejected_rows_are_as_many_as_the_truth_says(pair):
    assert sum(pair[0]["rejected"].values()) == pair[1].rejected


def test_unreadable_optional_values_are_counted_by_column(pair):
    assert pair[0]["warnings"] == dict(pair[1].warnings)


def test_rows_with_unknown_columns_are_counted(pair):
    assert pair[0]["rows_with_unknown_columns"] == pair[1].unknown


def test_lines_balance(pair):
    truth = pair[0]
    assert truth["lines"] == truth["loaded"] + sum(truth["quarantined"].values())
    left = truth["duplicates"] + sum(truth["rejected"].values())
    assert truth["loaded"] == truth["kept"] + left == len(pair[1].kept) + left


def test_late_and_skewed_events_are_counted(tiny, recounts):
    notes = tiny.dirt["tables"]["product_events"]["notes"]
    wait = [row["received_at"] - row["event_ts"] for row in recounts["product/events"].kept]
    assert notes["late"] == sum(w >= timedelta(hours=1) for w in wait)
    assert notes["clock_skew_kept"] == sum(w < timedelta(0) for w in wait)


def test_machines_are_counted_by_how_they_give_themselves_away(tiny, recounts):
    notes, kept = (
        tiny.dirt["tables"]["product_events"]["notes"],
        recounts["product/events"].kept,
    )
    patterns = ("bot", "crawler", "spider", "headless", "uptime", "curl/", "python-requests")
    agents = [row["user_agent"].lower() for row in kept]
    assert notes["bot_by_user_agent"] == sum(any(p in a for p in patterns) for a in agents) > 0
    assert notes["bot_by_network"] == sum(row["ip"].startswith("192.0.2.") for row in kept) > 0


def test_events_of_our_own_people_are_counted(tiny, recounts):
    notes = tiny.dirt["tables"]["product_events"]["notes"]
    ours = {
        row["user_id"]
        for row in recounts["crm/users"].kept
        if row["is_internal"] or row["email"].endswith("@northbeam.example")
    }
    found = sum(row.get("user_id") in ours for row in recounts["product/events"].kept)
    assert notes["by_internal_users"] == found > 0


def test_epoch_numbers_are_counted(tiny):
    paths = tiny.readable_files("surveys/responses")
    rows = [row for path in paths for row in parsed(path) if isinstance(row, dict)]
    good = [r for r in rows if not (r["response_id"] or "bad").startswith("bad")]
    found = sum(row["responded_at"].isdigit() for row in good)
    notes = tiny.dirt["tables"]["surveys_responses"]["notes"]
    assert notes["epoch_timestamps"] == found > 0


def test_nothing_is_received_after_the_last_day(recounts):
    end = datetime(2026, 11, 1)
    assert max(row["received_at"] for row in recounts["product/events"].kept) < end
    for table, column in (
        ("support/ticket_events", "event_at"),
        ("billing/payments", "attempted_at"),
        ("surveys/responses", "responded_at"),
        ("crm/account_users", "valid_from"),
        ("billing/subscriptions", "started_at"),
        ("status/incidents", "started_at"),
        ("product/error_logs", "occurred_at"),
    ):
        assert max(row[column] for row in recounts[table].kept) < end, table


def test_each_table_lands_in_a_format_and_all_formats_occur(tiny):
    endings = {
        "".join(path.suffixes[-2:]) if path.suffix in (".gz", ".zst") else path.suffix
        for table in CONTRACTS
        for path in tiny.readable_files(table)
    }
    assert endings >= {".jsonl", ".jsonl.gz", ".jsonl.zst", ".csv", ".csv.gz", ".parquet"}
