"""Ten persons in every text column, file name and header: after an erasure no byte names them."""

import gzip
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from orchestration.commands.erase import erase
from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.landing.contract import SourceTable, declared_tables
from orchestration.landing.load import land
from orchestration.warehouse.connection import Warehouse
from tests.conftest import settings_in
from tests.orchestration.marks import cells_with, files_with

pytestmark = pytest.mark.exhaustive

DAY = "2026-10-10T10:00:00Z"
NUMBERS = [f"usr_77{n:04}" for n in range(10)]
ADDRESSES = [f"person.{n}.planted@orchid-{n}.example" for n in range(10)]
MARKS = [*NUMBERS, *ADDRESSES]
OTHER = "usr_880001"


def value(table: SourceTable, column, person: int):
    number, address = NUMBERS[person], ADDRESSES[person]
    if column.identifies == "person":
        return number
    if column.identifies == "address":
        return address
    if column.data_type == "json":
        return {"said": f"{number}, or {address}", address: 1}
    if column.data_type == "varchar":
        return f"sess_{number}_{address} ({table.name} {column.name})"
    return {"timestamp": DAY, "date": "2026-10-10", "boolean": True}.get(column.data_type, 1)


def rows(table: SourceTable) -> list[dict]:
    planted = [{c.name: value(table, c, n) for c in table.columns} for n in range(10)]
    planted += [{f"of {ADDRESSES[n]}": NUMBERS[n], **row} for n, row in enumerate(planted[:2])]
    # What nobody asked about stays as it is.
    innocent = {c.name: value(table, c, 0) for c in table.columns if c.data_type != "varchar"}
    texts = {c.name: OTHER for c in table.columns if c.data_type == "varchar"}
    return [*planted, {**innocent, **texts} | {c: {"a": 1} for c in innocent if c == "properties"}]


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("planted")
    settings = settings_in(folder / "kept", folder / "landing")
    tables = declared_tables(prepare_manifest(settings))
    for number, table in enumerate(tables):
        place = settings.landing / table.folder
        place.mkdir(parents=True)
        if table.folder == "privacy/erasure_requests":
            asked = [
                {"request_id": f"r-{n}", "user_id": name, "requested_at": DAY, "due_at": DAY}
                for n, name in enumerate(NUMBERS)
            ]
            (place / "asked.jsonl").write_text("\n".join(map(json.dumps, asked)))
            continue
        lines = [*map(json.dumps, rows(table)), f"no json of {ADDRESSES[number % 10]}", ""]
        (place / f"export-{NUMBERS[number % 10]}.jsonl").write_text("\n".join(lines))
    events = settings.landing / "product/events"
    (events / "headerless.csv").write_text(f"junk {NUMBERS[0]} {ADDRESSES[0]}\nx\n")
    (events / "other.xyz").write_text(NUMBERS[3])
    (events / "clean.xyz").write_text("nobody")
    (events / "cut.jsonl.gz").write_bytes(
        gzip.compress(b"x " * 9999 + ADDRESSES[4].encode() + b" y" * 99)[:-9]
    )
    (events / f"to {ADDRESSES[5]}.csv").write_text("")
    (settings.landing / "stray").mkdir()
    (settings.landing / "stray/mail.txt").write_text(ADDRESSES[6].upper())
    (settings.landing / "stray/two.txt").write_text(ADDRESSES[7], encoding="utf-16")
    return settings, tables


@pytest.fixture(scope="module")
def erased(planted):
    settings, tables = planted
    settings.logs.mkdir(parents=True)
    (settings.logs / "run-1.log").write_text(f"Refused product/events/to {ADDRESSES[5]}.csv")
    (settings.logs / "run-2.log").write_text("Refused nothing")
    report = settings.reports / "2026-10-10" / "report.html"
    report.parent.mkdir(parents=True)
    report.write_text(f"<td>Account of {ADDRESSES[1]}</td>")
    record = settings.dagster_home / "history" / "runs.db"
    record.parent.mkdir(parents=True)
    with closing(sqlite3.connect(record)) as connection:
        connection.execute("create table event_logs (id integer, event text)")
        told = [(n, f"event {mark}") for n, mark in enumerate([*MARKS, "nobody"])]
        connection.executemany("insert into event_logs values (?, ?)", told)
        connection.commit()
    said: list[str] = []
    erase(settings, said.append)
    return settings, tables, said


