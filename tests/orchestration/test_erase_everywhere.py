"""The erase command on the demonstration company: killed, run to its end, and run again."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.books import KEPT_BOOKS
from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.landing.contract import declared_tables
from orchestration.landing.load import land
from orchestration.publication.places import database_of, page_database_of
from orchestration.settings.environment import ROOT, Settings
from orchestration.settings.pseudonym_key import DEMONSTRATION_KEY
from orchestration.warehouse.connection import Warehouse
from tests.conftest import settings_in
from tests.orchestration.marks import cells_with, files_with, parquet_cells_with
from tests.orchestration.test_run import environment

# It builds a company once more, which takes as long as a sixth of all other tests.
pytestmark = pytest.mark.skipif(
    "ERASE_EVERYWHERE" not in os.environ, reason="builds for minutes: set ERASE_EVERYWHERE=1"
)

# Four people who opened tickets, answered surveys and met errors.
ACCOUNT = "acc_00026"
REQUEST = {"request_id": "era_account", "account_id": ACCOUNT, "due_at": "2026-11-19T10:00:00Z",
           "requested_at": "2026-10-20T10:00:00Z"}  # fmt: skip
MARKS = """
with asked as (
    select user_id from raw.privacy_erasure_requests
    union
    select user_id from raw.crm_account_users where account_id = ? and valid_from <= '2026-10-20'
)
select user_id, email from raw.crm_users inner join asked using (user_id)
"""
RAW = """
select table_name, estimated_size from duckdb_tables()
where schema_name = 'raw'
    and table_name not in ('built_loads', 'last_build', 'last_publication')
    and table_name not in (select unnest(?))
