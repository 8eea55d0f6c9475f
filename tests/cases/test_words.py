"""Every column of words in every spelling: canonical, as well-known systems say it, nonsense."""

import csv
import json
import random
from datetime import date
from pathlib import Path

import pytest

from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.landing.contract import SourceTable, declared_tables
from tests.cases.built import asking, build, write_landing
from tests.conftest import settings_in

ROOT = Path(__file__).parents[2]
AS_OF = date(2026, 10, 31)
STAGED_AS = {
    ("support.tickets", "type"): "ticket_type",
    ("crm.interventions", "type"): "intervention_type",
    ("crm.interventions", "trigger"): "trigger_type",
    ("billing.subscription_items", "interval"): "billing_interval",
    ("product.performance_logs", "metric"): "measurement",
    ("crm.opportunities", "type"): "opportunity_type",
    ("crm.contacts", "role"): "contact_role",
    ("billing.commitments", "kind"): "commitment_kind",
}
UNHEARD = "Quite Unheard-of"
# An account is a customer where the export does not say.
TAKEN_FOR = {("crm.accounts", "account_type"): "customer"}
VALUES = {
    "timestamp": "2026-10-01T08:00:00Z",
    "date": "2026-10-01",
    "integer": 5,
    "bigint": 5,
    "double": 5.0,
    "boolean": True,
}
OWN = [
    ("billing", "subscriptions", "status", "Wohl dem", "active"),
    ("billing", "subscriptions", "status", "expired", "paused"),  # against the seed: it goes first
    ("billing", "subscriptions", "status", "odd", "no-such-status"),
    ("product", "events", "platform", "Kiosk-Terminal", "kiosk"),
]


def spelled(word: str, drawn: random.Random) -> str:
    """Write a word as somebody's export might."""
    written = drawn.choice([word.upper(), word.title(), word.capitalize(), f" {word} "])
    return written.replace("_", drawn.choice(["_", " ", "-", "", " - "]))


def words_of(settings) -> dict[tuple[str, str], dict]:
    """Return the contract's words by table and column."""
    manifest = prepare_manifest(settings)
    return {
        (f"{source['source_name']}.{source['name']}", name): column["config"]["meta"]
        for source in manifest["sources"].values()
        for name, column in source["columns"].items()
        if column["config"]["meta"].get("words")
    }


def row_of(table: SourceTable, number: int, contract, **values) -> dict:
    """Return a row that no rule refuses, with these values."""
    row = {}
    for column in table.columns:
        words = contract.get((f"{table.system}.{table.name}", column.name), {}).get("words")
        if column.required or column.name in table.identity or column.name == "user_id":
            given = VALUES.get(column.data_type, f"{column.name}-{number}")
            row[column.name] = words[-1] if words else given
    return row | values


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """Land a row for every column and spelling; return what was said, and how to ask."""
    folder = tmp_path_factory.mktemp("words")
    settings = settings_in(folder, folder / "landing")
    contract, drawn = words_of(settings), random.Random(4)
    tables = {f"{t.system}.{t.name}": t for t in declared_tables(prepare_manifest(settings))}
    with (ROOT / "dbt_project/seeds/source_words.csv").open() as file:
        seeded = list(csv.DictReader(file))
    expected, rows = [], {name: [] for name in tables}

    def say(table, column, word, means):
        number = len(rows[table])
        rows[table].append(row_of(tables[table], number, contract, **{column: word}))
        expected.append((table, column, len(rows[table]), word, means))

    for (table, column), meta in contract.items():
        for word in meta["words"]:
            say(table, column, word, word)
            say(table, column, spelled(word, drawn), word)
        kept = meta.get("keeps_other_words")
        say(table, column, UNHEARD, UNHEARD if kept else TAKEN_FOR.get((table, column)))
    for line in seeded:
        table = f"{line['system']}.{line['table_name']}"
        if (line["column_name"], line["said"]) != ("status", "expired"):
            say(table, line["column_name"], line["said"], line["means"])
    say("billing.subscriptions", "status", "wohl-dem", "active")
    say("billing.subscriptions", "status", "EXPIRED", "paused")
    say("billing.subscriptions", "status", "Odd", None)
    say("product.events", "platform", "kiosk terminal", "kiosk")
    say("support.tickets", "status", "n/a", None)
    for own in OWN:
        keys = ("system", "table_name", "column_name", "said", "means")
        rows["catalogue.words"].append(dict(zip(keys, own, strict=True)))
    for name, lines in rows.items():
        if lines:
            path = settings.landing / name.replace(".", "/") / "rows.jsonl"
            path.parent.mkdir(parents=True)
            path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    staged = sorted({f"stg_{table.replace('.', '__')}" for table, _ in contract})
    settings = build(folder, settings.landing, [*staged, "stg_run__unknown_words"], AS_OF)
    return expected, asking(settings)


def test_every_spelling_of_every_word_is_read_as_the_word_that_it_means(said):
    expected, ask = said
    assert len(expected) > 1000
    wrong = []
    for table, column in sorted({(table, column) for table, column, *_ in expected}):
        staged = STAGED_AS.get((table, column), column)
        model = f"staging.stg_{table.replace('.', '__')}"
        read = dict(ask(f'select landed_line, "{staged}" from {model}'))
        wrong += [
            (table, column, word, means, read[line])
            for at, of, line, word, means in expected
            if (at, of) == (table, column) and read[line] != means
        ]
    assert not wrong


def test_what_nobody_explains_is_named_with_its_file_and_line_and_nothing_else_is(said):
    expected, ask = said
    named = {
        (f"{system}.{table}", column, line, word)
        for system, table, column, word, line in ask(
            "select system, table_name, column_name, word, landed_line "
            "from staging.stg_run__unknown_words"
        )
    }
    # "n/a" says that nothing is told, which nobody has to explain.
    unheard = {
        (table, column, line, word)
        for table, column, line, word, means in expected
        if word == "Odd" or (word == UNHEARD and means != UNHEARD)
    }
    assert named == unheard
    assert len(unheard) > 20


def test_the_history_of_a_ticket_speaks_the_words_of_the_ticket(tmp_path):
    changes = [
        ("status", "Open", "Waiting for customer"),
        ("State", "open", "RESOLVED"),
        ("priority", "Medium", "Highest"),
        ("status", "open", "gone fishing"),
    ]
    path = tmp_path / "landing/support/ticket_events/history.jsonl"
    path.parent.mkdir(parents=True)
    lines = [
        {"ticket_id": "t", "event_at": VALUES["timestamp"], "seq": number, "field": field,
         "old": old, "new": new}
        for number, (field, old, new) in enumerate(changes)
    ]  # fmt: skip
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    event = {"event_name": "login", "user_id": "u", "event_ts": "2026-10-31T08:00:00Z"}
    write_landing(tmp_path / "landing", {"product/events": [event]})
    models = ["stg_support__ticket_events", "stg_run__unknown_words"]
    ask = asking(build(tmp_path, tmp_path / "landing", models, AS_OF))
    assert ask(
        "select field, old_value, new_value from staging.stg_support__ticket_events order by all"
    ) == [
        ("priority", "normal", "urgent"),
        ("status", "open", "pending"),
        ("status", "open", "solved"),
        ("status", "open", None),
    ]
    assert ask("select column_name, word from staging.stg_run__unknown_words") == [
        ("new", "gone fishing")
    ]