def test_every_text_column_held_them_before(planted, tmp_path):
    """Or the other tests would prove nothing."""
    settings, tables = planted
    other = Warehouse(tmp_path / "before.duckdb")
    with other.writing() as connection:
        land(
            connection, tables, settings.landing, datetime(2026, 11, 1, tzinfo=UTC), lambda _: None
        )
    held = set(cells_with(other.path, MARKS))
    texts = {
        f"raw.{table.identifier}.{column.name}"
        for table in tables
        for column in table.columns
        if column.data_type in ("varchar", "json") and table.folder != "privacy/erasure_requests"
    }
    loaded = {f"raw.{t.identifier}" for t in tables if f"raw.{t.identifier}._file" in held}
    assert len(loaded) > 10
    assert {name for name in texts if name.rpartition(".")[0] in loaded} <= held
    assert {"raw.loads.file", "raw.quarantine.line", "raw.load_warnings.column_name"} <= held


def test_no_cell_of_the_warehouse_names_them(erased):
    settings, _, _ = erased
    assert cells_with(settings.warehouse, MARKS) == []


def test_no_byte_below_the_kept_folders_names_them(erased):
    settings, _, said = erased
    kept = settings.warehouse.parent.parent
    assert files_with(kept, MARKS) == []
    assert (settings.logs / "run-2.log").exists()
    with closing(sqlite3.connect(settings.dagster_home / "history/runs.db")) as connection:
        assert connection.execute("select event from event_logs").fetchall() == [("event nobody",)]
    assert any(line.startswith("Removed ") for line in said)


def test_whoever_did_not_ask_keeps_every_text(erased):
    settings, tables, _ = erased
    with Warehouse(settings.warehouse).reading() as connection:
        for table in tables:
            if table.folder == "privacy/erasure_requests":
                continue
            names = [c.name for c in table.columns if c.data_type == "varchar"]
            (total,) = connection.execute(
                f"select count(*) from raw.{table.identifier} where _line = 13"
            ).fetchone()
            same = " and ".join(f"\"{name}\" = '{OTHER}'" for name in names)
            (kept,) = connection.execute(
                f"select count(*) from raw.{table.identifier} where _line = 13 and {same}"
            ).fetchone()
            assert kept == total, table.folder


def test_every_file_that_holds_them_is_named_for_deletion(erased):
    settings, _, said = erased
    named = {line.strip() for line in said}
    holding = {
        str(path.relative_to(settings.landing))
        for path in settings.landing.rglob("*")
        if path.is_file() and path.name != "clean.xyz"
    }
    assert holding <= named
    assert "product/events/clean.xyz" not in named


def test_columns_in_which_nobody_was_to_stand_are_counted(erased):
    _, _, said = erased
    assert any("crm/accounts name" in line and "not declared personal" in line for line in said)


def test_while_their_files_still_lie_there_a_later_load_does_not_bring_their_names_back(erased):
    settings, tables, _ = erased
    said: list[str] = []
    with Warehouse(settings.warehouse).writing() as connection:
        done = land(
            connection, tables, settings.landing, datetime(2026, 11, 2, tzinfo=UTC), said.append
        )
        replays = connection.execute("select count(*) from raw.replays").fetchone()
    assert cells_with(settings.warehouse, MARKS) == []
    text = "\n".join([*said, *(name for load in done for name in (*load.refused, *load.replayed))])
    assert not [mark for mark in MARKS if mark in text.lower()]
    # They are known as what they are: nothing is loaded twice, or taken for the same under a name.
    assert sum(load.rows_loaded for load in done) == 0
    assert replays == (0,)
    assert any("erased-" in name for load in done for name in load.refused)
