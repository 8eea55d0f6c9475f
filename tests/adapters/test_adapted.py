import shutil
from datetime import UTC, datetime

import duckdb
import pytest

from orchestration.adapters.adapt import land
from orchestration.adapters.definition import FOLDER, Write
from orchestration.adapters.golden import landed, told_rows
from orchestration.adapters.known import known_adapters
from orchestration.adapters.our_contract import landing_tables

TABLES = landing_tables()
MOMENT = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def warehouse(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("set timezone = 'UTC'")
        yield connection
    assert not path.with_name("warehouse.duckdb.adapted").exists()


def golden(name, landing):
    shutil.copytree(FOLDER / name / "golden" / "in", landing, dirs_exist_ok=True)
    return landing


def load(warehouse, landing):
    said = []
    done = land(warehouse, TABLES, landing, MOMENT, said.append)
    return {f"{load.system}/{load.table}": load for load in done if load.files}, said


@pytest.mark.parametrize("adapter", known_adapters(), ids=lambda adapter: adapter.name)
def test_a_second_load_of_the_same_files_loads_nothing(adapter, warehouse, tmp_path):
    landing = golden(adapter.name, tmp_path / "landing")
    first, _ = load(warehouse, landing)
    assert first
    again, _ = load(warehouse, landing)
    assert again == {}


def test_a_new_file_of_events_is_all_that_the_next_day_reads(warehouse, tmp_path):
    landing = golden("segment/json", tmp_path / "landing")
    load(warehouse, landing)
    new = landing / "segment" / "2026-05-05" / "batch-1.jsonl"
    new.parent.mkdir()
    new.write_text(
        '{"messageId":"n1","type":"track","event":"Run","userId":"u1",'
        '"timestamp":"2026-05-05T10:00:00Z"}\n'
    )
    done, _ = load(warehouse, landing)
    assert done["product/events"].files == ["segment/2026-05-05/batch-1.jsonl"]
    assert warehouse.execute("select count(*) from raw.product_events").fetchone() == (6,)


def test_day_by_day_gives_the_rows_that_all_at_once_gives(warehouse, tmp_path):
    whole = golden("stripe/fivetran", tmp_path / "whole")
    landing = tmp_path / "landing"
    names = ["charge.csv", "subscription_item.csv", "price", "invoice_line_item.csv"]
    for name in [*names, "subscription.csv", "coupon.csv", "subscription_discount.csv"]:
        source, target = whole / "stripe" / name, landing / "stripe" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
        load(warehouse, landing)
    expected, quarantine = landed(whole, TABLES)
    (table,) = [table for table in TABLES if table.folder == "billing/subscription_items"]
    assert list(told_rows(warehouse, table)) == expected["billing/subscription_items"]
    assert warehouse.execute("select count(*) from raw.quarantine").fetchone() == (len(quarantine),)


def test_a_table_whose_files_were_all_taken_away_is_named(warehouse, tmp_path):
    landing = golden("stripe/fivetran", tmp_path / "landing")
    _, said = load(warehouse, landing)
    assert not any("taken away" in text for text in said)
    (landing / "stripe" / "invoice_line_item.csv").unlink()
    _, said = load(warehouse, landing)
    (text,) = [text for text in said if "taken away" in text]
    assert text.startswith("Not read: stripe/invoice_line_item, whose files were taken away")
    # A day of a stream that went to an archive is no table that is gone.
    day = golden("segment/json", tmp_path / "landing") / "segment"
    load(warehouse, landing)
    first = sorted(path for path in day.iterdir())[0]
    shutil.move(first, tmp_path / "archive")
    assert not any(
        "segment" in text and "taken away" in text for text in load(warehouse, landing)[1]
    )


@pytest.mark.parametrize(
    ("name", "path", "table"),
    [
        ("zendesk/fivetran", "zendesk/user.csv", "zendesk/user"),
        ("stripe/fivetran", "stripe/coupon.csv", "stripe/coupon"),
        ("intercom/airbyte", "intercom/contacts", "intercom/contacts"),
        # What an export button calls a table is no name of it.
        ("hubspot/export", "hubspot/my deals.csv", "hubspot/deals"),
    ],
)
def test_a_table_that_others_are_read_with_is_named_as_long_as_its_files_are_away(
    warehouse, tmp_path, name, path, table
):
    landing = golden(name, tmp_path / "landing")
    _, said = load(warehouse, landing)
    assert not any("taken away" in text for text in said)
    shutil.move(landing / path, tmp_path / "kept")
    for _ in range(2):
        (text,) = [text for text in load(warehouse, landing)[1] if "taken away" in text]
        assert text.startswith(f"Not read: {table}, whose files were taken away")
    shutil.move(tmp_path / "kept", landing / path)
    assert not any("taken away" in text for text in load(warehouse, landing)[1])


def test_a_warehouse_of_before_names_what_was_taken_away_as_far_as_it_knows(warehouse, tmp_path):
    landing = golden("zendesk/fivetran", tmp_path / "landing") / "zendesk"
    load(warehouse, landing.parent)
    warehouse.execute("alter table raw.adapted_files drop column read_tables")
    (landing / "ticket_comment.csv").unlink()
    (text,) = [text for text in load(warehouse, landing.parent)[1] if "taken away" in text]
    assert text.startswith("Not read: zendesk/ticket_comment, whose")
    (landing / "user.csv").unlink()
    (text,) = [text for text in load(warehouse, landing.parent)[1] if "taken away" in text]
    assert text.startswith("Not read: zendesk/ticket_comment, zendesk/user, whose")


def test_a_file_of_which_a_later_one_says_all_is_in_no_book(warehouse, tmp_path):
    golden("hubspot/fivetran", tmp_path / "golden")
    export, landing = tmp_path / "golden" / "hubspot", tmp_path / "landing"
    for day in ("2026-05-04", "2026-05-05", "2026-05-06"):
        for file in sorted(path for path in export.rglob("*") if path.is_file()):
            table = file.relative_to(export).parts[0].split(".")[0]
            target = landing / "hubspot" / table / f"{day}-{file.name}"
            target.parent.mkdir(parents=True, exist_ok=True)
            # What somebody adds to a table each day.
            target.write_bytes(file.read_bytes())
            with target.open("a") as lines:
                lines.write("\n" * int(day[-1]))
        load(warehouse, landing)
    books = "select system, table_name, file, lines_read from raw.loads order by all"
    replays = "select system, table_name, file from raw.replays order by all"
    with duckdb.connect() as at_once:
        at_once.execute("set timezone = 'UTC'")
        load(at_once, landing)
        for book in (books, replays):
            assert warehouse.execute(book).fetchall() == at_once.execute(book).fetchall()


def test_two_dialects_in_one_folder_are_named_with_file_and_columns_and_none_is_read(tmp_path):
    landing = golden("stripe/fivetran", golden("stripe/airbyte", tmp_path / "landing"))
    said = []
    found, _ = landed(landing, TABLES, said.append)
    assert found == {}
    (text,) = [text for text in said if "two dialects in one folder" in text]
    for named in ("stripe/airbyte", "stripe/fivetran", "customer_id", "stripe/subscription"):
        assert named in text


def test_a_file_of_another_dialect_among_those_of_a_table_is_named(tmp_path):
    landing = golden("stripe/fivetran", tmp_path / "landing")
    other = landing / "stripe" / "customer"
    other.mkdir()
    shutil.move(landing / "stripe" / "customer.csv", other / "1.csv")
    (other / "2.jsonl").write_text('{"id":"cus_9","email":"a@b.example","_dlt_id":"x"}\n')
    said = []
    found, _ = landed(landing, TABLES, said.append)
    assert found == {}
    assert any("stripe/customer/2.jsonl has the columns of stripe/dlt" in text for text in said)


def test_columns_that_were_missed_are_named_and_nothing_is_guessed(tmp_path):
    folder = tmp_path / "stripe"
    folder.mkdir()
    (folder / "subscription.csv").write_text("id,customer_id,state\nsub_1,cus_1,active\n")
    said = []
    found, _ = landed(tmp_path, TABLES, said.append)
    assert found == {}
    assert any("status, start_date" in text for text in said)


def test_a_load_of_dlt_that_is_not_complete_waits_and_is_read_when_it_is(warehouse, tmp_path):
    landing = golden("hubspot/dlt", tmp_path / "landing")
    _, said = load(warehouse, landing)
    assert any("1790000001.5.bbbbbbbbbb.jsonl waits for the next run" in text for text in said)
    (landing / "hubspot" / "_dlt_loads" / "1790000001.5.0.jsonl").write_text(
        '{"load_id":"1790000001.5","status":0}\n'
    )
    done, _ = load(warehouse, landing)
    assert done["crm/accounts"].files == ["hubspot/companies/1790000001.5.bbbbbbbbbb.jsonl"]


def test_a_folder_with_nothing_but_the_state_of_a_connector_is_named(tmp_path):
    (tmp_path / "stripe").mkdir()
    (tmp_path / "stripe" / "state.json").write_text("{}")
    said = []
    landed(tmp_path, TABLES, said.append)
    assert any("stripe" in text and "state" in text for text in said), said


def test_lines_that_are_broken_go_to_quarantine_once_with_the_vendors_file_and_line(tmp_path):
    _, quarantine = landed(golden("stripe/fivetran", tmp_path), TABLES)
    broken = [row for row in quarantine if row["reason"] == "not valid JSON"]
    assert [(row["file"], row["line"]) for row in broken] == [("stripe/price/part-1.jsonl", 3)]


def test_a_file_that_cannot_be_read_is_refused_by_the_vendors_name(tmp_path):
    landing = golden("segment/json", tmp_path)
    (landing / "segment" / "2026-05-04" / "cut.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00cut")
    said = []
    _, quarantine = landed(landing, TABLES, said.append)
    assert [row["file"] for row in quarantine if row["line"] is None] == [
        "segment/2026-05-04/cut.jsonl.gz"
    ]


def test_what_a_killed_load_left_is_removed_though_no_folder_is_read_any_more(warehouse, tmp_path):
    left = tmp_path / "warehouse.duckdb.adapted" / "0"
    left.mkdir(parents=True)
    (left / "1.parquet").write_bytes(b"rows")
    (tmp_path / "landing").mkdir()
    load(warehouse, tmp_path / "landing")
    assert not left.exists()


def test_a_message_of_the_engine_about_a_value_shows_no_value(warehouse, tmp_path, monkeypatch):
    """An adapter casts by macros that give NULL; one that does not tells nobody what it met."""
    landing = golden("segment/json", tmp_path / "landing")
    failing = "select cast('ada@secret.example' as integer) as a, 1 as landed_file from range(1)"
    monkeypatch.setattr(Write, "text", property(lambda _: failing))
    (landing / "crm" / "users").mkdir(parents=True)
    (landing / "crm" / "users" / "a.csv").write_text("user_id,created_at\nu1,2026-01-01\n")
    done, said = load(warehouse, landing)
    assert list(done) == ["crm/users"]
    [refused] = [text for text in said if text.startswith("Not read: the folder segment")]
    # The books of the loads name its files, so the page does not name it twice.
    assert warehouse.execute("select count(*) from raw.not_read").fetchone() == (0,)
    assert "ConversionException" in refused
    (booked,) = warehouse.execute(
        "select refusal from raw.loads where refusal is not null"
    ).fetchone()
    assert booked in refused
    assert "secret" not in "".join(said)