order by table_name
"""
# What the erasure itself delivers to the loader differs from what was built before it.
RECONCILED = """
from marts.fct_row_reconciliation where table_name not in ('users', 'erasure_requests', 'events')
order by all
"""


@dataclass(frozen=True)
class Erased:
    """A warehouse after the command, and what it was before it.

    Attributes:
        settings: where it lies.
        before: a copy of the warehouse file, landed and not erased.
        marks: numbers and addresses of the persons.
        said: what the command said.
        killed: raw as it was after a command that was killed while it wrote.
    """

    settings: Settings
    before: Path
    marks: list[str]
    said: str
    killed: list[tuple]


def command(settings: Settings) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "orchestration.commands.erase"],
        cwd=ROOT,
        env=environment(settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def raw_of(warehouse: Path) -> list[tuple]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(RAW, [[*KEPT_BOOKS]]).fetchall()


def asked(database: Path, query: str, *values) -> list[tuple]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query, list(values)).fetchall()


def lands_more(settings: Settings) -> None:
    """Land the request of an account, and its first member with an unknown field and a bad line."""
    users = asked(
        settings.warehouse,
        "select columns(* exclude (_load_id, _file, _line, _loaded_at, _extra, _is_deleted)) "
        "from raw.crm_users where user_id = (select min(user_id) from raw.crm_account_users "
        "where account_id = ? and valid_from <= '2026-10-20')",
        ACCOUNT,
    )
    names = [
        name
        for (name,) in asked(
            settings.warehouse,
            "select column_name from duckdb_columns() where table_name = 'crm_users' "
            "and schema_name = 'raw' and column_name not like '\\_%' escape '\\' "
            "order by column_index",
        )
    ]
    user = dict(zip(names, users[0], strict=True))
    bad = {"event_name": "opened", "event_ts": "n/a", "user_id": user["user_id"]}
    lines = {
        "privacy/erasure_requests/account.jsonl": [REQUEST],
        # Sorts last, so it is the newest state, and says what the one before it says.
        "crm/users/zz.jsonl": [{**user, "written_to": user["email"]}],
        "product/events/zz-bad.jsonl": [bad],
    }
    for name, rows in lines.items():
        text = "".join(json.dumps(row, default=str) + "\n" for row in rows)
        (settings.landing / name).write_text(text)


@pytest.fixture(scope="module")
def erased(built, tmp_path_factory) -> Erased:
    folder = tmp_path_factory.mktemp("everywhere")
    settings = settings_in(folder / "kept", folder / "landing")
    shutil.copytree(built.settings.landing, settings.landing)
    for name in ("warehouse", "published", "reports"):
        place = getattr(built.settings, name)
        place = place.parent if name == "warehouse" else place
        shutil.copytree(place, settings.warehouse.parent.parent / name)
    lands_more(settings)
    tables = declared_tables(prepare_manifest(settings))
    with Warehouse(settings.warehouse).writing() as connection:
        land(connection, tables, settings.landing, datetime.now(UTC), lambda _: None)
        rows = connection.execute(MARKS, [ACCOUNT]).fetchall()
    # Views name the database that they were made in, so the copy needs the name of the file.
    before = folder / "before" / settings.warehouse.name
    before.parent.mkdir()
    shutil.copy(settings.warehouse, before)

    process = command(settings)
    unfinished = settings.warehouse.with_name(".warehouse.duckdb.unfinished")
    while not (unfinished.exists() and unfinished.stat().st_size > 100_000):
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    killed = raw_of(settings.warehouse)

    process = command(settings)
    said, _ = process.communicate(timeout=900)
    assert process.returncode == 0, said
    return Erased(settings, before, [mark for row in rows for mark in row if mark], said, killed)


def test_killed_in_the_middle_it_leaves_the_old_state(erased):
    assert erased.killed == raw_of(erased.before)


def test_nothing_that_is_left_names_them(erased):
    assert len(erased.marks) >= 10
    held = cells_with(erased.before, erased.marks)
    assert {"raw.crm_users.email", "raw.crm_users._extra", "raw.quarantine.line",
            "raw.support_tickets.requester_user_id", "raw.product_error_logs.user_id",
            "raw.surveys_responses.user_id", "raw.product_events.user_id"} <= set(held)  # fmt: skip
    assert cells_with(erased.settings.warehouse, erased.marks) == []
    for published in (database_of(erased.settings), page_database_of(erased.settings)):
        assert cells_with(published, erased.marks) == []
    assert not any(mark in erased.said for mark in erased.marks)


def test_no_file_beside_the_landing_files_holds_their_bytes(erased):
    kept = erased.settings.warehouse.parent.parent
    assert files_with(erased.before.parent, erased.marks[:1]) != []
    assert files_with(kept, erased.marks) == []


def test_their_pseudonyms_are_gone_from_all_that_is_published(erased):
    pseudonyms = [
        pseudonym
        for (pseudonym,) in asked(
            erased.before,
            "select left(md5(? || mark), 16) from (select unnest(?) as mark)",
            DEMONSTRATION_KEY,
            erased.marks,
        )
    ]
    held = cells_with(erased.before, pseudonyms)
    assert {"marts.dim_users.user_id", "marts.fct_tickets.requester_user_id"} <= set(held)
    # So no page, export or report of an earlier day can hold one.
    assert not [place for place in held if place.startswith("reports.")]
    assert cells_with(erased.settings.warehouse, pseudonyms) == []
    for published in (database_of(erased.settings), page_database_of(erased.settings)):
        assert cells_with(published, pseudonyms) == []
    assert files_with(erased.settings.reports, pseudonyms) == []
    parquet = erased.settings.published / "parquet"
    assert parquet_cells_with(parquet, pseudonyms + erased.marks) == []


def test_no_raw_row_and_no_metric_changes(erased, built):
    assert raw_of(erased.settings.warehouse) == raw_of(erased.before)
    now = erased.settings.warehouse
    for query in (
        "from marts.fct_metrics_daily order by all",
        RECONCILED,
        "from marts.fct_account_health_daily order by all",
    ):
        assert asked(now, query) == asked(built.settings.warehouse, query)
    assert asked(
        now, "select sum(abs(unaccounted)) from marts.fct_row_reconciliation"
    ) == [(0,)]  # fmt: skip


def test_the_rows_of_everybody_else_are_the_same(erased):
    """Compare every raw table row by row: only rows with a token may differ."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{erased.before}' as before (read_only)")
        connection.execute(f"attach '{erased.settings.warehouse}' as now (read_only)")
        tables = [
            table
            for (table,) in connection.execute(
                "select distinct table_name from duckdb_columns() where database_name = 'now' "
                "and schema_name = 'raw' and column_name = '_line'"
            ).fetchall()
        ]
        assert len(tables) > 20
        for table in tables:
            changed = connection.execute(
                f"select count(*) from (from now.raw.{table} except all from before.raw.{table}) "
                "as changed where cast(changed as varchar) not like '%erased-%'"
            ).fetchone()
            assert changed == (0,), table


def test_the_requests_are_on_record_as_fulfilled(erased):
    totals = dict(
        asked(
            page_database_of(erased.settings),
            "select total, total_value from reports.rpt_run_stats where total like 'erasure%'",
        )
    )
    assert totals == {"erasure_requests_open": 0, "erasure_requests_overdue": 0}
    assert "Open erasure requests: 3; overdue on 2026-10-31: 2." in erased.said


def test_run_again_it_says_that_nothing_is_open_and_changes_nothing(erased):
    before = erased.settings.warehouse.read_bytes()
    process = command(erased.settings)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    assert said.splitlines()[-1] == "No erasure request is open. Nothing was erased."
    assert erased.settings.warehouse.read_bytes() == before
